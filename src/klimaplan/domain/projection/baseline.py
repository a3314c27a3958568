"""The baseline: every municipal sector follows its sector of the national projection.

An index multiplies, so it has no meaning on a base near zero or below: a sink would grow because emissions grow.
`choose_rules` decides, sector by sector, between index, absolute change per head and holding the last value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.inventory.account import NEAR_ZERO_T_PER_HEAD, SECTORS, Account, Sector
from klimaplan.domain.projection.drivers import relative_growth
from klimaplan.domain.projection.national import Fallback, NationalProjection
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import NotationKey, Place, Series


class Rule(StrEnum):
    """How a sector of a municipality is projected; named on the page for every sector."""

    INDEX = "index"
    PER_HEAD = "per_head"
    HELD = "held"


@dataclass(frozen=True)
class Baseline:
    """What happens without the plan.

    Parameters
    ----------
    emissions : Series (municipality, sector, year), t CO2e, from the last observed year to the horizon
    rules : (municipality code, sector) → the rule used
    edition : edition of the national projection
    """

    emissions: Series
    rules: Mapping[tuple[str, Sector], Rule]
    edition: str


def project_baseline(
    account: Account, projection: NationalProjection, *, until: int, population: Series | None = None
) -> Baseline:
    """Project the account to `until` with the national projection.

    index:     E_ms(t) = E_ms(0) · N_s(t) / N_s(0) · g_m(t)
    per head:  E_ms(t) = [E_ms(0) + P_m(0) · (N_s(t) − N_s(0)) / P(0)] · g_m(t)
    held:      E_ms(t) = E_ms(0)

    with 0 the last year of the account, P_m inhabitants of the municipality, P of all municipalities, N_s the national
    series, and g_m = 1 unless a population driver is given and the sector follows people.

    Parameters
    ----------
    until : last year of the baseline, within the national projection
    population : Series (municipality, year) from the last account year to `until`; None leaves the driver out

    Raises
    ------
    AxisError : `until` lies outside the national projection, or the population has other municipalities or years
    CoverageError : a population of the anchor year, or of the driver, is missing

    Notes
    -----
    Capture (ccs) and the statistical correction of the national projection belong to no municipality and are
    left out; the sum of the municipal baselines is therefore not the national projection. Method page: `baseline`.
    """
    start = account.last_year
    growth = None if population is None else relative_growth(population)
    return _follow(account, projection, anchor=start, to=until, growth=growth)


def backcast(account: Account, projection: NationalProjection, *, to: int) -> Series:
    """Estimate emissions of a year before the account with the same rules, from the account's first year.

    Parameters
    ----------
    to : a year of the national projection before the account

    Returns
    -------
    Series (municipality, sector), t CO2e, kind *estimated*: never shown without that label, and never used where
    the municipality has a figure of its own.

    Raises
    ------
    AxisError : `to` lies outside the national projection
    CoverageError : a population of the account's first year is missing
    """
    first = account.years[0]
    followed = _follow(account, projection, anchor=first, to=to, growth=None)
    provenance = account.emissions.provenance.after(
        f"{first} scaled back to {to} by {projection.edition}", kind=Kind.ESTIMATED, method="base-year"
    )
    return replace(followed.emissions.select(year=to), provenance=provenance)


def choose_rules(
    base: Series, population: Series, projection: NationalProjection, *, judged: Axis, anchor: int
) -> dict[Sector, npt.NDArray[np.str_]]:
    """The rule of every municipality, sector by sector.

    ======================  =========================================  =======================
    municipal value         national value                             rule
    ======================  =========================================  =======================
    clearly above zero      clearly above zero in the anchor year and  index
                            never below zero in the years judged
    clearly above zero      near zero in the anchor year, or below     the sector's fallback
                            zero in any of the years judged
    near zero or negative   any                                        held
    ======================  =========================================  =======================

    Near zero is less than `NEAR_ZERO_T_PER_HEAD` times the inhabitants: of the municipality, or of the country.

    Parameters
    ----------
    base : Series (municipality, sector), t CO2e in the anchor year
    population : Series (municipality), inhabitants in the anchor year
    judged : every year the projection has in the direction looked, so that the rule does not depend on how far

    Raises
    ------
    CoverageError : a population is missing
    """
    country = population.sum(axes.MUNICIPALITY).at()
    # a municipal value that is missing stays missing whatever its rule
    near_zero = base.values < NEAR_ZERO_T_PER_HEAD * population.values[:, None]
    rules = {}
    for column, sector in enumerate(Sector):
        national = projection.of_sector(sector)
        above_zero = national.at(anchor) >= NEAR_ZERO_T_PER_HEAD * country
        usable = above_zero and (national.take(axes.YEAR, judged.labels).values >= 0.0).all()
        otherwise = Rule.INDEX if usable else _RULE_OF_FALLBACK[projection.mapping[sector].fallback]
        rules[sector] = np.where(near_zero[:, column], Rule.HELD, otherwise)
    return rules


_RULE_OF_FALLBACK = {Fallback.PER_HEAD: Rule.PER_HEAD, Fallback.HELD: Rule.HELD}


def _follow(
    account: Account, projection: NationalProjection, *, anchor: int, to: int, growth: Series | None
) -> Baseline:
    span = axes.years(min(anchor, to), max(anchor, to))
    judged = axes.years(anchor, projection.years[-1]) if to >= anchor else axes.years(projection.years[0], anchor)
    at_anchor = account.emissions.select(year=anchor)
    people = account.population.select(year=anchor)
    codes = at_anchor.axis(axes.MUNICIPALITY)
    if growth is not None:
        axes.require_same(growth.axes, (codes, span))
    rules = choose_rules(at_anchor, people, projection, judged=judged, anchor=anchor)
    per_inhabitant = people.values[:, None] / people.values.sum()
    layers = []
    for column, sector in enumerate(Sector):
        national = projection.of_sector(sector)
        now, ahead = national.at(anchor), national.take(axes.YEAR, span.labels).values
        followed = np.repeat(at_anchor.values[:, column, None], len(span), axis=1)
        by_index, by_head = (rules[sector] == rule for rule in (Rule.INDEX, Rule.PER_HEAD))
        if by_index.any():  # only then is `now` surely not zero
            followed[by_index] *= ahead / now
        followed[by_head] += per_inhabitant[by_head] * (ahead - now)
        if growth is not None and projection.mapping[sector].follows_population:
            moving = by_index | by_head
            followed[moving] *= growth.values[moving]
        layers.append(followed)
    missing: dict[Place, NotationKey] = {
        (code, sector, year): key for (code, sector), key in at_anchor.missing.items() for year in span.labels
    }
    emissions = Series(
        np.stack(layers, axis=1), (codes, SECTORS, span), at_anchor.unit,
        _provenance(account, projection, growth), missing,
    )  # fmt: skip
    by_place = {
        (str(code), sector): Rule(chosen)
        for sector in Sector
        for code, chosen in zip(codes.labels, rules[sector].tolist(), strict=True)
    }
    return Baseline(emissions, by_place, projection.edition)


def _provenance(account: Account, projection: NationalProjection, growth: Series | None) -> Provenance:
    followed = account.emissions.provenance.after(
        f"follows the sectors of {projection.edition}", kind=Kind.PROJECTED, method="baseline"
    )
    if growth is None:
        return followed
    return followed.after("local population growth", kind=Kind.PROJECTED, method="baseline")
