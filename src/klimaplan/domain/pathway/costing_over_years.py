"""What a tonne costs over all years of a plan to one that is named: present value over tonnes after overlap.

Method page: `costs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klimaplan.domain import axes
from klimaplan.domain.actions.abatement import AbatementCost, PricePath, abatement_cost_over_years
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.costs import Money, Perspective, present_value
from klimaplan.domain.errors import InputError, Text
from klimaplan.domain.pathway import costing_findings as said
from klimaplan.domain.pathway.costing import costs_of, in_place, paid_over_years
from klimaplan.domain.series import Series


@dataclass(frozen=True)
class OverYears:
    """What the tonnes of one action, or of several together, cost over the years.

    Parameters
    ----------
    plain, discounted : by all tonnes, and by tonnes counted back like the payments
    net : present value of the tonnes less that of the payments; None where the value of CO2 was not asked for
    """

    plain: AbatementCost
    discounted: AbatementCost
    net: Money | None


@dataclass(frozen=True)
class CostsOverYears:
    """The same of every action that has a cost and levers.

    Parameters
    ----------
    first, last : the years that count; payments are counted back to the first
    together : None where price years differ, or where no action has a cost
    """

    first: int
    last: int
    actions: Mapping[str, OverYears]
    together: OverYears | None


def costs_over_years(
    actions: Sequence[Action], effects: Series, perspective: Perspective, *, last: int, path: PricePath | None = None
) -> CostsOverYears:
    """Payments and tonnes from the first year of the plan to `last`; what outlives it is worth the part that is left.

    Parameters
    ----------
    effects : Series (action, year), t CO2e, the joint effect split among the actions; a saving is negative
    path : the value of CO2; None leaves it out

    Raises
    ------
    InputError : a last year that is not after the first, or outside the plan, or tonnes in years without a value of CO2
    """
    years = [int(str(label)) for label in effects.axis(axes.YEAR).labels]
    if last not in years[1:]:
        raise InputError(said.year_outside(last, years[1], years[-1]))
    span = years[: years.index(last) + 1]
    paid: dict[str, dict[int, Money]] = {}
    saved: dict[str, dict[int, float]] = {}
    for action in actions:
        costs = costs_of(action.resources, perspective)
        sizes = in_place(action, span)
        if not isinstance(costs, Text) and sizes:
            paid[action.key] = paid_over_years(costs, perspective, sizes)
            saved[action.key] = {year: -effects.at(action.key, year) for year in span}
    found = {key: _divided(paid[key], saved[key], perspective, span[0], path) for key in paid}
    together = None
    if len({amount.price_year for each in paid.values() for amount in each.values()}) == 1:
        all_paid = {year: _sum([each[year] for each in paid.values()]) for year in span}
        all_saved = {year: sum(each[year] for each in saved.values()) for year in span}
        together = _divided(all_paid, all_saved, perspective, span[0], path)
    return CostsOverYears(span[0], last, found, together)


def _divided(
    paid: Mapping[int, Money], saved: Mapping[int, float], perspective: Perspective, first: int, path: PricePath | None
) -> OverYears:
    plain, discounted = (
        abatement_cost_over_years(paid, saved, perspective, base_year=first, discount_tonnes=each)
        for each in (False, True)
    )
    if path is None:
        return OverYears(plain, discounted, None)
    worth = path.value_of({year: tonnes for year, tonnes in saved.items() if tonnes != 0.0})
    if not worth:
        return OverYears(plain, discounted, -plain.cost)
    return OverYears(plain, discounted, present_value(worth, perspective, base_year=first) - plain.cost)


def _sum(amounts: Sequence[Money]) -> Money:
    total, *rest = amounts
    for each in rest:
        total += each
    return total
