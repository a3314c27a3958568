"""Entity tags: which version of something an answer shows, and which one a change is of."""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from klimaplan.web.api import findings
from klimaplan.web.api.refusals import VersionMissing

# a proxy that compresses weakens a tag; the number in it says which version it is all the same
_NUMBERED = re.compile(r'(?:W/)?"(\d{1,9})(?:\.[0-9a-f]{16})?"')


def answered(
    request: HttpRequest, body: BaseModel, *, version: int | None = None, status: int = 200, location: str = ""
) -> HttpResponse:
    """One thing as JSON under its strong tag; a reader who has it already is told so by the middleware.

    Parameters
    ----------
    version : the number by which changes of it are told apart; it stands in the tag
    """
    content = body.model_dump_json().encode()
    response = HttpResponse(content, status=status, content_type="application/json; charset=utf-8")
    digest = hashlib.sha256(content).hexdigest()[:16]
    response["ETag"] = f'"{digest}"' if version is None else f'"{version}.{digest}"'
    if location:
        response["Location"] = request.build_absolute_uri(location)
    return private(request, response)


def private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """For this reader only, and asked for anew each time; never packed on the way out, which would weaken the tag."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization"
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    return response


def expected(if_match: str) -> int:
    """The version that a change is of.

    Raises
    ------
    VersionMissing : none is named, or any will do
    """
    named = _NUMBERED.fullmatch(if_match.strip())
    if named is None:
        raise VersionMissing(findings.version_missing())
    return int(named[1])
