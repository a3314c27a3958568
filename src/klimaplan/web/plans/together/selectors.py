"""Reading what is said about a plan, and what is to be done."""

from __future__ import annotations

from django.db.models import QuerySet

from klimaplan.web.accounts.models import User
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task


def comments(plan: Plan, *, part: PlanPart | None = None, open_only: bool = False) -> QuerySet[Comment]:
    """What was said, oldest first; about one part where one is given."""
    found = Comment.objects.filter(plan=plan).select_related("by", "part").prefetch_related("mentions")
    if part is not None:
        found = found.filter(part=part)
    return found.filter(resolved_at=None) if open_only else found


def mentions_of(user: User) -> QuerySet[Comment]:
    """Where somebody was called, latest first; the caller asks whether they may still read it."""
    return Comment.objects.filter(mentions=user).select_related("plan__organisation", "by", "part").order_by("-at")


def tasks(plan: Plan, *, open_only: bool = True) -> QuerySet[Task]:
    """What is to be done, the most urgent first."""
    found = Task.objects.filter(plan=plan).select_related("assigned_to", "part", "created_by")
    return found.filter(done_at=None) if open_only else found


def tasks_of(user: User) -> QuerySet[Task]:
    """What somebody is to do, in all plans, the most urgent first."""
    found = Task.objects.filter(assigned_to=user, done_at=None).select_related("plan__organisation", "part")
    return found.order_by("due", "pk")
