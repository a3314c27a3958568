"""What was done, from the audit log: to a plan, or to everything that a person may read; latest first."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.audit.models import Event
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task
from klimaplan.web.plans.parts.selectors import plans_for

OF_PEOPLE = ("person", "invitation", "department")
"""Kinds of objects that events of an organisation's people are about."""


def events_of(plans: Iterable[Plan]) -> QuerySet[Event]:
    """What was done to plans; whoever calls has made sure that they may be read."""
    there = list(plans)
    return _found({plan.organisation.slug for plan in there}, _about_plans(there))


def events_for(user: User) -> QuerySet[Event]:
    """What was done to the plans that somebody may read, and by and with the people of their organisations."""
    plans, open_to = plans_read_by(user), _with_people(user)
    of_people = Q(organisation__in=open_to, object_kind__in=OF_PEOPLE)
    return _found({*open_to, *(plan.organisation.slug for plan in plans)}, _about_plans(plans) | of_people)


def plans_read_by(user: User) -> list[Plan]:
    """Plans and their variants, as far as somebody reads them by their roles."""
    plans = plans_for(user)
    variants = Plan.objects.filter(variant_of__in=[plan.pk for plan in plans]).select_related("organisation")
    return [*plans, *(each for each in variants if _may_read(user, each))]


def about(events: QuerySet[Event], plan: Plan, part: PlanPart) -> QuerySet[Event]:
    """Those that concern one part: its own, those of several at once in which it is, what was said of it and asked."""
    own = Q(object_kind=f"plan-{part.kind}", object_key=f"{plan.pk}/{part.key}")
    said = Comment.objects.filter(plan=plan, part=part).values_list("pk", flat=True)
    asked = Task.objects.filter(plan=plan, part=part).values_list("pk", flat=True)
    own |= Q(object_kind="plan-comment", object_key__in=[f"{plan.pk}/{key}" for key in said])
    own |= Q(object_kind="plan-task", object_key__in=[f"{plan.pk}/{key}" for key in asked])
    return events.annotate(after_text=Cast("after", TextField())).filter(own | _with_others(plan, part))


def _with_others(plan: Plan, part: PlanPart) -> Q:
    """Changes of several parts at once that name this one, and going back to a version, which may change any."""
    key, name = json.dumps(part.key), json.dumps(f"{part.kind} {part.key}")
    of_kind = Q(object_kind=f"plan-{part.kind}", object_key=str(plan.pk))
    return (
        of_kind & Q(what="plan.parts-changed", after_text__contains=f"{key}:{{")
        | of_kind & Q(what="plan.parts-copied", after_text__contains=key)
        | Q(what="plan.workbook-applied", after_text__contains=name)
        | Q(what="plan.version-restored")
    )


def _found(organisations: set[str], wanted: Q) -> QuerySet[Event]:
    """By organisation first: there is an index on it."""
    return Event.objects.filter(wanted, organisation__in=organisations).order_by("-seq")


def _about_plans(plans: Iterable[Plan]) -> Q:
    wanted = Q(pk__in=[])
    for plan in plans:
        whole = Q(object_kind="plan") | Q(object_kind__startswith="plan-")
        wanted |= whole & (Q(object_key=str(plan.pk)) | Q(object_key__startswith=f"{plan.pk}/"))
    return wanted


def _with_people(user: User) -> list[str]:
    held = accounts.roles_held(user.pk, timezone.localdate())
    there = {each.organisation.pk: each.organisation for each in held}
    return [
        each.slug for each in there.values() if decide(user, Permission.PEOPLE_READ, organisation=each).allowed
    ]  # fmt: skip


def _may_read(user: User, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed
