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
    observed : Series (…, year), t CO2e, consecutive years, year last

    Returns
    -------
    Series (…, year) from the year after the last observed to `until`, same unit. Where an observed year is
    missing, the whole forecast of that series is missing for the same reason.

    Raises
    ------
    InputError : fewer than `MINIMUM_YEARS` observed years, or `until` not after the last of them
    """
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
    """Run Holt's damped recursion over axis 1.

    l(t) = α·y(t) + (1−α)·[l(t−1) + φ·b(t−1)]
    b(t) = β·[l(t) − l(t−1)] + (1−β)·φ·b(t−1)

    started so that the first year is met exactly: b(0) = mean yearly change, l(0) = y(1) − φ·b(0).

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
    Gardner & McKenzie (1985); the tests hold it against statsmodels' `Holt(damped_trend=True)`.
    """
    years = history.shape[1]
    slope = (history[:, -1] - history[:, 0]) / (years - 1) * np.ones_like(damping)
    level = history[:, 0] - damping * slope
    squared_error = np.zeros_like(level)
    for year in range(years):
        drift = damping * slope
        error = history[:, year] - level - drift
        squared_error = squared_error + error * error
        risen = drift + level_weight * error
        level = level + risen
        slope = slope_weight * risen + (1.0 - slope_weight) * drift
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
