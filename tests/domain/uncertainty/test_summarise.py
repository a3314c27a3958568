import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import SEEN, by_year
from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import AxisError, CoverageError, InputError, UnitError
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series
from klimaplan.domain.uncertainty.summarise import order

FIGURES = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=40)


def draws(rows: list[list[float]]) -> Series:
    span, drawn = axes.years(2020, 2019 + len(rows)), Axis(axes.DRAW, tuple(range(len(rows[0]))))
    return Series(np.array(rows, dtype=float), (span, drawn), units.TONNES, SEEN)


def test_quantiles_lie_on_the_line_between_two_draws() -> None:
    # 0, 10, 20, 40: position 3 · 0.5 = 1.5 → 15; 3 · 0.9 = 2.7 → 20 + 0.7 · 20 = 34
    spread = order(draws([[40.0, 0.0, 20.0, 10.0], [1.0, 1.0, 1.0, 1.0]]))
    assert spread.quantile(0.5).values.tolist() == [15.0, 1.0]
    assert spread.quantile(0.9).values == pytest.approx(np.array([34.0, 1.0]))
    assert spread.quantile(0.0).values.tolist() == [0.0, 1.0]
    assert spread.quantile(1.0).values.tolist() == [40.0, 1.0]
    assert spread.mean.values.tolist() == [17.5, 1.0]


@given(FIGURES, st.floats(0.0, 1.0))
def test_quantiles_are_those_of_numpy_to_the_last_bit(figures: list[float], share: float) -> None:
    assert order(draws([figures])).quantile(share).at(2020) == np.quantile(np.array(figures), share)


def test_the_probability_counts_the_draws_at_or_below_the_level() -> None:
    spread = order(draws([[3.0, 1.0, 2.0, 4.0], [3.0, 1.0, 2.0, 4.0], [3.0, 1.0, 2.0, 4.0]]))
    probability = spread.probability_at_most(by_year([3.0, 0.5, 9.0]))
    assert probability.values.values.tolist() == [0.75, 0.0, 1.0]
    # k = 3 of 4: (3.5 / 5) = 0.7 → sqrt(0.7 · 0.3 / 4); k = 0: 0.1; k = 4: 0.9
    expected = [math.sqrt(0.7 * 0.3 / 4), 0.15, 0.15]
    assert probability.standard_error.values == pytest.approx(expected)
    assert probability.values.unit == units.DIMENSIONLESS


def test_half_of_many_draws_has_the_error_of_a_fair_coin() -> None:
    # sqrt(0.25 / 10,000) = 0.005
    probability = order(draws([list(range(10_000))])).probability_at_most(by_year([4999.0]))
    assert (probability.values.at(2020), probability.standard_error.at(2020)) == (0.5, pytest.approx(0.005))


@given(FIGURES, st.floats(-1e9, 1e9))
def test_a_higher_level_is_never_less_likely_to_be_kept(figures: list[float], level: float) -> None:
    spread = order(draws([figures, figures]))
    lower, higher = spread.probability_at_most(by_year([level, level + 1.0])).values.values
    assert lower <= higher


def test_a_missing_level_has_a_missing_probability() -> None:
    level = Series([3.0, np.nan], (axes.years(2020, 2021),), units.TONNES, SEEN, {(2021,): NotationKey.NOT_ESTIMATED})
    probability = order(draws([[1.0, 2.0], [1.0, 2.0]])).probability_at_most(level)
    assert probability.values.missing == {(2021,): NotationKey.NOT_ESTIMATED}
    assert probability.standard_error.missing == {(2021,): NotationKey.NOT_ESTIMATED}
    assert probability.values.at(2020) == 1.0


def test_a_missing_draw_is_not_left_out_in_silence() -> None:
    rows = draws([[1.0, 2.0]])
    holed = Series([[1.0, np.nan]], rows.axes, rows.unit, SEEN, {(2020, 1): NotationKey.NOT_ESTIMATED})
    with pytest.raises(CoverageError, match="2020/1"):
        order(holed)


def test_draws_come_last_and_there_is_at_least_one() -> None:
    with pytest.raises(AxisError, match="Put it last"):
        order(by_year([1.0, 2.0]))
    with pytest.raises(InputError, match="0 draws give no distribution"):
        order(draws([[]]))


def test_level_and_draws_share_years_and_unit() -> None:
    spread = order(draws([[1.0, 2.0]]))
    with pytest.raises(AxisError):
        spread.probability_at_most(by_year([1.0], first=2021))
    with pytest.raises(UnitError):
        spread.probability_at_most(by_year([1.0], unit=units.INHABITANTS))


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share: float) -> None:
    with pytest.raises(InputError, match="outside 0 to 1"):
        order(draws([[1.0, 2.0]])).quantile(share)


def test_answers_say_how_they_came_about() -> None:
    spread = order(draws([[1.0, 2.0]]))
    assert spread.quantile(0.05).provenance.steps == ("quantile 0.05 of the draws",)
    assert spread.mean.provenance.steps == ("mean of 2 draws",)
    assert spread.probability_at_most(by_year([1.0])).values.provenance.kind == Kind.CALCULATED
    assert spread.quantile(0.05).provenance.method == "uncertainty"
