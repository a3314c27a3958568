"""The first page of somebody who advises many municipalities: a table with what happens in the plan of each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klimaplan.web.accounts.models import User
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from web.reading import page
from web.workspace.conftest import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rune(installed: None, db: None) -> User:
    return person("Rune", dgo_adviser="dgo-hovedstaden")


def rows_of(user: User, path: str = "/arbejde/") -> dict[str, list[str]]:
    """Name of the municipality → the rest of its row."""
    table = page(signed_in(user).get(path)).one("table")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")}


def test_an_adviser_sees_every_municipality_of_the_dgo_and_what_has_happened(
    plan: Plan, kaja: User, rune: User
) -> None:
    services.publish_version(plan=plan, by=kaja)
    services.comment(plan=plan, text="Hvorfor 1.000 ton?", by=rune)
    first = services.comment(plan=plan, text="Er det afklaret?", by=rune)
    services.resolve_comment(comment=first, by=kaja)
    yesterday = timezone.localdate() - timedelta(1)
    services.add_task(plan=plan, title="Spørg værket", due=yesterday, by=kaja)
    rows = rows_of(rune)
    # Bornholm and the 28 others of the capital, Albertslund to Vallensbæk: reference/denmark/groups.csv
    assert len(rows) == 29
    state, published, actions, changed, comments, late = rows["Hvidovre Kommune"]
    assert (state, actions, comments, late) == ("Udkast", "1", "1", "1")
    assert published == changed
    assert rows["Ishøj Kommune"] == ["har endnu ingen plan her"]
    assert "Odense Kommune" not in rows
    assert next(iter(rows)) == "Albertslund Kommune"
    assert list(rows)[-1] == "Vallensbæk Kommune"


def test_a_plan_is_opened_from_the_table(plan: Plan, rune: User) -> None:
    link = page(signed_in(rune).get("/en/work/")).one("table").one("a")
    assert link.attributes["href"] == f"/en/work/plan/{plan.pk}/"


def test_more_plans_ask_no_more_of_the_database(plan: Plan, rune: User) -> None:
    client = signed_in(rune)

    def questions() -> int:
        client.get("/arbejde/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/arbejde/")
        return len(asked)

    with_one = questions()
    for slug in ("ishoej", "koebenhavn", "taarnby"):
        coordinator = person(f"K{slug}", coordinator=slug)
        services.create_plan(organisation=organisation(slug), title=f"Plan {slug}", by=coordinator)
    # which group a municipality belongs to is asked for each of them
    assert questions() == with_one + 3


def test_who_writes_one_plan_keeps_the_lines_that_say_where_it_lands(plan: Plan, kaja: User) -> None:
    shown = page(signed_in(kaja).get("/arbejde/"))
    assert shown.all("table") == []
    assert "Med planen udleder Hvidovre Kommune" in shown.one("article").text
