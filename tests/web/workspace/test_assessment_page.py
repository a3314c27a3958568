"""The self-assessment in the workspace: what is missing, where it stands and is written down, and who may look."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from klimaplan.domain.assessment.assess import Assessed
from klimaplan.domain.assessment.result import Verdict
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.assessing import bridge, page
from klimaplan.web.certification.assessing.account import is_c40_member
from klimaplan.web.certification.assessing.wording import ELSEWHERE, WRITTEN_AT
from klimaplan.web.plans import services
from klimaplan.web.plans.contents.kinds import KINDS
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace import groundwork, part_page
from web.reading import page as read
from web.workspace.conftest import person, signed_in

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 24)
MET, PARTIAL, NOT_MET, OPEN = Verdict.MET, Verdict.PARTIAL, Verdict.NOT_MET, Verdict.NEEDS_PERSON


def held(plan: Plan, *codes: str, on: date = DAY, of: str = "cctf-2024-dk") -> list[Assessed]:
    found = bridge.assessment(plan, load.criteria_set(of), on)
    return [row for row in found.rows if row.criterion.id in codes]


def verdict(plan: Plan, code: str, on: date = DAY, of: str = "cctf-2024-dk") -> Verdict:
    [row] = held(plan, code, on=on, of=of)
    return row.result.verdict


def add(plan: Plan, by: User, kind: str, /, **content: Any) -> None:
    services.add_part(plan=plan, kind=kind, content=content, by=by)


def address(plan: Plan, query: str = "") -> str:
    return f"/arbejde/plan/{plan.pk}/selvvurdering/{query}"


def texts(client: Client, plan: Plan, query: str = "") -> dict[str, str]:
    """Criterion → the text of its place on the page."""
    shown = read(client.get(address(plan, query)))
    return {each.attributes["id"]: each.text for each in shown.all("article") if "id" in each.attributes}


def test_the_page_says_how_many_demands_are_met_and_shows_all_31(plan: Plan, kaja: User) -> None:
    answer = signed_in(kaja).get(address(plan))
    assert answer.status_code == 200
    shown = read(answer)
    assert len(shown.all("article")) == 31
    lead = next(each.text for each in shown.all("p") if "data-lead" in each.attributes)
    assert "af 31 krav er opfyldt" in lead
    assert "Uofficiel" in shown.one("main").text


def test_the_filter_keeps_what_is_missing(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    everything, missing, person_judges, met = (
        set(texts(client, plan, query)) for query in ("", "?show=missing", "?show=person", "?show=met")
    )
    assert missing | person_judges | met == everything
    assert not missing & met
    assert not missing & person_judges
    assert {"K5.1", "K9.2"} <= missing
    assert "K2" in person_judges
    assert "K6.1" in met
    assert set(texts(client, plan, "?show=rubbish")) == everything


def test_what_members_of_c40_must_does_not_apply_to_hvidovre(plan: Plan) -> None:
    members = ("2.3.2", "2.5.3", "3.6.3")
    assert {row.result.verdict for row in held(plan, *members, of="capf-2020")} == {Verdict.NOT_APPLICABLE}
    assert [code for code in ("101", "167", "461") if is_c40_member(code)] == ["101"]  # København alone


def test_a_criterion_says_which_earlier_ones_it_comes_from(plan: Plan, kaja: User) -> None:
    shown = texts(signed_in(kaja), plan)
    assert "CAPF 2020: 1.3.1 (rekonstrueret)" in shown["K9.1"]
    assert "ny: intet i CAPF 2020" in shown["K11"]
    assert "Kommer fra" not in texts(signed_in(kaja), plan, "?set=capf-2020")["1.1.1"]


def test_another_set_can_be_chosen_and_an_unknown_one_is_refused(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    assert len(texts(client, plan, "?set=capf-2020")) == 42
    assert client.get(address(plan, "?set=capf-1999")).status_code == 404


def test_the_evidence_leads_to_the_very_number(plan: Plan, kaja: User) -> None:
    shown = read(signed_in(kaja).get(address(plan)))
    [row] = [each for each in shown.all("article") if each.attributes.get("id") == "K9.2"]
    links = [(link.text, link.attributes["href"]) for link in row.all("a")]
    assert ("2030: højst 50.000 t CO2e", f"/arbejde/plan/{plan.pk}/del/target/2030/total/") in links
    assert signed_in(kaja).get(links[0][1]).status_code == 200


def test_what_is_missing_leads_to_where_it_is_written_down(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    shown = read(client.get(address(plan)))
    [row] = [each for each in shown.all("article") if each.attributes.get("id") == "K5.1"]
    [link] = [each for each in row.all("a") if "Gå til" in each.text]
    where, _, anchor = link.attributes["href"].partition("#")
    listed = read(client.get(where))
    assert listed.all("h2", id=anchor)


def test_the_assessment_follows_the_plan_while_it_is_written(plan: Plan, kaja: User) -> None:
    assert verdict(plan, "K5.1") is NOT_MET
    add(plan, kaja, "risk_assessment", title="Risiko", made_on="2021-11-24", oldest_data="2016-11-24", horizon=2050)
    assert [row.result.verdict for row in held(plan, "K5.1", "K5.2", "K5.3")] == [MET, MET, MET]
    day_after = date(2026, 11, 25)
    assert [row.result.verdict for row in held(plan, "K5.1", "K5.2", "K5.3", on=day_after)] == [NOT_MET, NOT_MET, MET]


def test_the_account_of_2023_is_young_enough_in_2026_and_not_in_2027(plan: Plan) -> None:
    [row] = held(plan, "K6.1")
    assert row.result.verdict is MET
    assert [(each.at.kind, each.at.key) for each in row.result.seen] == [("account", "2023")]
    assert verdict(plan, "K6.1", on=date(2027, 1, 1)) is NOT_MET


def test_targets_are_judged_by_their_tonnes(plan: Plan, kaja: User) -> None:
    assert verdict(plan, "K9.1") is NOT_MET
    add(plan, kaja, "target", year=2040, level=20_000.0, source="Byrådet")
    add(plan, kaja, "target", year=2050, level=0.0, source="Byrådet")
    [net_zero, interim] = held(plan, "K9.1", "K9.2")
    assert (net_zero.result.verdict, interim.result.verdict) == (PARTIAL, MET)
    assert "senere end landets 2045" in net_zero.result.why.da


def test_targets_by_sector_count_together(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "target", year=2045, sectors="agriculture", level=0.0, source="Byrådet")
    assert verdict(plan, "K9.1") is NOT_MET
    add(plan, kaja, "target", year=2045, sectors="other", level=0.0, source="Byrådet")
    assert verdict(plan, "K9.1") is MET


def test_an_action_is_asked_for_what_hangs_on_it(plan: Plan, kaja: User) -> None:
    [row] = held(plan, "K12.1")
    assert row.result.verdict is NOT_MET
    [seen] = row.result.seen
    assert (seen.at.kind, seen.at.key) == ("action", "a01")
    assert {what.en for what in seen.lacks} == {"description", "benefits"}  # it has title, ramp, owner and tonnes
    assert verdict(plan, "K14") is NOT_MET
    add(plan, kaja, "action_detail", action="a01", priority=True, communication="Hjemmeside", checked=True)
    for kind, content in {
        "sub_measure": {"title": "x"}, "milestone": {"title": "x", "due": "2027-01-01"},
        "stakeholder": {"name": "x"}, "budget_line": {"title": "x", "year": 2027, "kind": "capex", "amount_dkk": 1.0},
        "funding": {"funder": "own"}, "co_benefit": {"benefit": "x", "who": ["elderly"]},
        "indicator": {"name": "x", "unit": "t"},
    }.items():  # fmt: skip
        add(plan, kaja, kind, action="a01", **content)
    [row] = held(plan, "K14")
    assert [what.en for seen in row.result.seen for what in seen.lacks] == ["barriers"]
    add(plan, kaja, "barrier", action="a01", kind="legal", description="Lov")
    assert verdict(plan, "K14") is MET
    assert verdict(plan, "K12.2") is MET
    assert verdict(plan, "3.2.1", of="capf-2020") is NOT_MET  # the barrier has no response


def test_the_matrix_of_roles_counts_the_three_facilitators_as_one(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "powers", sector="fossil", operator="x", supplier="x", authority="x")
    [row] = held(plan, "K13.1")
    assert (row.result.verdict, row.result.why.en) == (PARTIAL, "Missing: facilitator.")
    add(plan, kaja, "powers", sector="energy", opinion="x", not_used=["operator"], conclusion="x")
    assert "Energy" not in " ".join(each.label.en for each in held(plan, "K13.1")[0].result.seen)
    part = plan.parts.get(kind="powers", key="fossil")
    services.change_part(
        part=part, content={**part.content, "not_used": ["facilitator.advocacy"], "why_not": "Staten har bestemt"},
        by=kaja, expected_version=part.version,
    )  # fmt: skip
    assert verdict(plan, "K13.1") is MET


def test_a_reason_alone_is_enough_for_a_stakeholder_and_a_role_without_one_is_not(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "stakeholder", name="Fiskerne", group="hit-by-change", tracks=["adaptation"], why_not="Ingen havn")
    assert verdict(plan, "K3.2") is MET
    add(plan, kaja, "powers", sector="fossil", not_used=["supplier"])
    assert "supplier" in held(plan, "K13.1")[0].result.why.en


def test_a_plan_that_cannot_be_computed_is_open_and_says_why(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "stream", ref="IX.9", carrier="nothing", tonnes=1.0, year=2023, source="x")
    [row] = held(plan, "K6.2")
    assert row.result.verdict is OPEN
    assert row.result.why.en.startswith("The plan cannot be computed.")


def test_whoever_may_not_read_the_plan_reads_no_assessment(plan: Plan) -> None:
    stranger = person("Sten", coordinator="roskilde")
    assert signed_in(stranger).get(address(plan)).status_code == 403
    assert Client().get(address(plan)).status_code == 302
    adviser = person("Rune", dgo_adviser="dgo-hovedstaden")
    shown = read(signed_in(adviser).get(address(plan)))
    assert not [link for link in shown.one("main").all("a") if "Gå til" in link.text]


def test_every_rule_says_where_what_it_asks_for_is_written_down() -> None:
    from klimaplan.domain.assessment.rules import RULES

    assert set(WRITTEN_AT) | ELSEWHERE == set(RULES)
    assert not set(WRITTEN_AT) & ELSEWHERE
    assert set(WRITTEN_AT.values()) <= set(KINDS)
    for kind in set(WRITTEN_AT.values()) - {"action"}:
        assert part_page.page_of(kind, {}) != "plan", kind


def test_every_kind_of_the_groundwork_has_a_heading_and_a_reason() -> None:
    assert set(groundwork.HEADINGS) == set(groundwork.WHY) == set(groundwork.KINDS)
    listed = [kind for kinds in part_page.LISTS.values() for kind in kinds]
    assert len(listed) == len(set(listed))


def test_the_groundwork_lists_its_parts_by_what_names_them(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "powers", sector="energy", operator="Sol på skolerne")
    add(plan, kaja, "yearly_report", year=2025, sent_on="2026-03-01")
    add(plan, kaja, "fairness", hazard="cloudburst", burden="Kældre")
    shown = read(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/grundlag/"))
    assert {"Energi", "2025", "Skybrud"} <= {each.text for each in shown.all("h3")}


def test_the_details_of_an_action_are_not_called_by_its_key(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "action_detail", action="a01", priority=True)
    shown = read(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/del/action_detail/a01/"))
    assert shown.one("h1").text == "Oplysninger til certificering"


def test_a_stakeholder_of_an_action_leads_back_to_it_and_one_of_the_plan_to_the_groundwork(
    plan: Plan, kaja: User
) -> None:
    client = signed_in(kaja)
    new = f"/arbejde/plan/{plan.pk}/ny/stakeholder/"
    assert client.post(new, {"name": "Naboer", "action": "a01"})["Location"].endswith(f"/plan/{plan.pk}/tiltag/a01/")
    assert client.post(new, {"name": "Landmænd"})["Location"].endswith(f"/plan/{plan.pk}/grundlag/")


def test_the_page_asks_little_of_the_database(plan: Plan, kaja: User, django_assert_max_num_queries: Any) -> None:
    client = signed_in(kaja)
    client.get(address(plan))
    with django_assert_max_num_queries(25):
        client.get(address(plan))


def test_the_page_is_english_in_english(plan: Plan, kaja: User) -> None:
    shown = read(signed_in(kaja).get(f"/en/work/plan/{plan.pk}/assessment/"))
    assert "demands" in shown.one("main").text
    assert page.url_of(plan, held(plan, "K6.1")[0].result.seen[0].at).endswith("/167/")
