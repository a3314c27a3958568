"""What went wrong, as an answer: findings in the reader's language with the fitting status, never a traceback."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from klimaplan.domain.errors import Finding, KlimaplanError, Language, SourceError, Text, UnknownCodeError
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.plans.staleness import Stale

__all__ = [
    "FindingsAsAnswers", "KlimaplanError", "bad_request", "failed", "forbidden", "language", "not_found", "page",
    "stale_form", "status_of", "too_many",
]  # fmt: skip

STALE = Text(
    "Formularen er for gammel eller kom ikke herfra. Gå tilbage, genindlæs siden og send den igen.",
    "The form is too old or did not come from here. Go back, load the page again and send it once more.",
)
TOO_MANY = Text(
    "Der er kommet for mange forespørgsler herfra. Vent et minut, og prøv igen.",
    "Too many requests have come from here. Wait a minute and try again.",
)


class FindingsAsAnswers:
    """Middleware. A class because only a method can be handed the exceptions of the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, KlimaplanError):
            return None
        return page(request, status_of(exception), exception.findings)


def status_of(error: KlimaplanError) -> int:
    """403 for what a person may not do, 404 for what does not exist, 409 for what somebody else has changed meanwhile,
    502 for a source that failed, 422 for anything else that cannot be used.
    """
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, UnknownCodeError):
        return 404
    if isinstance(error, Stale):
        return 409
    return 502 if isinstance(error, SourceError) else 422


def page(request: HttpRequest, status: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The error page of a status; findings name place and remedy."""
    reader = language()
    if status == 403:  # the place of such a finding is the name of a permission, which says nothing to a reader
        lines = [f"{finding.what.read(reader)} {finding.remedy.read(reader)}" for finding in findings]
    else:
        lines = [finding.message(reader) for finding in findings]
    return render(request, "public/error.html", {"status": status, "lines": lines}, status=status)


def language() -> Language:
    """The language of the page being made."""
    return "en" if get_language() == "en" else "da"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return page(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from this site, or from a page that was open for too long."""
    return render(request, "public/error.html", {"status": 400, "lines": [STALE.read(language())]}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "public/error.html", {"status": 429, "lines": [TOO_MANY.read(language())]}, status=429)


def failed(request: HttpRequest) -> HttpResponse:
    return page(request, 500)
