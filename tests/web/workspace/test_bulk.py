"""Several actions changed at once: chosen in the list, seen before anything changes, then all of them or none."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from klimaplan.exports.numbers import plain
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.models import Plan, PlanPart
from web.plans.conftest import action, fixed
from web.reading import page
from web.workspace.conftest import WASTE, baseline_of, person, signed_in, the

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(plan: Plan, kaja: User) -> Plan:
    """a01 takes 1000 t and a02 takes 500 t, both from 2025 to 2030; a03 has no effect."""
    services.add_part(plan=plan, kind="action", content=action("a02", lever=[fixed(WASTE, 500.0)]), by=kaja)
    services.add_part(plan=plan, kind="action", content=action("a03", title="Kampagne"), by=kaja)
    return plan


def bulk(client: Client, plan: Plan, do: str, parts: list[str], **fields: Any) -> HttpResponse:
    return client.post(f"/arbejde/plan/{plan.pk}/flere/", {"do": do, "part": parts, **fields})


ALL = ["a01:1", "a02:1", "a03:1"]


def test_the_list_lets_one_tick_actions_and_all_of_them_at_once(three: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    ticks = page(client.get(f"/arbejde/plan/{three.pk}/")).all("input", name="part")
    assert [each.attributes["value"] for each in ticks] == ALL
    assert {each.attributes["aria-label"] for each in ticks} == {"Vælg Tiltag a01", "Vælg Tiltag a02", "Vælg Kampagne"}
    every = page(client.get(f"/arbejde/plan/{three.pk}/", {"every": "1", "text": "kampagne"})).all("input", name="part")
    assert [(each.attributes["value"], "checked" in each.attributes) for each in every] == [("a03:1", True)]


def test_a_preview_tells_how_many_change_and_what_and_changes_nothing(three: Plan, kaja: User) -> None:
    before = Event.objects.count()
    answer = bulk(signed_in(kaja), three, "see", ALL, owner="Teknik", shift="2")
    shown = page(answer)
    assert shown.one("h1").text == "3 tiltag ændres"
    lines = {each.one("h2").text: each.one("dl").text for each in shown.all("article", class_="part")}
    assert "Natur → efter: Teknik" in lines["Tiltag a01"]
    assert "2025 → efter: 2027" in lines["Tiltag a01"]
    assert "2030 → efter: 2032" in lines["Tiltag a02"]
    assert "2025" not in lines["Kampagne"]
    # both ramps are 3/5 of the way in 2030 when they begin in 2027: 900 t instead of 1500 t
    emissions = next(row.text for row in shown.all("tr") if "Udledning i 2030" in row.text)
    assert plain(baseline_of(2030) - 1500.0, "da", digits=0) in emissions
    assert plain(baseline_of(2030) - 900.0, "da", digits=0) in emissions
    assert the(three, "a01").version == 1
    assert Event.objects.count() == before


def test_all_of_them_change_at_once_each_with_its_own_line_in_the_log(three: Plan, kaja: User) -> None:
    hazard = next(iter(CHOICES["hazards"]))
    fields = {"owner": "Teknik", "shift": "−1", "roles": ["operator"], "progress": "decided", "decision.by": "Byrådet",
              "decision.on": "2026-11-24", "hazards": [hazard], "why": "Budget 2027"}  # fmt: skip
    answer = bulk(signed_in(kaja), three, "apply", ALL, **fields)
    assert answer["Location"] == f"/arbejde/plan/{three.pk}/"
    changed = the(three, "a01").content
    assert changed["lever"][0]["ramp"] == {"shape": "linear", "start": 2024, "end": 2029}
    assert (changed["owner"], changed["progress"], changed["roles"]) == ("Teknik", "decided", ["operator"])
    assert changed["decision"] == {"by": "Byrådet", "on": "2026-11-24"}
    assert [part.content for part in selectors.parts(three, "answer")] == [
        {"action": key, "hazards": [hazard]} for key in ("a01", "a02", "a03")
    ]
    told = Event.objects.filter(why="Budget 2027")
    assert sorted((each.what, each.object_kind, each.object_key) for each in told) == sorted(
        [("plan.part-changed", "plan-action", f"{three.pk}/{key}") for key in ("a01", "a02", "a03")]
        + [("plan.part-added", "plan-answer", f"{three.pk}/{key}") for key in ("a01", "a02", "a03")]
    )
    again = bulk(signed_in(kaja), three, "apply", ["a01:2"], hazards=[hazard], owner="Teknik")
    assert again.status_code == 302
    assert the(three, "a01").version == 2  # nothing was left to change


def test_what_was_changed_meanwhile_is_shown_and_nothing_is_half_done(three: Plan, kaja: User, karl: User) -> None:
    content = {**the(three, "a02").content, "description": "Karls ord"}
    services.change_part(part=the(three, "a02"), content=content, expected_version=1, by=karl)
    before = Event.objects.count()
    answer = bulk(signed_in(kaja), three, "apply", ALL, owner="Teknik")
    assert answer.status_code == 409
    shown = page(answer)
    [stale] = shown.all("article", class_="part--stale")
    assert "Tiltag a02" in stale.text
    assert "Det har Karl ændret" in stale.text
    assert "Karls ord" in stale.text
    assert [the(three, key).content.get("owner") for key in ("a01", "a02", "a03")] == ["Natur", None, None]
    assert Event.objects.count() == before
    carried = {each.attributes["name"]: each.attributes["value"] for each in shown.all("input", type="hidden")}
    parts = [each.attributes["value"] for each in shown.all("input", name="part")]
    assert sorted(parts) == ["a01:1", "a02:2", "a03:1"]
    assert bulk(signed_in(kaja), three, "apply", parts, owner=carried["owner"]).status_code == 302
    assert the(three, "a02").content["description"] == "Karls ord"
    assert the(three, "a02").content["owner"] == "Teknik"


def test_several_are_removed_with_what_hangs_on_them_and_come_back_together(three: Plan, kaja: User) -> None:
    services.add_part(plan=three, kind="milestone", content={"action": "a01", "title": "Klar", "due": "2027-01-01"},
                      by=kaja)  # fmt: skip
    client = signed_in(kaja)
    assert page(bulk(client, three, "remove", ["a01:1", "a03:1"])).one("h1").text == "2 tiltag fjernes"
    assert not the(three, "a01").removed
    assert bulk(client, three, "apply", ["a01:1", "a03:1"], what="remove").status_code == 302
    assert [part.key for part in selectors.parts(three, "action")] == ["a02"]
    assert selectors.parts(three, "milestone") == []
    services.restore_part(part=the(three, "a01"), by=kaja)
    assert [part.content["title"] for part in selectors.parts(three, "milestone")] == ["Klar"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Der er ikke udfyldt noget endnu"),
        ({"shift": "to"}, "helt antal år"),
        ({"shift": "99"}, "helt antal år"),
        ({"decision.on": "i går"}, "dato"),
        ({"progress": "snart"}, "Fremdrift"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field_and_the_rest_is_kept(
    three: Plan, kaja: User, fields: dict[str, str], said: str
) -> None:
    answer = bulk(signed_in(kaja), three, "apply", ALL, **{**fields, **({"indicator": "biler"} if fields else {})})
    assert answer.status_code == 422
    shown = page(answer)
    assert said in shown.one("div", role="alert").text
    if fields:
        assert shown.one("input", name="indicator").attributes["value"] == "biler"
    assert {part.version for part in PlanPart.objects.filter(plan=three, kind="action")} == {1}


def test_nothing_ticked_leads_back_to_the_list(three: Plan, kaja: User) -> None:
    answer = bulk(signed_in(kaja), three, "choose", [])
    assert answer.status_code == 422
    assert "Der er ikke valgt et tiltag" in page(answer).one("main").text


def test_a_reader_sees_no_ticks_and_changes_nothing(three: Plan) -> None:
    client = signed_in(person("Lis", reader="hvidovre"))
    assert page(client.get(f"/arbejde/plan/{three.pk}/")).all("input", name="part") == []
    assert bulk(client, three, "apply", ALL, owner="X").status_code == 403
    assert the(three, "a01").version == 1
