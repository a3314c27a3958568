"""The letter that tells somebody that a token was made in their name: who did not do it themselves, learns of it."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from klimaplan.web.accounts.letters import Letter
from klimaplan.web.tokens.models import PersonalToken


def made(token: PersonalToken) -> EmailMessage:
    """In the language of its owner, without the secret."""
    with override(token.user.language):
        named = {"name": token.name, "prefix": token.prefix, "day": date_format(token.expires_at, "DATE_FORMAT")}
        letter = Letter(
            _("An access token was made for your account"),
            (
                _("The token “%(name)s” (%(prefix)s…) was made under My account. It works until %(day)s.") % named,
                _("Was it not you? Then withdraw it under My account at once, and choose a new password."),
            ),
        )
    return letter.to(token.user.email)
