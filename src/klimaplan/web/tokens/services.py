"""What can be done with tokens: make one, withdraw it, and note the day it was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from klimaplan.domain.errors import InputError, Text, UnknownCodeError
from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.audit.services import record
from klimaplan.web.tokens import findings, letters, secret, selectors
from klimaplan.web.tokens.models import PersonalToken
from klimaplan.web.tokens.scopes import Scope

LONGEST_NAME = 80
MOST_DAYS = 365
MOST_TOKENS = 20
"""Tokens of one person that work."""


@dataclass(frozen=True, slots=True)
class Made:
    """A token and its secret: that is shown this once, and kept nowhere."""

    token: PersonalToken
    secret: str


@transaction.atomic
def make_token(*, by: User, name: str, scopes: Iterable[str], days: int) -> Made:
    """A token of one's own; nobody makes one for others.

    Raises
    ------
    NotAllowed : a role of the person asks for a second factor, and there is none
    InputError : everything that is wrong with what was asked for
    """
    require_second_factor(by)
    name, wanted = " ".join(name.split()), sorted(set(scopes))
    faults = [findings.scope_unknown(each[:40]) for each in wanted if each not in set(Scope)]
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        faults.append(findings.name_not_usable(LONGEST_NAME))
    if not wanted:
        faults.append(findings.scopes_missing())
    if not 1 <= days <= MOST_DAYS:
        faults.append(findings.days_out_of_range(MOST_DAYS))
    User.objects.select_for_update().get(pk=by.pk)  # two requests at once do not make one too many
    if selectors.working(by).count() >= MOST_TOKENS:
        faults.append(findings.too_many(MOST_TOKENS))
    if faults:
        raise InputError(faults)
    now, new = timezone.now(), secret.new()
    token = PersonalToken.objects.create(
        user=by, name=name, scopes=" ".join(wanted), prefix=new[: secret.SHOWN], sha256=secret.digest(new),
        made_at=now, expires_at=now + timedelta(days=days),
    )  # fmt: skip
    record(
        by=by, what="token.made", object_kind="token", object_key=str(token.pk),
        after={"prefix": token.prefix, "scopes": wanted, "expires": token.expires_at.date()},
    )  # fmt: skip
    transaction.on_commit(letters.made(token).send)
    return Made(token, new)


@transaction.atomic
def revoke_token(*, by: User, key: int) -> PersonalToken:
    """Make a token of one's own stop working at once.

    Raises
    ------
    UnknownCodeError : the person has no such token
    """
    token = PersonalToken.objects.select_for_update().filter(user=by, pk=key).first()
    if token is None:
        raise UnknownCodeError(findings.not_there(key))
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(by=by, what="token.revoked", object_kind="token", object_key=str(token.pk),
               after={"prefix": token.prefix})  # fmt: skip
    return token


def revoke_every_token(*, of: User) -> None:
    """None of a person's tokens works any more; the caller records why."""
    PersonalToken.objects.filter(user=of, revoked_at__isnull=True).update(revoked_at=timezone.now())


def note_use(token: PersonalToken) -> None:
    """Remember the day; written once a day, so that reading stays reading."""
    today = timezone.localdate()
    if token.last_used != today:
        PersonalToken.objects.filter(pk=token.pk).update(last_used=today)


def require_second_factor(user: User) -> None:
    """Whoever holds a role that asks for a second factor uses no token without one either.

    Raises
    ------
    NotAllowed
    """
    if accounts.needs_second_factor(user.pk, timezone.localdate()) and not accounts.has_second_factor(user.pk):
        raise NotAllowed("second-factor", _NEEDED, _SET_UP)


_NEEDED = Text("Din rolle kræver login i to trin.", "Your role asks for a second factor.")
_SET_UP = Text("Sæt det op på siden Min konto.", "Set it up on the page My account.")
