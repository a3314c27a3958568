"""What councils decide: commitments, adoptions, and when a plan is revised."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import File, Form
from ninja.files import UploadedFile

from klimaplan.web.api import certified, selectors
from klimaplan.web.api.answers.decisions import AdoptionSeen, CommitmentSeen, NewAdoption, NewRule, RuleSeen
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered
from klimaplan.web.certification.adoption import services
from klimaplan.web.certification.revisions import services as revisions

room = Room("Decisions of the council")

READ, WRITE = "certification:read", "decisions:write"
RECORD = "plan.record-decision"
Reference = Annotated[
    str, Form(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$", description="As it stands on the agenda")
]


@room.list("/plans/{plan_id}/adoptions", Listed[AdoptionSeen], scope=READ, needs="plan.read")
def list_adoptions(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """What the council decided about versions of a plan."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, certified.adoptions_of(plan), AdoptionSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/adoptions", AdoptionSeen, scope=WRITE, needs=RECORD)
def record_adoption(request: HttpRequest, plan_id: Key, given: NewAdoption, idempotency_key: Once = "") -> HttpResponse:
    """What the council decided about a version; independent of where its certification stands."""
    user = who(request)
    decided = services.Decided(
        given.version, given.state, given.on, given.case_number, given.minutes, given.amendments
    )  # fmt: skip
    made = services.record_adoption(
        plan=selectors.plan_seen(user, plan_id), decided=decided, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, AdoptionSeen.of(made), status=201)


@room.list("/plans/{plan_id}/commitments", Listed[CommitmentSeen], scope=READ, needs="plan.read")
def list_commitments(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The letters with which the municipality entered the programme."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, certified.commitments_of(plan), CommitmentSeen.of, cursor, limit)


@room.add("/plans/{plan_id}/commitments", CommitmentSeen, scope=WRITE, needs=RECORD, brings_file=True)
def record_commitment(  # what a letter is made of
    request: HttpRequest, plan_id: Key,
    file: Annotated[UploadedFile, File(description="The signed letter")],
    signed_on: Annotated[date, Form()], case_reference: Reference, idempotency_key: Once = "",
) -> HttpResponse:  # fmt: skip
    """The letter signed by mayor and council."""
    user = who(request)
    made = services.record_letter(
        plan=selectors.plan_seen(user, plan_id), signed_on=signed_on, case_reference=case_reference, document=None,
        content=file.read(), name=file.name or "", by=user, idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, CommitmentSeen.of(made), status=201)


@room.add("/plans/{plan_id}/revision-rules", RuleSeen, scope=WRITE, needs=RECORD)
def record_revision_rule(
    request: HttpRequest, plan_id: Key, given: NewRule, idempotency_key: Once = ""
) -> HttpResponse:  # fmt: skip
    """What the council has decided about when the plan is revised; it replaces what was decided before."""
    user = who(request)
    made = revisions.record_rule(
        plan=selectors.plan_seen(user, plan_id), by=user, idempotency_key=idempotency_key, **given.model_dump()
    )
    return answered(request, RuleSeen.of(made), status=201)
