"""What the page of a plan costs: as few questions for many actions as for one, and no drawing for a change of words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klimaplan.web.accounts.models import User
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from web.plans.conftest import action, fixed
from web.reading import page
from web.workspace.conftest import WASTE, signed_in, the

pytestmark = pytest.mark.django_db

MOST_QUESTIONS = 20


@pytest.mark.parametrize("view", ["table", "board", "gantt", "cards"])
def test_a_page_asks_as_little_for_many_actions_as_for_one(plan: Plan, kaja: User, view: str) -> None:
    client, path = signed_in(kaja), f"/arbejde/plan/{plan.pk}/?view={view}"

    def questions() -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    with_one = questions()
    for number in range(2, 12):
        services.add_part(plan=plan, kind="action", content=action(f"a{number:02d}", owner="Vej"), by=kaja)
    assert questions() == with_one <= MOST_QUESTIONS


def test_only_a_change_of_numbers_draws_anew(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)

    def drawing() -> str:
        return (
            page(client.get(f"/arbejde/plan/{plan.pk}/")).one("figure", id="figure-plan").one("img").attributes["src"]
        )

    def change(**content: object) -> None:
        part = the(plan, "a01")
        services.change_part(part=part, content={**part.content, **content}, expected_version=part.version, by=kaja)

    before = drawing()
    change(title="Et andet navn", progress="under-way")
    assert drawing() == before
    change(lever=[fixed(WASTE, 2000.0)])
    assert drawing() != before
