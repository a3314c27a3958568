"""What is known of a plan when it is held against criteria.

None everywhere means that what was read has no place for it (a plan file holds no stakeholders), so that nobody can
say; an empty tuple means that there was a place and nothing stood in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from klimaplan.domain.errors import Text
from klimaplan.domain.pathway.interval import Bounds, IntervalSector


class Track(StrEnum):
    """The two halves of a plan."""

    MITIGATION = "mitigation"
    ADAPTATION = "adaptation"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where something stands: a part of the plan, or a year of the account or of the pathway.

    Parameters
    ----------
    kind : of the part (``"target"``), or ``"account"``, ``"pathway"``
    key : of the part, or the year
    """

    kind: str
    key: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the plan.

    Parameters
    ----------
    said : the fields that say something
    """

    at: Pointer
    title: Text
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSeen(Part):
    """A target for emissions.

    Parameters
    ----------
    whole : whether it holds for all sectors together
    allowed : t CO2e; None where the plan names no tonnes
    """

    year: int
    whole: bool
    allowed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSeen(Part):
    """An action; it may belong to both halves of the plan.

    Parameters
    ----------
    sectors : whose emissions it lessens
    hazards : that it answers
    tags : what is marked about it, e.g. ``"new-fossil-supply"``
    start : year in which it begins; None where nobody has said
    """

    priority: bool = False
    tracks: frozenset[Track] = frozenset()
    sectors: frozenset[str] = frozenset()
    hazards: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardSeen(Part):
    """A hazard that was judged; `code` names it wherever it is answered."""

    code: str
    priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedSeen(Part):
    """Who or what hazards meet."""

    hazards: frozenset[str]
    vulnerable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSeen(Part):
    """A goal of adaptation; `measurable` when it has an indicator and a value to reach."""

    horizon: str
    hazards: frozenset[str] = frozenset()
    measurable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSeen(Part):
    """An assessment of climate risk: when it was made, the day of its oldest data, and how far it looks."""

    made_on: date | None = None
    oldest_data: date | None = None
    horizon: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderSeen(Part):
    """A stakeholder of the plan or of an action."""

    group: str = ""
    tracks: frozenset[Track] = frozenset()
    vulnerable: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PowersSeen(Part):
    """A row of the matrix of roles: a sector, or the phasing out of fossil fuels.

    Parameters
    ----------
    used : roles that do something
    justified : roles that are not used, with the reason
    concluded : whether the row says what it comes to
    coal_until : last year in which coal is burnt for power or heat; None where nobody has said
    no_coal : whether there is none
    """

    sector: str
    used: frozenset[str] = frozenset()
    justified: frozenset[str] = frozenset()
    concluded: bool = False
    coal_until: int | None = None
    no_coal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSeen(Part):
    """Something said about a sector, a hazard, a consumption category or a theme: `topic` is its code."""

    topic: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSeen(Part):
    """What progress is measured by, and of what: an action, a sector, a target year, or a topic."""

    level: str
    action: str = ""
    sector: str = ""
    target: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedSeen(Part):
    """Something that happened or is planned: a commitment, an adoption, an evaluation, a publication, a report.

    Parameters
    ----------
    on : when it happened; None where it has not, or nobody has said
    planned : when it is meant to happen
    year : that it speaks of
    """

    on: date | None = None
    planned: date | None = None
    year: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightSeen(Part):
    """A criterion that actions are put in order by, as a share of 1; `scored` are the actions with a score."""

    weight: float
    scored: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inventory:
    """The account that the plan builds on.

    Parameters
    ----------
    by_sector : t CO2e of the last year
    refs : GPC references with a value or a notation key; None where the account is not kept by reference
    said : what is told of it: ``"source"``, ``"method"``, ``"gwp"``, ``"quality"``, ``"notation"``
    """

    years: tuple[int, ...]
    by_sector: Mapping[str, float] = field(default_factory=dict)
    gases: frozenset[str] | None = None
    refs: frozenset[str] | None = None
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """Where the plan leads: t CO2e by year.

    Parameters
    ----------
    allowed : target year → what all sectors may emit
    manko : year → what the pathway leaves above the target path; None without targets
    effects : action → year → change, below zero where it lessens emissions
    residual_year : year for which what is left was told; None where it was not
    """

    baseline: Mapping[int, float]
    pathway: Mapping[int, float]
    allowed: Mapping[int, float] = field(default_factory=dict)
    manko: Mapping[int, float] | None = None
    effects: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    residual_year: int | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the sector-interval test is made with: t CO2e of 2019 by its sectors, and the ranges."""

    emitted: Mapping[IntervalSector, float]
    bounds: Mapping[IntervalSector, Bounds]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a rule may ask.

    Parameters
    ----------
    on : the day on which ages are counted
    course : None where the plan cannot be computed; `no_course` says why
    notes : whether the head of the plan tells of method and assumptions
    c40_member : whether the municipality is a member of C40; None where nobody has said
    no_place : what cannot be said of an action where this was read
    """

    on: date
    inventory: Inventory | None = None
    weighing: Weighing | None = None
    course: Course | None = None
    no_course: Text | None = None
    notes: Part | None = None
    targets: tuple[TargetSeen, ...] | None = None
    actions: tuple[ActionSeen, ...] | None = None
    drivers: tuple[Part, ...] | None = None
    hazards: tuple[HazardSeen, ...] | None = None
    exposed: tuple[ExposedSeen, ...] | None = None
    goals: tuple[GoalSeen, ...] | None = None
    risk: tuple[RiskSeen, ...] | None = None
    stakeholders: tuple[StakeholderSeen, ...] | None = None
    powers: tuple[PowersSeen, ...] | None = None
    consumption: tuple[TopicSeen, ...] | None = None
    strategies: tuple[TopicSeen, ...] | None = None
    fairness: tuple[TopicSeen, ...] | None = None
    equity_goals: tuple[TopicSeen, ...] | None = None
    context: tuple[TopicSeen, ...] | None = None
    weights: tuple[WeightSeen, ...] | None = None
    indicators: tuple[IndicatorSeen, ...] | None = None
    links: tuple[TopicSeen, ...] | None = None
    commitments: tuple[DatedSeen, ...] | None = None
    adoptions: tuple[DatedSeen, ...] | None = None
    evaluations: tuple[DatedSeen, ...] | None = None
    publications: tuple[DatedSeen, ...] | None = None
    reports: tuple[DatedSeen, ...] | None = None
    c40_member: bool | None = None
    no_place: frozenset[str] = frozenset()
