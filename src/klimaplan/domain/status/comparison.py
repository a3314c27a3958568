"""Comparison with others. Per-head figures are always quotients of sums, never sums or means of quotients."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series, absent

SIMILAR_COUNT = 5
"""How many municipalities a municipality is held against."""


def per_head(emissions: Series, population: Series) -> Series:
    """Tonnes per inhabitant of anything that shares the axes of a population.

    Returns
    -------
    Series, t CO2e/inhabitant, kind *calculated*
    """
    quotient = emissions.per(population)
    return quotient.explained("divided by the population", kind=Kind.CALCULATED, method="per-head")


def per_head_by_sector(emissions: Series, population: Series) -> Series:
    """The same for every sector: emissions (sector, year) over one population (year)."""
    people = np.broadcast_to(population.values, emissions.values.shape)
    return per_head(emissions, Series(people, emissions.axes, population.unit, population.provenance))


def change_since_first(emissions: Series) -> Series:
    """Change since the first year in percent of it.

    Returns
    -------
    Series on the same axes, percent, kind *calculated*; missing (NE) wherever the first year is zero or less, because a
    percentage of that would mislead.

    >>> from klimaplan.domain import units
    >>> from klimaplan.domain.provenance import Provenance
    >>> seen = Provenance("example", "1", Kind.OBSERVED)
    >>> change_since_first(Series([80.0, 60.0], (axes.years(2018, 2019),), units.TONNES, seen)).at(2019)
    -25.0
    """
    dimension = [axis.name for axis in emissions.axes].index(axes.YEAR)
    base = np.take(emissions.values, [0], axis=dimension)
    base = np.broadcast_to(np.where(base > 0.0, base, np.nan), emissions.values.shape)
    change = (emissions.values - base) / base * 100.0
    provenance = emissions.provenance.after(
        f"percent change since {emissions.axis(axes.YEAR).labels[0]}", kind=Kind.CALCULATED, method="base-year"
    )
    missing = {**absent(change, emissions.axes, NotationKey.NOT_ESTIMATED), **emissions.missing}
    return Series(change, emissions.axes, emissions.unit / emissions.unit, provenance, missing)


def most_similar(
    account: Account, area_km2: Mapping[str, float], code: str, *, count: int = SIMILAR_COUNT
) -> list[str]:
    """The municipalities most like one in size, density, farming and process industry.

    Distance is Euclidean over four standardised features of the last account year: ln inhabitants, ln inhabitants
    per km², agriculture t/inhabitant, processes t/inhabitant. They describe what a municipality is, not how well
    it does: energy and transport are left out, so that the comparison does not choose its own answer.

    Returns
    -------
    Codes, nearest first; ties in code order. The measure is our own; method page: `comparison`.
    """
    codes = account.codes
    emissions = account.emissions.select(year=account.last_year)
    people = account.population.select(year=account.last_year).values
    area = np.array([area_km2[each] for each in codes])
    structure = [
        np.log(people),
        np.log(people / area),
        emissions.select(sector=Sector.AGRICULTURE).values / people,
        emissions.select(sector=Sector.PROCESSES).values / people,
    ]
    features = np.stack(structure, axis=1)
    standardised = (features - features.mean(axis=0)) / features.std(axis=0)
    distance = np.linalg.norm(standardised - standardised[codes.index(code)], axis=1)
    nearest = sorted(range(len(codes)), key=lambda position: (distance[position], codes[position]))
    return [codes[position] for position in nearest if codes[position] != code][:count]
