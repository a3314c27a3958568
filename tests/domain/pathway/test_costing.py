"""What a plan costs, on plans small enough to be priced in the head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import made_plan as made
from klimaplan.domain.actions.abatement import PricePath
from klimaplan.domain.actions.action import Action, Resources
from klimaplan.domain.actions.costs import Money, Perspective
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.errors import InputError, Severity, Text
from klimaplan.domain.pathway.costing import PlanCosts, costs_of, plan_costs
from klimaplan.domain.plan import evaluate

FREE = Perspective("without interest", 0.0, with_taxes=False)
TENTH = Perspective("a tenth", 0.10, with_taxes=False)
TAXED = Perspective("user", 0.0, with_taxes=True)
PUMPS = Resources(price_year=2025, capex_dkk=1000.0, opex_dkk=10.0, saved_dkk=30.0, lifetime_years=10)
SAVING = Resources(price_year=2025, capex_dkk=0.0, opex_dkk=0.0, saved_dkk=60.0, may_be_negative=True)


def costing(action: Action, resources: Resources) -> Action:
    return replace(action, resources=resources)


def costs(
    *actions: Action, seen_from: Perspective = FREE, year: int = 2028, path: PricePath | None = None
) -> PlanCosts:
    effects = evaluate(made.plan(actions)).effects.by_action
    return plan_costs(actions, effects, seen_from, year=year, path=path)


def dkk(amount: Money | None) -> float:
    assert amount is not None
    return amount.dkk


def test_a_tonne_costs_by_what_is_left_of_the_effect_beside_the_others() -> None:
    # half and two fifths of 100 t are 70 t together: 40 for the one, 30 for the other
    # 1,000 over 10 years + 10 − 30 = 80 a year
    found = costs(costing(made.save("a", 0.5), PUMPS), made.save("b", 0.4))
    [one] = found.actions
    assert (dkk(one.annual), one.in_place, dkk(one.in_year)) == (80.0, 1.0, 80.0)
    assert one.abatement is not None
    assert one.abatement.tonnes == pytest.approx(40.0)
    assert dkk(one.abatement.per_tonne) == pytest.approx(2.0)
    assert (found.price_year, found.year, found.base_year) == (2025, 2028, 2023)


def test_interest_makes_it_dearer() -> None:
    # CRF(10 %, 10) = 0.162745: 162.745 − 20; ten years of −20 are worth −20 · 6.144567 in 2023
    [one] = costs(costing(made.save("a", 0.5), PUMPS), seen_from=TENTH).actions
    assert dkk(one.annual) == pytest.approx(142.745, abs=0.001)
    assert dkk(one.present) == pytest.approx(1000.0 - 122.891, abs=0.001)


def test_half_an_action_costs_half_and_is_paid_as_it_grows() -> None:
    # a tenth more every year to 2033. In 2028 half of it: 40 DKK for 25 t. The piece of 2023 + k costs 100, gives back
    # 10 · k that is left of it in 2033, and saves 2 in 10 − k years: Σ 100 − 10k − 2 (10 − k) = 1,000 − 450 − 110
    [one] = costs(costing(made.save("a", 0.5, ramp=made.TO_2033), PUMPS)).actions
    assert (one.in_place, dkk(one.annual), dkk(one.in_year)) == (0.5, 80.0, 40.0)
    assert one.abatement is not None
    assert dkk(one.abatement.per_tonne) == pytest.approx(40.0 / 25.0)
    assert dkk(one.present) == pytest.approx(440.0)


def test_an_action_that_ends_is_paid_to_its_end() -> None:
    # 2024 to 2028: 1,000, of which half is left after five years, and −20 five times
    [one] = costs(costing(made.save("a", 0.5, ramp=Ramp(Shape.STEP, 2024, until=2028)), PUMPS)).actions
    assert dkk(one.present) == pytest.approx(1000.0 - 500.0 - 100.0)


def test_in_a_year_without_any_of_it_there_is_no_price_per_tonne() -> None:
    [one] = costs(costing(made.save("a", 0.5), PUMPS), year=2023).actions
    assert (one.in_place, dkk(one.in_year)) == (0.0, 0.0)
    assert one.abatement is not None
    assert one.abatement.per_tonne is None
    assert one.abatement.reason is not None


def test_the_curve_begins_with_what_pays_for_itself() -> None:
    found = costs(costing(made.save("a", 0.5), PUMPS), costing(made.save("b", 0.4), SAVING))
    assert found.curve is not None
    assert [(step.name, step.start, dkk(step.net_benefit)) for step in found.curve.paying] == [("b", 0.0, 60.0)]
    [step] = found.curve.costing
    assert (step.name, step.start, step.tonnes) == ("a", pytest.approx(30.0), pytest.approx(40.0))
    # together 80 − 60 for 70 t
    together = found.together
    assert (dkk(together.annual), dkk(together.in_year), together.tonnes) == (20.0, 20.0, pytest.approx(70.0))
    assert together.abatement is not None
    assert dkk(together.abatement.per_tonne) == pytest.approx(20.0 / 70.0)
    assert dkk(together.present) == pytest.approx(1000.0 - 200.0 - 600.0)


def test_the_value_of_a_tonne_counts_only_where_it_is_asked_for() -> None:
    path = PricePath("made up", 2025, {2024: 1.0, 2032: 3.0}, "made-up")
    found = costs(costing(made.save("b", 0.5), SAVING), path=path)
    # 2 DKK/t in 2028, half-way; 50 t
    assert found.worth == Money(2.0, 2025)
    assert found.curve is not None
    assert dkk(found.curve.paying[0].net_benefit) == pytest.approx(60.0 + 2.0 * 50.0)
    with pytest.raises(InputError, match="prices of 2020"):
        costs(costing(made.save("b", 0.5), SAVING), path=replace(path, price_year=2020))


@pytest.mark.parametrize(("resources", "why"), [
    (Resources(), "No cost given"),
    (Resources(staff_fte=2.0), "No cost given"),
    (replace(PUMPS, capex_dkk=None), "The investment is not given"),
    (replace(PUMPS, opex_dkk=None), "The running cost is not given"),
    (replace(PUMPS, lifetime_years=None), "The lifetime of the investment is not given"),
    (replace(PUMPS, lifetime_years=0), "The lifetime of the investment is not given"),
])  # fmt: skip
def test_what_nobody_has_given_is_not_zero(resources: Resources, why: str) -> None:
    found = costs(costing(made.save("a", 0.5), resources))
    assert found.actions == ()
    assert found.without["a"].en.startswith(why)
    assert (found.together.annual, found.curve, found.price_year) == (None, None, None)


def test_amounts_without_a_price_year_are_no_cost() -> None:
    # a plan with such an action is refused before it comes here
    found = costs_of(replace(PUMPS, price_year=None), FREE)
    assert isinstance(found, Text)
    assert found.en == "The price year is not given."


def test_a_cost_before_savings_says_so() -> None:
    [one] = costs(costing(made.save("a", 0.5), replace(PUMPS, saved_dkk=None))).actions
    assert (one.before_savings, dkk(one.annual)) == (True, 110.0)
    [one] = costs(costing(made.save("a", 0.5), PUMPS)).actions
    assert one.before_savings is False


def test_a_perspective_with_taxes_needs_them_and_counts_them() -> None:
    subsidised = replace(PUMPS, taxes_dkk=-5.0)
    found = costs(costing(made.save("a", 0.5), subsidised), costing(made.save("b", 0.4), PUMPS), seen_from=TAXED)
    assert [(one.action, dkk(one.annual)) for one in found.actions] == [("a", 75.0)]
    assert found.without["b"].en.startswith("The change in taxes and subsidies is not given")
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("taxes-not-given", Severity.WARNING)
    assert "not given for b." in finding.what.en
    [society, _] = costs(costing(made.save("a", 0.5), subsidised), costing(made.save("b", 0.4), PUMPS)).actions
    assert dkk(society.annual) == 80.0


def test_amounts_of_two_price_years_have_no_sum_and_no_curve() -> None:
    older = replace(PUMPS, price_year=2020)
    found = costs(costing(made.save("a", 0.5), PUMPS), costing(made.save("b", 0.4), older))
    assert [one.annual for one in found.actions] == [Money(80.0, 2025), Money(80.0, 2020)]
    assert (found.price_year, found.curve, found.together.annual) == (None, None, None)
    assert [(each.code, each.place) for each in found.findings] == [("price-years-differ", "2020 / 2025")]


def test_an_action_without_levers_costs_and_has_no_tonnes() -> None:
    dike = Action("dike", "a dike", resources=PUMPS)
    found = costs(costing(made.save("a", 0.5), PUMPS), dike)
    [_, one] = found.actions
    assert (dkk(one.annual), one.in_place, one.in_year, one.abatement, one.present) == (80.0, None, None, None, None)
    assert (dkk(found.together.annual), dkk(found.together.in_year)) == (160.0, 80.0)


def test_a_cost_below_zero_that_nobody_means_is_said_beside_it() -> None:
    found = costs(costing(made.save("b", 0.4), replace(SAVING, may_be_negative=False)))
    assert [(each.code, each.place, each.severity) for each in found.findings] == [
        ("cost-negative", "b", Severity.WARNING)
    ]
    assert dkk(found.actions[0].annual) == -60.0


@pytest.mark.parametrize("year", [2022, 2034])
def test_a_year_outside_the_plan_is_refused(year: int) -> None:
    with pytest.raises(InputError, match="lies outside 2023–2033"):
        costs(costing(made.save("a", 0.5), PUMPS), year=year)
