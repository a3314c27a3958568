"""Plans: those one may read, new ones and variants, what they come to, and whole plans as files."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from klimaplan.web.api import changes, selectors
from klimaplan.web.api.answers.plans import NewPlan, NewVariant, PlanFileIn, PlanFileOut, PlanLine, PlanSeen
from klimaplan.web.api.answers.results import ComparisonSeen, OutcomeSeen
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.answers.together import EventSeen
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, IfMatch, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered, expected
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import services as of_plans

room = Room("Plans")

READ, WRITE = "plan:read", "plan:write"


@room.list("/plans", Listed[PlanLine], scope=READ, needs="plan.read")
def list_plans(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The working plans that I may read.

    Others are left out; nobody is told that there are some.
    """
    return listed(request, plans.plans_for(who(request)), PlanLine.of, cursor, limit)


@room.add("/plans", PlanSeen, scope=WRITE, needs="plan.edit")
def create_plan(request: HttpRequest, given: NewPlan, idempotency_key: Once = "") -> HttpResponse:
    """A new plan of a municipality, with nothing but its title."""
    user = who(request)
    made = of_plans.create_plan(
        organisation=organisations.organisation(given.organisation), title=given.title, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    body = PlanSeen.for_reader(user, made)
    return answered(request, body, version=made.revision, status=201, location=f"/api/v1/plans/{made.pk}")


@room.read("/plans/{plan_id}", PlanSeen, scope=READ, needs="plan.read")
def read_plan(request: HttpRequest, plan_id: Key) -> HttpResponse:
    """One plan, and what I may do in it."""
    plan = selectors.plan_seen(who(request), plan_id)
    return answered(request, PlanSeen.for_reader(who(request), plan), version=plan.revision)


@room.list("/plans/{plan_id}/variants", Listed[PlanLine], scope=READ, needs="plan.read")
def list_variants(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The variants of a plan."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, selectors.variants_of(plan), PlanLine.of, cursor, limit)


@room.add("/plans/{plan_id}/variants", PlanSeen, scope=WRITE, needs="plan.edit")
def create_variant(request: HttpRequest, plan_id: Key, given: NewVariant, idempotency_key: Once = "") -> HttpResponse:
    """A copy of a plan to try something out in."""
    user = who(request)
    made = of_plans.create_variant(
        plan=selectors.plan_seen(user, plan_id), title=given.title, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    body = PlanSeen.for_reader(user, made)
    return answered(request, body, version=made.revision, status=201, location=f"/api/v1/plans/{made.pk}")


@room.read("/plans/{plan_id}/outcome", OutcomeSeen, scope=READ, needs="plan.read")
def read_outcome(request: HttpRequest, plan_id: Key) -> HttpResponse:
    """What a plan comes to: pathway, each action's share, manko and residual.

    At the central values of its assumptions, against the account in force. Ask with `If-None-Match` while somebody
    works on the plan: as long as nothing that counts has changed, the answer is 304.
    """
    return answered(request, OutcomeSeen.of(plans.outcome(selectors.plan_seen(who(request), plan_id))))


@room.read("/plans/{plan_id}/comparison/{other_id}", ComparisonSeen, scope=READ, needs="plan.read")
def compare_plans(request: HttpRequest, plan_id: Key, other_id: Key) -> HttpResponse:
    """What differs between two plans or variants that I may read; the second less the first."""
    first, second = (selectors.plan_seen(who(request), each) for each in (plan_id, other_id))
    return answered(request, ComparisonSeen.of(plans.compare(first, second)))


@room.read("/plans/{plan_id}/file", PlanFileOut, scope=READ, needs="plan.read")
def read_plan_file(request: HttpRequest, plan_id: Key) -> HttpResponse:
    """The plan as a plan file: what is computed with, and nothing else."""
    plan = selectors.plan_seen(who(request), plan_id)
    file = plans.document(plan).model_dump(mode="json", exclude_defaults=True)
    return answered(request, PlanFileOut(file=file), version=plan.revision)


@room.do("/plans/{plan_id}/file", PlanSeen, scope=WRITE, needs="plan.edit", method="PUT")
def apply_plan_file(
    request: HttpRequest, plan_id: Key, given: PlanFileIn, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """Take over what a plan file says; all of it or nothing.

    Parts that the file does not name stay as they are: a file does not say what was removed. `If-Match` is the ETag of
    the plan or of its file.
    """
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    changes.apply_file(
        plan=plan, content=json.dumps(given.file).encode(), expected_revision=expected(if_match), why=given.why,
        by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    now = selectors.plan_seen(user, plan_id)
    return answered(request, PlanSeen.for_reader(user, now), version=now.revision)


@room.list("/plans/{plan_id}/activity", Listed[EventSeen], scope=READ, needs="plan.read")
def list_activity(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """Everything that was done to a plan: who, when, what from, what to, and why."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, selectors.activity_of(plan), EventSeen.of, cursor, limit)
