import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.actions.costs import (
    CapitalCost,
    Costs,
    Money,
    Perspective,
    PriceIndex,
    annual_cost,
    capital_recovery_factor,
    check,
    discount_factor,
    payments,
    present_value,
)
from klimaplan.domain.errors import InputError

SOCIETY = Perspective("socio-economic", 0.035, with_taxes=False)
USER = Perspective("user", 0.05, with_taxes=True)
FREE = Perspective("without interest", 0.0, with_taxes=False)
TENTH = Perspective("a tenth", 0.10, with_taxes=False)


def dkk(amount: float, price_year: int = 2025) -> Money:
    return Money(amount, price_year)


def heat_pump(**more: object) -> Costs:
    return Costs((CapitalCost(dkk(100_000), 10, dkk(40_000)),), dkk(1_000), dkk(9_000), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rate", "years", "factor"), [
    (0.10, 1, 1.10),  # paid back after a year, with interest
    (0.10, 2, 0.1 / (1 - 1 / 1.21)),
    (0.05, 20, 0.0802426),  # of the tables in every textbook on investment
    (0.035, 15, 0.0868251),
    (0.0, 25, 0.04),
])  # fmt: skip
def test_the_capital_recovery_factor_has_its_known_values(rate: float, years: int, factor: float) -> None:
    assert capital_recovery_factor(rate, years) == pytest.approx(factor, rel=1e-6)


@given(st.floats(0.0, 0.5), st.integers(1, 60))
def test_what_is_paid_every_year_pays_the_investment_back(rate: float, years: int) -> None:
    # an independent route: the debt grows by interest and shrinks by the payment, and is gone at the end
    debt, payment = 1.0, capital_recovery_factor(rate, years)
    for _ in range(years):
        debt = debt * (1.0 + rate) - payment
    assert debt == pytest.approx(0.0, abs=1e-9 * (1.0 + rate) ** years)


def test_a_rate_next_to_nothing_is_like_no_rate() -> None:
    assert capital_recovery_factor(1e-14, 20) == pytest.approx(0.05, rel=1e-10)


@pytest.mark.parametrize(("rate", "years"), [(-0.01, 20), (float("nan"), 20), (0.05, 0)])
def test_a_factor_of_nonsense_is_refused(rate: float, years: int) -> None:
    with pytest.raises(InputError):
        capital_recovery_factor(rate, years)


def test_the_annual_cost_spreads_only_what_is_additional() -> None:
    # (100,000 − 40,000) / 10 + 1,000 − 9,000 = −2,000 without interest
    assert annual_cost(heat_pump(), FREE) == dkk(-2_000.0)
    # with 10 %: 60,000 · 0.1627454 = 9,764.72 − 8,000
    assert annual_cost(heat_pump(), TENTH).dkk == pytest.approx(1_764.72, abs=0.01)


def test_taxes_count_only_where_the_perspective_has_them() -> None:
    taxed = heat_pump(taxes=dkk(-3_000))
    assert annual_cost(taxed, SOCIETY) == annual_cost(heat_pump(), SOCIETY)
    untaxed_at_same_rate = annual_cost(taxed, Perspective("user", 0.05, with_taxes=False))
    assert annual_cost(taxed, USER).dkk == pytest.approx(untaxed_at_same_rate.dkk - 3_000)


def test_taxes_that_nobody_gave_are_not_zero() -> None:
    with pytest.raises(InputError, match="user: The change in taxes and subsidies is not given"):
        annual_cost(heat_pump(), USER)


def test_a_present_value_counts_back_to_the_base_year() -> None:
    # −100 + 60.5 / 1.1² = −50;  seen from 2026: −55
    paid = {2025: dkk(-100.0), 2027: dkk(60.5)}
    assert present_value(paid, TENTH, base_year=2025).dkk == pytest.approx(-50.0)
    assert present_value(paid, TENTH, base_year=2026).dkk == pytest.approx(-55.0)
    assert present_value(paid, FREE, base_year=2025).dkk == pytest.approx(-39.5)


@given(st.floats(0.0, 0.3), st.integers(1, 40), st.floats(0.0, 1e6), st.floats(-1e5, 1e5))
def test_annual_cost_and_present_value_say_the_same(rate: float, life: int, capital: float, running: float) -> None:
    costs = Costs((CapitalCost(dkk(capital), life),), dkk(running), dkk(0.0))
    seen_from = Perspective("any", rate, with_taxes=False)
    paid = payments(costs, seen_from, start=2025, until=2025 + life)
    value = present_value(paid, seen_from, base_year=2025).dkk
    spread = value * capital_recovery_factor(rate, life)
    assert annual_cost(costs, seen_from).dkk == pytest.approx(spread, abs=1e-6 * (capital + abs(running) + 1))


FALLING = Perspective("socio-economic", 0.035, with_taxes=False, later_rates=((35, 0.025), (70, 0.015)))


def test_a_rate_that_falls_counts_every_year_with_its_own() -> None:
    # 1.035^−35 = 0.299977; a year more at 2.5 %: 0.292660; 35 of them: · 1.025^−35 = 0.421371, so 0.126402;
    # a year more at 1.5 %: 0.124534
    found = [discount_factor(FALLING, years) for years in (35, 36, 70, 71)]
    assert found == pytest.approx([0.299977, 0.292660, 0.126402, 0.124534], abs=1e-6)
    assert discount_factor(FALLING, 10) == discount_factor(SOCIETY, 10)
    assert discount_factor(FALLING, -2) == pytest.approx(1.035**2)


def test_an_investment_that_outlives_the_first_rate_is_paid_back_by_both() -> None:
    # 50 years: 20.000661 of the first 35, and 0.299977 · 12.381378 = 3.714127 of the other 15; 1 / 23.714788
    house = Costs((CapitalCost(dkk(1_000_000.0), 50),), dkk(0.0), dkk(0.0))
    assert annual_cost(house, FALLING).dkk == pytest.approx(42_167.78, abs=0.01)
    # within 35 years nothing changes
    pump = Costs((CapitalCost(dkk(1_000_000.0), 35),), dkk(0.0), dkk(0.0))
    assert annual_cost(pump, FALLING) == annual_cost(pump, SOCIETY)


@pytest.mark.parametrize("later", [((0, 0.02),), ((70, 0.015), (35, 0.025)), ((35, -0.01),)])
def test_later_rates_follow_each_other(later: tuple[tuple[int, float], ...]) -> None:
    with pytest.raises(InputError, match="any"):
        Perspective("any", 0.035, with_taxes=False, later_rates=later)


def test_what_wears_out_is_bought_again_and_what_is_left_has_a_worth() -> None:
    # 30,000 every 3 years from 2025, until 2030: 2025 and 2028; of the second, 1 of 3 years is left
    costs = Costs((CapitalCost(dkk(30_000), 3),), dkk(500), dkk(0))
    paid = payments(costs, FREE, start=2025, until=2030)
    assert [paid[year].dkk for year in range(2025, 2031)] == [30_000, 500, 500, 30_500, 500, 500 - 10_000]


def test_what_wears_out_in_the_last_year_is_not_bought_again() -> None:
    costs = Costs((CapitalCost(dkk(30_000), 3),), dkk(0), dkk(0))
    assert [each.dkk for each in payments(costs, FREE, start=2025, until=2028).values()] == [30_000, 0, 0, 0]


def test_prices_of_two_years_never_meet() -> None:
    with pytest.raises(InputError, match="2025 / 2020"):
        dkk(1.0) - dkk(1.0, 2020)
    with pytest.raises(InputError, match="2020 / 2025"):
        Costs((CapitalCost(dkk(1.0, 2020), 5),), dkk(1.0), dkk(1.0))
    with pytest.raises(InputError, match="2020 / 2025"):
        Costs((CapitalCost(dkk(1.0), 5, instead_of=dkk(1.0, 2020)),), dkk(1.0), dkk(1.0))


def test_prices_are_converted_by_a_named_index_and_back() -> None:
    index = PriceIndex("net prices", {2020: 100.0, 2025: 118.0})
    assert index.convert(dkk(1_000.0, 2020), to=2025) == dkk(1_180.0)
    assert index.convert(index.convert(dkk(50.0), to=2020), to=2025).dkk == pytest.approx(50.0)
    with pytest.raises(InputError, match="net prices/2019"):
        index.convert(dkk(1.0, 2019), to=2025)
    with pytest.raises(InputError, match="not above zero"):
        PriceIndex("broken", {2020: 0.0})


def test_a_perspective_has_a_name_and_a_rate() -> None:
    with pytest.raises(InputError, match="no name"):
        Perspective(" ", 0.035, with_taxes=False)
    for rate in (-0.01, float("nan")):
        with pytest.raises(InputError, match="cannot be used"):
            Perspective("municipal", rate, with_taxes=False)


def test_an_amount_is_a_number() -> None:
    with pytest.raises(InputError, match="Missing is not zero"):
        dkk(np.nan)


def test_a_lifetime_is_a_year_or_more() -> None:
    with pytest.raises(InputError, match="lifetime of 0 years"):
        CapitalCost(dkk(1.0), 0)


def test_a_period_has_years_and_payments() -> None:
    with pytest.raises(InputError, match="ends before a year has passed"):
        payments(heat_pump(), FREE, start=2030, until=2030)
    with pytest.raises(InputError, match="no payments"):
        present_value({}, FREE, base_year=2025)


def test_negative_costs_need_a_flag() -> None:
    def found(costs: Costs, perspective: Perspective = SOCIETY) -> list[str]:
        return [finding.code for finding in check(costs, perspective, place="actions!7")]

    wrong = Costs((CapitalCost(dkk(-5.0), 5), CapitalCost(dkk(-6.0), 5)), dkk(-1.0), dkk(0.0))
    assert found(wrong) == ["cost-negative"] * 3
    assert found(heat_pump(), FREE) == ["cost-negative"]  # −2,000 in all
    assert found(heat_pump(), TENTH) == []
    assert found(heat_pump(may_be_negative=True), FREE) == []
    assert found(heat_pump(), USER) == ["taxes-not-given"]
