"""The way of a plan to its certificate: the states, who may take which step, and what must be in order first.

`STEPS` is the whole of it; the documentation draws it from here. Whether somebody is an impartial reviewer is decided
where people are known; here a step names the kind of person only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from klimaplan.domain.errors import Finding, Text


class State(StrEnum):
    """Where a case stands."""

    SELF_ASSESSMENT = "self-assessment"
    SCOPING = "scoping"
    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    REVIEW = "review"
    REPLY = "reply"
    RECOMMENDED = "recommended"
    CERTIFIED = "certified"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Actor(StrEnum):
    """Who takes a step."""

    MUNICIPALITY = "municipality"
    REVIEWER = "reviewer"
    SIGNATORY = "signatory"


class Step(StrEnum):
    """What can be done with a case."""

    ASK_FOR_SCOPING = "ask-for-scoping"
    HOLD_SCOPING = "hold-scoping"
    SUBMIT = "submit"
    TAKE_UP = "take-up"
    ASK = "ask"
    ANSWER = "answer"
    RECOMMEND = "recommend"
    RETURN = "return"
    RESUME = "resume"
    SIGN = "sign"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the guards look at.

    Parameters
    ----------
    unassessed : criteria that the municipality has not assessed itself on
    version_frozen : whether a version of the plan is frozen for this round
    commitment_documented : whether the signed letter of commitment is attached
    scoping_held_on : the day of the scoping meeting
    unscored : criteria that the reviewer has not scored in this round
    unmet : essential criteria that are neither met nor argued for in a way the reviewer accepts
    open_questions : questions that the municipality has not answered
    deadline : by when the other side is asked to act; None where none is set
    today : the day of the step
    reason : what is said for a step that needs a reason
    same_person : whether whoever signs also recommended, or belongs to the same organisation as who did
    """

    today: date
    unassessed: tuple[str, ...] = ()
    version_frozen: bool = True
    commitment_documented: bool = True
    scoping_held_on: date | None = None
    unscored: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    open_questions: tuple[str, ...] = ()
    deadline: date | None = None
    reason: str = ""
    same_person: bool = False


Guard = Callable[[Facts], Finding | None]


@dataclass(frozen=True, slots=True)
class Way:
    """A step: from where to where, by whom, and the guards that must let it pass."""

    step: Step
    sources: tuple[State, ...]
    target: State
    actor: Actor
    guards: tuple[Guard, ...] = ()


OWNER: Mapping[State, Actor | None] = MappingProxyType({
    State.SELF_ASSESSMENT: Actor.MUNICIPALITY,
    State.SCOPING: Actor.REVIEWER,
    State.DRAFTING: Actor.MUNICIPALITY,
    State.SUBMITTED: Actor.REVIEWER,
    State.REVIEW: Actor.REVIEWER,
    State.REPLY: Actor.MUNICIPALITY,
    State.RECOMMENDED: Actor.SIGNATORY,
    State.CERTIFIED: Actor.MUNICIPALITY,
    State.RETURNED: Actor.MUNICIPALITY,
    State.WITHDRAWN: Actor.MUNICIPALITY,
})  # fmt: skip
"""Whose turn it is. A certified or withdrawn plan is the municipality's: the next step is a new case."""

ENDED = frozenset({State.CERTIFIED, State.WITHDRAWN})


def _all_assessed(facts: Facts) -> Finding | None:
    return _missing(
        "criteria-not-assessed", facts.unassessed,
        Text("Selvvurderingen mangler kriterier.", "The self-assessment lacks criteria."),
        Text("Vurder dem, eller skriv hvorfor de ikke gælder.", "Assess them, or say why they do not apply."),
    )  # fmt: skip


def _frozen(facts: Facts) -> Finding | None:
    if facts.version_frozen:
        return None
    return _finding(
        "version-not-frozen", "version",
        Text("Der er ingen fast version at indsende.", "There is no fixed version to submit."),
        Text("Gem planen som en navngiven version først.", "Keep the plan as a named version first."),
    )  # fmt: skip


def _committed(facts: Facts) -> Finding | None:
    if facts.commitment_documented:
        return None
    return _finding(
        "document-missing", "commitment",
        Text("Tilsagnsbrevet mangler.", "The letter of commitment is missing."),
        Text("Vedhæft brevet, underskrevet af borgmester og byråd.",
             "Attach the letter, signed by mayor and council."),
    )  # fmt: skip


def _meeting_held(facts: Facts) -> Finding | None:
    if facts.scoping_held_on is not None and facts.scoping_held_on <= facts.today:
        return None
    return _finding(
        "scoping-not-held", "scoping",
        Text("Afklaringsmødet er ikke holdt.", "The scoping meeting has not been held."),
        Text("Skriv dagen, mødet blev holdt.", "Write the day on which it was held."),
    )  # fmt: skip


def _all_scored(facts: Facts) -> Finding | None:
    return _missing(
        "criteria-not-scored", facts.unscored,
        Text("Der er kriterier uden vurdering.", "There are criteria without a score."),
        Text("Vurder dem alle.", "Score all of them."),
    )  # fmt: skip


def _essentials_met(facts: Facts) -> Finding | None:
    return _missing(
        "criteria-not-met", facts.unmet,
        Text("Der er kriterier, som hverken er opfyldt eller har en godtaget begrundelse.",
             "There are criteria that are neither met nor have an accepted argument."),
        Text("Stil spørgsmål til dem, eller send planen tilbage.", "Ask about them, or return the plan."),
    )  # fmt: skip


def _nothing_open(facts: Facts) -> Finding | None:
    return _missing(
        "questions-open", facts.open_questions,
        Text("Der er spørgsmål uden svar.", "There are questions without an answer."),
        Text("Svar på dem, eller træk dem tilbage.", "Answer them, or take them back."),
    )  # fmt: skip


def _something_asked(facts: Facts) -> Finding | None:
    if facts.open_questions:
        return None
    return _finding(
        "nothing-asked", "questions",
        Text("Der er ingen spørgsmål at sende.", "There is no question to send."),
        Text("Skriv mindst ét spørgsmål.", "Write at least one question."),
    )  # fmt: skip


def _deadline_ahead(facts: Facts) -> Finding | None:
    if facts.deadline is not None and facts.deadline > facts.today:
        return None
    return _finding(
        "deadline-not-ahead", "deadline",
        Text("Fristen mangler eller er overskredet.", "The deadline is missing or past."),
        Text("Sæt en frist efter i dag.", "Set a deadline after today."),
    )  # fmt: skip


def _reasoned(facts: Facts) -> Finding | None:
    if facts.reason.strip():
        return None
    return _finding(
        "reason-missing", "reason",
        Text("Der mangler en begrundelse.", "The reason is missing."),
        Text("Skriv hvorfor.", "Say why."),
    )  # fmt: skip


def _two_people(facts: Facts) -> Finding | None:
    if not facts.same_person:
        return None
    return _finding(
        "same-signature", "signature",
        Text("Den, der indstiller, kan ikke også underskrive.", "Whoever recommends cannot sign as well."),
        Text("Lad C40's underskriver gøre det.", "Let the signatory of C40 do it."),
    )  # fmt: skip


_MUNICIPALITY, _REVIEWER, _SIGNATORY = Actor
_OPEN = tuple(state for state in State if state not in ENDED)

STEPS: tuple[Way, ...] = (
    Way(Step.ASK_FOR_SCOPING, (State.SELF_ASSESSMENT,), State.SCOPING, _MUNICIPALITY, (_all_assessed,)),
    Way(Step.HOLD_SCOPING, (State.SCOPING,), State.DRAFTING, _REVIEWER, (_meeting_held,)),
    Way(Step.SUBMIT, (State.DRAFTING,), State.SUBMITTED, _MUNICIPALITY, (_all_assessed, _frozen, _committed)),
    Way(Step.TAKE_UP, (State.SUBMITTED,), State.REVIEW, _REVIEWER, (_deadline_ahead,)),
    Way(Step.ASK, (State.REVIEW,), State.REPLY, _REVIEWER, (_something_asked, _deadline_ahead)),
    Way(Step.ANSWER, (State.REPLY,), State.REVIEW, _MUNICIPALITY, (_nothing_open, _frozen)),
    Way(Step.RECOMMEND, (State.REVIEW,), State.RECOMMENDED, _REVIEWER, (_all_scored, _essentials_met, _nothing_open)),
    Way(Step.RETURN, (State.REVIEW,), State.RETURNED, _REVIEWER, (_reasoned,)),
    Way(Step.RETURN, (State.RECOMMENDED,), State.RETURNED, _SIGNATORY, (_reasoned,)),
    Way(Step.RESUME, (State.RETURNED,), State.DRAFTING, _MUNICIPALITY),
    Way(Step.SIGN, (State.RECOMMENDED,), State.CERTIFIED, _SIGNATORY, (_two_people,)),
    Way(Step.WITHDRAW, _OPEN, State.WITHDRAWN, _MUNICIPALITY, (_reasoned,)),
)


def ways_from(state: State) -> tuple[Way, ...]:
    """The steps that lead on from a state."""
    return tuple(way for way in STEPS if state in way.sources)


def way(step: Step, state: State) -> Way | None:
    """The step as it goes from a state; None where it does not."""
    return next((each for each in ways_from(state) if each.step is step), None)


def refusals(step: Step, state: State, facts: Facts) -> tuple[Finding, ...]:
    """Everything that keeps a step from being taken; empty if it can be.

    >>> refusals(Step.SIGN, State.DRAFTING, Facts(date(2026, 11, 24)))[0].code
    'step-out-of-order'
    >>> refusals(Step.SIGN, State.RECOMMENDED, Facts(date(2026, 11, 24)))
    ()
    """
    found = way(step, state)
    if found is None:
        return (_out_of_order(step, state),)
    return tuple(refused for guard in found.guards if (refused := guard(facts)) is not None)


def _out_of_order(step: Step, state: State) -> Finding:
    following = [STEP_NAMES[step] for step in dict.fromkeys(each.step for each in ways_from(state))]
    return Finding(
        "step-out-of-order", step,
        Text(f"Sagen er i »{STATE_NAMES[state].da}«; det trin kan ikke tages nu.",
             f"The case is in “{STATE_NAMES[state].en}”; that step cannot be taken now."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text(f"Mulige trin: {', '.join(each.da for each in following)}." if following
             else "Sagen er afsluttet; begynd en ny.",
             f"Possible steps: {', '.join(each.en for each in following)}." if following
             else "The case has ended; begin a new one."),
    )  # fmt: skip


def _missing(code: str, places: tuple[str, ...], what: Text, remedy: Text) -> Finding | None:
    return _finding(code, ", ".join(places), what, remedy) if places else None


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, Text("Intet er ændret.", "Nothing was changed."), remedy)


STATE_NAMES: Mapping[State, Text] = MappingProxyType({
    State.SELF_ASSESSMENT: Text("Selvvurdering", "Self-assessment"),
    State.SCOPING: Text("Afklaringsmøde", "Scoping meeting"),
    State.DRAFTING: Text("Udarbejdelse med rådgivning", "Drafting with advice"),
    State.SUBMITTED: Text("Indsendt", "Submitted"),
    State.REVIEW: Text("Under vurdering", "Under review"),
    State.REPLY: Text("Kommunen svarer", "The municipality replies"),
    State.RECOMMENDED: Text("Indstillet", "Recommended"),
    State.CERTIFIED: Text("Certificeret", "Certified"),
    State.RETURNED: Text("Sendt tilbage", "Returned"),
    State.WITHDRAWN: Text("Trukket tilbage", "Withdrawn"),
})  # fmt: skip
"""What the states are called."""

STEP_NAMES: Mapping[Step, Text] = MappingProxyType({
    Step.ASK_FOR_SCOPING: Text("bed om afklaringsmøde", "ask for the scoping meeting"),
    Step.HOLD_SCOPING: Text("notér afklaringsmødet", "record the scoping meeting"),
    Step.SUBMIT: Text("indsend", "submit"),
    Step.TAKE_UP: Text("tag op til vurdering", "take up for review"),
    Step.ASK: Text("send spørgsmål", "send the questions"),
    Step.ANSWER: Text("send svar", "send the answers"),
    Step.RECOMMEND: Text("indstil", "recommend"),
    Step.RETURN: Text("send tilbage", "return"),
    Step.RESUME: Text("arbejd videre", "work on"),
    Step.SIGN: Text("underskriv", "sign"),
    Step.WITHDRAW: Text("træk tilbage", "withdraw"),
})  # fmt: skip
"""What the steps are called."""
