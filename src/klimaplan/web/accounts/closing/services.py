"""What can be done about an account as a whole: close one's own, and open a closed one again."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts import findings, requests, selectors
from klimaplan.web.accounts.closing.selectors import administrators
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, require
from klimaplan.web.audit.services import record
from klimaplan.web.tokens.services import revoke_every_token


@transaction.atomic
def close_account(*, by: User) -> str:
    """Close one's own account: roles end, nobody logs in, and all that is kept is the name beside what was done.

    Says the address it had, for the last letter.

    Raises
    ------
    InputError : somebody has to stay who can open it again
    """
    # under one lock, so that the last two do not go at once, each counting on the other
    list(RoleAssignment.objects.select_for_update().filter(role="administrator").order_by("pk"))
    user = User.objects.select_for_update().get(pk=by.pk)
    if administrators() == {user.pk}:
        raise InputError(findings.last_administrator())
    before = str(user.email)
    _end_roles(user)
    for session in UserSession.objects.filter(user=user):
        session.end()
    revoke_every_token(of=user)
    for kept in (EmailAddress, Authenticator, SocialAccount):
        kept.objects.filter(user=user).delete()
    open_offers = Invitation.objects.filter(email__iexact=before, used_at__isnull=True, withdrawn_at__isnull=True)
    open_offers.update(withdrawn_at=timezone.now())
    Invitation.objects.filter(email__iexact=before).update(email=forgotten(user))
    user.email, user.is_active, user.closed_at = forgotten(user), False, timezone.now()
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "closed_at", "password"])
    record(by=user, what="person.account-closed", object_kind="person", object_key=str(user.pk))
    return before


@transaction.atomic
def open_account(*, by: User, user: User, email: str) -> User:
    """Open a closed account under an address of today. Roles are given anew, by whoever may give them.

    Raises
    ------
    NotAllowed
    InputError : the account is not closed, or the address is none or has an account
    """
    require(by, Permission.INSTALLATION_ADMINISTER, organisation=None)
    kept = User.objects.select_for_update().filter(pk=user.pk, closed_at__isnull=False).first()
    if kept is None:
        raise UnknownCodeError(findings.account_not_closed())
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InputError(findings.email_not_usable(email)) from None
    if selectors.person(email) is not None:
        raise InputError(findings.person_exists(email))
    kept.email, kept.is_active, kept.closed_at = email, True, None
    kept.save(update_fields=["email", "is_active", "closed_at"])
    EmailAddress.objects.create(user=kept, email=email, verified=True, primary=True)
    record(by=by, what="person.account-opened", object_kind="person", object_key=str(kept.pk))
    return kept


def forgotten(user: User) -> str:
    """What stands in place of an address: no letter can be sent to it (RFC 2606), and no two are the same."""
    return f"closed-{user.pk}@account.invalid"


def _end_roles(user: User) -> None:
    today = timezone.localdate()
    running = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    for held in RoleAssignment.objects.filter(running, user=user).select_related("organisation"):
        before, held.valid_to = held.valid_to, max(today - timedelta(1), held.valid_from)
        held.save(update_fields=["valid_to"])
        record(
            by=user, what="role.ended", object_kind="person", object_key=str(user.pk), why="account closed",
            before={"role": held.role, "until": before}, after={"role": held.role, "until": held.valid_to},
            organisation=held.organisation.slug,
        )  # fmt: skip
    requests.forget()
