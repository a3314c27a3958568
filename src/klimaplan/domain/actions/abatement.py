"""What a tonne costs, and in which order: tonnes after overlap, basis and perspective always stated."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from klimaplan.domain.actions import cost_findings as said
from klimaplan.domain.actions.costs import Money, Perspective, discount_factor, present_value
from klimaplan.domain.errors import InputError, Text, raise_errors


class Basis(StrEnum):
    """What is divided by what; figures of two bases are not compared."""

    ANNUAL = "annual-cost-per-annual-tonne"
    PRESENT_VALUE = "present-value-per-tonne"
    PRESENT_VALUE_DISCOUNTED = "present-value-per-discounted-tonne"


@dataclass(frozen=True, slots=True)
class AbatementCost:
    """What a tonne costs.

    Parameters
    ----------
    per_tonne : DKK/t CO2e; None where no tonnes are saved, and then `reason` says so
    cost, tonnes : what was divided
    """

    per_tonne: Money | None
    cost: Money
    tonnes: float
    basis: Basis
    perspective: Perspective
    reason: Text | None = None


def abatement_cost(annual: Money, *, tonnes_after_overlap: float, perspective: Perspective) -> AbatementCost:
    """Annual cost per annual tonne.

    Parameters
    ----------
    annual : of `costs.annual_cost` from the same perspective
    tonnes_after_overlap : saved in a year by this action beside the others of the plan, t CO2e

    >>> society = Perspective("socio-economic", 0.035, with_taxes=False)
    >>> abatement_cost(Money(5000.0, 2025), tonnes_after_overlap=10.0, perspective=society).per_tonne
    Money(dkk=500.0, price_year=2025)
    """
    return _divide(annual, tonnes_after_overlap, Basis.ANNUAL, perspective)


def abatement_cost_over_years(
    paid: Mapping[int, Money],
    tonnes_after_overlap: Mapping[int, float],
    perspective: Perspective,
    *,
    base_year: int,
    discount_tonnes: bool,
) -> AbatementCost:
    """Present value of all payments per tonne of all years; whether the tonnes are discounted too must be said.

    With discounted tonnes the result is the constant price per tonne that would pay for the action.
    """
    cost = present_value(paid, perspective, base_year=base_year)
    tonnes = sum(
        amount * (discount_factor(perspective, year - base_year) if discount_tonnes else 1.0)
        for year, amount in sorted(tonnes_after_overlap.items())
    )
    basis = Basis.PRESENT_VALUE_DISCOUNTED if discount_tonnes else Basis.PRESENT_VALUE
    return _divide(cost, tonnes, basis, perspective)


def _divide(cost: Money, tonnes: float, basis: Basis, perspective: Perspective) -> AbatementCost:
    if not tonnes > 0.0:
        return AbatementCost(None, cost, tonnes, basis, perspective, said.NO_TONNES)
    return AbatementCost(cost * (1.0 / tonnes), cost, tonnes, basis, perspective)


@dataclass(frozen=True)
class PricePath:
    """What a tonne is worth, year by year, in the prices of one year; a straight line between the years given.

    Parameters
    ----------
    points : year → DKK/t CO2e
    """

    name: str
    price_year: int
    points: Mapping[int, float]
    source: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", MappingProxyType(dict(sorted(self.points.items()))))

    def at(self, year: int) -> Money:
        """The value of a tonne in a year; `InputError` outside the years of the path."""
        years = tuple(self.points)
        if not years[0] <= year <= years[-1]:
            raise InputError(said.price_path_lacks_year(self.name, year, years[0], years[-1]))
        if year in self.points:
            return Money(self.points[year], self.price_year)
        after = bisect_right(years, year)
        first, last = years[after - 1], years[after]
        part = (year - first) / (last - first)
        return Money(self.points[first] + (self.points[last] - self.points[first]) * part, self.price_year)

    def value_of(self, tonnes: Mapping[int, float]) -> dict[int, Money]:
        """What saved tonnes are worth in every year; can be deducted from payments."""
        return {year: self.at(year) * amount for year, amount in sorted(tonnes.items())}


def net_benefit(annual: Money, *, tonnes: float, worth: Money | None = None) -> Money:
    """What is left when the cost is paid: the value of the tonnes, where a price is given, less the cost."""
    return -annual if worth is None else worth * tonnes - annual


@dataclass(frozen=True, slots=True)
class Measure:
    """One bar of the curve before it has its place.

    Parameters
    ----------
    annual : annual cost
    tonnes_after_overlap : saved in the year of the curve, t CO2e
    """

    name: str
    annual: Money
    tonnes_after_overlap: float


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the curve: from `start` to `start + tonnes` on the axis of tonnes.

    `per_tonne` below zero is shown but ranks nothing: of two actions that pay for themselves equally well, the one
    that saves more tonnes has the smaller gain per tonne.
    """

    name: str
    start: float
    tonnes: float
    annual: Money
    per_tonne: Money
    net_benefit: Money


@dataclass(frozen=True)
class CostCurve:
    """Actions in the order of their cost.

    Parameters
    ----------
    paying : cost below zero, the largest net benefit first
    costing : cost of zero or more, the cheapest tonne first
    without : name → why it has no place in the curve
    worth : the price per tonne that net benefits count with; None: without
    """

    paying: tuple[Step, ...]
    costing: tuple[Step, ...]
    without: Mapping[str, Text]
    perspective: Perspective
    worth: Money | None


def cost_curve(measures: Iterable[Measure], perspective: Perspective, *, worth: Money | None = None) -> CostCurve:
    """Put measures in order; ties by name.

    Parameters
    ----------
    worth : value of a tonne in the year of the curve (`PricePath.at`); None leaves it out

    Raises
    ------
    InputError : a name stands twice, or price years differ
    """
    measures = tuple(measures)
    times = Counter(measure.name for measure in measures)
    raise_errors(said.measure_twice(name) for name, count in times.items() if count > 1)
    saving = [measure for measure in measures if measure.tonnes_after_overlap > 0.0]
    benefit = {
        measure.name: net_benefit(measure.annual, tonnes=measure.tonnes_after_overlap, worth=worth)
        for measure in saving
    }
    if len(years := {each.price_year for each in benefit.values()}) > 1:
        raise InputError(said.price_years_differ(*sorted(years)))
    paying = sorted(
        (each for each in saving if each.annual.dkk < 0.0), key=lambda each: (-benefit[each.name].dkk, each.name)
    )
    costing = sorted(
        (each for each in saving if each.annual.dkk >= 0.0),
        key=lambda each: (each.annual.dkk / each.tonnes_after_overlap, each.name),
    )
    steps: list[Step] = []
    start = 0.0
    for each in (*paying, *costing):
        tonnes = each.tonnes_after_overlap
        steps.append(Step(each.name, start, tonnes, each.annual, each.annual * (1.0 / tonnes), benefit[each.name]))
        start += tonnes
    without = {each.name: said.NO_TONNES for each in measures if not each.tonnes_after_overlap > 0.0}
    return CostCurve(tuple(steps[: len(paying)]), tuple(steps[len(paying) :]), without, perspective, worth)
