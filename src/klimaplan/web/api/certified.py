"""Reading certification for the API: a case that somebody may not know of is not there for them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.domain.assessment.assess import Assessment
from klimaplan.domain.errors import UnknownCodeError
from klimaplan.reference import load
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.api import findings
from klimaplan.web.api.answers.criteria import CaseCriteria, CaseCriterion
from klimaplan.web.certification.assessing import bridge
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.certification.models import Adoption, Case, Commitment, Question, Revision
from klimaplan.web.certification.overview import circle, selectors
from klimaplan.web.certification.pages import criteria
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.certification.revisions import selectors as revisions
from klimaplan.web.plans.models import Plan, PlanVersion


def case_seen(user: User, case_id: int) -> Case:
    """A case that somebody may read; that there are others is not for them.

    Raises
    ------
    UnknownCodeError
    """
    try:
        return cases.case(user, case_id)
    except (NotAllowed, UnknownCodeError):
        raise UnknownCodeError(findings.unknown("case", case_id)) from None


def cases_of(plan: Plan) -> QuerySet[Case]:
    return cases.cases_of(plan).select_related("certificate")


def questions_of(user: User, case: Case) -> QuerySet[Question]:
    return reviewing.questions_of(user, case)


def question_of(user: User, case: Case, question_id: int) -> Question:
    """A question that somebody may see; `UnknownCodeError` otherwise."""
    found = questions_of(user, case).filter(pk=question_id).first()
    if found is None:
        raise UnknownCodeError(findings.unknown("question", question_id))
    found.case = case
    return found


def criteria_of(user: User, case: Case) -> CaseCriteria:
    """What each side says of every criterion, as far as a person may see it."""
    of, said = criteria.set_of(case), reviewing.said_of(user, case)
    seen = criteria.machine_of(user, case)
    rows = {row.criterion.id: row for row in seen.rows} if seen else {}
    return CaseCriteria(
        criteria=of.slug, items=[CaseCriterion.of(each, said, rows.get(each.id)) for each in of.criteria]
    )


def criterion_of(user: User, case: Case, code: str) -> CaseCriterion:
    """One of them; `UnknownCodeError` where the set has none like it."""
    found = next((each for each in criteria_of(user, case).items if each.criterion == code), None)
    if found is None:
        raise UnknownCodeError(findings.unknown("criterion", code))
    return found


def version_of(case: Case, version: PlanVersion | None) -> PlanVersion:
    """A version of a case with all that it says; `UnknownCodeError` where it has none."""
    if version is None:
        raise UnknownCodeError(findings.unknown("version", case.pk))
    return PlanVersion.objects.select_related("plan__organisation", "created_by").get(pk=version.pk)


def require_reviewer(user: User, case: Case) -> None:
    """Go on if the person reviews this municipality.

    Raises
    ------
    NotAllowed
    """
    require(user, Permission.PLAN_ASSESS, organisation=case.plan.organisation, state=PlanState.SUBMITTED)


def colleagues(user: User, case: Case) -> list[User]:
    """The reviewers who could take a case, for those who review it.

    Raises
    ------
    NotAllowed
    """
    require_reviewer(user, case)
    return reviewing.colleagues(case)


def colleague(user: User, case: Case, person_id: int) -> User:
    """One of them; of anybody else not even the name is told."""
    found = next((each for each in colleagues(user, case) if each.pk == person_id), None)
    if found is None:
        raise UnknownCodeError(findings.unknown("person", person_id))
    return found


def adoptions_of(plan: Plan) -> QuerySet[Adoption]:
    return cases.adoptions_of(plan)


def commitments_of(plan: Plan) -> QuerySet[Commitment]:
    return cases.commitments_of(plan.organisation)


def revision_of(plan: Plan, revision_id: int) -> Revision:
    """A revision of a plan, open or closed; `UnknownCodeError` where there is none like it."""
    found = revisions.revisions_of(plan).filter(pk=revision_id).first()
    if found is None:
        raise UnknownCodeError(findings.unknown("revision", revision_id))
    found.plan = plan
    return found


def assessment_of(plan: Plan, slug: str) -> tuple[Assessment, date]:
    """What a machine sees of a plan today, against a set of criteria or the one in force."""
    today = timezone.localdate()
    wanted = load.criteria_set(slug) if slug else load.set_in_force(today)
    return bridge.assessment(plan, wanted, today), today


def overview(user: User) -> tuple[selectors.Everything, circle.Circle]:
    """Everybody that somebody oversees; who belongs to a municipality sees that one only.

    Raises
    ------
    NotAllowed
    """
    around = circle.circle_of(user)
    if around is None:
        own = circle.own_municipality(user)
        around = circle.Circle(() if own is None else (own,), whole=False, drafts=True)
    return selectors.everything(around, timezone.localdate()), around
