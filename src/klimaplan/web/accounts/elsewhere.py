"""Signing in at another provider by OpenID Connect: it says who somebody is, the invitation said what they may do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klimaplan.web.accounts import selectors, services


class Elsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Only people who have an account come in, and they are known by an e-mail that the provider has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        for address in sociallogin.email_addresses:
            user = selectors.person(address.email) if address.verified else None
            if user is not None and user.is_active:
                sociallogin.connect(request, user)
                services.note(by=user, what="session.provider-connected")
                return
        services.note(by=None, what="session.refused")
        raise ImmediateHttpResponse(render(request, "accounts/closed.html", status=403))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        services.note(by=None, what="session.refused")
        raise ImmediateHttpResponse(render(request, "accounts/elsewhere_failed.html", status=403))


def provider() -> dict[str, Any] | None:
    """The provider that is set up, as the settings have it; None without one."""
    apps = app_settings.PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return apps[0] if apps else None


def may_lead_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The form of this page may lead to the provider; the content policy of all other pages allows this site only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if app := provider():
            told = urlsplit(app["settings"]["server_url"])
            response._csp_update = {"form-action": [f"{told.scheme}://{told.netloc}"]}  # type: ignore[attr-defined]
        return response

    return answer
