"""The cases of a plan, the letter of commitment and the decisions of the council, with the secretary's forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.adoption import services
from klimaplan.web.certification.adoption.services import Decided
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.certification.cases import services as case_services
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages import words
from klimaplan.web.certification.pages.case.steps import no_day, too_long
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.services import too_large
from klimaplan.web.plans.models import Plan
from klimaplan.web.workspace.evidence.page import megabytes
from klimaplan.web.workspace.fields import Field, last, with_errors
from klimaplan.web.workspace.plan_page import Frame, frame_of

ADOPTION = ("version", "state", "on", "case_number", "minutes", "amendments")
COMMITMENT = ("signed_on", "case_reference", "document")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in the list of a plan."""

    key: int
    state: str
    opened: object
    deadline: date | None
    version: int | None
    certificate: str
    open: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision of the council."""

    state: str
    on: date | None
    version: int
    case_number: str
    minutes: str
    amendments: str
    by: str


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter of commitment; its file is fetched from a case of the plan, or from the evidence of the plan."""

    on: date
    case_reference: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Everything on the page."""

    frame: Frame
    cases: tuple[CaseLine, ...]
    may_open: bool
    decisions: tuple[DecisionLine, ...]
    letters: tuple[LetterLine, ...]
    adoption: tuple[Field, ...]
    commitment: tuple[Field, ...]
    may_record: bool
    most: str
    file_error: str
    rest: tuple[str, ...]

    @property
    def wrong(self) -> list[Field]:
        own = [Field("file", _("The letter as a file"), "line", error=self.file_error)] if self.file_error else []
        return [*own, *(each for each in (*self.adoption, *self.commitment) if each.error)]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came with a form."""

    content: bytes | None = None
    name: str = ""
    oversized: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that was opened, or what was refused; neither where something was recorded."""

    case: Case | None = None
    refused: tuple[Finding, ...] = ()


def decisions_page(
    user: User, plan: Plan, posted: Mapping[str, Any] | None = None, refused: tuple[Finding, ...] = ()
) -> DecisionsPage:
    """The page, with what was typed and why it was refused."""
    asked, frame = posted or {}, frame_of(user, plan)
    which = last(asked, "do")
    found = list(cases.cases_of(plan))
    may = decide(
        user, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=PlanState(plan.state)
    ).allowed
    placed = [_placed(each, which) for each in refused if each.place != "file"]
    adoption, rest = with_errors(_adoption(user, plan, asked), placed)
    commitment, rest = with_errors(_commitment(plan, asked), rest)
    opens = decide(user, Permission.PLAN_SUBMIT, organisation=plan.organisation, state=PlanState.DRAFT).allowed
    return DecisionsPage(
        frame, tuple(_case(each) for each in found),
        opens and plan.variant_of is None and cases.open_case(plan) is None,
        tuple(_decision(each) for each in cases.adoptions_of(plan)),
        tuple(_letter(each) for each in cases.commitments_of(plan.organisation)),
        tuple(adoption), tuple(commitment), may, megabytes(store.largest()),
        " ".join(words.said(each) for each in refused if each.place == "file"),
        tuple(words.said(each) for each in rest),
    )  # fmt: skip


def act(user: User, plan: Plan, posted: Mapping[str, Any], sent: Sent) -> Outcome:
    """Open a case, or record what the council decided."""
    do = last(posted, "do")
    try:
        if do == "open":
            return Outcome(case_services.open_case(plan=plan, by=user))
        if do == "commitment":
            _record_commitment(user, plan, posted, sent)
        else:
            _record_adoption(user, plan, posted)
    except InputError as found:
        return Outcome(refused=found.findings)
    return Outcome()


def _record_adoption(user: User, plan: Plan, posted: Mapping[str, Any]) -> None:
    said = {name: last(posted, f"adoption.{name}").replace("\r\n", "\n").strip() for name in ADOPTION}
    version = int(said["version"]) if re.fullmatch(r"\d{1,9}", said["version"]) else -1
    on, faults = _day(said["on"], "on")
    if len(said["amendments"]) > LONGEST:
        faults = (*faults, too_long("amendments", LONGEST))
    decided = Decided(version, said["state"], on, said["case_number"], said["minutes"], said["amendments"])
    services.record_adoption(plan=plan, decided=decided, by=user, unread=faults)


def _record_commitment(user: User, plan: Plan, posted: Mapping[str, Any], sent: Sent) -> None:
    said = {name: last(posted, f"commitment.{name}").strip() for name in COMMITMENT}
    signed_on, faults = _day(said["signed_on"], "signed_on")
    if signed_on is None and not faults:
        faults = (no_day("signed_on"),)
    if sent.oversized:
        faults = (*faults, too_large())
    letter = plans.files(plan).filter(sha256=said["document"]).first() if said["document"] else None
    services.record_letter(
        plan=plan, signed_on=signed_on, case_reference=said["case_reference"], document=letter,
        content=sent.content, name=sent.name, by=user, unread=faults,
    )  # fmt: skip


def _day(text: str, place: str) -> tuple[date | None, tuple[Finding, ...]]:
    try:
        return (date.fromisoformat(text) if text else None), ()
    except ValueError:
        return None, (no_day(place),)


def _placed(finding: Finding, which: str) -> Finding:
    """A finding at the field of the form it was typed in."""
    names = {"adoption-before-plan": "version", "adoption-state-unknown": "state"}
    name = names.get(finding.code, finding.place)
    return Finding(finding.code, f"!{which}.{name}", finding.what, finding.why, finding.remedy)


def _adoption(user: User, plan: Plan, asked: Mapping[str, Any]) -> Iterator[Field]:
    versions = tuple(
        (str(each.number), _("Version %(number)d %(name)s") % {"number": each.number, "name": each.name})
        for each in plans.versions(user, plan)
    )
    states = (("", "–"), *((code, str(name)) for code, name in words.DECISIONS.items()))

    def field(name: str, label: str, shape: str = "line", hint: str = "", **more: Any) -> Field:
        return Field(f"adoption.{name}", label, shape, last(asked, f"adoption.{name}"), hint, **more)

    yield field("version", _("Version the council decided about"), "select", choices=versions, required=True)
    yield field("state", _("Decision"), "select", choices=states, required=True)
    yield field("on", _("Day of the meeting"), "day", _("Empty while it awaits a decision."))
    yield field("case_number", _("Case number"), hint=_("As it stands on the agenda."))
    yield field("minutes", _("Address of the minutes"), hint=_("Begins with https. May be empty."))
    yield field("amendments", _("Amendments"), "long", _("What the council changed. May be empty."))


def _commitment(plan: Plan, asked: Mapping[str, Any]) -> Iterator[Field]:
    files = (("", "–"), *((each.sha256, each.name) for each in plans.files(plan)))

    def field(name: str, label: str, shape: str = "line", hint: str = "", **more: Any) -> Field:
        return Field(f"commitment.{name}", label, shape, last(asked, f"commitment.{name}"), hint, **more)

    yield field("signed_on", _("Signed on"), "day", required=True)
    yield field("case_reference", _("Case number"), hint=_("As it stands on the agenda."), required=True)
    if len(files) > 1:
        yield field("document", _("A file that the plan has already"), "select", choices=files)


def _case(case: Case) -> CaseLine:
    made = getattr(case, "certificate", None)
    return CaseLine(
        case.pk, words.state_name(case.state), case.opened_at, case.deadline,
        case.version.number if case.version else None, made.sha256 if made else "",
        case.state not in ("certified", "withdrawn"),
    )  # fmt: skip


def _decision(made: Any) -> DecisionLine:
    return DecisionLine(
        str(words.DECISIONS[made.state]), made.decided_on, made.version.number, made.case_number, made.minutes,
        made.amendments, made.recorded_by.name if made.recorded_by else "",
    )  # fmt: skip


def _letter(made: Any) -> LetterLine:
    return LetterLine(made.signed_on, made.case_reference, made.document.name, made.document.sha256)
