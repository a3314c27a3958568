"""Reading what was said of criteria, each by somebody who may see it: scores are shown when they have been sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.domain.certification.agreement import Agreement, agreement
from klimaplan.domain.certification.workflow import State
from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.certification.models import Case, Commitment, Question, ReviewerScore, SelfScore, StepTaken
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import on_day
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.evidence.selectors import Download
from klimaplan.web.plans.evidence.sniffing import MEDIA, FileKind
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a case, as far as a person may see it, by criterion.

    Parameters
    ----------
    scores : the last score that counts; of a second reviewer their own
    """

    own: dict[str, SelfScore] = field(default_factory=dict)
    scores: dict[str, ReviewerScore] = field(default_factory=dict)
    questions: dict[str, list[Question]] = field(default_factory=dict)


def said_of(user: User, case: Case) -> Said:
    """Everything that was said of the criteria of a case."""
    rows = ReviewerScore.objects.filter(case=case).select_related("reviewer").order_by("round")
    if user == case.second_reviewer:
        rows = rows.filter(reviewer=user)
    else:
        rows = rows.filter(reviewer=case.reviewer)
        if not judges_here(user, case.plan.organisation):
            rows = rows.filter(round__lte=rounds_sent(case))
    asked: dict[str, list[Question]] = {}
    for each in questions_of(user, case):
        asked.setdefault(each.criterion, []).append(each)
    own = SelfScore.objects.filter(case=case).select_related("by")
    return Said({each.criterion: each for each in own}, {each.criterion: each for each in rows}, asked)


def questions_of(user: User, case: Case) -> QuerySet[Question]:
    """The questions a person may see; a second reviewer, who scores blind, sees those that were sent."""
    found = cases.questions(user, case)
    return found.filter(round__lte=rounds_sent(case)) if user == case.second_reviewer else found


def rounds_sent(case: Case) -> int:
    """The last round of which the municipality has been told."""
    current = int(case.round)
    return current - 1 if State(case.state) is State.REVIEW else current


def judges_here(user: User, organisation: Organisation) -> bool:
    """Whether a person reviews or signs for this municipality."""
    return any(
        decide(user, permission, organisation=organisation, state=PlanState.SUBMITTED).allowed
        for permission in (Permission.PLAN_ASSESS, Permission.PLAN_SIGN)
    )


def colleagues(case: Case) -> list[User]:
    """The reviewers who could take a case: free of conflict, and not those who have it."""
    held = RoleAssignment.objects.filter(on_day(timezone.localdate()), role="reviewer", user__is_active=True)
    people = {each.user.pk: each.user for each in held.select_related("user").order_by("user__name", "user_id")}
    return [
        each for each in people.values()
        if each not in (case.reviewer, case.second_reviewer) and decide(
            each, Permission.PLAN_ASSESS, organisation=case.plan.organisation, state=PlanState.SUBMITTED
        ).allowed
    ]  # fmt: skip


def agreement_of(user: User, case: Case) -> Agreement | None:
    """How far the two reviewers of a case agree, for reviewers, once both have scored; None before."""
    both = cases.blind_scores(case, case.round) if judges_here(user, case.plan.organisation) else None
    return None if both is None else agreement(*both)


def steps_of(case: Case) -> list[StepTaken]:
    """What has happened, first to last."""
    found = StepTaken.objects.filter(case=case).select_related("by", "version").defer("version__content")
    return list(found.order_by("number"))


def handed_in_before(case: Case) -> PlanVersion | None:
    """The version of the round before this one; None where it is the same, or there was none."""
    taken = StepTaken.objects.filter(case=case, step__in=("submit", "answer"), version__isnull=False)
    numbers = [each.version for each in taken.select_related("version").order_by("-number")]
    return next((each for each in numbers if each is not None and each != case.version), None)


def document(case: Case, digest: str) -> Download:
    """A file that the version of a case names as evidence, or a letter of commitment; for who may read the case.

    Raises
    ------
    UnknownCodeError : the case has no such file
    InputError : the bytes are gone or changed
    """
    if digest not in digests_in(case):
        return letter_of(case.plan, digest)
    found = EvidenceFile.objects.filter(plan=case.plan, sha256=digest).first()
    return _fetched(found, digest)


def letter_of(plan: Plan, digest: str) -> Download:
    """The letter of commitment of a municipality, for who may read its plan or its case.

    Raises
    ------
    UnknownCodeError : there is none like it
    InputError : the bytes are gone or changed
    """
    letters = Commitment.objects.filter(organisation=plan.organisation, document__sha256=digest)
    letter = letters.select_related("document").first()
    return _fetched(letter.document if letter else None, digest)


def _fetched(found: EvidenceFile | None, digest: str) -> Download:
    if found is None:
        raise UnknownCodeError(Finding(
            "evidence-unknown", digest[:12],
            Text("Sagen har ingen sådan fil.", "The case has no such file."), Text("", ""),
            Text("Vælg en fra listen.", "Choose one from the list."),
        ))  # fmt: skip
    return Download(found.name, MEDIA[FileKind(found.kind)], store.fetch(found.sha256))


def digests_in(case: Case) -> set[str]:
    """The files that the version of a case names."""
    if case.version is None:
        return set()
    return {part["content"]["file"] for part in case.version.content["parts"] if part["kind"] == "evidence"}
