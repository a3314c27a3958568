"""From the parts of a plan to the evidence that rules read: nothing is judged here, only told where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from klimaplan.domain.assessment.evidence import (
    Course,
    DatedSeen,
    Evidence,
    ExposedSeen,
    GoalSeen,
    HazardSeen,
    Inventory,
    Part,
    RiskSeen,
    StakeholderSeen,
    TopicSeen,
    Track,
    Weighing,
    WeightSeen,
)
from klimaplan.domain.errors import Text
from klimaplan.web.certification.assessing.parts_seen import actions, indicators, powers, targets
from klimaplan.web.certification.assessing.said import Said, day, filled, of_kind, titled
from klimaplan.web.plans.contents.kinds import COMPUTED

VULNERABLE = frozenset({"low-income", "elderly", "children", "minorities", "health", "women", "outdoor-workers"})
ONLY_STORED = frozenset({
    "priority", "measures", "milestones", "stakeholders", "funding", "distribution", "barriers", "responses",
    "communication",
})  # fmt: skip
"""What a plan file has no place for in an action."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known besides the parts of the plan.

    Parameters
    ----------
    no_course : why the plan cannot be computed
    sectors : action → the sectors whose emissions it lessens
    c40_member : whether the municipality is one in its own right
    letters, adoptions : what is on record outside the plan; None where nobody could look
    """

    inventory: Inventory | None = None
    weighing: Weighing | None = None
    course: Course | None = None
    no_course: Text | None = None
    sectors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    c40_member: bool | None = None
    letters: tuple[DatedSeen, ...] = ()
    adoptions: tuple[DatedSeen, ...] | None = None


def from_file(parts: Sequence[Said], around: Surroundings, on: date) -> Evidence:
    """What a plan file can tell: what it has no place for stays open."""
    seen = tuple(targets(parts))
    return Evidence(
        on=on,
        inventory=around.inventory,
        weighing=around.weighing,
        course=around.course,
        no_course=around.no_course,
        notes=_notes(parts),
        targets=seen,
        actions=tuple(actions(parts, around.course, around.sectors)),
        drivers=tuple(Part(**titled(part)) for part in of_kind(parts, "driver")),
        c40_member=around.c40_member,
        no_place=ONLY_STORED,
    )


def from_stored(parts: Sequence[Said], around: Surroundings, on: date) -> Evidence:
    """What a stored plan tells: there is a place for everything, so what is not there is missing."""
    seen = tuple(targets(parts))
    return Evidence(
        on=on,
        c40_member=around.c40_member,
        inventory=around.inventory,
        weighing=around.weighing,
        course=around.course,
        no_course=around.no_course,
        notes=_notes(parts),
        targets=seen,
        actions=tuple(actions(parts, around.course, around.sectors)),
        drivers=tuple(Part(**titled(part)) for part in of_kind(parts, "driver")),
        hazards=tuple(_hazards(parts)),
        exposed=tuple(_exposed(parts)),
        goals=tuple(_goals(parts)),
        risk=tuple(_risk(parts)),
        stakeholders=tuple(_stakeholders(parts)),
        powers=tuple(powers(parts)),
        consumption=_topics(parts, "consumption", ("category", "consumption"), vision="vision", smart_target="target",
                            indicator="indicator"),
        strategies=_topics(parts, "sector_strategy", ("sector", "sectors"), overview="overview", smart_target="target",
                           indicator="indicator"),
        fairness=tuple(_fairness(parts)),
        equity_goals=_topics(parts, "equity_goal", ("theme", "distribution"), action="action", indicator="indicator"),
        context=_topics(parts, "context", ("theme", "context_themes")),
        weights=tuple(_weights(parts)),
        indicators=tuple(indicators(parts, seen)),
        links=tuple(_links(parts)),
        commitments=(*_commitments(parts), *around.letters),
        adoptions=around.adoptions,
        evaluations=_dated(parts, "evaluation", on="done_on", planned="planned_on"),
        publications=_dated(parts, "publication", on="on"),
        reports=_dated(parts, "yearly_report", on="sent_on"),
    )  # fmt: skip


def parts_of_file(data: Mapping[str, Any]) -> Iterator[Said]:
    """The entries of the plain values of a plan file."""
    for kind in COMPUTED:
        if kind == "head":
            yield Said(kind, "plan", data.get("plan", {}))
            continue
        for entry in data.get(kind, ()):
            key = f"{entry.get('year')}/{entry.get('sectors', 'total')}" if kind == "target" else entry.get("key")
            yield Said(kind, str(key or entry.get("name") or entry.get("stream") or ""), entry)


def _notes(parts: Iterable[Said]) -> Part | None:
    [head, *_] = [*of_kind(parts, "head"), None]
    return None if head is None else Part(**titled(head), said=filled(head, notes="notes"))


def _hazards(parts: Iterable[Said]) -> Iterator[HazardSeen]:
    for part in of_kind(parts, "hazard"):
        said = filled(part, later_year="later_year")
        said |= {name for name in ("now", "later") if part[f"probability_{name}"] and part[f"consequence_{name}"]}
        yield HazardSeen(
            **titled(part, ("hazard", "hazards")), said=said, code=str(part["hazard"]), priority=bool(part["priority"])
        )


def _exposed(parts: Iterable[Said]) -> Iterator[ExposedSeen]:
    for part in of_kind(parts, "exposed_group"):
        vulnerable = part["who"] in VULNERABLE
        yield ExposedSeen(**titled(part), hazards=frozenset(part["hazards"] or ()), vulnerable=vulnerable)


def _goals(parts: Iterable[Said]) -> Iterator[GoalSeen]:
    for part in of_kind(parts, "adaptation_goal"):
        measurable = bool(part["indicator"]) and part["target_value"] is not None
        yield GoalSeen(
            **titled(part), said=filled(part, description="description"), horizon=str(part["horizon"]),
            hazards=frozenset(part["hazards"] or ()), measurable=measurable,
        )  # fmt: skip


def _risk(parts: Iterable[Said]) -> Iterator[RiskSeen]:
    for part in of_kind(parts, "risk_assessment"):
        yield RiskSeen(
            **titled(part), made_on=day(part["made_on"]), oldest_data=day(part["oldest_data"]), horizon=part["horizon"]
        )


def _stakeholders(parts: Iterable[Said]) -> Iterator[StakeholderSeen]:
    for part in of_kind(parts, "stakeholder"):
        said = filled(part, involvement="involvement", effect_on_plan="effect_on_plan", reason="why_not")
        yield StakeholderSeen(
            **titled(part), said=said, group=part["group"] or "",
            tracks=frozenset(Track(code) for code in part["tracks"] or ()), vulnerable=bool(part["vulnerable"]),
            external=bool(part["external"]),
        )  # fmt: skip


def _topics(parts: Iterable[Said], kind: str, coded: tuple[str, str], **fields: str) -> tuple[TopicSeen, ...]:
    return tuple(
        TopicSeen(**titled(part, *(() if part["title"] else (coded,))), topic=part[coded[0]] or "",
                  said=filled(part, **fields))
        for part in of_kind(parts, kind)
    )  # fmt: skip


def _fairness(parts: Iterable[Said]) -> Iterator[TopicSeen]:
    """Only those that say who bears or gains, or why nobody does."""
    for part in of_kind(parts, "fairness"):
        if part["burden"] or part["gain"] or part["why_not"]:
            for kind, vocabulary in (("sector", "sectors"), ("hazard", "hazards")):
                if part[kind]:
                    yield TopicSeen(**titled(part, (kind, vocabulary)), topic=part[kind], kind=kind)


def _weights(parts: Iterable[Said]) -> Iterator[WeightSeen]:
    for part in of_kind(parts, "priority_criterion"):
        scored = frozenset(score.partition("=")[0].strip() for score in part["scores"] or ())
        yield WeightSeen(**titled(part), weight=float(part["weight_pct"]) / 100.0, scored=scored)


def _links(parts: Iterable[Said]) -> Iterator[TopicSeen]:
    for part in of_kind(parts, "plan_link"):
        for sector in part["sectors"] or ("",):
            yield TopicSeen(**titled(part), topic=sector)


def _commitments(parts: Iterable[Said]) -> Iterator[DatedSeen]:
    for part in of_kind(parts, "commitment"):
        yield DatedSeen(
            **titled(part), on=day(part["on"]), said=filled(part, date="on", document="document", signer="by")
        )


def _dated(parts: Iterable[Said], kind: str, *, on: str, planned: str = "") -> tuple[DatedSeen, ...]:
    return tuple(
        DatedSeen(**titled(part), on=day(part[on]), planned=day(part[planned]) if planned else None,
                  year=part["year"])
        for part in of_kind(parts, kind)
    )  # fmt: skip
