"""Organisations for every test of people, and people made in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.services import load_organisations

Make = Callable[..., User]


@pytest.fixture(scope="module")
def with_organisations(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_organisations()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def person(with_organisations: None, db: None) -> Make:
    """Makes a person; roles are given as ``coordinator="hvidovre"``."""

    def make(name: str = "Kaja", *, since: date = date(2024, 1, 1), until: date | None = None, **roles: str) -> User:
        user = User.objects.create(email=f"{name.lower().replace(' ', '.')}@example.org", name=name)
        for role, slug in roles.items():
            RoleAssignment.objects.create(
                user=user, role=role, organisation=organisations.organisation(slug), valid_from=since, valid_to=until
            )
        return user

    return make
