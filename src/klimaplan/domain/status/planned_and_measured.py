"""What an action was to do, what was done, what that should have done, and what was seen: four records, never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.errors import Finding, InputError, Text, raise_errors
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Place, Series
from klimaplan.domain.units import Unit

METHOD = "decomposition"


@dataclass(frozen=True, slots=True)
class Factor:
    """What one unit of the activity saves.

    Parameters
    ----------
    per_unit : t CO2e saved by one unit; positive is a reduction
    unit : t CO2e per unit of the activity
    source : key into the bibliography
    """

    per_unit: float
    unit: Unit
    source: str


@dataclass(frozen=True)
class Records:
    """The four records of one action over the same years; t CO2e saved, positive is a reduction.

    Parameters
    ----------
    expected : Series (year), what the plan said it would save; kind *expected*
    activity : Series (year), what was done by the indicator, e.g. hectares rewetted; kind *observed* or *estimated*
    calculated : Series (year), activity · factor; kind *calculated*
    observed : Series (year), what was measured; kind *observed*

    Years in which a record has nothing are missing in it, with a reason.
    """

    action: str
    expected: Series
    activity: Series
    calculated: Series
    observed: Series

    def __post_init__(self) -> None:
        for each in (self.activity, self.calculated, self.observed):
            axes.require_same(self.expected.axes, each.axes)
        for each in (self.calculated, self.observed):
            units.require_same(self.expected.unit, each.unit)
        raise_errors(
            _kinds_mixed(f"{self.action}/{name}", series.provenance.kind, allowed)
            for name, series, allowed in (
                ("expected", self.expected, (Kind.EXPECTED,)),
                ("activity", self.activity, (Kind.OBSERVED, Kind.ESTIMATED)),
                ("calculated", self.calculated, (Kind.CALCULATED,)),
                ("observed", self.observed, (Kind.OBSERVED,)),
            )
            if series.provenance.kind not in allowed
        )


@dataclass(frozen=True)
class Comparison:
    """One record against another.

    Parameters
    ----------
    difference : Series (year), t CO2e, this less that; missing where either is
    ratio : Series (year), this / that; also missing where that is zero
    """

    difference: Series
    ratio: Series


def records(action: str, *, expected: Series, activity: Series, factor: Factor, observed: Series) -> Records:
    """Put the four records side by side; the calculated one is made here.

    Raises
    ------
    AxisError : the records do not have the same years
    UnitError : activity · factor is not in the unit of the expected effect
    InputError : a record holds figures of another kind, or the factor is not a number
    """
    if not np.isfinite(factor.per_unit):
        raise InputError(_factor_unusable(f"{action}/factor", factor.per_unit))
    calculated = Series(
        activity.values * factor.per_unit, activity.axes, activity.unit * factor.unit,
        activity.provenance.after(f"times the factor of {factor.source}", kind=Kind.CALCULATED, method=METHOD),
        activity.missing,
    )  # fmt: skip
    return Records(action, expected, activity, calculated, observed)


def compare(this: Series, that: Series) -> Comparison:
    """Hold one record against another, year by year, e.g. ``compare(found.observed, found.expected)``.

    Nothing is filled in: a year that one of them lacks has neither a difference nor a ratio.
    """
    difference = this - that
    nothing = that.values == 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(nothing, np.nan, this.values / that.values)
    missing: dict[Place, NotationKey] = dict(difference.missing)
    for (year,) in zip(that.axes[0].labels, strict=True):
        if nothing[that.axes[0].position(year)]:
            missing.setdefault((year,), NotationKey.NOT_ESTIMATED)
    step = f"{this.provenance.kind} against {that.provenance.kind}"
    ratio = Series(quotient, this.axes, units.DIMENSIONLESS, this.provenance, missing)
    return Comparison(*(each.explained(step, kind=Kind.CALCULATED, method=METHOD) for each in (difference, ratio)))


def _kinds_mixed(place: str, kind: Kind, allowed: tuple[Kind, ...]) -> Finding:
    wanted = ", ".join(allowed)
    return Finding(
        "record-of-another-kind", place,
        Text(f"Tallene er af slagsen {kind}.", f"The figures are of the kind {kind}."),
        Text("Forventet, gennemført, beregnet og observeret blandes aldrig.",
             "Expected, done, calculated and observed are never mixed."),
        Text(f"Brug tal af slagsen {wanted}.", f"Use figures of the kind {wanted}."),
    )  # fmt: skip


def _factor_unusable(place: str, per_unit: float) -> Finding:
    return Finding(
        "effect-factor-unusable", place,
        Text(f"Effektfaktoren {per_unit} kan ikke bruges.", f"The effect factor {per_unit} cannot be used."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Angiv et tal med kilde.", "Give a number with its source."),
    )  # fmt: skip
