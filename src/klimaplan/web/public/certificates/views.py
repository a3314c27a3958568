"""The open pages of certificates. Thin: read the address, ask selectors, show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from klimaplan.web.certification.pages import answers, document
from klimaplan.web.public.certificates import page as pages
from klimaplan.web.public.charts import Link


@require_safe
def certificate(request: HttpRequest, sha256: str) -> HttpResponse:
    """What was certified, by which set, and how to compute the hash again."""
    page = pages.certificate_page(sha256)
    trail = [Link(reverse("municipality", args=[page.code]), page.name)]
    return render(request, "public/certificate.html", {"page": page, "section": "front", "trail": trail})


@require_safe
def content(request: HttpRequest, sha256: str) -> HttpResponse:
    """The content, byte for byte as it is hashed."""
    answer = HttpResponse(pages.written(sha256), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{sha256[:12]}.json"'
    return answer


@require_safe
def pdf(request: HttpRequest, sha256: str) -> HttpResponse:
    """The certificate as a document."""
    page = pages.certificate_page(sha256)
    return answers.pdf(document.certificate_pdf(page), f"certificate-{sha256[:12]}.pdf")
