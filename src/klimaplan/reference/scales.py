"""Published units and the canonical units they are read as; nothing else converts."""

from __future__ import annotations

from klimaplan.domain import units
from klimaplan.domain.units import Unit

PUBLISHED = {
    "Mt CO2e": (1e6, units.TONNES),
    "%": (0.01, units.DIMENSIONLESS),
}
"""What publishers write → (how many canonical units one of it is, the canonical unit)."""


def scale(text: str) -> tuple[float, Unit]:
    """The factor from a published unit to the canonical one; `UnitError` for a unit nobody has defined.

    >>> scale("Mt CO2e")
    (1000000.0, Unit('t CO2e'))
    >>> scale("inhabitant")
    (1.0, Unit('inhabitant'))
    """
    return PUBLISHED.get(text) or (1.0, units.unit(text))
