"""How plans stand, for whoever looks on at many of them: counted in a handful of questions, nothing computed."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import Comment, Plan, PlanPart, PlanVersion, Task


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is of a plan.

    Parameters
    ----------
    changed : when anything in it was changed last
    published : when it was published last; None where it never was
    comments : open ones
    late : things to do whose day has gone by
    """

    actions: int
    changed: datetime | None
    published: datetime | None
    comments: int
    late: int


def standing_of(plans: Collection[Plan], today: date) -> dict[int, Standing]:
    """By plan."""
    keys = [plan.pk for plan in plans]
    parts = _by_plan(
        PlanPart.objects.filter(plan__in=keys),
        actions=Count("pk", filter=Q(kind=ACTION, removed=False)),
        changed=Max("updated_at"),
    )
    published = _by_plan(
        PlanVersion.objects.filter(plan__in=keys, state=PlanVersion.State.PUBLISHED), published=Max("at")
    )
    comments = _by_plan(Comment.objects.filter(plan__in=keys, resolved_at=None, answers=None), comments=Count("pk"))
    late = _by_plan(Task.objects.filter(plan__in=keys, done_at=None, due__lt=today), late=Count("pk"))
    nothing = {"actions": 0, "changed": None, "published": None, "comments": 0, "late": 0}
    counted = (parts, published, comments, late)
    return {key: Standing(**nothing | dict(ChainMap(*(each.get(key, {}) for each in counted)))) for key in keys}


def _by_plan(rows: QuerySet[Any], **counted: Any) -> dict[int, dict[str, Any]]:
    # the order of a model would be part of what is grouped by
    found = rows.order_by().values("plan").annotate(**counted)
    return {row.pop("plan"): row for row in map(dict, found)}
