"""How many plans reviewers can expect in every quarter, reckoned back from the days on which plans are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from klimaplan.domain.errors import Finding, InputError, Text

MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12


class Quarter(NamedTuple):
    """A quarter of a calendar year; quarters order as they follow each other."""

    year: int
    number: int

    @property
    def following(self) -> Quarter:
        """
        >>> Quarter(2026, 4).following
        Quarter(year=2027, number=1)
        """
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)


@dataclass(frozen=True, slots=True)
class Expected:
    """What comes in during a quarter, and what is left of it at the end.

    Parameters
    ----------
    reviews : plans that should be handed in; in the first quarter also those that should have been
    late : those of them whose day has gone by
    left : plans that wait at the end when reviewers get through no more than they can; None where that is not asked
    """

    quarter: Quarter
    reviews: int
    late: int = 0
    left: int | None = None

    def reviewers(self, capacity: int) -> int:
        """People needed to review what comes in within the quarter, none of it left.

        >>> Expected(Quarter(2027, 1), 9).reviewers(4), Expected(Quarter(2027, 1), 0).reviewers(4)
        (3, 0)
        """
        return -(-self.reviews // capacity)


def quarter_of(day: date) -> Quarter:
    """
    >>> quarter_of(date(2026, 3, 31)), quarter_of(date(2026, 4, 1))
    (Quarter(year=2026, number=1), Quarter(year=2026, number=2))
    """
    return Quarter(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)


def handed_in_by(due: date, lead_months: int) -> date:
    """The day a plan should be handed in for review to be new when it is due: so many months earlier.

    A day that the month has not becomes its last one.

    >>> handed_in_by(date(2028, 12, 31), 6), handed_in_by(date(2028, 3, 31), 1)
    (datetime.date(2028, 6, 30), datetime.date(2028, 2, 29))
    """
    months = due.year * MONTHS_A_YEAR + due.month - 1 - lead_months
    year, month = months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1
    for day in range(due.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, due.day)


def expected(
    due: Iterable[date],
    *,
    lead_months: int,
    today: date,
    in_hand: int = 0,
    reviewers: int | None = None,
    capacity: int = 0,
) -> tuple[Expected, ...]:
    """Every quarter from this one to the last in which a plan should be handed in, also those with none.

    Parameters
    ----------
    due : of the plans that have not been handed in again
    lead_months : how long before it is due a plan should be handed in
    in_hand : plans handed in already and not yet recommended
    reviewers, capacity : how many people (None is not asked), and how many plans each gets through in a quarter

    Raises
    ------
    InputError : a number is below zero

    >>> rows = expected([date(2026, 4, 30), date(2027, 10, 14)], lead_months=6, today=date(2026, 11, 24))
    >>> [(row.quarter.year, row.quarter.number, row.reviews, row.late) for row in rows]
    [(2026, 4, 1, 1), (2027, 1, 0, 0), (2027, 2, 1, 0)]
    """
    given = {"lead_months": lead_months, "in_hand": in_hand, "reviewers": reviewers, "capacity": capacity}
    if faults := [_below_zero(name, value) for name, value in given.items() if value is not None and value < 0]:
        raise InputError(faults)
    now = quarter_of(today)
    days = [handed_in_by(day, lead_months) for day in due]
    coming = Counter(max(quarter_of(day), now) for day in days)
    late, can = sum(day < today for day in days), None if reviewers is None else reviewers * capacity
    rows: list[Expected] = []
    waiting, last = None if can is None else in_hand, max(coming, default=now)
    while now <= last:
        if waiting is not None and can is not None:
            waiting = max(waiting + coming[now] - can, 0)
        rows.append(Expected(now, coming[now], late if not rows else 0, waiting))
        now = now.following
    return tuple(rows)


def by_quarter(days: Iterable[date]) -> Mapping[Quarter, int]:
    """How many days fall in every quarter with any, in order.

    >>> by_quarter([date(2027, 10, 14), date(2026, 12, 31), date(2026, 10, 1)])
    {Quarter(year=2026, number=4): 2, Quarter(year=2027, number=4): 1}
    """
    return dict(sorted(Counter(map(quarter_of, days)).items()))


def _below_zero(name: str, value: int) -> Finding:
    return Finding(
        "forecast-below-zero", f"{name}={value}",
        Text("Tallet er under nul.", "The number is below zero."),
        Text("Så kan der ikke regnes.", "Nothing can be reckoned with it."),
        Text("Skriv nul eller mere.", "Write zero or more."),
    )  # fmt: skip
