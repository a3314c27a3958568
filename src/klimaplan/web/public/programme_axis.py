"""The phases and cohorts on a time axis, as bars in a table: as planned, as it went, and where both phases ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klimaplan.domain.programme import Precision
from klimaplan.reference import load
from klimaplan.reference.programme_tables import Cohort, Phase
from klimaplan.web.public import programme_marks, programme_words
from klimaplan.web.public.programme_course import Course

MONTHS_A_YEAR = 12
AS_IT_WENT, AS_PLANNED, ALL = (0, 6), (7, 3), (0, 10)
"""Top and height of a bar, of ten."""

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time on the axis; `style` is actual, ahead, planned or overlap."""

    style: str
    x: float
    y: int
    width: float
    height: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase or cohort: its bars, its days in words, its sizes, its source and its reservation."""

    name: str
    bars: list[Bar]
    actual: str
    planned: str
    announced: int | None
    counted: int | None
    source: int
    note: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The chart: its years, its length in months, phases and cohorts as rows, and the time in which both phases ran."""

    years: list[int]
    span: int
    groups: list[list[Stretch]]
    overlap: str


def axis(course: Course, today: date) -> Axis:
    """Phases and cohorts from the first year to the end of the last phase."""
    phases, cohorts = load.phases(), load.cohorts()
    first = min(phase.valid_from for phase in phases).year
    last = max(phase.valid_to or today for phase in phases).year
    scale = _Scale(first, today)
    both = _overlap(phases)
    shaded = [scale.bar("overlap", *both)]
    sizes = {each.slug: sum(member.now.cohort == each.slug for member in course.members) for each in cohorts}
    return Axis(
        years=list(range(first, last + 1)),
        span=(last - first + 1) * MONTHS_A_YEAR,
        groups=[
            [_phase(phase, scale, shaded) for phase in phases],
            [_cohort(cohort, scale, sizes[cohort.slug]) for cohort in cohorts],
        ],
        overlap=_between(both, (Precision.MONTH, Precision.MONTH)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to months since the first of January of the first year."""

    first_year: int
    today: date

    def at(self, day: date) -> float:
        days_a_month = 31
        return (day.year - self.first_year) * MONTHS_A_YEAR + day.month - 1 + (day.day - 1) / days_a_month

    def bar(self, style: str, begin: date, end: date) -> Bar:
        top, height = {"planned": AS_PLANNED, "overlap": ALL}.get(style, AS_IT_WENT)
        return Bar(style, round(self.at(begin), 2), top, round(self.at(end) - self.at(begin), 2), height)

    def actual(self, begin: date, end: date | None) -> list[Bar]:
        """What lies behind us solid, what lies ahead hatched."""
        until = end or self.today
        if until <= self.today:
            return [self.bar("actual", begin, until)]
        return [self.bar("actual", begin, self.today), self.bar("ahead", self.today, until)]


def _phase(phase: Phase, scale: _Scale, shaded: list[Bar]) -> Stretch:
    days = (phase.valid_from, phase.valid_to)
    return Stretch(
        programme_words.read(phase.name), [*shaded, *scale.actual(*days)],
        _between(days, (phase.precision, Precision.DAY)), "", None, None,
        programme_marks.number(phase.source), programme_words.read(phase.note),
    )  # fmt: skip


def _cohort(cohort: Cohort, scale: _Scale, size: int) -> Stretch:
    begin, end = cohort.actual
    planned_from, planned_to = cohort.planned
    bars = [] if begin is None else scale.actual(begin, end)
    if planned_from and planned_to:
        bars.append(scale.bar("planned", planned_from, planned_to))
    precision = (cohort.precision, cohort.precision)
    planned = _between(cohort.planned, precision) if planned_from else ""
    return Stretch(
        programme_words.read(cohort.name), bars,
        _between(cohort.actual, precision) if begin else _("Since when has not been found."),
        planned, cohort.size_announced, size,
        programme_marks.number(cohort.source), programme_words.read(cohort.note),
    )  # fmt: skip


def _between(days: Days, precision: tuple[Precision, Precision]) -> str:
    begin, end = days
    if begin is None:
        return ""
    started = programme_words.when(begin, precision[0])
    if end is None:
        return _("since %(day)s") % {"day": started}
    return f"{started} – {programme_words.when(end, precision[1])}"


def _overlap(phases: Sequence[Phase]) -> tuple[date, date]:
    """The days on which all phases run."""
    ends = [phase.valid_to for phase in phases if phase.valid_to]
    return max(phase.valid_from for phase in phases), min(ends)
