"""The self-assessment: each criterion with what a machine sees, where that stands, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.domain.assessment.assess import Assessed, Assessment
from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.assessment.evidence import Pointer
from klimaplan.domain.assessment.result import Verdict
from klimaplan.domain.assessment.rules import RULES
from klimaplan.domain.errors import Text
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.assessing import bridge
from klimaplan.web.certification.assessing.wording import (
    CONFIDENCE,
    FILTERS,
    FOUND,
    KEPT,
    SHOWN,
    VERDICTS,
    WEIGHTS,
    WRITTEN_AT,
)
from klimaplan.web.plans.contents.kinds import KINDS
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace import part_page
from klimaplan.web.workspace.groundwork import MATRICES
from klimaplan.web.workspace.plan_page import Frame, frame_of
from klimaplan.web.workspace.wording import read


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of evidence: what it says, the page it stands on, and what it lacks."""

    label: str
    url: str = ""
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion."""

    id: str
    wording: str
    asked_for: str
    verdict: Verdict
    word: str
    why: str
    remedy: str
    weight: str
    evidence: tuple[Link, ...]
    where: Link | None
    rule: str
    basis: str
    earlier: str


@dataclass(frozen=True, slots=True)
class Component:
    """The criteria under one heading."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many criteria a verdict has, and the filter that shows them."""

    verdict: Verdict
    word: str
    number: int


@dataclass(frozen=True, slots=True)
class AssessmentPage:
    """Everything on the page.

    Parameters
    ----------
    sets : slug and name of every set of criteria
    reservation : what to say of a set that is not official; empty for one that is
    """

    frame: Frame
    sentence: str
    overall: str
    on: date
    sets: tuple[tuple[str, str], ...]
    chosen: str
    name: str
    reservation: str
    counts: tuple[Count, ...]
    filters: tuple[tuple[str, str], ...]
    show: str
    components: tuple[Component, ...]
    shown: int
    count: int


def assessment_page(user: User, plan: Plan, query: Mapping[str, str]) -> AssessmentPage:
    """The plan as it is now, against the set that is asked for or in force today.

    Raises
    ------
    UnknownCodeError : there is no such set
    """
    today = timezone.localdate()
    wanted = load.criteria_set(query["set"]) if query.get("set") else load.set_in_force(today)
    held = bridge.assessment(plan, wanted, today)
    show = query.get("show", "")
    if show not in SHOWN:
        show = ""
    kept = [row for row in held.rows if row.counted_as in KEPT[show]]
    by_component = {code: [row for row in kept if row.criterion.component == code] for code in wanted.components}
    return AssessmentPage(
        frame=frame_of(user, plan),
        sentence=_sentence(held),
        overall="" if held.overall is None else str(VERDICTS[held.overall]),
        on=today,
        sets=tuple((each.slug, _named(each.name, official=each.official)) for each in load.criteria_sets().values()),
        chosen=wanted.slug,
        name=read(wanted.name),
        reservation="" if wanted.official else read(wanted.reservation),
        counts=tuple(Count(verdict, str(word), held.counts[verdict]) for verdict, word in VERDICTS.items()
                     if held.counts[verdict] or verdict is not Verdict.NOT_APPLICABLE),
        filters=tuple((code, str(word)) for code, word in FILTERS.items()),
        show=show,
        components=tuple(
            Component(code, read(wanted.components[code]), tuple(_row(plan, wanted, row) for row in rows))
            for code, rows in by_component.items() if rows
        ),
        shown=len(kept),
        count=len(held.rows),
    )  # fmt: skip


def _named(name: Text, *, official: bool) -> str:
    said = read(name)
    return said if official else _("%(name)s (unofficial)") % {"name": said}


def _sentence(held: Assessment) -> str:
    """The answer to *are we ready?* in one sentence, with what is left."""
    counts, whole = held.counts, len(held.rows)
    missing = counts[Verdict.NOT_MET] + counts[Verdict.PARTIAL]
    numbers = {"met": counts[Verdict.MET], "whole": whole, "missing": missing, "person": counts[Verdict.NEEDS_PERSON]}
    if missing:
        return (
            ngettext(
                "Of %(whole)d demands %(met)d are met, %(missing)d lacks something, and %(person)d are for a person to "
                "judge.",
                "Of %(whole)d demands %(met)d are met, %(missing)d lack something, and %(person)d are for a person to "
                "judge.",
                missing,
            )
            % numbers
        )
    if counts[Verdict.NEEDS_PERSON]:
        return (
            _(
                "A machine finds nothing missing: %(met)d of %(whole)d demands are met, and %(person)d are for a "
                "person to judge."
            )
            % numbers
        )
    return _("All %(whole)d demands are met, as far as a machine can see.") % numbers


def _row(plan: Plan, criteria_set: CriteriaSet, row: Assessed) -> Row:
    criterion, result = row.criterion, row.result
    rule = RULES.get(criterion.rule)
    return Row(
        id=criterion.id,
        wording=read(criterion.wording),
        asked_for=read(criterion.asked_for),
        verdict=row.counted_as,
        word=str(FOUND if row.person_judges_rest else VERDICTS[result.verdict]),
        why=read(result.why),
        remedy=read(result.remedy),
        weight="" if criterion.is_essential else str(WEIGHTS[criterion.weight]),
        evidence=tuple(
            Link(read(each.label), url_of(plan, each.at), ", ".join(read(what) for what in each.lacks))
            for each in result.seen
        ),
        where=_where(plan, criterion.rule) if result.verdict is not Verdict.MET else None,
        rule="" if rule is None else read(rule.name),
        basis="; ".join(_cited(row)),
        earlier=_earlier(criteria_set, criterion.id),
    )


def _earlier(criteria_set: CriteriaSet, code: str) -> str:
    """Which criteria of the set before it one comes from; empty where the set follows none."""
    found = next((each for each in criteria_set.predecessors if each.criterion == code), None)
    if found is None:
        return ""
    name = read(load.criteria_set(criteria_set.follows).name)
    if not found.earlier:
        return _("new: nothing in %(name)s") % {"name": name}
    said = {"name": name, "codes": ", ".join(found.earlier), "how": CONFIDENCE[found.confidence]}
    return _("%(name)s: %(codes)s (%(how)s)") % said


def _cited(row: Assessed) -> Iterator[str]:
    for each in row.criterion.citations:
        title = load.bibliography()[each.source].title
        yield _("%(title)s, p. %(page)s") % {"title": title, "page": each.page} if each.page else title
    yield str(CONFIDENCE[row.criterion.confidence])


def _where(plan: Plan, rule: str) -> Link | None:
    """The page on which what a rule asks for is written down."""
    kind = WRITTEN_AT.get(rule)
    if kind is None:
        return None
    if kind == "action":
        return Link(_("Actions"), reverse("plan", args=[plan.pk]) + "#actions")
    if kind in MATRICES:
        address, name = MATRICES[kind]
        return Link(str(name), reverse(address, args=[plan.pk]))
    page = part_page.page_of(kind, {})
    return Link(str(part_page.HEADINGS[kind]), f"{reverse(page, args=[plan.pk])}#kind-{kind}")


def url_of(plan: Plan, at: Pointer) -> str:
    """The page on which the very thing stands; empty for what has none."""
    match at.kind:
        case "account":
            return reverse("municipality", args=[plan.organisation.code])
        case "pathway":
            return reverse("plan", args=[plan.pk])
        case "action":
            return reverse("plan-action", args=[plan.pk, at.key])
        case kind if kind in KINDS:
            return reverse("plan-part", args=[plan.pk, kind, at.key])
    return ""
