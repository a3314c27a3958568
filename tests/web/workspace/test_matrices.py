"""The templates of the guide as pages: what they show, and that nothing typed on them is lost."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, PlanPart
from web.reading import Element, page
from web.workspace.conftest import person, signed_in, the

pytestmark = pytest.mark.django_db

PAGES = ("roller", "interessenter", "forbrug", "fordeling", "indikatorer")
HOSTILE = '<script>alert("x")</script>'
LONG = "Fællesrådet for Lyngby-Taarbæk Forsynings varmeværksbrugere og boligafdelingsbestyrelser"


def address(plan: Plan, name: str) -> str:
    return f"/arbejde/plan/{plan.pk}/{name}/"


def post(client: Client, plan: Plan, name: str, *slots: str, **fields: Any) -> HttpResponse:
    named = {key.replace("__", "."): value for key, value in fields.items()}
    return client.post(address(plan, name), {"slot": list(slots), **named})


def add(plan: Plan, by: User, kind: str, **content: Any) -> PlanPart:
    return services.add_part(plan=plan, kind=kind, content=content, by=by)


def rows(answer: HttpResponse) -> list[Element]:
    return [each for each in page(answer).all("tbody") if "matrix-row" in each.attributes.get("class", "")]


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_plan_has_every_page_to_begin_on(plan: Plan, kaja: User, name: str) -> None:
    shown = page(signed_in(kaja).get(address(plan, name)))
    assert len(shown.all("h1")) == 1
    assert f"/arbejde/plan/{plan.pk}/grundlag/" in {each.attributes.get("href") for each in shown.all("a")}


@pytest.mark.parametrize("name", PAGES)
def test_who_only_reads_has_no_field_and_nothing_changes(plan: Plan, name: str) -> None:
    reader = signed_in(person("Rune", dgo_adviser="hovedstaden"))
    shown = page(reader.get(address(plan, name)))
    assert [each for each in shown.all("form") if each.attributes.get("method") == "post"
            and "/konto/" not in each.attributes.get("action", "/konto/")] == []  # fmt: skip
    assert shown.all("textarea") == []
    assert reader.post(address(plan, name), {"slot": "row:energy:0", "powers.energy.operator": "x"}).status_code == 403
    assert selectors.parts(plan, "powers") == []


def test_an_empty_matrix_of_roles_counts_its_24_cells(plan: Plan, kaja: User) -> None:
    answer = signed_in(kaja).get(address(plan, "roller"))
    # five sectors and the fossil row, four roles each
    assert "Af 24 felter er 0 brugt, 0 udeladt med begrundelse, og 24 er tomme." in page(answer).one("main").text
    assert len(rows(answer)) == 6
    assert [each for each in rows(answer) if "matrix-row--must" in each.attributes["class"]] == rows(answer)[5:]


def test_cells_of_several_sectors_are_saved_at_once_each_with_its_line_in_the_log(plan: Plan, kaja: User) -> None:
    before = Event.objects.count()
    answer = post(
        signed_in(kaja), plan, "roller", "row:energy:0", "row:transport:0", "fossil:fossil:0",
        powers__energy__operator="Varmepumper på skolerne", powers__transport__partnership="Pendlernet",
        powers__fossil__authority="Varmeplan", powers__fossil__not_used=["supplier"],
        powers__fossil__why_not="Kommunen ejer intet værk",
    )  # fmt: skip
    assert answer.status_code == 302
    assert the(plan, "energy", "powers").content == {"sector": "energy", "operator": "Varmepumper på skolerne"}
    assert the(plan, "transport", "powers").content == {"sector": "transport", "partnership": "Pendlernet"}
    told = list(Event.objects.order_by("seq"))[before:]
    assert {(each.what, each.object_key) for each in told} == {
        ("plan.part-added", f"{plan.pk}/{key}") for key in ("energy", "transport", "fossil")
    }
    shown = page(signed_in(kaja).get(address(plan, "roller"))).one("main").text
    # used: energy operator, transport facilitator, fossil authority; justified: fossil supplier; 24 − 3 − 1 are empty
    assert "Af 24 felter er 3 brugt, 1 udeladt med begrundelse, og 20 er tomme." in shown
    assert "Udfasningen af fossile brændsler mangler: driftsherre, facilitator." in shown


def test_a_role_is_only_left_out_with_a_reason(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "powers", sector="fossil", not_used=["operator", "supplier", "authority", "facilitator.opinion"])
    assert "24 er tomme" in page(signed_in(kaja).get(address(plan, "roller"))).one("main").text
    post(signed_in(kaja), plan, "roller", "fossil:fossil:1", powers__fossil__why_not="Udfaset",
         powers__fossil__not_used=["operator", "supplier", "authority", "facilitator.opinion"])  # fmt: skip
    shown = page(signed_in(kaja).get(address(plan, "roller"))).one("main").text
    assert "Alle fire roller er besvaret" in shown


def test_what_was_not_touched_stays_at_its_version(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "powers", sector="energy", operator="Skoler", conclusion="Godt")
    answer = post(signed_in(kaja), plan, "roller", "row:energy:1", "row:waste:0", powers__energy__operator="Skoler",
                  powers__energy__conclusion="Godt", powers__waste__operator="")  # fmt: skip
    assert answer.status_code == 302
    assert the(plan, "energy", "powers").version == 1
    assert len(selectors.parts(plan, "powers")) == 1


def test_two_people_at_once_see_both_texts_and_nothing_is_half_saved(plan: Plan, kaja: User, karl: User) -> None:
    add(plan, kaja, "powers", sector="energy", operator="Skoler")
    theirs = {"sector": "energy", "operator": "Karls skoler", "authority": "Karls varmeplan"}
    services.change_part(part=the(plan, "energy", "powers"), content=theirs, expected_version=1, by=karl)
    before = Event.objects.count()
    answer = post(signed_in(kaja), plan, "roller", "row:energy:1", "row:waste:0",
                  powers__energy__operator="Kajas skoler", powers__energy__supplier="Kajas værk",
                  powers__waste__operator="Sortering")  # fmt: skip
    assert answer.status_code == 409
    shown = page(answer)
    alert = shown.one("div", role="alert").text
    assert "1 række er ændret af en anden" in alert
    assert all(text in alert for text in ("Karls skoler", "Kajas skoler", "Karls varmeplan", "Kajas værk"))
    assert the(plan, "energy", "powers").content == theirs
    assert Event.objects.count() == before
    typed = {each.attributes["name"]: each.text.strip() for each in shown.all("textarea")}
    assert typed["powers.energy.operator"] == "Kajas skoler"
    assert typed["powers.energy.authority"] == "Karls varmeplan"
    assert typed["powers.energy.supplier"] == "Kajas værk"
    assert typed["powers.waste.operator"] == "Sortering"
    tokens = [each.attributes["value"] for each in shown.all("input", name="slot")]
    assert "row:energy:2" in tokens
    again = signed_in(kaja).post(address(plan, "roller"), {"slot": tokens, **typed})
    assert again.status_code == 302
    assert the(plan, "energy", "powers").content == {
        "sector": "energy", "operator": "Kajas skoler", "authority": "Karls varmeplan", "supplier": "Kajas værk",
    }  # fmt: skip


def test_the_same_row_begun_by_two_is_shown_to_the_second(plan: Plan, kaja: User, karl: User) -> None:
    add(plan, karl, "powers", sector="waste", operator="Karls ord")
    answer = post(signed_in(kaja), plan, "roller", "row:waste:0", powers__waste__operator="Kajas ord")
    assert answer.status_code == 409
    assert "Karls ord" in page(answer).one("div", role="alert").text
    assert the(plan, "waste", "powers").content["operator"] == "Karls ord"


def test_a_row_that_another_removed_comes_back_only_knowingly(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, "powers", sector="waste", operator="Sortering")
    services.remove_part(part=part, expected_version=1, by=karl)
    answer = post(signed_in(kaja), plan, "roller", "row:waste:1", powers__waste__operator="Mere sortering")
    assert answer.status_code == 409
    assert "Karl har fjernet den" in page(answer).one("div", role="alert").text
    assert the(plan, "waste", "powers").removed
    answer = post(signed_in(kaja), plan, "roller", "row:waste:2", powers__waste__operator="Mere sortering")
    assert answer.status_code == 302
    back = the(plan, "waste", "powers")
    assert (back.removed, back.content["operator"]) == (False, "Mere sortering")


def test_what_cannot_be_used_is_said_beside_its_field_and_all_that_was_typed_stays(plan: Plan, kaja: User) -> None:
    answer = post(signed_in(kaja), plan, "roller", "fossil:fossil:0", "row:energy:0",
                  powers__fossil__coal_until="snart", powers__energy__operator="Skoler")  # fmt: skip
    assert answer.status_code == 422
    shown = page(answer)
    assert "#f-powers-fossil-coal_until" in {each.attributes.get("href") for each in shown.all("a")}
    assert shown.one("input", name="powers.fossil.coal_until").attributes["value"] == "snart"
    assert shown.one("textarea", name="powers.energy.operator").text.strip() == "Skoler"
    assert selectors.parts(plan, "powers") == []


def test_hostile_text_and_long_names_stay_text(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    post(client, plan, "roller", "row:energy:0", powers__energy__operator=HOSTILE)
    add(plan, kaja, "stakeholder", name=LONG + HOSTILE, group="has-power", tracks=["mitigation"])
    add(plan, kaja, "indicator", name=HOSTILE, unit="t", level="impact")
    for name in PAGES:
        for query in ("", "?as=text"):
            said = client.get(address(plan, name) + query).content.decode()
            assert HOSTILE not in said
    assert LONG in page(client.get(address(plan, "interessenter"))).one("main").text


def test_a_stakeholder_is_added_moved_and_removed_on_the_map(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    key = "new-hit-by-change-adaptation"
    answer = client.post(address(plan, "interessenter"), {
        "slot": f"new:{key}:0", f"stakeholder.{key}.name": "Grundejere", f"stakeholder.{key}.group": "hit-by-change",
        f"stakeholder.{key}.tracks": "adaptation", f"stakeholder.{key}.external": "1",
    })  # fmt: skip
    assert answer.status_code == 302
    [part] = selectors.parts(plan, "stakeholder")
    assert part.content == {
        "name": "Grundejere", "group": "hit-by-change", "tracks": ["adaptation"], "external": True,
    }  # fmt: skip
    assert "i 1 af kortets 6 felter" in page(client.get(address(plan, "interessenter"))).one("main").text
    name = f"stakeholder.{part.key}"
    client.post(address(plan, "interessenter"), {
        "slot": f"place:{part.key}:1", f"{name}.group": "has-power", f"{name}.tracks": ["mitigation", "adaptation"],
    })  # fmt: skip
    assert the(plan, part.key, "stakeholder").content["group"] == "has-power"
    shown = page(client.get(address(plan, "interessenter")))
    assert "i 2 af kortets 6 felter" in shown.one("main").text
    ids = [each.attributes["id"] for each in shown.one("main") if "id" in each.attributes]
    assert len(ids) == len(set(ids))  # the same stakeholder stands in two cells
    client.post(address(plan, "interessenter"), {"remove": f"place:{part.key}:2", "slot": f"place:{part.key}:2"})
    assert selectors.parts(plan, "stakeholder") == []
    assert the(plan, part.key, "stakeholder").content["name"] == "Grundejere"


def test_a_stakeholder_without_a_name_or_without_anything_is_not_added(plan: Plan, kaja: User) -> None:
    key = "new-has-power-mitigation"
    marks = {f"stakeholder.{key}.group": "has-power", f"stakeholder.{key}.tracks": "mitigation"}
    form = {"slot": f"new:{key}:0", **marks}
    assert signed_in(kaja).post(address(plan, "interessenter"), form).status_code == 302
    answer = signed_in(kaja).post(address(plan, "interessenter"), {**form, f"stakeholder.{key}.vulnerable": "1"})
    assert answer.status_code == 422
    assert selectors.parts(plan, "stakeholder") == []


def test_who_was_heard_when_and_what_it_changed(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, "stakeholder", name="Landmænd", group="hit-by-action", tracks=["mitigation"])
    add(plan, kaja, "stakeholder", name="Turister", group="hit-by-change", tracks=["adaptation"], why_not="For få")
    name = f"stakeholder.{part.key}"
    answer = signed_in(kaja).post(address(plan, "interessenter"), {
        "slot": f"heard:{part.key}:1", f"{name}.involvement": "consult", f"{name}.heard_on": "2026-03-01",
        f"{name}.effect_on_plan": "Et tiltag blev udskudt",
    })  # fmt: skip
    assert answer.status_code == 302
    content = the(plan, part.key, "stakeholder").content
    assert (content["heard_on"], content["group"]) == ("2026-03-01", "hit-by-action")
    shown = page(signed_in(kaja).get(address(plan, "interessenter"))).one("main").text
    assert "Af 2 interessenter er 1 inddraget" in shown
    assert "1 er udeladt med begrundelse" in shown


def test_a_category_of_consumption_is_begun_and_filled_in(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    shown = page(client.get(address(plan, "forbrug"), {"add": "food"}))
    assert [each.text for each in shown.one("form", method="post", novalidate="").all("h2")] == ["Fødevarer"]
    # six roles times avoid, shift and improve
    assert len(shown.all("input", type="checkbox", value="operator")) == 3
    assert selectors.parts(plan, "consumption") == []
    post(client, plan, "forbrug", "category:food:0", consumption__food__vision="Mindre spild",
         consumption__food__avoid="Mindre madspild", consumption__food__avoid_roles=["operator", "authority"],
         consumption__food__target="20 % i 2030", consumption__food__indicator="kg")  # fmt: skip
    assert the(plan, "food", "consumption").content["avoid_roles"] == ["operator", "authority"]
    text = page(client.get(address(plan, "forbrug"))).one("main").text
    assert "1 af 1 kategorier er fyldt ud; der kræves mindst 2." in text


def test_fairness_is_told_by_sector_and_hazard_with_goals_tied_to_actions(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "hazard", hazard="cloudburst")
    client = signed_in(kaja)
    # five sectors and one hazard
    assert "0 af 6 rækker" in page(client.get(address(plan, "fordeling"))).one("main").text
    answer = client.post(address(plan, "fordeling"), {
        "slot": ["sector:new-sector-energy:0", "hazard:new-hazard-cloudburst:0", "sector:new-sector-waste:0",
                 "goal:new-goal:0"],
        "fairness.new-sector-energy.sector": "energy", "fairness.new-sector-energy.burden": "Dyrere fjernvarme",
        "fairness.new-sector-energy.who": ["low-income"], "fairness.new-sector-energy.theme": "wealth",
        "fairness.new-hazard-cloudburst.hazard": "cloudburst", "fairness.new-hazard-cloudburst.why_not": "Rammer alle",
        "fairness.new-sector-waste.sector": "waste",
        "equity_goal.new-goal.title": "Billig varme", "equity_goal.new-goal.action": "a01",
        "equity_goal.new-goal.indicator": "kr. om måneden",
    })  # fmt: skip
    assert answer.status_code == 302
    assert [part.content.get("sector") or part.content["hazard"] for part in selectors.parts(plan, "fairness")] == [
        "energy", "cloudburst"
    ]  # fmt: skip
    text = page(client.get(address(plan, "fordeling"))).one("main").text
    assert "2 af 6 rækker" in text
    assert "1 mål er knyttet" in text


def test_indicators_are_held_against_actions_sectors_and_targets_with_gaps(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    text = page(client.get(address(plan, "indikatorer"))).one("main").text
    assert "Uden indikator: 1 tiltag (output), heraf 0 prioriterede, 5 sektorer (outcome), 1 mål (impact)." in text
    add(plan, kaja, "indicator", name="Anlæg", unit="stk.", action="a01")
    add(plan, kaja, "indicator", name="Ton affald", unit="t", level="outcome", sector="waste", basis="top-down")
    add(plan, kaja, "indicator", name="Udledning", unit="t", level="impact", target_year=2031)
    text = page(client.get(address(plan, "indikatorer"))).one("main").text
    # one of impact for another year than that of the target measures nothing
    assert "Uden indikator: 0 tiltag (output), heraf 0 prioriterede, 4 sektorer (outcome), 1 mål (impact)." in text
    assert "landsdækkende data (top-down)" in text
    assert "siger kun lidt om lokale ændringer" in text
    answer = client.post(address(plan, "indikatorer"), {
        "slot": ["new:new-target-0:0", "strategy:waste:0"], "indicator.new-target-0.level": "impact",
        "indicator.new-target-0.target_year": "2030", "indicator.new-target-0.name": "Samlet udledning",
        "indicator.new-target-0.unit": "t CO2e", "indicator.new-target-0.reach": "direct",
        "sector_strategy.waste.target": "Halvering", "sector_strategy.waste.target_year": "2035",
    })  # fmt: skip
    assert answer.status_code == 302
    assert the(plan, "waste", "sector_strategy").content == {
        "sector": "waste", "target": "Halvering", "target_year": 2035,
    }  # fmt: skip
    text = page(client.get(address(plan, "indikatorer"))).one("main").text
    assert "0 mål (impact)" in text


def test_the_attributes_of_an_indicator_are_filled_in_where_it_stands(plan: Plan, kaja: User) -> None:
    part = add(plan, kaja, "indicator", name="Anlæg", unit="stk.", action="a01")
    name = f"indicator.{part.key}"
    signed_in(kaja).post(address(plan, "indikatorer"), {
        "slot": f"about:{part.key}:1", f"{name}.level": "output", f"{name}.reach": "direct",
        f"{name}.detail": "operational", f"{name}.nature": "quantitative", f"{name}.basis": "bottom-up",
    })  # fmt: skip
    assert the(plan, part.key, "indicator").content == {
        "name": "Anlæg", "unit": "stk.", "action": "a01", "reach": "direct", "detail": "operational",
        "nature": "quantitative", "basis": "bottom-up",
    }  # fmt: skip


def test_a_file_has_every_sector_and_runs_no_formula(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "powers", sector="energy", operator="=1+1", authority="Varmeplan")
    answer = signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/tabeller/powers.csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 6
    assert (lines[0]["sector"], lines[0]["operator"], lines[0]["authority"]) == ("energi", "'=1+1", "Varmeplan")
    assert lines[5]["operator"] == ""
    assert signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/tabeller/powers.xlsx").content[:2] == b"PK"
    assert (
        signed_in(kaja)
        .get(f"/arbejde/plan/{plan.pk}/tabeller/stakeholder.csv")
        .content.decode("utf-8-sig")
        .startswith("key,action,name,group")
    )  # an empty plan has the columns
    assert signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/tabeller/vision.csv").status_code == 404


def test_the_pages_are_reached_from_the_groundwork_and_from_the_criterion_they_serve(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    groundwork = {each.attributes.get("href") for each in page(client.get(address(plan, "grundlag"))).all("a")}
    assert {address(plan, name) for name in PAGES} <= groundwork
    assessment = page(client.get(f"/arbejde/plan/{plan.pk}/selvvurdering/"))
    led = {each.attributes.get("href") for each in assessment.all("a")}
    assert {address(plan, name) for name in PAGES} <= led
    back = page(client.get(address(plan, "roller")))
    [first, *_rest] = [each for each in back.all("a") if "/selvvurdering/#" in each.attributes.get("href", "")]
    assert first.text.startswith("K")


def test_as_text_there_is_no_field(plan: Plan, kaja: User) -> None:
    shown = page(signed_in(kaja).get(address(plan, "roller"), {"as": "text"}))
    assert shown.all("textarea") == []
    assert "tom" in shown.one("main").text


def test_the_attributes_stand_on_the_page_of_the_action_too(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "indicator", name="Anlæg", unit="stk.", action="a01", reach="indirect", basis="top-down")
    [beside] = [
        each.text for each in page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/tiltag/a01/")).all("li")
        if "Indikator: Anlæg" in each.text
    ]  # fmt: skip
    assert "indirekte" in beside
    assert "landsdækkende data (top-down)" in beside


def test_what_was_changed_meanwhile_is_not_removed(plan: Plan, kaja: User, karl: User) -> None:
    part = add(plan, kaja, "stakeholder", name="Landmænd", group="hit-by-action", tracks=["mitigation"])
    services.change_part(part=part, content={**part.content, "why_not": "Karls ord"}, expected_version=1, by=karl)
    token = f"place:{part.key}:1"
    answer = signed_in(kaja).post(address(plan, "interessenter"), {"remove": token, "slot": token})
    assert answer.status_code == 409
    assert "Karls ord" in page(answer).one("div", role="alert").text
    assert not the(plan, part.key, "stakeholder").removed


@pytest.mark.parametrize("token", ["", "row", "row:energy", "elsewhere:energy:0", "row::0", "row:energy:99", "row:x:0"])
def test_a_form_that_was_made_up_changes_nothing(plan: Plan, kaja: User, token: str) -> None:
    posted = {"slot": token, "powers.energy.operator": "x", "powers.x.operator": "x"}
    answer = signed_in(kaja).post(address(plan, "roller"), posted)
    assert answer.status_code == (422 if token in ("row:energy:99", "row:x:0") else 302)
    assert selectors.parts(plan, "powers") == []
