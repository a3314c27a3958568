"""What can be said of criteria: the municipality's own score, the reviewer's, questions and replies."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from klimaplan.domain.certification.workflow import State
from klimaplan.domain.errors import InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.audit.services import record
from klimaplan.web.certification.cases import findings
from klimaplan.web.certification.cases.facts import criteria_of
from klimaplan.web.certification.models import Case, Question, ReviewerScore, Score, SelfScore
from klimaplan.web.plans.writes.services import locked, once

ASSESSING = (State.SELF_ASSESSMENT, State.DRAFTING, State.REPLY, State.RETURNED)
"""When the municipality may score itself."""


@once
def assess_oneself(
    *, case: Case, criterion: str, score: Score, by: User, argument: str = "", seen: int = 0, idempotency_key: str = ""
) -> SelfScore:
    """The municipality's own score of a criterion.

    Parameters
    ----------
    seen : version of the score that the person saw; 0 where there was none

    Raises
    ------
    NotAllowed, InputError
    """
    case = _locked(case)
    require(by, Permission.PLAN_EDIT, organisation=case.plan.organisation, state=PlanState.DRAFT)
    _require_state(case, ASSESSING, Text("selvvurderingen er lukket.", "the self-assessment is closed."))
    _require_criterion(case, criterion)
    if score in (Score.NOT_MET, Score.NOT_APPLICABLE) and not argument.strip():
        raise InputError(findings.argument_missing(criterion))
    kept = SelfScore.objects.filter(case=case, criterion=criterion).first()
    if seen != (kept.version if kept else 0):
        raise InputError(findings.score_stale(criterion))
    before = None if kept is None else {"score": kept.score, "argument": kept.argument}
    kept = kept or SelfScore(case=case, criterion=criterion, version=0)
    kept.score, kept.argument, kept.by, kept.at = score, argument.strip(), by, timezone.now()
    kept.version += 1
    kept.save()
    _record(case, by, "case.self-assessed", criterion, before, {"score": kept.score, "argument": kept.argument})
    return kept


@once
def score(
    *, case: Case, criterion: str, score: Score, by: User, comment: str = "", argument_accepted: bool = False,
    idempotency_key: str = "",
) -> ReviewerScore:  # fmt: skip
    """A reviewer's score in this round; scoring again in the round replaces it. The log keeps both.

    Raises
    ------
    NotAllowed : no reviewer, or with a conflict
    InputError : it is not under review, or another reviewer has it
    """
    case = _locked(case)
    _require_reviewer(case, by)
    _require_criterion(case, criterion)
    kept = ReviewerScore.objects.filter(case=case, round=case.round, criterion=criterion, reviewer=by).first()
    before = None if kept is None else {"score": kept.score, "comment": kept.comment}
    kept = kept or ReviewerScore(case=case, round=case.round, criterion=criterion, reviewer=by)
    kept.score, kept.comment, kept.at = score, comment.strip(), timezone.now()
    kept.argument_accepted = argument_accepted
    kept.save()
    _record(case, by, "case.scored", criterion, before,
            {"score": kept.score, "comment": kept.comment, "argument_accepted": kept.argument_accepted})  # fmt: skip
    return kept


@once
def ask(*, case: Case, criterion: str, text: str, by: User, idempotency_key: str = "") -> Question:
    """A question about a criterion; the municipality sees it when the questions are sent."""
    case = _locked(case)
    _require_reviewer(case, by, only_first=True)
    _require_criterion(case, criterion)
    if not text.strip():
        raise InputError(findings.text_missing(criterion))
    made = Question.objects.create(
        case=case, round=case.round, criterion=criterion, text=text.strip(), by=by, at=timezone.now()
    )
    _record(case, by, "case.asked", criterion, None, {"question": made.pk, "text": made.text})
    return made


@once
def take_back(*, question: Question, by: User, idempotency_key: str = "") -> Question:
    """A question that needs no answer any more."""
    case = _locked(question.case)
    _require_reviewer(case, by, only_first=True)
    kept = Question.objects.get(pk=question.pk)
    if kept.taken_back_at is None:
        kept.taken_back_at = timezone.now()
        kept.save(update_fields=["taken_back_at"])
        _record(case, by, "case.question-taken-back", kept.criterion, {"question": kept.pk}, None)
    return kept


@once
def reply(*, question: Question, text: str, by: User, idempotency_key: str = "") -> Question:
    """The municipality's reply; it can be written anew until the answers are sent."""
    case = _locked(question.case)
    require(by, Permission.PLAN_EDIT, organisation=case.plan.organisation, state=PlanState.DRAFT)
    _require_state(case, (State.REPLY,), Text("der kan ikke svares nu.", "no reply can be given now."))
    if not text.strip():
        raise InputError(findings.text_missing(question.criterion))
    kept = Question.objects.get(pk=question.pk)
    before = {"question": kept.pk, "reply": kept.reply}
    kept.reply, kept.replied_by, kept.replied_at = text.strip(), by, timezone.now()
    kept.save(update_fields=["reply", "replied_by", "replied_at"])
    _record(case, by, "case.replied", kept.criterion, before, {"question": kept.pk, "reply": kept.reply})
    return kept


def _locked(case: Case) -> Case:
    """The case as it is, while nobody else changes it: whoever changes a case holds its plan."""
    plan = locked(case.plan)
    found = Case.objects.select_related("version", "reviewer", "second_reviewer").get(pk=case.pk)
    found.plan = plan
    return found


def _require_reviewer(case: Case, by: User, *, only_first: bool = False) -> None:
    require(by, Permission.PLAN_ASSESS, organisation=case.plan.organisation, state=PlanState.SUBMITTED)
    _require_state(case, (State.REVIEW,), Text("der vurderes ikke nu.", "nothing is reviewed now."))
    allowed = [case.reviewer] if only_first else [case.reviewer, case.second_reviewer]
    if by not in allowed and case.reviewer is not None:
        raise InputError(findings.another_reviewer(case.reviewer.name))


def _require_state(case: Case, states: tuple[State, ...], what: Text) -> None:
    if State(case.state) not in states:
        raise InputError(findings.not_now(State(case.state), what))


def _require_criterion(case: Case, code: str) -> None:
    wanted = criteria_of(case, timezone.localdate())
    if code not in {each.id for each in wanted.criteria}:
        raise InputError(findings.no_criterion(code, wanted.name))


def _record(case: Case, by: User, what: str, criterion: str, before: Any, after: Any) -> None:
    record(
        by=by, what=what, object_kind="case", object_key=f"{case.pk}/{criterion}", before=before, after=after,
        organisation=case.plan.organisation.slug,
    )  # fmt: skip
