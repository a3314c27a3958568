"""Every rule: a plan that meets it, one that fails it, one that leaves it open, and the days and numbers in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from domain.assessment.whole import (
    BOUNDS,
    COURSE,
    SECTORS,
    WHOLE,
    action,
    but,
    dated,
    goal,
    indicator,
    stakeholder,
    target,
    topic,
)
from klimaplan.domain.assessment.evidence import Evidence, Inventory, Pointer, RiskSeen, Track, Weighing
from klimaplan.domain.assessment.parameters import read_parameters
from klimaplan.domain.assessment.result import Result, Verdict, plain
from klimaplan.domain.assessment.rules import RULES
from klimaplan.domain.pathway.interval import IntervalSector

MET, PARTIAL, NOT_MET, OPEN = Verdict.MET, Verdict.PARTIAL, Verdict.NOT_MET, Verdict.NEEDS_PERSON
ALL_SECTORS = "+".join(SECTORS)


def judge(rule: str, parameters: str, evidence: Evidence) -> Result:
    found = RULES[rule]
    values, faults = read_parameters(parameters, found.asks, rule, found.optional)
    assert faults == []
    return found.judge(evidence, values)


@dataclass(frozen=True)
class Case:
    """Parameters, a plan that fails, and one of which nobody can say; the whole plan meets every rule."""

    parameters: str
    fails: Evidence
    open: Evidence


def risk(**said: Any) -> tuple[RiskSeen, ...]:
    return (RiskSeen(at=Pointer("risk_assessment", "1"), title=plain("risk"), **said),)


BARE = replace(action("a1"), said=frozenset({"title"}))
IDLE = replace(COURSE, pathway=COURSE.baseline, effects={})
NO_COURSE = but(course=None)
CASES = {
    "inventory-age": Case("max_years=3; max_interval=3", but(inventory=Inventory((2021, 2022))), but(inventory=None)),
    "risk-age": Case("max_years=5", but(risk=risk(made_on=date(2021, 11, 23))), but(risk=None)),
    "risk-data-age": Case(
        "max_years=10", but(risk=risk(made_on=date(2026, 1, 1), oldest_data=date(2016, 11, 23))), but(risk=None)
    ),
    "evaluation-age": Case("max_years=5", but(
        evaluations=(), adoptions=(dated("adoption", date(2021, 11, 23), state="adopted"),)), but(evaluations=None)),
    "evaluation-planned": Case("", but(
        evaluations=(dated("evaluation", None, planned=date(2026, 11, 23)),)), but(evaluations=None)),
    "published": Case("max_months=12", but(
        publications=(dated("publication", date(2025, 11, 23)),)), but(publications=None)),
    "reported": Case("years_back=1", but(reports=(dated("yearly_report", date(2025, 3, 1), year=2024),)),
                     but(reports=None)),
    "net-zero": Case("latest_year=2050; national_year=2045", but(targets=(target(2030, 10.0), target(2050, 1.0))),
                     but(targets=None)),
    "interim-targets": Case("first_by=2030; least=2", but(targets=(target(2035, 10.0), target(2050, 0.0))),
                            but(targets=None)),
    "target-gases": Case("gases=CO2+CH4+N2O", but(inventory=Inventory((2023,), gases=frozenset({"CO2"}))),
                         but(inventory=Inventory((2023,)))),
    "sector-interval": Case("", but(targets=(target(2030, 130.0),)), but(weighing=None)),
    "trajectories": Case("series=baseline+pathway; until=2050", but(
        course=replace(COURSE, baseline={2030: 1.0}, pathway={2030: 1.0})), NO_COURSE),
    "reaches-targets": Case("until=2050", but(course=IDLE), NO_COURSE),
    "gap-stated": Case("", but(course=replace(COURSE, manko=None, allowed={})), NO_COURSE),
    "linked-reductions": Case("", but(course=IDLE), NO_COURSE),
    "projection-documented": Case("told=notes+drivers", but(notes=None, drivers=()), but(drivers=None)),
    "inventory-complete": Case("refs=I.1.1+I.1.2", but(inventory=Inventory((2023,), refs=frozenset())),
                               but(inventory=Inventory((2023,)))),
    "inventory-disclosed": Case("fields=source+method", but(inventory=Inventory((2023,))), but(inventory=None)),
    "scenario-horizon": Case("until=2050", but(risk=risk(horizon=2049)), but(risk=None)),
    "hazards-described": Case("fields=now+later", but(
        hazards=tuple(replace(each, said=frozenset()) for each in WHOLE.hazards or ())), but(hazards=None)),
    "hazard-impacts": Case("groups=vulnerable", but(exposed=()), but(exposed=None)),
    "hazard-goals": Case("", but(goals=(replace(goal("short"), hazards=frozenset({"drought"})),)), but(goals=None)),
    "goal-horizons": Case("horizons=short+medium+long; counts=adaptation; kinds=measurable+worded",
                          but(goals=()), but(goals=None)),
    "stakeholder-map": Case("groups=hit-by-change+hit-by-action+has-power; tracks=mitigation+adaptation",
                            but(stakeholders=()), but(stakeholders=None)),
    "involvement": Case("fields=involvement+effect-on-plan", but(
        stakeholders=(stakeholder("has-power", said=frozenset()),)), but(stakeholders=None)),
    "engagement": Case("groups=hit-by-change+vulnerable", but(
        stakeholders=(stakeholder("has-power", vulnerable=False),)), but(stakeholders=None)),
    "partners": Case("least=1; groups=has-power; roles=facilitator", but(
        stakeholders=(stakeholder("has-power", external=False), stakeholder("hit-by-change"))), but(powers=None)),
    "roles-matrix": Case(f"sectors={ALL_SECTORS}; roles=operator+supplier+authority+facilitator",
                         but(powers=()), but(powers=None)),
    "fossil-column": Case("roles=operator+supplier+authority+facilitator", but(powers=(WHOLE.powers or ())[:5]),
                          but(powers=None)),
    "coal-exit": Case("before=2030", but(powers=(
        replace((WHOLE.powers or ())[-1], no_coal=False, coal_until=2030),)), but(powers=None)),
    "linked-plans": Case("sectors=energy+transport", but(links=()), but(links=None)),
    "context": Case("themes=population+vulnerable", but(context=()), but(context=None)),
    "action-fields": Case("which=all; fields=title+description+timetable+owner+effect+benefits",
                          but(actions=(BARE,)), but(actions=None)),
    "forbidden-actions": Case("tags=fossil-ccs+new-incineration", but(
        actions=(action("a1", tags=frozenset({"new-incineration"})),)),
        but(actions=(replace(action("a1"), said=frozenset({"title"})),))),
    "coverage": Case("least_percent=5", but(actions=()), but(hazards=None)),
    "owners-by-sector": Case("sectors=energy+transport", but(actions=(BARE,)), but(actions=None)),
    "prioritisation": Case("least=2", but(weights=()), but(weights=None)),
    "commitment": Case("fields=date+document", but(commitments=()), but(commitments=None)),
    "adoption": Case("fields=date+document", but(adoptions=(dated("adoption", None, state="pending"),)),
                     but(adoptions=None)),
    "strategies": Case(f"sectors={ALL_SECTORS}; fields=overview+smart-target+indicator", but(
        strategies=tuple(topic("sector_strategy", sector) for sector in SECTORS)), but(strategies=None)),
    "consumption": Case("least=2; fields=vision+smart-target+indicator", but(
        consumption=(topic("consumption", "food", "vision"),)), but(consumption=None)),
    "fairness": Case(f"sectors={ALL_SECTORS}", but(fairness=()), but(fairness=None)),
    "equity-goals": Case("least=1; fields=action+indicator", but(equity_goals=()), but(equity_goals=None)),
    "indicator-levels": Case("levels=output+outcome+impact", but(indicators=()), but(indicators=None)),
    "indicator-topics": Case("topics=consumption+equity", but(indicators=()), but(indicators=None)),
    "indicator-upkeep": Case("fields=frequency+owner", but(indicators=()), but(indicators=None)),
}  # fmt: skip


def test_every_rule_has_its_three_plans() -> None:
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_a_plan_that_meets_it_one_that_fails_it_and_one_that_leaves_it_open(rule: str) -> None:
    case = CASES[rule]
    met, failed, left = (judge(rule, case.parameters, each) for each in (WHOLE, case.fails, case.open))
    assert (met.verdict, failed.verdict, left.verdict) == (MET, NOT_MET, OPEN)
    for answer in (met, failed, left):
        assert answer.why.da
        assert answer.why.en
        assert answer.why.da != answer.why.en
    assert failed.remedy.da
    assert failed.remedy.en
    assert met.remedy.en == ""


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"inventory-complete"}))
def test_what_a_met_rule_rests_on_is_named_with_its_place(rule: str) -> None:
    seen = judge(rule, CASES[rule].parameters, WHOLE).seen
    assert seen
    assert all(each.at.kind and each.at.key and each.label.en for each in seen)


def test_no_rule_passes_a_plan_of_which_nothing_is_known() -> None:
    for rule, case in CASES.items():
        assert judge(rule, case.parameters, Evidence(WHOLE.on)).verdict is OPEN, rule


def test_no_rule_passes_an_empty_plan() -> None:
    """There was a place for everything and nothing stood in it."""
    empty: dict[str, Any] = dict.fromkeys(
        ("targets", "actions", "drivers", "hazards", "exposed", "goals", "risk", "stakeholders", "powers",
         "consumption", "strategies", "fairness", "equity_goals", "context", "weights", "indicators", "links",
         "commitments", "adoptions", "evaluations", "publications", "reports"), ()
    )  # fmt: skip
    passed = {rule for rule, case in CASES.items() if judge(rule, case.parameters, Evidence(WHOLE.on, **empty)).verdict
              in (MET, Verdict.NOT_APPLICABLE, PARTIAL)}  # fmt: skip
    assert passed == set()


# -- days: the last day on which something holds, and the first on which it does not ----------------------------------


@pytest.mark.parametrize(
    ("made", "on", "verdict"),
    [
        (date(2021, 11, 24), date(2026, 11, 24), MET),
        (date(2021, 11, 23), date(2026, 11, 24), NOT_MET),
        (date(2024, 2, 29), date(2029, 2, 28), MET),
        (date(2024, 2, 29), date(2029, 3, 1), NOT_MET),
        (date(2023, 2, 28), date(2028, 2, 28), MET),
        (date(2023, 2, 28), date(2028, 2, 29), NOT_MET),
        (date(2026, 11, 25), date(2026, 11, 24), NOT_MET),
    ],
)
def test_five_years_end_on_the_day_itself(made: date, on: date, verdict: Verdict) -> None:
    assert judge("risk-age", "max_years=5", but(on=on, risk=risk(made_on=made))).verdict is verdict
    adopted = but(on=on, evaluations=(), adoptions=(dated("adoption", made, state="adopted"),))
    assert judge("evaluation-age", "max_years=5", adopted).verdict is verdict


@pytest.mark.parametrize(
    ("oldest", "verdict"),
    [(date(2016, 11, 24), MET), (date(2016, 11, 23), NOT_MET), (date(2016, 2, 29), NOT_MET), (None, NOT_MET)],
)
def test_data_are_at_most_ten_years_old(oldest: date | None, verdict: Verdict) -> None:
    evidence = but(risk=risk(made_on=date(2026, 1, 1), oldest_data=oldest))
    assert judge("risk-data-age", "max_years=10", evidence).verdict is verdict


@pytest.mark.parametrize(("on", "verdict"), [(date(2026, 12, 31), MET), (date(2027, 1, 1), NOT_MET)])
def test_an_account_of_2023_holds_to_the_end_of_2026(on: date, verdict: Verdict) -> None:
    assert judge("inventory-age", "max_years=3; max_interval=3", but(on=on)).verdict is verdict


@pytest.mark.parametrize(
    ("years", "max_interval", "verdict"),
    [((2020, 2023), 3, MET), ((2020, 2023), 2, PARTIAL), ((2019, 2023), 3, PARTIAL), ((2023,), 3, PARTIAL)],
)
def test_the_years_of_the_account_lie_close_enough(years: tuple[int, ...], max_interval: int, verdict: Verdict) -> None:
    evidence = but(inventory=Inventory(years))
    assert judge("inventory-age", f"max_years=3; max_interval={max_interval}", evidence).verdict is verdict


@pytest.mark.parametrize(
    ("day", "on", "verdict"),
    [
        (date(2025, 11, 24), date(2026, 11, 24), MET),
        (date(2025, 11, 23), date(2026, 11, 24), NOT_MET),
        (date(2024, 2, 29), date(2025, 2, 28), MET),
        (date(2024, 2, 29), date(2025, 3, 1), NOT_MET),
    ],
)
def test_a_publication_holds_for_twelve_months(day: date, on: date, verdict: Verdict) -> None:
    evidence = but(on=on, publications=(dated("publication", day),))
    assert judge("published", "max_months=12", evidence).verdict is verdict


def test_the_report_of_last_year_is_asked_for_from_the_first_of_january() -> None:
    reports = (dated("yearly_report", date(2026, 3, 1), year=2025),)
    assert judge("reported", "years_back=1", but(on=date(2026, 12, 31), reports=reports)).verdict is MET
    assert judge("reported", "years_back=1", but(on=date(2027, 1, 1), reports=reports)).verdict is NOT_MET


def test_a_report_that_is_dated_ahead_was_not_sent() -> None:
    reports = (dated("yearly_report", date(2026, 11, 25), year=2025),)
    assert judge("reported", "years_back=1", but(reports=reports)).verdict is NOT_MET


# -- targets -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "parameters", "verdict"),
    [
        (2045, "latest_year=2050; national_year=2045", MET),
        (2046, "latest_year=2050; national_year=2045", PARTIAL),
        (2050, "latest_year=2050; national_year=2045", PARTIAL),
        (2050, "latest_year=2050", MET),
        (2051, "latest_year=2050", NOT_MET),
    ],
)
def test_a_later_net_zero_than_the_nations_is_a_question(year: int, parameters: str, verdict: Verdict) -> None:
    answer = judge("net-zero", parameters, but(targets=(target(2030, 100.0), target(year, 0.0))))
    assert answer.verdict is verdict
    assert [each.at.key for each in answer.seen] == [f"{year}/total"]


def test_a_target_without_tonnes_leaves_net_zero_open() -> None:
    assert judge("net-zero", "latest_year=2050", but(targets=(target(2050, None),))).verdict is OPEN


@pytest.mark.parametrize(
    ("years", "verdict"),
    [((2030, 2035, 2045), MET), ((2030, 2045), PARTIAL), ((2031, 2040, 2045), PARTIAL), ((2035, 2045), NOT_MET)],
)
def test_the_first_target_is_soon_and_two_lie_on_the_way(years: tuple[int, ...], verdict: Verdict) -> None:
    targets = tuple(target(year, 0.0 if year == 2045 else 10.0) for year in years)
    assert judge("interim-targets", "first_by=2030; least=2", but(targets=targets)).verdict is verdict


@pytest.mark.parametrize(
    ("reduction", "verdict"), [(0.5203, NOT_MET), (0.5205, PARTIAL), (0.6055, PARTIAL), (0.6057, MET), (0.7, MET)]
)
def test_the_target_lies_in_the_range_of_the_municipalitys_own_sectors(reduction: float, verdict: Verdict) -> None:
    """270 t in 2019: the range begins at 0.5204 and its middle is 0.6056."""
    evidence = but(targets=(target(2030, 270.0 * (1.0 - reduction)),))
    assert judge("sector-interval", "", evidence).verdict is verdict


def test_a_target_written_since_1990_is_tested_by_its_tonnes() -> None:
    """−70 % of 400 t in 1990 allows 120 t: 1 − 120/270 = 55.6 % below 2019, in the lower half of the range."""
    answer = judge("sector-interval", "", but(targets=(target(2030, 0.3 * 400.0),)))
    assert answer.verdict is PARTIAL
    assert "55.6 % below 2019" in answer.why.en
    assert "52.0 %" in answer.why.en
    assert "60.6 %" in answer.why.en
    assert "55,6 % under 2019" in answer.why.da


def test_sectors_that_add_up_to_nothing_leave_the_interval_open() -> None:
    weighing = Weighing(dict.fromkeys(IntervalSector, 0.0), BOUNDS)
    assert judge("sector-interval", "", but(weighing=weighing)).verdict is OPEN


# -- what the plan computes --------------------------------------------------------------------------------------------


def test_a_pathway_above_one_of_its_targets_reaches_them_in_part() -> None:
    course = replace(COURSE, pathway={**COURSE.pathway, 2040: 50.6})
    answer = judge("reaches-targets", "until=2050", but(course=course))
    assert (answer.verdict, [each.at.key for each in answer.seen]) == (PARTIAL, ["2040"])


def test_actions_carry_the_reduction_when_they_make_up_the_difference_to_the_target() -> None:
    """In 2030 the target asks for 200 − 100 = 100 t less."""
    enough = replace(COURSE, allowed={2030: 100.0}, effects={"a1": {2030: -60.0}, "a2": {2030: -40.0}})
    short = replace(enough, effects={"a1": {2030: -60.0}, "a2": {2030: -39.0}})
    assert judge("linked-reductions", "", but(course=enough)).verdict is MET
    assert judge("linked-reductions", "", but(course=short)).verdict is NOT_MET


def test_a_plan_that_cannot_be_computed_says_why() -> None:
    answer = judge("gap-stated", "", NO_COURSE)
    assert "cannot be computed" in answer.why.en
    assert "Mend the errors" in answer.remedy.en


# -- people and actions ------------------------------------------------------------------------------------------------


def test_each_cell_of_the_stakeholder_map_that_is_empty_is_named() -> None:
    stakeholders = (
        stakeholder("hit-by-change"), stakeholder("hit-by-action"),
        stakeholder("has-power", tracks=frozenset({Track.MITIGATION})),
    )  # fmt: skip
    answer = judge("stakeholder-map", "groups=hit-by-change+has-power; tracks=mitigation+adaptation",
                   but(stakeholders=stakeholders))  # fmt: skip
    assert answer.verdict is PARTIAL
    assert answer.why.en == "Missing: power to cut emissions or risk (adaptation)."
    assert answer.why.da == "Der mangler: magt til at mindske udledning eller risiko (tilpasning)."


def test_missing_involvement_may_be_justified() -> None:
    justified = (stakeholder("has-power", said=frozenset({"reason"})),)
    assert judge("involvement", "fields=involvement+effect-on-plan", but(stakeholders=justified)).verdict is MET


def test_a_role_may_be_left_out_with_a_reason_in_the_fossil_column_only_if_it_is_given() -> None:
    row = replace((WHOLE.powers or ())[-1], justified=frozenset())
    answer = judge("fossil-column", "roles=operator+supplier+authority+facilitator", but(powers=(row,)))
    assert (answer.verdict, answer.why.en) == (PARTIAL, "Missing: supplier and owner.")


@pytest.mark.parametrize(("year", "verdict"), [(2029, MET), (2030, NOT_MET)])
def test_coal_is_out_before_2030(year: int, verdict: Verdict) -> None:
    row = replace((WHOLE.powers or ())[-1], no_coal=False, coal_until=year)
    assert judge("coal-exit", "before=2030", but(powers=(row,))).verdict is verdict


def test_new_fossil_supply_is_refused_however_the_matrix_is_filled_in() -> None:
    actions = (action("a1", tags=frozenset({"new-fossil-supply"})),)
    assert judge("coal-exit", "before=2030", but(actions=actions)).verdict is NOT_MET


def test_what_actions_lack_is_counted_and_those_that_lack_something_come_first() -> None:
    whole, bare = action("a1"), replace(action("a2"), said=frozenset({"title", "owner"}))
    answer = judge("action-fields", "which=all; fields=title+timetable+owner", but(actions=(whole, bare)))
    assert answer.verdict is PARTIAL
    assert answer.why.en == "1 of 2 actions lack something: timetable (1)."
    assert [each.at.key for each in answer.seen] == ["a2", "a1"]


def test_only_prioritised_actions_need_the_longer_list() -> None:
    plain = replace(action("a2"), said=frozenset({"title"}), priority=False)
    asked = "which=priority; fields=milestones+funding"
    assert judge("action-fields", asked, but(actions=(action("a1"), plain))).verdict is MET
    assert judge("action-fields", asked, but(actions=(plain,))).verdict is NOT_MET


def test_a_sector_below_the_share_needs_no_action() -> None:
    """4 of 104 t is 3.8 %, 6 of 106 t is 5.7 %."""
    energy = (action("a1", sectors=frozenset({"energy"})),)
    small, large = ({"energy": 100.0, "waste": waste} for waste in (4.0, 6.0))
    asked = "least_percent=5"
    assert judge("coverage", asked, but(actions=energy, inventory=Inventory((2023,), small))).verdict is MET
    answer = judge("coverage", asked, but(actions=energy, inventory=Inventory((2023,), large)))
    assert (answer.verdict, answer.why.en) == (PARTIAL, "Missing: waste and wastewater.")


def test_weights_must_come_to_one() -> None:
    weights = WHOLE.weights or ()
    over = (weights[0], replace(weights[1], weight=0.5))
    assert judge("prioritisation", "least=2", but(weights=over)).verdict is PARTIAL
    unscored = (weights[0], replace(weights[1], scored=frozenset()))
    assert judge("prioritisation", "least=2", but(weights=unscored)).verdict is PARTIAL


def test_adopted_in_principle_is_half_way() -> None:
    half = (dated("adoption", date(2026, 1, 1), "date", "document", state="in-principle"),)
    assert judge("adoption", "fields=date+document", but(adoptions=half)).verdict is PARTIAL


def test_an_adoption_that_lies_ahead_is_none() -> None:
    ahead = (dated("adoption", date(2026, 11, 25), "date", "document", state="adopted"),)
    assert judge("adoption", "fields=date+document", but(adoptions=ahead)).verdict is NOT_MET


def test_two_categories_of_consumption_are_needed_in_full() -> None:
    one = (topic("consumption", "food", "vision", "smart-target", "indicator"), topic("consumption", "goods"))
    asked = "least=2; fields=vision+smart-target+indicator"
    assert judge("consumption", asked, but(consumption=one)).verdict is PARTIAL


def test_goals_for_emissions_count_where_the_criterion_counts_them() -> None:
    asked = "horizons=short+medium+long; counts=adaptation+emissions"
    assert judge("goal-horizons", asked, but(goals=())).verdict is MET
    only_short = judge("goal-horizons", asked, but(goals=(), targets=(target(2030, 1.0),)))
    assert (only_short.verdict, only_short.why.en) == (PARTIAL, "Missing: medium term, long term.")


def test_what_has_no_indicator_on_its_level_is_named() -> None:
    indicators = (indicator("1", "output", action="a1"), indicator("2", "impact", target="2030/total"))
    answer = judge("indicator-levels", "levels=output+impact", but(indicators=indicators))
    assert (answer.verdict, answer.why.en) == (
        PARTIAL, "Missing: impact: target 2040/total, target 2045/total.",
    )  # fmt: skip
