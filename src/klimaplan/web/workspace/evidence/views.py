"""The page of the evidence of a plan, and its files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.plans import selectors
from klimaplan.web.plans.evidence.uploads import was_oversized
from klimaplan.web.workspace.evidence import page as pages


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """All evidence of a plan, and the form that hands in a file."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        return _evidence(request, pages.evidence_page(user, shown, request.GET))
    sent = request.FILES.get("file")
    content, name = (sent.read(), str(sent.name)) if sent else (None, "")
    done = pages.handed_in(user, shown, request.POST, content, name, oversized=was_oversized(request))
    if done.part is None:
        return _evidence(request, pages.evidence_page(user, shown, request.POST, done.findings), status=422)
    messages.success(request, _("Kept: %(title)s") % {"title": done.part.content["title"]})
    return redirect("plan-evidence", pk=pk)


@login_required
@require_safe
def file(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """One file to take away; never shown in the page, whatever it is."""
    user: Any = request.user
    found = selectors.download(user, selectors.plan_for(user, pk), digest)
    answer = HttpResponse(found.content, content_type=found.media)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _evidence(request: HttpRequest, page: pages.EvidencePage, status: int = 200) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "tab": "plan-evidence", "section": "work"}
    return render(request, "workspace/evidence/page.html", context, status=status)
