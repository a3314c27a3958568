"""The page of the overview: the calendar, where cases wait, what reviewers can expect, and every municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.domain.certification import forecast
from klimaplan.domain.certification.forecast import Expected, Quarter
from klimaplan.domain.certification.waiting import where
from klimaplan.domain.certification.workflow import OWNER, STATE_NAMES, Actor, State
from klimaplan.reference.way_tables import review_load
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.overview import files, selectors, table
from klimaplan.web.certification.overview.circle import Circle
from klimaplan.web.certification.overview.selectors import Everything, Stands
from klimaplan.web.certification.overview.table import Table, Wish
from klimaplan.web.config.errors import language
from klimaplan.web.public.charts import Link
from klimaplan.web.workspace.wording import read

FULL = 100.0
SOON_DAYS = 365


@dataclass(frozen=True, slots=True)
class Bar:
    """A number as a bar beside its label; `width` is of 100."""

    label: str
    value: int
    width: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Due days by quarter, as bars, and by year as a table.

    Parameters
    ----------
    upper_ends : how many of the days are upper ends only
    """

    bars: list[Bar]
    years: list[tuple[int, list[int], int]]
    upper_ends: int
    count: int


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state with how many cases stand there, the longest wait, and what it usually takes."""

    state: str
    name: str
    turn: str
    cases: int
    longest: int | None
    who: str
    median: str
    ended: int


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A quarter of the forecast."""

    quarter: str
    reviews: int
    late: int
    needed: int
    left: int | None
    width: float


@dataclass(frozen=True, slots=True)
class Load:
    """The forecast of reviews with everything it rests on."""

    lines: list[LoadLine]
    sentence: str
    in_hand: int
    reviewers: int | None
    capacity: int
    lead: int
    leads: list[int]
    most: int
    assumed: list[str]


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """Everything on the page."""

    lead: str
    whose: str
    on: date
    calendar: Calendar
    waits: list[str]
    states: list[StateLine]
    load: Load
    table: Table
    second: int
    demo: int
    closed: int
    drafts: bool
    downloads: list[Link]


def overview_page(user: User, circle: Circle, query: Mapping[str, str]) -> OverviewPage:
    """Everything on the page; `InputError` for a choice that does not exist."""
    today = timezone.localdate()
    found = selectors.everything(circle, today)
    rows = found.rows
    wish = table.read_wish(query, rows)
    return OverviewPage(
        lead=_lead(rows, today),
        whose=_whose(rows, circle),
        on=today,
        calendar=_calendar(rows),
        waits=_waits(found, today),
        states=_states(found, today),
        load=_load(rows, wish, circle, today),
        table=table.table(rows, wish, today),
        second=sum(each.plans > 1 for each in rows),
        demo=sum(each.plan is not None and bool(each.plan.demo) and each.case is not None for each in rows),
        closed=sum(each.closed for each in rows),
        drafts=circle.drafts,
        downloads=files.links(wish),
    )


def _lead(rows: Sequence[Stands], today: date) -> str:
    """How many plans are late, and how many will soon be due."""
    days = [(each.due.day - today).days for each in rows if each.due]
    late, soon = sum(day < 0 for day in days), sum(0 <= day <= SOON_DAYS for day in days)
    words = {"late": late, "soon": soon, "all": len(rows)}
    return _(
        "Of %(all)d municipalities, %(late)d should have revised their plan already, and %(soon)d are to do so within "
        "a year."
    ) % words  # fmt: skip


def _whose(rows: Sequence[Stands], circle: Circle) -> str:
    if circle.whole:
        return _("You see all municipalities of the country.")
    names = sorted({each.dgo.name(language()) for each in rows if each.dgo})
    return _("You see the municipalities of %(names)s.") % {"names": ", ".join(names)}


def _calendar(rows: Iterable[Stands]) -> Calendar:
    due = [(each.due.day, each.first) for each in rows if each.due]
    quarters = forecast.by_quarter(day for day, _first in due)
    highest = max(quarters.values(), default=1)
    years = sorted({quarter.year for quarter in quarters})
    return Calendar(
        [Bar(quarter_words(each), number, FULL * number / highest) for each, number in quarters.items()],
        [
            (year, [quarters.get(Quarter(year, number), 0) for number in (1, 2, 3, 4)],
             sum(number for each, number in quarters.items() if each.year == year))
            for year in years
        ],
        sum(first is not None for _day, first in due), len(due),
    )  # fmt: skip


def quarter_words(quarter: Quarter) -> str:
    """A quarter as people say it."""
    return _("quarter %(number)d, %(year)d") % {"number": quarter.number, "year": quarter.year}


def turn_words(state: State) -> str:
    """Whom a case in a state waits for."""
    return {
        Actor.MUNICIPALITY: _("the municipality"), Actor.REVIEWER: _("a reviewer"),
        Actor.SIGNATORY: _("the signatory of C40"),
    }[OWNER[state] or Actor.MUNICIPALITY]  # fmt: skip


def _waits(found: Everything, today: date) -> list[str]:
    """A sentence for each state in which somebody waits, the longest wait first."""
    known = [(each, each.longest_days) for each in where(found.stays, today).values() if each.longest_days is not None]
    said = [
        ngettext(
            "%(count)d plan in “%(state)s” waits for %(who)s; it has waited %(days)s.",
            "%(count)d plans in “%(state)s” wait for %(who)s; the oldest has waited %(days)s.",
            len(each.cases),
        )
        % {
            "count": len(each.cases), "state": read(STATE_NAMES[each.state]), "who": turn_words(each.state),
            "days": days_words(longest),
        }
        for each, longest in sorted(known, key=lambda stands: -stands[1])
    ]  # fmt: skip
    late = sum(
        row.case is not None and row.case.deadline is not None and row.case.deadline < today for row in found.rows
    )
    if late:
        said.append(
            ngettext("%(count)d case is past its deadline.", "%(count)d cases are past their deadline.", late)
            % {"count": late}
        )
    return said


def days_words(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def _states(found: Everything, today: date) -> list[StateLine]:
    names = {row.case.pk: selectors.short_name(row.organisation) for row in found.rows if row.case}
    return [
        StateLine(
            str(state), read(STATE_NAMES[state]), turn_words(state), len(each.cases), each.longest_days,
            names.get(each.cases[0], "") if each.cases else "", _median(each.median_days), each.ended,
        )
        for state, each in where(found.stays, today).items()
    ]  # fmt: skip


def _median(days: float | None) -> str:
    """Half days are met where two stays stand in the middle."""
    if days is None:
        return ""
    text = f"{days:g}"
    return text.replace(".", ",") if language() == "da" else text


def _load(rows: Sequence[Stands], wish: Wish, circle: Circle, today: date) -> Load:
    """The forecast; how much is left at the end is said only of the whole country, which all reviewers share."""
    in_hand = sum(each.case is not None and State(each.case.state) in selectors.IN_HAND for each in rows)
    reviewers = selectors.reviewers_on(today) if circle.whole else None
    coming = forecast.expected(
        [each.due.day for each in rows if each.due and not each.is_handed_in], lead_months=wish.lead, today=today,
        in_hand=in_hand, reviewers=reviewers, capacity=wish.capacity,
    )  # fmt: skip
    highest = max((each.reviews for each in coming), default=0) or 1
    return Load(
        [
            LoadLine(
                quarter_words(each.quarter), each.reviews, each.late, each.reviewers(wish.capacity), each.left,
                FULL * each.reviews / highest,
            )
            for each in coming
            if circle.whole or each.reviews or each is coming[0]
        ],
        _peak(coming, wish), in_hand, reviewers, wish.capacity, wish.lead, list(table.LEADS), table.MOST_CAPACITY,
        [
            _("%(what)s We reckon with %(value)d; low %(low)d, high %(high)d.")
            % {"what": read(each.note), "value": each.value, "low": each.low, "high": each.high}
            for each in review_load().values()
        ],
    )  # fmt: skip


def _peak(coming: Sequence[Expected], wish: Wish) -> str:
    """The quarter with most to review, and how many people it takes."""
    most = max(coming, key=lambda each: each.reviews)
    if not most.reviews:
        return _("No plan is expected for review.")
    words = {
        "reviews": most.reviews, "quarter": quarter_words(most.quarter), "people": most.reviewers(wish.capacity),
        "capacity": wish.capacity,
    }  # fmt: skip
    return _(
        "Most plans, %(reviews)d, are expected in %(quarter)s. At %(capacity)d plans a reviewer that takes "
        "%(people)d reviewers."
    ) % words  # fmt: skip


def trail() -> list[Link]:
    """The way to a page below the overview."""
    return [Link(reverse("work"), _("My work")), Link(reverse("certification-overview"), _("Overview of the plans"))]


def open_trail() -> list[Link]:
    return [Link(reverse("programme"), _("The programme"))]
