"""Changing an action on its page: nothing changes by itself, what was typed is kept, and nobody's change is lost."""

from __future__ import annotations

import time

import pytest

from klimaplan.domain.plan import look_ahead, set_out
from klimaplan.exports.numbers import amount
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan
from web.plans.conftest import action, fixed
from web.reading import page
from web.workspace.conftest import WASTE, baseline_of, person, signed_in, the, typed_in

pytestmark = pytest.mark.django_db

RAMP = {"shape": "linear", "start": 2025, "end": 2030}
LEVERS = [
    {"kind": "reduce-activity", "stream": WASTE, "share": {"value": 12.5, "unit": "%"}, "ramp": RAMP, "source": "x"},
    {"kind": "change-intensity", "stream": WASTE, "share": 0.07, "gases": ["CO2"], "ramp": RAMP, "source": "x"},
    {"kind": "waste", "stream": WASTE, "before": 0.3, "after": {"low": 0.1, "central": 0.15, "high": 0.2},
     "unit": "t/head", "ramp": {"shape": "table", "table": {"2026": 0.25, "2031": 1.0}}, "source": "x"},
    {"kind": "shift-share", "stream": "I.1.1/fossil_heating", "share": {"low": 0.1, "central": 0.2, "high": 0.3},
     "energy_ratio": 0.3, "ramp": {**RAMP, "until": 2045}, "source": "x"},
    {"kind": "replace-units", "amount": 120.0, "unit": "boiler", "ramp": {"shape": "step", "start": 2027},
     "effects": [{"stream": "I.1.1/fossil_heating", "per_unit": {"value": 4.5, "source": "måling"}, "gas": "CO2"}],
     "burdens": [{"stream": "I.1.1/electricity", "per_unit": 0.02, "energy": True}], "source": "x"},
    {"kind": "afforest", "stream": "V/forest", "hectares": 25.0, "uptake": [1.0, 3.5, 8.0],
     "scale": {"distribution": {"kind": "normal", "mean": 1.0, "sd": 0.1}}, "ramp": RAMP, "source": "x"},
    fixed(WASTE, 0.1),
]  # fmt: skip
"""One of every form of lever, and numbers in all the ways they can be stored."""

FULL = {
    "description": "To linjer\nmed tekst", "roles": ["operator", "authority"], "progress": "decided",
    "decision": {"by": "Byrådet", "on": "2026-03-14", "document": "26/1"},
    "resources": {"price_year": 2025, "capex_dkk": 1234567.5, "lifetime_years": 20, "may_be_negative": True},
    "known": {"implemented_activity": {"2026": 0.2, "2027": 1.0}, "activity_unit": "ha"},
    "co_benefits": ["Mindre støj", "Renere luft"], "indicator": "Antal kedler",
}  # fmt: skip


def address(plan: Plan, key: str = "a01", language: str = "") -> str:
    return f"{language}/work/plan/{plan.pk}/action/{key}/" if language else f"/arbejde/plan/{plan.pk}/tiltag/{key}/"


@pytest.mark.parametrize("language", ["", "/en"])
def test_saving_what_was_not_changed_changes_nothing(plan: Plan, kaja: User, language: str) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02", lever=LEVERS, **FULL), by=kaja)
    template = {"template": "afforestation", "amounts": {"hectares": 23.5}, "source": "x", "ramp": RAMP}
    services.add_part(plan=plan, kind="action", content=action("a03", **template), by=kaja)
    client = signed_in(kaja)
    for key in ("a01", "a02", "a03"):
        before = the(plan, key)
        shown = client.get(address(plan, key, language))
        assert client.post(address(plan, key, language), typed_in(shown)).status_code == 302
        after = the(plan, key)
        assert after.content == before.content
        assert after.version == before.version == 1


def test_a_lever_of_twice_the_tonnes_moves_the_plan_by_as_many(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    values = typed_in(client.get(address(plan)), **{"lever.1.tonnes": "2.000", "why": "Ny beregning"})
    assert client.post(address(plan), values).status_code == 302
    assert the(plan, "a01").content["lever"][0]["tonnes"] == 2000.0
    assert selectors.outcome(plan).pathway_in(2030) == pytest.approx(baseline_of(2030) - 2000.0, abs=1e-6)
    assert selectors.activity(plan)[0].why == "Ny beregning"


def test_a_share_is_typed_in_percent_and_stored_with_its_unit(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02", lever=[LEVERS[1]]), by=kaja)
    client = signed_in(kaja)
    shown = client.get(address(plan, "a02"))
    assert typed_in(shown)["lever.1.share"] == ["7"]
    assert "Andel ( % )".replace(" ", "") in page(shown).one("form", class_="action-form").text.replace(" ", "")
    client.post(address(plan, "a02"), typed_in(shown, **{"lever.1.share": "12,5"}))
    assert the(plan, "a02").content["lever"][0]["share"] == {"value": 12.5, "unit": "%"}


def test_what_cannot_be_used_stays_in_the_field_with_what_is_wrong_beside_it(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    wrong = {"lever.1.tonnes": "mange", "resources.lifetime_years": "20,5", "title": "", "description": "Kladde"}
    answer = client.post(address(plan), typed_in(client.get(address(plan)), **wrong))
    assert answer.status_code == 422
    kept = typed_in(answer)
    assert (kept["lever.1.tonnes"], kept["resources.lifetime_years"]) == (["mange"], ["20,5"])
    assert kept["description"] == ["Kladde"]
    shown = page(answer)
    for name in ("lever-1-tonnes", "resources-lifetime_years", "title"):
        [error] = shown.all("p", id=f"f-{name}-error")
        assert error.text.startswith("Fejl")
        assert [link for link in shown.all("a", href=f"#f-{name}") if link.text]
    assert the(plan, "a01").version == 1


def test_in_english_numbers_are_read_the_english_way(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    where = f"/en/work/plan/{plan.pk}/action/a01/"
    client.post(where, typed_in(client.get(where), **{"lever.1.tonnes": "1,500.5"}))
    assert the(plan, "a01").content["lever"][0]["tonnes"] == 1500.5


def test_two_who_change_different_fields_keep_both(plan: Plan, kaja: User, karl: User) -> None:
    first, second = signed_in(kaja), signed_in(karl)
    hers, his = first.get(address(plan)), second.get(address(plan))
    second.post(address(plan), typed_in(his, owner="Teknik"))
    answer = first.post(address(plan), typed_in(hers, title="Nyt navn"))
    assert answer.status_code == 409
    words = page(answer).one("main").text
    assert "Karl gemte en ændring, mens du skrev" in words
    assert "Natur → Teknik" in words
    assert first.post(address(plan), {**typed_in(answer), "do": "merge"}).status_code == 302
    content = the(plan, "a01").content
    assert (content["title"], content["owner"]) == ("Nyt navn", "Teknik")


@pytest.mark.parametrize(("side", "owner"), [("mine", "Byg"), ("theirs", "Teknik")])
def test_two_who_change_the_same_field_choose(plan: Plan, kaja: User, karl: User, side: str, owner: str) -> None:
    first, second = signed_in(kaja), signed_in(karl)
    hers, his = first.get(address(plan)), second.get(address(plan))
    second.post(address(plan), typed_in(his, owner="Teknik"))
    answer = first.post(address(plan), typed_in(hers, owner="Byg"))
    assert answer.status_code == 409
    unchosen = first.post(address(plan), {**typed_in(answer), "do": "merge"})
    assert unchosen.status_code == 409
    assert the(plan, "a01").content["owner"] == "Teknik"
    chosen = {**typed_in(unchosen), "do": "merge", "choice.owner": side}
    assert first.post(address(plan), chosen).status_code == 302
    assert the(plan, "a01").content["owner"] == owner


def test_the_effect_is_seen_without_saving_and_within_300_milliseconds(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    values = typed_in(client.get(address(plan)), **{"lever.1.tonnes": "1600"})
    client.post(f"{address(plan)}virkning/", values)
    started = time.perf_counter()
    answer = client.post(f"{address(plan)}virkning/", {**values, "lever.1.tonnes": "1700"})
    assert time.perf_counter() - started < 0.300
    words = page(answer).text
    assert amount(-1700.0, "da", signed=True) in words
    assert amount(-700.0, "da", signed=True) in words
    assert the(plan, "a01").version == 1


def test_without_scripts_a_button_shows_the_effect(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    values = typed_in(client.get(address(plan)), **{"lever.1.tonnes": "1700", "do": "preview"})
    answer = client.post(address(plan), values)
    assert amount(-1700.0, "da", signed=True) in page(answer).one("section", class_="preview").text
    assert typed_in(answer)["lever.1.tonnes"] == ["1700"]
    assert the(plan, "a01").version == 1


def test_a_lever_is_added_and_another_taken_off(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    values = typed_in(client.get(address(plan)), **{"do": "lever", "lever.add": "reduce-activity"})
    longer = client.post(address(plan), values)
    assert the(plan, "a01").version == 1
    given = {
        "lever.2.stream": WASTE, "lever.2.share": "10", "lever.2.ramp.shape": "linear", "lever.2.ramp.start": "2025",
        "lever.2.ramp.end": "2030", "lever.2.source": "Affaldsplan", "lever.1.remove": "1", "do": "save",
    }  # fmt: skip
    assert client.post(address(plan), typed_in(longer, **given)).status_code == 302
    [lever] = the(plan, "a01").content["lever"]
    assert lever == {
        "kind": "reduce-activity", "stream": WASTE, "share": {"value": 10.0, "unit": "%"}, "source": "Affaldsplan",
        "ramp": {"shape": "linear", "start": 2025, "end": 2030},
    }  # fmt: skip


def test_an_action_owner_reports_progress_and_nothing_else(plan: Plan) -> None:
    ivan = person("Ivan", action_owner="hvidovre")
    services.assign_action(part=the(plan, "a01"), user=ivan, by=plan.created_by)
    client = signed_in(ivan)
    values = typed_in(client.get(address(plan)), progress="under-way", title="Andet", **{"lever.1.tonnes": "9"})
    assert client.post(address(plan), values).status_code == 302
    content = the(plan, "a01").content
    assert (content["progress"], content["title"], content["lever"][0]["tonnes"]) == ("under-way", "Tiltag a01", 1000.0)


def test_who_only_reads_can_post_nothing(plan: Plan, kaja: User) -> None:
    values = typed_in(signed_in(kaja).get(address(plan)), title="Andet")
    for name, roles in (("Lis", {"reader": "hvidovre"}), ("Rune", {"dgo_adviser": "dgo-hovedstaden"})):
        client = signed_in(person(name, **roles))
        assert client.get(address(plan)).status_code == 200
        assert client.post(address(plan), {**values, "progress": "done"}).status_code == 403
    assert signed_in(person("Ole", coordinator="koebenhavn")).get(address(plan)).status_code == 403
    assert the(plan, "a01").version == 1


def test_an_action_is_moved_removed_and_brought_back(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02"), by=kaja)
    client = signed_in(kaja)
    client.post(address(plan, "a02"), {"do": "first", "version": "1"})
    assert [part.key for part in selectors.parts(plan, "action")] == ["a02", "a01"]
    client.post(address(plan, "a02"), {"do": "down", "version": "1"})
    assert [part.key for part in selectors.parts(plan, "action")] == ["a01", "a02"]
    client.post(address(plan), {"do": "remove", "version": "1"})
    assert [part.key for part in selectors.parts(plan, "action")] == ["a02"]
    client.post(f"/arbejde/plan/{plan.pk}/hent-frem/action/a01/")
    assert [part.key for part in selectors.parts(plan, "action")] == ["a01", "a02"]


def test_a_progress_that_nobody_has_set_shows_as_an_idea_and_stays_unsaid(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    shown = client.get(address(plan))
    assert typed_in(shown)["progress"] == ["idea"]
    client.post(address(plan), typed_in(shown, progress="decided"))
    assert the(plan, "a01").content["progress"] == "decided"
    client.post(address(plan), typed_in(client.get(address(plan)), progress="idea"))
    assert "progress" not in the(plan, "a01").content


def test_a_choice_that_is_not_among_those_there_are_is_not_replaced_by_another(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02", lever=[fixed("I.9.9/nowhere", 5.0)]), by=kaja)
    client = signed_in(kaja)
    shown = client.get(address(plan, "a02"))
    assert typed_in(shown)["lever.1.stream"] == ["I.9.9/nowhere"]
    assert page(shown).all("p", id="f-lever-1-stream-error")
    assert client.post(address(plan, "a02"), typed_in(shown, owner="Teknik")).status_code == 302
    assert the(plan, "a02").content["lever"][0]["stream"] == "I.9.9/nowhere"


def test_what_somebody_has_changed_is_not_removed_unseen(plan: Plan, kaja: User, karl: User) -> None:
    part = the(plan, "a01")
    services.change_part(part=part, content={**part.content, "owner": "Teknik"}, expected_version=1, by=karl)
    answer = signed_in(kaja).post(address(plan), {"do": "remove", "version": "1"})
    assert answer.status_code == 409
    assert "Natur → Teknik" in page(answer).one("main").text
    assert not the(plan, "a01").removed


def test_what_somebody_has_removed_is_brought_back_before_it_is_changed(plan: Plan, kaja: User, karl: User) -> None:
    client = signed_in(kaja)
    values = typed_in(client.get(address(plan)), owner="Byg")
    services.remove_part(part=the(plan, "a01"), expected_version=1, by=karl)
    answer = client.post(address(plan), values)
    assert answer.status_code == 409
    assert "Karl har fjernet det, mens du skrev" in page(answer).one("main").text
    assert the(plan, "a01").removed


def test_beside_the_form_stands_the_wedge_of_the_action_and_what_is_left(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    path = f"/arbejde/plan/{plan.pk}/tiltag/a01/"
    stored = page(client.get(path))
    assert len(stored.all("polygon", class_="sketch-wedge")) == 1
    typed = typed_in(client.get(path), **{"lever.1.tonnes": "3.000"})
    shown = page(client.post(f"{path}virkning/", typed))
    [row] = [each for each in shown.all("tr") if "Tilbage i 2050" in each.text]
    before, after = (cell.text for cell in row.all("td"))
    assert before.startswith(amount(emitted(1000.0), "da"))
    assert after.startswith(amount(emitted(3000.0), "da"))
    # two edges of the shape, each with a point a year from 2023 to 2050
    assert len(shown.one("polygon").attributes["points"].split()) == 2 * 28
    nothing = typed_in(client.get(path), **{"lever.1.tonnes": "0"})
    assert page(client.post(f"{path}virkning/", nothing)).all("polygon") == []


def emitted(tonnes: float) -> float:
    """What still emits in 2050 when the action takes so much; Hvidovre's soils and forests take up beside it."""
    outlook = look_ahead(load.account(), load.national_projection())
    table = set_out(outlook, load.national_streams(), "167", supply={}).table
    left = table.emissions.sum("gas").select(year=2050).values
    return float(left[left > 0.0].sum()) - tonnes
