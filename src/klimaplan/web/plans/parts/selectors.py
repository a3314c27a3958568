"""Reading plans and their parts, as far as the reader may."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import load
from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.accounts.permissions import Person as Reader
from klimaplan.web.accounts.roles import ROLES, Scope
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans.contents.kinds import ACTION, KINDS, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import PartRevision, Plan, PlanPart


def plan_for(user: Reader, plan_id: int) -> Plan:
    """One plan to work on.

    Raises
    ------
    UnknownCodeError : there is none
    NotAllowed : it is not for this person to read
    """
    found = Plan.objects.select_related("organisation", "variant_of").filter(pk=plan_id).first()
    if found is None:
        raise UnknownCodeError(_unknown("plan", str(plan_id)))
    require(user, Permission.PLAN_READ, organisation=found.organisation, state=PlanState(found.state))
    return found


def plan_of(user: Reader, slug: str) -> Plan:
    """The plan of an organisation, no variant: the oldest real one, or the invented one where there is no other.

    Raises
    ------
    UnknownCodeError, NotAllowed
    """
    organisation = organisations.organisation(slug)
    found = Plan.objects.filter(organisation=organisation, variant_of=None).order_by("demo", "pk").first()
    if found is None:
        raise UnknownCodeError(_unknown("plan", slug))
    return plan_for(user, found.pk)


def plans_for(user: Reader) -> list[Plan]:
    """The working plans that somebody may read by one of their roles; variants stand with their plan."""
    if not user.is_authenticated or user.pk is None:
        return []
    day = timezone.localdate()
    reach = Q(pk__in=[])
    for held in accounts.roles_held(user.pk, day):
        for grant in ROLES[held.role].grants:
            if grant.permission is not Permission.PLAN_READ:
                continue
            states = Q(state__in=[str(state) for state in grant.states])
            if grant.scope is Scope.OWN:
                states &= Q(organisation=held.organisation)
            elif grant.scope is Scope.MEMBERS:
                states &= Q(organisation__in=organisations.members_on(held.organisation, day))
            reach |= states
    found = Plan.objects.filter(reach, variant_of=None).select_related("organisation")
    return [plan for plan in found.order_by("organisation__name_da", "pk") if _may_read(user, plan)]


def variants_of(plan: Plan) -> QuerySet[Plan]:
    """The variants of a plan, oldest first."""
    return Plan.objects.filter(variant_of=plan.variant_of or plan).order_by("pk")


def parts(  # noqa: PLR0913  # a filter each
    plan: Plan,
    kind: str,
    *,
    sector: str = "",
    owner: str = "",
    progress: str = "",
    text: str = "",
    hazard: str = "",
    action: str | None = None,
    removed: bool = False,
) -> list[PlanPart]:
    """The parts of a kind in their order, narrowed down.

    Parameters
    ----------
    sector : of what an action works on
    text : somewhere in what a part says, whatever the letters
    hazard : that a part is about, or that an action answers
    action : what hangs on that action; empty for what holds for the whole plan
    removed : those that were taken out instead
    """
    found = PlanPart.objects.filter(plan=plan, kind=kind_of(kind).code, removed=removed).select_related("updated_by")
    answering = _answering(plan, hazard) if hazard and kind == ACTION else set()
    wanted = text.casefold().strip()
    return [
        part for part in found
        if (not sector or sector in sectors_of(part.content))
        and (not owner or part.content.get("owner", "") == owner)
        and (not progress or part.content.get("progress", "idea") == progress)
        and (not hazard or part.key in answering or hazard in _hazards(part.content))
        and (action is None or part.content.get("action", "") == action)
        and (not wanted or wanted in _words(part.content).casefold())
    ]  # fmt: skip


def parts_of_kinds(plan: Plan, *kinds: str) -> list[PlanPart]:
    """The parts of several kinds in one question, removed or not, each kind in its order."""
    codes = [kind_of(kind).code for kind in kinds]
    return list(PlanPart.objects.filter(plan=plan, kind__in=codes).select_related("updated_by"))


def part(plan: Plan, kind: str, key: str) -> PlanPart:
    """One part, removed or not; `UnknownCodeError` where there is none."""
    found = PlanPart.objects.filter(plan=plan, kind=kind_of(kind).code, key=key).select_related("plan", "updated_by")
    there = found.first()
    if there is None:
        raise UnknownCodeError(_unknown(kind, key))
    return there


def beside(plan: Plan, action: str) -> dict[str, list[PlanPart]]:
    """Everything that hangs on an action, by kind."""
    kinds = [kind.code for kind in KINDS.values() if kind.of_action]
    found: dict[str, list[PlanPart]] = {}
    for each in PlanPart.objects.filter(plan=plan, kind__in=kinds, removed=False):
        if each.content.get("action") == action:
            found.setdefault(each.kind, []).append(each)
    return found


def owners(plan: Plan) -> list[str]:
    """Who is responsible for something, to filter by."""
    rows = PlanPart.objects.filter(plan=plan, kind=ACTION, removed=False).values_list("content", flat=True)
    return sorted({content["owner"] for content in rows if content.get("owner")})


def history(of: PlanPart) -> QuerySet[PartRevision]:
    """What a part has said, latest first."""
    return PartRevision.objects.filter(part=of).select_related("by").order_by("-version")


def changed_by(one: PlanPart) -> str:
    """Who changed a part last: a person, or whoever had a link; empty where nobody did since it was loaded."""
    if one.updated_by is not None:
        return str(one.updated_by.name)
    told = Event.objects.filter(object_kind=f"plan-{one.kind}", object_key=f"{one.plan.pk}/{one.key}")
    return str(told.filter(what__startswith="plan.").order_by("-seq").values_list("by_label", flat=True).first() or "")


def activity(plan: Plan, *, most: int = 50) -> list[Event]:
    """What was done to a plan, latest first."""
    of_plan = Q(object_kind="plan", object_key=str(plan.pk)) | Q(
        object_kind__startswith="plan-", object_key__startswith=f"{plan.pk}/"
    )
    return list(Event.objects.filter(of_plan).order_by("-seq")[:most])


def sectors_of(action: Plain) -> frozenset[str]:
    """The sectors of the account that an action lessens; empty for one without a computed effect."""
    streams = [lever["stream"] for lever in action.get("lever", []) if "stream" in lever]
    streams += [effect["stream"] for lever in action.get("lever", []) for effect in lever.get("effects", [])]
    if action.get("template") and not action.get("lever"):
        streams += _streams_of(action["template"], action.get("variant", ""))
    return frozenset(sector for stream in streams if (sector := _sectors().get(stream.partition("/")[0])))


NOT_CUT = frozenset({"ratio", "burden", "burden-energy"})
"""Roles of numbers that tell of the stream an action moves emissions to."""


@cache
def _sectors() -> dict[str, str]:
    """GPC reference → sector of the account."""
    return {stream.ref: str(stream.sector) for stream in load.national_streams().streams}


@cache
def _streams_of(template: str, variant: str) -> tuple[str, ...]:
    try:
        measure = load.measure(template)
        levers = measure.variant(variant).levers if measure.has_effect else ()
    except UnknownCodeError:
        return ()
    return tuple(part.stream for lever in levers for part in lever.parts if part.stream and part.role not in NOT_CUT)


def _answering(plan: Plan, hazard: str) -> set[str]:
    rows = PlanPart.objects.filter(plan=plan, kind="answer", removed=False).values_list("content", flat=True)
    return {content["action"] for content in rows if hazard in content["hazards"]}


def _hazards(content: Plain) -> Iterable[str]:
    return [content["hazard"]] if "hazard" in content else content.get("hazards", ())


def _words(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_words(each) for each in value.values())
    if isinstance(value, list):
        return " ".join(_words(each) for each in value)
    return value if isinstance(value, str) else ""


def _may_read(user: Reader, plan: Plan) -> bool:
    return decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=PlanState(plan.state)).allowed


def _unknown(kind: str, key: str) -> Finding:
    return Finding(
        f"{kind.replace('_', '-')}-unknown", key[:80],
        Text("Den findes ikke.", "It does not exist."),
        Text("", ""),
        Text("Vælg en fra listen.", "Choose one from the list."),
    )  # fmt: skip
