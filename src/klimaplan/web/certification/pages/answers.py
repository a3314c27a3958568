"""Answers that are files: evidence to take away, pictures to be shown in place, and documents made here."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from klimaplan.web.plans.evidence.selectors import Download

PICTURES = frozenset({"image/png", "image/jpeg"})


def attachment(found: Download, *, in_place: bool = False) -> HttpResponse:
    """A file; only a picture may be shown in place, everything else is taken away."""
    away = not (in_place and found.media in PICTURES)
    answer = HttpResponse(found.content, content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=away, filename=found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    """A document that was made here."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
