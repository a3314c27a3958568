"""Who is there, for the header; open pages do not ask, because they are the same for everyone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from klimaplan.web.accounts.elsewhere import provider
from klimaplan.web.accounts.middleware import is_open


def who_is_there(request: HttpRequest) -> dict[str, Any]:
    match = getattr(request, "resolver_match", None)
    if match is None or is_open(match.func):
        return {}
    return {"person": SimpleLazyObject(lambda: request.user), "elsewhere": provider()}
