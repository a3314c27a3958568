"""Reading revisions: when one is due and why, how the old plan is judged, and the new one held against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.domain import axes
from klimaplan.domain.actions.action import Progress
from klimaplan.domain.certification.backsliding import Compared, Verdict, backslides, compare
from klimaplan.domain.certification.due import FRAMEWORK_ONLY, Due, due
from klimaplan.domain.certification.due import Revision as Rule
from klimaplan.domain.certification.revising import (
    Fate,
    Judgement,
    Situation,
    Trigger,
    check_judgements,
    gap_share,
    moved_by_method,
    suggested,
    triggers,
)
from klimaplan.domain.certification.workflow import State
from klimaplan.domain.errors import Finding
from klimaplan.domain.pathway.target import Target, scope_of
from klimaplan.reference import load
from klimaplan.sources.plan_files.assembly import target_in
from klimaplan.sources.plan_files.model import TargetEntry
from klimaplan.web.certification.models import Adoption, Case, Certificate, Judged, Revision, RevisionRule
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import stored
from klimaplan.web.plans.models import Plan, PlanVersion

JUDGED = ("target", "action", "adaptation_goal")
"""The kinds of parts that an evaluation goes through, one by one."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a plan that was approved, and the day its revision is due."""

    situation: Situation
    due: Due


def rule_of(organisation: Organisation) -> Rule:
    """What the council decided last; the framework's five years without a decision."""
    found = RevisionRule.objects.filter(organisation=organisation).last()
    return FRAMEWORK_ONLY if found is None else Rule(found.own_years, found.in_first_year_of_term)


def approved_version(plan: Plan) -> PlanVersion | None:
    """The version that a revision begins with: certified, else adopted, else published; the latest of its kind."""
    versions = PlanVersion.objects.filter(plan=plan)
    certified = Case.objects.filter(plan=plan, state=State.CERTIFIED).order_by("pk").values_list("version", flat=True)
    adopted = Adoption.objects.filter(plan=plan, state=Adoption.State.ADOPTED).order_by("recorded_at", "pk")
    for known in (certified.last(), adopted.values_list("version", flat=True).last()):
        if known is not None:
            return versions.filter(pk=known).first()
    return versions.filter(state=PlanVersion.State.PUBLISHED).last()


def approved_on(plan: Plan) -> date | None:
    """The day the plan was approved: of its certificate, else of the first plan as the programme knows it."""
    issued = Certificate.objects.filter(case__plan=plan).order_by("issued_at").values_list("issued_at", flat=True)
    if (last := issued.last()) is not None:
        return timezone.localdate(last)
    code = plan.organisation.code
    known = next((each for each in load.first_plans() if each.municipality == code), None)
    return known.no_later_than if known else None


def situation_of(plan: Plan, on: date | None = None) -> Known:
    """What calls for a revision today, from what the installation knows."""
    today = on or timezone.localdate()
    approved = approved_on(plan) or today
    rule = rule_of(plan.organisation)
    last = Case.objects.filter(plan=plan, state=State.CERTIFIED).last()
    then = last.criteria if last else load.set_in_force(approved).slug
    risk = [each.day for each in load.occasions() if each.kind == "risk-data" and each.day <= today]
    situation = Situation(
        approved=approved, today=today, revision=rule, criteria_then=then,
        criteria_now=load.set_in_force(today).slug, baseline_moved=_baseline_moved(plan, approved),
        gap_share=_gap_share(plan), risk_assessed_on=risk_assessed_on(plan),
        risk_data_published=max(risk, default=None),
        frames=tuple((each.day, each.what) for each in load.occasions() if each.kind == "national-frame"),
    )  # fmt: skip
    return Known(situation, due(approved, rule))


def risk_assessed_on(plan: Plan) -> date | None:
    """The day of the plan's latest risk assessment that has one."""
    days = [str(each["made_on"]) for each in contents(plan, "risk_assessment").values() if each.get("made_on")]
    return date.fromisoformat(max(days)) if days else None


def _gap_share(plan: Plan) -> float | None:
    """To the next target year, of the plan as it is now; None where it cannot be computed."""
    account, figures = inventories.current_account(), plans.outcome(plan)
    years = [year for year in sorted(figures.allowed or {}) if account and year > account.last_year]
    if account is None or not years or figures.allowed is None:
        return None
    emitted, missing = figures.pathway_in(account.last_year), figures.manko_in(years[0])
    return None if emitted is None or missing is None else gap_share(emitted, figures.allowed[years[0]], missing)


def _baseline_moved(plan: Plan, approved: date) -> float | None:
    """Of the account's first year, since the edition in force at approval; None where that is not kept."""
    now = inventories.current_snapshot()
    kept = [each for each in inventories.snapshots() if each.complete and not each.demo and each.retrieved <= approved]
    if now is None or not kept or kept[-1].pk == now.pk:
        return None
    before = inventories.account_of(kept[-1])
    code, year = plan.organisation.code, before.years[0]
    was = before.emissions.select(municipality=code, year=year).sum(axes.SECTOR).at()
    return moved_by_method(inventories.recalculation(kept[-1], now), code, year, was=was)


def triggers_of(known: Known) -> tuple[Trigger, ...]:
    return triggers(known.situation)


def revision_of(plan: Plan) -> Revision | None:
    """The open revision of a plan."""
    return (
        Revision.objects.filter(plan=plan, closed_at__isnull=True).select_related("old", "plan__organisation").first()
    )


def revisions_of(plan: Plan) -> QuerySet[Revision]:
    """All revisions, latest first."""
    return Revision.objects.filter(plan=plan).select_related("old", "new").order_by("-pk")


def judgements_of(revision: Revision, kind: str) -> dict[str, Judged]:
    """Key → what was said of it."""
    return {each.key: each for each in Judged.objects.filter(revision=revision, kind=kind).select_related("by")}


def contents(whose: Plan | PlanVersion, kind: str) -> dict[str, dict[str, object]]:
    """Key → content of the parts of a kind, in the plan's order."""
    return {each.key: each.content for each in stored.pieces_of(whose) if each.kind == kind}


def suggestions(revision: Revision, kind: str) -> dict[str, Fate]:
    """What the plans themselves say of every old part; a person confirms it."""
    new = contents(revision.new or revision.plan, kind)
    done = [key for key, each in new.items() if _is_done(each)]
    return suggested(contents(revision.old, kind), new, done=done)


def missing(revision: Revision, new: Plan | PlanVersion) -> tuple[Finding, ...]:
    """What keeps a revision from being closed with this plan."""
    found: list[Finding] = []
    for kind in JUDGED:
        judged = {
            key: Judgement(Fate(each.fate), each.reason, each.successor)
            for key, each in judgements_of(revision, kind).items()
        }
        found.extend(check_judgements(contents(revision.old, kind), judged, contents(new, kind)))
    reasons = {each.key for each in Judged.objects.filter(revision=revision, kind="target") if each.reason.strip()}
    argued = {str(target.year) for key, target in targets_of(revision.old).items() if key in reasons}
    found.extend(each for each in backslides(compared(revision, new)) if each.place.partition("/")[0] not in argued)
    return tuple(found)


def compared(revision: Revision, new: Plan | PlanVersion) -> tuple[Compared, ...]:
    """Every target of the old plan against the new ones; empty where the old plan has none to compute with."""
    old = list(targets_of(revision.old).values())
    return compare(old, list(targets_of(new).values())) if old else ()


def targets_of(whose: Plan | PlanVersion) -> dict[str, Target]:
    """Key → target, of those that can be computed with."""
    entries = {key: TargetEntry.model_validate(each) for key, each in contents(whose, "target").items()}
    read = {key: target_in(entry, scope_of(entry.sectors)) for key, entry in entries.items()}
    return {key: target for key, target in read.items() if target is not None}


def is_weaker(each: Compared) -> bool:
    return each.verdict in (Verdict.WEAKENED, Verdict.DROPPED)


def _is_done(content: dict[str, object]) -> bool:
    return content.get("progress") == Progress.DONE


def closing_versions(revision: Revision) -> QuerySet[PlanVersion]:
    """The fixed versions that came after the old plan, latest first: one of them is the new plan."""
    found = PlanVersion.objects.filter(plan=revision.plan, number__gt=revision.old.number)
    return found.exclude(state=PlanVersion.State.DRAFT).defer("content").order_by("-number")


def published_revision(organisation: Organisation) -> Revision | None:
    """The latest revision of a municipality whose old and new plan everybody may read."""
    open_to_all = PlanVersion.State.PUBLISHED
    found = Revision.objects.filter(plan__organisation=organisation, old__state=open_to_all, new__state=open_to_all)
    return found.select_related("old", "new", "plan__organisation").order_by("plan__demo", "-closed_at").first()
