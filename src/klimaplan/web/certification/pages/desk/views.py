"""The reviewer's desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klimaplan.web.certification.pages.desk.page import desk_page


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, for how long, and one's own load."""
    user: Any = request.user
    return render(request, "certification/desk.html", {"page": desk_page(user), "section": "work"})
