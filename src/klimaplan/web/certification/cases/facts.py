"""What the guards of the workflow look at, gathered from a case."""

from __future__ import annotations

from datetime import date

from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.certification.workflow import Facts, Step
from klimaplan.reference import load
from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Case, Commitment, Question, ReviewerScore, Score, SelfScore, StepTaken
from klimaplan.web.plans.models import PlanVersion


def criteria_of(case: Case | None, on: date) -> CriteriaSet:
    """The set a case is held against: the one in force until it is first submitted, and that one from then on."""
    if case is not None and StepTaken.objects.filter(case=case, step=Step.SUBMIT).exists():
        return load.criteria_set(case.criteria)
    return load.set_in_force(on)


def facts_of(
    case: Case, *, by: User, version: PlanVersion | None, deadline: date | None, held_on: date | None, reason: str,
    today: date,
) -> Facts:  # fmt: skip
    """Everything a guard may ask, as it is now."""
    wanted = criteria_of(case, today)
    assessed = set(SelfScore.objects.filter(case=case).values_list("criterion", flat=True))
    scores = latest_scores(case)
    asked = asked_before(case)
    return Facts(
        today=today,
        unassessed=tuple(each.id for each in wanted.criteria if each.id not in assessed),
        version_frozen=version is not None and version.state != PlanVersion.State.DRAFT,
        commitment_documented=Commitment.objects.filter(organisation=case.plan.organisation).exists(),
        scoping_held_on=held_on or case.scoping_held_on,
        unscored=tuple(each.id for each in wanted.criteria if not _is_scored(scores.get(each.id), asked.get(each.id))),
        unmet=tuple(each.id for each in wanted.criteria if each.is_essential and _is_unmet(scores.get(each.id))),
        open_questions=tuple(open_questions(case)),
        deadline=deadline,
        reason=reason,
        same_person=case.reviewer is not None and are_close(case.reviewer, by, today),
    )


def latest_scores(case: Case) -> dict[str, ReviewerScore]:
    """Criterion → the last score of the case's reviewer, of this round or an earlier one."""
    rows = ReviewerScore.objects.filter(case=case, reviewer=case.reviewer).order_by("round")
    return {each.criterion: each for each in rows}


def asked_before(case: Case) -> dict[str, int]:
    """Criterion → the last round before this one in which something was asked about it."""
    rows = Question.objects.filter(case=case, round__lt=case.round, taken_back_at__isnull=True).order_by("round")
    return {each.criterion: each.round for each in rows}


def open_questions(case: Case) -> list[str]:
    """Criteria with a question that has no reply and was not taken back."""
    rows = Question.objects.filter(case=case, replied_at__isnull=True, taken_back_at__isnull=True)
    return list(dict.fromkeys(rows.values_list("criterion", flat=True)))


def are_close(one: User, other: User, on: date) -> bool:
    """Whether two people are one, or hold roles in the same organisation on a day."""
    if one == other:
        return True
    theirs = [{each.organisation.pk for each in accounts.roles_held(person.pk, on)} for person in (one, other)]
    return bool(theirs[0] & theirs[1])


def _is_scored(score: ReviewerScore | None, asked_in: int | None) -> bool:
    """A criterion that was asked about is scored again after the reply."""
    return score is not None and (asked_in is None or score.round > asked_in)


def _is_unmet(score: ReviewerScore | None) -> bool:
    return score is not None and score.score not in (Score.MET, Score.NOT_APPLICABLE) and not score.argument_accepted
