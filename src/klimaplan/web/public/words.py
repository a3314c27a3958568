"""The words for codes: sectors, measures, rules, kinds. One word per idea, in both languages through the catalogue."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from klimaplan.web.config.errors import language
from klimaplan.web.public.schema import Name

SECTORS = {
    "total": _("All sectors"),
    "energy": _("Energy"),
    "transport": _("Transport"),
    "agriculture": _("Agriculture and land"),
    "waste": _("Waste and wastewater"),
    "processes": _("Processes"),
}
MEASURES = {
    "per_head": _("Per inhabitant"),
    "total": _("Total"),
    "change": _("Change since 2018"),
    "gap": _("Gap to the target"),
}
TITLES = {
    "per_head": _("Emissions per inhabitant"),
    "total": _("Emissions"),
    "change": _("Change of emissions since 2018"),
    "gap": _("Gap to the target"),
}
"""What the map shows, as its heading says it."""
RULES = {
    "index": _("follows the national sector in percent"),
    "per_head": _("follows the national change per inhabitant"),
    "held": _("held at its last value"),
}
KINDS = {
    "observed": _("observed"),
    "estimated": _("estimated"),
    "calculated": _("calculated"),
    "expected": _("expected"),
    "projected": _("projected"),
}
METHODS = {
    "linear": _("Linear trend"),
    "exponential": _("Damped trend"),
    "conservative": _("Conservative trend"),
}
GROUP_KINDS = {
    "region": _("Regions"),
    "dgo": _("Advisory networks (DGO)"),
    "type": _("Types of municipality"),
}
GROUP_NOTES = {
    "region": _(
        "The regions as they are today. Region Hovedstaden and Region Sjælland become Region Østdanmark in 2027."
    ),
    "dgo": _("The geographic organisations advise the municipalities on their climate plans. They are no regions."),
    "type": _("The five groups of municipalities of Statistics Denmark: places of a similar size and position."),
}


def scope(key: str) -> str:
    """The sectors of a target: "All sectors", or the sectors by name."""
    return ", ".join(str(SECTORS[code]) for code in key.split("+"))


UNITS = {"per_head": _("t CO2e"), "total": _("t CO2e"), "change": "%", "gap": _("t CO2e")}
"""What stands under the heading of a column."""


def named(name: Name) -> str:
    """A name in the language of the page."""
    return name.en if language() == "en" else name.da
