"""A plan that meets every rule, written down part by part, so that a test changes one thing and sees what that does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from klimaplan.domain.assessment.evidence import (
    ActionSeen,
    Course,
    DatedSeen,
    Evidence,
    ExposedSeen,
    GoalSeen,
    HazardSeen,
    IndicatorSeen,
    Inventory,
    Part,
    Pointer,
    PowersSeen,
    RiskSeen,
    StakeholderSeen,
    TargetSeen,
    TopicSeen,
    Track,
    WeightSeen,
)
from klimaplan.domain.assessment.evidence import Weighing as IntervalWeighing
from klimaplan.domain.assessment.result import plain
from klimaplan.domain.pathway.interval import Bounds, IntervalSector

ON = date(2026, 11, 24)
SECTORS = ("energy", "transport", "agriculture", "waste", "processes")
ACTION_SAYS = frozenset({
    "title", "description", "timetable", "owner", "effect", "benefits", "roles", "cost", "funding", "staff", "measures",
    "milestones", "stakeholders", "distribution", "indicators", "barriers", "responses", "communication", "checked",
})  # fmt: skip
ROLES = frozenset({"operator", "supplier", "authority", "facilitator"})
BOUNDS = {
    IntervalSector.ENERGY: Bounds(0.89, 1.02, 1.15), IntervalSector.TRANSPORT: Bounds(0.30, 0.33, 0.36),
    IntervalSector.INDUSTRY: Bounds(0.40, 0.50, 0.60), IntervalSector.AGRICULTURE: Bounds(0.21, 0.30, 0.38),
    IntervalSector.OTHER: Bounds(0.69, 0.71, 0.72),
}  # fmt: skip
EMITTED = {
    IntervalSector.ENERGY: 100.0, IntervalSector.TRANSPORT: 80.0, IntervalSector.INDUSTRY: 20.0,
    IntervalSector.AGRICULTURE: 60.0, IntervalSector.OTHER: 10.0,
}  # fmt: skip
"""270 t in 2019: the range begins at 0.5204, its middle is 0.6056."""


def at(kind: str, key: str) -> dict[str, Any]:
    return {"at": Pointer(kind, key), "title": plain(f"{kind} {key}")}


def action(key: str, **more: Any) -> ActionSeen:
    said = {
        "said": ACTION_SAYS, "priority": True, "tracks": frozenset(Track), "sectors": frozenset(SECTORS),
        "hazards": frozenset({"cloudburst"}),
    }  # fmt: skip
    return ActionSeen(**at("action", key), **{**said, **more})


def target(year: int, allowed: float | None) -> TargetSeen:
    return TargetSeen(**at("target", f"{year}/total"), year=year, whole=True, allowed=allowed)


def topic(kind: str, code: str, *said: str, of: str = "") -> TopicSeen:
    return TopicSeen(**at(kind, code), topic=code, kind=of, said=frozenset(said))


def stakeholder(group: str, **more: Any) -> StakeholderSeen:
    said = {
        "said": frozenset({"involvement", "effect-on-plan"}), "tracks": frozenset(Track), "vulnerable": True,
        "external": True,
    }  # fmt: skip
    return StakeholderSeen(**at("stakeholder", group), group=group, **{**said, **more})


def dated(kind: str, on: date | None, *said: str, **more: Any) -> DatedSeen:
    return DatedSeen(**at(kind, "1"), on=on, said=frozenset(said), **more)


def indicator(key: str, level: str, **more: Any) -> IndicatorSeen:
    return IndicatorSeen(**at("indicator", key), level=level, said=frozenset({"frequency", "owner"}), **more)


def goal(horizon: str, **more: Any) -> GoalSeen:
    return GoalSeen(**at("adaptation_goal", horizon), horizon=horizon, hazards=frozenset({"cloudburst"}), **more)


TARGETS = (target(2030, 100.0), target(2040, 50.0), target(2045, 0.0))
COURSE = Course(
    baseline={2030: 200.0, 2040: 180.0, 2045: 170.0, 2050: 160.0},
    pathway={2030: 90.0, 2040: 40.0, 2045: 0.0, 2050: 0.0},
    allowed={2030: 100.0, 2040: 50.0, 2045: 0.0},
    manko={2030: 0.0, 2040: 0.0, 2045: 0.0},
    effects={"a1": {2030: -110.0, 2040: -140.0, 2045: -170.0}},
    residual_year=2050,
)

WHOLE = Evidence(
    on=ON,
    inventory=Inventory(
        years=(2022, 2023), by_sector=dict.fromkeys(SECTORS, 20.0), gases=frozenset({"CO2", "CH4", "N2O"}),
        refs=frozenset({"I.1.1", "I.1.2"}), said=frozenset({"source", "method", "gwp", "quality", "notation"}),
    ),
    weighing=IntervalWeighing(EMITTED, BOUNDS),
    course=COURSE,
    notes=Part(**at("head", "plan"), said=frozenset({"notes"})),
    targets=TARGETS,
    actions=(action("a1"),),
    drivers=(Part(**at("driver", "d1")),),
    hazards=(
        HazardSeen(**at("hazard", "cloudburst"), code="cloudburst", priority=True,
                   said=frozenset({"now", "later", "later-year"})),
    ),
    exposed=(ExposedSeen(**at("exposed_group", "1"), hazards=frozenset({"cloudburst"}), vulnerable=True),),
    goals=(goal("short", measurable=True), goal("medium"), goal("long")),
    risk=(
        RiskSeen(**at("risk_assessment", "1"), made_on=date(2025, 3, 1), oldest_data=date(2020, 1, 1), horizon=2100),
    ),
    stakeholders=tuple(stakeholder(group) for group in ("hit-by-change", "hit-by-action", "has-power")),
    powers=(
        *(PowersSeen(**at("powers", sector), sector=sector, used=ROLES, concluded=True) for sector in SECTORS),
        PowersSeen(**at("powers", "fossil"), sector="fossil", used=ROLES - {"supplier"},
                   justified=frozenset({"supplier"}), no_coal=True),
    ),
    consumption=tuple(topic("consumption", code, "vision", "smart-target", "indicator") for code in ("food", "goods")),
    strategies=tuple(topic("sector_strategy", code, "overview", "smart-target", "indicator") for code in SECTORS),
    fairness=(
        *(topic("fairness", sector, of="sector") for sector in SECTORS), topic("fairness", "cloudburst", of="hazard"),
    ),
    equity_goals=(topic("equity_goal", "access", "action", "indicator"),),
    context=tuple(topic("context", theme) for theme in ("population", "economy", "environment", "vulnerable")),
    weights=(
        WeightSeen(**at("priority_criterion", "1"), weight=0.6, scored=frozenset({"a1"})),
        WeightSeen(**at("priority_criterion", "2"), weight=0.4, scored=frozenset({"a1"})),
    ),
    indicators=(
        indicator("1", "output", action="a1"),
        *(indicator(f"s-{sector}", "outcome", sector=sector) for sector in SECTORS),
        *(indicator(f"t-{year}", "impact", target=f"{year}/total") for year in (2030, 2040, 2045)),
        *(indicator(f"c-{code}", "outcome", topic=code) for code in ("food", "goods", "equity")),
    ),
    links=tuple(topic("plan_link", sector) for sector in ("energy", "transport", "agriculture", "waste")),
    commitments=(dated("commitment", date(2021, 3, 1), "date", "document", "signer"),),
    adoptions=(dated("adoption", date(2023, 1, 1), "date", "document", state="adopted"),),
    evaluations=(dated("evaluation", date(2024, 6, 1), "date", planned=date(2028, 6, 1)),),
    publications=(dated("publication", date(2026, 6, 1)),),
    reports=(dated("yearly_report", date(2026, 3, 1), year=2025),),
)  # fmt: skip


def but(**changed: Any) -> Evidence:
    """The whole plan with something changed."""
    return replace(WHOLE, **changed)
