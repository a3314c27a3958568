"""Reading people and their roles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import on_day


def person(email: str) -> User | None:
    """By e-mail, whatever its letters."""
    return User.objects.filter(email__iexact=email.strip()).first()


def roles_held(user_id: int, day: date) -> list[RoleAssignment]:
    """The roles of a person on a day, with their organisations."""
    return list(RoleAssignment.objects.filter(on_day(day), user_id=user_id).select_related("organisation"))


def roles_ever(user_id: int) -> list[RoleAssignment]:
    """Every role of a person: past, present and future."""
    return list(RoleAssignment.objects.filter(user_id=user_id).select_related("organisation"))


def has_held_role_in(user_id: int, organisation_ids: Collection[int], *, since: date, until: date) -> bool:
    """Whether a person held any role in one of the organisations on some day of a period."""
    overlapping = Q(valid_from__lte=until) & (Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    return RoleAssignment.objects.filter(overlapping, user_id=user_id, organisation_id__in=organisation_ids).exists()


def needs_second_factor(user_id: int, day: date) -> bool:
    """Whether one of the roles of a person asks for a second factor."""
    return any(ROLES[each.role].second_factor for each in roles_held(user_id, day))


def people_with_role(organisation: Organisation, role: str, day: date) -> QuerySet[User]:
    """Who holds a role in an organisation on a day."""
    held = RoleAssignment.objects.filter(on_day(day), organisation=organisation, role=role)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def people_of(organisation: Organisation, day: date) -> list[RoleAssignment]:
    """The roles held in an organisation on a day, with the people who hold them."""
    held = RoleAssignment.objects.filter(on_day(day), organisation=organisation)
    return list(held.select_related("user", "organisation").order_by("user__name", "role"))
