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
from klimaplan.web.workspace import (
    action_page,
    charts,
    library_page,
    listing,
    merge_page,
    part_page,
    plan_page,
    preview,
    responsible_page,
    saving,
    versions_page,
    workbook_page,
)
from klimaplan.web.workspace import work as work_pages

TABS = ("plan", "plan-aims", "plan-adaptation", "plan-assumptions", "plan-evidence", "plan-groundwork")
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
    return render(request, "workspace/plan.html", {"page": page, "frame": page.frame, "tab": "plan", "section": "work"})


@login_required
@require_safe
def chart(request: HttpRequest, pk: int, stamp: str, width: str) -> HttpResponse:
    """The drawing of a plan; its address changes with what it shows."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    image = charts.pathway_svg(shown, selectors.outcome(shown), width)
    return HttpResponse(image, content_type="image/svg+xml")


@login_required
@require_safe
def wedges(request: HttpRequest, pk: int, stamp: str, width: str) -> HttpResponse:
    """The drawing of what each action contributes."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    titles = listing.titles_of(selectors.parts(shown, "action"))
    image = charts.wedges_svg(shown, selectors.outcome(shown), titles, width)
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
    done = action_page.saved(shown, part, request.POST, user)
    if done.clash is not None:
        return _merge(request, shown, part, done.clash)
    if done.part is None:
        page = action_page.action_page(user, shown, part, posted=request.POST, findings=done.findings)
        return _action(request, page, status=422)
    if done.part.removed:
        title = {"title": done.part.content.get("title", key)}
        messages.success(request, _("Removed: %(title)s. It can be brought back below the list.") % title)
        return redirect("plan", pk=pk)
    messages.success(request, _("Moved.") if asked in saving.MOVES else _("Saved."))
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
def responsible(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Name who keeps an action up to date, or take somebody off."""
    user: Any = request.user
    responsible_page.name_or_take_off(user, selectors.plan_for(user, pk), key, request.POST)
    messages.success(request, _("Saved."))
    return redirect("plan-action", pk=pk, key=key)


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
    return render(
        request,
        "workspace/action.html",
        {"page": page, "frame": page.frame, "tab": "action", "section": "work"},
        status=status,
    )


def _merge(request: HttpRequest, shown: Any, part: Any, clash: Any) -> HttpResponse:
    user: Any = request.user
    page = merge_page.merge_page(clash, merge_page.chosen_in(request.POST))
    context = {"page": page, "frame": plan_page.frame_of(user, shown), "part": part, "tab": "merge", "section": "work"}
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
    return render(
        request, "workspace/library.html", {"page": page, "frame": page.frame, "tab": "library", "section": "work"}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A measure asks how much and from when."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        page = library_page.measure_page(user, shown, slug, request.GET)
        return render(
            request, "workspace/measure.html", {"page": page, "frame": page.frame, "tab": "library", "section": "work"}
        )
    made = library_page.add(user, shown, slug, request.POST)
    if isinstance(made, tuple):
        page = library_page.measure_page(user, shown, slug, request.POST, made)
        context = {"page": page, "frame": page.frame, "tab": "library", "section": "work"}
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
    if kind == "evidence" and not key:  # there is none without a file
        return redirect("plan-evidence", pk=pk)
    there = selectors.part(shown, kind, key) if key else None
    if request.method != "POST":
        return _part(request, part_page.part_page(user, shown, kind, part=there, action=request.GET.get("action", "")))
    done = saving.part_saved(shown, kind, there, request.POST, user)
    if done.clash is not None:
        return _merge(request, shown, there, done.clash)
    if done.part is None:
        page = part_page.part_page(user, shown, kind, part=there, posted=request.POST, findings=done.findings)
        return _part(request, page, status=422)
    messages.success(request, _("Removed.") if request.POST.get("do") == "remove" else _("Saved."))
    listed = part_page.page_of(kind, done.part.content)
    action = done.part.content.get("action")
    return redirect("plan-action", pk=pk, key=action) if listed == "plan" and action else redirect(listed, pk=pk)


def _list(request: HttpRequest, pk: int, name: str, title: str, lead: str) -> HttpResponse:
    user: Any = request.user
    page = part_page.list_page(user, selectors.plan_for(user, pk), name)
    context = {"page": page, "frame": page.frame, "tab": name, "title": title, "lead": lead, "section": "work"}
    return render(request, "workspace/list.html", context)


def _part(request: HttpRequest, page: part_page.PartPage, status: int = 200) -> HttpResponse:
    return render(
        request,
        "workspace/part.html",
        {"page": page, "frame": page.frame, "tab": page.back + "-part", "section": "work"},
        status=status,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the plan under a name, publish it, or try something out in a variant."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    if request.method != "POST":
        return _versions(request, versions_page.versions_page(user, shown))
    made = versions_page.act(user, shown, request.POST)
    if isinstance(made, tuple):
        page = versions_page.versions_page(user, shown, refused=made, posted=request.POST)
        return _versions(request, page, status=422)
    said = {"publish": _("Published."), "variant": _("The variant is made. This is it.")}
    messages.success(request, said.get(request.POST.get("do", ""), _("The version is kept.")))
    return redirect("plan", pk=made.pk) if request.POST.get("do") == "variant" else redirect("plan-versions", pk=pk)


@login_required
@require_POST
def go_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make the plan say what a version says; what it says now is kept."""
    user: Any = request.user
    version = versions_page.go_back(user, selectors.plan_for(user, pk), number)
    messages.success(request, _("The plan says what version %(number)d says.") % {"number": version.number})
    return redirect("plan", pk=pk)


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions or variants in words and numbers."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    page = versions_page.compare_page(user, shown, request.GET.get("first", ""), request.GET.get("second", ""))
    return render(
        request, "workspace/compare.html", {"page": page, "frame": page.frame, "tab": "compare", "section": "work"}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a workbook, and one that comes back."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    page = workbook_page.workbook_page(user, shown)
    if request.method == "POST":
        if request.POST.get("do") == "apply":
            refused = workbook_page.apply(user, shown, request.POST)
            if refused is None:
                messages.success(request, _("The workbook is applied."))
                return redirect("plan", pk=pk)
            page = refused
        elif file := request.FILES.get("file"):
            page = workbook_page.seen(user, shown, file.read(workbook_page.LARGEST + 1), str(file.name))
        else:
            page = workbook_page.without_file(user, shown)
    context = {"page": page, "frame": page.frame, "tab": "workbook", "section": "work"}
    return render(request, "workspace/workbook.html", context, status=422 if page.refused else 200)


@login_required
@require_POST
def workbook_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to take away; what it was written from is kept, so this is no plain read."""
    user: Any = request.user
    shown = selectors.plan_for(user, pk)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = f"klimaplan-{shown.organisation.slug}.xlsx"
    return HttpResponse(
        workbook_page.written(user, shown),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _versions(request: HttpRequest, page: versions_page.VersionsPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "tab": "versions", "section": "work"}
    return render(request, "workspace/versions.html", context, status=status)
