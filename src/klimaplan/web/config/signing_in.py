"""Settings of signing in: how long, how often, by which means, and how letters are sent. Read from the environment."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

HTTPS = os.environ.get("KLIMAPLAN_HTTPS") == "1"
"""Whether a proxy in front of us speaks HTTPS with the browser; it must set `X-Forwarded-Proto` itself."""

SESSION = timedelta(hours=8)
IDLE = timedelta(minutes=int(os.environ.get("KLIMAPLAN_IDLE_MINUTES", "60")))
"""How long somebody whose role asks for a second factor may do nothing before they log in again."""
INVITATION = timedelta(days=14)
NEW_EMAIL = timedelta(hours=2)
PASSWORD_RESET = timedelta(hours=2)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128

VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "klimaplan.web.accounts.passwords.NotOneself",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": SHORTEST_PASSWORD},
    },
    {"NAME": "klimaplan.web.accounts.passwords.NotTooLong", "OPTIONS": {"longest": LONGEST_PASSWORD}},
    {
        "NAME": "klimaplan.web.accounts.passwords.NotKnown",
        "OPTIONS": {"breached": os.environ.get("KLIMAPLAN_BREACHED_PASSWORDS")},
    },
]

HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # to read what another program has kept; the next sign-in writes it anew with the first
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

ACCOUNT: dict[str, Any] = {
    "ADAPTER": "klimaplan.web.accounts.adapters.Accounts",
    "FORMS": {
        "login": "klimaplan.web.accounts.forms.SignIn",
        "reset_password": "klimaplan.web.accounts.forms.AskForReset",
        "reset_password_from_key": "klimaplan.web.accounts.forms.NewPassword",
        "change_password": "klimaplan.web.accounts.forms.ChangePassword",
        "reauthenticate": "klimaplan.web.accounts.forms.PasswordAgain",
    },
    "LOGIN_METHODS": {"email"},
    "SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "USER_MODEL_USERNAME_FIELD": None,
    # an invitation goes to the address, so it is verified when the person comes
    "EMAIL_VERIFICATION": "none",
    "EMAIL_NOTIFICATIONS": True,
    "PREVENT_ENUMERATION": True,
    "SESSION_REMEMBER": False,
    "LOGOUT_ON_PASSWORD_CHANGE": False,
    "REAUTHENTICATION_TIMEOUT": 300,
    "RATE_LIMITS": {
        "login": "30/m/ip",
        "login_failed": "10/m/ip,5/300s/key",
        "reset_password": "20/m/ip,3/300s/key",
        "reset_password_from_key": "20/m/ip",
        "reauthenticate": "10/m/user",
        "change_password": "5/m/user",
    },
    "DEFAULT_HTTP_PROTOCOL": "https" if HTTPS else "http",
}

MFA: dict[str, Any] = {
    "ADAPTER": "klimaplan.web.accounts.adapters.SecondFactors",
    "SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "FORMS": {
        "authenticate": "klimaplan.web.accounts.forms.Code",
        "reauthenticate": "klimaplan.web.accounts.forms.CodeAgain",
        "activate_totp": "klimaplan.web.accounts.forms.ActivateApp",
        "add_webauthn": "klimaplan.web.accounts.forms.AddPasskey",
        "authenticate_webauthn": "klimaplan.web.accounts.forms.UsePasskey",
        "reauthenticate_webauthn": "klimaplan.web.accounts.forms.UsePasskeyAgain",
    },
    "TOTP_ISSUER": "klimaplan",
    # a code is remembered as used for as long as one step, so only the present one may count
    "TOTP_TOLERANCE": 0,
    # browsers give passkeys to HTTPS and to this very machine only
    "WEBAUTHN_ALLOW_INSECURE_ORIGIN": not HTTPS,
}


ELSEWHERE = "elsewhere"
"""The name of the one provider of single sign-on in addresses."""


def elsewhere() -> dict[str, Any]:
    """Signing in at an OpenID Connect provider that the environment names, such as a broker of MitID Erhverv."""
    kept: dict[str, Any] = {"ADAPTER": "klimaplan.web.accounts.elsewhere.Elsewhere", "STORE_TOKENS": False}
    issuer = os.environ.get("KLIMAPLAN_OIDC_ISSUER")
    if issuer:
        app = {
            "provider_id": ELSEWHERE,
            "name": os.environ.get("KLIMAPLAN_OIDC_NAME", "Single sign-on"),
            "client_id": os.environ.get("KLIMAPLAN_OIDC_CLIENT", "klimaplan"),
            "secret": os.environ.get("KLIMAPLAN_OIDC_SECRET", ""),
            "settings": {"server_url": issuer},
        }
        kept["PROVIDERS"] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return kept


def mail() -> dict[str, Any]:
    """How letters go out: to an SMTP server if the environment names one, else onto the console."""
    server = os.environ.get("KLIMAPLAN_SMTP_HOST")
    sender = os.environ.get("KLIMAPLAN_MAIL_FROM", "klimaplan <noreply@localhost>")
    if not server:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend", "DEFAULT_FROM_EMAIL": sender}
    secured = os.environ.get("KLIMAPLAN_SMTP_SECURITY", "starttls")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "DEFAULT_FROM_EMAIL": sender,
        "EMAIL_HOST": server,
        "EMAIL_PORT": int(os.environ.get("KLIMAPLAN_SMTP_PORT", "587")),
        "EMAIL_HOST_USER": os.environ.get("KLIMAPLAN_SMTP_USER", ""),
        "EMAIL_HOST_PASSWORD": os.environ.get("KLIMAPLAN_SMTP_PASSWORD", ""),
        "EMAIL_USE_TLS": secured == "starttls",
        "EMAIL_USE_SSL": secured == "tls",
        "EMAIL_TIMEOUT": 10,
    }


def cookies() -> dict[str, Any]:
    """Cookies no script reads and no other site sends; with HTTPS none that travels without it."""
    prefix = "__Host-" if HTTPS else ""
    kept = {
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_AGE": int(SESSION.total_seconds()),
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": HTTPS,
        "CSRF_COOKIE_NAME": f"{prefix}csrf",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": HTTPS,
        "CSRF_FAILURE_VIEW": "klimaplan.web.config.errors.stale_form",
    }
    if HTTPS:
        kept |= {
            "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
            "SECURE_SSL_REDIRECT": True,
            "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
            "CSRF_TRUSTED_ORIGINS": [
                f"https://{host}" for host in filter(None, os.environ.get("KLIMAPLAN_HOSTS", "").split(","))
            ],
        }
    return kept
