"""The page of the assumptions of a plan."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from klimaplan.web.plans import selectors
from klimaplan.web.workspace import part_page


@login_required
@require_safe
def assumptions(request: HttpRequest, pk: int) -> HttpResponse:
    """Parameters, own streams, supply and drivers, each with the actions that use it."""
    user: Any = request.user
    page = part_page.list_page(user, selectors.plan_for(user, pk), "plan-assumptions")
    lead = _(
        "Numbers that several actions share, what the municipality knows better than the country, and how sure it is."
    )
    context = {
        "page": page, "frame": page.frame, "tab": "plan-assumptions", "title": _("Assumptions"), "lead": lead,
        "section": "work",
    }  # fmt: skip
    return render(request, "workspace/list.html", context)
