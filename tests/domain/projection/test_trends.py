import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.small import SEEN, by_year, codes
from klimaplan.domain import axes, units
from klimaplan.domain.errors import AxisError, InputError
from klimaplan.domain.inventory.account import SECTORS, total
from klimaplan.domain.projection.trends import (
    DAMPING,
    LEVEL_WEIGHTS,
    SLOPE_WEIGHTS,
    Method,
    damped_trend,
    forecast,
)
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series, absent

HISTORIES = arrays(np.float64, 6, elements=st.floats(-1e5, 1e6, allow_subnormal=False))
TABLES = arrays(np.float64, (2, 5, 6), elements=st.floats(-1e5, 1e6, allow_subnormal=False))

PUBLISHED = {
    # totals 2018–2023 of the account, version 4.1, t CO2e: falling, falling with a bump, below zero
    "Hvidovre": [208_937.8, 170_026.0, 162_715.5, 152_254.7, 137_631.0, 121_144.6],
    "Tønder": [1_042_842.0, 1_002_595.6, 964_536.6, 970_825.8, 938_213.7, 928_030.2],
    "Læsø": [-8_013.1, -9_643.3, -8_911.9, -7_053.3, -8_719.9, -9_374.2],
}


def carried(history: list[float] | np.ndarray, method: Method, years: int) -> list[float]:
    return forecast(by_year(history), method=method, until=2019 + len(history) + years).values.tolist()


def cube(values: np.ndarray) -> Series:
    return Series(values, (codes("101", "147"), SECTORS, axes.years(2018, 2023)), units.TONNES, SEEN)


# -- by hand -----------------------------------------------------------------------------------------------------


def test_linear_by_hand() -> None:
    # ȳ = 8, t̄ = 1.5, b = (−1.5·10 − 0.5·8 + 0.5·9 + 1.5·5) / 5 = −1.4; ŷ(4) = 8 − 1.4·2.5, ŷ(5) = 8 − 1.4·3.5
    assert carried([10.0, 8.0, 9.0, 5.0], Method.LINEAR, 2) == pytest.approx([4.5, 3.1])


def test_conservative_trusts_half_of_a_falling_trend() -> None:
    # b = −1.4 as above, from the last value: 5 − 0.7, 5 − 1.4
    assert carried([10.0, 8.0, 9.0, 5.0], Method.CONSERVATIVE, 2) == pytest.approx([4.3, 3.6])


def test_conservative_trusts_all_of_a_rising_trend() -> None:
    # b = +1.4: 10 + 1.4, 10 + 2.8
    assert carried([5.0, 9.0, 8.0, 10.0], Method.CONSERVATIVE, 2) == pytest.approx([11.4, 12.8])


def test_damped_trend_by_hand() -> None:
    """α = β = 0.5, φ = 0.8 on 10, 7, 9, 4; b(0) = (4 − 10)/3 = −2, l(1) = 10, b(1) = −1.6.

    t  φ·b      l + φ·b   e         l = l + φ·b + 0.5·e   b = φ·b + 0.25·e
    2  −1.28     8.72     −1.72      7.86                 −1.71
    3  −1.368    6.492     2.508     7.746                −0.741
    4  −0.5928   7.1532   −3.1532    5.5766               −1.3811

    Σe² = 2.9584 + 6.290064 + 9.94267024 = 19.19113424
    """
    one = np.ones(1)
    level, slope, squared_error = damped_trend(
        np.array([[[10.0], [7.0], [9.0], [4.0]]]), 0.5 * one, 0.5 * one, 0.8 * one
    )
    assert level[0, 0] == pytest.approx(5.5766)
    assert slope[0, 0] == pytest.approx(-1.3811)
    assert squared_error[0, 0] == pytest.approx(19.19113424)


@pytest.mark.parametrize("method", Method)
def test_a_flat_account_stays_flat(method: Method) -> None:
    assert carried([7.0] * 6, method, 27) == pytest.approx([7.0] * 27)


def test_nothing_is_clamped_at_zero() -> None:
    assert carried([30.0, 20.0, 10.0, 0.0], Method.LINEAR, 3) == pytest.approx([-10.0, -20.0, -30.0])
    assert carried([-9.0, -9.0, -9.0, -9.0], Method.CONSERVATIVE, 1) == pytest.approx([-9.0])


# -- against other programs --------------------------------------------------------------------------------------


@given(HISTORIES)
def test_linear_is_the_least_squares_line_of_numpy(history: np.ndarray) -> None:
    line = np.polyfit(np.arange(6.0), history, 1)
    scale = max(1.0, float(np.abs(history).max()))
    expected = np.polyval(line, np.arange(6.0, 10.0))
    assert np.array(carried(history, Method.LINEAR, 4)) == pytest.approx(expected, abs=1e-8 * scale)


@pytest.mark.parametrize("name", PUBLISHED)
@pytest.mark.parametrize(
    ("alpha", "beta", "phi"), [(0.1, 0.1, 0.98), (0.5, 0.3, 0.9), (0.9, 0.9, 0.8), (0.3, 0.7, 0.85)]
)
def test_the_damped_recursion_is_that_of_statsmodels(name: str, alpha: float, beta: float, phi: float) -> None:
    history = np.array(PUBLISHED[name])
    first_slope = (history[-1] - history[0]) / (len(history) - 1)
    theirs = _statsmodels(history, alpha, beta, phi, level=history[0] - phi * first_slope, slope=first_slope)

    level, slope, squared_error = damped_trend(
        history[None, :, None], np.array([alpha]), np.array([beta]), np.array([phi])
    )
    ahead = level[0, 0] + slope[0, 0] * np.cumsum(phi ** np.arange(1, 28))
    assert ahead == pytest.approx(theirs.forecast(27), rel=1e-6)
    assert squared_error[0, 0] == pytest.approx(theirs.sse, rel=1e-6)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_chosen_weights_are_the_best_of_all_candidates(name: str) -> None:
    """Brute force through statsmodels: every candidate fitted one at a time, the smallest squared error wins."""
    history = np.array(PUBLISHED[name])
    first_slope = (history[-1] - history[0]) / (len(history) - 1)
    fits = [
        _statsmodels(history, alpha, beta, phi, level=history[0] - phi * first_slope, slope=first_slope)
        for phi in DAMPING
        for alpha in LEVEL_WEIGHTS
        for beta in SLOPE_WEIGHTS
    ]
    best = min(fits, key=lambda fit: fit.sse)
    assert carried(history, Method.EXPONENTIAL, 27) == pytest.approx(best.forecast(27).tolist(), rel=1e-6)


# -- laws --------------------------------------------------------------------------------------------------------


@given(st.floats(-1e6, 1e6), st.floats(-1e5, 1e5), st.integers(1, 27))
def test_a_straight_line_is_carried_on_exactly(start: float, slope: float, years: int) -> None:
    line = start + slope * np.arange(6.0 + years)
    assert carried(line[:6], Method.LINEAR, years) == pytest.approx(line[6:].tolist(), rel=1e-9, abs=1e-3)


@given(TABLES, TABLES)
def test_linear_of_a_sum_is_the_sum_of_linears(one: np.ndarray, other: np.ndarray) -> None:
    apart = forecast(cube(one), method=Method.LINEAR, until=2050) + forecast(
        cube(other), method=Method.LINEAR, until=2050
    )
    together = forecast(cube(one + other), method=Method.LINEAR, until=2050)
    assert together.values == pytest.approx(apart.values, rel=1e-9, abs=1e-3)


@settings(max_examples=25)
@given(TABLES, st.sampled_from(Method))
def test_parts_of_a_forecast_add_up_whichever_way(values: np.ndarray, method: Method) -> None:
    ahead = forecast(cube(values), method=method, until=2050)
    national_total = total(ahead).sum(axes.MUNICIPALITY)
    assert ahead.sum(axes.MUNICIPALITY).sum(axes.SECTOR).values == pytest.approx(national_total.values, abs=1e-2)


@settings(max_examples=25)
@given(TABLES, st.sampled_from(Method))
def test_a_municipality_is_forecast_by_itself(values: np.ndarray, method: Method) -> None:
    together = forecast(cube(values), method=method, until=2030).select(municipality="147")
    alone = forecast(cube(values).select(municipality="147"), method=method, until=2030)
    assert together.values.tolist() == alone.values.tolist()


@given(HISTORIES)
def test_conservative_never_falls_faster_nor_rises_slower_than_the_line(history: np.ndarray) -> None:
    ahead = carried(history, Method.CONSERVATIVE, 10)
    line_step = np.diff(carried(history, Method.LINEAR, 2))[0]
    step = np.diff([history[-1], *ahead])
    slack = 1e-9 * max(1.0, float(np.abs(history).max()))
    assert (step >= line_step - slack).all()


@given(HISTORIES)
def test_a_damped_trend_comes_to_rest(history: np.ndarray) -> None:
    """Each step is a φ of the last, so no step is longer than the one before."""
    steps = np.abs(np.diff(carried(history, Method.EXPONENTIAL, 27)))
    assert (np.diff(steps) <= 1e-9 * max(1.0, float(np.abs(history).max()))).all()


@given(TABLES, st.sampled_from(Method), st.integers(0, 1), st.integers(0, 4), st.integers(0, 5))
@settings(max_examples=25)
def test_one_missing_year_leaves_the_whole_forecast_missing_and_no_other(
    values: np.ndarray, method: Method, row: int, sector: int, year: int
) -> None:
    whole = forecast(cube(values), method=method, until=2026)
    holed_values = values.copy()
    holed_values[row, sector, year] = np.nan
    observed = cube(values)
    holed = forecast(
        Series(holed_values, observed.axes, units.TONNES, SEEN, absent(holed_values, observed.axes, NotationKey("NE"))),
        method=method,
        until=2026,
    )
    place = (observed.axes[0].labels[row], SECTORS.labels[sector])
    assert holed.missing == {(*place, ahead): NotationKey.NOT_ESTIMATED for ahead in (2024, 2025, 2026)}
    there = np.isfinite(holed.values)
    assert holed.values[there].tolist() == whole.values[there].tolist()


# -- what it says of itself, and what it refuses -----------------------------------------------------------------


def test_a_forecast_says_that_it_is_one() -> None:
    ahead = forecast(by_year([4.0, 3.0, 2.0, 1.0]), method=Method.LINEAR, until=2030)
    assert ahead.axis(axes.YEAR).labels == tuple(range(2024, 2031))
    assert (ahead.provenance.kind, ahead.provenance.method) == (Kind.PROJECTED, "forecasts")
    assert ahead.provenance.steps == ("linear trend of 2020–2023",)


def test_three_years_do_not_carry_a_trend() -> None:
    with pytest.raises(InputError, match="2020–2022: A trend needs at least 4 consecutive years") as caught:
        carried([3.0, 2.0, 1.0], Method.LINEAR, 1)
    assert caught.value.findings[0].code == "too-few-years"


def test_years_with_a_gap_do_not_carry_a_trend() -> None:
    with pytest.raises(InputError, match="consecutive years"):
        forecast(
            by_year([5.0, 4.0, 3.0, 2.0, 1.0]).take(axes.YEAR, (2020, 2021, 2022, 2024)),
            method=Method.LINEAR,
            until=2030,
        )


@pytest.mark.parametrize("until", [2019, 2023])
def test_a_year_that_is_observed_is_not_forecast(until: int) -> None:
    with pytest.raises(InputError, match=f"{until}: The account runs to 2023. Choose a year after 2023") as caught:
        forecast(by_year([4.0, 3.0, 2.0, 1.0]), method=Method.LINEAR, until=until)
    assert caught.value.findings[0].code == "forecast-year-already-observed"


def test_years_must_run_along_the_last_axis() -> None:
    turned = Series(np.ones((4, 5)), (axes.years(2020, 2023), SECTORS), units.TONNES, SEEN)
    with pytest.raises(AxisError, match="Put it last: sector, year"):
        forecast(turned, method=Method.LINEAR, until=2030)


def _statsmodels(history: np.ndarray, alpha: float, beta: float, phi: float, *, level: float, slope: float):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, about their own deprecated imports
        from statsmodels.tsa.holtwinters import Holt
    model = Holt(
        history,
        damped_trend=True,
        exponential=False,
        initialization_method="known",
        initial_level=level,
        initial_trend=slope,
    )
    return model.fit(smoothing_level=alpha, smoothing_trend=beta, damping_trend=phi, optimized=False)
