"""The page of a case: the step line, whose turn it is, the steps one may take, the criteria and what has happened."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimaplan.domain.certification.workflow import State
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.certification.models import Case, Certificate
from klimaplan.web.certification.pages import criteria, words
from klimaplan.web.certification.pages.case import steps
from klimaplan.web.certification.pages.case.steps import Refused, StepForm
from klimaplan.web.certification.pages.criteria import CriterionLine
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.config.errors import language
from klimaplan.web.workspace.wording import read

ASIDE = frozenset({State.REPLY, State.RETURNED, State.WITHDRAWN})
"""Where a case stands only when something came between."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a case has."""

    key: int
    plan: int
    title: str
    organisation: str
    demo: bool
    state: str
    state_name: str
    criteria_name: str
    official: bool
    reservation: str
    reads_plan: bool
    judges: bool
    has_version: bool
    has_earlier: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that was taken, in words."""

    step: str
    state: str
    by: str
    at: datetime
    version: int | None
    deadline: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Component:
    """The criteria under one heading."""

    name: str
    lines: tuple[CriterionLine, ...]


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Who reviews, who could, and how far two agree.

    Parameters
    ----------
    kappa : as text; empty where chance alone explains what both said
    agreed : whole percent of the criteria; None before both are done
    """

    first: str
    second: str
    others: tuple[tuple[int, str], ...]
    agreed: int | None = None
    kappa: str = ""
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page."""

    frame: Frame
    line: tuple[tuple[str, str], ...]
    """Name and ``"done"``, ``"now"`` or ``"ahead"``."""
    turn: str
    mine: bool
    deadline: date | None
    late: bool
    round: int
    version: int | None
    digest: str
    steps: tuple[StepForm, ...]
    rest: tuple[str, ...]
    typed: tuple[str, ...]
    moved_on: bool
    seen: int
    form: str
    components: tuple[Component, ...]
    counts: tuple[tuple[str, int], ...]
    has_scores: bool
    history: tuple[Happened, ...]
    reviewers: Reviewers | None
    certificate: str
    signing: bool
    council: str
    """What the council decided last, in words; empty where it has not."""

    @property
    def wrong(self) -> list[Any]:
        return [field for form in self.steps for field in form.fields if field.error]


def frame_of(user: User, case: Case) -> Frame:
    of = criteria.set_of(case)
    organisation = case.plan.organisation
    reads = decide(user, Permission.PLAN_READ, organisation=organisation, state=PlanState(case.plan.state)).allowed
    return Frame(
        case.pk, case.plan.pk, case.plan.title, organisation.name(language()), bool(case.plan.demo), case.state,
        words.state_name(case.state), read(of.name), of.official, read(of.reservation), reads,
        reviewing.judges_here(user, organisation), case.version is not None,
        reviewing.handed_in_before(case) is not None,
    )  # fmt: skip


def case_page(
    user: User, case: Case, posted: Mapping[str, Any] | None = None, refused: Refused | None = None
) -> CasePage:
    """The page, with what was typed and why a step was refused."""
    frame, said = frame_of(user, case), reviewing.said_of(user, case)
    lines = list(criteria.lines_of(case, said, criteria.machine_of(user, case)))
    shown = tuple(sorted(steps.forms(user, case, posted, refused), key=lambda each: steps.WEIGHTS.index(each.weight)))
    history = tuple(_happened(user, case))
    certificate = Certificate.objects.filter(case=case).first()
    counts = Counter(each.score_code for each in lines if each.score_code)
    return CasePage(
        frame, tuple(_line(case)), words.whose_turn(case), any(each.weight == "primary" for each in shown),
        case.deadline, case.deadline is not None and case.deadline < timezone.localdate(), case.round,
        case.version.number if case.version else None, case.version.sha256 if case.version else "",
        shown, steps.rest_of(refused, shown), steps.typed_without_form(posted or {}, shown) if refused else (),
        refused is not None and refused.moved_on, case.steps_taken, uuid.uuid4().hex, tuple(_components(lines)),
        tuple((str(words.SCORES[code]), counts[code]) for code in words.SCORES if counts[code]),
        any(each.score_code for each in lines), history, _reviewers(user, case) if frame.judges else None,
        certificate.sha256 if certificate else "",
        frame.judges and any(each.step == "sign" for each in shown),
        _council(case),
    )  # fmt: skip


def _line(case: Case) -> Iterator[tuple[str, str]]:
    """The way to the certificate, with the state one is in where it lies aside of it."""
    now = State(case.state)
    way = [each for each in State if each not in ASIDE]
    at = way.index(now) if now in way else way.index(_left(case)) + 1
    if now in ASIDE:
        way.insert(at, now)
    for number, each in enumerate(way):
        if now is State.WITHDRAWN and number > at:
            return
        yield words.state_name(each), "done" if number < at else "now" if number == at else "ahead"


def _left(case: Case) -> State:
    """The state on the way that a case was in before it stood aside."""
    for step in reversed(reviewing.steps_of(case)):
        if (before := State(step.before)) not in ASIDE:
            return before
    return State.SELF_ASSESSMENT


def _components(lines: list[CriterionLine]) -> Iterator[Component]:
    for name in dict.fromkeys(each.component for each in lines):
        yield Component(name, tuple(each for each in lines if each.component == name))


def _happened(user: User, case: Case) -> Iterator[Happened]:
    for each in reviewing.steps_of(case):
        yield Happened(
            words.step_name(each.step), words.state_name(each.after), each.by.name if each.by else "", each.at,
            each.version.number if each.version else None, each.deadline, each.reason,
        )  # fmt: skip


def _council(case: Case) -> str:
    made = cases.adoptions_of(case.plan).first()
    if made is None:
        return ""
    day = f" {date_format(made.decided_on, 'DATE_FORMAT')}" if made.decided_on else ""
    version = _("version %(number)d") % {"number": made.version.number}
    return f"{words.DECISIONS[made.state]}{day}, {version}"


def _reviewers(user: User, case: Case) -> Reviewers | None:
    if case.reviewer is None:
        return None
    may = decide(user, Permission.PLAN_ASSESS, organisation=case.plan.organisation, state=PlanState.SUBMITTED).allowed
    others = tuple((each.pk, each.name) for each in reviewing.colleagues(case)) if may else ()
    found = reviewing.agreement_of(user, case)
    return Reviewers(
        case.reviewer.name, case.second_reviewer.name if case.second_reviewer else "", others,
        round(found.observed * 100) if found else None,
        "" if found is None or found.kappa is None else words.decimal(found.kappa),
        found.differing if found else (),
    )  # fmt: skip
