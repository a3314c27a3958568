"""What can be done with a revision: decide when one is due, open one, judge the old plan, close it with a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from klimaplan.domain.certification.due import FRAMEWORK_YEARS
from klimaplan.domain.certification.revising import Fate
from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.audit.services import record
from klimaplan.web.certification.models import Judged, Revision, RevisionRule
from klimaplan.web.certification.revisions import findings
from klimaplan.web.certification.revisions.selectors import JUDGED, approved_version, missing, situation_of
from klimaplan.web.certification.revisions.selectors import triggers_of as triggers_now
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans import stored
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.writes.services import locked, once


@once
def record_rule(  # noqa: PLR0913  # what a council can decide about it
    *, plan: Plan, decided_on: date, by: User, own_years: int | None = None, in_first_year_of_term: bool = False,
    case_reference: str = "", why: str = "", idempotency_key: str = "",
) -> RevisionRule:  # fmt: skip
    """What the council has decided about when the plan is revised; later decisions replace it, and it stays.

    Raises
    ------
    NotAllowed, InputError
    """
    plan = locked(plan)
    require(by, Permission.PLAN_RECORD_DECISION, organisation=plan.organisation, state=PlanState(plan.state))
    faults = []
    if own_years is not None and not 1 <= own_years <= FRAMEWORK_YEARS:
        faults.append(findings.years_out_of_range(own_years))
    if own_years is None and not in_first_year_of_term:
        faults.append(findings.rule_says_nothing())
    if decided_on > timezone.localdate():
        faults.append(findings.decided_ahead(decided_on))
    if faults:
        raise InputError(faults)
    made = RevisionRule.objects.create(
        organisation=plan.organisation, own_years=own_years, in_first_year_of_term=in_first_year_of_term,
        case_reference=case_reference.strip()[:80], decided_on=decided_on, recorded_by=by, recorded_at=timezone.now(),
    )  # fmt: skip
    after = {"own_years": own_years, "in_first_year_of_term": in_first_year_of_term, "on": decided_on}
    _record(plan.organisation, by, "revision.rule-recorded", str(made.pk), after=after, why=why)
    return made


@once
def open_revision(
    *, plan: Plan, responsible: str, by: User, due_on: date | None = None, why: str = "", idempotency_key: str = ""
) -> Revision:
    """Begin to revise a plan that was approved, adopted or published before.

    Parameters
    ----------
    due_on : by when; without it the day that the rules set

    Raises
    ------
    NotAllowed
    InputError : there is nothing to revise, one is open, or nobody is responsible
    """
    plan = locked(plan)
    require(by, Permission.PLAN_EDIT, organisation=plan.organisation, state=PlanState(plan.state))
    old = approved_version(plan)
    faults = []
    if old is None or plan.variant_of is not None:
        faults.append(findings.nothing_to_revise(plan.title))
    if Revision.objects.filter(plan=plan, closed_at__isnull=True).exists():
        faults.append(findings.already_open(plan.title))
    if not responsible.strip():
        faults.append(findings.nobody_responsible())
    if faults or old is None:
        raise InputError(faults)
    situation = situation_of(plan)
    causes = [
        {"cause": str(each.cause), "da": each.said.da, "en": each.said.en,
         "since": each.since.isoformat() if each.since else None}
        for each in triggers_now(situation)
    ]  # fmt: skip
    made = Revision.objects.create(
        plan=plan, old=old, causes=causes, due_on=due_on or situation.due.day, responsible=responsible.strip()[:200],
        opened_at=timezone.now(), opened_by=by,
    )  # fmt: skip
    after = {"old": old.number, "due": made.due_on, "causes": [each["cause"] for each in causes]}
    _record(plan.organisation, by, "revision.opened", str(made.pk), after=after, why=why)
    return made


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one target or action of the old plan.

    Parameters
    ----------
    seen : version of the judgement that the person saw; 0 where there was none
    """

    fate: Fate
    reason: str = ""
    successor: str = ""
    seen: int = 0


@once
def judge(
    *, revision: Revision, said: Mapping[tuple[str, str], Said], by: User, idempotency_key: str = ""
) -> tuple[Judged, ...]:
    """Say what became of targets and actions of the old plan: all of them or none.

    Parameters
    ----------
    said : (kind, key) → what is said

    Raises
    ------
    NotAllowed
    InputError : what a colleague judged meanwhile, or does not stand in the old plan; all at once
    """
    revision = _locked(revision)
    plan = revision.plan
    require(by, Permission.PLAN_EDIT, organisation=plan.organisation, state=PlanState(plan.state))
    if revision.closed_at is not None:
        raise InputError(findings.closed())
    there = {each.name for each in stored.pieces_of(revision.old) if each.kind in JUDGED}
    kept = {(each.kind, each.key): each for each in Judged.objects.filter(revision=revision)}
    faults = [findings.not_in_the_old_plan(" ".join(name)) for name in said if name not in there]
    faults += [
        findings.judged_meanwhile(name[1])
        for name, each in said.items()
        if each.seen != (kept[name].version if name in kept else 0)
    ]
    if faults:
        raise InputError(faults)
    return tuple(_put(revision, name, each, kept.get(name), by) for name, each in said.items())


@once
def close_revision(*, revision: Revision, version: int, by: User, why: str = "", idempotency_key: str = "") -> Revision:
    """End a revision with the version that is the new plan: everything judged, and no target less than before.

    Raises
    ------
    NotAllowed
    InputError : what is not judged, targets that want less without a reason, no such version; all at once
    """
    revision = _locked(revision)
    plan = revision.plan
    require(by, Permission.PLAN_EDIT, organisation=plan.organisation, state=PlanState(plan.state))
    if revision.closed_at is not None:
        raise InputError(findings.closed())
    new = PlanVersion.objects.filter(plan=plan, number=version).exclude(state=PlanVersion.State.DRAFT).first()
    faults = list(missing(revision, new)) if new is not None else [findings.no_new_version(version)]
    if faults or new is None:
        raise InputError(faults)
    revision.new, revision.closed_at = new, timezone.now()
    revision.save(update_fields=["new", "closed_at"])
    _record(plan.organisation, by, "revision.closed", str(revision.pk), after={"new": new.number}, why=why)
    return revision


def _put(revision: Revision, name: tuple[str, str], said: Said, kept: Judged | None, by: User) -> Judged:
    before = None if kept is None else {"fate": kept.fate, "reason": kept.reason}
    kept = kept or Judged(revision=revision, kind=name[0], key=name[1], version=0)
    kept.fate, kept.reason, kept.successor = said.fate, said.reason.strip(), said.successor
    kept.by, kept.at, kept.version = by, timezone.now(), kept.version + 1
    kept.save()
    _record(revision.plan.organisation, by, "revision.judged", f"{revision.pk}/{name[0]}/{name[1]}", before=before,
            after={"fate": kept.fate, "reason": kept.reason, "successor": kept.successor})  # fmt: skip
    return kept


def _locked(revision: Revision) -> Revision:
    plan = locked(revision.plan)
    found = Revision.objects.select_related("old").get(pk=revision.pk)
    found.plan = plan
    return found


def _record(
    organisation: Organisation, by: User, what: str, key: str, *, before: object = None, after: object = None,
    why: str = "",
) -> None:  # fmt: skip
    record(by=by, what=what, object_kind="revision", object_key=key, before=before, after=after, why=why,
           organisation=organisation.slug)  # fmt: skip
