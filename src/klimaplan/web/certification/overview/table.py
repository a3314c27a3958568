"""Every municipality in a row: by when its plan is due and by which rule, and where its case stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.certification.due import Why
from klimaplan.domain.certification.workflow import STATE_NAMES, State
from klimaplan.reference.way_tables import review_load
from klimaplan.web.certification.models import Adoption
from klimaplan.web.certification.overview.selectors import Stands, short_name
from klimaplan.web.config.errors import language
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.public.front import Column, Select
from klimaplan.web.public.programme_words import CERTAINTIES
from klimaplan.web.public.queries import Reader
from klimaplan.web.workspace.wording import read

RULES = {
    Why.FRAMEWORK: gettext_lazy("five years"),
    Why.OWN_YEARS: gettext_lazy("the council's own years"),
    Why.COUNCIL_TERM: gettext_lazy("first year of the term"),
}
ADOPTIONS = {
    Adoption.State.ADOPTED: gettext_lazy("adopted"),
    Adoption.State.IN_PRINCIPLE: gettext_lazy("adopted in principle"),
    Adoption.State.PENDING: gettext_lazy("awaiting a decision"),
}
SORT_KEYS = ("name", "due", "state", "adoption", "published", "questions")
NO_CASE = "none"
MOST_CAPACITY = 40
LEADS = tuple(range(3, 13))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked for; `year` None is every year."""

    dgo: str = ""
    region: str = ""
    state: str = ""
    year: int | None = None
    sort: str = "due"
    descending: bool = False
    capacity: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A row ready to read.

    Parameters
    ----------
    days : until the plan is due; below zero where the day has gone by
    sure : how sure the day is, as a word, and its code
    waited : whole days since the last step of the case
    case : its key; None without one
    """

    code: str
    slug: str
    name: str
    dgo: str
    region: str
    due: date | None
    rule: str
    days: int | None
    sure: str
    certainty: str
    state: str
    waited: int | None
    case: int | None
    closed: bool
    late: bool
    adoption: str
    published: datetime | None
    questions: int
    second: bool
    demo: bool

    @property
    def overdue(self) -> int | None:
        return None if self.days is None else -self.days


@dataclass(frozen=True, slots=True)
class Table:
    """The table with what chooses and orders it.

    Parameters
    ----------
    kept : what else the address says, as (name, value), for whoever changes a choice
    """

    wish: Wish
    selects: list[Select]
    columns: list[Column]
    lines: list[Line]
    of: int
    kept: list[tuple[str, str]]


def read_wish(query: Mapping[str, str], rows: Iterable[Stands]) -> Wish:
    """What the address asks for; `InputError` for a choice that does not exist."""
    rows, assumed, read_ = list(rows), review_load(), Reader(query)
    year = read_.choice("due", ("", *map(str, _years(rows))), "")
    wish = Wish(
        dgo=read_.choice("dgo", ("", *_groups(rows, "dgo")), ""),
        region=read_.choice("region", ("", *_groups(rows, "region")), ""),
        state=read_.choice("state", ("", NO_CASE, *State), ""),
        year=int(year) if year else None,
        sort=read_.choice("sort", SORT_KEYS, "due"),
        descending=read_.switch("desc"),
        capacity=int(read_.choice("capacity", map(str, range(1, MOST_CAPACITY + 1)), str(assumed["capacity"].value))),
        lead=int(read_.choice("lead", map(str, LEADS), str(assumed["lead-months"].value))),
    )
    read_.require_valid()
    return wish


def table(rows: Sequence[Stands], wish: Wish, today: date) -> Table:
    """The municipalities that the wish leaves, in its order."""
    lines = [line(each, today) for each in chosen(rows, wish)]
    regions, dgos = _groups(rows, "region"), _groups(rows, "dgo")
    states = {str(state): _state_name(state) for state in State}
    selects = [
        Select("dgo", _("DGO"), [("", _("All")), *dgos.items()], wish.dgo),
        Select("region", _("Region"), [("", _("All")), *regions.items()], wish.region),
        Select("state", _("Case"), [("", _("All")), (NO_CASE, _("no case")), *states.items()], wish.state),
        Select("due", _("Due in"), [("", _("All years")), *((str(each), str(each)) for each in _years(rows))],
               "" if wish.year is None else str(wish.year)),
    ]  # fmt: skip
    # somebody who sees one DGO has nothing to choose between
    shown = [each for each in selects if len(each.options) > 2]
    kept = [(name, value) for name, value in _said(wish).items() if name in ("sort", "desc", "capacity", "lead")]
    return Table(wish, shown, [_column(key, wish) for key in SORT_KEYS], _ordered(lines, wish), len(rows), kept)


def chosen(rows: Iterable[Stands], wish: Wish) -> list[Stands]:
    """Those that fit every choice."""
    return [
        each
        for each in rows
        if wish.dgo in ("", _slug(each.dgo))
        and wish.region in ("", _slug(each.region))
        and wish.state in ("", _state(each))
        and wish.year in (None, each.due.day.year if each.due else None)
    ]


def line(stands: Stands, today: date) -> Line:
    """One municipality, ready to read."""
    due, case, plan = stands.due, stands.case, stands.plan
    certainty = "" if due is None else str(stands.first.certainty) if stands.first else "exact"
    return Line(
        stands.organisation.code, stands.organisation.slug, short_name(stands.organisation),
        stands.dgo.name(language()) if stands.dgo else "", stands.region.name(language()) if stands.region else "",
        due.day if due else None, str(RULES[due.why]) if due else "", (due.day - today).days if due else None,
        str(CERTAINTIES[certainty]) if stands.first and due else "", certainty,
        _state_name(State(case.state)) if case else "",
        (today - timezone.localdate(stands.since)).days if stands.since else None, case.pk if case else None,
        stands.closed, case is not None and case.deadline is not None and case.deadline < today,
        str(ADOPTIONS[Adoption.State(stands.adoption.state)]) if stands.adoption else "", stands.published,
        stands.questions, stands.plans > 1, bool(plan and plan.demo),
    )  # fmt: skip


def parameters(wish: Wish) -> str:
    """A wish as an address says it."""
    return urlencode(_said(wish))


def _said(wish: Wish) -> dict[str, str]:
    """What is asked for, by name; what is usual is left out."""
    assumed = review_load()
    values = {
        "dgo": wish.dgo, "region": wish.region, "state": wish.state, "due": "" if wish.year is None else wish.year,
        "sort": "" if wish.sort == "due" else wish.sort, "desc": "1" if wish.descending else "",
        "capacity": "" if wish.capacity == assumed["capacity"].value else wish.capacity,
        "lead": "" if wish.lead == assumed["lead-months"].value else wish.lead,
    }  # fmt: skip
    return {name: str(value) for name, value in values.items() if value}


def _ordered(lines: Iterable[Line], wish: Wish) -> list[Line]:
    """What is not known stands last in either direction; equal ones in order of name."""
    states = [_state_name(state) for state in State]
    keys: dict[str, Callable[[Line], Any]] = {
        "name": lambda each: alphabetical(each.name),
        "due": lambda each: each.due,
        "state": lambda each: states.index(each.state) if each.state else None,
        "adoption": lambda each: each.adoption or None,
        "published": lambda each: each.published,
        "questions": lambda each: each.questions or None,
    }
    key = keys[wish.sort]
    by_name = sorted(lines, key=lambda each: alphabetical(each.name))
    known = sorted((each for each in by_name if key(each) is not None), key=key, reverse=wish.descending)
    return known + [each for each in by_name if key(each) is None]


def _column(key: str, wish: Wish) -> Column:
    labels = {
        "name": _("Municipality"), "due": _("Due by"), "state": _("Case"), "adoption": _("Council"),
        "published": _("Last published"), "questions": _("Open questions"),
    }  # fmt: skip
    sorted_now = wish.sort == key
    asked = replace(wish, sort=key, descending=sorted_now and not wish.descending)
    direction = ("descending" if wish.descending else "ascending") if sorted_now else "none"
    url = f"{reverse('certification-overview')}?{parameters(asked)}#municipalities"
    return Column(key, labels[key], "", url, direction)


def _groups(rows: Iterable[Stands], kind: str) -> dict[str, str]:
    """The groups of a kind that are met, by slug, in order of name."""
    met = {each.slug: each.name(language()) for row in rows if (each := getattr(row, kind)) is not None}
    return dict(sorted(met.items(), key=lambda item: alphabetical(item[1])))


def _years(rows: Iterable[Stands]) -> list[int]:
    return sorted({row.due.day.year for row in rows if row.due})


def _slug(group: Any) -> str | None:
    return group.slug if group else None


def _state(stands: Stands) -> str | None:
    """Of a case that is closed to the reader nothing is said, not even that there is none."""
    if stands.closed:
        return None
    return stands.case.state if stands.case else NO_CASE


def _state_name(state: State) -> str:
    return read(STATE_NAMES[state])
