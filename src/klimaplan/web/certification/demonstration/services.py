"""What `klimaplan init --demo` adds: a case in every state, on invented plans, with invented people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.certification.workflow import Actor, State, Step, way
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.selectors import person
from klimaplan.web.audit.services import record
from klimaplan.web.certification.cases.certificate import content_of
from klimaplan.web.certification.models import (
    Adoption,
    Case,
    Certificate,
    Commitment,
    Question,
    ReviewerScore,
    Score,
    SelfScore,
    StepTaken,
)
from klimaplan.web.plans.evidence import store
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from klimaplan.web.plans.stored import digest

LETTER = b"Demo: et opfundet tilsagn. An invented letter of commitment.\n"
TO_DRAFTING = (Step.ASK_FOR_SCOPING, Step.HOLD_SCOPING)
TO_SUBMITTED = (*TO_DRAFTING, Step.SUBMIT)
TO_REVIEW = (*TO_SUBMITTED, Step.TAKE_UP)
TO_REPLY = (*TO_REVIEW, Step.ASK)
TO_ROUND_TWO = (*TO_REPLY, Step.ANSWER)
TO_RECOMMENDED = (*TO_ROUND_TWO, Step.RECOMMEND)

COURSES: Mapping[str, tuple[Step, ...]] = {
    "ballerup": (),
    "aarhus": (Step.ASK_FOR_SCOPING,),
    "gladsaxe": TO_DRAFTING,
    "albertslund": TO_SUBMITTED,
    "frederikssund": TO_SUBMITTED,
    "odense": TO_REVIEW,
    "svendborg": TO_ROUND_TWO,
    "hvidovre": TO_REPLY,
    "roskilde": TO_RECOMMENDED,
    "aalborg": (*TO_RECOMMENDED, Step.SIGN),
    "egedal": (*TO_REVIEW, Step.RETURN),
    "vejle": (*TO_DRAFTING, Step.WITHDRAW),
}
"""Municipality → the steps its invented case has taken."""

DAYS_APART = 11
"""Between two steps."""

REASONS = {
    Step.RETURN: "Demo: Risikovurderingen bygger på ældre data end kriterierne tillader.",
    Step.WITHDRAW: "Demo: Planen skrives sammen med kommuneplanen først.",
}
ARGUMENT = "Demo: Vi går en anden vej, fordi havnen hører under et andet selskab."


@dataclass(frozen=True, slots=True)
class People:
    """The invented people who take steps; a municipality without one has its steps taken by nobody."""

    kaja: User
    reviewer: User
    signatory: User

    def who(self, actor: Actor, plan: Plan) -> User | None:
        if actor is Actor.MUNICIPALITY:
            return self.kaja if plan.organisation.slug == "hvidovre" else None
        return self.reviewer if actor is Actor.REVIEWER else self.signatory


@transaction.atomic
def load_demo_cases() -> int:
    """Invented cases where there is none yet; says how many are new."""
    found = [person(f"{name}@demo.example") for name in ("kaja", "bent", "carla")]
    wanted = Plan.objects.filter(demo=True, variant_of=None, organisation__slug__in=COURSES, cases=None)
    plans = list(wanted.select_related("organisation").order_by("organisation__name_da"))
    if None in found or not plans or Case.objects.filter(plan__demo=True).exists():
        return 0
    people = People(*(each for each in found if each is not None))
    of = load.set_in_force(timezone.localdate())
    sha, scanned = store.keep(LETTER)
    for number, plan in enumerate(plans):
        _commit(plan, sha, scanned=scanned)
        _walk(plan, COURSES[plan.organisation.slug], people, of, idle=3 + 7 * number % 41)
    return len(plans)


def _commit(plan: Plan, sha: str, *, scanned: bool) -> None:
    now = timezone.now()
    letter = EvidenceFile.objects.create(
        plan=plan, sha256=sha, kind="txt", size=len(LETTER), name="tilsagn-demo.txt", scanned=scanned, at=now
    )
    Commitment.objects.create(
        organisation=plan.organisation, signed_on=timezone.localdate() - timedelta(400), case_reference="Demo 25/1",
        document=letter, recorded_at=now,
    )  # fmt: skip


def _walk(plan: Plan, steps: tuple[Step, ...], people: People, of: CriteriaSet, *, idle: int) -> None:
    """A case with everything that its steps ask for, some days apart; the last was so many days ago."""
    version = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    at = timezone.now() - timedelta(DAYS_APART * len(steps) + idle)
    case = Case.objects.create(
        plan=plan, criteria=of.slug, state=State.SELF_ASSESSMENT, opened_at=at, opened_by=people.who(
            Actor.MUNICIPALITY, plan)
    )  # fmt: skip
    assessed = of.criteria if steps else of.criteria[: len(of.criteria) // 2]
    SelfScore.objects.bulk_create(
        SelfScore(
            case=case, criterion=each.id, score=_score(number), at=at,
            argument=ARGUMENT if _score(number) is not Score.MET else "", by=case.opened_by,
        )
        for number, each in enumerate(assessed)
    )  # fmt: skip
    _record(case, None, "case.opened", {"criteria": case.criteria})
    for step in steps:
        at += timedelta(DAYS_APART)
        _take(case, step, version, people, of, at)


def _take(
    case: Case, step: Step, version: PlanVersion | None, people: People, of: CriteriaSet, at: datetime
) -> None:  # fmt: skip
    found = way(step, State(case.state))
    if found is None:
        raise ValueError(f"the invented case cannot {step} from {case.state}")
    by, before = people.who(found.actor, case.plan), case.state
    if step is Step.ASK:
        _ask(case, people, of, at)
    if step is Step.ANSWER:
        Question.objects.filter(case=case).update(
            reply="Demo: Det står i afsnittet om transport.", replied_by=people.kaja, replied_at=at
        )
    if step is Step.RECOMMEND:
        _score_all(case, people.reviewer, of, at)
    case.state, case.steps_taken = found.target, case.steps_taken + 1
    case.deadline = timezone.localdate(at) + timedelta(28) if step in (Step.TAKE_UP, Step.ASK) else None
    case.scoping_held_on = timezone.localdate(at) if step is Step.HOLD_SCOPING else case.scoping_held_on
    case.version = version if step is Step.SUBMIT else case.version
    case.reviewer = people.reviewer if step is Step.TAKE_UP else case.reviewer
    case.round += found.target is State.REVIEW
    case.save()
    if step is Step.TAKE_UP:
        _score_all(case, people.reviewer, of, at, most=len(of.criteria) // 2)
    StepTaken.objects.create(
        case=case, number=case.steps_taken, step=step, before=before, after=case.state, version=case.version,
        deadline=case.deadline, reason=REASONS.get(step, ""), by=by, at=at,
    )  # fmt: skip
    _record(case, by, "case.step-taken", {"step": step, "state": case.state})
    if step is Step.SIGN:
        _certify(case, at)


def _ask(case: Case, people: People, of: CriteriaSet, at: datetime) -> None:
    _score_all(case, people.reviewer, of, at)
    for each in of.criteria[1:4:2]:
        Question.objects.create(
            case=case, round=case.round, criterion=each.id, at=at, by=people.reviewer,
            text="Demo: Hvor i planen står det, og hvem har ansvaret?",
        )  # fmt: skip


def _score_all(case: Case, reviewer: User, of: CriteriaSet, at: datetime, most: int | None = None) -> None:
    """Scores for the criteria that this round has none of yet."""
    there = set(ReviewerScore.objects.filter(case=case, round=case.round).values_list("criterion", flat=True))
    ReviewerScore.objects.bulk_create(
        ReviewerScore(
            case=case, round=case.round, criterion=each.id, score=_score(number), reviewer=reviewer, at=at,
            argument_accepted=_score(number) is not Score.MET,
            comment="Demo: Argumentet holder." if _score(number) is not Score.MET else "",
        )
        for number, each in enumerate(of.criteria[:most]) if each.id not in there
    )  # fmt: skip


def _certify(case: Case, at: datetime) -> None:
    content = content_of(case, at)
    Certificate.objects.create(case=case, content=content, sha256=digest(content), issued_at=at)
    if case.version is not None:
        Adoption.objects.create(
            plan=case.plan, version=case.version, state=Adoption.State.ADOPTED, case_number="Demo 26/1",
            decided_on=timezone.localdate(at), recorded_at=at,
        )  # fmt: skip


def _score(number: int) -> Score:
    """Mostly met; every seventh in part, with an argument."""
    return Score.PARTIAL if number % 7 == 5 else Score.MET


def _record(case: Case, by: User | None, what: str, after: Mapping[str, object]) -> None:
    record(
        by=by, what=what, object_kind="case", object_key=str(case.pk), after=dict(after),
        organisation=case.plan.organisation.slug, label="demonstration",
    )  # fmt: skip
