"""*My work*: the plans of one's organisations with what is wrong with them, and what one is to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.domain.errors import Severity
from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.certification.cases.selectors import judges
from klimaplan.web.certification.overview.circle import may_oversee
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import selectors
from klimaplan.web.plans.models import Plan, Task
from klimaplan.web.workspace import sentences
from klimaplan.web.workspace.looked_on import LookedOn, looked_on, members_of
from klimaplan.web.workspace.responsible_page import ActionLine, own_actions
from klimaplan.web.workspace.together.feed_page import Entry, latest
from klimaplan.web.workspace.together.work_news import LATEST, MentionLine, mention_lines
from klimaplan.web.workspace.wording import STATES, read

MOST_COMPUTED = 5
"""Whoever looks on at more plans than these reads how each stands on its own page: computing all takes too long."""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan; of those somebody only looks on at without sentence and counts."""

    pk: int
    title: str
    organisation: str
    state: str
    demo: bool
    may_edit: bool
    sentence: str = ""
    errors: int = 0
    warnings: int = 0
    variants: int = 0


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Something to do, and whether its day has gone by."""

    key: int
    title: str
    due: date
    late: bool
    plan: int
    organisation: str
    action: str


@dataclass(frozen=True, slots=True)
class Start:
    """A municipality without a plan that one could begin."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Everything on the page.

    Parameters
    ----------
    roles : one's roles in words, each with the organisation
    actions : those one keeps up to date
    judges : whether one has a desk with cases to review or sign
    oversees : whether the overview of the plans has anything for one
    looked_on : the plans one only reads, where they are many, and the municipalities of one's group without one
    """

    plans: tuple[PlanLine, ...]
    tasks: tuple[TaskLine, ...]
    starts: tuple[Start, ...]
    roles: tuple[str, ...]
    actions: tuple[ActionLine, ...]
    looked_on: tuple[LookedOn, ...]
    mentions: tuple[MentionLine, ...]
    latest: tuple[Entry, ...]
    judges: bool = False
    oversees: bool = False

    @property
    def late(self) -> int:
        return sum(task.late for task in self.tasks)


def work_page(user: User) -> WorkPage:
    today = timezone.localdate()
    plans, held = selectors.plans_for(user), accounts.roles_held(user.pk, today)
    reads, members = [plan for plan in plans if not _may_edit(user, plan)], members_of(held, today)
    many = bool(members) or len(reads) > MOST_COMPUTED
    shown = [plan for plan in plans if plan not in reads] if many else plans
    there = {each.organisation.pk: each.organisation for each in held}
    return WorkPage(
        tuple(_line(user, plan, computed=len(shown) <= MOST_COMPUTED) for plan in shown),
        tuple(_task(task) for task in selectors.tasks_of(user) if _may_read(user, task.plan)),
        tuple(_starts(user, there.values(), {plan.organisation.pk for plan in plans})),
        tuple(f"{read(ROLES[each.role].name)}, {each.organisation.name(language())}" for each in held),
        tuple(own_actions(user)),
        looked_on(reads, members, today) if many else (),
        mention_lines(user),
        latest(user, LATEST),
        judges(user),
        oversees=may_oversee(user),
    )


def may_begin(user: User, organisation: Organisation) -> bool:
    """Whether somebody may write a plan for it."""
    is_municipality = organisation.kind == Organisation.Kind.MUNICIPALITY
    allowed = decide(user, Permission.PLAN_EDIT, organisation=organisation, state=PlanState.DRAFT).allowed
    return is_municipality and allowed


def title_for(organisation: Organisation) -> str:
    """What a new plan is called until somebody finds a better title."""
    return _("Climate plan of %(name)s") % {"name": organisation.name(language())}


def _line(user: User, plan: Plan, *, computed: bool) -> PlanLine:
    state = PlanState(plan.state)
    name, demo = plan.organisation.name(language()), bool(plan.demo)
    may_edit = _may_edit(user, plan)
    if not computed:
        return PlanLine(plan.pk, plan.title, name, str(STATES[state]), demo, may_edit)
    figures = selectors.outcome(plan)
    weights = [finding.severity for finding in figures.findings]
    return PlanLine(
        plan.pk, plan.title, name, str(STATES[state]), demo, may_edit,
        sentences.lands(figures, name, demo=demo), weights.count(Severity.ERROR), weights.count(Severity.WARNING),
        selectors.variants_of(plan).count(),
    )  # fmt: skip


def _task(task: Task) -> TaskLine:
    return TaskLine(
        task.pk, task.title, task.due, task.due < timezone.localdate(), task.plan.pk,
        task.plan.organisation.name(language()), str(task.part.content.get("title", "")) if task.part else "",
    )  # fmt: skip


def _may_edit(user: User, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_EDIT, organisation=plan.organisation, state=PlanState(plan.state)).allowed


def _may_read(user: User, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed


def _starts(user: User, organisations: Iterable[Organisation], with_plan: set[int]) -> list[Start]:
    return [
        Start(each.slug, each.name(language()))
        for each in organisations
        if each.pk not in with_plan and may_begin(user, each)
    ]
