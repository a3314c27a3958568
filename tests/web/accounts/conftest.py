"""Organisations for every test of people, and people made in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core.cache import caches
from django.db import transaction
from pytest_django import DjangoDbBlocker

from klimaplan.web.accounts import services
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


PASSWORD = "torsk-cykel-lampe-42"


@pytest.fixture
def attempts_forgotten() -> Iterator[None]:
    """Each test begins without attempts that others have made."""
    caches["default"].clear()
    yield
    caches["default"].clear()


@pytest.fixture
def member(person: Make, attempts_forgotten: None) -> User:
    """Somebody with a password and a role, as a service makes them."""
    user = services.add_person(by=None, email="kaja@example.org", name="Kaja", language="da", password=PASSWORD)
    services.give_role(by=None, user=user, role="coordinator", organisation=organisations.organisation("hvidovre"))
    return user
