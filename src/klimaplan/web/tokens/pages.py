"""What the page of tokens shows, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.web.accounts.models import User
from klimaplan.web.config.errors import language
from klimaplan.web.tokens import selectors
from klimaplan.web.tokens.models import PersonalToken
from klimaplan.web.tokens.scopes import MEANING, Scope


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in the list."""

    key: int
    name: str
    prefix: str
    scopes: tuple[str, ...]
    made: datetime
    expires: datetime
    last_used: date | None
    state: str
    works: bool


def token_lines(user: User) -> list[TokenLine]:
    """All of one's own, those that work first."""
    return sorted((_line(each) for each in selectors.tokens_of(user)), key=lambda line: not line.works)


def _line(token: PersonalToken) -> TokenLine:
    return TokenLine(
        token.pk,
        token.name,
        token.prefix,
        tuple(MEANING[scope].read(language()) for scope in Scope if scope in token.scope_set),
        token.made_at,
        token.expires_at,
        token.last_used,
        _state(token),
        selectors.is_working(token),
    )


def _state(token: PersonalToken) -> str:
    if token.revoked_at is not None:
        return _("withdrawn")
    return _("works") if token.expires_at > timezone.now() else _("expired")
