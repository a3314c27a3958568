"""The national inventory and projection, and how the sectors of the account follow it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.projection.national import Fallback, NationalProjection, SectorMapping
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.reference import tables
from klimaplan.reference.scales import canonical

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the national projection that no municipality follows, and why."""

    national_sector: str
    reason: Text


@cache
def national_projection(edition: str = "kf25") -> NationalProjection:
    """The national inventory and projection in t CO2e, with its mapping to the sectors of the account.

    >>> national_projection().total.at(1990)
    79180000.0
    """
    columns = tables.columns(f"projection/{edition}")
    held = tables.edition(f"projection/{edition}")
    years = [int(year) for year in columns["year"]]
    last_observed = max(year for year, kind in zip(years, columns["kind"], strict=True) if kind == Kind.OBSERVED)
    seen = Provenance(
        edition, held.method_version, Kind.PROJECTED, held.retrieved, held.gwp, None,
        (f"inventory to {last_observed}, projection after",),
    )  # fmt: skip
    quantities, unit = canonical(columns["value"], columns["unit"])
    found: dict[str, dict[Hashable, float]] = {}
    for sector, year, tonnes in zip(columns["sector"], years, quantities, strict=True):
        found.setdefault(sector, {})[year] = tonnes
    span = axes.years(min(years), max(years))
    # a year without a row stays NaN, which Series refuses
    series = {
        sector: Series(np.array([by_year.get(year, np.nan) for year in span.labels]), (span,), unit, seen)
        for sector, by_year in found.items()
    }
    total = series.pop(TOTAL)
    return NationalProjection(held.method_version, last_observed, series, total, mapping(edition))


@cache
def mapping(edition: str = "kf25") -> Mapping[Sector, SectorMapping]:
    """How every sector of the account follows the national sectors."""
    return {
        Sector(row["sector"]): SectorMapping(
            sector=Sector(row["sector"]),
            national_sectors=tuple(row["national_sectors"].split("+")),
            fallback=Fallback(row["fallback"]),
            follows_population=row["follows_population"] == "true",
            note=Text(row["note_da"], row["note_en"]),
        )
        for row in tables.rows(f"projection/{edition}-mapping")
    }


@cache
def left_out(edition: str = "kf25") -> tuple[LeftOut, ...]:
    """What of the national projection is not carried to the municipalities.

    >>> [row.national_sector for row in left_out()]
    ['ccs', 'correction']
    """
    return tuple(
        LeftOut(row["national_sector"], Text(row["reason_da"], row["reason_en"]))
        for row in tables.rows(f"projection/{edition}-left-out")
    )
