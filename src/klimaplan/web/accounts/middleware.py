"""What stands between a request and a page of somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from klimaplan.web.accounts import selectors
from klimaplan.web.accounts.requests import one_request

Answer = Callable[[HttpRequest], HttpResponse]

OPEN = "klimaplan.web.public."
"""Pages of everyone: they never ask who is there."""

ALWAYS_REACHABLE = frozenset(
    {
        "account_login", "account_logout", "account_reauthenticate", "account_inactive",
        "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_list_webauthn",
    }
)  # fmt: skip
"""What somebody needs who has a second factor to set up."""


def private_answers(get_response: Answer) -> Answer:
    """No cache keeps an answer that depends on who asked."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = getattr(request, "session", None)
        asked = session is not None and (session.accessed or session.modified)
        if asked or settings.CSRF_COOKIE_NAME in response.cookies:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def roles_read_once(get_response: Answer) -> Answer:
    """The roles of whoever asks are read once for each request."""

    def answer(request: HttpRequest) -> HttpResponse:
        with one_request():
            return get_response(request)

    return answer


class SecondFactorFirst:
    """Whoever holds a role that asks for a second factor sets one up before anything else.

    A class because only a method is told which view has been chosen.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        nobody = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if nobody or is_open(view) or (match and match.url_name in ALWAYS_REACHABLE):
            return None
        user = request.user
        if not user.is_authenticated or not selectors.needs_second_factor(user.pk, timezone.localdate()):
            return None
        if selectors.has_second_factor(user.pk):
            return None
        if request.path.startswith("/api/"):
            said = "A second factor is required for your role. Set it up on the site."
            return JsonResponse({"detail": said}, status=403)
        return redirect("mfa_index")


def is_open(view: Callable[..., Any]) -> bool:
    """Whether a view is one of the open pages."""
    return getattr(view, "__module__", "").startswith(OPEN)
