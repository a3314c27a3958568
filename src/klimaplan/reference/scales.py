"""Published units and the canonical units they are read as; nothing else converts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from klimaplan.domain import units
from klimaplan.domain.units import Unit

PUBLISHED = {
    "Mt CO2e": (Decimal(1_000_000), units.TONNES),
    "%": (Decimal("0.01"), units.DIMENSIONLESS),
}
"""What publishers write → (how many canonical units one of it is, the canonical unit)."""

ONE = Decimal(1)


def scale(text: str) -> tuple[Decimal, Unit]:
    """The factor from a published unit to the canonical one; `UnitError` for a unit nobody has defined.

    >>> scale("Mt CO2e")
    (Decimal('1000000'), Unit('t CO2e'))
    >>> scale("inhabitant")
    (Decimal('1'), Unit('inhabitant'))
    """
    return PUBLISHED.get(text) or (ONE, units.unit(text))


def canonical(cells: Sequence[str], published: Sequence[str]) -> tuple[list[float], Unit]:
    """Values in their canonical unit; `UnitError` when the rows do not share one.

    >>> canonical(["42.18", "2"], ["Mt CO2e", "t CO2e"])
    ([42180000.0, 2.0], Unit('t CO2e'))
    """
    scales = {text: scale(text) for text in dict.fromkeys(published)}
    unit, *others = (unit for _, unit in scales.values())
    for other in others:
        units.require_same(unit, other)
    factors = (scales[text][0] for text in published)
    # decimal arithmetic: 42.18 Mt is exactly 42,180,000 t
    return [
        float(cell) if factor is ONE else float(Decimal(cell) * factor)
        for cell, factor in zip(cells, factors, strict=True)
    ], unit
