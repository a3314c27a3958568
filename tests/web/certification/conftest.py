"""A plan of Hvidovre with a frozen version and a letter, and a case of it wherever a test wants it to stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from klimaplan.domain.certification.workflow import State, Step
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.certification.models import Case, Commitment, Question, ReviewerScore, SelfScore, StepTaken
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from web.plans.conftest import action, fixed, grounded, kaja, people, plan

__all__ = ["grounded", "kaja", "people", "plan"]

SET = load.set_in_force(date(2026, 11, 24))
CODES = [each.id for each in SET.criteria]
HANDED_IN = (State.SUBMITTED, State.REVIEW, State.REPLY, State.RECOMMENDED, State.RETURNED, State.CERTIFIED)
Standing = Callable[[State], Case]


@pytest.fixture
def frozen(plan: Plan, kaja: User) -> PlanVersion:
    """A named version of the plan."""
    lever = fixed("I.4.4/waste_incineration", 10.0)
    plans.add_part(plan=plan, kind="action", content=action(lever=[lever]), by=kaja)
    return plans.name_version(plan=plan, name="Til certificering", by=kaja)


@pytest.fixture
def letter(plan: Plan, kaja: User) -> EvidenceFile:
    """The signed letter among the files of the plan."""
    return EvidenceFile.objects.create(
        plan=plan, sha256="0" * 64, kind="pdf", size=1000, name="tilsagn.pdf", scanned=False, by=kaja,
        at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def committed(plan: Plan, letter: EvidenceFile, people: SimpleNamespace) -> Commitment:
    return Commitment.objects.create(
        organisation=plan.organisation, signed_on=date(2020, 10, 1), case_reference="20/1234", document=letter,
        recorded_by=people.secretary, recorded_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def standing(plan: Plan, frozen: PlanVersion, committed: Commitment, people: SimpleNamespace) -> Standing:
    """A case that stands in a state with everything in order for every step that leads on."""

    def stand(state: State) -> Case:
        now, in_review = timezone.now(), state in HANDED_IN[1:]
        case = Case.objects.create(
            plan=plan, criteria=SET.slug, state=state, round=int(in_review), opened_at=now, opened_by=people.kaja,
            version=frozen if state in HANDED_IN else None, scoping_held_on=timezone.localdate(),
            reviewer=people.reviewer if in_review else None, steps_taken=1,
        )  # fmt: skip
        if state in HANDED_IN:
            StepTaken.objects.create(
                case=case, number=1, step=Step.SUBMIT, before=State.DRAFTING, after=State.SUBMITTED, version=frozen,
                by=people.kaja, at=now,
            )  # fmt: skip
        SelfScore.objects.bulk_create(
            SelfScore(case=case, criterion=code, score="met", by=people.kaja, at=now) for code in CODES
        )
        if in_review:
            ReviewerScore.objects.bulk_create(
                ReviewerScore(case=case, round=1, criterion=code, score="met", reviewer=people.reviewer, at=now)
                for code in CODES
            )
        if state is State.REPLY:
            Question.objects.create(
                case=case, round=1, criterion=CODES[0], text="Hvorfor?", by=people.reviewer, at=now, reply="Derfor.",
                replied_by=people.kaja, replied_at=now,
            )  # fmt: skip
        return case

    return stand


@pytest.fixture
def tomorrow() -> date:
    return timezone.localdate() + timedelta(1)
