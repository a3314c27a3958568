"""Reading who keeps which action up to date."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import on_day
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import PlanPart, Responsibility

REPORTING = frozenset(
    role.key
    for role in ROLES.values()
    if any(grant.permission is Permission.PLAN_UPDATE_ACTION for grant in role.grants)
)
"""The roles that report progress."""


def responsible_for(part: PlanPart) -> QuerySet[Responsibility]:
    """Who keeps an action up to date today."""
    there = Responsibility.objects.filter(on_day(timezone.localdate()), part=part)
    return there.select_related("user").order_by("user__name", "pk")


def keeps(user: User, part: PlanPart) -> bool:
    """Whether somebody keeps an action up to date, or the action that a part hangs on."""
    key = part.key if part.kind == ACTION else part.content.get("action", "")
    there = Responsibility.objects.filter(on_day(timezone.localdate()), user=user, part__plan=part.plan)
    return there.filter(part__kind=ACTION, part__key=key).exists()


def actions_of(user: User) -> list[PlanPart]:
    """The actions that somebody keeps up to date, in plans and not in their variants; the caller asks who may read."""
    own = Responsibility.objects.filter(on_day(timezone.localdate()), user=user)
    there = PlanPart.objects.filter(pk__in=own.values("part"), removed=False, plan__variant_of=None)
    return list(there.select_related("plan__organisation").order_by("plan", "position", "pk"))


def reporters(organisation: Organisation) -> list[User]:
    """The people who can be asked to keep an action up to date: those of the organisation who report progress."""
    held = accounts.people_of(organisation, timezone.localdate())
    return list({each.user.pk: each.user for each in held if each.role in REPORTING and each.user.is_active}.values())
