"""The whole API: what is open to everyone, and the rooms that ask for a token, under one description."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from klimaplan.web.api import findings, refusals
from klimaplan.web.api.door import StrictJson
from klimaplan.web.api.routes import links, me, parts, people, plans, together, versions
from klimaplan.web.config.errors import KlimaplanError
from klimaplan.web.public import api as opened

__all__ = ["api"]

api = opened.api
api.parser = StrictJson()
for each in (me, plans, parts, versions, together, links, people):
    api.add_router("", each.room.router)


@api.exception_handler(KlimaplanError)
def refused(request: HttpRequest, error: KlimaplanError) -> HttpResponse:
    """Whoever shows a token is told more: the text in their language, and what others have changed."""
    return refusals.answer(request, error) if _is_personal(request) else opened.findings_as_json(request, error)


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if _is_personal(request):
        return refusals.unreadable(request, error.errors)
    return opened.parameters_as_findings(request, error)


@api.exception_handler(HttpError)
@api.exception_handler(MultiPartParserError)
@api.exception_handler(SuspiciousOperation)
def no_json(request: HttpRequest, error: Exception) -> HttpResponse:
    """Only what cannot be read at all comes here."""
    return refusals.answer(request, refusals.BodyUnreadable(findings.body_unreadable()))


def _is_personal(request: HttpRequest) -> bool:
    return getattr(request, "personal", False)
