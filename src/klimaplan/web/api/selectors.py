"""Reading for the API: what a person may not know of is not there for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.api import findings
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.departments import selectors as departments
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.contents.kinds import kind_of
from klimaplan.web.plans.models import Comment, PartRevision, Plan, PlanPart, PlanVersion, Task
from klimaplan.web.progress import selectors as progress
from klimaplan.web.progress.models import LinkGrant, Report


def plan_seen(user: User, plan_id: int) -> Plan:
    """A plan that somebody may read; that there are others is not for them.

    Raises
    ------
    UnknownCodeError
    """
    try:
        return plans.plan_for(user, plan_id)
    except (NotAllowed, UnknownCodeError):
        raise UnknownCodeError(findings.unknown("plan", plan_id)) from None


def part_of(plan: Plan, part_id: int) -> PlanPart:
    found = PlanPart.objects.filter(plan=plan, pk=part_id).select_related("updated_by").first()
    if found is None:
        raise UnknownCodeError(findings.unknown("part", part_id))
    found.plan = plan
    return found


def parts_of(
    plan: Plan, *, kind: str, key: str, updated_since: datetime | None, removed: bool
) -> QuerySet[PlanPart]:  # fmt: skip
    """The parts of every kind, or of one; with what was removed where that is asked for."""
    found = PlanPart.objects.filter(plan=plan).select_related("updated_by")
    if kind:
        found = found.filter(kind=kind_of(kind).code)
    if key:
        found = found.filter(key=key)
    if updated_since is not None:
        found = found.filter(updated_at__gte=updated_since)
    return found if removed else found.filter(removed=False)


def order_of(plan: Plan, kind: str) -> list[str]:
    """The keys of a kind in their order."""
    return [part.key for part in plans.parts(plan, kind_of(kind).code)]


def history_of(part: PlanPart) -> QuerySet[PartRevision]:
    return plans.history(part)


def variants_of(plan: Plan) -> QuerySet[Plan]:
    return plans.variants_of(plan).select_related("organisation", "variant_of")


def versions_of(user: User, plan: Plan, *, drafts: bool) -> QuerySet[PlanVersion]:
    return plans.versions(user, plan, drafts=drafts).select_related("plan", "created_by")


def published() -> QuerySet[PlanVersion]:
    return plans.published_versions().select_related("plan__organisation", "created_by")


def comments_of(plan: Plan, *, part: int | None, open_only: bool) -> QuerySet[Comment]:
    about = None if part is None else part_of(plan, part)
    return plans.comments(plan, part=about, open_only=open_only).select_related("answers")


def links_of(user: User, plan: Plan) -> QuerySet[LinkGrant]:
    return progress.links(user, plan)


def reports_of(user: User, plan: Plan) -> QuerySet[Report]:
    return progress.reports(user, plan)


def version_of(user: User, plan: Plan, number: int) -> PlanVersion:
    return plans.version(user, plan, number)


def side_of(user: User, plan: Plan, written: str) -> Plan | PlanVersion:
    """One side of a comparison: ``now``, or the number of a version."""
    return plan if written == "now" else version_of(user, plan, int(written))


def published_of(plan_id: int) -> PlanVersion:
    """The latest published version of a plan: open to everyone, also of plans one may not see into."""
    found = plans.published_versions().filter(plan_id=plan_id).first()
    if found is None:
        raise UnknownCodeError(findings.unknown("published-plan", plan_id))
    return found


def comment_of(plan: Plan, comment_id: int) -> Comment:
    found = Comment.objects.filter(plan=plan, pk=comment_id).select_related("plan", "by", "part").first()
    if found is None:
        raise UnknownCodeError(findings.unknown("comment", comment_id))
    return found


def task_of(plan: Plan, task_id: int) -> Task:
    found = Task.objects.filter(plan=plan, pk=task_id).select_related("plan", "assigned_to", "part").first()
    if found is None:
        raise UnknownCodeError(findings.unknown("task", task_id))
    return found


def readers(plan: Plan, ids: Iterable[int]) -> list[User]:
    """The people of these numbers; of one who cannot read the plan not even the name is told.

    Raises
    ------
    UnknownCodeError
    """
    wanted = list(dict.fromkeys(ids))
    there = {user.pk: user for user in User.objects.filter(pk__in=wanted)}
    state = PlanState(plan.state)
    outside = [
        key for key in wanted
        if key not in there
        or not decide(there[key], Permission.PLAN_READ, organisation=plan.organisation, state=state).allowed
    ]  # fmt: skip
    if outside:
        raise UnknownCodeError([findings.unknown("person", key) for key in outside])
    return [there[key] for key in wanted]


def contact(organisation: Organisation, role_id: int) -> RoleAssignment:
    """Somebody who holds the role of a department contact today; `UnknownCodeError` otherwise."""
    found = departments.contacts(organisation).filter(pk=role_id).first()
    if found is None:
        raise UnknownCodeError(findings.unknown("contact", role_id))
    return found


def activity_of(plan: Plan) -> QuerySet[Event]:
    """What was done to a plan."""
    return Event.objects.filter(
        Q(object_kind="plan", object_key=str(plan.pk))
        | Q(object_kind__startswith="plan-", object_key__startswith=f"{plan.pk}/")
    )


def events(user: User, *, organisation: str, object_kind: str) -> QuerySet[Event]:
    """The audit log.

    Raises
    ------
    NotAllowed
    """
    require(user, Permission.AUDIT_READ, organisation=None)
    found = Event.objects.all()
    if organisation:
        found = found.filter(organisation=organisations.organisation(organisation).slug)
    return found.filter(object_kind=object_kind) if object_kind else found
