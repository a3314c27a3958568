"""How allauth is tied to this site: its hooks call our services, its letters and messages are ours."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from klimaplan.web.accounts import letters, selectors, services
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.sessions import begin

WRONG_PAIR = _("E-mail and password do not belong together.")
WRONG_CODE = _("The code is not right. Take the newest one from the app.")
TOO_MANY = _("Too many attempts. Wait five minutes and try again.")

_MESSAGES = {
    "account/messages/logged_out.txt": _("You are logged out."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is added."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made. The old ones no longer work."),
}

_RECORDED = {
    "account/email/password_changed": "password.changed",
    "account/email/password_set": "password.changed",
    "account/email/password_reset": "password.reset",
}
"""Notice to the person → event in the audit log: what is worth a letter is worth an event. Those of second factors are
recorded by `together.factors_recorded`, because their letters go out after the change has been committed.
"""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Signing in with e-mail and password."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": WRONG_PAIR,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": _("The link can no longer be used. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation only."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        with override(getattr(request.user, "language", None)):
            return reverse("work")

    def login(self, request: HttpRequest, user: User) -> None:
        # the session is written with the event, and neither without the other
        with transaction.atomic():
            self._begin(request, user)

    def _begin(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        # who has just shown who they are is not asked again at once
        if shown := request.session.get(AUTHENTICATION_METHODS_SESSION_KEY):
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
                *shown[:-1], {**shown[-1], "reauthenticated": True},
            ]  # fmt: skip
        begin(request.session)
        services.note(by=user, what="session.begun")
        services.keep_session(request.session)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        user = request.user
        if isinstance(user, User):
            services.note(by=user, what="session.ended")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        services.note(by=None, what="session.refused")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if written := letters.letter(template_prefix, context):
            written.to(email).send()

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if what := _RECORDED.get(template_prefix):
            services.note(by=user, what=what)
        with override(user.language):
            super().send_notification_mail(template_prefix, user, {**(context or {})}, email)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message or _MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        names = {
            "reauthenticate": gettext("Use your password"),
            "mfa_reauthenticate": gettext("Use a code from your app"),
            "mfa_reauthenticate:webauthn": gettext("Use your passkey"),
        }
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**each, "description": names[each["id"]]} for each in found]


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Apps, passkeys and codes; their secrets are kept encrypted with a key made of the installation's own."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": _(
            "Your role asks for a second factor, and this is the last one. Add another first."
        ),
        "cannot_generate_recovery_codes": _("Add an app or a passkey first."),
    }

    def build_totp_svg(self, url: str) -> str:
        drawn: str = super().build_totp_svg(url)
        return mark_safe(drawn[drawn.index("<svg") :])  # noqa: S308  # black and white squares, drawn on this machine

    def encrypt(self, text: str) -> str:
        return _sealed().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _sealed().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        others = Authenticator.objects.filter(
            user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ).exclude(pk=authenticator.pk)
        return others.exists() or not selectors.needs_second_factor(user.pk, timezone.localdate())

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}


def _sealed() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"klimaplan second factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
