"""Reading cases, each by somebody who may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from klimaplan.domain.certification.workflow import ENDED, OWNER, Actor, State, Step
from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.accounts.permissions import Person as Reader
from klimaplan.web.accounts.selectors import roles_held
from klimaplan.web.certification.models import (
    Adoption,
    Case,
    Certificate,
    Commitment,
    Question,
    ReviewerScore,
    StepTaken,
)
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import Plan


@dataclass(frozen=True, slots=True)
class Load:
    """How much a reviewer has on the desk and has done; whole days."""

    open: int
    done: int
    days_to_first_answer: tuple[int, ...]


def case(user: Reader, key: int) -> Case:
    """A case, for who may read the draft, or judges plans and has no conflict.

    Raises
    ------
    UnknownCodeError : there is none
    NotAllowed
    """
    found = _cases().filter(pk=key).first()
    if found is None:
        raise UnknownCodeError(_unknown(str(key)))
    organisation = found.plan.organisation
    if not decide(user, Permission.PLAN_READ, organisation=organisation, state=PlanState.DRAFT).allowed:
        require(user, Permission.PLAN_READ, organisation=organisation, state=PlanState.SUBMITTED)
        if judges(user) and not _judges_here(user, organisation):
            # a reviewer with a conflict reads what everybody reads, and not the case
            require(user, Permission.PLAN_ASSESS, organisation=organisation, state=PlanState.SUBMITTED)
    return found


def cases_of(plan: Plan) -> QuerySet[Case]:
    """The cases of a plan, latest first."""
    return _cases().filter(plan=plan).order_by("-pk")


def open_case(plan: Plan) -> Case | None:
    return cases_of(plan).exclude(state__in=ENDED).first()


def desk(user: User) -> list[Case]:
    """What waits for reviewers and signatories, those with a conflict left out; the nearest deadline first."""
    waiting = [state for state, owner in OWNER.items() if owner in (Actor.REVIEWER, Actor.SIGNATORY)]
    found = [each for each in _cases().filter(state__in=waiting) if _judges_here(user, each.plan.organisation)]
    return sorted(found, key=lambda each: (each.deadline or date.max, each.opened_at))


def hidden_from(user: User) -> int:
    """How many cases wait that a person may not see because of a conflict."""
    waiting = [state for state, owner in OWNER.items() if owner in (Actor.REVIEWER, Actor.SIGNATORY)]
    return sum(not _judges_here(user, each.plan.organisation) for each in _cases().filter(state__in=waiting))


def with_the_municipality(user: User) -> list[Case]:
    """The cases of a reviewer that wait for an answer."""
    return list(_cases().filter(reviewer=user, state=State.REPLY).order_by("deadline", "pk"))


def waiting_since(found: Sequence[Case]) -> dict[int, datetime]:
    """Case → when its last step was taken, or it was opened."""
    last = StepTaken.objects.filter(case__in=found).values("case").annotate(at=Max("at"))
    steps = {row["case"]: row["at"] for row in last}
    return {each.pk: steps.get(each.pk, each.opened_at) for each in found}


def everywhere(organisations: Mapping[int, Organisation]) -> QuerySet[Case]:
    """The cases of several municipalities, for who oversees them."""
    return _cases().filter(plan__organisation_id__in=organisations)


def load_of(user: User) -> Load:
    """What a reviewer has on the desk, has finished, and how long each took until the first answer."""
    own = Case.objects.filter(reviewer=user)
    taken: dict[int, datetime] = {}
    answered: dict[int, datetime] = {}
    for each in StepTaken.objects.filter(case__in=own).order_by("case", "number"):
        if each.step == Step.TAKE_UP:
            taken.setdefault(each.case.pk, each.at)
        elif each.step in (Step.ASK, Step.RECOMMEND, Step.RETURN):
            answered.setdefault(each.case.pk, each.at)
    days = [(answered[key] - at).days for key, at in taken.items() if key in answered]
    open_now = own.filter(state__in=(State.REVIEW, State.REPLY)).count()
    done = own.filter(state__in=(State.RECOMMENDED, State.CERTIFIED, State.RETURNED)).count()
    return Load(open_now, done, tuple(sorted(days)))


def blind_scores(case: Case, round_: int) -> tuple[dict[str, str], dict[str, str]] | None:
    """Both reviewers' scores of a round once both are done; None before, so that neither sees the other's."""
    if case.second_reviewer is None:
        return None
    rows = ReviewerScore.objects.filter(case=case, round=round_)
    first = {each.criterion: each.score for each in rows if each.reviewer == case.reviewer}
    second = {each.criterion: each.score for each in rows if each.reviewer == case.second_reviewer}
    return (first, second) if first and set(first) == set(second) else None


def questions(user: Reader, case: Case) -> QuerySet[Question]:
    """The questions of a case; those not sent yet are the reviewer's."""
    found = Question.objects.filter(case=case).select_related("by", "replied_by")
    if _judges_here(user, case.plan.organisation):
        return found
    sent = case.round if State(case.state) is not State.REVIEW else case.round - 1
    return found.filter(round__lte=sent, taken_back_at__isnull=True)


def counts_by_state() -> dict[str, int]:
    """How many cases stand where: where the work piles up."""
    rows = Case.objects.values("state").annotate(number=Count("pk")).order_by("state")
    return {row["state"]: row["number"] for row in rows}


def certificate(sha256: str) -> Certificate:
    """A certificate by its hash, open to everybody.

    Raises
    ------
    UnknownCodeError
    """
    found = Certificate.objects.select_related("case__plan__organisation", "case__version").filter(sha256=sha256)
    made = found.first()
    if made is None:
        raise UnknownCodeError(_unknown(sha256[:12]))
    return made


def certificates_of(organisation: Organisation) -> QuerySet[Certificate]:
    """The certificates of a municipality, latest first."""
    found = Certificate.objects.filter(case__plan__organisation=organisation)
    return found.select_related("case__plan__organisation", "case__version").order_by("-issued_at")


def adoptions_of(plan: Plan) -> QuerySet[Adoption]:
    """What the council decided about versions of a plan, latest first."""
    return Adoption.objects.filter(plan=plan).select_related("version", "recorded_by").order_by("-recorded_at", "-pk")


def commitments_of(organisation: Organisation) -> QuerySet[Commitment]:
    return Commitment.objects.filter(organisation=organisation).select_related("document")


def judges(user: Reader) -> bool:
    """Whether a person is a reviewer or a signatory anywhere."""
    if user.pk is None:
        return False
    return any(each.role in ("reviewer", "c40_signatory") for each in roles_held(user.pk, timezone.localdate()))


def _judges_here(user: Reader, organisation: Organisation) -> bool:
    return any(
        decide(user, permission, organisation=organisation, state=PlanState.SUBMITTED).allowed
        for permission in (Permission.PLAN_ASSESS, Permission.PLAN_SIGN)
    )


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related(
        "plan__organisation", "version", "reviewer", "second_reviewer", "opened_by"
    ).defer("version__content")


def _unknown(key: str) -> Finding:
    return Finding(
        "case-unknown", key,
        Text("Den findes ikke.", "There is none like it."), Text("", ""),
        Text("Gå til planens side og følg linket derfra.", "Go to the plan's page and follow the link from there."),
    )  # fmt: skip
