"""Reading how all municipalities stand, in a dozen questions to the database however many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from klimaplan.domain.certification.due import FRAMEWORK_ONLY, Due, due
from klimaplan.domain.certification.due import Revision as Rule
from klimaplan.domain.certification.waiting import Stay, stays_of
from klimaplan.domain.certification.workflow import ENDED, State
from klimaplan.domain.programme import FirstPlan
from klimaplan.reference import load
from klimaplan.web.accounts.models import RoleAssignment
from klimaplan.web.certification.models import (
    Adoption,
    Case,
    Certificate,
    Question,
    Revision,
    RevisionRule,
    StepTaken,
)
from klimaplan.web.certification.overview.circle import Circle
from klimaplan.web.organisations.models import Belonging, Organisation
from klimaplan.web.organisations.selectors import on_day
from klimaplan.web.plans.models import Plan, PlanVersion


@dataclass(frozen=True, slots=True)
class Stands:
    """How one municipality stands; None is not known, or has not happened.

    Parameters
    ----------
    approved : the day its plan was approved: of a certificate given here, else the one the programme knows
    first : what the programme knows of the first plan; None where a certificate says it
    plan : its working plan; of several the one that is not invented, as `plan_of` has it
    case : the open case, else the last one; None also where it is closed to whoever asks
    closed : whether the case is kept from whoever asks because of a conflict
    since : when the last step of the case was taken
    plans : how many plans have been approved or adopted here, as far as is known: 0, 1, or 2 for more
    """

    organisation: Organisation
    region: Organisation | None
    dgo: Organisation | None
    approved: date | None
    first: FirstPlan | None
    due: Due | None
    plan: Plan | None
    case: Case | None
    closed: bool
    since: datetime | None
    adoption: Adoption | None
    published: datetime | None
    questions: int
    plans: int

    @property
    def is_handed_in(self) -> bool:
        """Whether the next plan is with reviewers or signatories already."""
        return self.case is not None and State(self.case.state) in HANDED_IN


def short_name(organisation: Organisation) -> str:
    """A municipality without the word for one: what a list of municipalities calls it."""
    return _names().get(organisation.code, str(organisation.name_da))


@cache
def _names() -> Mapping[str, str]:
    return {each.code: each.name for each in load.municipalities()}


HANDED_IN = frozenset({State.SUBMITTED, State.REVIEW, State.REPLY, State.RECOMMENDED})
IN_HAND = HANDED_IN - {State.RECOMMENDED}
"""With the reviewers; what is recommended waits for the signatory."""


@dataclass(frozen=True, slots=True)
class Everything:
    """How everybody stands, and the stays of all cases that whoever asks may see."""

    rows: tuple[Stands, ...]
    stays: tuple[Stay, ...]


def everything(circle: Circle, today: date) -> Everything:
    """Every municipality of a circle, in order of its key."""
    keys = [each.pk for each in circle.organisations]
    plans = _main_plans(keys)
    of_plan = [plan.pk for plan in plans.values()]
    cases = _cases(of_plan, circle.closed)
    last = _last_steps(cases)
    known = _Known(
        groups=_groups(keys, today), plans=plans, cases=_current(cases), last=last,
        issued=_issued(of_plan), rules=_rules(keys), adoptions=_adoptions(of_plan),
        published=_by_plan(PlanVersion.objects.filter(plan__in=of_plan, state=PlanVersion.State.PUBLISHED), Max("at")),
        questions=_questions(of_plan),
        revised=_by_plan(_revised(of_plan, circle.closed), Count("pk")),
        first={each.municipality: each for each in load.first_plans()}, closed=circle.closed,
    )  # fmt: skip
    return Everything(tuple(known.row(each) for each in circle.organisations), _stays(cases))


@dataclass(frozen=True, slots=True)
class _Known:
    """What was read of all, by municipality or by plan."""

    groups: Mapping[int, Mapping[str, Organisation]]
    plans: Mapping[int, Plan]
    cases: Mapping[int, Case]
    last: Mapping[int, datetime]
    issued: Mapping[int, tuple[datetime, int]]
    rules: Mapping[int, Rule]
    adoptions: Mapping[int, Adoption]
    published: Mapping[int, datetime]
    questions: Mapping[int, int]
    revised: Mapping[int, int]
    first: Mapping[str, FirstPlan]
    closed: frozenset[int]

    def row(self, organisation: Organisation) -> Stands:
        plan = self.plans.get(organisation.pk)
        key = plan.pk if plan else None
        issued = self.issued.get(key) if key else None
        first = None if issued else self.first.get(organisation.code)
        approved = timezone.localdate(issued[0]) if issued else first.no_later_than if first else None
        rule = self.rules.get(organisation.pk, FRAMEWORK_ONLY)
        case = self.cases.get(key) if key else None
        groups = self.groups.get(organisation.pk, {})
        return Stands(
            organisation, groups.get("region"), groups.get("dgo"), approved, first,
            due(approved, rule) if approved else None, plan, case, organisation.pk in self.closed,
            self.last.get(case.pk, case.opened_at) if case else None,
            self.adoptions.get(key) if key else None, self.published.get(key) if key else None,
            self.questions.get(key, 0) if key and case else 0, self._plans(key, issued, known=approved is not None),
        )  # fmt: skip

    def _plans(self, key: int | None, issued: tuple[datetime, int] | None, *, known: bool) -> int:
        if key in self.revised or (issued is not None and issued[1] > 1):
            return 2
        return int(known)


def reviewers_on(day: date) -> int:
    """How many people are reviewers on a day."""
    held = RoleAssignment.objects.filter(on_day(day), role="reviewer", user__is_active=True)
    return held.values("user").distinct().count()


def _groups(keys: Collection[int], today: date) -> Mapping[int, Mapping[str, Organisation]]:
    found: dict[int, dict[str, Organisation]] = defaultdict(dict)
    for each in Belonging.objects.filter(on_day(today), member__in=keys).select_related("group", "member"):
        found[each.member.pk][each.kind] = each.group
    return found


def _main_plans(keys: Collection[int]) -> Mapping[int, Plan]:
    plans = Plan.objects.filter(organisation__in=keys, variant_of=None).select_related("organisation")
    return {each.organisation.pk: each for each in plans.order_by("-demo", "-pk")}


def _cases(plans: Collection[int], closed: Collection[int]) -> list[Case]:
    found = Case.objects.filter(plan__in=plans).exclude(plan__organisation__in=closed)
    return list(found.select_related("plan__organisation", "reviewer").order_by("pk"))


def _current(cases: Iterable[Case]) -> Mapping[int, Case]:
    """Plan → its open case, else its last."""
    found: dict[int, Case] = {}
    for each in cases:
        before = found.get(each.plan.pk)
        if before is None or State(before.state) in ENDED:
            found[each.plan.pk] = each
    return found


def _last_steps(cases: Collection[Case]) -> Mapping[int, datetime]:
    rows = StepTaken.objects.filter(case__in=[each.pk for each in cases]).order_by().values("case")
    return {row["case"]: row["last"] for row in rows.annotate(last=Max("at"))}


def _stays(cases: Collection[Case]) -> tuple[Stay, ...]:
    taken: dict[int, list[tuple[State, date]]] = defaultdict(list)
    rows = StepTaken.objects.filter(case__in=[each.pk for each in cases]).order_by("case", "number")
    for key, after, at in rows.values_list("case", "after", "at"):
        taken[key].append((State(after), timezone.localdate(at)))
    return tuple(
        stay for each in cases for stay in stays_of(each.pk, timezone.localdate(each.opened_at), taken[each.pk])
    )


def _issued(plans: Collection[int]) -> Mapping[int, tuple[datetime, int]]:
    """Plan → when its last certificate was given, and how many it has."""
    rows = Certificate.objects.filter(case__plan__in=plans).order_by().values("case__plan")
    counted = rows.annotate(last=Max("issued_at"), number=Count("pk"))
    return {row["case__plan"]: (row["last"], row["number"]) for row in counted}


def _rules(keys: Collection[int]) -> Mapping[int, Rule]:
    rows = RevisionRule.objects.filter(organisation__in=keys).select_related("organisation")
    rows = rows.order_by("decided_on", "pk")
    return {each.organisation.pk: Rule(each.own_years, each.in_first_year_of_term) for each in rows}


def _adoptions(plans: Collection[int]) -> Mapping[int, Adoption]:
    rows = Adoption.objects.filter(plan__in=plans).select_related("plan").order_by("recorded_at", "pk")
    return {each.plan.pk: each for each in rows}


def _questions(plans: Collection[int]) -> Mapping[int, int]:
    """Plan → questions that were sent to it and wait for a reply."""
    sent = ~Q(case__state=State.REVIEW) | Q(round__lt=F("case__round"))
    open_ = Question.objects.filter(sent, case__plan__in=plans, replied_at=None, taken_back_at=None)
    rows = open_.exclude(case__state__in=ENDED).order_by().values("case__plan").annotate(number=Count("pk"))
    return {row["case__plan"]: row["number"] for row in rows}


def _revised(plans: Collection[int], closed: Collection[int]) -> QuerySet[Revision]:
    found = Revision.objects.filter(plan__in=plans, closed_at__isnull=False)
    return found.exclude(plan__organisation__in=closed)


def _by_plan(rows: QuerySet[Any], counted: Any) -> dict[int, Any]:
    # the order of a model would be part of what is grouped by
    return {row["plan"]: row["found"] for row in rows.order_by().values("plan").annotate(found=counted)}
