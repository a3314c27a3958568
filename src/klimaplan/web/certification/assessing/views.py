"""The pages of the self-assessment. Thin: read the address, ask, show."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klimaplan.web.certification.assessing.page import assessment_page
from klimaplan.web.plans import selectors
from klimaplan.web.workspace import part_page
from klimaplan.web.workspace.groundwork import PAGE


@login_required
@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """What a machine sees of the plan as it is now, criterion by criterion."""
    user: Any = request.user
    page = assessment_page(user, selectors.plan_for(user, pk), request.GET.dict())
    context = {"page": page, "frame": page.frame, "tab": "assessment", "section": "work"}
    return render(request, "certification/assessment.html", context)


@login_required
@require_safe
def groundwork(request: HttpRequest, pk: int) -> HttpResponse:
    """What a certification asks for besides targets, adaptation and actions."""
    user: Any = request.user
    page = part_page.list_page(user, selectors.plan_for(user, pk), PAGE)
    lead = _("What a certification asks for besides targets, adaptation and actions. Fill in what you have.")
    context = {
        "page": page, "frame": page.frame, "tab": PAGE, "title": _("Groundwork for certification"), "lead": lead,
        "section": "work",
    }  # fmt: skip
    return render(request, "workspace/list.html", context)
