"""The pages on which actions are copied from another municipality's plan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.plans import selectors
from klimaplan.web.workspace.copying import page as pages


@login_required
@require_safe
def sources(request: HttpRequest, pk: int) -> HttpResponse:
    """The municipalities that have published a plan."""
    user: Any = request.user
    page = pages.sources_page(user, selectors.plan_for(user, pk), request.GET.get("text", ""))
    context = {"page": page, "frame": page.frame, "tab": "library", "section": "work"}
    return render(request, "workspace/copying/sources.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offers(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The actions of a published plan; what is ticked stays so while one looks for more."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    asked = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and request.POST.get("do") == "copy":
        if not request.POST.getlist("key"):
            page = pages.offers_page(user, shown, slug, asked)
            return _offers(request, page, none=True)
        done = pages.copied(user, shown, slug, asked)
        if done.refused:
            return _offers(request, pages.offers_page(user, shown, slug, asked, refused=done.refused))
        count = len(done.parts)
        said = ngettext("%(count)d action was copied.", "%(count)d actions were copied.", count) % {"count": count}
        messages.success(request, said)
        if count == 1:
            return redirect("plan-action", pk=pk, key=done.parts[0].key)
        messages.info(request, _("What came along with each of them stands on its page."))
        return redirect("plan", pk=pk)
    return _offers(request, pages.offers_page(user, shown, slug, asked, every=asked.get("do") == "all"))


def _offers(request: HttpRequest, page: pages.OffersPage, *, none: bool = False) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "tab": "library", "section": "work", "none": none}
    status = 422 if none or page.refused else 200
    return render(request, "workspace/copying/offers.html", context, status=status)
