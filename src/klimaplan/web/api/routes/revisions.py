"""A plan on its way to being a new one: when that is due, what became of the old one, and what closes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from klimaplan.web.api import certified, selectors
from klimaplan.web.api.answers.decisions import Closing, Judgements, NewRevision, PlanRevisionSeen, RevisionState
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered
from klimaplan.web.certification.revisions import selectors as revisions
from klimaplan.web.certification.revisions import services

room = Room("Revisions")

READ, WRITE = "certification:read", "certification:write"


@room.list("/plans/{plan_id}/revisions", Listed[PlanRevisionSeen], scope=READ, needs="plan.read")
def list_revisions(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The revisions of a plan: the open one, and those that have ended."""
    found = revisions.revisions_of(selectors.plan_seen(who(request), plan_id))
    return listed(request, found, PlanRevisionSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/revisions", PlanRevisionSeen, scope=WRITE, needs="plan.edit")
def open_revision(request: HttpRequest, plan_id: Key, given: NewRevision, idempotency_key: Once = "") -> HttpResponse:
    """Begin to revise a plan that was certified, adopted or published before."""
    user = who(request)
    made = services.open_revision(
        plan=selectors.plan_seen(user, plan_id), by=user, idempotency_key=idempotency_key, **given.model_dump()
    )
    return answered(request, PlanRevisionSeen.of(made), status=201)


@room.read("/plans/{plan_id}/revision", RevisionState, scope=READ, needs="plan.read")
def read_revision(request: HttpRequest, plan_id: Key) -> HttpResponse:
    """When the plan is due and why, the open revision with what became of each part, and what is in its way."""
    return answered(request, RevisionState.of(selectors.plan_seen(who(request), plan_id)))


@room.do("/plans/{plan_id}/revisions/{revision_id}/judgements", RevisionState, scope=WRITE, needs="plan.edit")
def judge_old_plan(
    request: HttpRequest, plan_id: Key, revision_id: Key, given: Judgements, idempotency_key: Once = ""
) -> HttpResponse:
    """Say what became of targets and actions of the old plan: all of them or none.

    `seen` of each is the `version` it was read with; if a colleague was faster, the answer is 409.
    """
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    services.judge(
        revision=certified.revision_of(plan, revision_id), said=given.said(), by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, RevisionState.of(plan))


@room.do("/plans/{plan_id}/revisions/{revision_id}/close", PlanRevisionSeen, scope=WRITE, needs="plan.edit")
def close_revision(
    request: HttpRequest, plan_id: Key, revision_id: Key, given: Closing, idempotency_key: Once = ""
) -> HttpResponse:
    """End a revision with the version that is the new plan."""
    user = who(request)
    closed = services.close_revision(
        revision=certified.revision_of(selectors.plan_seen(user, plan_id), revision_id), version=given.version,
        why=given.why, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PlanRevisionSeen.of(closed))
