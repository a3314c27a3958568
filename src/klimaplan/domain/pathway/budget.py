"""The cumulative carbon budget: what may be emitted, or is, over a span of years. How it was added up is named."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import CoverageError, Finding, Text
from klimaplan.domain.series import Series


class Summing(StrEnum):
    """How years become a budget."""

    ANNUAL = "annual"
    """Every year counts whole, the first and the last included: Σ E(t)."""
    TRAPEZOID = "trapezoid"
    """The area under the line through the years: Σ (E(t) + E(t+1)) / 2, so the first and the last count half."""


def cumulate(series: Series, *, first: int, last: int, summing: Summing) -> float:
    """The budget of a span: t CO2e from `first` to `last`, both included.

    Parameters
    ----------
    series : Series (year), t CO2e a year

    Raises
    ------
    AxisError : a year outside the series
    CoverageError : a year is missing

    Examples
    --------
    >>> from klimaplan.domain import units
    >>> from klimaplan.domain.provenance import Kind, Provenance
    >>> seen = Provenance("example", "1", Kind.PROJECTED)
    >>> path = Series([100.0, 80.0, 60.0], (axes.years(2023, 2025),), units.TONNES, seen)
    >>> cumulate(path, first=2023, last=2025, summing=Summing.ANNUAL)
    240.0
    >>> cumulate(path, first=2023, last=2025, summing=Summing.TRAPEZOID)
    160.0
    """
    span = series.take(axes.YEAR, range(first, last + 1))
    if span.missing:
        raise CoverageError([_missing(str(place[0])) for place in span.missing])
    if summing is Summing.ANNUAL:
        return float(span.values.sum())
    return float(np.sum((span.values[1:] + span.values[:-1]) / 2.0))


def _missing(year: str) -> Finding:
    return Finding(
        "value-missing", year,
        Text("Værdien mangler.", "The value is missing."),
        Text("Et budget med huller er for lille.", "A budget with holes is too small."),
        Text("Udfyld året, eller vælg et andet tidsrum.", "Fill in the year, or choose another span."),
    )  # fmt: skip
