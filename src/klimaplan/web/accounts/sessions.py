"""How long a session lasts: some hours in all, and less without use for those whose role asks for a second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from klimaplan.web.accounts import selectors, services
from klimaplan.web.accounts.middleware import is_open
from klimaplan.web.config.signing_in import IDLE, SESSION

BEGUN, SEEN = "begun", "seen"
NOTED_EVERY = 60.0
"""Seconds between two notes that somebody is there: a note is a write."""


def begin(session: SessionBase) -> None:
    """The clock of a session starts."""
    session[BEGUN] = session[SEEN] = time.time()


class SessionsEnd:
    """Middleware: signs out who has been in for too long, or has been away for too long.

    A class because only a method is told which view has been chosen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or is_open(view) or not request.user.is_authenticated:
            return None
        user: Any = request.user
        now = time.time()
        if request.session.get(BEGUN) is None:
            begin(request.session)
        may_idle = not selectors.needs_second_factor(user.pk, timezone.localdate())
        idle, lasted = now - request.session[SEEN], now - request.session[BEGUN]
        if lasted <= SESSION.total_seconds() and (may_idle or idle <= IDLE.total_seconds()):
            if not may_idle and idle > NOTED_EVERY:
                request.session[SEEN] = now
            return None
        with transaction.atomic():
            services.note(by=user, what="session.expired")
            logout(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": "The session has ended. Log in again."}, status=401)
        # what was sent is not sent again by itself, so only a page that was read is gone back to
        return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)
