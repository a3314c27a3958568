"""What a letter would tell somebody: where they are called, what they are to do, and what others did to their plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.digest import selectors
from klimaplan.web.plans.models import Comment, Plan, Task
from klimaplan.web.plans.together import feed

READ_ONLY = ("plan.exported",)
"""What changes nothing in a plan."""
MOST_EVENTS = 500


@dataclass(frozen=True)
class News:
    """Everything that is new to one person since a moment.

    Parameters
    ----------
    tasks : with those that have been told of before and still ask for something
    changes : plan → what was done to it by others, latest first
    """

    mentions: tuple[Comment, ...]
    tasks: tuple[Task, ...]
    has_new_tasks: bool
    changes: tuple[tuple[Plan, tuple[Event, ...]], ...]

    @property
    def is_worth_a_letter(self) -> bool:
        return bool(self.mentions or self.has_new_tasks or self.changes)


def news_for(user: User, pace: str, since: datetime, now: datetime) -> News:
    """What is new and may be read now; what somebody did themselves is not new to them."""
    mentions = tuple(each for each in selectors.unread(user) if since < each.at <= now)
    tasks, has_new = selectors.tasks_to_tell(user, pace, since, now)
    return News(mentions, tuple(tasks), has_new, tuple(_changes(user, since, now)))


def _changes(user: User, since: datetime, now: datetime) -> Iterator[tuple[Plan, tuple[Event, ...]]]:
    plans = {plan.pk: plan for plan in feed.plans_read_by(user)}
    if not plans:
        return
    events = feed.events_of(plans.values()).filter(at__gt=since, at__lte=now).exclude(what__in=READ_ONLY)
    by_plan: dict[int, list[Event]] = {}
    for event in events[:MOST_EVENTS]:
        if event.by_id != user.pk:
            by_plan.setdefault(int(event.object_key.partition("/")[0]), []).append(event)
    for key, found in by_plan.items():
        yield plans[key], tuple(found)
