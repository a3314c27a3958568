"""Whose municipalities somebody oversees: all of them, those of a DGO, or none but one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require, two_years_before
from klimaplan.web.accounts.roles import ROLES, Scope
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.models import Belonging, Organisation
from klimaplan.web.workspace.looked_on import members_of


@dataclass(frozen=True, slots=True)
class Circle:
    """What somebody oversees.

    Parameters
    ----------
    whole : whether it is the whole country
    drafts : whether their plans may be read while they are written
    closed : keys of those whose cases stay closed to this person because of a conflict
    """

    organisations: tuple[Organisation, ...]
    whole: bool
    drafts: bool
    closed: frozenset[int] = frozenset()


def circle_of(user: User) -> Circle | None:
    """The municipalities that somebody oversees; None for who belongs to a municipality and sees that one only.

    Raises
    ------
    NotAllowed : none of the person's roles reads plans that were handed in
    """
    today = timezone.localdate()
    held = accounts.roles_held(user.pk, today)
    members = members_of(held, today)
    if _oversees_all(user):
        everybody = organisations.organisations(kind=Organisation.Kind.MUNICIPALITY, on=today)
        read_anyway = {each.pk for each in members} | {each.organisation.pk for each in held if _reads_own(user, each)}
        return Circle(
            tuple(everybody), whole=True, drafts=False, closed=_closed_to(user, held, today) - read_anyway
        )  # fmt: skip
    if members:
        return Circle(tuple(members), whole=False, drafts=True)
    if own_municipality(user) is None:
        require(user, Permission.PROGRAMME_RUN, organisation=None)
    return None


def own_municipality(user: User) -> Organisation | None:
    """The municipality somebody reads the plan of as one of its own."""
    held = accounts.roles_held(user.pk, timezone.localdate())
    return next((each.organisation for each in held if _reads_own(user, each)), None)


def may_oversee(user: User) -> bool:
    """Whether the overview has anything for somebody: what decides about a link to it."""
    today = timezone.localdate()
    return _oversees_all(user) or bool(members_of(accounts.roles_held(user.pk, today), today))


def _oversees_all(user: User) -> bool:
    return (
        decide(user, Permission.PROGRAMME_RUN, organisation=None).allowed
        or decide(user, Permission.PLAN_READ, organisation=None, state=PlanState.SUBMITTED).allowed
    )


def _reads_own(user: User, held: RoleAssignment) -> bool:
    """Whether a role is one in a municipality that reads its drafts."""
    own = held.organisation
    is_municipality = own.kind == Organisation.Kind.MUNICIPALITY
    return is_municipality and decide(user, Permission.PLAN_READ, organisation=own, state=PlanState.DRAFT).allowed


def _closed_to(user: User, held: Iterable[RoleAssignment], today: date) -> frozenset[int]:
    """The municipalities somebody who judges plans belongs to, or did in the last two years, themselves or by a DGO.

    The rule of `permissions.is_conflicted`, asked once for everybody instead of once for each.
    """
    if any(_reads_all_without_judging(each) for each in held):
        return frozenset()
    since = two_years_before(today)
    over = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    near = set(RoleAssignment.objects.filter(over, user=user).values_list("organisation_id", flat=True))
    members = Belonging.objects.filter(over, kind="dgo", group__in=near).values_list("member_id", flat=True)
    return frozenset(near) | frozenset(members)


def _reads_all_without_judging(held: RoleAssignment) -> bool:
    role = ROLES[held.role]
    return not role.impartial and any(
        grant.permission is Permission.PLAN_READ and grant.scope is Scope.ALL and PlanState.SUBMITTED in grant.states
        for grant in role.grants
    )
