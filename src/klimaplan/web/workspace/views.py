"""The pages of the workspace. Thin: read the address, ask selectors and services, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klimaplan.web.organisations.selectors import organisation as organisation_of
from klimaplan.web.plans import selectors, services
from klimaplan.web.workspace import action_page, charts, library_page, merge_page, part_page, plan_page, preview, saving
from klimaplan.web.workspace import work as work_pages

TABS = ("plan", "plan-aims", "plan-adaptation")
"""The pages that list parts of a plan."""


@login_required
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Where everybody begins who is signed in."""
    user: Any = request.user
    return render(request, "workspace/work.html", {"page": work_pages.work_page(user), "section": "work"})


@login_required
@require_POST
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan with nothing but its title; beginning twice leads to the same plan."""
    user: Any = request.user
    organisation = organisation_of(slug)
    made = services.create_plan(organisation=organisation, title=work_pages.title_for(organisation), by=user)
    return redirect("plan", pk=made.pk)


@login_required
@require_POST
def complete_task(request: HttpRequest, key: int) -> HttpResponse:
    """Say that a task of one's own is done."""
    user: Any = request.user
    task = selectors.tasks_of(user).filter(pk=key).first()
    if task is not None:
        services.complete_task(task=task, by=user)
        messages.success(request, _("Done: %(title)s") % {"title": task.title})
    return redirect("work")


@login_required
@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    page = plan_page.plan_page(user, shown, request.GET.dict())
    return render(request, "workspace/plan.html", {"page": page, "frame": page.frame, "tab": "plan"})


@login_required
@require_safe
def chart(request: HttpRequest, pk: int, stamp: str, width: str) -> HttpResponse:
    """The drawing of a plan; its address changes with what it shows."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    image = charts.pathway_svg(shown, selectors.outcome(shown), width)
    return HttpResponse(image, content_type="image/svg+xml")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One action: read it, change it, see what the change would do."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    part = selectors.part(shown, "action", key)
    if request.method != "POST":
        return _action(request, action_page.action_page(user, shown, part))
    asked = request.POST.get("do", "save")
    if asked in ("preview", "lever"):
        return _action(request, action_page.action_page(user, shown, part, posted=request.POST))
    if asked == "merge":
        done = saving.merged(part, request.POST, user)
    elif asked == "remove":
        done = saving.removed(part, request.POST, user)
    else:
        done = saving.changed(part, action_page.typed(shown, part, request.POST, user), request.POST, user)
    if done.clash is not None:
        return _merge(request, shown, part, done.clash)
    if done.part is None:
        page = action_page.action_page(user, shown, part, posted=request.POST, findings=done.findings)
        return _action(request, page, status=422)
    if asked == "remove":
        messages.success(request, _("Removed: %(title)s. It can be brought back below the list.") % {"title": key})
        return redirect("plan", pk=pk)
    messages.success(request, _("Saved."))
    return redirect("plan-action", pk=pk, key=done.part.key)


@login_required
@require_POST
def effect(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What the form as it is typed would do; a fragment, nothing is stored."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    part = selectors.part(shown, "action", key)
    seen = preview.preview(shown, key, action_page.typed(shown, part, request.POST, user))
    return render(request, "workspace/fragments/preview.html", {"preview": seen})


@login_required
@require_POST
def restore(request: HttpRequest, pk: int, kind: str, key: str) -> HttpResponse:
    """Bring back what was removed."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    services.restore_part(part=selectors.part(shown, kind, key), by=user)
    messages.success(request, _("Brought back."))
    return redirect(request.POST.get("to", "plan") if request.POST.get("to") in TABS else "plan", pk=pk)


def _action(request: HttpRequest, page: action_page.ActionPage, status: int = 200) -> HttpResponse:
    return render(request, "workspace/action.html", {"page": page, "frame": page.frame, "tab": "action"}, status=status)


def _merge(request: HttpRequest, shown: Any, part: Any, clash: Any) -> HttpResponse:
    user: Any = request.user
    page = merge_page.merge_page(clash, merge_page.chosen_in(request.POST))
    context = {"page": page, "frame": plan_page.frame_of(user, shown), "part": part, "tab": "merge"}
    return render(request, "workspace/merge.html", context, status=409)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: HttpRequest, pk: int) -> HttpResponse:
    """The measures to choose from; or an action of one's own."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method == "POST":
        made = library_page.own_action(user, shown)
        return redirect("plan-action", pk=pk, key=made.key)
    page = library_page.library_page(user, shown, request.GET.get("text", ""))
    return render(request, "workspace/library.html", {"page": page, "frame": page.frame, "tab": "library"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A measure asks how much and from when."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        page = library_page.measure_page(user, shown, slug, request.GET)
        return render(request, "workspace/measure.html", {"page": page, "frame": page.frame, "tab": "library"})
    made = library_page.add(user, shown, slug, request.POST)
    if isinstance(made, tuple):
        page = library_page.measure_page(user, shown, slug, request.POST, made)
        context = {"page": page, "frame": page.frame, "tab": "library"}
        return render(request, "workspace/measure.html", context, status=422)
    messages.success(request, _("Added to the plan."))
    return redirect("plan-action", pk=pk, key=made.key)


@login_required
@require_safe
def aims(request: HttpRequest, pk: int) -> HttpResponse:
    """Vision, commitment and targets."""
    lead = _("What the plan wants, who has adopted it, and the targets it is held against.")
    return _list(request, pk, "plan-aims", _("Vision and targets"), lead)


@login_required
@require_safe
def adaptation(request: HttpRequest, pk: int) -> HttpResponse:
    """The adaptation half."""
    lead = _("The hazards that the municipality prepares for, who they meet, and which actions answer them.")
    return _list(request, pk, "plan-adaptation", _("Climate adaptation"), lead)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, kind: str, key: str = "") -> HttpResponse:
    """The form of one part, or of a new one."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if not part_page.is_editable(kind):
        return redirect("plan-action", pk=pk, key=key) if key else redirect("plan-library", pk=pk)
    there = selectors.part(shown, kind, key) if key else None
    if request.method != "POST":
        return _part(request, part_page.part_page(user, shown, kind, part=there))
    done = saving.part_saved(shown, kind, there, request.POST, user)
    if done.clash is not None:
        return _merge(request, shown, there, done.clash)
    if done.part is None:
        page = part_page.part_page(user, shown, kind, part=there, posted=request.POST, findings=done.findings)
        return _part(request, page, status=422)
    messages.success(request, _("Removed.") if request.POST.get("do") == "remove" else _("Saved."))
    return redirect(part_page.page_of(kind), pk=pk)


def _list(request: HttpRequest, pk: int, name: str, title: str, lead: str) -> HttpResponse:
    user: Any = request.user
    page = part_page.list_page(user, selectors.plan_for(user, pk), name)
    context = {"page": page, "frame": page.frame, "tab": name, "title": title, "lead": lead}
    return render(request, "workspace/list.html", context)


def _part(request: HttpRequest, page: part_page.PartPage, status: int = 200) -> HttpResponse:
    return render(
        request, "workspace/part.html", {"page": page, "frame": page.frame, "tab": page.back + "-part"}, status=status
    )
