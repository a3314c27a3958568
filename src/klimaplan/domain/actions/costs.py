"""What actions cost: annualised or as present value, seen from somebody, in the prices of a named year.

Nothing is assumed about the one who pays: discount rate and treatment of taxes come with a named perspective.
Method page: `costs`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from klimaplan.domain.actions import cost_findings as said
from klimaplan.domain.errors import Finding, InputError, raise_errors


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in Danish kroner of a price year; amounts of two price years do not meet.

    >>> Money(100.0, 2025) + Money(50.0, 2025)
    Money(dkk=150.0, price_year=2025)
    >>> Money(100.0, 2025) + Money(50.0, 2020)
    Traceback (most recent call last):
    klimaplan.domain.errors.InputError: 2025 / 2020: The amounts are in the prices of different years. ...
    """

    dkk: float
    price_year: int

    def __post_init__(self) -> None:
        if not math.isfinite(self.dkk):
            raise InputError(said.not_an_amount(self.dkk))

    def __add__(self, other: Money) -> Money:
        return Money(self.dkk + self._same_prices(other).dkk, self.price_year)

    def __sub__(self, other: Money) -> Money:
        return Money(self.dkk - self._same_prices(other).dkk, self.price_year)

    def __mul__(self, factor: float) -> Money:
        return Money(self.dkk * factor, self.price_year)

    def __neg__(self) -> Money:
        return Money(-self.dkk, self.price_year)

    def _same_prices(self, other: Money) -> Money:
        if self.price_year != other.price_year:
            raise InputError(said.price_years_differ(self.price_year, other.price_year))
        return other


@dataclass(frozen=True)
class PriceIndex:
    """A named index of prices, year → level; converts only when asked to.

    >>> PriceIndex("net prices", {2020: 100.0, 2025: 125.0}).convert(Money(80.0, 2020), to=2025)
    Money(dkk=100.0, price_year=2025)
    """

    name: str
    levels: Mapping[int, float]

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", MappingProxyType(dict(self.levels)))
        raise_errors(said.index_not_positive(self.name, year) for year, at in self.levels.items() if not at > 0.0)

    def convert(self, amount: Money, *, to: int) -> Money:
        """The same amount in the prices of another year; `InputError` if the index lacks one of the two."""
        raise_errors(
            said.index_lacks_year(self.name, year) for year in (amount.price_year, to) if year not in self.levels
        )
        return Money(amount.dkk * self.levels[to] / self.levels[amount.price_year], to)


@dataclass(frozen=True, slots=True)
class Perspective:
    """Who looks at the cost: society, the municipality, or the one who pays the bill.

    Parameters
    ----------
    name : e.g. ``"socio-economic"``, ``"municipal"``, ``"user"``; stands beside every cost
    discount_rate : real, a share per year, e.g. 0.035
    with_taxes : whether taxes and subsidies count; to society they are transfers
    later_rates : after how many years which rate holds, where it falls: ``((35, 0.025), (70, 0.015))``
    """

    name: str
    discount_rate: float
    with_taxes: bool
    later_rates: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InputError(said.perspective_unnamed())
        rates = (self.discount_rate, *(rate for _, rate in self.later_rates))
        raise_errors(said.rate_unusable(self.name, rate) for rate in rates if not (math.isfinite(rate) and rate >= 0.0))
        after = [0, *(years for years, _ in self.later_rates)]
        if any(last <= first for first, last in pairwise(after)):
            raise InputError(said.rates_unordered(self.name))


@dataclass(frozen=True, slots=True)
class CapitalCost:
    """An investment and how long it lasts.

    Parameters
    ----------
    amount : without taxes
    lifetime : whole years
    instead_of : what would have been invested anyway with the same lifetime, e.g. the new oil boiler; None: nothing
    """

    amount: Money
    lifetime: int
    instead_of: Money | None = None

    def __post_init__(self) -> None:
        if self.lifetime < 1:
            raise InputError(said.lifetime_unusable(self.lifetime))

    @property
    def additional(self) -> Money:
        """What the action costs more than doing without it."""
        return self.amount if self.instead_of is None else self.amount - self.instead_of


@dataclass(frozen=True, slots=True)
class Costs:
    """Everything an action costs, beside doing without it.

    Parameters
    ----------
    capital : the investments
    running : change in running costs a year
    saved : energy and other purchases saved a year; more than before is negative
    taxes : change in taxes less subsidies a year; None where nobody has said, and then no perspective may need it
    may_be_negative : whether a cost below zero is meant
    """

    capital: tuple[CapitalCost, ...]
    running: Money
    saved: Money
    taxes: Money | None = None
    may_be_negative: bool = False

    def __post_init__(self) -> None:
        years = {each.price_year for each in self._amounts()}
        if len(years) > 1:
            raise InputError(said.price_years_differ(*sorted(years)))

    @property
    def price_year(self) -> int:
        return self.running.price_year

    def yearly(self, perspective: Perspective) -> Money:
        """Running cost less what is saved, with taxes where the perspective has them."""
        net = self.running - self.saved
        if not perspective.with_taxes:
            return net
        if self.taxes is None:
            raise InputError(said.taxes_not_given(perspective.name))
        return net + self.taxes

    def _amounts(self) -> Iterator[Money]:
        yield from (self.running, self.saved)
        if self.taxes is not None:
            yield self.taxes
        for each in self.capital:
            yield each.amount
            if each.instead_of is not None:
                yield each.instead_of


def check(costs: Costs, perspective: Perspective, *, place: str) -> tuple[Finding, ...]:
    """Findings on costs below zero that nobody has said are meant: investments, running costs, or all in all."""
    if costs.may_be_negative:
        return ()
    findings = [said.cost_negative(place, each.amount.dkk) for each in costs.capital if each.amount.dkk < 0.0]
    if costs.running.dkk < 0.0:
        findings.append(said.cost_negative(place, costs.running.dkk))
    if costs.taxes is None and perspective.with_taxes:
        return (*findings, said.taxes_not_given(perspective.name))
    if not findings and (net := annual_cost(costs, perspective).dkk) < 0.0:
        findings.append(said.cost_negative(place, net))
    return tuple(findings)


def capital_recovery_factor(rate: float, years: int) -> float:
    """The share of an investment to be paid every year so that it is paid back with interest after `years`.

    CRF(r, n) = r / (1 − (1 + r)^−n),  and 1 / n where r = 0

    >>> capital_recovery_factor(0.0, 20), round(capital_recovery_factor(0.05, 20), 6)
    (0.05, 0.080243)
    """
    if years < 1:
        raise InputError(said.lifetime_unusable(years))
    if not (math.isfinite(rate) and rate >= 0.0):
        raise InputError(said.rate_unusable("discount_rate", rate))
    # expm1 and log1p keep the digits where the rate is small
    return rate / -math.expm1(-years * math.log1p(rate)) if rate > 0.0 else 1.0 / years


def annuity(perspective: Perspective, years: int) -> float:
    """The same share under a perspective whose rate may fall: 1 / Σ d(t) over t = 1 … n."""
    first = perspective.later_rates[0][0] if perspective.later_rates else years
    if years <= first:
        return capital_recovery_factor(perspective.discount_rate, years)
    return 1.0 / sum(discount_factor(perspective, year) for year in range(1, years + 1))


def annual_cost(costs: Costs, perspective: Perspective) -> Money:
    """What the action costs a year, investments spread over their lifetimes; below zero it pays for itself.

    C = Σ (capex − capex_ref) · CRF(r, n) + Δrunning − Δsaved (+ Δtaxes), with 1 / Σ d(t) for CRF where the rate falls
    """
    yearly = costs.yearly(perspective)
    for each in costs.capital:
        yearly += each.additional * annuity(perspective, each.lifetime)
    return yearly


def payments(costs: Costs, perspective: Perspective, *, start: int, until: int) -> dict[int, Money]:
    """What is paid in every year: investments in `start` and when they wear out, the rest in start + 1 … until.

    An investment that outlives `until` is worth, in that year, the part of its lifetime that is left.
    """
    if until <= start:
        raise InputError(said.period_reversed(start, until))
    nothing = Money(0.0, costs.price_year)
    paid = {year: costs.yearly(perspective) if year > start else nothing for year in range(start, until + 1)}
    for each in costs.capital:
        bought = range(start, until, each.lifetime)
        for year in bought:
            paid[year] += each.additional
        left = bought[-1] + each.lifetime - until
        paid[until] -= each.additional * (left / each.lifetime)
    return paid


def present_value(paid: Mapping[int, Money], perspective: Perspective, *, base_year: int) -> Money:
    """Payments of many years as one amount in the base year: Σ C(t) · d(t − t₀)."""
    if not paid:
        raise InputError(said.no_payments())
    amounts = [paid[year] * discount_factor(perspective, year - base_year) for year in sorted(paid)]
    total, *rest = amounts
    for each in rest:
        total += each
    return total


def discount_factor(perspective: Perspective, years: int) -> float:
    """What a krone paid after so many years is worth today.

    d(t) = (1 + r)^−t; where the rate falls, every year counts with its own: (1 + r₁)^−35 · (1 + r₂)^−(t − 35)
    """
    factor, rate, since = 1.0, perspective.discount_rate, 0
    for after, later in perspective.later_rates:
        if years <= after:
            break
        factor *= (1.0 + rate) ** (since - after)
        rate, since = later, after
    return factor * (1.0 + rate) ** (since - years)
