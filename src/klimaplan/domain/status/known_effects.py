"""The actions of a plan whose effect somebody knows something of: what they say beside what the plan computes.

Method page: `decomposition`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Severity, Text
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Place, Series
from klimaplan.domain.status.planned_and_measured import METHOD, Records
from klimaplan.domain.units import Unit


def known_records(actions: Iterable[Action], effects: Series, *, source: str) -> tuple[Records, ...]:
    """The four records of every action of which more is known than the plan computes.

    A plan writes effects as changes of emissions, below zero for a saving; here they are tonnes saved.

    Parameters
    ----------
    effects : Series (action, year), t CO2e, what the plan computes; a saving is negative
    source : who says the rest, e.g. the plan file
    """
    return tuple(_records(action, effects.select(action=action.key), source) for action in actions if _is_known(action))


def check_known(actions: Iterable[Action], years: Sequence[int]) -> Iterator[Finding]:
    """What is known of years outside the plan, and effects that add emissions, which is often a sign turned round."""
    for action in actions:
        known = action.known
        told = {"implemented_activity": known.implemented_activity, "calculated": known.calculated,
                "observed": known.observed}  # fmt: skip
        for name, figures in told.items():
            if outside := sorted(set(figures) - set(years)):
                yield _years_outside(f"{action.key}/{name}", outside, years)
            if name != "implemented_activity" and (adding := sorted(y for y, t in figures.items() if t > 0.0)):
                yield _adds(f"{action.key}/{name}", adding)


def _is_known(action: Action) -> bool:
    return bool(action.known.implemented_activity or action.known.calculated or action.known.observed)


def _records(action: Action, computed: Series, source: str) -> Records:
    known, years = action.known, computed.axis(axes.YEAR)
    # from nought, so that nothing saved is 0 and not −0
    saved = Series(0.0 - computed.values, computed.axes, computed.unit, computed.provenance, computed.missing)

    def told(by_year: Mapping[int, float], kind: Kind, sign: float, unit: Unit) -> Series:
        return _series(by_year, years, kind, sign, unit, saved, source)

    return Records(
        action.key,
        expected=saved.explained("tonnes saved", kind=Kind.EXPECTED, method=METHOD),
        activity=told(known.implemented_activity, Kind.OBSERVED, 1.0, units.DIMENSIONLESS),
        calculated=told(known.calculated, Kind.CALCULATED, -1.0, units.TONNES),
        observed=told(known.observed, Kind.OBSERVED, -1.0, units.TONNES),
    )


def _series(
    by_year: Mapping[int, float], years: Axis, kind: Kind, sign: float, unit: Unit, like: Series, source: str
) -> Series:
    values = np.array([sign * by_year.get(int(str(year)), np.nan) for year in years.labels])
    missing: dict[Place, NotationKey] = {
        (year,): NotationKey.NOT_ESTIMATED for year in years.labels if int(str(year)) not in by_year
    }
    seen = like.provenance.after(f"as {source} says", kind=kind, method=METHOD)
    return Series(values, (years,), unit, seen, missing)


def _years_outside(place: str, outside: Sequence[int], years: Sequence[int]) -> Finding:
    shown = ", ".join(map(str, outside))
    return Finding(
        "known-outside-plan", place,
        Text(f"{shown} ligger uden for {years[0]}–{years[-1]}.", f"{shown}: outside {years[0]}–{years[-1]}."),
        Text("Planen regner ikke de år, så der er intet at holde dem op mod.",
             "The plan does not compute those years, so there is nothing to hold them against."),
        Text("", ""),
        Severity.INFO,
    )  # fmt: skip


def _adds(place: str, years: Sequence[int]) -> Finding:
    shown = ", ".join(map(str, years))
    return Finding(
        "known-effect-adds", place,
        Text(f"Virkningen er positiv i {shown}, så tiltaget øger udledningen.",
             f"The effect is positive in {shown}, so the action adds emissions."),
        Text("Det er ofte et fortegn, der er vendt: En besparelse skrives med minus.",
             "Often a sign is the wrong way round: a saving is written with a minus."),
        Text("Ret fortegnet, hvis det ikke er ment.", "Correct the sign if it is not meant."),
        Severity.WARNING,
    )  # fmt: skip
