"""What councils decided, and revisions of plans, as the API shows them and as they are sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import Field

from klimaplan.domain.certification.revising import Fate, Trigger
from klimaplan.domain.pathway.target import sectors_of
from klimaplan.web.api.answers.shapes import Asked, Code, FindingSeen, Id, Line, Seen, Spoken, Why, Written, example
from klimaplan.web.certification.models import Adoption, Commitment, Revision, RevisionRule
from klimaplan.web.certification.revisions import selectors
from klimaplan.web.certification.revisions.services import Said
from klimaplan.web.plans.models import Plan

RULE = {
    "own_years": 4, "in_first_year_of_term": False, "case_reference": "26/1234", "decided_on": "2026-11-24",
}  # fmt: skip
CAUSE = {
    "cause": "due", "since": "2026-04-30",
    "said": {"da": "Planen skal være revideret senest 30.04.2026.",
             "en": "The plan is due for revision by 2026-04-30."},
}  # fmt: skip
REVISION = {
    "id": 1, "plan": 1, "old": 2, "new": None, "due_on": "2027-04-30", "responsible": "Kaja", "causes": [CAUSE],
    "opened_at": "2026-11-24T09:00:00Z", "closed_at": None,
}  # fmt: skip
OLD_PART = {
    "kind": "action", "key": "a01", "title": "Ladestandere", "suggested": "changed", "fate": None, "reason": "",
    "successor": "", "version": 0,
}  # fmt: skip
COMPARED = {"year": 2030, "sectors": "all", "old_allowed": 68_417.6, "new_allowed": 60_000.0, "verdict": "sharpened"}


class AdoptionSeen(Seen):
    """What a council decided about a version of a plan."""

    model_config = example(
        id=1, version=2, state="adopted", on="2026-11-24", case_number="26/1234", minutes="", amendments="",
        by="Sif", recorded_at="2026-11-24T09:00:00Z",
    )  # fmt: skip

    id: int
    version: int
    state: str
    on: date | None
    case_number: str
    minutes: str
    amendments: str
    by: str | None
    recorded_at: datetime

    @classmethod
    def of(cls, made: Adoption) -> AdoptionSeen:
        return cls(
            id=made.pk, version=made.version.number, state=made.state, on=made.decided_on,
            case_number=made.case_number, minutes=made.minutes, amendments=made.amendments,
            by=made.recorded_by and made.recorded_by.name, recorded_at=made.recorded_at,
        )  # fmt: skip


class NewAdoption(Asked):
    """A decision of the council; one that is pending has no day."""

    model_config = Asked.model_config | example(version=2, state="adopted", on="2026-11-24", case_number="26/1234")

    version: Id
    state: Literal["adopted", "in-principle", "pending"]
    on: date | None = Field(None, description="The day of the meeting")
    case_number: Line = ""
    minutes: str = Field(
        "", max_length=500, pattern=r"^[^\x00-\x20\x7f]*$", description="Address of the minutes; begins with https"
    )
    amendments: Written = ""
    why: Why = ""


class CommitmentSeen(Seen):
    """The letter that mayor and council signed; `document` is the SHA-256 of its file."""

    model_config = example(
        id=1, signed_on="2020-10-01", case_reference="20/1234", document="9f86…", name="tilsagn.pdf",
        recorded_at="2026-11-24T09:00:00Z",
    )  # fmt: skip

    id: int
    signed_on: date
    case_reference: str
    document: str
    name: str
    recorded_at: datetime

    @classmethod
    def of(cls, made: Commitment) -> CommitmentSeen:
        return cls(
            id=made.pk, signed_on=made.signed_on, case_reference=made.case_reference, document=made.document.sha256,
            name=made.document.name, recorded_at=made.recorded_at,
        )  # fmt: skip


class RuleSeen(Seen):
    """What the council has decided about when its plan is revised; the latest decision holds."""

    model_config = example(id=1, **RULE)

    id: int
    own_years: int | None
    in_first_year_of_term: bool
    case_reference: str
    decided_on: date

    @classmethod
    def of(cls, made: RevisionRule) -> RuleSeen:
        return cls(
            id=made.pk, own_years=made.own_years, in_first_year_of_term=made.in_first_year_of_term,
            case_reference=made.case_reference, decided_on=made.decided_on,
        )  # fmt: skip


class NewRule(Asked):
    """When the plan is revised: after so many years, in the first year of each council term, or both."""

    model_config = Asked.model_config | example(**RULE)

    decided_on: date
    own_years: int | None = Field(None, ge=1, le=100)
    in_first_year_of_term: bool = False
    case_reference: str = Field("", max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")
    why: Why = ""


class CauseSeen(Seen):
    """What calls for a revision."""

    model_config = example(**CAUSE)

    cause: str
    said: Spoken
    since: date | None

    @classmethod
    def of(cls, found: Trigger) -> CauseSeen:
        return cls(cause=found.cause, said=Spoken.of(found.said), since=found.since)

    @classmethod
    def kept(cls, found: Mapping[str, Any]) -> CauseSeen:
        return cls(cause=found["cause"], said=Spoken(da=found["da"], en=found["en"]), since=found["since"])


class PlanRevisionSeen(Seen):
    """A plan on its way to being a new one: `old` and `new` are numbers of versions."""

    model_config = example(**REVISION)

    id: int
    plan: int
    old: int
    new: int | None
    due_on: date
    responsible: str
    causes: list[CauseSeen]
    opened_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, made: Revision) -> PlanRevisionSeen:
        return cls(
            id=made.pk, plan=made.plan.pk, old=made.old.number, new=made.new and made.new.number, due_on=made.due_on,
            responsible=made.responsible, causes=[CauseSeen.kept(each) for each in made.causes],
            opened_at=made.opened_at, closed_at=made.closed_at,
        )  # fmt: skip


class TargetCompared(Seen):
    """A target of the old plan and what the new one allows in its year, t CO2e; null where it says nothing."""

    model_config = example(**COMPARED)

    year: int
    sectors: str
    old_allowed: float
    new_allowed: float | None
    verdict: str


class OldPart(Seen):
    """A target or action of the old plan: what the plans suggest became of it, and what was said.

    `version` is 0 where nothing was said; it is sent as `seen`.
    """

    model_config = example(**OLD_PART)

    kind: str
    key: str
    title: str
    suggested: str
    fate: str | None
    reason: str
    successor: str
    version: int


class RevisionState(Seen):
    """When a plan is due and by which rule, what calls for its revision today, and the open one with its parts.

    `in_the_way` is what would keep it from being closed with the plan as it is now.
    """

    model_config = example(
        due_on="2027-04-30", due_by="framework", own_years=None, in_first_year_of_term=False, causes=[CAUSE],
        open=REVISION, parts=[OLD_PART], targets=[COMPARED], in_the_way=[],
    )  # fmt: skip

    due_on: date | None = Field(description="Null where the plan was not approved yet")
    due_by: str | None
    own_years: int | None
    in_first_year_of_term: bool
    causes: list[CauseSeen]
    open: PlanRevisionSeen | None
    parts: list[OldPart]
    targets: list[TargetCompared]
    in_the_way: list[FindingSeen]

    @classmethod
    def of(cls, plan: Plan) -> RevisionState:
        rule, made = selectors.rule_of(plan.organisation), selectors.revision_of(plan)
        known = selectors.situation_of(plan) if selectors.approved_on(plan) else None
        return cls(
            due_on=known.due.day if known else None, due_by=known.due.why if known else None,
            own_years=rule.own_years,
            in_first_year_of_term=rule.in_first_year_of_term,
            causes=[CauseSeen.of(each) for each in selectors.triggers_of(known)] if known else [],
            open=None if made is None else PlanRevisionSeen.of(made),
            parts=[] if made is None else list(_old_parts(made)),
            targets=[] if made is None else compared(made, plan),
            in_the_way=[] if made is None else [FindingSeen.of(each) for each in selectors.missing(made, plan)],
        )  # fmt: skip


class NewRevision(Asked):
    """Who is responsible, and by when; without a day the one that the rules set."""

    model_config = Asked.model_config | example(responsible="Kaja", due_on="2027-04-30")

    responsible: Line = Field(min_length=1, max_length=200)
    due_on: date | None = None
    why: Why = ""


class NewJudgement(Asked):
    """What became of one target or action of the old plan; `successor` is the key of what replaces it."""

    model_config = Asked.model_config | example(kind="action", key="a01", fate="dropped", reason="For dyrt", seen=0)

    kind: Literal["target", "action", "adaptation_goal"]
    key: Code
    fate: Literal["done", "continued", "changed", "replaced", "dropped"]
    reason: Written = ""
    successor: Code = ""
    seen: int = Field(0, ge=0, le=1_000_000, description="`version` of the part as it was read")


class Judgements(Asked):
    """Several judgements at once; all of them or none."""

    model_config = Asked.model_config | example(
        parts=[{"kind": "action", "key": "a01", "fate": "continued", "seen": 0}]
    )

    parts: list[NewJudgement] = Field(min_length=1, max_length=500)

    def said(self) -> dict[tuple[str, str], Said]:
        return {
            (each.kind, each.key): Said(Fate(each.fate), each.reason, each.successor, each.seen) for each in self.parts
        }


class Closing(Asked):
    """Which frozen version is the new plan."""

    model_config = Asked.model_config | example(version=4, why="")

    version: Id
    why: Why = ""


def compared(revision: Revision, new: Any) -> list[TargetCompared]:
    return [
        TargetCompared(
            year=each.year, sectors=sectors_of(each.scope), old_allowed=each.old_allowed,
            new_allowed=each.new_allowed, verdict=each.verdict,
        )
        for each in selectors.compared(revision, new)
    ]  # fmt: skip


def _old_parts(revision: Revision) -> Iterator[OldPart]:
    for kind in selectors.JUDGED:
        judged, suggested = selectors.judgements_of(revision, kind), selectors.suggestions(revision, kind)
        for key, content in selectors.contents(revision.old, kind).items():
            said = judged.get(key)
            yield OldPart(
                kind=kind, key=key, title=str(content.get("title") or content.get("name") or key),
                suggested=suggested[key], fate=said.fate if said else None, reason=said.reason if said else "",
                successor=said.successor if said else "", version=said.version if said else 0,
            )  # fmt: skip
