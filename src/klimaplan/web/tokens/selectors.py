"""Reading tokens: whose one is that is shown, and those that a person has."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.web.accounts.models import User
from klimaplan.web.tokens import secret
from klimaplan.web.tokens.models import PersonalToken


def shown(presented: str) -> PersonalToken | None:
    """The token behind a secret, with its owner; None whether there never was one, it has expired, was withdrawn, or
    its owner's account is closed.
    """
    digest = secret.digest_of(presented)
    if digest is None:
        return None
    found = PersonalToken.objects.select_related("user").filter(sha256=digest).first()
    return found if found is not None and is_working(found) and found.user.is_active else None


def is_working(token: PersonalToken) -> bool:
    return token.revoked_at is None and token.expires_at > timezone.now()


def working(user: User) -> QuerySet[PersonalToken]:
    """Those of a person that can be used."""
    return PersonalToken.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=timezone.now())


def tokens_of(user: User) -> QuerySet[PersonalToken]:
    """All of a person, latest first."""
    return PersonalToken.objects.filter(user=user)
