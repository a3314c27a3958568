"""Cases of certification as the API shows them, and what is sent to take a step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import timezone
from pydantic import Field

from klimaplan.domain.certification.agreement import Agreement
from klimaplan.domain.certification.workflow import OWNER, STATE_NAMES, STEP_NAMES, State, Step, Way, ways_from
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import decide
from klimaplan.web.api.answers.shapes import Asked, FindingSeen, Id, Seen, Spoken, Why, Written, example
from klimaplan.web.certification.cases import services
from klimaplan.web.certification.cases.services import Given
from klimaplan.web.certification.models import Case, StepTaken
from klimaplan.web.certification.pages.case.steps import ASKS
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.plans import selectors as plans

StepName = Literal[
    "ask-for-scoping", "hold-scoping", "submit", "take-up", "ask", "answer", "recommend", "return", "resume", "sign",
    "withdraw",
]  # fmt: skip
REVIEW = {"da": "Under vurdering", "en": "Under review"}
CASE = {
    "id": 1, "plan": 1, "organisation": "hvidovre", "title": "Klimaplan for Hvidovre", "state": "review",
    "state_name": REVIEW, "owner": "reviewer", "deadline": "2027-01-15", "criteria": "cctf-2024-dk", "round": 1,
    "version": 2, "steps_taken": 4, "reviewer": "Bent", "opened_at": "2026-09-01T09:00:00Z", "certificate": None,
    "demo": False,
}  # fmt: skip
POSSIBLE = {
    "step": "withdraw", "name": {"da": "træk tilbage", "en": "withdraw"}, "actor": "municipality", "yours": True,
    "asks": ["reason"], "in_the_way": [],
}  # fmt: skip
TAKEN = {
    "number": 4, "step": "take-up", "before": "submitted", "after": "review", "version": 2, "deadline": "2027-01-15",
    "reason": "", "by": "Bent", "at": "2026-11-24T09:00:00Z",
}  # fmt: skip


class CaseLine(Seen):
    """A case of certification; `steps_taken` is what a step is asked with, `version` what was handed in last."""

    model_config = example(**CASE)

    id: int
    plan: int
    organisation: str
    title: str
    state: str
    state_name: Spoken
    owner: str | None = Field(description="Whose turn it is")
    deadline: date | None
    criteria: str
    round: int
    version: int | None
    steps_taken: int
    reviewer: str | None
    opened_at: datetime
    certificate: str | None = Field(description="SHA-256 of the certificate, which is open to everyone")
    demo: bool = Field(description="Whether the plan is invented")

    @classmethod
    def of(cls, case: Case) -> CaseLine:
        made, state = getattr(case, "certificate", None), State(case.state)
        return cls(
            id=case.pk, plan=case.plan.pk, organisation=case.plan.organisation.slug, title=case.plan.title,
            state=state, state_name=Spoken.of(STATE_NAMES[state]), owner=OWNER[state], deadline=case.deadline,
            criteria=case.criteria, round=case.round, version=case.version and case.version.number,
            steps_taken=case.steps_taken, reviewer=case.reviewer and case.reviewer.name, opened_at=case.opened_at,
            certificate=made and made.sha256, demo=bool(case.plan.demo),
        )  # fmt: skip


class StepPossible(Seen):
    """A step that leads on from where a case stands.

    `asks` names what is sent with it; `in_the_way` is what would refuse it even with all of that, of those that are
    yours to take.
    """

    model_config = example(**POSSIBLE)

    step: str
    name: Spoken
    actor: str
    yours: bool
    asks: list[str]
    in_the_way: list[FindingSeen]


class StepSeen(Seen):
    """A step that was taken; deadlines stand as they were set."""

    model_config = example(**TAKEN)

    number: int
    step: str
    before: str
    after: str
    version: int | None
    deadline: date | None
    reason: str
    by: str | None
    at: datetime

    @classmethod
    def of(cls, taken: StepTaken) -> StepSeen:
        return cls(
            number=taken.number, step=taken.step, before=taken.before, after=taken.after,
            version=taken.version and taken.version.number, deadline=taken.deadline, reason=taken.reason,
            by=taken.by and taken.by.name, at=taken.at,
        )  # fmt: skip


class AgreementSeen(Seen):
    """How far two reviewers who scored blind agree; for reviewers, once both have scored."""

    model_config = example(observed=0.9, kappa=0.62, differing=["A.1"])

    observed: float
    kappa: float | None = Field(description="Cohen's kappa; null where both gave one and the same score throughout")
    differing: list[str]

    @classmethod
    def of(cls, found: Agreement) -> AgreementSeen:
        return cls(observed=found.observed, kappa=found.kappa, differing=list(found.differing))


class CaseSeen(CaseLine):
    """A case with the steps that lead on, those that were taken, and the agreement of blind reviews."""

    model_config = example(**CASE, next_steps=[POSSIBLE], steps=[TAKEN], agreement=None)

    next_steps: list[StepPossible]
    steps: list[StepSeen]
    agreement: AgreementSeen | None

    @classmethod
    def for_reader(cls, user: User, case: Case) -> CaseSeen:
        agreed = reviewing.agreement_of(user, case)
        return cls(
            **dict(CaseLine.of(case)), next_steps=list(_possible(user, case)),
            steps=[StepSeen.of(each) for each in reviewing.steps_of(case)],
            agreement=None if agreed is None else AgreementSeen.of(agreed),
        )  # fmt: skip


class NewStep(Asked):
    """A step, with what it asks for; `seen` is `steps_taken` of the case as it was read."""

    model_config = Asked.model_config | example(step="take-up", seen=3, deadline="2027-01-15")

    step: StepName
    seen: int = Field(ge=0, le=1_000_000)
    version: Id | None = Field(None, description="Number of the frozen version that is handed in")
    deadline: date | None = Field(None, description="By when the other side is to act")
    held_on: date | None = Field(None, description="The day of the scoping meeting")
    reason: Written = ""

    def taken(self) -> Step:
        return Step(self.step)

    def given(self) -> Given:
        return Given(self.version, self.deadline, self.held_on, self.reason)


class Colleague(Seen):
    """A reviewer who could take a case: free of conflict, and not those who have it."""

    model_config = example(id=7, name="Bente")

    id: int
    name: str

    @classmethod
    def of(cls, person: User) -> Colleague:
        return cls(id=person.pk, name=person.name)


class ToColleague(Asked):
    """Which reviewer, as `list_colleagues` names them."""

    model_config = Asked.model_config | example(person=7, why="Barsel")

    person: Id
    why: Why = ""


def _possible(user: User, case: Case) -> Iterable[StepPossible]:
    settled = None
    for way in ways_from(State(case.state)):
        yours = _may(user, case, way)
        settled = settled or (_settled(user, case) if yours else None)
        way_on = services.in_the_way(case, way.step, user, settled) if yours and settled else ()
        yield StepPossible(
            step=way.step, name=Spoken.of(STEP_NAMES[way.step]), actor=way.actor, yours=yours,
            asks=[each for each in ASKS.get(way.step, ()) if each != "sure"],
            in_the_way=[FindingSeen.of(each) for each in way_on],
        )  # fmt: skip


def _may(user: User, case: Case, way: Way) -> bool:
    permission, state = services.NEEDS[way.actor]
    return decide(user, permission, organisation=case.plan.organisation, state=state).allowed


def _settled(user: User, case: Case) -> Given:
    """As if everything that a step asks for were sent."""
    today, newest = timezone.localdate(), plans.versions(user, case.plan).first()
    return Given(newest.number if newest else None, today + timedelta(1), case.scoping_held_on or today, "…")
