"""What events of the log name by a key only, looked up for a whole page of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task

Named = tuple[int, str, str]
"""Plan, kind and key of a part."""


@dataclass(frozen=True)
class Known:
    """Plans, parts, comments, tasks and people by their keys; what is no longer there is not among them."""

    plans: Mapping[int, Plan]
    parts: Mapping[Named, PlanPart]
    comments: Mapping[int, Comment]
    tasks: Mapping[int, Task]
    people: Mapping[int, User]


def known_of(events: Sequence[Event]) -> Known:
    """Everything that the events of a page point to, in one question for each kind."""
    plans = Plan.objects.select_related("organisation").in_bulk({key for each in events if (key := plan_of(each))})
    comments = Comment.objects.select_related("plan", "part").in_bulk(_keys(events, "plan-comment"))
    tasks = Task.objects.select_related("part", "assigned_to").in_bulk(_keys(events, "plan-task"))
    return Known(plans, _parts(events, comments), comments, tasks, User.objects.in_bulk(_people(events)))


def plan_of(event: Event) -> int | None:
    """The key of the plan that an event is about; None for one that is about none."""
    first = str(event.object_key).partition("/")[0]
    return int(first) if event.object_kind.startswith("plan") and first.isdigit() else None


def key_in(event: Event) -> str:
    """The key of what stands in the plan; empty for the plan itself."""
    return str(event.object_key).partition("/")[2]


def kind_in(event: Event) -> str:
    """The kind of what stands in the plan: ``"action"``, ``"comment"``; empty for the plan itself."""
    return str(event.object_kind).removeprefix("plan").removeprefix("-")


def said_in(event: Event) -> Mapping[str, Any]:
    """What an event says of afterwards, or of before where there is no afterwards."""
    said = event.after if event.after is not None else event.before
    return said if isinstance(said, dict) else {}


def keys_in(event: Event) -> list[str]:
    """The keys of the parts that a change of several is about."""
    said = said_in(event)
    if event.what == "plan.parts-copied":
        return [str(key) for key in said.get("keys", {}).values()]
    return list(said) if event.what == "plan.parts-changed" else []


def _keys(events: Iterable[Event], kind: str) -> set[int]:
    return {int(key) for each in events if each.object_kind == kind and (key := key_in(each)).isdigit()}


def _people(events: Iterable[Event]) -> set[int]:
    found = {int(each.object_key) for each in events if each.object_kind == "person" and each.object_key.isdigit()}
    found |= {said for each in events if isinstance(said := said_in(each).get("person"), int)}
    return found | {said for each in events if isinstance(said := said_in(each).get("assigned_to"), int)}


def _parts(events: Iterable[Event], comments: Mapping[int, Comment]) -> dict[Named, PlanPart]:
    wanted: dict[int, set[str]] = defaultdict(set)
    for each in events:
        plan = plan_of(each)
        if plan is not None:
            about = str(said_in(each).get("part") or "").partition(" ")[2]
            wanted[plan] |= {key_in(each), about, *keys_in(each)} - {""}
    found: dict[Named, PlanPart] = {}
    for plan, keys in wanted.items():
        for part in PlanPart.objects.filter(plan=plan, key__in=keys):
            found[plan, part.kind, part.key] = part
    for comment in comments.values():
        if comment.part is not None:
            found[comment.plan.pk, comment.part.kind, comment.part.key] = comment.part
    return found
