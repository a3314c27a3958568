"""The pages of the overview. Thin: read the address, ask, show."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from klimaplan.web.certification.overview import circle, files, page, way
from klimaplan.web.certification.overview import generations as side_by_side
from klimaplan.web.plans import selectors


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everybody's plans, for who oversees several; the others come to their own municipality."""
    user: Any = request.user
    around = circle.circle_of(user)
    if around is None:
        return redirect(way.own_address(user))
    shown = page.overview_page(user, around, request.GET.dict())
    is_fragment = request.headers.get("X-Fragment") is not None
    template = "certification/overview/municipalities.html" if is_fragment else "certification/overview/page.html"
    return render(request, template, {"page": shown, "section": "work"})


@login_required
@require_safe
def download(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002  # named in the address
    """The table as a file."""
    user: Any = request.user
    around = circle.circle_of(user)
    if around is None:
        return redirect("certification-overview")
    file = files.write(around, format, request.GET.dict())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def missing(request: HttpRequest, slug: str) -> HttpResponse:
    """What one municipality still lacks, in order, and who helps."""
    user: Any = request.user
    shown = way.way_page(user, slug)
    context = {"page": shown, "frame": shown.frame, "tab": "way", "section": "work"}
    return render(request, "certification/overview/way.html", context)


@login_required
@require_safe
def missing_in_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The same, reached from a plan."""
    user: Any = request.user
    return redirect("certification-way", slug=selectors.plan_for(user, pk).organisation.slug)


@login_required
@require_safe
def generations(request: HttpRequest) -> HttpResponse:
    """First and second plans of those one oversees; the others come to what everybody sees."""
    user: Any = request.user
    around = circle.circle_of(user)
    if around is None:
        return redirect("first-and-second-plans")
    context = {"page": side_by_side.page_for(around), "section": "work", "trail": page.trail()}
    return render(request, "certification/overview/generations.html", context)
