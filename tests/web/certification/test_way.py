"""What is missing, in order: whom it is shown to, who is named as help, and what people have judged themselves."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils.translation import override

from klimaplan.web.certification.models import SelfScore
from klimaplan.web.certification.overview.way import WayPage, way_page
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan
from web.certification.conftest import Standing, State
from web.plans.conftest import person

pytestmark = pytest.mark.django_db
PAGE = "/en/work/missing/hvidovre/"


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is asked for without a page is in English too."""
    with override("en"):
        yield


def open_in(page: WayPage) -> dict[str, bool]:
    """Criterion → whether it is only to be judged."""
    return {line.id: line.judge for piece in page.pieces for line in piece.lines}


def test_without_a_plan_everything_is_ahead_and_the_plan_can_be_begun(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.neighbour)
    shown = client.get("/en/work/missing/koebenhavn/").content.decode()
    assert "There is no plan here yet." in shown
    assert "Begin the plan" in shown
    # the efforts of all 31 criteria, added on paper: 81, 196 and 435
    assert "about 196 person-days (81 to 435)" in shown
    assert shown.index("Account and baseline") < shown.index("Targets for reduction") < shown.index("10. Follow-up")


def test_the_pieces_that_build_on_nothing_can_be_begun(plan: Plan, people: SimpleNamespace) -> None:
    page = way_page(people.kaja, "hvidovre")
    next_ = [piece.key for piece in page.pieces if piece.is_next]
    assert "risk" in next_
    assert "actions" not in next_
    [actions] = [piece for piece in page.pieces if piece.key == "actions"]
    assert "Sector strategies and equity goals" in actions.waits_for


def test_it_leads_to_the_page_that_mends_and_to_the_guide(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    shown = client.get(PAGE).content.decode()
    assert f'href="/en/work/plan/{plan.pk}/groundwork/#kind-risk_assessment"' in shown
    assert 'href="/en/guides/revision/#risk"' in shown


def test_the_self_assessment_leads_to_it(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    address = f"/en/work/plan/{plan.pk}/missing/"
    assert f'href="{address}"' in client.get(f"/en/work/plan/{plan.pk}/assessment/").content.decode()
    assert client.get(address, follow=True).redirect_chain[-1][0] == PAGE


def test_what_people_have_judged_counts_beside_the_machine(
    plan: Plan, standing: Standing, people: SimpleNamespace
) -> None:
    before = open_in(way_page(people.kaja, "hvidovre"))
    assert (before["K2"], before["K5.1"], before["K3.1"]) == (True, False, False)
    case = standing(State.SELF_ASSESSMENT)
    # everything is said to be met, without an argument: what only people judge is done, what a machine misses is not
    said = open_in(way_page(people.kaja, "hvidovre"))
    assert "K2" not in said
    assert said["K5.1"] is False
    SelfScore.objects.filter(case=case, criterion="K5.1").update(argument="Vi bruger DMI's vurdering.")
    SelfScore.objects.filter(case=case, criterion="K2").update(score="partial")
    argued = open_in(way_page(people.kaja, "hvidovre"))
    assert (argued["K5.1"], argued["K2"]) == (True, False)


def test_people_of_the_municipality_are_told_whom_to_ask(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    gone = person("gone", dgo_adviser="dgo-hovedstaden")
    gone.is_active = False
    gone.save()
    person("other", dgo_adviser="dgo-nordjylland")
    for who in (people.kaja, people.reader):
        client.force_login(who)
        shown = client.get(PAGE).content.decode()
        assert "mailto:adviser@example.org" in shown
        assert "mailto:gone@example.org" not in shown
        assert "mailto:other@example.org" not in shown


def test_the_adviser_sees_what_is_missing_and_no_addresses(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.adviser)
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "mailto:" not in answer.content.decode()


@pytest.mark.parametrize("who", ["neighbour", "analyst", "stranger"])
def test_nobody_else_sees_it(who: str, plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(getattr(people, who))
    answer = client.get(PAGE)
    assert (answer.status_code, "mailto:" in answer.content.decode()) == (403, False)


def test_a_place_that_is_no_municipality_has_no_such_page(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    assert client.get("/en/work/missing/atlantis/").status_code == 404
    assert client.get("/en/work/missing/concito/").status_code == 403


def test_in_danish(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    shown = client.get("/arbejde/mangler/hvidovre/").content.decode()
    assert "Det mangler i Hvidovre" in shown
    assert "kan begyndes nu" in shown
    assert "person-days" not in shown


def test_a_variant_is_not_what_is_looked_at(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    plans.create_variant(plan=plan, title="Variant", by=people.kaja)
    client.force_login(people.kaja)
    assert f'href="/en/work/plan/{plan.pk}/"' in client.get(PAGE).content.decode()
