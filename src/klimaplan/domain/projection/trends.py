"""Trend forecasts: what the account's own years say, if they go on. No policy is known to them.

Each forecast runs per municipality and sector, so the total is the sum of the sectors and the country the sum of
the municipalities, by construction. Nothing is clamped: a trend that passes below zero says so itself.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Floats, Series


class Method(StrEnum):
    """The three trends of the alliance's status report."""

    LINEAR = "linear"
    EXPONENTIAL = "exponential"
    CONSERVATIVE = "conservative"


MINIMUM_YEARS = 4
"""Fewer observed years do not carry a trend."""

CONSERVATIVE_SHARE = 0.5
"""The conservative forecast trusts half of a falling trend and all of a rising one (our own rule)."""

LEVEL_WEIGHTS = np.linspace(0.1, 0.9, 9)
SLOPE_WEIGHTS = np.linspace(0.1, 0.9, 9)
DAMPING = np.array([0.80, 0.85, 0.90, 0.95, 0.98])
"""Candidates of the damped trend; damping below 0.8 dies at once, above 0.98 it is no damping (Hyndman, fpp3 §8.2)."""


def forecast(observed: Series, *, method: Method, until: int) -> Series:
    """Carry a series on to `until`.

    Parameters
    ----------
    observed : Series (…, year), consecutive years; the year is the last axis

    Returns
    -------
    Series (…, year) from the year after the last observed to `until`, same unit, kind *projected*. Where an observed
    year is missing, the whole forecast of that series is missing for the same reason.

    Raises
    ------
    AxisError : the year is not the last axis
    InputError : fewer than `MINIMUM_YEARS` observed years, a gap between them, or `until` not after the last of them

    Notes
    -----
    Method page: `forecasts`, with the formula of each trend and what none of them knows.

    Examples
    --------
    >>> from klimaplan.domain import units
    >>> from klimaplan.domain.provenance import Provenance
    >>> seen = Provenance("example", "1", Kind.OBSERVED)
    >>> falling = Series([10.0, 9.0, 8.0, 7.0], (axes.years(2020, 2023),), units.TONNES, seen)
    >>> forecast(falling, method=Method.LINEAR, until=2025).values.tolist()
    [6.0, 5.0]
    >>> forecast(falling, method=Method.CONSERVATIVE, until=2025).values.tolist()
    [6.5, 6.0]
    """
    axes.require_last(axes.YEAR, observed.axes)
    given = [int(str(year)) for year in observed.axis(axes.YEAR).labels]
    _require_span(given, until)
    ahead = np.arange(1, until - given[-1] + 1, dtype=np.float64)
    history = observed.values.reshape(-1, len(given))
    values = _CARRY_ON[method](history, ahead).reshape(*observed.values.shape[:-1], len(ahead))
    span = axes.years(given[-1] + 1, until)
    missing = {(*place[:-1], year): key for place, key in observed.missing.items() for year in span.labels}
    provenance = observed.provenance.after(
        f"{method} trend of {given[0]}–{given[-1]}", kind=Kind.PROJECTED, method="forecasts"
    )
    return Series(values, (*observed.axes[:-1], span), observed.unit, provenance, missing)


def _linear(history: Floats, ahead: Floats) -> Floats:
    """Ordinary least squares: ŷ(t) = ȳ + b · (t − t̄)."""
    years = np.arange(history.shape[1], dtype=np.float64)
    slope = _slope(history)
    middle = history.mean(axis=1, keepdims=True)
    line: Floats = middle + slope[:, None] * (years[-1] + ahead - years.mean())
    return line


def _conservative(history: Floats, ahead: Floats) -> Floats:
    """From the last observed value: half the least-squares slope if it falls, all of it if it rises."""
    slope = _slope(history)
    trusted = np.where(slope < 0.0, CONSERVATIVE_SHARE * slope, slope)
    return history[:, -1:] + trusted[:, None] * ahead


def _exponential(history: Floats, ahead: Floats) -> Floats:
    """Holt's damped trend; weights and damping chosen per series by the least squared one-step error."""
    damping, level_weight, slope_weight = (
        grid.ravel() for grid in np.meshgrid(DAMPING, LEVEL_WEIGHTS, SLOPE_WEIGHTS, indexing="ij")
    )
    level, slope, squared_error = damped_trend(history[:, :, None], level_weight, slope_weight, damping)
    rows = np.arange(len(history))
    # a series with a missing year has no best candidate; any will do, the result is missing all the same
    best = np.argmin(np.where(np.isfinite(squared_error), squared_error, np.inf), axis=1)
    steps = np.cumsum(damping[best][:, None] ** ahead, axis=1)
    carried: Floats = level[rows, best][:, None] + slope[rows, best][:, None] * steps
    return carried


def damped_trend(
    history: Floats, level_weight: Floats, slope_weight: Floats, damping: Floats
) -> tuple[Floats, Floats, Floats]:
    """Run Holt's damped recursion over axis 1, in its error-correction form.

    e(t) = y(t) − l(t−1) − φ·b(t−1)
    l(t) = l(t−1) + φ·b(t−1) + α·e(t)
    b(t) = φ·b(t−1) + α·β·e(t)

    started so that the first year is met exactly: b(0) = mean yearly change, l(0) = y(1) − φ·b(0). Hence e(1) = 0,
    l(1) = y(1) and b(1) = φ·b(0), where the loop begins.

    Parameters
    ----------
    history : (series, year, 1)
    level_weight, slope_weight, damping : α, β, φ, one value per candidate

    Returns
    -------
    level, slope : (series, candidate) after the last year
    squared_error : (series, candidate), sum of squared one-step errors

    References
    ----------
    Gardner & McKenzie (1985); Hyndman & Athanasopoulos, fpp3 §8.2. The tests hold it against statsmodels'
    `Holt(damped_trend=True)`.

    Examples
    --------
    A straight line without damping is met in every year, and so is its slope:

    >>> line, one = np.array([[[10.0], [8.0], [6.0], [4.0]]]), np.ones(1)
    >>> [float(each[0, 0]) for each in damped_trend(line, 0.5 * one, 0.5 * one, one)]
    [4.0, -2.0, 0.0]
    """
    years = history.shape[1]
    slope = damping * (history[:, -1] - history[:, 0]) / (years - 1)
    level = np.broadcast_to(history[:, 0], slope.shape)
    squared_error = np.zeros_like(slope)
    slope_gain = level_weight * slope_weight
    for year in range(1, years):
        drift = damping * slope
        expected = level + drift
        error = history[:, year] - expected
        squared_error += error * error
        level = expected + level_weight * error
        slope = drift + slope_gain * error
    return level, slope, squared_error


def _slope(history: Floats) -> Floats:
    years = np.arange(history.shape[1], dtype=np.float64)
    centred = years - years.mean()
    slope: Floats = (history @ centred) / (centred @ centred)
    return slope


def _require_span(given: list[int], until: int) -> None:
    if len(given) < MINIMUM_YEARS or given != list(range(given[0], given[-1] + 1)):
        raise InputError(Finding(
            "too-few-years", f"{given[0]}–{given[-1]}",
            Text(f"En trend kræver mindst {MINIMUM_YEARS} år i træk.",
                 f"A trend needs at least {MINIMUM_YEARS} consecutive years."),
            Text("", ""),
            Text("Hent de manglende år.", "Fetch the missing years."),
        ))  # fmt: skip
    if until <= given[-1]:
        raise InputError(Finding(
            "forecast-year-already-observed", str(until),
            Text(f"Regnskabet går til {given[-1]}.", f"The account runs to {given[-1]}."),
            Text("", ""),
            Text(f"Vælg et år efter {given[-1]}.", f"Choose a year after {given[-1]}."),
        ))  # fmt: skip


_CARRY_ON = {Method.LINEAR: _linear, Method.EXPONENTIAL: _exponential, Method.CONSERVATIVE: _conservative}
