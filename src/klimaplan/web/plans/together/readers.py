"""Who may read a plan: those who can be mentioned in it and asked to do something."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.accounts.roles import ROLES, Scope
from klimaplan.web.organisations.models import Belonging
from klimaplan.web.organisations.selectors import on_day
from klimaplan.web.plans.models import Plan


def readers(plan: Plan) -> list[User]:
    """Everybody who reads a plan by one of their roles, by name; not those who only read what is open to everyone."""
    day, state = timezone.localdate(), PlanState(plan.state)
    groups = Belonging.objects.filter(on_day(day), member=plan.organisation).values("group")
    reach = {
        Scope.OWN: Q(organisation=plan.organisation),
        Scope.MEMBERS: Q(organisation__in=groups),
        Scope.ALL: Q(),
    }
    reading = Q(pk__in=[])
    for role in ROLES.values():
        for grant in role.grants:
            if grant.permission is Permission.PLAN_READ and state in grant.states and grant.scope in reach:
                reading |= reach[grant.scope] & Q(role=role.key)
    held = RoleAssignment.objects.filter(on_day(day), reading, user__is_active=True).select_related("user")
    found: dict[int, User] = {}
    impartial: dict[int, User] = {}
    for each in held:
        (impartial if ROLES[each.role].impartial else found)[each.user.pk] = each.user
    for key, user in impartial.items():
        # a role that is closed on one's own organisations is asked for one by one
        if key not in found and _may_read(user, plan):
            found[key] = user
    return sorted(found.values(), key=lambda user: (user.name.casefold(), user.pk))


def _may_read(user: User, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed
