"""Units as exponents of named dimensions; CO2e is its own dimension, so gases cannot be added by accident.

Kernels work in the canonical units below. Conversion from other units belongs at the border (file, API).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from klimaplan.domain.errors import Finding, Text, UnitError

DIMENSIONS = ("t CO2e", "inhabitant", "km2", "TJ")
"""Canonical base units: tonnes of CO2 equivalent, inhabitants, square kilometres, terajoules."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of base units.

    >>> TONNES / INHABITANTS
    Unit('t CO2e/inhabitant')
    >>> (TONNES / INHABITANTS) * INHABITANTS == TONNES
    True
    """

    exponents: tuple[tuple[str, int], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        return _combine(self, other, sign=1)

    def __truediv__(self, other: Unit) -> Unit:
        return _combine(self, other, sign=-1)

    def __str__(self) -> str:
        over = "·".join(name for name, power in self.exponents for _ in range(power))
        under = "·".join(name for name, power in self.exponents for _ in range(-power))
        return (over or "1") + (f"/{under}" if under else "")

    def __repr__(self) -> str:
        return f"Unit('{self}')"


def _combine(left: Unit, right: Unit, *, sign: int) -> Unit:
    powers: Counter[str] = Counter(dict(left.exponents))
    for name, power in right.exponents:
        powers[name] += sign * power
    return Unit(tuple((name, powers[name]) for name in DIMENSIONS if powers[name]))


def unit(text: str) -> Unit:
    """Read a canonical unit; anything else raises `UnitError` rather than being guessed.

    >>> unit("t CO2e/inhabitant") == TONNES / INHABITANTS
    True
    >>> unit("kt")
    Traceback (most recent call last):
    klimaplan.domain.errors.UnitError: kt: The unit is unknown. Use one of 1, t CO2e, inhabitant, km2, TJ.
    """
    over, _, under = text.partition("/")
    result = DIMENSIONLESS
    for part in over.split("·"):
        result = result * _base(part.strip(), text)
    for part in filter(None, under.split("·")):
        result = result / _base(part.strip(), text)
    return result


def _base(name: str, whole: str) -> Unit:
    if name == "1":
        return DIMENSIONLESS
    if name not in DIMENSIONS:
        known = ", ".join(("1", *DIMENSIONS))
        raise UnitError(Finding(
            "unknown-unit", whole,
            Text("Enheden er ukendt.", "The unit is unknown."),
            Text("", ""),
            Text(f"Brug en af {known}.", f"Use one of {known}."),
        ))  # fmt: skip
    return Unit(((name, 1),))


def require_same(left: Unit, right: Unit) -> None:
    """Raise `UnitError` unless both units are equal."""
    if left != right:
        raise UnitError(Finding(
            "units-differ", f"{left} / {right}",
            Text(f"{left} kan ikke lægges sammen med {right}.", f"{left} cannot be added to {right}."),
            Text("", ""),
            Text("Omregn først.", "Convert first."),
        ))  # fmt: skip


DIMENSIONLESS = Unit()
TONNES = Unit((("t CO2e", 1),))
INHABITANTS = Unit((("inhabitant", 1),))
SQUARE_KILOMETRES = Unit((("km2", 1),))
TERAJOULES = Unit((("TJ", 1),))
