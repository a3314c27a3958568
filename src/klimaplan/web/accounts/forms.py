"""The forms of signing in: what allauth checks, under our words; and those of invitations and the profile."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from allauth.mfa.base import forms as allauth_code
from allauth.mfa.totp import forms as allauth_app
from allauth.mfa.webauthn import forms as allauth_passkey
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from klimaplan.web.accounts.models import User
from klimaplan.web.config.signing_in import LONGEST_PASSWORD

EMAIL, PASSWORD = _("E-mail"), _("Password")
NEW_PASSWORD, NEW_AGAIN = _("New password"), _("New password once more")
PASSWORD_HINT = _("At least 12 characters. Three or four words that have nothing to do with each other are good.")
CODE, CODE_HINT = _("Code"), _("Six digits from your app, or one of your recovery codes.")
DIFFERENT = _("The two passwords are not the same.")


def dress(form: Any) -> None:
    """The look of the site on every field."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-input"


class _Named:
    """Labels and hints in our words; nothing stands inside a field as a stand-in for its label."""

    LABELS: dict[str, Any] = {}  # noqa: RUF012
    HINTS: dict[str, Any] = {}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)
        dress(self)


class SignIn(_Named, allauth.LoginForm):  # type: ignore[misc]
    LABELS = {"login": EMAIL, "password": PASSWORD}  # noqa: RUF012


class AskForReset(_Named, allauth.ResetPasswordForm):  # type: ignore[misc]
    LABELS = {"email": EMAIL}  # noqa: RUF012


class NewPassword(_Named, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    LABELS = {"password1": NEW_PASSWORD, "password2": NEW_AGAIN}  # noqa: RUF012
    HINTS = {"password1": PASSWORD_HINT}  # noqa: RUF012


class ChangePassword(_Named, allauth.ChangePasswordForm):  # type: ignore[misc]
    LABELS = {"oldpassword": _("Present password"), "password1": NEW_PASSWORD, "password2": NEW_AGAIN}  # noqa: RUF012
    HINTS = {"password1": PASSWORD_HINT}  # noqa: RUF012


class PasswordAgain(_Named, allauth.ReauthenticateForm):  # type: ignore[misc]
    LABELS = {"password": PASSWORD}  # noqa: RUF012


class Code(_Named, allauth_code.AuthenticateForm):  # type: ignore[misc]
    LABELS = {"code": CODE}  # noqa: RUF012
    HINTS = {"code": CODE_HINT}  # noqa: RUF012


class CodeAgain(_Named, allauth_code.ReauthenticateForm):  # type: ignore[misc]
    LABELS = {"code": CODE}  # noqa: RUF012
    HINTS = {"code": CODE_HINT}  # noqa: RUF012


class ActivateApp(_Named, allauth_app.ActivateTOTPForm):  # type: ignore[misc]
    LABELS = {"code": _("Code from the app")}  # noqa: RUF012
    HINTS = {"code": _("Six digits that the app shows after it has read the picture.")}  # noqa: RUF012


PASSKEY_NOT_USABLE = _("The passkey does not fit this account or this site. Try again.")
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError)
"""What the library raises on an answer that no browser gives."""


class AddPasskey(_Named, allauth_passkey.AddWebAuthnForm):  # type: ignore[misc]
    LABELS = {"name": _("Name of the passkey")}  # noqa: RUF012
    HINTS = {"name": _("So that you know it again, such as the machine it is on.")}  # noqa: RUF012

    def clean(self) -> dict[str, Any]:
        try:
            given: dict[str, Any] = super().clean()
        except _MALFORMED:
            raise forms.ValidationError(PASSKEY_NOT_USABLE) from None
        return given


class _UsePasskey:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _MALFORMED:
            raise forms.ValidationError(PASSKEY_NOT_USABLE) from None


class UsePasskey(_UsePasskey, allauth_passkey.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The second step of signing in."""


class UsePasskeyAgain(_UsePasskey, allauth_passkey.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Before something that matters."""


class _Plain(forms.Form):
    """A form of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class Profile(_Plain):
    """One's own name and language."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=[("da", "Dansk"), ("en", "English")])


class NewEmail(_Plain):
    """The address one wants to log in with."""

    email = forms.EmailField(
        label=_("New e-mail"), widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("We send a link to it. Nothing changes before you have opened the link."),
    )  # fmt: skip


class Close(_Plain):
    """Closing one's account is said twice."""

    sure = forms.BooleanField(label=_("Yes, close my account"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["sure"].widget.attrs.pop("class")


class Accept(_Plain):
    """What somebody without an account says when they come by an invitation."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    password1 = forms.CharField(
        label=PASSWORD, help_text=PASSWORD_HINT, max_length=LONGEST_PASSWORD, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip
    password2 = forms.CharField(
        label=_("Password once more"), max_length=LONGEST_PASSWORD, strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, email: str) -> None:
        super().__init__(data)
        self._email = email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", DIFFERENT)
        if first:
            person = User(email=self._email, name=given.get("name", ""))
            try:
                password_validation.validate_password(first, person)
            except forms.ValidationError as refused:
                self.add_error("password1", refused)
        return given


class Invite(_Plain):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=EMAIL, widget=forms.EmailInput({"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the letter"), choices=[("da", "Dansk"), ("en", "English")])

    def __init__(self, data: Any = None, *, roles: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
