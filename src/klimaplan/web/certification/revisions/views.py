"""The pages of a revision. Thin: read the address and the form, ask services, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.certification.revisions import acting, page, public_page
from klimaplan.web.plans import selectors
from klimaplan.web.public.cached import until_figures_change


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def revision(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the plan is revised and by when, the steps, and what became of the old plan."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        return _page(request, page.revision_page(user, shown))
    done = acting.act(user, shown, request.POST)
    if done.refused:
        return _page(request, page.revision_page(user, shown, refused=done.refused, posted=request.POST), status=422)
    said = {
        "rule": _("The decision is recorded."), "open": _("The revision is open."),
        "close": _("The revision is closed."),
        "judge": ngettext("%(count)d judgement is saved.", "%(count)d judgements are saved.", done.count)
        % {"count": done.count},
    }  # fmt: skip
    messages.success(request, said[done.what])
    return redirect("plan-revision", pk=pk)


@require_safe
def comparison(request: HttpRequest, code: str) -> HttpResponse:
    """The old plan and the new one, for everybody, when both are published."""
    shown = public_page.comparison(code)
    context = {"page": shown, "section": "front", "trail": public_page.trail(shown)}
    return render(request, "certification/compared.html", context)


@require_safe
@until_figures_change
def guides(request: HttpRequest) -> HttpResponse:
    """All guides there are."""
    return render(request, "certification/guides.html", {"guides": public_page.guides(), "section": "programme"})


@require_safe
@until_figures_change
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, a section for every step."""
    shown = public_page.guide_page(slug)
    context = {"page": shown, "section": "programme", "trail": public_page.guide_trail()}
    return render(request, "certification/guide.html", context)


def _page(request: HttpRequest, shown: page.RevisionPage, status: int = 200) -> HttpResponse:
    context = {"page": shown, "frame": shown.frame, "tab": "revision", "section": "work"}
    return render(request, "certification/revision.html", context, status=status)
