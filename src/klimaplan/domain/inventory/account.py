"""The account: published emissions of every municipality, by sector and year, and the checks it must pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Severity, Text, comma
from klimaplan.domain.series import Series

ROUNDING_T = 1.0
"""The published figures are rounded: sectors and total may differ by up to this, in t CO2e."""

NEAR_ZERO_T_PER_HEAD = 0.01
"""Below this many t CO2e per inhabitant a sector is near zero: 10 kg, a thousandth of the national level in 2018."""


class Sector(StrEnum):
    """The five sectors in which the account is published.

    Agriculture is net of land use (forest and soil) and may be negative; so may the total.
    """

    ENERGY = "energy"
    TRANSPORT = "transport"
    AGRICULTURE = "agriculture"
    WASTE = "waste"
    PROCESSES = "processes"


SECTORS = axes.Axis(axes.SECTOR, tuple(str(sector) for sector in Sector))


@dataclass(frozen=True)
class Account:
    """One edition of the account.

    Parameters
    ----------
    emissions : Series (municipality, sector, year), t CO2e, observed
    published_total : Series (municipality, year), t CO2e, as the publisher gives it
    population : Series (municipality, year), inhabitants, the population behind the published per-head figures

    Raises
    ------
    AxisError : the three do not share municipalities and years, or the sectors are not those of `Sector`, in order
    """

    emissions: Series
    published_total: Series
    population: Series

    def __post_init__(self) -> None:
        codes, span = self.emissions.axis(axes.MUNICIPALITY), self.emissions.axis(axes.YEAR)
        axes.require_same(self.emissions.axes, (codes, SECTORS, span))
        axes.require_same(self.published_total.axes, (codes, span))
        axes.require_same(self.population.axes, (codes, span))

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(str(label) for label in self.emissions.axis(axes.MUNICIPALITY).labels)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(str(label)) for label in self.emissions.axis(axes.YEAR).labels)

    @property
    def last_year(self) -> int:
        return self.years[-1]

    @property
    def is_complete(self) -> bool:
        """Whether every figure is there; only then do sums over municipalities exist."""
        return not (self.emissions.missing or self.published_total.missing or self.population.missing)


def total(emissions: Series) -> Series:
    """Sum over sectors: (municipality, sector, year) → (municipality, year). Negative sectors count as they stand."""
    return emissions.sum(axes.SECTOR)


def national(emissions: Series) -> Series:
    """Sum over municipalities; `CoverageError` names every municipality that is missing."""
    return emissions.sum(axes.MUNICIPALITY)


def of_group(emissions: Series, codes: Iterable[str]) -> Series:
    """Sum over the municipalities of a group (region, DGO, type)."""
    return emissions.take(axes.MUNICIPALITY, tuple(codes)).sum(axes.MUNICIPALITY)


def check(account: Account) -> tuple[Finding, ...]:
    """Findings on the account itself: the sectors must add up to the published total within rounding.

    A year with a missing figure has nothing to compare and passes; its reader has named it.
    """
    sums = account.emissions.values.sum(axis=1)
    published = account.published_total.values
    findings = []
    off = np.abs(sums - published) > ROUNDING_T
    for row, column in zip(*np.nonzero(off), strict=True):
        place = f"{account.codes[row]}/{account.years[column]}"
        findings.append(_total_differs(place, float(sums[row, column]), float(published[row, column])))
    return tuple(findings)


def _total_differs(place: str, summed: float, published: float) -> Finding:
    return Finding(
        "total-differs-from-sectors", place,
        Text(f"Sektorerne giver {comma(summed, '.1f')} t, men Samlet er {comma(published, '.1f')} t.",
             f"The sectors add up to {summed:.1f} t, but the total is {published:.1f} t."),
        Text("Så er mindst ét af tallene læst eller leveret forkert.",
             "So at least one of the figures was read or delivered wrongly."),
        Text("Hent kommunens tal igen, eller ret filen.", "Fetch the municipality again, or correct the file."),
        Severity.ERROR,
    )  # fmt: skip


def fingerprint(account: Account) -> str:
    """SHA-256 of the content: source, method version and every figure; not the day it was fetched.

    Two downloads of the same figures have the same fingerprint, whatever the order they came in.
    """
    digest = hashlib.sha256()
    seen = account.emissions.provenance
    digest.update(f"{seen.source}\n{seen.version}\n{seen.gwp}\n".encode())
    for series in (account.emissions, account.published_total, account.population):
        for axis in series.axes:
            digest.update(f"{axis.name}:{','.join(map(str, axis.labels))}\n".encode())
        for place in sorted(series.missing, key=str):
            digest.update(f"{'/'.join(map(str, place))}={series.missing[place]}\n".encode())
        # adding zero makes −0.0 the 0.0 that it is
        digest.update((np.where(np.isfinite(series.values), series.values, 0.0) + 0.0).tobytes())
    return digest.hexdigest()
