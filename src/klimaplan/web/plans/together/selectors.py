"""Reading what is said about a plan, and what is to be done."""

from __future__ import annotations

from django.db.models import QuerySet

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task


def comments(plan: Plan, *, part: PlanPart | None = None, open_only: bool = False) -> QuerySet[Comment]:
    """What was said, oldest first; about one part where one is given."""
    found = Comment.objects.filter(plan=plan).select_related("by", "part", "answers").prefetch_related("mentions")
    if part is not None:
        found = found.filter(part=part)
    return found.filter(resolved_at=None) if open_only else found


def comment(plan: Plan, key: int) -> Comment:
    """One of them; `UnknownCodeError` where the plan has none of that number."""
    found = Comment.objects.select_related("plan", "by", "part").filter(plan=plan, pk=key).first()
    if found is None:
        raise UnknownCodeError(_not_there("comment", key))
    return found


def task(plan: Plan, key: int) -> Task:
    """One thing to do; `UnknownCodeError` where the plan has none of that number."""
    found = Task.objects.select_related("plan", "part", "assigned_to", "done_by").filter(plan=plan, pk=key).first()
    if found is None:
        raise UnknownCodeError(_not_there("task", key))
    return found


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


def _not_there(what: str, key: int) -> Finding:
    return Finding(
        f"{what}-unknown", str(key),
        Text("Det findes ikke i denne plan.", "It is not in this plan."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Gå til planens samtale og opgaver.", "Go to the discussion and tasks of the plan."),
    )  # fmt: skip
