"""The facts behind the one sentence that opens a page: where it stands, where it is heading, what is left.

The sentence itself is written by the page in its language; here is decided what may be said.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain import axes
from klimaplan.domain.inventory.account import ROUNDING_T
from klimaplan.domain.pathway.gap import Gap
from klimaplan.domain.pathway.target import ALL_SECTORS
from klimaplan.domain.series import Series

FLAT_PCT = 1.0
"""A change of at most this share of the larger of the two years, whatever its sign, is called unchanged."""


class Direction(StrEnum):
    FALLING = "falling"
    GROWING = "growing"
    FLAT = "flat"


class Verdict(StrEnum):
    """Whether the baseline alone meets the target, within the rounding of the account."""

    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no_target"


@dataclass(frozen=True, slots=True)
class Development:
    """What the account says: first and last year, t CO2e.

    `change_pct` is None where the first year is zero or less: a percentage of it would mislead.
    """

    first_year: int
    last_year: int
    first: float
    last: float
    change: float
    change_pct: float | None
    direction: Direction

    @property
    def takes_up(self) -> bool:
        """Whether more is taken up than emitted in the last year."""
        return self.last < 0.0


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the baseline says of a target year, t CO2e; `excess` is None without a target for all sectors."""

    year: int
    expected: float
    allowed: float | None
    excess: float | None
    verdict: Verdict


def describe_development(total: Series) -> Development | None:
    """Read the observed total: (year), t CO2e. None where its first or last year is missing."""
    observed = total.axis(axes.YEAR).labels
    first_year, last_year = int(str(observed[0])), int(str(observed[-1]))
    if (first_year,) in total.missing or (last_year,) in total.missing:
        return None
    first, last = total.at(first_year), total.at(last_year)
    change = last - first
    change_pct = change / first * 100.0 if first > 0.0 else None
    return Development(
        first_year, last_year, first, last, change, change_pct, _direction(change, scale=max(abs(first), abs(last)))
    )


def describe_prospect(baseline_total: Series, gap: Gap | None, *, year: int) -> Prospect:
    """Read baseline and gap in a target year."""
    expected = baseline_total.at(year)
    if gap is None or ALL_SECTORS not in gap.excess or year not in gap.excess[ALL_SECTORS].axis(axes.YEAR).labels:
        return Prospect(year, expected, None, None, Verdict.NO_TARGET)
    excess = gap.excess[ALL_SECTORS].at(year)
    verdict = Verdict.MISSED if excess > ROUNDING_T else Verdict.MET
    return Prospect(year, expected, gap.path[ALL_SECTORS].at(year), excess, verdict)


def _direction(change: float, *, scale: float) -> Direction:
    if abs(change) <= FLAT_PCT / 100.0 * scale:
        return Direction.FLAT
    return Direction.FALLING if change < 0.0 else Direction.GROWING
