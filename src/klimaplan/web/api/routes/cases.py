"""Cases of certification: opened, read, taken a step further, and handed to another reviewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path

from klimaplan.web.api import certified, selectors
from klimaplan.web.api.answers.cases import CaseLine, CaseSeen, Colleague, NewStep, ToColleague
from klimaplan.web.api.answers.plans import Reason, VersionSeen
from klimaplan.web.api.answers.results import ComparisonSeen
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room
from klimaplan.web.api.tags import answered, private
from klimaplan.web.certification.cases import selectors as cases
from klimaplan.web.certification.cases import services
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.plans import selectors as plans

room = Room("Certification")

READ, WRITE = "certification:read", "certification:write"
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$", example="0" * 64)]
ANY_STEP = "plan.submit, plan.assess or plan.sign"


@room.list("/plans/{plan_id}/cases", Listed[CaseLine], scope=READ, needs="plan.read")
def list_cases(request: HttpRequest, plan_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The cases of a plan: the open one, and those that have ended."""
    plan = selectors.plan_seen(who(request), plan_id)
    return listed(request, certified.cases_of(plan), CaseLine.of, cursor, limit)


@room.list("/desk", Listed[CaseLine], scope=READ)
def list_desk(request: HttpRequest, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The cases that wait for reviewers and signatories, as far as I may judge them; empty for everybody else."""
    return listed(request, cases.desk(who(request)), CaseLine.of, cursor, limit)


@room.add("/plans/{plan_id}/cases", CaseSeen, scope=WRITE, needs="plan.submit")
def open_case(request: HttpRequest, plan_id: Key, given: Reason, idempotency_key: Once = "") -> HttpResponse:
    """Begin the way to a certificate."""
    user = who(request)
    made = services.open_case(
        plan=selectors.plan_seen(user, plan_id), why=given.why, by=user, idempotency_key=idempotency_key
    )
    return _case(request, made.pk, status=201)


@room.read("/cases/{case_id}", CaseSeen, scope=READ, needs="plan.read")
def read_case(request: HttpRequest, case_id: Key) -> HttpResponse:
    """Where a case stands, whose turn it is, and what is in the way of each step that leads on."""
    return _case(request, case_id)


@room.do("/cases/{case_id}/steps", CaseSeen, scope=WRITE, needs=ANY_STEP)
def take_step(request: HttpRequest, case_id: Key, given: NewStep, idempotency_key: Once = "") -> HttpResponse:
    """Take a step, with what it asks for.

    Which permission it needs depends on whose step it is. `seen` says how many steps the case had when I decided; if
    it has moved on since, the answer is 409 with the steps that are possible now.
    """
    user = who(request)
    services.take_step(
        case=certified.case_seen(user, case_id), step=given.taken(), seen=given.seen, given=given.given(), by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return _case(request, case_id)


@room.read("/cases/{case_id}/version", VersionSeen, scope=READ, needs="plan.read")
def read_case_version(request: HttpRequest, case_id: Key) -> HttpResponse:
    """All that was handed in last, as it was frozen."""
    case = certified.case_seen(who(request), case_id)
    version = certified.version_of(case, case.version)
    return answered(request, VersionSeen.whole(version), version=version.number)


@room.read("/cases/{case_id}/differences", ComparisonSeen, scope=READ, needs="plan.read")
def read_case_differences(request: HttpRequest, case_id: Key) -> HttpResponse:
    """What differs between the version of this round and the one before it."""
    case = certified.case_seen(who(request), case_id)
    before = certified.version_of(case, reviewing.handed_in_before(case))
    return answered(request, ComparisonSeen.of(plans.compare(before, certified.version_of(case, case.version))))


@room.read("/cases/{case_id}/files/{sha256}", bytes, scope=READ, needs="plan.read")
def read_case_file(request: HttpRequest, case_id: Key, sha256: Digest) -> HttpResponse:
    """A file that the version names as evidence, or the letter of commitment; always as an attachment."""
    file = reviewing.document(certified.case_seen(who(request), case_id), sha256)
    response = HttpResponse(file.content, content_type=file.media)
    response.headers["Content-Disposition"] = "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = f'"{sha256}"'
    return private(request, response)


@room.list("/cases/{case_id}/colleagues", Listed[Colleague], scope=READ, needs="plan.assess")
def list_colleagues(request: HttpRequest, case_id: Key, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The reviewers who could take a case: free of conflict, and not those who have it."""
    user = who(request)
    found = certified.colleagues(user, certified.case_seen(user, case_id))
    return listed(request, found, Colleague.of, cursor, limit)


@room.do("/cases/{case_id}/reviewer", CaseSeen, scope=WRITE, needs="plan.assess")
def hand_over(request: HttpRequest, case_id: Key, given: ToColleague, idempotency_key: Once = "") -> HttpResponse:
    """Give a case to another reviewer."""
    return _to(request, services.hand_over, "reviewer", case_id, given, idempotency_key)


@room.do("/cases/{case_id}/second-reviewer", CaseSeen, scope=WRITE, needs="plan.assess")
def add_second_reviewer(
    request: HttpRequest, case_id: Key, given: ToColleague, idempotency_key: Once = ""
) -> HttpResponse:
    """Ask a second reviewer to score blind: neither sees the other's scores before both are done."""
    return _to(request, services.add_second_reviewer, "second_reviewer", case_id, given, idempotency_key)


def _to(  # what is asked, and whose place it is
    request: HttpRequest, service: Callable[..., Any], place: str, case_id: int, given: ToColleague, key: str
) -> HttpResponse:
    user = who(request)
    case = certified.case_seen(user, case_id)
    certified.require_reviewer(user, case)
    holds = getattr(case, place)
    if holds is None or holds.pk != given.person:  # asked again, it is so already
        colleague = certified.colleague(user, case, given.person)
        service(case=case, to=colleague, why=given.why, by=user, idempotency_key=key)
    return _case(request, case_id)


def _case(request: HttpRequest, case_id: int, status: int = 200) -> HttpResponse:
    user = who(request)
    case = certified.case_seen(user, case_id)
    where = f"/api/v1/cases/{case_id}" if status == 201 else ""
    return answered(
        request, CaseSeen.for_reader(user, case), version=case.steps_taken, status=status, location=where
    )  # fmt: skip
