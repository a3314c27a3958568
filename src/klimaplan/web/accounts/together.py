"""Views of allauth that change an account, in one transaction with the event that tells of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from klimaplan.web.accounts import services

View = Callable[..., HttpResponse]

_NAMES = {
    Authenticator.Type.TOTP: "app",
    Authenticator.Type.WEBAUTHN: "passkey",
}


def one_transaction(view: View) -> View:
    """What a view changes and the event that its adapter records stand or fall together."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer


def factors_recorded(view: View) -> View:
    """Record which second factors a view has added, removed or made anew; its letters go out after the commit."""

    @wraps(view)
    @transaction.atomic
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        user: Any = request.user
        before = _factors(user.pk)
        response = view(request, *args, **kwargs)
        for what in _changes(before, _factors(user.pk)):
            services.note(by=user, what=what)
        return response

    return answer


def _factors(user_id: int) -> dict[int, tuple[str, str]]:
    """Key → kind and secret of what somebody has."""
    rows = Authenticator.objects.filter(user_id=user_id).values_list("pk", "type", "data")
    return {pk: (kind, str(data)) for pk, kind, data in rows}


def _changes(before: dict[int, tuple[str, str]], after: dict[int, tuple[str, str]]) -> list[str]:
    added = [f"second-factor.{_NAMES[kind]}-added" for pk, (kind, _) in after.items()
             if pk not in before and kind in _NAMES]  # fmt: skip
    removed = [f"second-factor.{_NAMES[kind]}-removed" for pk, (kind, _) in before.items()
               if pk not in after and kind in _NAMES]  # fmt: skip
    codes = Authenticator.Type.RECOVERY_CODES
    made = [secret for kind, secret in after.values() if kind == codes and (kind, secret) not in before.values()]
    # those that come with the first app or passkey are part of that
    return [*added, *removed, *(["second-factor.codes-made"] if made and not added else [])]
