"""The open pages of published plans. Thin: read the address, ask selectors, show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klimaplan.web.certification.revisions import public_page
from klimaplan.web.config.errors import language
from klimaplan.web.public import plan_charts, plan_files, plan_pages, plan_published
from klimaplan.web.public.cached import until_figures_change
from klimaplan.web.public.certificates import page as certificates
from klimaplan.web.public.charts import Link
from klimaplan.web.public.views import A_YEAR


@require_safe
@until_figures_change
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """The plan of a municipality as it was published."""
    shown = plan_published.published(code)
    if shown.code != code:
        return redirect("public-plan", code=shown.code)
    compared = public_page.is_compared(shown.code)
    context = {"page": plan_pages.plan_page(shown), "section": "front", "trail": _trail(shown), "compared": compared}
    return render(request, "public/plan.html", {**context, "certified": certificates.teaser(shown.code)})


@require_safe
@until_figures_change
def action(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One action of a published plan."""
    shown = plan_published.published(code)
    page = plan_pages.action_page(shown, key)
    trail = [*_trail(shown), Link(reverse("public-plan", args=[shown.code]), _("The climate plan"))]
    return render(request, "public/plan_action.html", {"page": page, "section": "front", "trail": trail})


@require_safe
def chart(request: HttpRequest, stamp: str, code: str, name: str, width: str) -> HttpResponse:
    """A chart as SVG. Its address holds what it shows; asked for by an older one it may be kept for a moment only."""
    shown = plan_published.published(code)
    response = HttpResponse(plan_charts.svg(shown, name, width), content_type="image/svg+xml")
    current = stamp == plan_charts.stamp(shown)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if current else "public, max-age=60"
    return response


@require_safe
def download(request: HttpRequest, code: str, format: str) -> HttpResponse:  # noqa: A002  # named in the address
    file = plan_files.write(plan_published.published(code), format, language())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _trail(shown: plan_published.Published) -> list[Link]:
    return [Link(reverse("municipality", args=[shown.code]), shown.name)]
