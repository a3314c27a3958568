"""Versions of plans: kept, published, restored and compared; and the published ones of everybody."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query

from klimaplan.web.api import changes, selectors
from klimaplan.web.api.answers.plans import (
    NewVersion,
    PlanSeen,
    Publication,
    PublishedLine,
    Reason,
    VersionLine,
    VersionSeen,
)
from klimaplan.web.api.answers.results import ComparisonSeen
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, IfMatch, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered, expected
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans import services as of_plans

room = Room("Versions")

READ, WRITE = "plan:read", "plan:write"
Side = Annotated[str, Query(pattern="^(now|[0-9]{1,9})$", description="Number of a version, or now", example="now")]
Drafts = Annotated[bool, Query(description="Also those kept for what refers to them, such as an exported workbook")]


@room.list("/published-plans", Listed[PublishedLine])
def list_published_plans(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The latest published version of every plan; they are open to everyone."""
    return listed(request, selectors.published(), PublishedLine.of, cursor, limit)


@room.read("/published-plans/{plan_id}", VersionSeen)
def read_published_plan(request: HttpRequest, plan_id: Key) -> HttpResponse:
    """All that the latest published version of a plan says."""
    version = selectors.published_of(plan_id)
    return answered(request, VersionSeen.whole(version), version=version.number)


@room.list("/plans/{plan_id}/versions", Listed[VersionLine], scope=READ, needs="plan.read")
def list_versions(
    request: HttpRequest, plan_id: Key, drafts: Drafts = False, cursor: Cursor = "", limit: Limit = USUAL
) -> HttpResponse:
    """The versions of a plan."""
    user = who(request)
    found = selectors.versions_of(user, selectors.plan_seen(user, plan_id), drafts=drafts)
    return listed(request, found, VersionLine.of, cursor, limit)


@room.add("/plans/{plan_id}/versions", VersionLine, scope=WRITE, needs="plan.edit")
def keep_version(request: HttpRequest, plan_id: Key, given: NewVersion, idempotency_key: Once = "") -> HttpResponse:
    """Keep the plan as it is now under a name."""
    user = who(request)
    made = of_plans.name_version(
        plan=selectors.plan_seen(user, plan_id), name=given.name, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    where = f"/api/v1/plans/{plan_id}/versions/{made.number}"
    return answered(request, VersionLine.of(made), version=made.number, status=201, location=where)


@room.read("/plans/{plan_id}/versions/{number}", VersionSeen, scope=READ, needs="plan.read")
def read_version(request: HttpRequest, plan_id: Key, number: Key) -> HttpResponse:
    """All that a version says, and whether it still says what it said when it was made."""
    user = who(request)
    version = selectors.version_of(user, selectors.plan_seen(user, plan_id), number)
    return answered(request, VersionSeen.whole(version), version=version.number)


@room.do("/plans/{plan_id}/versions/{number}/restore", PlanSeen, scope=WRITE, needs="plan.edit")
def restore_version(  # all of it is the change
    request: HttpRequest, plan_id: Key, number: Key, given: Reason, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """Make the working plan say what a version says; what it says now stays among the versions.

    `If-Match` is the ETag of the plan.
    """
    user = who(request)
    version = selectors.version_of(user, selectors.plan_seen(user, plan_id), number)
    changes.restore_version(
        version=version, expected_revision=expected(if_match), why=given.why, by=user, idempotency_key=idempotency_key
    )
    now = selectors.plan_seen(user, plan_id)
    return answered(request, PlanSeen.for_reader(user, now), version=now.revision)


@room.do("/plans/{plan_id}/publish", VersionLine, scope=WRITE, needs="plan.publish")
def publish_plan(
    request: HttpRequest, plan_id: Key, given: Publication, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """Freeze the plan as I have seen it for everybody to read; work goes on with a draft beside it.

    `If-Match` is the ETag of the plan.
    """
    user = who(request)
    made = changes.publish(
        plan=selectors.plan_seen(user, plan_id), expected_revision=expected(if_match), name=given.name, why=given.why,
        by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, VersionLine.of(made), version=made.number)


@room.read("/plans/{plan_id}/comparison", ComparisonSeen, scope=READ, needs="plan.read")
def compare_versions(request: HttpRequest, plan_id: Key, first: Side, second: Side) -> HttpResponse:
    """What differs between two versions, or a version and the plan as it is now; the second less the first."""
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    sides = (selectors.side_of(user, plan, each) for each in (first, second))
    return answered(request, ComparisonSeen.of(plans.compare(*sides)))
