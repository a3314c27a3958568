"""The ranges that a 2030 target is held against, sector by sector, as the guide for certification gives them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from klimaplan.domain.pathway.interval import Bounds, IntervalSector
from klimaplan.reference import tables
from klimaplan.reference.bibliography import Source, bibliography

NAME = "assessment/sector-intervals"


@cache
def sector_intervals() -> Mapping[IntervalSector, Bounds]:
    """Reduction from 2019 to 2030 of every sector, as shares of 2019.

    Read through an extract and not in the original: unofficial wherever it shows, as `interval_source` says.

    >>> sector_intervals()[IntervalSector.TRANSPORT]
    Bounds(low=0.3, mid=0.33, high=0.36)
    """
    return {
        IntervalSector(row["sector"]): Bounds(*(float(row[end]) / 100.0 for end in ("low_pct", "mid_pct", "high_pct")))
        for row in tables.rows(NAME)
    }


@cache
def interval_source() -> Source:
    """Where the ranges stand, with the reservation to be shown beside them."""
    [key] = set(tables.columns(NAME)["source"])
    return bibliography()[key]
