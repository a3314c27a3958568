"""Who keeps an action up to date, as its page shows it; and the actions of one's own on *My work*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.config.errors import language
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.workspace.fields import last
from klimaplan.web.workspace.wording import PROGRESS, read


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who is to keep an action up to date.

    Parameters
    ----------
    reports : whether they still hold a role to do so with
    """

    pk: int
    name: str
    reports: bool


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who it is, and who else it could be; nobody else for a reader who does not name anyone."""

    keepers: tuple[Keeper, ...]
    to_name: tuple[tuple[int, str], ...]
    may_name: bool


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action that one keeps up to date."""

    title: str
    url: str
    organisation: str
    progress: str
    demo: bool


def responsible(plan: Plan, part: PlanPart, *, may_name: bool) -> Responsible:
    """Who keeps an action up to date."""
    kept = [each.user for each in selectors.responsible_for(part)]
    others = selectors.reporters(plan.organisation) if kept or may_name else []
    return Responsible(
        tuple(Keeper(user.pk, user.name, user in others) for user in kept),
        tuple((user.pk, user.name) for user in others if user not in kept) if may_name else (),
        may_name,
    )


def name_or_take_off(by: User, plan: Plan, key: str, posted: Mapping[str, Any]) -> None:
    """Do what the field asks for.

    Raises
    ------
    NotAllowed, InputError
    """
    # whoever may not name anybody is told so, and not who is on the list
    require(by, Permission.PLAN_EDIT, organisation=plan.organisation, state=PlanState(plan.state))
    part = selectors.part(plan, "action", key)
    off, named = last(posted, "off"), last(posted, "person")
    if off:
        user = next((each.user for each in selectors.responsible_for(part) if str(each.user.pk) == off), None)
    else:
        user = next((each for each in selectors.reporters(plan.organisation) if str(each.pk) == named), None)
    if user is None:
        raise InputError(_nobody())
    if off:
        services.unassign_action(part=part, user=user, by=by)
    else:
        services.assign_action(part=part, user=user, by=by)


def own_actions(user: User) -> list[ActionLine]:
    """The actions one keeps up to date, of plans that one may read."""
    return [
        ActionLine(
            str(part.content.get("title", "")),
            reverse("plan-action", args=[part.plan.pk, part.key]),
            part.plan.organisation.name(language()),
            read(PROGRESS[part.content.get("progress", "idea")]),
            bool(part.plan.demo),
        )
        for part in selectors.actions_of(user)
        if _may_report(user, part)
    ]


def _may_report(user: User, part: PlanPart) -> bool:
    plan = part.plan
    return decide(
        user, Permission.PLAN_UPDATE_ACTION, organisation=plan.organisation, state=PlanState(plan.state), mine=True
    ).allowed


def _nobody() -> Finding:
    return Finding(
        "nobody-named", "person",
        Text("Der er ikke valgt nogen fra listen.", "Nobody from the list was chosen."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Gå tilbage, og vælg en person.", "Go back and choose a person."),
    )  # fmt: skip
