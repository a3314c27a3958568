"""The reference tables as objects: the one door to them. Every function reads files that come with the program.

What most commands need is there at once; the rest is brought when it is asked for, so that a command that asks for the
account does not wait for the library of actions.

>>> from klimaplan.reference import load
>>> load.find_municipality("Århus").code, load.account().last_year, len(load.measures())
('751', 2023, 46)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from klimaplan.reference.accounts import SectorLabel, account, renewable_ratio, sectors
from klimaplan.reference.geography import find_municipality, groups, memberships, municipalities
from klimaplan.reference.projections import LeftOut, left_out, national_projection

if TYPE_CHECKING:
    from klimaplan.reference.bibliography import Source, bibliography
    from klimaplan.reference.criteria_sets import criteria_set, criteria_sets, set_in_force
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
    from klimaplan.reference.programme_tables import (
        Cohort,
        Milestone,
        Occasion,
        Phase,
        Statement,
        cohorts,
        first_plans,
        intakes,
        milestones,
        occasions,
        phases,
        statements,
    )
    from klimaplan.reference.published import (
        Headline,
        PublishedTarget,
        TypeAverage,
        headlines,
        landmark_years,
        municipal_targets,
        national_targets,
        type_averages,
    )
    from klimaplan.reference.stream_tables import Carrier, CodeLeftOut, carriers, national_streams, streams_left_out
    from klimaplan.reference.supply_tables import SupplyFactor, supply, supply_factors
    from klimaplan.reference.validation import METHOD_PAGES, validate_all

_BROUGHT_WHEN_ASKED_FOR = {
    "bibliography": (
        "Source",
        "bibliography",
    ),
    "criteria_sets": (
        "criteria_set",
        "criteria_sets",
        "set_in_force",
    ),
    "glossary": (
        "Term",
        "glossary",
    ),
    "intervals": (
        "interval_source",
        "sector_intervals",
    ),
    "library_tables": (
        "Indicator",
        "co_benefits",
        "effect_factors",
        "forest_uptake",
        "indicators",
        "measure",
        "measures",
    ),
    "measures": (
        "Factor",
        "Measure",
    ),
    "perspectives": (
        "KnownPerspective",
        "perspectives",
    ),
    "price_paths": ("co2_price_path",),
    "programme_tables": (
        "Cohort",
        "Milestone",
        "Occasion",
        "Occasion",
        "Phase",
        "Statement",
        "cohorts",
        "first_plans",
        "intakes",
        "milestones",
        "occasions",
        "phases",
        "statements",
    ),
    "published": (
        "Headline",
        "PublishedTarget",
        "TypeAverage",
        "headlines",
        "landmark_years",
        "municipal_targets",
        "national_targets",
        "type_averages",
    ),
    "stream_tables": (
        "Carrier",
        "CodeLeftOut",
        "carriers",
        "national_streams",
        "streams_left_out",
    ),
    "supply_tables": (
        "SupplyFactor",
        "supply",
        "supply_factors",
    ),
    "validation": (
        "METHOD_PAGES",
        "validate_all",
    ),
}
"""Module → the names it brings."""

_MODULE_OF = {name: module for module, names in _BROUGHT_WHEN_ASKED_FOR.items() for name in names}

__all__ = [
    "METHOD_PAGES",
    "Carrier",
    "CodeLeftOut",
    "Cohort",
    "Factor",
    "Headline",
    "Indicator",
    "KnownPerspective",
    "LeftOut",
    "Measure",
    "Milestone",
    "Occasion",
    "Phase",
    "PublishedTarget",
    "SectorLabel",
    "Source",
    "Statement",
    "SupplyFactor",
    "Term",
    "TypeAverage",
    "account",
    "bibliography",
    "carriers",
    "co2_price_path",
    "co_benefits",
    "cohorts",
    "criteria_set",
    "criteria_sets",
    "effect_factors",
    "find_municipality",
    "first_plans",
    "forest_uptake",
    "glossary",
    "groups",
    "headlines",
    "indicators",
    "intakes",
    "interval_source",
    "landmark_years",
    "left_out",
    "measure",
    "measures",
    "memberships",
    "milestones",
    "municipal_targets",
    "municipalities",
    "national_projection",
    "national_streams",
    "national_targets",
    "occasions",
    "perspectives",
    "phases",
    "renewable_ratio",
    "sector_intervals",
    "sectors",
    "set_in_force",
    "statements",
    "streams_left_out",
    "supply",
    "supply_factors",
    "type_averages",
    "validate_all",
]


def __getattr__(name: str) -> Any:
    if module := _MODULE_OF.get(name):
        return getattr(import_module(f"klimaplan.reference.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
