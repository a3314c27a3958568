"""A plan of Hvidovre with one action, and links for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.services import load_organisations
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.progress import services
from web.addresses import at
from web.reading import page

ACTION = {
    "key": "a01", "title": "Ladestandere ved rådhuset", "description": "Tyve standere.",
    "known": {"implemented_activity": {"2024": 3.0}, "activity_unit": "stk."},
}  # fmt: skip


@pytest.fixture(scope="module")
def with_organisations(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_organisations()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def attempts_forgotten() -> Iterator[None]:
    caches["default"].clear()
    yield
    caches["default"].clear()


def person(name: str, role: str, slug: str = "hvidovre") -> User:
    user = User.objects.create(email=f"{name.lower()}@example.org", name=name)
    RoleAssignment.objects.create(
        user=user, role=role, organisation=organisations.organisation(slug), valid_from=date(2024, 1, 1)
    )
    return user


@pytest.fixture
def kaja(with_organisations: None, db: None) -> User:
    return person("Kaja", "coordinator")


@pytest.fixture
def plan(kaja: User) -> Plan:
    hvidovre = organisations.organisation("hvidovre")
    made = plans.create_plan(organisation=hvidovre, title="Klimaplan for Hvidovre", by=kaja)
    plans.add_part(plan=made, kind="action", content=ACTION, by=kaja)
    return made


@pytest.fixture
def made(plan: Plan, kaja: User) -> services.Made:
    return services.make_link(plan=plan, action="a01", recipient="Vej og Park", days=30, by=kaja)


@pytest.fixture
def path(made: services.Made) -> str:
    return at("da", "progress-report", made.token)


def the_action(plan: Plan) -> PlanPart:
    return PlanPart.objects.get(plan=plan, kind="action")


Fill = Callable[..., dict[str, str]]


@pytest.fixture
def fill(client: Client, path: str) -> Fill:
    """Opens the form and gives what a browser would send, with some of it answered."""

    def filled(**answers: object) -> dict[str, str]:
        form = page(client.get(path)).one("form")
        given = {each.attributes["name"]: each.attributes.get("value", "") for each in form.all("input")}
        given.update({each.attributes["name"]: "" for each in form.all("textarea")})
        for select in form.all("select"):
            chosen = [each for each in select.all("option") if "selected" in each.attributes] or select.all("option")
            given[select.attributes["name"]] = chosen[0].attributes["value"]
        unknown = set(answers) - set(given)
        assert not unknown, unknown
        return {**given, **{name: str(value) for name, value in answers.items()}}

    return filled
