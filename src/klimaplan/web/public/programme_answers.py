"""What the API answers of the programme: phases, cohorts, who entered when, first plans, and counts."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.utils.timezone import localdate
from ninja import Schema
from pydantic import Field

from klimaplan.domain.programme import Moment, Standing
from klimaplan.reference import load
from klimaplan.reference.programme_tables import Cohort
from klimaplan.web.public import programme_course, programme_marks
from klimaplan.web.public.answers import SourceLine
from klimaplan.web.public.plan_answers import Words
from klimaplan.web.public.programme_course import Course, Member

Precision = Literal["day", "month", "season", "year"]
Certainty = Literal["found", "derived", "not-confirmed"]


class PhaseLine(Schema):
    """A stretch of the programme; phases may overlap."""

    slug: str
    name: Words
    valid_from: date
    precision: Precision
    valid_to: date | None
    source: str
    note: Words


class CohortLine(Schema):
    """Municipalities that entered together; null is not known."""

    slug: str
    name: Words
    planned_from: date | None
    planned_to: date | None
    actual_from: date | None
    actual_to: date | None
    precision: Precision
    size_announced: int
    source: str
    note: Words


class IntakeLine(Schema):
    """A stay in a cohort; `entered` is null where it is not known, `left` unless it moved."""

    cohort: str
    entered: date | None
    precision: Precision
    left: date | None
    certainty: Certainty
    source: str
    note: Words


class FirstPlanLine(Schema):
    """The first plan was approved or adopted by this day: an upper end."""

    no_later_than: date
    precision: Precision
    event: str
    certainty: Certainty
    source: str
    note: Words


class MemberAnswer(Schema):
    code: str
    name: str
    region: str
    intakes: list[IntakeLine]
    first_plan: FirstPlanLine | None


class MomentLine(Schema):
    """How many stood where at the end of a day, and whom the day brought in or to a plan, by code."""

    day: date
    precision: Precision
    with_plan: int
    under_way: int
    own_way: int = Field(description="Outside the programme, as a member of C40")
    not_in: int
    entered: list[str]
    finished: list[str]


class StatementLine(Schema):
    """What a source counts; `counted_here` is what the tables of this answer hold for that day, null: not counted."""

    about: str
    stated_on: date
    value: int
    counted_here: int | None
    source: str
    note: Words


class MilestoneAnswer(Schema):
    day: date
    precision: Precision
    what: Words
    source: str


class ProgrammeAnswer(Schema):
    """The course of the programme. Every row names its source by its key in `sources`."""

    phases: list[PhaseLine]
    cohorts: list[CohortLine]
    municipalities: list[MemberAnswer]
    moments: list[MomentLine]
    statements: list[StatementLine]
    milestones: list[MilestoneAnswer]
    sources: list[SourceLine]


def programme() -> ProgrammeAnswer:
    """Everything up to today."""
    course = programme_course.course(localdate())
    return ProgrammeAnswer(
        phases=[PhaseLine.from_orm(each) for each in load.phases()],
        cohorts=[_cohort(each) for each in load.cohorts()],
        municipalities=[_member(each) for each in course.members],
        moments=[_moment(each, course) for each in course.moments],
        statements=[
            StatementLine(
                about=each.about, stated_on=each.stated_on, value=each.value, source=each.source,
                note=Words.from_orm(each.note),
                counted_here=programme_course.counted(each.about, each.stated_on, course),
            )
            for each in load.statements()
        ],
        milestones=[MilestoneAnswer.from_orm(each) for each in load.milestones()],
        sources=[SourceLine.from_orm(each.source) for each in programme_marks.sources()],
    )  # fmt: skip


def _cohort(cohort: Cohort) -> CohortLine:
    (planned_from, planned_to), (actual_from, actual_to) = cohort.planned, cohort.actual
    return CohortLine(
        slug=cohort.slug, name=Words.from_orm(cohort.name), planned_from=planned_from, planned_to=planned_to,
        actual_from=actual_from, actual_to=actual_to, precision=cohort.precision.value,
        size_announced=cohort.size_announced, source=cohort.source, note=Words.from_orm(cohort.note),
    )  # fmt: skip


def _member(member: Member) -> MemberAnswer:
    return MemberAnswer(
        code=member.code,
        name=member.name,
        region=member.region,
        intakes=[IntakeLine.from_orm(each) for each in member.intakes],
        first_plan=None if member.plan is None else FirstPlanLine.from_orm(member.plan),
    )


def _moment(moment: Moment, course: Course) -> MomentLine:
    return MomentLine(
        day=moment.day,
        precision=course.precision(moment).value,
        with_plan=moment.count(Standing.WITH_PLAN),
        under_way=moment.count(Standing.UNDER_WAY),
        own_way=moment.count(Standing.OWN_WAY),
        not_in=moment.count(Standing.NOT_IN),
        entered=list(moment.entered),
        finished=list(moment.finished),
    )
