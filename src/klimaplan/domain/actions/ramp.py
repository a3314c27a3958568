"""Ramps: how an action grows from nothing to its full size over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.series import Floats


class Shape(StrEnum):
    """The form of the growth."""

    LINEAR = "linear"
    S_CURVE = "s-curve"
    STEP = "step"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Ramp:
    """The share of an action's full size that is in place, year by year.

    Parameters
    ----------
    start : last year in which nothing is in place (linear, S-curve), or the first in which all of it is (step)
    end : first year in which all of it is in place; None for a step
    until : last year in which it works; None for an action that stays
    table : year → share in place, for a table; between its years a straight line, before the first nothing

    Examples
    --------
    >>> Ramp(Shape.LINEAR, 2025, 2030).shares(range(2025, 2031)).tolist()
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    >>> Ramp(Shape.STEP, 2027).shares(range(2025, 2029)).tolist()
    [0.0, 0.0, 1.0, 1.0]
    >>> Ramp(Shape.TABLE, table={2026: 0.1, 2028: 1.0}).shares(range(2025, 2030)).tolist()
    [0.0, 0.1, 0.55, 1.0, 1.0]
    """

    shape: Shape
    start: int | None = None
    end: int | None = None
    until: int | None = None
    table: Mapping[int, float] | None = None

    def shares(self, years: range) -> Floats:
        """The share in place in each year: (year), 0 to 1.

        linear   x = (t − start) / (end − start), within 0 and 1
        S-curve  3x² − 2x³ of the same x: slow, fast, slow
        """
        axis = np.array(years, dtype=np.float64)
        shares = _SHARES[self.shape](self, axis)
        return shares if self.until is None else np.where(axis <= self.until, shares, 0.0)


def check(ramp: Ramp, place: str, *, first: int, last: int) -> Iterator[Finding]:
    """Everything that keeps a ramp from being one, within a horizon."""
    named = [year for year in (ramp.start, ramp.end, ramp.until, *(ramp.table or ())) if year is not None]
    for year in sorted({year for year in named if not first <= year <= last}):
        yield _outside(place, year, first, last)
    if ramp.shape is Shape.TABLE:
        yield from _check_table(ramp, place)
    elif ramp.start is None:
        yield _year_missing(place, "start")
    elif ramp.shape is not Shape.STEP:
        if ramp.end is None:
            yield _year_missing(place, "end")
        elif ramp.end <= ramp.start:
            yield _backwards(place)
    begins = min(ramp.table) if ramp.table else ramp.start
    if begins == first and (ramp.shape is Shape.STEP or (ramp.table and ramp.table[first] > 0.0)):
        yield _before_account(place, first)
    if ramp.until is not None and begins is not None and ramp.until < begins:
        yield _backwards(place)


def _check_table(ramp: Ramp, place: str) -> Iterator[Finding]:
    if not ramp.table:
        yield _year_missing(place, "table")
        return
    shares = [ramp.table[year] for year in sorted(ramp.table)]
    if not all(0.0 <= share <= 1.0 for share in shares):
        yield _share_outside(place)
    if any(later < earlier for earlier, later in pairwise(shares)):
        yield _backwards(place)


def _linear(ramp: Ramp, axis: Floats) -> Floats:
    if ramp.start is None or ramp.end is None:
        raise ValueError("a ramp is checked before it is used")
    return np.clip((axis - ramp.start) / (ramp.end - ramp.start), 0.0, 1.0)


def _s_curve(ramp: Ramp, axis: Floats) -> Floats:
    x = _linear(ramp, axis)
    curve: Floats = x * x * (3.0 - 2.0 * x)
    return curve


def _step(ramp: Ramp, axis: Floats) -> Floats:
    if ramp.start is None:
        raise ValueError("a ramp is checked before it is used")
    return np.where(axis >= ramp.start, 1.0, 0.0)


def _table(ramp: Ramp, axis: Floats) -> Floats:
    if not ramp.table:
        raise ValueError("a ramp is checked before it is used")
    years = sorted(ramp.table)
    return np.interp(axis, years, [ramp.table[year] for year in years], left=0.0)


_SHARES = {Shape.LINEAR: _linear, Shape.S_CURVE: _s_curve, Shape.STEP: _step, Shape.TABLE: _table}


def _outside(place: str, year: int, first: int, last: int) -> Finding:
    return Finding(
        "year-outside-horizon", place,
        Text(f"{year} ligger uden for {first}–{last}.", f"{year} lies outside {first}–{last}."),
        Text("Planen regnes kun i de år.", "The plan is computed in those years only."),
        Text("Vælg et år inden for perioden.", "Choose a year within the period."),
    )  # fmt: skip


def _year_missing(place: str, name: str) -> Finding:
    return Finding(
        "ramp-incomplete", place,
        Text(f"Indfasningen mangler {name}.", f"The ramp lacks {name}."),
        Text("Så er det uvist, hvornår tiltaget virker.", "So it is unknown when the action works."),
        Text("Angiv startår og slutår, eller en tabel.", "Give start and end year, or a table."),
    )  # fmt: skip


def _backwards(place: str) -> Finding:
    return Finding(
        "ramp-backwards", place,
        Text("Indfasningen går baglæns.", "The ramp goes backwards."),
        Text("Et tiltag vokser fra intet til sin fulde størrelse.", "An action grows from nothing to its full size."),
        Text("Lad slutåret ligge efter startåret, og andelene stige; brug »until« for et tiltag, der ophører.",
             "Let the end lie after the start and the shares rise; use “until” for an action that ends."),
    )  # fmt: skip


def _before_account(place: str, year: int) -> Finding:
    return Finding(
        "ramp-before-account", place,
        Text(f"Tiltaget virker allerede i {year}.", f"The action works already in {year}."),
        Text("Regnskabet for det år har virkningen med, så den ville tælle to gange.",
             "The account of that year holds the effect, so it would count twice."),
        Text("Lad indfasningen begynde efter regnskabets sidste år.",
             "Let the ramp begin after the last year of the account."),
    )  # fmt: skip


def _share_outside(place: str) -> Finding:
    return Finding(
        "share-out-of-range", place,
        Text("Andelen skal ligge mellem 0 og 1.", "The share must lie between 0 and 1."),
        Text("", ""),
        Text("Skriv 0,4 for 40 %.", "Write 0.4 for 40 %."),
    )  # fmt: skip
