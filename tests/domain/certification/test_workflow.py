"""Every step from every state, by a table written by hand; and every guard, passing and refusing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from klimaplan.domain.certification.workflow import (
    ENDED,
    OWNER,
    STATE_NAMES,
    STEP_NAMES,
    STEPS,
    Actor,
    Facts,
    State,
    Step,
    refusals,
    way,
    ways_from,
)

TODAY = date(2026, 11, 24)
IN_ORDER = Facts(TODAY, scoping_held_on=TODAY, deadline=date(2026, 12, 24), reason="It has to wait.")

# state: step → (next state, who)
TABLE = {
    "self-assessment": {"ask-for-scoping": "scoping municipality"},
    "scoping": {"hold-scoping": "drafting reviewer"},
    "drafting": {"submit": "submitted municipality"},
    "submitted": {"take-up": "review reviewer"},
    "review": {"ask": "reply reviewer", "recommend": "recommended reviewer", "return": "returned reviewer"},
    "reply": {"answer": "review municipality"},
    "recommended": {"sign": "certified signatory", "return": "returned signatory"},
    "returned": {"resume": "drafting municipality"},
    "certified": {},
    "withdrawn": {},
}
OPEN = [state for state in TABLE if TABLE[state]]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_every_step_from_every_state(state: State, step: Step) -> None:
    expected = TABLE[state].get(step)
    if step is Step.WITHDRAW and state in OPEN:
        expected = "withdrawn municipality"
    found = way(step, state)
    assert (f"{found.target} {found.actor}" if found else None) == expected
    if found is None:
        [refused] = refusals(step, state, IN_ORDER)
        assert refused.code == "step-out-of-order"


def test_every_state_has_an_owner_and_a_name() -> None:
    assert set(OWNER) == set(STATE_NAMES) == set(State)
    assert set(STEP_NAMES) == set(Step)
    for state in set(State) - ENDED:
        assert OWNER[state] in {each.actor for each in ways_from(state)}, state


def test_every_state_is_reached_and_every_open_one_leads_to_an_end() -> None:
    reached, ahead = {State.SELF_ASSESSMENT}, [State.SELF_ASSESSMENT]
    while ahead:
        for each in ways_from(ahead.pop()):
            if each.target not in reached:
                reached.add(each.target)
                ahead.append(each.target)
    assert reached == set(State)
    assert all(State.WITHDRAWN in {each.target for each in ways_from(state)} for state in set(State) - ENDED)


GUARDS = [
    (Step.ASK_FOR_SCOPING, State.SELF_ASSESSMENT, {"unassessed": ("K3",)}, "criteria-not-assessed"),
    (Step.HOLD_SCOPING, State.SCOPING, {"scoping_held_on": None}, "scoping-not-held"),
    (Step.HOLD_SCOPING, State.SCOPING, {"scoping_held_on": date(2026, 11, 25)}, "scoping-not-held"),
    (Step.SUBMIT, State.DRAFTING, {"unassessed": ("K3", "K4")}, "criteria-not-assessed"),
    (Step.SUBMIT, State.DRAFTING, {"version_frozen": False}, "version-not-frozen"),
    (Step.SUBMIT, State.DRAFTING, {"commitment_documented": False}, "document-missing"),
    (Step.TAKE_UP, State.SUBMITTED, {"deadline": None}, "deadline-not-ahead"),
    (Step.TAKE_UP, State.SUBMITTED, {"deadline": TODAY}, "deadline-not-ahead"),
    (Step.ASK, State.REVIEW, {"open_questions": ()}, "nothing-asked"),
    (Step.ASK, State.REVIEW, {"open_questions": ("K5",), "deadline": date(2026, 11, 23)}, "deadline-not-ahead"),
    (Step.ANSWER, State.REPLY, {"open_questions": ("K5",)}, "questions-open"),
    (Step.ANSWER, State.REPLY, {"version_frozen": False}, "version-not-frozen"),
    (Step.RECOMMEND, State.REVIEW, {"unscored": ("K16",)}, "criteria-not-scored"),
    (Step.RECOMMEND, State.REVIEW, {"unmet": ("K9",)}, "criteria-not-met"),
    (Step.RECOMMEND, State.REVIEW, {"open_questions": ("K5",)}, "questions-open"),
    (Step.RETURN, State.REVIEW, {"reason": "  "}, "reason-missing"),
    (Step.RETURN, State.RECOMMENDED, {"reason": ""}, "reason-missing"),
    (Step.SIGN, State.RECOMMENDED, {"same_person": True}, "same-signature"),
    (Step.WITHDRAW, State.REVIEW, {"reason": ""}, "reason-missing"),
]


@pytest.mark.parametrize(("step", "state", "fault", "code"), GUARDS)
def test_a_guard_refuses_its_fault_alone(step: Step, state: State, fault: dict[str, object], code: str) -> None:
    questions = ("K5",) if step is Step.ASK else ()
    in_order = replace(IN_ORDER, open_questions=questions)
    assert refusals(step, state, in_order) == ()
    assert [each.code for each in refusals(step, state, replace(in_order, **fault))] == [code]  # type: ignore[arg-type]


def test_every_guard_of_every_step_is_in_the_table_above() -> None:
    guarded = sum(len(each.guards) for each in STEPS)
    # two rows hold two faults of one guard, and withdrawing has one guard for all its states
    assert len({(step, state, code) for step, state, _, code in GUARDS}) == guarded


def test_everything_that_is_wrong_is_said_at_once() -> None:
    facts = replace(IN_ORDER, unassessed=("K3",), version_frozen=False, commitment_documented=False)
    assert [each.code for each in refusals(Step.SUBMIT, State.DRAFTING, facts)] == [
        "criteria-not-assessed", "version-not-frozen", "document-missing",
    ]  # fmt: skip


def test_only_the_municipality_moves_its_own_plan_on_and_only_others_judge_it() -> None:
    judging = {Step.HOLD_SCOPING, Step.TAKE_UP, Step.ASK, Step.RECOMMEND, Step.RETURN, Step.SIGN}
    for each in STEPS:
        assert (each.actor is Actor.MUNICIPALITY) == (each.step not in judging)
