"""A plan on its way to a certificate: whole, by whom, what is refused, and that a refusal changed nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from klimaplan.domain.certification.workflow import State, Step
from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.certification.adoption.services import record_commitment
from klimaplan.web.certification.cases import selectors
from klimaplan.web.certification.cases.certificate import is_intact
from klimaplan.web.certification.cases.services import Given, add_second_reviewer, hand_over, open_case, take_step
from klimaplan.web.certification.models import Case, Certificate, Question, ReviewerScore, Score, StepTaken
from klimaplan.web.certification.reviewing.services import ask, assess_oneself, reply, score
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from web.certification.conftest import CODES, Standing

pytestmark = pytest.mark.django_db


def step(case: Case, what: Step, by: User, **given: Any) -> Case:
    return take_step(case=case, step=what, by=by, seen=case.steps_taken, given=Given(**given))


def test_the_whole_way_with_a_second_round(  # the story of one plan
    plan: Plan, frozen: PlanVersion, letter: EvidenceFile, people: SimpleNamespace, tomorrow: date
) -> None:
    kaja, reviewer = people.kaja, people.reviewer
    record_commitment(plan=plan, signed_on=date(2020, 10, 1), case_reference="20/1234", document=letter,
                      by=people.secretary)  # fmt: skip
    case = open_case(plan=plan, by=kaja)
    for code in CODES:
        assess_oneself(case=case, criterion=code, score=Score.MET, by=kaja)
    case = step(case, Step.ASK_FOR_SCOPING, kaja)
    case = step(case, Step.HOLD_SCOPING, reviewer, held_on=timezone.localdate())
    case = step(case, Step.SUBMIT, kaja, version=frozen.number)
    case = step(case, Step.TAKE_UP, reviewer, deadline=tomorrow)
    for code in CODES:
        score(case=case, criterion=code, score=Score.MET, by=reviewer)
    asked = ask(case=case, criterion=CODES[0], text="Hvor står det?", by=reviewer)
    case = step(case, Step.ASK, reviewer, deadline=tomorrow)
    reply(question=asked, text="På side 12.", by=kaja)
    case = step(case, Step.ANSWER, kaja)
    assert (case.state, case.round) == ("review", 2)
    with pytest.raises(InputError) as refused:
        step(case, Step.RECOMMEND, reviewer)
    assert [(each.code, each.place) for each in refused.value.findings] == [("criteria-not-scored", CODES[0])]
    score(case=case, criterion=CODES[0], score=Score.PARTIAL, by=reviewer, comment="Godtaget.", argument_accepted=True)
    case = step(case, Step.RECOMMEND, reviewer)
    case = step(case, Step.SIGN, people.signatory)
    assert case.state == "certified"
    made = Certificate.objects.get(case=case)
    written = json.dumps(made.content, sort_keys=True, separators=(",", ":"))
    assert made.sha256 == hashlib.sha256(written.encode()).hexdigest()
    assert made.content["plan"]["sha256"] == frozen.sha256
    assert made.content["scores"][CODES[0]] == {"score": "partial", "argument_accepted": True}
    assert is_intact(made)
    assert [each.step for each in StepTaken.objects.filter(case=case)] == [
        "ask-for-scoping", "hold-scoping", "submit", "take-up", "ask", "answer", "recommend", "sign",
    ]  # fmt: skip
    assert Event.objects.filter(what="case.step-taken").count() == 8


MUNICIPAL, JUDGING, SIGNING = "kaja", "reviewer", "signatory"
WHO = {
    Step.ASK_FOR_SCOPING: MUNICIPAL, Step.HOLD_SCOPING: JUDGING, Step.SUBMIT: MUNICIPAL, Step.TAKE_UP: JUDGING,
    Step.ASK: JUDGING, Step.ANSWER: MUNICIPAL, Step.RECOMMEND: JUDGING, Step.RESUME: MUNICIPAL, Step.SIGN: SIGNING,
    Step.WITHDRAW: MUNICIPAL,
}  # fmt: skip
POSSIBLE = {
    State.SELF_ASSESSMENT: {Step.ASK_FOR_SCOPING, Step.WITHDRAW},
    State.SCOPING: {Step.HOLD_SCOPING, Step.WITHDRAW},
    State.DRAFTING: {Step.SUBMIT, Step.WITHDRAW},
    State.SUBMITTED: {Step.TAKE_UP, Step.WITHDRAW},
    State.REVIEW: {Step.RECOMMEND, Step.RETURN, Step.WITHDRAW},
    State.REPLY: {Step.ANSWER, Step.WITHDRAW},
    State.RECOMMENDED: {Step.SIGN, Step.RETURN, Step.WITHDRAW},
    State.RETURNED: {Step.RESUME, Step.WITHDRAW},
    State.CERTIFIED: set(),
    State.WITHDRAWN: set(),
}
"""What can be done where everything is in order and nothing is asked; asking is tried on its own."""
SIDES = {MUNICIPAL: {"kaja", "karl"}, JUDGING: {"reviewer"}, SIGNING: {"signatory"}}


@pytest.mark.parametrize("state", list(State))
def test_every_step_by_everybody(state: State, standing: Standing, people: SimpleNamespace, tomorrow: date) -> None:
    case = standing(state)
    for what in Step:
        who = SIGNING if what is Step.RETURN and state is State.RECOMMENDED else WHO.get(what, JUDGING)
        for name, person in vars(people).items():
            given = Given(version=case.plan.versions.get().number, deadline=tomorrow, reason="Derfor.")
            before = (Event.objects.count(), StepTaken.objects.count(), Case.objects.values_list().get(pk=case.pk))
            try:
                with transaction.atomic():
                    took = take_step(case=case, step=what, by=person, seen=1, given=given).state
                    raise Undone
            except Undone:
                answer = "taken"
                assert took != state, (state, what)
            except NotAllowed:
                answer = "not allowed"
            except InputError:
                answer = "refused"
            after = (Event.objects.count(), StepTaken.objects.count(), Case.objects.values_list().get(pk=case.pk))
            assert before == after
            if name not in SIDES[who]:
                assert answer == "not allowed", (state, what, name)
            else:
                assert answer == ("taken" if what in POSSIBLE[state] else "refused"), (state, what, name)


class Undone(Exception):  # noqa: N818  # what a test takes back
    pass


def codes(refused: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [each.code for each in refused.value.findings]


def test_a_step_out_of_order_names_the_possible_ones(standing: Standing, people: SimpleNamespace) -> None:
    with pytest.raises(InputError) as refused:
        step(standing(State.DRAFTING), Step.ANSWER, people.kaja)
    assert codes(refused) == ["step-out-of-order"]
    assert refused.value.findings[0].remedy.en == "Possible steps: submit, withdraw."


def test_submitting_without_version_and_letter_says_both(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.DRAFTING)
    with connection.cursor() as cursor:  # as if it had never been recorded: no service removes one
        for name in ("removed", "changed"):
            drop = {"sqlite": f"DROP TRIGGER IF EXISTS certification_commitment_never_{name}",
                    "postgresql": f"DROP TRIGGER IF EXISTS certification_commitment_never_{name} "
                                  "ON certification_commitment"}  # fmt: skip
            cursor.execute(drop[connection.vendor])
        cursor.execute("DELETE FROM certification_commitment")
    with pytest.raises(InputError) as refused:
        step(case, Step.SUBMIT, people.kaja)
    assert codes(refused) == ["version-not-frozen", "document-missing"]


def test_a_deadline_in_the_past_is_refused(standing: Standing, people: SimpleNamespace) -> None:
    yesterday = timezone.localdate() - timedelta(1)
    with pytest.raises(InputError) as refused:
        step(standing(State.SUBMITTED), Step.TAKE_UP, people.reviewer, deadline=yesterday)
    assert codes(refused) == ["deadline-not-ahead"]


def test_a_version_that_is_not_there_is_refused(standing: Standing, people: SimpleNamespace) -> None:
    with pytest.raises(InputError) as refused:
        step(standing(State.DRAFTING), Step.SUBMIT, people.kaja, version=99)
    assert codes(refused) == ["version-unknown"]


def test_who_saw_an_earlier_state_is_told_and_changes_nothing(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.RECOMMENDED)
    with pytest.raises(InputError) as refused:
        take_step(case=case, step=Step.SIGN, by=people.signatory, seen=0)
    assert codes(refused) == ["case-moved-on"]
    assert not Certificate.objects.exists()


def test_the_same_request_again_takes_the_step_once(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.RECOMMENDED)
    for _ in range(2):
        take_step(case=case, step=Step.SIGN, by=people.signatory, seen=1, idempotency_key="sign-1")
    assert StepTaken.objects.filter(case=case, step="sign").count() == Certificate.objects.count() == 1


def test_a_reviewer_who_belonged_to_the_municipality_last_year_is_refused(
    standing: Standing, people: SimpleNamespace, tomorrow: date
) -> None:
    RoleAssignment.objects.create(
        user=people.reviewer, role="reader", organisation=organisations.organisation("hvidovre"),
        valid_from=timezone.localdate() - timedelta(500), valid_to=timezone.localdate() - timedelta(365),
    )  # fmt: skip
    case = standing(State.SUBMITTED)
    with pytest.raises(NotAllowed):
        step(case, Step.TAKE_UP, people.reviewer, deadline=tomorrow)
    with pytest.raises(NotAllowed):
        selectors.case(people.reviewer, case.pk)
    assert selectors.desk(people.reviewer) == []


def test_whoever_recommends_does_not_sign(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.RECOMMENDED)
    c40 = organisations.organisation("c40")
    for person in (people.reviewer, people.signatory):
        RoleAssignment.objects.get_or_create(
            user=person, role="c40_signatory", organisation=c40, defaults={"valid_from": date(2024, 1, 1)}
        )
    # both hold a role in C40 now, so the second signature would not be independent
    with pytest.raises(InputError) as refused:
        step(case, Step.SIGN, people.signatory)
    assert codes(refused) == ["same-signature"]


def test_a_colleague_judges_only_after_a_hand_over(standing: Standing, people: SimpleNamespace, plan: Plan) -> None:
    colleague = User.objects.create(email="bent@example.org", name="Bent")
    RoleAssignment.objects.create(
        user=colleague, role="reviewer", organisation=organisations.organisation("concito"), valid_from=date(2024, 1, 1)
    )
    case = standing(State.REVIEW)
    with pytest.raises(InputError) as refused:
        step(case, Step.RETURN, colleague, reason="Nej.")
    assert codes(refused) == ["another-reviewer"]
    case = hand_over(case=case, to=colleague, by=people.reviewer)
    assert step(case, Step.RETURN, colleague, reason="Nej.").state == "returned"


def test_two_blind_reviewers_see_each_other_only_when_both_are_done(
    standing: Standing, people: SimpleNamespace
) -> None:
    colleague = User.objects.create(email="bent@example.org", name="Bent")
    RoleAssignment.objects.create(
        user=colleague, role="reviewer", organisation=organisations.organisation("concito"), valid_from=date(2024, 1, 1)
    )
    case = add_second_reviewer(case=standing(State.REVIEW), to=colleague, by=people.reviewer)
    for code in CODES[1:]:
        score(case=case, criterion=code, score=Score.MET, by=colleague)
    assert selectors.blind_scores(case, 1) is None
    score(case=case, criterion=CODES[0], score=Score.NOT_MET, by=colleague)
    first, second = selectors.blind_scores(case, 1) or ({}, {})
    assert (first[CODES[0]], second[CODES[0]]) == ("met", "not-met")
    # the second score decides nothing
    assert step(case, Step.RECOMMEND, people.reviewer).state == "recommended"


def test_the_set_in_force_at_submission_stays(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.REVIEW)
    Case.objects.filter(pk=case.pk).update(criteria="capf-2020")
    case.refresh_from_db()
    ReviewerScore.objects.filter(case=case).delete()
    with pytest.raises(InputError) as refused:
        score(case=case, criterion="CCTF-K5.1", score=Score.MET, by=people.reviewer)
    assert codes(refused) == ["criterion-unknown"]
    assert score(case=case, criterion="1.1.1", score=Score.MET, by=people.reviewer).round == 1


def test_a_case_that_is_open_bars_another(plan: Plan, people: SimpleNamespace) -> None:
    open_case(plan=plan, by=people.kaja)
    with pytest.raises(InputError) as refused:
        open_case(plan=plan, by=people.karl)
    assert codes(refused) == ["case-already-open"]


def test_a_score_that_a_colleague_changed_meanwhile_is_not_overwritten(plan: Plan, people: SimpleNamespace) -> None:
    case = open_case(plan=plan, by=people.kaja)
    assess_oneself(case=case, criterion=CODES[0], score=Score.MET, by=people.kaja)
    with pytest.raises(InputError) as refused:
        assess_oneself(case=case, criterion=CODES[0], score=Score.PARTIAL, by=people.karl)
    assert codes(refused) == ["score-changed-meanwhile"]
    assert assess_oneself(case=case, criterion=CODES[0], score=Score.PARTIAL, by=people.karl, seen=1).version == 2


def test_what_is_not_met_is_argued_for(plan: Plan, people: SimpleNamespace) -> None:
    case = open_case(plan=plan, by=people.kaja)
    with pytest.raises(InputError) as refused:
        assess_oneself(case=case, criterion=CODES[0], score=Score.NOT_MET, by=people.kaja, argument="  ")
    assert codes(refused) == ["argument-missing"]


def test_the_municipality_sees_questions_when_they_are_sent(
    standing: Standing, people: SimpleNamespace, tomorrow: date
) -> None:
    case = standing(State.REVIEW)
    ask(case=case, criterion=CODES[0], text="Hvor står det?", by=people.reviewer)
    assert not selectors.questions(people.kaja, case)
    assert len(selectors.questions(people.reviewer, case)) == 1
    case = step(case, Step.ASK, people.reviewer, deadline=tomorrow)
    assert [each.text for each in selectors.questions(people.kaja, case)] == ["Hvor står det?"]
    assert Question.objects.count() == 1


@pytest.mark.parametrize("table", ["certificate", "steptaken", "commitment"])
def test_the_database_refuses_to_change_what_was_certified(
    table: str, standing: Standing, people: SimpleNamespace
) -> None:
    step(standing(State.RECOMMENDED), Step.SIGN, people.signatory)
    column = {"certificate": "sha256", "steptaken": "reason", "commitment": "case_reference"}[table]
    for statement in (f"UPDATE certification_{table} SET {column} = 'x'", f"DELETE FROM certification_{table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_strangers_and_the_neighbour_do_not_see_a_case(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.SUBMITTED)
    for name in ("stranger", "neighbour", "analyst", "administrator"):
        with pytest.raises(NotAllowed):
            selectors.case(getattr(people, name), case.pk)
    for name in ("kaja", "owner", "reader", "adviser", "reviewer", "signatory", "secretariat"):
        assert selectors.case(getattr(people, name), case.pk) == case
