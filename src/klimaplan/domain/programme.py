"""Who takes part in the programme, in which cohort, and who has a first plan: what is known of any day.

Days of approval are upper ends: a plan was there no later than that. Every row says how sure it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klimaplan.domain.errors import Finding, InputError, Text


class Precision(StrEnum):
    """How exactly a day is known; the day written stands for the whole of it."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Certainty(StrEnum):
    """How a fact about one municipality is known."""

    FOUND = "found"
    DERIVED = "derived"
    NOT_CONFIRMED = "not-confirmed"


class Standing(StrEnum):
    """Where a municipality is on the way to its first plan."""

    NOT_IN = "not-in"
    OWN_WAY = "own-way"
    """Outside the programme, as a member of C40."""
    UNDER_WAY = "under-way"
    WITH_PLAN = "with-plan"


NO_NOTE = Text("", "")


@dataclass(frozen=True, slots=True)
class Intake:
    """A municipality entered a cohort; `left` is the day it moved to another one, `entered` None is not known."""

    municipality: str
    cohort: str
    entered: date | None
    precision: Precision
    left: date | None
    certainty: Certainty
    source: str
    note: Text = NO_NOTE


@dataclass(frozen=True, slots=True)
class FirstPlan:
    """A municipality's first plan was approved by C40 and CONCITO, or adopted by the council, by this day."""

    municipality: str
    no_later_than: date
    precision: Precision
    event: str
    certainty: Certainty
    source: str
    note: Text = NO_NOTE


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stood at the end of a day, and what the day changed."""

    day: date
    standings: Mapping[str, Standing]
    entered: tuple[str, ...]
    finished: tuple[str, ...]

    def count(self, standing: Standing) -> int:
        """Number of municipalities with that standing."""
        return sum(each is standing for each in self.standings.values())


OUTSIDE = "c40-member"
"""The cohort of whoever has a plan without having been in the programme."""


def cohort_on(intakes: Iterable[Intake], municipality: str, *, on: date) -> Intake | None:
    """The cohort a municipality was in on a day; None before it entered.

    >>> moved = [Intake("706", "round-1", date(2020, 11, 19), Precision.DAY, date(2021, 9, 27), Certainty.FOUND, "a"),
    ...          Intake("706", "round-2", date(2021, 9, 27), Precision.DAY, None, Certainty.FOUND, "b")]
    >>> [cohort_on(moved, "706", on=date(year, 12, 31)).cohort for year in (2020, 2021)]
    ['round-1', 'round-2']
    >>> cohort_on(moved, "706", on=date(2019, 12, 31)) is None
    True
    """
    own = (each for each in intakes if each.municipality == municipality)
    here = [each for each in own if _begun(each, on) and (each.left is None or on < each.left)]
    return here[-1] if here else None


def members_on(intakes: Iterable[Intake], cohorts: Collection[str], *, on: date) -> tuple[str, ...]:
    """Who was in one of the cohorts on a day, in code order.

    >>> intakes = [Intake("147", "pilot", date(2019, 4, 1), Precision.SEASON, None, Certainty.FOUND, "a"),
    ...            Intake("161", "later", date(2024, 2, 1), Precision.MONTH, None, Certainty.FOUND, "b")]
    >>> members_on(intakes, {"pilot", "round-1"}, on=date(2024, 2, 1))
    ('147',)
    """
    intakes = tuple(intakes)
    inside = ((code, cohort_on(intakes, code, on=on)) for code in sorted({each.municipality for each in intakes}))
    return tuple(code for code, found in inside if found is not None and found.cohort in cohorts)


def standings(intakes: Iterable[Intake], plans: Iterable[FirstPlan], *, on: date) -> Mapping[str, Standing]:
    """Where every municipality with an intake stood at the end of a day, in code order.

    >>> intakes = [Intake("161", "later", date(2024, 2, 1), Precision.MONTH, None, Certainty.FOUND, "a")]
    >>> [str(standings(intakes, [], on=day)["161"]) for day in (date(2024, 1, 31), date(2024, 2, 1))]
    ['not-in', 'under-way']
    """
    intakes = tuple(intakes)
    finished = {plan.municipality for plan in plans if plan.no_later_than <= on}
    return {code: _standing(intakes, code, on, code in finished) for code in sorted({i.municipality for i in intakes})}


def timeline(intakes: Sequence[Intake], plans: Sequence[FirstPlan], *, until: date) -> tuple[Moment, ...]:
    """Every day on which somebody entered or finished, in order, and how things stood then.

    Raises
    ------
    InputError : a plan of a municipality without an intake; all of them at once
    """
    known = {each.municipality for each in intakes}
    if strangers := sorted({plan.municipality for plan in plans} - known):
        raise InputError([_without_intake(code) for code in strangers])
    days = {each.entered for each in intakes} | {plan.no_later_than for plan in plans}
    moments, before = [], dict.fromkeys(sorted(known), Standing.NOT_IN)
    for day in sorted(day for day in days if day is not None and day <= until):
        now = standings(intakes, plans, on=day)
        moments.append(
            Moment(
                day, now,
                entered=tuple(each.municipality for each in intakes if each.entered == day),
                finished=tuple(code for code in now if now[code] is Standing.WITH_PLAN is not before[code]),
            )
        )  # fmt: skip
        before = dict(now)
    return tuple(moments)


def _begun(intake: Intake, on: date) -> bool:
    # since when København is a member is not known, so it is taken to have been one all along
    return intake.entered is None or intake.entered <= on


def _standing(intakes: Iterable[Intake], code: str, on: date, finished: bool) -> Standing:
    if finished:
        return Standing.WITH_PLAN
    found = cohort_on(intakes, code, on=on)
    if found is None:
        return Standing.NOT_IN
    return Standing.OWN_WAY if found.cohort == OUTSIDE else Standing.UNDER_WAY


def _without_intake(code: str) -> Finding:
    return Finding(
        "plan-without-intake", code,
        Text("Kommunen har en første plan, men er ikke optaget.", "The municipality has a first plan but no intake."),
        Text("Så kan forløbet ikke vises.", "So its course cannot be shown."),
        Text("Tilføj den i programme/intakes.", "Add it to programme/intakes."),
    )  # fmt: skip
