"""The national projection and how its sectors are read as the sectors of the municipal account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.series import Series


class Fallback(StrEnum):
    """What to do where an index has no meaning (see `projection.baseline`)."""

    PER_HEAD = "per_head"
    HELD = "held"


@dataclass(frozen=True)
class SectorMapping:
    """How one account sector follows the national projection: a row of reference data.

    Parameters
    ----------
    national_sectors : national series added up to form the index
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
    emissions : national sector code → Series (year), t CO2e; observed to `last_observed`, projected after
    total : Series (year), t CO2e
    population : Series (year), inhabitants
    mapping : account sector → how it follows
    """

    edition: str
    last_observed: int
    emissions: Mapping[str, Series]
    total: Series
    mapping: Mapping[Sector, SectorMapping]
