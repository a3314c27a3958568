"""The reference tables as objects: the one door to them. Every function reads files that come with the program.

>>> find_municipality("Århus").code, account().last_year, len(municipal_targets()) > 98
('751', 2023, True)
"""

from __future__ import annotations

from klimaplan.reference.accounts import SectorLabel, account, renewable_ratio, sectors
from klimaplan.reference.bibliography import Source, bibliography
from klimaplan.reference.geography import find_municipality, groups, memberships, municipalities
from klimaplan.reference.glossary import Term, glossary
from klimaplan.reference.intervals import interval_source, sector_intervals
from klimaplan.reference.library_tables import (
    Indicator,
    co_benefits,
    effect_factors,
    forest_uptake,
    indicators,
    measure,
    measures,
)
from klimaplan.reference.measures import Factor, Measure
from klimaplan.reference.perspectives import KnownPerspective, perspectives
from klimaplan.reference.price_paths import co2_price_path
from klimaplan.reference.projections import LeftOut, left_out, national_projection
from klimaplan.reference.published import (
    Headline,
    PublishedTarget,
    TypeAverage,
    headlines,
    municipal_targets,
    national_targets,
    type_averages,
)
from klimaplan.reference.stream_tables import Carrier, CodeLeftOut, carriers, national_streams, streams_left_out
from klimaplan.reference.supply_tables import SupplyFactor, supply, supply_factors
from klimaplan.reference.validation import METHOD_PAGES, validate_all

__all__ = [
    "METHOD_PAGES",
    "Carrier",
    "CodeLeftOut",
    "Factor",
    "Headline",
    "Indicator",
    "KnownPerspective",
    "LeftOut",
    "Measure",
    "PublishedTarget",
    "SectorLabel",
    "Source",
    "SupplyFactor",
    "Term",
    "TypeAverage",
    "account",
    "bibliography",
    "carriers",
    "co2_price_path",
    "co_benefits",
    "effect_factors",
    "find_municipality",
    "forest_uptake",
    "glossary",
    "groups",
    "headlines",
    "indicators",
    "interval_source",
    "left_out",
    "measure",
    "measures",
    "memberships",
    "municipal_targets",
    "municipalities",
    "national_projection",
    "national_streams",
    "national_targets",
    "perspectives",
    "renewable_ratio",
    "sector_intervals",
    "sectors",
    "streams_left_out",
    "supply",
    "supply_factors",
    "type_averages",
    "validate_all",
]
