"""The course of the programme: phases, cohorts, who entered when, first plans, milestones, and what sources count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.domain.programme import Certainty, FirstPlan, Intake, Precision
from klimaplan.reference import tables


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the programme; phases may overlap."""

    slug: str
    name: Text
    valid_from: date
    precision: Precision
    valid_to: date | None
    source: str
    note: Text


@dataclass(frozen=True, slots=True)
class Cohort:
    """Municipalities that entered together, with the days as planned and as they came; None is not known."""

    slug: str
    name: Text
    planned: tuple[date | None, date | None]
    actual: tuple[date | None, date | None]
    precision: Precision
    size_announced: int
    source: str
    note: Text


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened to the programme."""

    day: date
    precision: Precision
    what: Text
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """How many municipalities somebody counted, and for which day: no fact of ours."""

    about: str
    stated_on: date
    value: int
    source: str
    note: Text


@cache
def phases() -> tuple[Phase, ...]:
    """DK2020 and the alliance, which overlap for nine months.

    >>> [phase.slug for phase in phases()]
    ['dk2020', 'klimaalliancen']
    """
    return tuple(
        Phase(row["phase"], Text(row["name_da"], row["name_en"]), date.fromisoformat(row["valid_from"]),
              Precision(row["valid_from_precision"]), _day(row["valid_to"]), row["source"], _note(row))
        for row in tables.rows("programme/phases")
    )  # fmt: skip


@cache
def cohorts() -> tuple[Cohort, ...]:
    """In the order in which they entered, the member of C40 last.

    >>> [(cohort.slug, cohort.size_announced) for cohort in cohorts()][:3]
    [('pilot', 20), ('round-1', 46), ('round-2', 30)]
    """
    return tuple(
        Cohort(row["cohort"], Text(row["name_da"], row["name_en"]),
               (_day(row["planned_from"]), _day(row["planned_to"])), (_day(row["actual_from"]), _day(row["actual_to"])),
               Precision(row["precision"]), int(row["size_announced"]), row["source"], _note(row))
        for row in tables.rows("programme/cohorts")
    )  # fmt: skip


@cache
def intakes() -> tuple[Intake, ...]:
    """Who entered which cohort; one that moved has two, in their order."""
    return tuple(
        Intake(row["municipality"], row["cohort"], _day(row["entered"]), Precision(row["precision"]), _day(row["left"]),
               Certainty(row["certainty"]), row["source"], _note(row))
        for row in tables.rows("programme/intakes")
    )  # fmt: skip


@cache
def first_plans() -> tuple[FirstPlan, ...]:
    """By when every municipality had its first plan, as far as that is known."""
    return tuple(
        FirstPlan(row["municipality"], date.fromisoformat(row["no_later_than"]), Precision(row["precision"]),
                  row["event"], Certainty(row["certainty"]), row["source"], _note(row))
        for row in tables.rows("programme/approvals")
    )  # fmt: skip


@cache
def milestones() -> tuple[Milestone, ...]:
    """In order of their days."""
    return tuple(
        Milestone(date.fromisoformat(row["day"]), Precision(row["precision"]), Text(row["what_da"], row["what_en"]),
                  row["source"])
        for row in tables.rows("programme/milestones")
    )  # fmt: skip


@cache
def statements() -> tuple[Statement, ...]:
    """What sources count, by subject and day: they contradict each other, and each stands with its day.

    >>> [(each.stated_on.year, each.value) for each in statements() if each.about == "dk2020-participants"]
    [(2021, 94), (2022, 96), (2023, 95)]
    """
    return tuple(
        Statement(row["about"], date.fromisoformat(row["stated_on"]), int(row["value"]), row["source"], _note(row))
        for row in tables.rows("programme/statements")
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that may call for plans to be revised: a ``national-frame`` or new ``risk-data``."""

    kind: str
    day: date
    precision: Precision
    what: Text
    source: str
    note: Text


@cache
def occasions() -> tuple[Occasion, ...]:
    """By kind and day.

    >>> [each.day.year for each in occasions() if each.kind == "national-frame"]
    [2024, 2025]
    """
    return tuple(
        Occasion(row["kind"], date.fromisoformat(row["day"]), Precision(row["precision"]),
                 Text(row["what_da"], row["what_en"]), row["source"], _note(row))
        for row in tables.rows("programme/occasions")
    )  # fmt: skip


def _note(row: Mapping[str, str]) -> Text:
    return Text(row["note_da"], row["note_en"])


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
