"""Reading closed accounts, and who can open them."""

from __future__ import annotations

from django.utils import timezone

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts import findings
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, Person, require
from klimaplan.web.organisations.selectors import on_day


def administrators() -> set[int]:
    """The keys of those who administer the installation today."""
    held = RoleAssignment.objects.filter(on_day(timezone.localdate()), role="administrator", user__is_active=True)
    return set(held.values_list("user_id", flat=True))


def closed_accounts(user: Person) -> list[User]:
    """Accounts that their people have closed, latest first.

    Raises
    ------
    NotAllowed
    """
    require(user, Permission.INSTALLATION_ADMINISTER, organisation=None)
    return list(User.objects.filter(closed_at__isnull=False).order_by("-closed_at", "pk"))


def closed_account(user: Person, key: str) -> User:
    """One of them; `UnknownCodeError` where there is none."""
    found = next((each for each in closed_accounts(user) if str(each.pk) == key), None)
    if found is None:
        raise UnknownCodeError(findings.account_not_closed())
    return found
