"""When a plan is due for revision: by explicit rules, each with its day, and the earliest of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klimaplan.domain.errors import Finding, InputError, Text

FRAMEWORK_YEARS = 5
"""The framework wants a plan gone through at the latest five years after its approval."""

TERM_YEARS = 4
FIRST_TERM = 2022
"""Danish councils sit for four years from 1 January; 2022, 2026, 2030 … are first years."""


class Why(StrEnum):
    """Which rule sets a day."""

    FRAMEWORK = "framework"
    OWN_YEARS = "own-years"
    COUNCIL_TERM = "council-term"


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which the plan is to be revised, and the rule behind it."""

    day: date
    why: Why


@dataclass(frozen=True, slots=True)
class Revision:
    """What a municipality has decided about revising its plan.

    Parameters
    ----------
    own_years : a shorter period than the framework's, such as every fourth year; None without one
    in_first_year_of_term : whether the plan is to be new by the end of the first year of each council term
    """

    own_years: int | None = None
    in_first_year_of_term: bool = False


FRAMEWORK_ONLY = Revision()
"""No rule of one's own: the framework's five years."""


def due_days(approved: date, revision: Revision = FRAMEWORK_ONLY) -> tuple[Due, ...]:
    """Every day that a rule sets, the earliest first.

    Raises
    ------
    InputError : own years that are none, or more than the framework allows

    >>> [(str(due.day), str(due.why)) for due in due_days(date(2022, 10, 14), Revision(in_first_year_of_term=True))]
    [('2026-12-31', 'council-term'), ('2027-10-14', 'framework')]
    """
    if revision.own_years is not None and not 1 <= revision.own_years <= FRAMEWORK_YEARS:
        raise InputError(_years_out_of_range(revision.own_years))
    found = [Due(years_after(approved, FRAMEWORK_YEARS), Why.FRAMEWORK)]
    if revision.own_years is not None:
        found.append(Due(years_after(approved, revision.own_years), Why.OWN_YEARS))
    if revision.in_first_year_of_term:
        found.append(Due(date(next_term(approved), 12, 31), Why.COUNCIL_TERM))
    return tuple(sorted(found, key=lambda due: (due.day, list(Why).index(due.why))))


def due(approved: date, revision: Revision = FRAMEWORK_ONLY) -> Due:
    """The earliest of `due_days`: the one that counts."""
    return due_days(approved, revision)[0]


def next_term(day: date) -> int:
    """First year of the first council term that begins after a day.

    >>> next_term(date(2025, 12, 31)), next_term(date(2026, 1, 1)), next_term(date(2026, 6, 1))
    (2026, 2030, 2030)
    """
    terms_begun = (day.year - FIRST_TERM) // TERM_YEARS
    return FIRST_TERM + TERM_YEARS * (terms_begun + 1)


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th, so that no period is longer than it says.

    >>> years_after(date(2024, 2, 29), 5), years_after(date(2024, 2, 29), 4)
    (datetime.date(2029, 2, 28), datetime.date(2028, 2, 29))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def by_year(days: Iterable[Due]) -> dict[int, int]:
    """How many plans are due in every year with any: what a reviewer's calendar begins with.

    >>> by_year([Due(date(2027, 10, 14), Why.FRAMEWORK), Due(date(2027, 3, 1), Why.OWN_YEARS)])
    {2027: 2}
    """
    counts: dict[int, int] = {}
    for each in days:
        counts[each.day.year] = counts.get(each.day.year, 0) + 1
    return dict(sorted(counts.items()))


def _years_out_of_range(years: int) -> Finding:
    return Finding(
        "revision-years-out-of-range", str(years),
        Text(f"Planen kan ikke revideres hvert {years}. år.", f"A plan cannot be revised every {years} years."),
        Text(f"Rammen kræver det senest efter {FRAMEWORK_YEARS} år.",
             f"The framework wants it after {FRAMEWORK_YEARS} years at the latest."),
        Text(f"Skriv 1 til {FRAMEWORK_YEARS}, eller lad feltet stå tomt.",
             f"Write 1 to {FRAMEWORK_YEARS}, or leave the field empty."),
    )  # fmt: skip
