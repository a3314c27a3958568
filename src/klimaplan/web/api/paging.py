"""Long lists in pieces: what comes after the last one seen, however many are added meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from klimaplan.web.api import findings
from klimaplan.web.api.answers.shapes import LARGEST_ID, Listed
from klimaplan.web.api.refusals import ApiError
from klimaplan.web.api.tags import private

MOST, USUAL = 200, 50


def listed(
    request: HttpRequest, found: QuerySet[Any] | Iterable[Any], shape: Callable[[Any], Any], cursor: str, limit: int
) -> HttpResponse:
    """The next of a list in the order of their keys, each in its shape, and where the rest is."""
    after = _after(cursor)
    if isinstance(found, QuerySet):
        rows = list(found.order_by("pk").filter(pk__gt=after)[: limit + 1])
    else:
        rows = sorted((each for each in found if each.pk > after), key=lambda each: each.pk)[: limit + 1]
    more = _cursor(rows[limit - 1].pk) if len(rows) > limit else None
    body = Listed[Any](items=[shape(each) for each in rows[:limit]], next=more)
    response = HttpResponse(body.model_dump_json(), content_type="application/json; charset=utf-8")
    if more is not None:
        asked = {**request.GET.dict(), "cursor": more}
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{urlencode(asked)}>; rel="next"'
    return private(request, response)


def _cursor(last: int) -> str:
    return base64.urlsafe_b64encode(f"after:{last}".encode()).decode().rstrip("=")


def _after(cursor: str) -> int:
    """The key of the last one seen; 0 at the beginning."""
    if not cursor:
        return 0
    try:
        written = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        word, _, number = written.partition(":")
        if word != "after" or not number.isdecimal() or int(number) > LARGEST_ID:
            raise ValueError(written)
    except (ValueError, binascii.Error):
        raise ApiError(findings.cursor_unreadable()) from None
    return int(number)
