"""The installed site, a plan of Hvidovre whose figures are known by hand, and people around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from klimaplan.domain.plan import look_ahead, set_out
from klimaplan.reference import load
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results import selectors as results
from web.plans.conftest import action, fixed
from web.reading import Element, page

WASTE = "I.4.4/waste_incineration"


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a process keeps of plans goes with the rows of the test."""
    results.forget()
    yield
    results.forget()


def person(name: str, **roles: str) -> User:
    user = User.objects.create(email=f"{name.lower()}@example.org", name=name)
    for role, slug in roles.items():
        RoleAssignment.objects.create(
            user=user, role=role, organisation=organisations.organisation(slug), valid_from=date(2024, 1, 1)
        )
    return user


@pytest.fixture
def kaja(installed: None, db: None) -> User:
    """The coordinator."""
    return person("Kaja", coordinator="hvidovre")


@pytest.fixture
def karl(kaja: User) -> User:
    """Her colleague."""
    return person("Karl", coordinator="hvidovre")


@pytest.fixture
def plan(kaja: User) -> Plan:
    """One action of 1000 t from 2030 on, held against a target of 50 000 t in 2030."""
    made = services.create_plan(
        organisation=organisations.organisation("hvidovre"), title="Klimaplan for Hvidovre", by=kaja
    )
    services.add_part(plan=made, kind="target", content={"year": 2030, "level": 50_000.0, "source": "Byrådet"}, by=kaja)
    services.add_part(
        plan=made, kind="action", content=action("a01", lever=[fixed(WASTE, 1000.0)], owner="Natur"), by=kaja
    )
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def baseline_of(year: int) -> float:
    """What Hvidovre emits without a plan, straight from the domain."""
    outlook = look_ahead(load.account(), load.national_projection())
    table = set_out(outlook, load.national_streams(), "167", supply={}).table
    return float(table.emissions.sum("stream").sum("gas").at(year))


def the(plan: Plan, key: str, kind: str = "action") -> PlanPart:
    return PlanPart.objects.get(plan=plan, kind=kind, key=key)


def typed_in(response: HttpResponse, **changed: Any) -> dict[str, Any]:
    """The values of the form of a page as a browser would send them, some of them changed."""
    form = next(each for each in page(response).all("form") if _names(each) & {"version", "do", "title", "year"})
    values: dict[str, list[str]] = {}
    for each in form:
        name = each.attributes.get("name", "")
        if not name or "disabled" in each.attributes or name in ("do", "csrfmiddlewaretoken"):
            continue
        if each.tag == "textarea":
            values.setdefault(name, []).append("".join(str(part) for part in each.inside).removeprefix("\n"))
        elif each.tag == "select":
            options = each.all("option")
            chosen = next((option for option in options if "selected" in option.attributes), options[0])
            values.setdefault(name, []).append(chosen.attributes.get("value", chosen.text))
        elif each.tag == "input" and (
            each.attributes.get("type") not in ("checkbox", "radio") or "checked" in each.attributes
        ):
            values.setdefault(name, []).append(each.attributes.get("value", ""))
    return {**values, **changed}


def _names(form: Element) -> set[str]:
    return {each.attributes.get("name", "") for each in form}
