"""What can be done about who keeps an action up to date: name somebody, and take them off again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.plans.contents.kinds import ACTION
from klimaplan.web.plans.models import Plan, PlanPart, Responsibility
from klimaplan.web.plans.responsible.selectors import reporters, responsible_for
from klimaplan.web.plans.writes.services import finish, locked, may, once


@once
def assign_action(*, part: PlanPart, user: User, by: User, why: str = "", idempotency_key: str = "") -> PlanPart:
    """From today somebody keeps an action up to date; naming them twice changes nothing.

    Raises
    ------
    NotAllowed : the person may not edit the plan
    InputError : it is no action of the plan, or whoever is named does not report progress in the organisation
    """
    plan = locked(part.plan)
    may(by, Permission.PLAN_EDIT, plan)
    there = _action(plan, part)
    if user not in reporters(plan.organisation):
        raise InputError(_no_reporter(user))
    if not responsible_for(there).filter(user=user).exists():
        Responsibility.objects.create(part=there, user=user, valid_from=timezone.localdate())
        finish(plan, by=by, what="plan.action-assigned", kind=ACTION, key=there.key, after={"person": user.pk}, why=why)
    return there


@once
def unassign_action(*, part: PlanPart, user: User, by: User, why: str = "", idempotency_key: str = "") -> PlanPart:
    """Somebody no longer keeps an action up to date; that they did stays.

    Raises
    ------
    NotAllowed : the person may not edit the plan
    """
    plan = locked(part.plan)
    may(by, Permission.PLAN_EDIT, plan)
    # the last day counts, so what ends now ended yesterday
    last = timezone.localdate() - timedelta(1)
    if responsible_for(part).filter(user=user).update(valid_to=last):
        finish(
            plan, by=by, what="plan.action-unassigned", kind=ACTION, key=part.key, before={"person": user.pk}, why=why
        )
    return part


def keep_responsible(*, origin: PlanPart, copy: PlanPart) -> None:
    """Let those who keep an action up to date do so for its copy in the same organisation."""
    now = timezone.localdate()
    Responsibility.objects.bulk_create(
        Responsibility(part=copy, user=each.user, valid_from=now) for each in responsible_for(origin)
    )


def _action(plan: Plan, part: PlanPart) -> PlanPart:
    there = PlanPart.objects.filter(plan=plan, pk=part.pk, kind=ACTION, removed=False).first()
    if there is None:
        raise InputError(_finding(
            "no-action", part.key,
            Text("Det er ikke et tiltag i planen.", "It is no action of the plan."),
            Text("Vælg et tiltag fra listen.", "Choose an action from the list."),
        ))  # fmt: skip
    return there


def _no_reporter(user: User) -> Finding:
    return _finding(
        "person-does-not-report", user.name,
        Text(f"{user.name} melder ikke fremdrift i kommunen.", f"{user.name} does not report progress here."),
        Text("Giv dem rollen som indsatsejer først.", "Give them the role of action owner first."),
    )  # fmt: skip


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, Text("Intet er ændret.", "Nothing was changed."), remedy)
