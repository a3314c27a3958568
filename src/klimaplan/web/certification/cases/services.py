"""What can be done with a case: open one, and take the steps that the workflow allows. Each step is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from klimaplan.domain.certification.workflow import STEPS, Actor, State, Step, refusals, way
from klimaplan.domain.errors import Finding, InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.audit.services import record
from klimaplan.web.certification.cases import certificate, findings
from klimaplan.web.certification.cases.facts import criteria_of, facts_of
from klimaplan.web.certification.models import Case, Certificate, StepTaken
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.stored import digest
from klimaplan.web.plans.writes.services import locked, once

NEEDS = {
    Actor.MUNICIPALITY: (Permission.PLAN_SUBMIT, PlanState.DRAFT),
    Actor.REVIEWER: (Permission.PLAN_ASSESS, PlanState.SUBMITTED),
    Actor.SIGNATORY: (Permission.PLAN_SIGN, PlanState.SUBMITTED),
}
"""What each side is asked for. The municipality goes on working with its draft; the others see what was handed in."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody says with a step: only what the step asks for is looked at.

    Parameters
    ----------
    version : number of the frozen version that is submitted
    deadline : by when the other side is to act
    held_on : the day of the scoping meeting
    """

    version: int | None = None
    deadline: date | None = None
    held_on: date | None = None
    reason: str = ""


@once
def open_case(*, plan: Plan, by: User, why: str = "", idempotency_key: str = "") -> Case:
    """Begin the way to a certificate.

    Raises
    ------
    NotAllowed, InputError : there is an open case, or it is a variant
    """
    plan = locked(plan)
    _require(by, Actor.MUNICIPALITY, plan.organisation)
    if plan.variant_of is not None:
        raise InputError(findings.variant(plan.title))
    if Case.objects.filter(plan=plan).exclude(state__in=_ENDED).exists():
        raise InputError(findings.already_open(plan.title))
    today = timezone.localdate()
    case = Case.objects.create(
        plan=plan, criteria=criteria_of(None, today).slug, state=State.SELF_ASSESSMENT, opened_at=timezone.now(),
        opened_by=by,
    )  # fmt: skip
    _record(case, by, "case.opened", after={"criteria": case.criteria}, why=why)
    return case


@once
def take_step(
    *, case: Case, step: Step, by: User, seen: int, given: Given = Given(), idempotency_key: str = ""
) -> Case:
    """Take a step, if the person may, the case still stands where they saw it, and everything is in order.

    Parameters
    ----------
    seen : how many steps the case had when the person decided

    Raises
    ------
    NotAllowed
    InputError : everything that is in the way, with the steps that are possible; nothing is changed
    """
    plan = locked(case.plan)
    case = Case.objects.select_related("version", "reviewer").get(pk=case.pk)
    case.plan = plan
    now, today = State(case.state), timezone.localdate()
    found = way(step, now)
    _require(by, found.actor if found else _usual(step), plan.organisation)
    if seen != case.steps_taken:
        raise InputError(findings.moved_on(now))
    version = _version(plan, given.version) or case.version
    facts = facts_of(case, by=by, version=version, deadline=given.deadline, held_on=given.held_on,
                     reason=given.reason, today=today)  # fmt: skip
    # what is in the way of whoever has the case would tell a second reviewer the scores of the first
    faults = _wrong_reviewer(case, step, by) or list(refusals(step, now, facts))
    if faults or found is None:
        raise InputError(faults)
    _go(case, step, found.target, by, version, given, today)
    return case


@once
def hand_over(*, case: Case, to: User, by: User, why: str = "", idempotency_key: str = "") -> Case:
    """Give a case to another reviewer, who must be free of conflict.

    Raises
    ------
    NotAllowed : one of the two may not review this municipality
    """
    plan = locked(case.plan)
    for person in (by, to):
        _require(person, Actor.REVIEWER, plan.organisation)
    case = Case.objects.get(pk=case.pk)
    if case.reviewer is None:
        raise InputError(findings.not_taken_up(str(case.pk)))
    before, case.reviewer = case.reviewer.pk, to
    case.save(update_fields=["reviewer"])
    _record(case, by, "case.handed-over", before={"reviewer": before}, after={"reviewer": to.pk}, why=why)
    return case


@once
def add_second_reviewer(*, case: Case, to: User, by: User, why: str = "", idempotency_key: str = "") -> Case:
    """Ask a second reviewer to score blind, for training: neither sees the other's scores before both are done."""
    plan = locked(case.plan)
    for person in (by, to):
        _require(person, Actor.REVIEWER, plan.organisation)
    case = Case.objects.get(pk=case.pk)
    if case.reviewer is None or case.reviewer == to:
        raise InputError(findings.second_is_first(to.name))
    case.second_reviewer = to
    case.save(update_fields=["second_reviewer"])
    _record(case, by, "case.second-reviewer-added", after={"reviewer": to.pk}, why=why)
    return case


_ENDED = ("certified", "withdrawn")


def _go(
    case: Case, step: Step, target: State, by: User, version: PlanVersion | None, given: Given, today: date
) -> None:  # fmt: skip
    before = case.state
    case.state, case.deadline = target, given.deadline
    case.steps_taken += 1
    if step is Step.HOLD_SCOPING:
        case.scoping_held_on = given.held_on
    if step in (Step.SUBMIT, Step.ANSWER):
        case.version = version
    if step is Step.SUBMIT:
        case.criteria = criteria_of(case, today).slug
    if step is Step.TAKE_UP:
        case.reviewer = by
    if target is State.REVIEW:
        case.round += 1
    case.save()
    StepTaken.objects.create(
        case=case, number=case.steps_taken, step=step, before=before, after=case.state, version=case.version,
        deadline=given.deadline, reason=given.reason.strip(), by=by, at=timezone.now(),
    )  # fmt: skip
    if step is Step.SIGN:
        issued = timezone.now()
        content = certificate.content_of(case, issued)
        Certificate.objects.create(case=case, content=content, sha256=digest(content), issued_at=issued)
    _record(case, by, "case.step-taken", before={"state": before}, after={"step": step, "state": case.state},
            why=given.reason.strip())  # fmt: skip


def _version(plan: Plan, number: int | None) -> PlanVersion | None:
    if number is None:
        return None
    found = PlanVersion.objects.filter(plan=plan, number=number).first()
    if found is None:
        raise InputError(findings.no_version(number))
    return found


def _wrong_reviewer(case: Case, step: Step, by: User) -> list[Finding]:
    """After a case is taken up, only whoever took it judges; a colleague has it handed over first."""
    judging = step in (Step.ASK, Step.RECOMMEND) or (step is Step.RETURN and case.state == State.REVIEW)
    if not judging or case.reviewer is None or case.reviewer == by:
        return []
    return [findings.another_reviewer(case.reviewer.name)]


def _usual(step: Step) -> Actor:
    return next(each.actor for each in STEPS if each.step is step)


def _require(by: User, actor: Actor, organisation: Organisation) -> None:
    permission, state = NEEDS[actor]
    require(by, permission, organisation=organisation, state=state)


def _record(case: Case, by: User, what: str, *, before: Any = None, after: Any = None, why: str = "") -> None:
    record(
        by=by, what=what, object_kind="case", object_key=str(case.pk), before=before, after=after, why=why,
        organisation=case.plan.organisation.slug,
    )  # fmt: skip


def in_the_way(case: Case, step: Step, by: User, given: Given = Given()) -> tuple[Finding, ...]:
    """What would keep this person's step from being taken now, without taking it: what a page shows beside a button."""
    facts = facts_of(case, by=by, version=_version(case.plan, given.version) or case.version, deadline=given.deadline,
                     held_on=given.held_on, reason=given.reason, today=timezone.localdate())  # fmt: skip
    return tuple(_wrong_reviewer(case, step, by)) or refusals(step, State(case.state), facts)
