"""The page of a plan: the sentence, the chart, the numbers, the actions and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Severity
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.public.words import SECTORS
from klimaplan.web.workspace import charts, sentences
from klimaplan.web.workspace.listing import VIEWS, Listing, listing, titles_of, wish_of
from klimaplan.web.workspace.rows import table_rows
from klimaplan.web.workspace.wording import STATES, read, tonnes, whole

HEAVIEST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
SHOWN = 5
"""Findings and remainders that stand on the page before *all of them* is opened."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a plan has: whose it is, where it stands, and what the reader may do."""

    pk: int
    title: str
    organisation: str
    state: str
    demo: bool
    is_variant: bool
    may_edit: bool
    may_report: bool
    may_publish: bool
    may_send_links: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the reader's language; `url` leads to the action it speaks of."""

    severity: str
    what: str
    why: str
    remedy: str
    place: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that stands by itself."""

    label: str
    value: str | None
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A stream that still emits when the plan is carried out, and who could remove it."""

    name: str
    tonnes: str | None
    solver: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the page."""

    frame: Frame
    sentence: str
    numbers: tuple[Number, ...]
    figure: SafeString | None
    wedges: SafeString | None
    listing: Listing
    findings: tuple[Line, ...]
    remaining: tuple[Left, ...]
    residual_year: int | None
    changed: tuple[tuple[str, object], ...]

    @property
    def sectors(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in SECTORS.items() if code != "total"]

    @property
    def views(self) -> list[tuple[str, str]]:
        return list(zip(VIEWS, (_("Table"), _("Board"), _("Gantt"), _("Cards")), strict=True))

    @property
    def table_rows(self) -> SafeString:
        return table_rows(self.frame.pk, self.listing, to_pick=self.frame.may_edit)

    @property
    def first_findings(self) -> tuple[Line, ...]:
        return self.findings[:SHOWN]

    @property
    def first_remaining(self) -> tuple[Left, ...]:
        return self.remaining[:SHOWN]

    @property
    def more_remaining(self) -> tuple[Left, ...]:
        return self.remaining[SHOWN:]

    @property
    def more_findings(self) -> tuple[Line, ...]:
        return self.findings[SHOWN:]


def frame_of(user: User, plan: Plan, action: PlanPart | None = None) -> Frame:
    """What the reader may do with the plan, and with the action on whose page it is asked."""
    state = PlanState(plan.state)

    def may(permission: Permission, *, mine: bool = False) -> bool:
        return decide(user, permission, organisation=plan.organisation, state=state, mine=mine).allowed

    may_edit = may(Permission.PLAN_EDIT)
    mine = not may_edit and action is not None and selectors.keeps(user, action)
    return Frame(
        plan.pk,
        plan.title,
        plan.organisation.name(language()),
        str(STATES[plan.state]),
        bool(plan.demo),
        plan.variant_of is not None,
        may_edit,
        may_edit or may(Permission.PLAN_UPDATE_ACTION, mine=mine),
        plan.variant_of is None and may(Permission.PLAN_PUBLISH),
        decide(user, Permission.LINK_SEND, organisation=plan.organisation).allowed,
    )


def plan_page(user: User, plan: Plan, query: Mapping[str, str]) -> PlanPage:
    figures = selectors.outcome(plan)
    frame = frame_of(user, plan)
    left = sorted(figures.remaining, key=lambda each: -each.tonnes)
    shown = listing(plan, figures, wish_of(query))
    return PlanPage(
        frame,
        sentences.lands(figures, frame.organisation, demo=frame.demo),
        tuple(numbers_of(figures)),
        charts.pathway_html(plan, figures),
        charts.wedges_html(plan, figures, shown.titles),
        shown,
        lines_of(plan, figures.findings, shown.titles),
        tuple(Left(read(each.name), whole(each.tonnes), read(each.solver)) for each in left if each.tonnes > 0.5),
        figures.residual_year,
        tuple((event.by_label, event.at) for event in selectors.activity(plan, most=1)),
    )


def numbers_of(figures: Figures) -> list[Number]:
    """The gap in every target year, and what is left in the last year; nothing where errors stand in the way."""
    if not figures.computed:
        return []
    found = []
    for year in sorted(figures.allowed or ()):
        excess = figures.manko_in(year)
        if excess is None:
            continue
        label = _("Gap in %(year)d") % {"year": year}
        note = _("above the target") if excess > 0.0 else _("no gap: below the target")
        found.append(Number(label, tonnes(excess, signed=True), note, "excess" if excess > 0.0 else "met"))
    if figures.residual_year is not None:
        label = _("Left in %(year)d") % {"year": figures.residual_year}
        note = _("taken up: %(amount)s") % {"amount": tonnes(figures.taken_up)}
        found.append(Number(label, tonnes(figures.emitted), note))
    return found


def lines_of(plan: Plan, findings: tuple[Finding, ...], titles: Mapping[str, str] | None = None) -> tuple[Line, ...]:
    """The heaviest first, each with the action it speaks of by its title.

    Parameters
    ----------
    titles : of the actions, where they have been read already
    """
    reader = language()
    if titles is None:
        titles = titles_of(selectors.parts(plan, "action")) if findings else {}
    return tuple(
        Line(
            str(each.severity), each.what.read(reader), each.why.read(reader), each.remedy.read(reader),
            *_where(plan, each.place, titles),
        )
        for each in sorted(findings, key=lambda each: HEAVIEST[each.severity])
    )  # fmt: skip


def action_in(place: str) -> str:
    """The key of the action that a finding speaks of; empty for what is not about one.

    >>> action_in("plan!action a07!lever 1!share"), action_in("plan!target 1")
    ('a07', '')
    """
    steps = [step.removeprefix("action ") for step in place.split("!") if step.startswith("action ")]
    return steps[0] if steps else ""


def _where(plan: Plan, place: str, titles: Mapping[str, str]) -> tuple[str, str]:
    """What a finding is about in words, and the page on which it is mended."""
    key = action_in(place)
    if key in titles:
        return titles[key], reverse("plan-action", args=[plan.pk, key])
    return " › ".join(place.split("!")[1:]), ""
