"""The open page of the programme. Thin: read the address, ask for the page, show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klimaplan.web.config.errors import language
from klimaplan.web.public import programme_files, programme_page
from klimaplan.web.public.cached import until_figures_change


@require_safe
@until_figures_change
def programme(request: HttpRequest) -> HttpResponse:
    """How the municipalities came to their plans; the filter of the table asks for the table only."""
    page = programme_page.programme_page(request.GET.dict())
    is_fragment = request.headers.get("X-Fragment") is not None
    template = "public/fragments/programme_members.html" if is_fragment else "public/programme.html"
    return render(request, template, {"page": page, "section": "programme"})


@require_safe
def download(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  # named in the address
    file = programme_files.write(format, language())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
