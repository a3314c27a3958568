"""The parts of plans, of every kind: actions, targets, hazards and all else that a plan says."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query

from klimaplan.reference import load
from klimaplan.web.api import changes, selectors
from klimaplan.web.api.answers.parts import (
    BulkChange,
    ChangedPart,
    FromLibrary,
    KindsSeen,
    LibrarySeen,
    MeasureSeen,
    MergedPart,
    NewPart,
    PartSeen,
    PartsSeen,
    RevisionSeen,
)
from klimaplan.web.api.answers.plans import Copying, NewOrder, Order, Reason
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, IfMatch, Key, Limit, Once, Room, Since
from klimaplan.web.api.tags import answered, expected
from klimaplan.web.plans import services as plans

room = Room("Parts of a plan")

READ, WRITE = "plan:read", "plan:write"
Kind = Annotated[str, Path(max_length=20, pattern="^[a-z_]+$", example="action")]
KindFilter = Annotated[str, Query(max_length=20, pattern="^[a-z_]*$", description="Only those of a kind")]
KeyFilter = Annotated[str, Query(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$", description="Only those of this key")]
Removed = Annotated[bool, Query(description="Whether those that were taken out come along")]


@room.read("/part-kinds", KindsSeen)
def list_part_kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of part, with the JSON Schema of what it says."""
    return answered(request, KindsSeen.all())


@room.list("/plans/{plan_id}/parts", Listed[PartSeen], scope=READ, needs="plan.read")
def list_parts(  # noqa: PLR0913, PLR0917  # a filter each
    request: HttpRequest, plan_id: Key, kind: KindFilter = "", key: KeyFilter = "", updated_since: Since = None,
    removed: Removed = False, cursor: Cursor = "", limit: Limit = USUAL,
) -> HttpResponse:  # fmt: skip
    """The parts of a plan, narrowed down by kind, key and when they were changed.

    To keep a copy up to date, ask for `removed=true` and `updated_since` the moment of the last time.
    """
    plan = selectors.plan_seen(who(request), plan_id)
    found = selectors.parts_of(plan, kind=kind, key=key, updated_since=updated_since, removed=removed)
    return listed(request, found, PartSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/parts", PartSeen, scope=WRITE, needs="plan.edit")
def add_part(request: HttpRequest, plan_id: Key, given: NewPart, idempotency_key: Once = "") -> HttpResponse:
    """A new part, last among those of its kind."""
    user = who(request)
    plan = selectors.plan_seen(user, plan_id)
    made = plans.add_part(
        plan=plan, kind=given.kind, content=given.content, why=given.why, by=user, idempotency_key=idempotency_key
    )
    return _new(request, plan_id, made)


@room.read("/plans/{plan_id}/parts/{part_id}", PartSeen, scope=READ, needs="plan.read")
def read_part(request: HttpRequest, plan_id: Key, part_id: Key) -> HttpResponse:
    """One part, removed or not."""
    part = selectors.part_of(selectors.plan_seen(who(request), plan_id), part_id)
    return answered(request, PartSeen.of(part), version=part.version)


@room.do("/plans/{plan_id}/parts/{part_id}", PartSeen, scope=WRITE, needs="plan.edit", method="PUT")
def change_part(  # all of it is the change
    request: HttpRequest, plan_id: Key, part_id: Key, given: ChangedPart, if_match: IfMatch = "",
    idempotency_key: Once = "",
) -> HttpResponse:  # fmt: skip
    """What a part says from now on.

    Whoever may only report progress of an action changes its `progress` and `known` and nothing else. If somebody was
    faster, the answer is 412 with what both sides say; `merge_part` puts them together.
    """
    user = who(request)
    changed = plans.change_part(
        part=selectors.part_of(selectors.plan_seen(user, plan_id), part_id), content=given.content,
        expected_version=expected(if_match), why=given.why, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartSeen.of(changed), version=changed.version)


@room.do("/plans/{plan_id}/parts/{part_id}", PartSeen, scope=WRITE, needs="plan.edit", method="DELETE")
def remove_part(
    request: HttpRequest, plan_id: Key, part_id: Key, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """Take a part out of the plan, and what hangs on it; all of it is kept and can be brought back."""
    user = who(request)
    removed = plans.remove_part(
        part=selectors.part_of(selectors.plan_seen(user, plan_id), part_id), expected_version=expected(if_match),
        by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartSeen.of(removed), version=removed.version)


@room.do("/plans/{plan_id}/parts/{part_id}/restore", PartSeen, scope=WRITE, needs="plan.edit")
def restore_part(
    request: HttpRequest, plan_id: Key, part_id: Key, given: Reason, idempotency_key: Once = ""
) -> HttpResponse:
    """Bring a removed part back, with what was removed together with it."""
    user = who(request)
    restored = plans.restore_part(
        part=selectors.part_of(selectors.plan_seen(user, plan_id), part_id), why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartSeen.of(restored), version=restored.version)


@room.do("/plans/{plan_id}/parts/{part_id}/merge", PartSeen, scope=WRITE, needs="plan.edit")
def merge_part(  # all of it is the change
    request: HttpRequest, plan_id: Key, part_id: Key, given: MergedPart, if_match: IfMatch = "",
    idempotency_key: Once = "",
) -> HttpResponse:  # fmt: skip
    """My change of an earlier version put together with what others have changed since.

    `If-Match` is the version that I was shown as theirs: `current_version` of the answer 412.
    """
    user = who(request)
    choices: dict[str, Any] = {name: "mine" if side == "yours" else side for name, side in given.choices.items()}
    merged = plans.merge_part(
        part=selectors.part_of(selectors.plan_seen(user, plan_id), part_id), content=given.content,
        base_version=given.base_version, expected_version=expected(if_match), choices=choices, why=given.why,
        by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartSeen.of(merged), version=merged.version)


@room.list("/plans/{plan_id}/parts/{part_id}/history", Listed[RevisionSeen], scope=READ, needs="plan.read")
def list_part_history(
    request: HttpRequest, plan_id: Key, part_id: Key, cursor: Cursor = "", limit: Limit = USUAL
) -> HttpResponse:
    """What a part has said, version by version."""
    part = selectors.part_of(selectors.plan_seen(who(request), plan_id), part_id)
    return listed(request, selectors.history_of(part), RevisionSeen.of, cursor, limit)


@room.do("/plans/{plan_id}/bulk-changes", PartsSeen, scope=WRITE, needs="plan.edit")
def change_parts(request: HttpRequest, plan_id: Key, given: BulkChange, idempotency_key: Once = "") -> HttpResponse:
    """The same fields of several parts at once; all of them or none.

    The version of each stands in `expected`, so no `If-Match` is needed; if somebody was faster, the answer is 409.
    """
    user = who(request)
    changed = plans.bulk_change(
        plan=selectors.plan_seen(user, plan_id), kind=given.kind, expected=given.expected, fields=given.fields,
        why=given.why, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartsSeen(parts=[PartSeen.of(each) for each in changed]))


@room.read("/plans/{plan_id}/order/{kind}", Order, scope=READ, needs="plan.read")
def read_order(request: HttpRequest, plan_id: Key, kind: Kind) -> HttpResponse:
    """The order of the parts of a kind."""
    plan = selectors.plan_seen(who(request), plan_id)
    return answered(request, Order(kind=kind, keys=selectors.order_of(plan, kind)), version=plan.revision)


@room.do("/plans/{plan_id}/order/{kind}", Order, scope=WRITE, needs="plan.edit", method="PUT")
def change_order(  # all of it is the change
    request: HttpRequest, plan_id: Key, kind: Kind, given: NewOrder, if_match: IfMatch = "", idempotency_key: Once = ""
) -> HttpResponse:
    """Another order of the parts of a kind; all of them are named."""
    user = who(request)
    changes.reorder(
        plan=selectors.plan_seen(user, plan_id), kind=kind, keys=given.keys, expected_revision=expected(if_match),
        why=given.why, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    now = selectors.plan_seen(user, plan_id)
    return answered(request, Order(kind=kind, keys=selectors.order_of(now, kind)), version=now.revision)


@room.read("/library", LibrarySeen)
def read_library(request: HttpRequest) -> HttpResponse:
    """The measures of the library, with the amounts that each asks for."""
    return answered(request, LibrarySeen(measures=[MeasureSeen.of(each) for each in load.measures()]))


@room.add("/plans/{plan_id}/library", PartSeen, scope=WRITE, needs="plan.edit")
def add_from_library(
    request: HttpRequest, plan_id: Key, given: FromLibrary, idempotency_key: Once = ""
) -> HttpResponse:
    """A measure of the library as an action of the plan."""
    user = who(request)
    made = plans.add_from_library(
        plan=selectors.plan_seen(user, plan_id), slug=given.measure, by=user, idempotency_key=idempotency_key,
        **given.model_dump(exclude={"measure"}),
    )  # fmt: skip
    return _new(request, plan_id, made)


@room.add("/plans/{plan_id}/copies", PartsSeen, scope=WRITE, needs="plan.edit")
def copy_actions(request: HttpRequest, plan_id: Key, given: Copying, idempotency_key: Once = "") -> HttpResponse:
    """Actions of a published plan with what hangs on them; where they are from is kept with them."""
    user = who(request)
    made = plans.copy_from_plan(
        plan=selectors.plan_seen(user, plan_id), version=selectors.published_of(given.published_plan),
        keys=given.keys, leave_effect=given.leave_effect, why=given.why, by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, PartsSeen(parts=[PartSeen.of(each) for each in made]), status=201)


def _new(request: HttpRequest, plan_id: int, part: Any) -> HttpResponse:
    where = f"/api/v1/plans/{plan_id}/parts/{part.pk}"
    return answered(request, PartSeen.of(part), version=part.version, status=201, location=where)
