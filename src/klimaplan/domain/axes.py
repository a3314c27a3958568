"""Named axes: every array says what its dimensions are, and equal labels is a condition, not a hope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from klimaplan.domain.errors import AxisError, Finding, Text

MUNICIPALITY = "municipality"
ACTION = "action"
SECTOR = "sector"
STREAM = "stream"
GAS = "gas"
YEAR = "year"
DRAW = "draw"

NAMES = (MUNICIPALITY, ACTION, SECTOR, STREAM, GAS, YEAR, DRAW)
"""The axes the system knows, in their usual order."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension with a known name and unique labels.

    >>> Axis("year", (2022, 2023)).position(2023)
    1
    >>> Axis("year", (2022, 2022))
    Traceback (most recent call last):
    klimaplan.domain.errors.AxisError: year: The label 2022 stands twice. Keep one of them.
    """

    name: str
    labels: tuple[Hashable, ...]

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise AxisError(_finding(
                "unknown-axis", self.name,
                Text("Aksen er ukendt.", "The axis is unknown."),
                Text(f"Brug en af {', '.join(NAMES)}.", f"Use one of {', '.join(NAMES)}."),
            ))  # fmt: skip
        if len(set(self.labels)) < len(self.labels):
            label = next(label for label, count in Counter(self.labels).items() if count > 1)
            raise AxisError(_finding(
                "duplicate-label", self.name,
                Text(f"Mærket {label} står to gange.", f"The label {label} stands twice."),
                Text("Behold ét af dem.", "Keep one of them."),
            ))  # fmt: skip

    def __len__(self) -> int:
        return len(self.labels)

    def position(self, label: Hashable) -> int:
        """Where a label stands; `AxisError` names the axis and what it holds."""
        try:
            return self.labels.index(label)
        except ValueError:
            span = f"{self.labels[0]} … {self.labels[-1]}" if self.labels else "∅"
            raise AxisError(_finding(
                "label-not-on-axis", self.name,
                Text(f"{label} findes ikke.", f"{label} does not exist."),
                Text(f"Aksen går fra {span}.", f"The axis runs {span}."),
            )) from None  # fmt: skip


def years(first: int, last: int) -> Axis:
    """A year axis from `first` to `last`, both included.

    >>> years(2023, 2025).labels
    (2023, 2024, 2025)
    """
    return Axis(YEAR, tuple(range(first, last + 1)))


def require_same(left: Iterable[Axis], right: Iterable[Axis]) -> None:
    """Raise `AxisError` unless both sides carry identical names and labels."""
    left, right = tuple(left), tuple(right)
    if left == right:
        return
    for one, other in zip(left, right, strict=False):
        if one != other:
            raise AxisError(_finding(
                "axes-differ", one.name,
                Text(f"{_show(one)} mod {_show(other)}.", f"{_show(one)} against {_show(other)}."),
                Text("Vælg de fælles mærker først.", "Select the labels both sides share first."),
            ))  # fmt: skip
    raise AxisError(_finding(
        "axes-differ", "/".join(axis.name for axis in left),
        Text("Antallet af akser er forskelligt.", "The number of axes differs."),
        Text("Fold den ekstra akse sammen først.", "Collapse the extra axis first."),
    ))  # fmt: skip


def require_last(name: str, axes: Sequence[Axis]) -> None:
    """Raise `AxisError` unless the last axis has that name: what is computed along it would be nonsense.

    >>> require_last("year", (Axis("year", (2022, 2023)), Axis("sector", ("energy",))))
    Traceback (most recent call last):
    klimaplan.domain.errors.AxisError: year: The axis is not the last one. Put it last: sector, year.
    """
    if axes and axes[-1].name == name:
        return
    order = ", ".join([axis.name for axis in axes if axis.name != name] + [name])
    raise AxisError(_finding(
        "axis-not-last", name,
        Text("Aksen er ikke den sidste.", "The axis is not the last one."),
        Text(f"Sæt den sidst: {order}.", f"Put it last: {order}."),
    ))  # fmt: skip


def _show(axis: Axis) -> str:
    if len(axis) <= 4:
        return f"{axis.name} [{', '.join(map(str, axis.labels))}]"
    return f"{axis.name} [{axis.labels[0]} … {axis.labels[-1]}; {len(axis)}]"


def _finding(code: str, place: str, what: Text, remedy: Text) -> Finding:
    return Finding(code, place, what, Text("", ""), remedy)
