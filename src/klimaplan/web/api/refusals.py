"""What was refused, as an answer: findings in both languages and in the one that was asked for, with the status."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request

from klimaplan.domain.errors import Finding, KlimaplanError, Language
from klimaplan.web.api import findings
from klimaplan.web.api.answers.refused import Clashed, ClashSeen, Refused, RefusedFinding
from klimaplan.web.config.errors import status_of
from klimaplan.web.plans.staleness import Stale

REALM = 'Bearer realm="klimaplan"'
LATE = frozenset({"case-moved-on", "judged-meanwhile", "plan-changed-meanwhile", "score-changed-meanwhile"})
"""Findings of changes that came too late and are not put together with what others have changed."""


class ApiError(KlimaplanError):
    """A refusal that has a status of its own."""

    status = 422


class TokenNotUsable(ApiError):  # noqa: N818  # they read as what they say where they are raised
    """Nobody who may ask anything."""

    status = 401


class TooManyRequests(ApiError):  # noqa: N818
    """More than anybody needs."""

    status = 429


class BodyTooLarge(ApiError):  # noqa: N818
    """More was sent than one request may hold."""

    status = 413


class BodyUnreadable(ApiError):  # noqa: N818
    """What was sent is no JSON."""

    status = 400


class VersionMissing(ApiError):  # noqa: N818
    """A change that does not say what it changes."""

    status = 428


class PlanChanged(ApiError):  # noqa: N818
    """A change of a plan that is no longer as it was seen."""

    status = 412


def answer(request: HttpRequest, error: KlimaplanError) -> HttpResponse:
    """The findings of an error; of a change that came too late also what both sides say."""
    if isinstance(error, Stale):
        told = [ClashSeen.of(each) for each in error.clashes]
        body: Refused = Clashed(findings=_told(request, error.findings), clashes=told)
        return _response(request, body, _late(request))
    is_late = any(each.code in LATE for each in error.findings)
    status = error.status if isinstance(error, ApiError) else _late(request) if is_late else status_of(error)
    response = _response(request, Refused(findings=_told(request, error.findings)), status)
    if status == 401:
        response["WWW-Authenticate"] = REALM
    if status == 429:
        response["Retry-After"] = "60"
    return response


def unreadable(request: HttpRequest, errors: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Parameters and fields that do not fit their description, all at once."""
    return answer(request, ApiError([_of_field(each) for each in errors]))


def language_of(request: HttpRequest) -> Language:
    """The language that is asked for; the site's own where none is."""
    return "en" if get_language_from_request(request) == "en" else "da"


def _late(request: HttpRequest) -> int:
    return 412 if "If-Match" in request.headers else 409


def _of_field(error: Mapping[str, Any]) -> Finding:
    steps = [str(step) for step in error["loc"][1:]]
    place = "!".join(steps[1:] if steps[:1] == ["given"] and len(steps) > 1 else steps) or "body"
    if error["type"] == "extra_forbidden":
        return findings.field_unknown(place[:200])
    return findings.value_not_usable(place[:200], str(error["msg"])[:200])


def _told(request: HttpRequest, found: Iterable[Finding]) -> list[RefusedFinding]:
    return [RefusedFinding.told(each, language_of(request)) for each in found]


def _response(request: HttpRequest, body: Refused, status: int) -> HttpResponse:
    response = HttpResponse(body.model_dump_json(), status=status, content_type="application/json; charset=utf-8")
    response["Content-Language"] = language_of(request)
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Accept-Language, Authorization"
    return response
