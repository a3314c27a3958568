"""The national projection and how its sectors are read as the sectors of the municipal account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Severity, Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.series import Series

CROSS_CHECK_TOLERANCE = 0.20
"""The sum of the municipalities may differ this much from the national inventory before it is reported.

The two differ by method (offshore energy, border trade, aviation, land use), so this is an alarm on the order of
magnitude, not a test of equality.
"""


class Fallback(StrEnum):
    """How a sector is projected where its national series cannot serve as an index (see `projection.baseline`)."""

    PER_HEAD = "per_head"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class SectorMapping:
    """How one account sector follows the national projection: a row of reference data.

    Parameters
    ----------
    national_sectors : codes of the national series that are added up
    fallback : used where the national value is near zero or changes sign
    follows_population : whether the local population driver applies
    note : what the mapping leaves out, shown on the page
    """

    sector: Sector
    national_sectors: tuple[str, ...]
    fallback: Fallback
    follows_population: bool
    note: Text


@dataclass(frozen=True)
class NationalProjection:
    """One edition of the national inventory and projection.

    Parameters
    ----------
    edition : e.g. ``"KF25"``
    last_observed : last year of the inventory; later years are projected
    emissions : national sector code → Series (year), t CO2e
    total : Series (year), t CO2e, with capture and statistical correction
    mapping : account sector → how it follows
    """

    edition: str
    last_observed: int
    emissions: Mapping[str, Series]
    total: Series
    mapping: Mapping[Sector, SectorMapping]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(str(label)) for label in self.total.axis(axes.YEAR).labels)

    def of_sector(self, sector: Sector) -> Series:
        """The national series that an account sector follows: (year), t CO2e."""
        codes = self.mapping[sector].national_sectors
        return reduce(Series.__add__, (self.emissions[code] for code in codes))


def change_pct(series: Series, *, year: int, base_year: int) -> float | None:
    """Change from base year to year in percent of the base year.

    None where the base year is zero or less: a percentage of that has no meaning. `CoverageError` if a year is missing.

    >>> from klimaplan.domain import axes, units
    >>> from klimaplan.domain.provenance import Kind, Provenance
    >>> seen = Provenance("example", "1", Kind.OBSERVED)
    >>> change_pct(Series([80.0, 20.0], (axes.years(2022, 2023),), units.TONNES, seen), year=2023, base_year=2022)
    -75.0
    """
    base, now = series.at(base_year), series.at(year)
    return (now / base - 1.0) * 100.0 if base > 0.0 else None


def cross_check(national_total: Series, projection: NationalProjection) -> tuple[Finding, ...]:
    """Hold the sum of the municipalities against the national inventory, year by year.

    Parameters
    ----------
    national_total : Series (year), t CO2e, the sum of all municipalities
    """
    findings = []
    for year in national_total.axis(axes.YEAR).labels:
        ratio = national_total.at(year) / projection.total.at(year)
        if not np.isclose(ratio, 1.0, rtol=0.0, atol=CROSS_CHECK_TOLERANCE):
            findings.append(_far_from_national(str(year), ratio, projection.edition))
    return tuple(findings)


def _far_from_national(year: str, ratio: float, edition: str) -> Finding:
    return Finding(
        "far-from-national-inventory", year,
        Text(f"Kommunernes sum er {ratio:.0%} af {edition}.",
             f"The municipalities add up to {ratio:.0%} of {edition}."),
        Text("Metoderne er forskellige, men ikke så meget.", "The methods differ, but not by that much."),
        Text("Se efter manglende kommuner, dobbelte rækker eller en forkert enhed.",
             "Look for missing municipalities, duplicate rows or a wrong unit."),
        Severity.WARNING,
    )  # fmt: skip
