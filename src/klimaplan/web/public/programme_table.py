"""Every municipality on its way through the programme: filtered, sorted, each fact with its certainty and source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.domain import programme
from klimaplan.domain.programme import Certainty, Intake
from klimaplan.reference import load
from klimaplan.web.public import programme_marks, programme_words
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.public.front import Column, Select
from klimaplan.web.public.programme_course import Course, Member
from klimaplan.web.public.queries import Reader

SORT_KEYS = ("name", "cohort", "entered", "plan", "region")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked for; `on` is the day the map shows."""

    on: date
    cohort: str = ""
    region: str = ""
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact as people read it, how sure it is, the number of its source and the letter of its reservation."""

    words: str
    certainty: str
    certainty_words: str
    source: int
    letter: str


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A row of the table; `moved` says from which cohort a municipality came."""

    code: str
    name: str
    region: str
    cohort: str
    moved: str
    entered: KnownFact
    plan: KnownFact | None


@dataclass(frozen=True, slots=True)
class MemberTable:
    """The table with what chooses and orders it."""

    wish: Wish
    selects: list[Select]
    columns: list[Column]
    lines: list[MemberLine]


def read_wish(query: Mapping[str, str], course: Course, today: date) -> Wish:
    """What the address asks for; `InputError` for a day, cohort, region or order that does not exist."""
    read = Reader(query)
    wish = Wish(
        on=read.day("on", first=course.first, last=today),
        cohort=read.choice("cohort", ("", *(each.slug for each in load.cohorts())), ""),
        region=read.choice("region", ("", *_regions(course)), ""),
        sort=read.choice("sort", SORT_KEYS, "name"),
        descending=read.switch("desc"),
    )
    read.require_valid()
    return wish


def member_table(course: Course, wish: Wish, today: date) -> MemberTable:
    """The municipalities that the wish leaves, in its order."""
    shown = [
        each
        for each in course.members
        if wish.cohort in ("", each.now.cohort) and wish.region in ("", each.region)
    ]  # fmt: skip
    regions, cohorts = _regions(course), _cohort_names()
    return MemberTable(
        wish=wish,
        selects=[
            Select("cohort", _("Cohort"), [("", _("All")), *cohorts.items()], wish.cohort),
            Select("region", _("Region"), [("", _("All")), *regions.items()], wish.region),
        ],
        columns=[_column(key, wish, today) for key in SORT_KEYS],
        lines=[_line(each, regions, cohorts) for each in _ordered(shown, wish)],
    )


def entered(member: Member) -> str:
    """Since when a municipality has been in, as exactly as that is known."""
    return _entered_words(member.entered)


def cohort_name(slug: str) -> str:
    """A cohort in the language of the page."""
    return _cohort_names()[slug]


def _ordered(members: Iterable[Member], wish: Wish) -> list[Member]:
    """What is not known stands last in either direction; equal ones in order of name."""
    order = [each.slug for each in load.cohorts()]
    keys: dict[str, Callable[[Member], Any]] = {
        "name": lambda each: alphabetical(each.name),
        "region": lambda each: each.region,
        "cohort": lambda each: order.index(each.now.cohort),
        "entered": lambda each: each.entered.entered,
        "plan": lambda each: each.plan and each.plan.no_later_than,
    }
    key = keys[wish.sort]
    by_name = sorted(members, key=lambda each: alphabetical(each.name))
    known = sorted((each for each in by_name if key(each) is not None), key=key, reverse=wish.descending)
    return known + [each for each in by_name if key(each) is None]


def _line(member: Member, regions: Mapping[str, str], cohorts: Mapping[str, str]) -> MemberLine:
    came_from = [cohorts[each.cohort] for each in member.intakes[:-1]]
    moved = _("from %(cohort)s, %(day)s") % {
        "cohort": programme_words.listed(came_from), "day": _entered_words(member.now),
    } if came_from else ""  # fmt: skip
    plan = member.plan
    return MemberLine(
        member.code, member.name, regions[member.region], cohorts[member.now.cohort], moved,
        _fact(_entered_words(member.entered), member.entered),
        None if plan is None else _fact(programme_words.by(plan.no_later_than, plan.precision), plan),
    )  # fmt: skip


def _fact(words: str, row: Intake | programme.FirstPlan) -> KnownFact:
    certainty: Certainty = row.certainty
    return KnownFact(
        words, str(certainty), str(programme_words.CERTAINTIES[certainty]), programme_marks.number(row.source),
        programme_marks.letter(row.note),
    )  # fmt: skip


def _entered_words(intake: Intake) -> str:
    if intake.entered is None:
        return _("not known")
    return programme_words.when(intake.entered, intake.precision)


def _regions(course: Course) -> dict[str, str]:
    """The regions of today by slug, in order of name."""
    used = {each.region for each in course.members}
    named = {each.slug: programme_words.read(each.name) for each in load.groups("region") if each.slug in used}
    return dict(sorted(named.items(), key=lambda pair: alphabetical(pair[1])))


def _cohort_names() -> dict[str, str]:
    return {each.slug: programme_words.read(each.name) for each in load.cohorts()}


def _column(key: str, wish: Wish, today: date) -> Column:
    labels = {
        "name": _("Municipality"), "region": _("Region"), "cohort": _("Cohort"), "entered": _("In since"),
        "plan": _("First plan no later than"),
    }  # fmt: skip
    sorted_now = wish.sort == key
    descending = not wish.descending if sorted_now else False
    asked = replace(wish, sort=key, descending=descending)
    direction = ("descending" if wish.descending else "ascending") if sorted_now else "none"
    return Column(key, labels[key], "", f"{reverse('programme')}?{parameters(asked, today)}#municipalities", direction)


def parameters(wish: Wish, today: date) -> str:
    """A wish as an address says it; what is usual is left out."""
    values = {
        "on": "" if wish.on == today else str(wish.on), "cohort": wish.cohort, "region": wish.region, "sort": wish.sort,
        "desc": "1" if wish.descending else "",
    }  # fmt: skip
    return urlencode({name: value for name, value in values.items() if value})
