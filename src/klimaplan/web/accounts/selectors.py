"""Reading people and their roles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.utils import timezone

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts import findings
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.requests import once_a_request
from klimaplan.web.accounts.roles import MAY_GIVE, ROLES, Permission, Scope
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import on_day


def person(email: str) -> User | None:
    """By e-mail, whatever its letters."""
    return User.objects.filter(email__iexact=email.strip()).first()


def roles_held(user_id: int, day: date) -> list[RoleAssignment]:
    """The roles of a person on a day, with their organisations; read once a request."""
    held = RoleAssignment.objects.filter(on_day(day), user_id=user_id).select_related("organisation")
    return list(once_a_request(("roles", user_id, day), lambda: list(held)))


def roles_ever(user_id: int) -> list[RoleAssignment]:
    """Every role of a person: past, present and future."""
    return list(RoleAssignment.objects.filter(user_id=user_id).select_related("organisation", "department"))


def has_held_role_in(user_id: int, organisation_ids: Collection[int], *, since: date, until: date) -> bool:
    """Whether a person held any role in one of the organisations on some day of a period."""
    overlapping = Q(valid_from__lte=until) & (Q(valid_to__isnull=True) | Q(valid_to__gte=since))
    return RoleAssignment.objects.filter(overlapping, user_id=user_id, organisation_id__in=organisation_ids).exists()


def needs_second_factor(user_id: int, day: date) -> bool:
    """Whether one of the roles of a person asks for a second factor."""
    return any(ROLES[each.role].second_factor for each in roles_held(user_id, day))


def people_of(organisation: Organisation, day: date) -> list[RoleAssignment]:
    """The roles held in an organisation on a day, with the people who hold them."""
    held = RoleAssignment.objects.filter(on_day(day), organisation=organisation)
    return list(held.select_related("user", "organisation", "department").order_by("user__name", "role"))


def roles_to_give(user_id: int, organisation: Organisation, day: date) -> list[str]:
    """The roles that a person may give in an organisation, in the order of the table."""
    reaching = {
        given
        for each in roles_held(user_id, day)
        for grant in ROLES[each.role].grants
        if grant.permission is Permission.PEOPLE_INVITE
        and (grant.scope is Scope.ALL or each.organisation == organisation)
        for given in MAY_GIVE[each.role]
    }
    return [role.key for role in ROLES.values() if role.key in reaching and organisation.kind in role.given_on]


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that have not been used, withdrawn or expired."""
    return Invitation.objects.filter(
        organisation=organisation, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    )


def has_second_factor(user_id: int) -> bool:
    """Whether a person has an app or a passkey; codes on paper alone are none."""
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=factors).exists())


def sessions_of(user: User) -> list[UserSession]:
    """Where a person is signed in, latest first; what has run out is cleared away."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda each: each.created_at, reverse=True)


def invitation(slug: str, key: int) -> Invitation:
    """An invitation of an organisation; `UnknownCodeError` where there is none."""
    found = Invitation.objects.select_related("organisation").filter(organisation__slug=slug, pk=key).first()
    if found is None:
        raise UnknownCodeError(findings.not_there(str(key)))
    return found


def assignment(slug: str, key: int) -> RoleAssignment:
    """A role held in an organisation; `UnknownCodeError` where there is none."""
    there = RoleAssignment.objects.select_related("organisation", "user")
    found = there.filter(organisation__slug=slug, pk=key).first()
    if found is None:
        raise UnknownCodeError(findings.not_there(str(key)))
    return found
