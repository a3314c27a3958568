"""How the municipalities that somebody oversees stand, as the API shows it."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from pydantic import Field

from klimaplan.domain.certification.waiting import Where, where
from klimaplan.domain.certification.workflow import OWNER
from klimaplan.web.api.answers.people import HVIDOVRE, name_of
from klimaplan.web.api.answers.shapes import Seen, Spoken, example
from klimaplan.web.certification.overview.circle import Circle
from klimaplan.web.certification.overview.selectors import Everything, Stands

STANDS = {
    "organisation": "hvidovre", "code": "167", "name": HVIDOVRE, "dgo": "dgo-hovedstaden", "region": "hovedstaden",
    "approved": "2021-04-30", "due_on": "2026-04-30", "due_by": "framework", "case": 1, "case_state": "review",
    "case_closed_to_you": False, "since": "2026-11-24T09:00:00Z", "deadline": None, "adoption": "adopted",
    "last_published": None, "open_questions": 0, "second_plan": False, "demo": False,
}  # fmt: skip
WAITS = {"state": "review", "owner": "reviewer", "cases": 3, "longest_days": 41, "median_days": 28.5, "ended": 12}


class StandsSeen(Seen):
    """How one municipality stands; null is not known, has not happened, or is closed to you because of a conflict."""

    model_config = example(**STANDS)

    organisation: str
    code: str
    name: Spoken
    dgo: str | None
    region: str | None
    approved: date | None = Field(description="Where no certificate was given here, the latest day it can have been")
    due_on: date | None
    due_by: str | None
    case: int | None
    case_state: str | None
    case_closed_to_you: bool
    since: datetime | None = Field(description="When the last step of the case was taken")
    deadline: date | None
    adoption: str | None
    last_published: datetime | None
    open_questions: int | None
    second_plan: bool
    demo: bool

    @classmethod
    def of(cls, row: Stands) -> StandsSeen:
        case, due = row.case, row.due
        return cls(
            organisation=row.organisation.slug, code=row.organisation.code, name=name_of(row.organisation),
            dgo=row.dgo.slug if row.dgo else None, region=row.region.slug if row.region else None,
            approved=row.approved, due_on=due.day if due else None, due_by=due.why if due else None,
            case=case.pk if case else None, case_state=case.state if case else None, case_closed_to_you=row.closed,
            since=row.since, deadline=case.deadline if case else None,
            adoption=row.adoption.state if row.adoption else None, last_published=row.published,
            open_questions=None if row.closed else row.questions, second_plan=row.plans > 1,
            demo=bool(row.plan and row.plan.demo),
        )  # fmt: skip


class WaitsSeen(Seen):
    """How many cases stand in a state, how long the first of them has, and what it usually takes."""

    model_config = example(**WAITS)

    state: str
    owner: str | None
    cases: int
    longest_days: int | None
    median_days: float | None = Field(description="Of the stays that have ended; null where none has")
    ended: int

    @classmethod
    def of(cls, found: Where) -> WaitsSeen:
        return cls(
            state=found.state, owner=OWNER[found.state], cases=len(found.cases), longest_days=found.longest_days,
            median_days=found.median_days, ended=found.ended,
        )  # fmt: skip


class OverviewSeen(Seen):
    """Everybody's plans at once; `whole` tells whether that is the whole country."""

    model_config = example(on="2026-11-24", whole=True, municipalities=[STANDS], waits=[WAITS])

    on: date
    whole: bool
    municipalities: list[StandsSeen]
    waits: list[WaitsSeen]

    @classmethod
    def of(cls, found: Everything, circle: Circle) -> OverviewSeen:
        today = timezone.localdate()
        return cls(
            on=today, whole=circle.whole, municipalities=[StandsSeen.of(each) for each in found.rows],
            waits=[WaitsSeen.of(each) for each in where(found.stays, today).values()],
        )  # fmt: skip
