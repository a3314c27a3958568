"""An action of a plan: who decided it, what it changes, what it takes, and what is known of its effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from klimaplan.domain.actions.lever import FixedTonnes, Lever, Quantity, quantities


class Role(StrEnum):
    """What the municipality is in an action; a facilitator is one of three things."""

    OPERATOR = "operator"
    SUPPLIER = "supplier"
    AUTHORITY = "authority"
    ADVOCATE = "facilitator.advocacy"
    PARTNER = "facilitator.partnership"
    OPINION_FORMER = "facilitator.opinion"


class Progress(StrEnum):
    """How far it has come."""

    IDEA = "idea"
    DECIDED = "decided"
    UNDER_WAY = "under-way"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided it, when, and where it stands; all of it may be open while the plan is written."""

    by: str = ""
    on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Resources:
    """What it takes; None where nobody has said.

    Parameters
    ----------
    capex_dkk, opex_dkk : investment in all, and running costs a year, in DKK of `price_year`
    saved_dkk : what is saved a year (energy), in DKK of `price_year`
    taxes_dkk : change in taxes less subsidies a year, in DKK of `price_year`; a subsidy is below zero
    lifetime_years : of the investment
    staff_fte : full-time equivalents a year in the municipality
    may_be_negative : whether a cost below zero is meant (it pays for itself)
    """

    price_year: int | None = None
    capex_dkk: float | None = None
    opex_dkk: float | None = None
    saved_dkk: float | None = None
    taxes_dkk: float | None = None
    lifetime_years: int | None = None
    staff_fte: float | None = None
    may_be_negative: bool = False


@dataclass(frozen=True, slots=True)
class KnownEffect:
    """What is known of the effect besides what the plan computes; the four are never mixed.

    Parameters
    ----------
    implemented_activity : year → physical amount in place, in `activity_unit`
    calculated, observed : year → t CO2e a year
    """

    implemented_activity: Mapping[int, float] = field(default_factory=dict)
    activity_unit: str = ""
    calculated: Mapping[int, float] = field(default_factory=dict)
    observed: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Parameters
    ----------
    key : unique in the plan, as in ``"a07"``
    template : the measure of the library it comes from; empty for the municipality's own
    levers : what it changes; none for an action without a computed effect (adaptation, consumption abroad)
    """

    key: str
    title: str
    levers: tuple[Lever, ...] = ()
    template: str = ""
    description: str = ""
    roles: tuple[Role, ...] = ()
    owner: str = ""
    decision: Decision = Decision()
    resources: Resources = Resources()
    progress: Progress = Progress.IDEA
    known: KnownEffect = field(default_factory=KnownEffect)
    co_benefits: tuple[str, ...] = ()
    indicator: str = ""

    @property
    def is_last_resort(self) -> bool:
        """Whether any of it is a number of tonnes with nothing behind it."""
        return any(isinstance(lever, FixedTonnes) for lever in self.levers)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity for lever in self.levers for quantity in quantities(lever))
