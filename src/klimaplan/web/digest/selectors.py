"""Reading what is new to somebody, as far as they may read it now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Q
from django.utils import timezone

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.digest import tokens
from klimaplan.web.digest.models import Pace, Seen, Wish
from klimaplan.web.plans.models import Comment, Plan, Task

MOST_UNREAD = 50
SOON = {Pace.DAILY: timedelta(days=1), Pace.WEEKLY: timedelta(days=7)}
"""How far ahead a letter looks for tasks: until the next one."""


def pace_of(user: User) -> str:
    """How often somebody wants a letter; off for who has never asked."""
    found = Wish.objects.filter(user=user).values_list("pace", flat=True).first()
    return str(found or Pace.OFF)


def wish_behind(token: str) -> Wish:
    """The wish that a link ends; `UnknownCodeError` where the link is not ours."""
    key = tokens.user_in(token)
    found = None if key is None else Wish.objects.select_related("user").filter(user=key).first()
    if found is None:
        raise UnknownCodeError(Finding(
            "link-not-usable", "link",
            Text("Linket kan ikke bruges.", "The link cannot be used."),
            Text("Intet er ændret.", "Nothing was changed."),
            Text("Log ind, og ret det under Min konto.", "Log in and change it under My account."),
        ))  # fmt: skip
    return found


def unread(user: User) -> list[Comment]:
    """Where somebody was mentioned or answered and has neither put it aside nor answered, latest first.

    A discussion that is closed asks nothing of anybody any more.
    """
    called = Q(mentions=user) | Q(answers__by=user)
    found = Comment.objects.filter(called, resolved_at=None).exclude(by=user)
    found = found.exclude(pk__in=Seen.objects.filter(user=user).values("comment")).distinct()
    told = found.select_related("plan__organisation", "by", "part", "answers").order_by("-at", "-pk")
    own = _last_said(user)
    plans: dict[int, bool] = {}
    kept: list[Comment] = []
    for each in told.iterator(chunk_size=200):
        first = each.answers or each
        if (first.pk in own and own[first.pk] > each.at) or _closed_after(first, each.at):
            continue
        if each.plan.pk not in plans:
            plans[each.plan.pk] = may_read(user, each.plan)
        if plans[each.plan.pk]:
            kept.append(each)
        if len(kept) == MOST_UNREAD:
            break
    return kept


def tasks_to_tell(user: User, pace: str, since: datetime, now: datetime) -> tuple[list[Task], bool]:
    """What somebody is to do by the next letter or is late with or was asked since the last; and whether any is new.

    A task that was told of in the last letter and has only stayed what it was does not cause another.
    """
    own = Task.objects.filter(assigned_to=user, done_at=None, created_at__lte=now)
    told, is_new = [], False
    for each in own.select_related("plan__organisation", "part", "created_by").order_by("due", "pk"):
        here, there = _weight(each, pace, now), _weight(each, pace, since)
        fresh = each.created_at > since and each.created_by.pk != user.pk
        if (here or fresh) and may_read(user, each.plan):
            told.append(each)
            is_new = is_new or fresh or here > there
    return told, is_new


def may_read(user: User, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed


def _weight(task: Task, pace: str, moment: datetime) -> int:
    """0 for a task that is far off, 1 for one that is due soon, 2 for one that is late."""
    day = timezone.localtime(moment).date()
    return 2 if task.due < day else int(task.due <= day + SOON[Pace(pace)])


def _last_said(user: User) -> dict[int, datetime]:
    """Discussion → when somebody said something in it last."""
    said = Comment.objects.filter(by=user).exclude(answers=None)
    return dict(said.values_list("answers").annotate(last=Max("at")).values_list("answers", "last"))


def _closed_after(first: Comment, at: datetime) -> bool:
    return first.resolved_at is not None and first.resolved_at > at
