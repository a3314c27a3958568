"""The pages of working together. Thin: read the address, ask selectors and services, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import services
from klimaplan.web.plans.together import selectors
from klimaplan.web.workspace.together import feed_page, saying, talk_page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said about a plan and what is to be done; and saying or asking something more."""
    user: Any = request.user
    plan = plans.plan_for(user, pk)
    if request.method != "POST":
        return _talk(request, talk_page.talk_page(user, plan, request.GET.dict()))
    if request.POST.get("do") == "task":
        made = saying.ask(user, plan, request.POST)
        if isinstance(made, talk_page.TaskForm):
            return _talk(request, talk_page.talk_page(user, plan, {}, task=made), status=422)
        messages.success(request, _("The task is made: %(title)s") % {"title": made.title})
        return _back(request, pk, f"task-{made.pk}")
    said = saying.say(user, plan, request.POST)
    if isinstance(said, talk_page.CommentForm):
        return _talk(request, talk_page.talk_page(user, plan, {}, comment=said), status=422)
    if said.told:
        messages.success(request, _("Kept. It stands under My work of %(names)s.") % {"names": ", ".join(said.told)})
    else:
        messages.success(request, _("Kept."))
    for each in said.nobody:
        messages.warning(request, _("Nobody who reads the plan is called “%(name)s”.") % {"name": each})
    return _back(request, pk, f"comment-{said.comment.pk}", comment=said.comment.pk)


@login_required
@require_POST
def resolve(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Mark a discussion as dealt with."""
    user: Any = request.user
    services.resolve_comment(comment=selectors.comment(plans.plan_for(user, pk), key), by=user)
    messages.success(request, _("The discussion is closed."))
    return _back(request, pk, "closed")


@login_required
@require_POST
def task(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """Say that a task is done, or that it is not done after all."""
    user: Any = request.user
    there = selectors.task(plans.plan_for(user, pk), key)
    title = {"title": there.title}
    if request.POST.get("do") == "reopen":
        services.reopen_task(task=there, by=user)
        messages.success(request, _("Open again: %(title)s") % title)
    else:
        was_done = there.done_at is not None
        done = services.complete_task(task=there, by=user)
        if was_done and done.done_by is not None:
            told = {**title, "who": done.done_by.name}
            messages.info(request, _("%(who)s had already reported it done: %(title)s") % told)
        else:
            messages.success(request, _("Done: %(title)s") % title)
    return _back(request, pk, "tasks")


@login_required
@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to a plan."""
    user: Any = request.user
    page = feed_page.plan_feed(user, plans.plan_for(user, pk), request.GET.dict())
    context = {"page": page, "frame": page.frame, "tab": "activity", "section": "work"}
    return render(request, "workspace/together/activity.html", context)


@login_required
@require_safe
def own_activity(request: HttpRequest) -> HttpResponse:
    """What was done to everything that somebody may read."""
    user: Any = request.user
    page = feed_page.own_feed(user, request.GET.dict())
    return render(request, "workspace/together/own_activity.html", {"page": page, "section": "work"})


def _talk(request: HttpRequest, page: talk_page.TalkPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "talk": page.talk, "frame": page.frame, "tab": "talk", "section": "work"}
    return render(request, "workspace/together/talk.html", context, status=status)


def _back(request: HttpRequest, pk: int, place: str, *, comment: int | None = None) -> HttpResponse:
    """Back to the page that the form stood on: that of an action, or of the whole discussion."""
    action = request.POST.get("back", "")
    if action and "/" not in action:
        return redirect(f"{reverse('plan-action', args=[pk, action])}#{place}")
    query = f"?comment={comment}" if comment else ""
    return redirect(f"{reverse('plan-talk', args=[pk])}{query}#{place}")
