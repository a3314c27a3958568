"""What a tonne costs over the years, on plans small enough to be priced in the head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import made_plan as made
from klimaplan.domain.actions.abatement import Basis, PricePath
from klimaplan.domain.actions.action import Action, Resources
from klimaplan.domain.actions.costs import Money, Perspective
from klimaplan.domain.errors import InputError
from klimaplan.domain.pathway.costing_over_years import CostsOverYears, costs_over_years
from klimaplan.domain.plan import evaluate

FREE = Perspective("without interest", 0.0, with_taxes=False)
TENTH = Perspective("a tenth", 0.10, with_taxes=False)
PUMPS = Resources(price_year=2025, capex_dkk=1000.0, opex_dkk=10.0, saved_dkk=30.0, lifetime_years=10)
SAVING = Resources(price_year=2025, capex_dkk=0.0, opex_dkk=0.0, saved_dkk=60.0, may_be_negative=True)
TEN_A_TONNE = PricePath("flat", 2025, {2023: 10.0, 2050: 10.0}, "test")


def costs(*actions: Action, last: int, seen_from: Perspective = FREE, path: PricePath | None = None) -> CostsOverYears:
    effects = evaluate(made.plan(actions)).effects.by_action
    return costs_over_years(actions, effects, seen_from, last=last, path=path)


def save(key: str, share: float, resources: Resources) -> Action:
    return replace(made.save(key, share), resources=resources)


def dkk(amount: Money | None) -> float:
    assert amount is not None
    return amount.dkk


def test_all_that_is_paid_is_divided_by_all_that_is_saved() -> None:
    # half of 100 t in each of 2024 to 2033; 1,000 in 2023 and −20 ten times: 800 DKK for 500 t
    found = costs(save("a", 0.5, PUMPS), last=2033)
    one = found.actions["a"]
    assert (found.first, found.last) == (2023, 2033)
    assert (one.plain.cost.dkk, one.plain.tonnes, one.plain.basis) == (800.0, 500.0, Basis.PRESENT_VALUE)
    assert dkk(one.plain.per_tonne) == pytest.approx(1.6)
    assert one.net is None


def test_what_outlives_the_last_year_is_worth_what_is_left_of_it() -> None:
    # to 2028: five of ten years are left, so 1,000 − 500, and −20 five times: 400 DKK for 250 t
    one = costs(save("a", 0.5, PUMPS), last=2028).actions["a"]
    assert (one.plain.cost.dkk, one.plain.tonnes) == (pytest.approx(400.0), pytest.approx(250.0))


def test_with_discounted_tonnes_it_is_the_constant_price_that_would_pay_for_it() -> None:
    # at 10 % ten years are worth 6.144567: 1,000 − 20 · 6.144567 = 877.109 DKK over 50 · 6.144567 = 307.228 t
    one = costs(save("a", 0.5, PUMPS), last=2033, seen_from=TENTH).actions["a"]
    assert one.discounted.basis == Basis.PRESENT_VALUE_DISCOUNTED
    assert one.discounted.tonnes == pytest.approx(307.228, abs=0.001)
    assert dkk(one.discounted.per_tonne) == pytest.approx(2.85491, abs=0.00001)
    # and that is the annual cost by the tonne: 142.745 / 50
    assert dkk(one.discounted.per_tonne) == pytest.approx(142.745 / 50, abs=0.0001)


def test_several_actions_are_added_before_they_are_divided() -> None:
    # 40 t and 30 t a year after overlap; 800 − 600 = 200 DKK for 700 t; each tonne is worth 10: 7,000 − 200
    found = costs(save("a", 0.5, PUMPS), save("b", 0.4, SAVING), last=2033, path=TEN_A_TONNE)
    assert found.together is not None
    assert found.together.plain.tonnes == pytest.approx(700.0)
    assert dkk(found.together.plain.per_tonne) == pytest.approx(200.0 / 700.0)
    assert dkk(found.together.net) == pytest.approx(6_800.0)
    assert dkk(found.actions["b"].net) == pytest.approx(3_000.0 + 600.0)


def test_what_has_no_cost_has_no_place_and_other_prices_no_sum() -> None:
    found = costs(save("a", 0.5, PUMPS), made.save("b", 0.4), last=2033)
    assert set(found.actions) == {"a"}
    mixed = costs(save("a", 0.5, PUMPS), save("b", 0.4, replace(SAVING, price_year=2020)), last=2033)
    assert mixed.together is None
    assert costs(made.save("b", 0.4), last=2033).together is None


@pytest.mark.parametrize("last", [2022, 2023, 2051])
def test_the_years_are_those_of_the_plan(last: int) -> None:
    with pytest.raises(InputError, match=f"{last} lies outside"):
        costs(save("a", 0.5, PUMPS), last=last)
