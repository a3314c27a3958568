"""Small made-up accounts and projections: few enough figures to be added in the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import SECTORS, Account, Sector
from klimaplan.domain.projection.national import Fallback, NationalProjection, SectorMapping
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import NotationKey, Place, Series
from klimaplan.domain.units import Unit

SEEN = Provenance("made-up", "1", Kind.OBSERVED, gwp="AR5")

Figures = Mapping[str, Sequence[Sequence[float]]]
"""Municipality → sector in the order of `Sector` → year."""


def codes(*names: str) -> Axis:
    return Axis(axes.MUNICIPALITY, names)


def by_year(values: Sequence[float], *, first: int = 2020, unit: Unit = units.TONNES) -> Series:
    return Series(np.array(values, dtype=float), (axes.years(first, first + len(values) - 1),), unit, SEEN)


def by_sector(rows: Sequence[Sequence[float]], *, first: int = 2023) -> Series:
    """(sector, year) in the order of `Sector`."""
    span = axes.years(first, first + len(rows[0]) - 1)
    return Series(np.array(rows, dtype=float), (SECTORS, span), units.TONNES, SEEN)


def emissions(figures: Figures, *, first: int = 2020, missing: Mapping[Place, NotationKey] | None = None) -> Series:
    values = np.array(list(figures.values()), dtype=float)
    span = axes.years(first, first + values.shape[2] - 1)
    return Series(values, (codes(*figures), SECTORS, span), units.TONNES, SEEN, missing or {})


def people(
    figures: Mapping[str, Sequence[float]], *, first: int = 2020, missing: Mapping[Place, NotationKey] | None = None
) -> Series:
    values = np.array(list(figures.values()), dtype=float)
    span = axes.years(first, first + values.shape[1] - 1)
    return Series(values, (codes(*figures), span), units.INHABITANTS, SEEN, missing or {})


def account(
    figures: Figures,
    population: Mapping[str, Sequence[float]],
    *,
    first: int = 2020,
    missing: Mapping[Place, NotationKey] | None = None,
) -> Account:
    """An account whose published total is the sum of its sectors; absent where one of them is."""
    sectors = emissions(figures, first=first, missing=missing)
    holes = {(code, year): key for (code, _, year), key in sectors.missing.items()}
    total = Series(sectors.values.sum(axis=1), (sectors.axes[0], sectors.axes[2]), units.TONNES, SEEN, holes)
    return Account(sectors, total, people(population, first=first))


def projection(
    figures: Mapping[Sector, Sequence[float]],
    *,
    first: int,
    fallback: Fallback = Fallback.PER_HEAD,
    follows_population: bool = True,
) -> NationalProjection:
    """A projection with one national series per sector, named as the sector."""
    series = {str(sector): by_year(values, first=first) for sector, values in figures.items()}
    total = by_year(np.sum(list(figures.values()), axis=0).tolist(), first=first)
    mapping = {
        sector: SectorMapping(sector, (str(sector),), fallback, follows_population, Text("", "")) for sector in Sector
    }
    return NationalProjection("MADE-UP", first, series, total, mapping)
