"""What moved between two editions of the account: new data, or the publisher counting in another way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain.inventory.account import Account
from klimaplan.domain.series import Series

SAME_T = 0.05
"""Figures are published with one decimal: a smaller difference is no movement, in t CO2e."""


class Cause(StrEnum):
    """Why a figure moved."""

    NEW_DATA = "new_data"
    METHOD_CHANGE = "method_change"


@dataclass(frozen=True, slots=True)
class Movement:
    """One figure that is not what it was, t CO2e; `old` is None for a new figure, `new` for one that was withdrawn."""

    municipality: str
    sector: str
    year: int
    old: float | None
    new: float | None
    cause: Cause

    @property
    def change(self) -> float | None:
        """New minus old; None where one of them does not exist, because nothing is not zero."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True)
class Recalculation:
    """Everything that moved, in order of municipality, sector and year."""

    movements: tuple[Movement, ...]

    @property
    def changed(self) -> tuple[Movement, ...]:
        """Figures in both editions with different values."""
        return tuple(each for each in self.movements if each.change is not None)

    @property
    def added(self) -> tuple[Movement, ...]:
        """Figures that the older edition did not have."""
        return tuple(each for each in self.movements if each.old is None)

    @property
    def withdrawn(self) -> tuple[Movement, ...]:
        """Figures that the newer edition no longer has."""
        return tuple(each for each in self.movements if each.new is None)

    def change_by(self, axis: str, cause: Cause | None = None) -> dict[str | int, float]:
        """Summed change by ``"municipality"``, ``"sector"`` or ``"year"``, of figures in both editions.

        Of one cause, or of both together; the two causes add up to the whole, whatever the axis.
        """
        sums: dict[str | int, float] = {}
        for each in self.changed:
            if each.change is not None and cause in {None, each.cause}:
                label = getattr(each, axis)
                sums[label] = sums.get(label, 0.0) + each.change
        return sums


def compare(old: Account, new: Account) -> Recalculation:
    """Hold a newer edition against an older one, figure by figure.

    A figure that was not there before is new data. A figure that changed is a method change when the two editions
    have different method versions, else new data (a correction). A figure that is gone is named as withdrawn.

    Examples
    --------
    ``compare(account, account).movements`` is empty.
    """
    changed_method = old.emissions.provenance.version != new.emissions.provenance.version
    if_changed = Cause.METHOD_CHANGE if changed_method else Cause.NEW_DATA
    before, after = dict(_figures(old.emissions)), dict(_figures(new.emissions))
    movements = []
    for place in sorted(before.keys() | after.keys()):
        was, is_now = before.get(place), after.get(place)
        if was is not None and is_now is not None:
            if abs(is_now - was) >= SAME_T:
                movements.append(Movement(*place, was, is_now, if_changed))
        elif is_now is not None:
            movements.append(Movement(*place, None, is_now, Cause.NEW_DATA))
        elif was is not None:
            movements.append(Movement(*place, was, None, if_changed))
    return Recalculation(tuple(movements))


def _figures(emissions: Series) -> Iterator[tuple[tuple[str, str, int], float]]:
    codes, sectors, years = (axis.labels for axis in emissions.axes)
    for code, rows in zip(codes, emissions.values.tolist(), strict=True):
        for sector, values in zip(sectors, rows, strict=True):
            for year, value in zip(years, values, strict=True):
                if (code, sector, year) not in emissions.missing:
                    yield (str(code), str(sector), int(str(year))), value
