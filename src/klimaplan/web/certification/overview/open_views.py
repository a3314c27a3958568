"""The open page of the overview; it never asks who reads it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klimaplan.web.certification.overview import generations, page


@require_safe
def first_and_second(request: HttpRequest) -> HttpResponse:
    """First and second plans, as far as both are published."""
    context = {"page": generations.public_page(), "section": "programme", "trail": page.open_trail()}
    return render(request, "certification/overview/generations.html", context)
