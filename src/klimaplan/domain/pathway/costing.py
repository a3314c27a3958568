"""What a plan costs: every action over the years in which it grows, its tonnes after overlap, and the cost curve.

An amount that nobody has given is not zero: investment and running costs must be known before an action has a cost.
Method page: `costs`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.actions.abatement import (
    AbatementCost,
    CostCurve,
    Measure,
    PricePath,
    abatement_cost,
    cost_curve,
)
from klimaplan.domain.actions.action import Action, Resources
from klimaplan.domain.actions.costs import (
    CapitalCost,
    Costs,
    Money,
    Perspective,
    annual_cost,
    check,
    payments,
    present_value,
)
from klimaplan.domain.errors import Finding, InputError, Severity, Text
from klimaplan.domain.pathway import costing_findings as said
from klimaplan.domain.series import Series


@dataclass(frozen=True)
class ActionCost:
    """What one action costs.

    Parameters
    ----------
    annual : at full size, investments spread over their lifetimes
    in_place : the share of the full size in place in the year of the plan's costs; None for an action without levers
    in_year : of the part in place; None without levers
    present : value of everything paid until the last year, in the first year; None without levers
    abatement : of the part in place, by its tonnes after overlap; None without levers
    before_savings : whether nobody has said what is saved, so that the cost is the one before savings
    """

    action: str
    annual: Money
    in_place: float | None
    in_year: Money | None
    present: Money | None
    abatement: AbatementCost | None
    before_savings: bool


@dataclass(frozen=True)
class Together:
    """The costs of several actions added; None where price years differ.

    Parameters
    ----------
    annual : of all actions with a cost
    in_year, tonnes, abatement, present : of those with levers
    """

    annual: Money | None
    in_year: Money | None
    tonnes: float
    abatement: AbatementCost | None
    present: Money | None


@dataclass(frozen=True)
class PlanCosts:
    """What a plan costs.

    Parameters
    ----------
    year : of tonnes, cost per tonne and curve
    base_year : the year to which payments are counted back
    price_year : None where the actions have several, or where none has a cost
    without : action → why it has no cost
    curve : None where price years differ, or where no action with levers has a cost
    worth : what a tonne is worth in the year, where that was asked for
    """

    perspective: Perspective
    year: int
    base_year: int
    price_year: int | None
    actions: tuple[ActionCost, ...]
    without: Mapping[str, Text]
    together: Together
    curve: CostCurve | None
    worth: Money | None
    findings: tuple[Finding, ...]


def plan_costs(
    actions: Sequence[Action], effects: Series, perspective: Perspective, *, year: int, path: PricePath | None = None
) -> PlanCosts:
    """The costs of all actions of a plan that have any.

    Parameters
    ----------
    effects : Series (action, year), t CO2e, the joint effect split among the actions; a saving is negative
    year : whose tonnes, and whose size of each action, cost per tonne and curve are of
    path : the value of CO2; None leaves it out of the net benefits

    Raises
    ------
    InputError : a year outside the plan or the path of prices, or a path in the prices of another year
    """
    years = [int(str(label)) for label in effects.axis(axes.YEAR).labels]
    if year not in years:
        raise InputError(said.year_outside(year, years[0], years[-1]))
    found: dict[str, ActionCost] = {}
    without: dict[str, Text] = {}
    findings: list[Finding] = []
    for action in actions:
        read = costs_of(action.resources, perspective)
        if isinstance(read, Text):
            without[action.key] = read
            continue
        # said beside the figure and not instead of it: the plan stands
        findings += [replace(each, severity=Severity.WARNING) for each in check(read, perspective, place=action.key)]
        saved = {each: -effects.at(action.key, each) for each in years}
        found[action.key] = _of_action(action, read, perspective, saved, year)
    if untaxed := [key for key, why in without.items() if why is said.NO_TAXES]:
        findings.append(said.taxes_not_given(perspective.name, untaxed))
    price_years = {each.annual.price_year: each.action for each in found.values()}
    if len(price_years) > 1:
        findings.append(said.price_years_differ(sorted(price_years)))
    one = next(iter(price_years)) if len(price_years) == 1 else None
    worth = None if path is None else _worth(path, year, one)
    return PlanCosts(
        perspective, year, years[0], one, tuple(found.values()), without, _together(found.values(), perspective, one),
        None if one is None else _curve(found.values(), perspective, worth), worth, tuple(findings),
    )  # fmt: skip


def costs_of(resources: Resources, perspective: Perspective) -> Costs | Text:
    """The costs of an action, or why it has none; what is saved may be unsaid, and then the cost is without it."""
    capex, opex, price_year = resources.capex_dkk, resources.opex_dkk, resources.price_year
    if all(amount is None for amount in (capex, opex, resources.saved_dkk, resources.taxes_dkk)):
        return said.NO_COST
    if price_year is None or capex is None or opex is None:
        needed = ((price_year, said.NO_PRICE_YEAR), (capex, said.NO_INVESTMENT), (opex, said.NO_RUNNING_COST))
        return next(why for given, why in needed if given is None)
    lifetime, saved = resources.lifetime_years, resources.saved_dkk
    if capex != 0.0 and (lifetime is None or lifetime < 1):
        return said.NO_LIFETIME
    if perspective.with_taxes and resources.taxes_dkk is None:
        return said.NO_TAXES
    return Costs(
        (CapitalCost(Money(capex, price_year), lifetime),) if capex != 0.0 and lifetime is not None else (),
        running=Money(opex, price_year),
        # the cost before savings, and `ActionCost` says that it is
        saved=Money(0.0 if saved is None else saved, price_year),
        taxes=None if resources.taxes_dkk is None else Money(resources.taxes_dkk, price_year),
        may_be_negative=resources.may_be_negative,
    )


def in_place(action: Action, years: Iterable[int]) -> dict[int, float]:
    """The share of the full size in place in every year, of the lever that has come furthest; empty without levers."""
    span = list(years)
    if not action.levers:
        return {}
    shares = np.max([lever.ramp.shares(range(span[0], span[-1] + 1)) for lever in action.levers], axis=0)
    return {year: float(share) for year, share in zip(span, shares, strict=True)}


def paid_over_years(costs: Costs, perspective: Perspective, sizes: Mapping[int, float]) -> dict[int, Money]:
    """What is paid in every year by an action that grows: each piece is paid for the year before it is in place.

    Every piece is paid as `costs.payments` says; what is in place longest ends first where an action ends.

    Parameters
    ----------
    sizes : year → share of the full size in place, in consecutive years from one with nothing
    """
    paid = {year: Money(0.0, costs.price_year) for year in sizes}
    for size, start, until in _pieces(sizes):
        for year, amount in payments(costs, perspective, start=start, until=until).items():
            paid[year] += amount * size
    return paid


def _pieces(sizes: Mapping[int, float]) -> Iterator[tuple[float, int, int]]:
    """Size, year of payment, and last year of every piece."""
    standing: deque[tuple[float, int]] = deque()
    for before, year in pairwise(sizes):
        change = sizes[year] - sizes[before]
        if change > 0.0:
            standing.append((change, before))
        while change < 0.0 and standing:
            size, start = standing.popleft()
            taken = min(size, -change)
            yield taken, start, before
            if size > taken:
                standing.appendleft((size - taken, start))
            change += taken
    last = list(sizes)[-1]
    yield from ((size, start, last) for size, start in standing)


def _of_action(
    action: Action, costs: Costs, perspective: Perspective, saved: Mapping[int, float], year: int
) -> ActionCost:
    annual = annual_cost(costs, perspective)
    unsaid = action.resources.saved_dkk is None
    sizes = in_place(action, saved)
    if not sizes:
        return ActionCost(action.key, annual, None, None, None, None, unsaid)
    in_year = annual * sizes[year]
    return ActionCost(
        action.key, annual, sizes[year], in_year,
        present_value(paid_over_years(costs, perspective, sizes), perspective, base_year=min(sizes)),
        abatement_cost(in_year, tonnes_after_overlap=saved[year], perspective=perspective), unsaid,
    )  # fmt: skip


def _worth(path: PricePath, year: int, price_year: int | None) -> Money:
    worth = path.at(year)
    if price_year is not None and worth.price_year != price_year:
        raise InputError(said.value_in_other_prices(path.name, worth.price_year, price_year))
    return worth


def _together(found: Iterable[ActionCost], perspective: Perspective, price_year: int | None) -> Together:
    costed = list(found)
    tonnes = sum(each.abatement.tonnes for each in costed if each.abatement is not None)
    if price_year is None:
        return Together(None, None, tonnes, None, None)
    annual = in_year = present = Money(0.0, price_year)
    for each in costed:
        annual += each.annual
        if each.in_year is not None and each.present is not None:
            in_year += each.in_year
            present += each.present
    if all(each.in_year is None for each in costed):
        return Together(annual, None, tonnes, None, None)
    divided = abatement_cost(in_year, tonnes_after_overlap=tonnes, perspective=perspective)
    return Together(annual, in_year, tonnes, divided, present)


def _curve(found: Iterable[ActionCost], perspective: Perspective, worth: Money | None) -> CostCurve | None:
    measures = [
        Measure(each.action, each.in_year, each.abatement.tonnes)
        for each in found
        if each.in_year is not None and each.abatement is not None
    ]
    return cost_curve(measures, perspective, worth=worth) if measures else None
