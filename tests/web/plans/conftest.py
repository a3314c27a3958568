"""The organisations, people with roles in them, and a plan of Hvidovre to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from klimaplan.reference import load
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.inventories.services import import_account
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.services import load_organisations
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results import selectors as results

Make = Callable[..., User]


@pytest.fixture(scope="module")
def grounded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The organisations and the reference account; both are taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        inventories.account_with.cache_clear()
        results.forget()
        load_organisations()
        import_account(load.account())
        yield
        transaction.set_rollback(True)
    inventories.account_with.cache_clear()
    results.forget()


@pytest.fixture(scope="module")
def people(grounded: None, django_db_blocker: DjangoDbBlocker) -> SimpleNamespace:
    """One person for every role in or around Hvidovre, and two who have nothing to do with it."""
    made = {
        name: person(name, **{role: slug})
        for name, (role, slug) in {
            "kaja": ("coordinator", "hvidovre"),
            "karl": ("coordinator", "hvidovre"),
            "owner": ("action_owner", "hvidovre"),
            "contact": ("department_contact", "hvidovre"),
            "reader": ("reader", "hvidovre"),
            "secretary": ("council_secretary", "hvidovre"),
            "neighbour": ("coordinator", "koebenhavn"),
            "adviser": ("dgo_adviser", "dgo-hovedstaden"),
            "reviewer": ("reviewer", "concito"),
            "signatory": ("c40_signatory", "c40"),
            "analyst": ("analyst", "realdania"),
            "secretariat": ("secretariat", "kl"),
            "administrator": ("administrator", "kl"),
        }.items()
    }
    made["stranger"] = person("stranger")
    return SimpleNamespace(**made)


def person(name: str, **roles: str) -> User:
    user = User.objects.create(email=f"{name}@example.org", name=name.capitalize())
    for role, slug in roles.items():
        RoleAssignment.objects.create(
            user=user, role=role, organisation=organisations.organisation(slug), valid_from=date(2024, 1, 1)
        )
    return user


@pytest.fixture
def kaja(people: SimpleNamespace, db: None) -> User:
    """The coordinator."""
    return people.kaja


@pytest.fixture
def karl(people: SimpleNamespace, db: None) -> User:
    """Her colleague."""
    return people.karl


@pytest.fixture
def plan(kaja: User) -> Plan:
    """The plan of Hvidovre with nothing but its head."""
    hvidovre = organisations.organisation("hvidovre")
    return services.create_plan(organisation=hvidovre, title="Klimaplan for Hvidovre", by=kaja)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A home of its own for what is stored as files."""
    with override_settings(HOME=tmp_path):
        yield tmp_path


def action(key: str = "a01", **fields: Any) -> dict[str, Any]:
    """An action that says no more than it must."""
    return {"key": key, "title": f"Tiltag {key}", **fields}


def fixed(stream: str, tonnes: float, *, start: int = 2025, end: int = 2030) -> dict[str, Any]:
    """A lever of so many tonnes at full size, growing in a straight line."""
    return {
        "kind": "fixed-tonnes", "stream": stream, "tonnes": tonnes, "reason": "Skøn i en test.", "source": "test",
        "ramp": {"shape": "linear", "start": start, "end": end},
    }  # fmt: skip
