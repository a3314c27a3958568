"""The open pages. Thin: read the address, ask selectors, show."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from klimaplan.web.config.errors import language
from klimaplan.web.public import charts, downloads, methods as method_pages, pages, selectors
from klimaplan.web.public.cached import until_figures_change

A_YEAR = 365 * 24 * 60 * 60


@require_safe
@until_figures_change
def front(request: HttpRequest) -> HttpResponse:
    page = pages.front(request.GET.dict())
    template = "public/fragments/overview.html" if _wants_fragment(request) else "public/front.html"
    return render(request, template, {"page": page})


@require_safe
@until_figures_change
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    shown = selectors.municipality(code)
    if shown.picture.key != code:  # a name or a longer code: one page has one address
        return redirect("municipality", code=shown.picture.key)
    page = pages.municipality(shown, request.GET.dict())
    template = "public/fragments/pathway.html" if _wants_fragment(request) else "public/municipality.html"
    return render(request, template, {"page": page}, status=422 if page.refused else 200)


@require_safe
@until_figures_change
def groups(request: HttpRequest) -> HttpResponse:
    return render(request, "public/groups.html", {"page": pages.groups()})


@require_safe
@until_figures_change
def group(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    return render(request, "public/group.html", {"page": pages.group(selectors.group(kind, slug))})


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    return render(request, "public/methods.html", {"methods": method_pages.all_pages(language())})


@require_safe
def method(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "public/method.html", {"method": method_pages.page(slug, language())})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "public/data.html", {"page": pages.data()})


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    return render(request, "public/differences.html", {"page": pages.differences(old, new)})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html")


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "public/glossary.html", {"terms": pages.glossary()})


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "public/api.html", {"operations": pages.api_operations()})


@require_safe
def chart(request: HttpRequest, digest: str, kind: str, key: str, chart: str, width: str) -> HttpResponse:
    """A chart as SVG; its address holds the digest of what it shows, so browsers may keep it for good."""
    svg = charts.svg(selectors.subject(kind, key), chart, width, request.GET.dict())
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@require_safe
def download(request: HttpRequest, code: str, format: str) -> HttpResponse:  # noqa: A002  # named in the address
    shown = selectors.municipality(code)
    file = downloads.write(shown.picture, format, language())
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _wants_fragment(request: HttpRequest) -> bool:
    """The sliders and the selects of the page ask for what changes only."""
    return request.headers.get("X-Fragment") is not None
