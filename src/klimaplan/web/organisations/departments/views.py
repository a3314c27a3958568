"""The page of the departments of an organisation. Thin: read the address, ask pages, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klimaplan.web.organisations.departments import pages
from klimaplan.web.organisations.selectors import organisation as organisation_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def departments(request: HttpRequest, slug: str) -> HttpResponse:
    """The departments, their contacts, and how to add, rename and close one."""
    user: Any = request.user
    organisation = organisation_of(slug)
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        refused = pages.act(user, organisation, request.POST.dict())
        if not refused:
            messages.success(request, _("Saved."))
            return redirect("departments", slug=slug)
    typed = request.POST.get("name", "") if request.POST.get("do") == "add" else ""
    page = pages.departments_page(user, organisation, refused=refused, typed=typed)
    return render(request, "organisations/departments.html", {"page": page}, status=422 if refused else 200)
