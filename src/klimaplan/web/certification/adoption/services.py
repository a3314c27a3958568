"""What can be recorded of a council: the commitment before a plan, and what it decided about a version of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.audit.services import record
from klimaplan.web.certification.models import Adoption, Commitment
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.services import shown_name, too_large
from klimaplan.web.plans.evidence.sniffing import sniff
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from klimaplan.web.plans.writes.services import locked, once

LONGEST_REFERENCE = 80
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """What the council decided.

    Parameters
    ----------
    version : number of the version it decided about
    on : the day of the meeting; None while it is pending
    minutes : address of the minutes
    """

    version: int
    state: str
    on: date | None = None
    case_number: str = ""
    minutes: str = ""
    amendments: str = ""


@once
def record_adoption(
    *, plan: Plan, decided: Decided, by: User, why: str = "", unread: tuple[Finding, ...] = (),
    idempotency_key: str = "",
) -> Adoption:  # fmt: skip
    """What the council decided about a version; independent of where its certification stands.

    Parameters
    ----------
    unread : what could not be read of a form, to be told with everything else

    Raises
    ------
    NotAllowed
    InputError : there is no such version yet, a date, case number or address is missing or cannot be; all at once
    """
    plan = locked(plan)
    require(by, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=PlanState(plan.state))
    version = PlanVersion.objects.filter(plan=plan, number=decided.version).first()
    # a day that could not be read is not also missing
    told = {each.place for each in unread}
    faults = [*unread, *(each for each in _faults(decided, version) if each.place not in told)]
    if faults or version is None:
        raise InputError(faults)
    made = Adoption.objects.create(
        plan=plan, version=version, state=decided.state, decided_on=decided.on, case_number=decided.case_number.strip(),
        minutes=decided.minutes.strip(), amendments=decided.amendments.strip(), recorded_by=by,
        recorded_at=timezone.now(),
    )  # fmt: skip
    record(
        by=by, what="adoption.recorded", object_kind="adoption", object_key=str(made.pk), why=why,
        organisation=plan.organisation.slug,
        after={"version": version.number, "state": made.state, "on": made.decided_on, "case": made.case_number,
               "minutes": made.minutes, "amendments": made.amendments},
    )  # fmt: skip
    return made


@once
def record_commitment(  # what a commitment is made of
    *, plan: Plan, signed_on: date, case_reference: str, document: EvidenceFile | None, by: User, why: str = "",
    idempotency_key: str = "",
) -> Commitment:  # fmt: skip
    """The letter signed by mayor and council, which must be among the plan's files.

    Raises
    ------
    NotAllowed
    InputError : the document or the reference is missing, or the day lies ahead; all at once
    """
    plan = locked(plan)
    require(by, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=PlanState(plan.state))
    faults = []
    if document is None or document.plan.organisation != plan.organisation:
        faults.append(_document_missing())
    if not case_reference.strip() or len(case_reference) > LONGEST_REFERENCE:
        faults.append(_reference("case_reference"))
    if signed_on > timezone.localdate():
        faults.append(_ahead("signed_on"))
    if faults or document is None:
        raise InputError(faults)
    made = Commitment.objects.create(
        organisation=plan.organisation, signed_on=signed_on, case_reference=case_reference.strip(), document=document,
        recorded_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    record(
        by=by, what="commitment.recorded", object_kind="commitment", object_key=str(made.pk), why=why,
        organisation=plan.organisation.slug,
        after={"on": signed_on, "case": made.case_reference, "document": document.sha256},
    )  # fmt: skip
    return made


@once
def record_letter(  # noqa: PLR0913  # what a letter and its file are made of
    *, plan: Plan, signed_on: date | None, case_reference: str, document: EvidenceFile | None, content: bytes | None,
    name: str, by: User, unread: tuple[Finding, ...] = (), idempotency_key: str = "",
) -> Commitment:  # fmt: skip
    """A commitment with the letter handed in beside it, or one of the plan's files.

    Parameters
    ----------
    unread : what could not be read of a form, to be told with everything else

    Raises
    ------
    NotAllowed, InputError
    """
    require(by, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=PlanState(plan.state))
    if content is not None and not unread:
        document = _kept(plan, content, name, by)
    if unread or signed_on is None:
        faults = list(unread)
        if document is None and content is None:
            faults.append(_document_missing())
        if not case_reference.strip() or len(case_reference) > LONGEST_REFERENCE:
            faults.append(_reference("case_reference"))
        raise InputError(faults)
    return record_commitment(
        plan=plan, signed_on=signed_on, case_reference=case_reference, document=document, by=by
    )  # fmt: skip


def _kept(plan: Plan, content: bytes, name: str, by: User) -> EvidenceFile:
    """A letter among the files of the plan; it is evidence of the municipality and no part of the plan."""
    if len(content) > store.largest():
        raise InputError(too_large())
    kind = sniff(content)
    digest, scanned = store.keep(content)
    found = EvidenceFile.objects.filter(plan=plan, sha256=digest).first()
    return found or EvidenceFile.objects.create(
        plan=plan, sha256=digest, kind=str(kind), size=len(content), name=shown_name(name), scanned=scanned, by=by,
        at=timezone.now(),
    )  # fmt: skip


def _faults(decided: Decided, version: PlanVersion | None) -> list[Finding]:
    found = []
    if version is None or version.state == PlanVersion.State.DRAFT:
        found.append(_no_plan(decided.version))
    if decided.state not in Adoption.State.values:
        found.append(_no_state(decided.state))
    if decided.state != Adoption.State.PENDING:
        if decided.on is None:
            found.append(_day_missing())
        elif decided.on > timezone.localdate():
            found.append(_ahead("on"))
        if not decided.case_number.strip() or len(decided.case_number) > LONGEST_REFERENCE:
            found.append(_reference("case_number"))
    elif decided.on is not None:
        found.append(_pending_with_day())
    if decided.minutes.strip() and not _is_address(decided.minutes.strip()):
        found.append(_address())
    return found


def _is_address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and bool(parts.hostname) and len(text) <= LONGEST_ADDRESS


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, Text("Intet er ændret.", "Nothing was changed."), remedy)


def _no_plan(number: int) -> Finding:
    return _finding(
        "adoption-before-plan", str(number),
        Text("Der er ingen fast version at vedtage.", "There is no fixed version to adopt."),
        Text("Gem planen som en navngiven version først, og vælg den.",
             "Keep the plan as a named version first, and choose that."),
    )  # fmt: skip


def _no_state(state: str) -> Finding:
    return _finding(
        "adoption-state-unknown", state or "∅",
        Text("Beslutningen er ikke en af dem, der findes.", "The decision is none of those there are."),
        Text("Vælg vedtaget, vedtaget i princippet eller afventer.",
             "Choose adopted, adopted in principle or pending."),
    )  # fmt: skip


def _day_missing() -> Finding:
    return _finding(
        "decision-day-missing", "on",
        Text("Mødets dag mangler.", "The day of the meeting is missing."),
        Text("Skriv dagen, eller vælg »afventer«.", "Write the day, or choose “pending”."),
    )  # fmt: skip


def _pending_with_day() -> Finding:
    return _finding(
        "decision-pending-with-day", "on",
        Text("En beslutning, der afventer, har ingen dag.", "A pending decision has no day."),
        Text("Lad dagen stå tom, eller vælg en beslutning.", "Leave the day empty, or choose a decision."),
    )  # fmt: skip


def _ahead(place: str) -> Finding:
    return _finding(
        "decision-day-ahead", place,
        Text("Dagen ligger efter i dag.", "The day lies after today."),
        Text("Skriv det, når det er besluttet.", "Record it once it is decided."),
    )  # fmt: skip


def _reference(place: str) -> Finding:
    return _finding(
        "case-number-not-usable", place,
        Text(f"Sagsnummeret skal have 1 til {LONGEST_REFERENCE} tegn.",
             f"The case number must have 1 to {LONGEST_REFERENCE} characters."),
        Text("Skriv det, som det står i dagsordenen.", "Write it as it stands on the agenda."),
    )  # fmt: skip


def _address() -> Finding:
    return _finding(
        "minutes-not-an-address", "minutes",
        Text("Referatets adresse kan ikke bruges.", "The address of the minutes cannot be used."),
        Text("Indsæt en adresse, der begynder med https.", "Paste an address that begins with https."),
    )  # fmt: skip


def _document_missing() -> Finding:
    return _finding(
        "document-missing", "document",
        Text("Brevet mangler.", "The letter is missing."),
        Text("Vedhæft det underskrevne brev, og vælg det her.", "Attach the signed letter, and choose it here."),
    )  # fmt: skip
