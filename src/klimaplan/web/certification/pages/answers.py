"""Answers that are files: evidence to take away or to be shown in place, and documents made here."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from klimaplan.web.plans.evidence.selectors import Download

PICTURES = frozenset({"image/png", "image/jpeg"})
PDF = "application/pdf"


def attachment(found: Download, *, in_place: bool = False) -> HttpResponse:
    """A file; only pictures and PDFs may be shown in place, everything else is taken away."""
    away = not (in_place and (found.media in PICTURES or found.media == PDF))
    answer = HttpResponse(found.content, content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=away, filename=found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    if not away and found.media == PDF:
        # the browser's own reader does not work in a sandbox; it runs nothing as the site, and only the site frames it
        answer["Content-Security-Policy"] = "frame-ancestors 'self'"
        answer["X-Frame-Options"] = "SAMEORIGIN"
    answer["Cache-Control"] = "private, no-store"
    return answer


def pdf(content: bytes, name: str) -> HttpResponse:
    """A document that was made here."""
    answer = HttpResponse(content, content_type=PDF)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
