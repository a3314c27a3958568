"""The plans that somebody looks on at, as one table: the adviser of a DGO sees which municipality needs a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from klimaplan.web.accounts.models import RoleAssignment
from klimaplan.web.accounts.permissions import Permission, PlanState
from klimaplan.web.accounts.roles import ROLES, Scope
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import members_on
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.standing import Standing, standing_of
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.workspace.wording import STATES


@dataclass(frozen=True, slots=True)
class LookedOn:
    """One municipality; without a plan everything after its name is empty."""

    organisation: str
    pk: int | None = None
    title: str = ""
    state: str = ""
    demo: bool = False
    actions: int | None = None
    changed: datetime | None = None
    published: datetime | None = None
    comments: int | None = None
    late: int | None = None


def looked_on(plans: Iterable[Plan], members: Iterable[Organisation], today: date) -> tuple[LookedOn, ...]:
    """In order of name: every plan, and every municipality of one's group that has none yet."""
    plans = list(plans)
    standing = standing_of(plans, today)
    with_plan = {plan.organisation.pk for plan in plans}
    rows = [_line(plan, standing[plan.pk]) for plan in plans]
    rows += [LookedOn(each.name(language())) for each in members if each.pk not in with_plan]
    return tuple(sorted(rows, key=lambda row: alphabetical(row.organisation)))


def _line(plan: Plan, stands: Standing) -> LookedOn:
    return LookedOn(
        plan.organisation.name(language()), plan.pk, plan.title, str(STATES[PlanState(plan.state)]), bool(plan.demo),
        stands.actions, stands.changed, stands.published, stands.comments, stands.late,
    )  # fmt: skip


def members_of(held: Iterable[RoleAssignment], day: date) -> list[Organisation]:
    """The municipalities of the groups whose plans one reads by a role."""
    groups = {
        each.organisation.pk: each.organisation
        for each in held
        for grant in ROLES[each.role].grants
        if grant.permission is Permission.PLAN_READ and grant.scope is Scope.MEMBERS
    }
    return list({member.pk: member for group in groups.values() for member in members_on(group, day)}.values())
