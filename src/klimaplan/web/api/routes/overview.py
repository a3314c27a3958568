"""What a machine sees of a plan, and everybody's plans at once for those who oversee them."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query

from klimaplan.web.api import certified, selectors
from klimaplan.web.api.answers.assessed import AssessmentSeen
from klimaplan.web.api.answers.overview import OverviewSeen
from klimaplan.web.api.door import who
from klimaplan.web.api.rooms import Key, Room
from klimaplan.web.api.tags import answered

room = Room("Assessment and overview")

READ = "certification:read"
Set = Annotated[
    str,
    Query(max_length=40, pattern="^[a-z0-9-]*$", description="Slug of a set of criteria; the one in force without it"),
]  # fmt: skip


@room.read("/plans/{plan_id}/assessment", AssessmentSeen, scope=READ, needs="plan.read")
def read_assessment(request: HttpRequest, plan_id: Key, criteria: Set = "") -> HttpResponse:
    """The plan as it is now against a set of criteria: what the rules see, on what, and what to do.

    Rules advise and people decide: a rule that is not met is a question, not a judgement.
    """
    found, today = certified.assessment_of(selectors.plan_seen(who(request), plan_id), criteria)
    return answered(request, AssessmentSeen.of(found, today))


@room.read("/overview", OverviewSeen, scope=READ, needs="plan.read")
def read_overview(request: HttpRequest) -> HttpResponse:
    """How the municipalities that I oversee stand: who is due when, where cases are and how long they wait.

    A DGO sees its members; reviewers, signatories and the secretariat see all; others their own municipality.
    """
    return answered(request, OverviewSeen.of(*certified.overview(who(request))))
