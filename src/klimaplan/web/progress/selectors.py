"""Reading links and what came in through them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.responsible.selectors import keeps
from klimaplan.web.progress import findings, tokens
from klimaplan.web.progress.models import LinkGrant, Report


def open_link(token: str) -> LinkGrant:
    """The link behind a token, if it still can be used.

    Raises
    ------
    UnknownCodeError : the same one whether it was never made, has expired, was revoked, its action was removed, or
        whoever made it may no longer report
    """
    kept = tokens.digest_of(token)
    found = None if kept is None else _grants().filter(token_sha256=kept).first()
    if found is None or kept is None or not tokens.same(kept, found.token_sha256) or not is_usable(found):
        raise UnknownCodeError(findings.link_not_usable())
    return found


def is_usable(grant: LinkGrant) -> bool:
    """Whether something can be reported through a link now."""
    plan = grant.part.plan
    alive = grant.revoked_at is None and grant.expires_at > timezone.now() and not grant.part.removed
    return alive and decide(
        grant.made_by, Permission.PLAN_UPDATE_ACTION, organisation=plan.organisation, state=PlanState(plan.state),
        mine=keeps(grant.made_by, grant.part),
    ).allowed  # fmt: skip


def links(user: User, plan: Plan) -> QuerySet[LinkGrant]:
    """The links of a plan, latest first.

    Raises
    ------
    NotAllowed : the person may not send any
    """
    require(user, Permission.LINK_SEND, organisation=plan.organisation)
    return _grants().filter(part__plan=plan)


def link(user: User, plan: Plan, key: int) -> LinkGrant:
    """One of them.

    Raises
    ------
    NotAllowed, UnknownCodeError
    """
    found = links(user, plan).filter(pk=key).first()
    if found is None:
        raise UnknownCodeError(findings.link_not_usable())
    return found


def reports(user: User, plan: Plan) -> QuerySet[Report]:
    """What came in through the links of a plan, latest first."""
    require(user, Permission.LINK_SEND, organisation=plan.organisation)
    return Report.objects.filter(grant__part__plan=plan).select_related("grant__part", "grant__made_by")


def _grants() -> QuerySet[LinkGrant]:
    return LinkGrant.objects.select_related("part__plan__organisation", "made_by")
