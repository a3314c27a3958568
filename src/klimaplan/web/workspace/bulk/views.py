"""The page on which several actions are changed at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from klimaplan.web.plans import selectors
from klimaplan.web.workspace.bulk import page as pages


@login_required
@require_POST
def bulk(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose, see, apply: three steps on one address, and nothing changes before the last."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.POST.get("do") != "apply":
        page = pages.bulk_page(user, shown, request.POST)
        return _bulk(request, page, 422 if page.rest or page.wrong else 200)
    done = pages.apply(user, shown, request.POST)
    if done.page is not None:
        return _bulk(request, done.page, 409 if done.page.step == "stale" else 422)
    said = ngettext("%(count)d action was changed.", "%(count)d actions were changed.", done.count)
    if request.POST.get("what") == pages.REMOVE:
        said = ngettext(
            "%(count)d action was removed. It can be brought back below the list.",
            "%(count)d actions were removed. They can be brought back below the list.",
            done.count,
        )
    messages.success(request, said % {"count": done.count})
    return redirect("plan", pk=pk)


def _bulk(request: HttpRequest, page: pages.BulkPage, status: int) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "tab": "bulk", "section": "work"}
    return render(request, "workspace/bulk/page.html", context, status=status)
