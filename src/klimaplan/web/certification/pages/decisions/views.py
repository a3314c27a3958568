"""The certification of a plan as its municipality sees it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.certification.pages.answers import attachment
from klimaplan.web.certification.pages.decisions import page as pages
from klimaplan.web.certification.reviewing.selectors import letter_of
from klimaplan.web.plans import selectors
from klimaplan.web.plans.evidence.uploads import was_oversized


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases of a plan, and what the council decided; the forms open a case and record a decision."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        return _page(request, pages.decisions_page(user, shown))
    file = request.FILES.get("file")
    sent = pages.Sent(file.read() if file else None, str(file.name) if file else "", was_oversized(request))
    done = pages.act(user, shown, request.POST, sent)
    if done.refused:
        return _page(request, pages.decisions_page(user, shown, request.POST, done.refused), status=422)
    if done.case is not None:
        messages.success(request, _("The case is opened. Begin with the self-assessment."))
        return redirect("case", key=done.case.pk)
    messages.success(request, _("Recorded."))
    return redirect("plan-certification", pk=pk)


@login_required
@require_safe
def letter(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The letter of commitment to take away."""
    user: Any = request.user
    return attachment(letter_of(selectors.plan_for(user, pk), digest))


def _page(request: HttpRequest, page: pages.DecisionsPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "tab": "certification", "section": "work"}
    return render(request, "certification/plan.html", context, status=status)
