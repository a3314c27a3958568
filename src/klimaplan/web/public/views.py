"""The open pages. Thin: read the address, ask selectors, show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klimaplan.web.config.errors import language
from klimaplan.web.public import answers, charts, downloads, plan_published, programme_page, selectors, terms
from klimaplan.web.public import data as data_pages
from klimaplan.web.public import front as front_page
from klimaplan.web.public import group as group_pages
from klimaplan.web.public import methods as method_pages
from klimaplan.web.public import municipality as municipality_page
from klimaplan.web.public.api import api
from klimaplan.web.public.cached import until_figures_change
from klimaplan.web.public.certificates import page as certificates
from klimaplan.web.public.charts import Link

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@until_figures_change
def front(request: HttpRequest) -> HttpResponse:
    page = front_page.front_page(request.GET.dict())
    template = "public/fragments/overview.html" if _wants_fragment(request) else "public/front.html"
    return render(request, template, {"page": page, "section": "front"})


@require_safe
@until_figures_change
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    shown = selectors.municipality(code)
    if shown.picture.key != code:  # a name or a longer code: one page has one address
        return redirect("municipality", code=shown.picture.key)
    page = municipality_page.municipality_page(shown, request.GET.dict())
    template = "public/fragments/attempt.html" if _wants_fragment(request) else "public/municipality.html"
    context = {
        "page": page,
        "section": "front",
        "plan": plan_published.teaser(code),
        "way": programme_page.teaser(code),
        "certified": certificates.teaser(code),
    }
    return render(request, template, context, status=422 if page.attempt.refused else 200)


@require_safe
@until_figures_change
def groups(request: HttpRequest) -> HttpResponse:
    return render(request, "public/groups.html", {"section": "groups", "page": group_pages.kinds_of_group()})


@require_safe
@until_figures_change
def group(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    page = group_pages.group_page(selectors.group(kind, slug))
    trail = [Link(reverse("groups"), _("Regions and networks"))]
    return render(request, "public/group.html", {"section": "groups", "page": page, "trail": trail})


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    return render(request, "public/methods.html", {"section": "methods", "methods": method_pages.all_pages(language())})


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    page = method_pages.page(slug, language())
    trail = [Link(reverse("methods"), _("Methods"))]
    return render(request, "public/method.html", {"section": "methods", "method": page, "trail": trail})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "public/data.html", {"section": "data", "page": data_pages.data_page()})


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    page = data_pages.differences_page(old, new)
    trail = [Link(reverse("data"), _("Data"))]
    return render(request, "public/differences.html", {"section": "data", "page": page, "trail": trail})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"section": "about"})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "public/glossary.html", {"terms": terms.terms(language())})


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "public/api.html", {"operations": answers.operations(api.get_openapi_schema())})


@require_safe
def chart(request: HttpRequest, **named: str) -> HttpResponse:
    """A chart as SVG; its address holds the digest of what it shows, so browsers may keep it for good."""
    shown = selectors.subject(named["kind"], named["key"])
    return _drawing(charts.svg(shown, named["name"], named["width"], request.GET.dict()))


@require_safe
def movements_chart(request: HttpRequest, style: str, width: str) -> HttpResponse:
    """What moved between two snapshots, as SVG; snapshots never change, so neither does the drawing."""
    moved = data_pages.moved_between(request.GET.get("old", ""), request.GET.get("new", ""))
    return _drawing(charts.movements_svg(moved, width))


@require_safe
def download(request: HttpRequest, code: str, format: str) -> HttpResponse:  # noqa: A002  # named in the address
    shown = selectors.municipality(code)
    file = downloads.write(shown.picture, format, language())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _drawing(svg: str) -> HttpResponse:
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


def _wants_fragment(request: HttpRequest) -> bool:
    """The sliders and the selects of the page ask for what changes only."""
    return request.headers.get("X-Fragment") is not None
