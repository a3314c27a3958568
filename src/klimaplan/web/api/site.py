"""The whole API: what is open to everyone, and the rooms that ask for a token, under one description."""

from __future__ import annotations

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja.errors import HttpError, ValidationError

from klimaplan.web.api import findings, refusals
from klimaplan.web.api.door import StrictJson
from klimaplan.web.api.routes import (
    cases,
    decisions,
    links,
    me,
    mine,
    overview,
    parts,
    people,
    plans,
    reviewing,
    revisions,
    together,
    versions,
    workbooks,
)
from klimaplan.web.api.routes.opened import router
from klimaplan.web.config.errors import KlimaplanError
from klimaplan.web.public import api as opened

__all__ = ["api"]

api = opened.api
api.parser = StrictJson()
api.add_router("", router)
for each in (
    me, mine, plans, parts, workbooks, versions, together, links, cases, reviewing, decisions, revisions, overview,
    people,
):  # fmt: skip
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
