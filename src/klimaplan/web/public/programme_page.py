"""The page of the programme: what it is, how the map turned green, who came when, what sources count, milestones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimaplan.domain.programme import OUTSIDE, Certainty, Standing
from klimaplan.reference import load
from klimaplan.reference.programme_tables import Statement
from klimaplan.web.public import (
    programme_axis,
    programme_course,
    programme_files,
    programme_map,
    programme_marks,
    programme_table,
    programme_words,
)
from klimaplan.web.public.charts import Link
from klimaplan.web.public.map_shapes import DrawnMap
from klimaplan.web.public.programme_axis import Axis
from klimaplan.web.public.programme_course import DK2020, Course
from klimaplan.web.public.programme_map import LegendEntry, MomentRow
from klimaplan.web.public.programme_marks import NumberedSource, Reservation
from klimaplan.web.public.programme_table import MemberTable


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with the numbers of its sources."""

    words: str
    sources: list[int]


@dataclass(frozen=True, slots=True)
class CountLine:
    """What a source counts, for which day, beside what the tables here count on that day (None: nothing to count)."""

    value: int
    day: str
    here: int | None
    note: str
    source: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What is counted, and everything that has been said of it."""

    name: str
    lines: list[CountLine]


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    when: str
    what: str
    source: int
    ahead: bool


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """Everything on the page; `since` says how old the shown moment is on the day that was asked for."""

    lead: str
    lead_sources: list[int]
    what: list[Said]
    map: DrawnMap
    patterned: tuple[str, ...]
    legend: list[list[LegendEntry]]
    moments: list[MomentRow]
    shown: MomentRow
    earlier: MomentRow | None
    later: MomentRow | None
    since: str
    unsure: list[Said]
    axis: Axis
    table: MemberTable
    subjects: list[Subject]
    milestones: list[MilestoneLine]
    sources: tuple[NumberedSource, ...]
    reservations: tuple[Reservation, ...]
    downloads: list[Link]


@dataclass(frozen=True, slots=True)
class Teaser:
    """The way of one municipality in a sentence, for its own page."""

    words: str
    url: str


def programme_page(query: Mapping[str, str]) -> ProgrammePage:
    """Everything on the page; `InputError` for a day, cohort, region or order that does not exist."""
    today = localdate()
    course = programme_course.course(today)
    wish = programme_table.read_wish(query, course, today)
    place = course.at(wish.on)
    moments = programme_map.rows(course, place)
    return ProgrammePage(
        lead=lead(course),
        lead_sources=_lead_sources(course),
        what=_what(),
        map=programme_map.draw(course, place),
        patterned=programme_map.PATTERNED,
        legend=programme_map.legend(course, place),
        moments=moments,
        shown=moments[place],
        earlier=moments[place - 1] if place else None,
        later=moments[place + 1] if place + 1 < len(moments) else None,
        since=_since(wish.on, moments[place], asked=bool(query.get("on"))),
        unsure=_unsure(),
        axis=programme_axis.axis(course, today),
        table=programme_table.member_table(course, wish, today),
        subjects=_subjects(course),
        milestones=[
            MilestoneLine(
                programme_words.when(each.day, each.precision), programme_words.read(each.what),
                programme_marks.number(each.source), each.day > today,
            )
            for each in load.milestones()
        ],
        sources=programme_marks.sources(),
        reservations=programme_marks.reservations(),
        downloads=programme_files.links(),
    )  # fmt: skip


def lead(course: Course) -> str:
    """The first sentence: how many have a plan now, and how few had one when the first came."""
    first = next(place for place, each in enumerate(course.moments) if each.finished)
    moment, now = course.moments[first], course.moments[-1].count(Standing.WITH_PLAN)
    said = {
        "now": now,
        "all": len(course.members),
        "first": len(moment.finished),
        "day": programme_words.by(moment.day, course.precision(moment)),
    }
    if now == len(course.members):
        return (
            _("All %(all)d municipalities have a first climate plan today. The first %(first)d had theirs by %(day)s.")
            % said
        )
    return (
        _("%(now)d of %(all)d municipalities have a first climate plan. The first %(first)d had theirs by %(day)s.")
        % said
    )


def _lead_sources(course: Course) -> list[int]:
    """Where the last and the first plans of the lead are said."""
    finished = [moment.finished for moment in course.moments if moment.finished]
    plans = {plan.municipality: plan.source for plan in load.first_plans()}
    return _numbers(dict.fromkeys(plans[code] for codes in (finished[0], finished[-1]) for code in codes))


def teaser(code: str) -> Teaser:
    """Cohort, entry and first plan of a municipality in a sentence."""
    today = localdate()
    [member] = [each for each in programme_course.course(today).members if each.code == code]
    said = {
        "day": programme_table.entered(member),
        "cohort": programme_words.listed([programme_table.cohort_name(each.cohort) for each in member.intakes]),
    }
    if member.now.cohort == OUTSIDE:
        words = _("A member of C40, outside DK2020")
    elif member.now.cohort in DK2020:
        words = _("In DK2020 since %(day)s (%(cohort)s)") % said
    else:
        words = _("In the Climate Alliance since %(day)s") % said
    if plan := member.plan:
        sure = programme_words.CERTAINTIES[plan.certainty]
        told = {"day": programme_words.by(plan.no_later_than, plan.precision), "sure": sure}
        words = _("%(way)s, first plan no later than %(day)s (%(sure)s)") % {"way": words, **told}
    return Teaser(f"{words}.", f"{reverse('programme')}#municipalities")


def _what() -> list[Said]:
    """What the programme is, in two sentences."""
    return [
        Said(
            _("From 2019 to 2023 DK2020 helped the municipalities write climate plans to an international standard."),
            _numbers(["dk2020-pilots", "dk2020-evaluation"]),
        ),
        Said(
            _("Since April 2023 the Climate Alliance of KL, the regions and Realdania helps them act on their plans."),
            _numbers(["klimaalliancen-agreement"]),
        ),
    ]


def _unsure() -> list[Said]:
    """What must be known of the days of plans that nobody gave."""
    rows = [each for each in load.first_plans() if each.certainty is Certainty.DERIVED]
    return [
        Said(programme_words.read(note), _numbers([source]))
        for note, source in dict.fromkeys((each.note, each.source) for each in rows)
    ]


def _numbers(keys: Iterable[str]) -> list[int]:
    return [programme_marks.number(key) for key in keys]


def _since(on: date, shown: MomentRow, *, asked: bool) -> str:
    """That a day lies between two moments; empty where the day is a moment, or was not asked for."""
    if not asked or on == shown.day:
        return ""
    said = {"day": date_format(on, "DATE_FORMAT"), "moment": shown.when}
    return _("On %(day)s nothing had changed since %(moment)s.") % said


def _subjects(course: Course) -> list[Subject]:
    """Statements by subject, in the order of the table."""
    said = load.statements()
    return [
        Subject(
            str(programme_words.SUBJECTS[about]), [_count_line(each, course) for each in said if each.about == about]
        )
        for about in dict.fromkeys(each.about for each in said)
    ]


def _count_line(statement: Statement, course: Course) -> CountLine:
    return CountLine(
        statement.value, date_format(statement.stated_on, "DATE_FORMAT"),
        programme_course.counted(statement.about, statement.stated_on, course),
        programme_words.read(statement.note), programme_marks.number(statement.source),
    )  # fmt: skip
