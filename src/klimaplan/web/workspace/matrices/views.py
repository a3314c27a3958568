"""The pages of the matrices. Thin: read the address, ask, show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.plans import selectors
from klimaplan.web.workspace import groundwork
from klimaplan.web.workspace.matrices import (
    consumption_page,
    equity_page,
    files,
    indicators_page,
    roles_page,
    serving,
    stakeholders_page,
)
from klimaplan.web.workspace.matrices.board import Board, FieldSet, board_of, save


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """What the municipality does in each sector, role by role."""
    lead = _("What the municipality can do in each sector, in each of its roles, and what it concludes from that.")
    return _matrix(request, pk, "roles", roles_page.SETS, roles_page.page, (_("Matrix of roles"), lead))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stakeholders(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is hit and who has power, on both tracks, and who was heard."""
    lead = _("Who is hit by climate change, who by climate action, and who has the power to change something.")
    said = (_("Map of stakeholders"), lead)
    return _matrix(request, pk, "stakeholders", stakeholders_page.SETS, stakeholders_page.page, said)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consumption(request: HttpRequest, pk: int) -> HttpResponse:
    """What is avoided, shifted and improved."""
    lead = _("What citizens, businesses and the municipality itself buy: what is avoided, shifted and improved.")
    query = request.GET.dict()
    return _matrix(
        request, pk, "consumption", consumption_page.SETS, lambda board: consumption_page.page(board, query),
        (_("Matrix of consumption"), lead),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def equity(request: HttpRequest, pk: int) -> HttpResponse:
    """Who bears, who gains, and the goals for fairness."""
    lead = _("Who bears the burdens and who gets the benefits, in each sector and at each hazard of the plan.")
    return _matrix(request, pk, "equity", equity_page.SETS, equity_page.page, (_("Tables of fairness"), lead))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """From the target of a sector over its actions to what shows that they work."""
    lead = _("From the target of each sector over its actions to what shows that they work, on three levels.")
    said = (_("Matrix of indicators"), lead)
    return _matrix(request, pk, "indicators", indicators_page.SETS, indicators_page.page, said)


@login_required
@require_safe
def table_file(request: HttpRequest, pk: int, kind: str, format_: str) -> HttpResponse:
    """A matrix to take away."""
    user: Any = request.user
    file = files.write(selectors.plan_for(user, pk), kind, format_)
    disposition = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.content, content_type=file.content_type, headers=disposition)


def _matrix(  # what one page differs from another in
    request: HttpRequest, pk: int, name: str, sets: Iterable[FieldSet], page_of: Callable[[Board], Any],
    said: tuple[str, str],
) -> HttpResponse:  # fmt: skip
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    board = board_of(user, shown, sets, as_text=request.GET.get("as") == "text")
    status = 200
    if request.method == "POST":
        again = save(board, request.POST, user)
        if again is None:
            messages.success(request, _("Removed.") if request.POST.get("remove") else _("Saved."))
            return redirect(f"plan-{name}", pk=pk)
        board, status = again, 409 if again.clashes else 422
    page = page_of(board)
    kinds = list(dict.fromkeys(each.kind for each in board.sets.values()))
    context = {
        "page": page, "board": board, "frame": board.frame, "tab": name, "title": said[0], "lead": said[1],
        "section": "work", "wrong": [field for slot in page.slots for field in slot.wrong],
        "downloads": files.links(shown, [kind for kind in kinds if kind in groundwork.MATRICES]),
        "serves": serving.criteria(shown, kinds),
    }  # fmt: skip
    return render(request, f"workspace/matrices/{name}.html", context, status=status)
