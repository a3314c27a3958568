"""The letters that accounts cause: plain text, short, in the reader's language, with no secret but the link itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from klimaplan.web.accounts.models import Invitation
from klimaplan.web.accounts.roles import ROLES


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]

    def to(self, email: str) -> EmailMessage:
        text = "\n\n".join((*self.paragraphs, "klimaplan"))
        return EmailMessage(subject=self.subject, body=f"{text}\n", to=[email])


def invitation(made: Invitation, address: str) -> EmailMessage:
    """The letter that carries a link; nothing of it can be found anywhere else."""
    with override(made.language):
        role = ROLES[made.role]
        named = {
            "role": role.name.read("en" if made.language == "en" else "da"),
            "organisation": made.organisation.name(made.language),
            "by": made.given_by.name if made.given_by else "klimaplan",
        }
        letter = Letter(
            _("Invitation to klimaplan"),
            (
                _("%(by)s invites you to klimaplan as %(role)s in %(organisation)s.") % named,
                _("Open this link to accept. It works once and for 14 days:"),
                address,
                _("You do not know why you get this letter? Then do nothing."),
            ),
        )
    return letter.to(made.email)


def new_email(address: str) -> Letter:
    """To the address that somebody wants to use; opening the link shows that it is theirs."""
    return Letter(
        _("Confirm your new e-mail"),
        (
            _("Somebody, we hope you, wants to log in to klimaplan with this address."),
            _("Open this link to confirm it, and log in if you are asked to. It works for two hours:"),
            address,
            _("You do not know why you get this letter? Then do nothing."),
        ),
    )


def email_taken() -> Letter:
    """To an address that has an account: only its owner learns of it."""
    return Letter(
        _("Confirm your new e-mail"),
        (
            _("Somebody wants to log in to klimaplan with this address. It already has an account."),
            _("Was it you? Then log in with that account. Otherwise do nothing; it stays as it is."),
        ),
    )


def email_changed() -> Letter:
    """To the address that no longer logs in."""
    return Letter(
        _("Your e-mail was changed"),
        (
            _("Your account in klimaplan now has another e-mail. This address no longer logs in."),
            _("Was it not you? Then tell your administrator at once."),
        ),
    )


def account_closed() -> Letter:
    """The last letter to an address."""
    return Letter(
        _("Your account is closed"),
        (
            _("Your account in klimaplan is closed and your roles are ended. We have forgotten this address."),
            _("Your name stays beside what you did. Was it not you? Then tell your administrator at once."),
        ),
    )


def account_opened(address: str) -> Letter:
    """To somebody whose account is open again."""
    return Letter(
        _("Your account is open again"),
        (
            _("An administrator has opened your account in klimaplan again, without your roles."),
            _("Choose a password here, with this address:"),
            address,
        ),
    )


def letter(prefix: str, context: Mapping[str, Any]) -> Letter | None:
    """The letter that allauth asks for by the name of its templates; None where we send none."""
    if write := _LETTERS.get(prefix):
        return write(context)
    if said := _NOTICES.get(prefix):
        what = said()
        return Letter(
            what,
            (
                what,
                _("It happened on %(when)s from the address %(ip)s.")
                % {"when": timezone.localtime(context["timestamp"]).strftime("%Y-%m-%d %H:%M"), "ip": context["ip"]},
                _("Was it not you? Then choose a new password at once and tell your administrator."),
            ),
        )
    return None


def _reset(context: Mapping[str, Any]) -> Letter:
    return Letter(
        _("Choose a new password"),
        (
            _("Somebody, we hope you, wants a new password for your account in klimaplan."),
            _("Open this link to choose one. It works once and for two hours:"),
            str(context["password_reset_url"]),
            _("Was it not you? Then do nothing; your password stays as it is."),
        ),
    )


def _unknown(context: Mapping[str, Any]) -> Letter:
    return Letter(
        _("Choose a new password"),
        (
            _("Somebody, perhaps you, wants a new password in klimaplan for this address. It has no account."),
            _("Do you have an account under another address? Then try with that one. Otherwise do nothing."),
        ),
    )


_LETTERS: dict[str, Callable[[Mapping[str, Any]], Letter]] = {
    "account/email/password_reset_key": _reset,
    "account/email/unknown_account": _unknown,
}

_NOTICES: dict[str, Callable[[], str]] = {
    "account/email/password_changed": lambda: _("Your password was changed"),
    "account/email/password_set": lambda: _("Your password was changed"),
    "account/email/password_reset": lambda: _("Your password was changed"),
    "mfa/email/totp_activated": lambda: _("An authenticator app was added to your account"),
    "mfa/email/totp_deactivated": lambda: _("The authenticator app was removed from your account"),
    "mfa/email/webauthn_added": lambda: _("A passkey was added to your account"),
    "mfa/email/webauthn_removed": lambda: _("A passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": lambda: _("New recovery codes were made for your account"),
}
