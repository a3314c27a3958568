"""Classes of a map: five by quantile, negative values apart, missing values nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

CLASS_COUNT = 5


@dataclass(frozen=True, slots=True)
class Classes:
    """The borders of a map's classes and the class of every place.

    Parameters
    ----------
    borders : the inner borders, rising; class i holds values from border i−1 up to, not including, border i
    members : place → class; 0 is the lowest; −1 negative; None missing
    """

    borders: tuple[float, ...]
    members: Mapping[str, int | None]


NEGATIVE = -1


def quantile_classes(values: Mapping[str, float | None], *, count: int = CLASS_COUNT) -> Classes:
    """Sequential classes with about equally many places in each; negative totals get a class of their own.

    >>> quantile_classes({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "e": -5.0, "f": None}, count=2)
    Classes(borders=(2.5,), members={'a': 0, 'b': 0, 'c': 1, 'd': 1, 'e': -1, 'f': None})
    """
    emitting = [value for value in values.values() if value is not None and value >= 0.0]
    borders = _borders(emitting, count)
    return Classes(
        borders,
        {
            place: None if value is None else NEGATIVE if value < 0.0 else _class_of(value, borders)
            for place, value in values.items()
        },
    )


def diverging_classes(values: Mapping[str, float | None]) -> Classes:
    """Classes around a meaningful zero (change, gap): falling in two halves by median, then rising in two.

    >>> diverging_classes({"a": -4.0, "b": -1.0, "c": 2.0, "d": 8.0}).borders
    (-2.5, 0.0, 5.0)
    """
    known = [value for value in values.values() if value is not None]
    below = _borders([value for value in known if value < 0.0], 2)
    above = _borders([value for value in known if value >= 0.0], 2)
    borders = (*below, 0.0, *above)
    return Classes(
        borders, {place: None if value is None else _class_of(value, borders) for place, value in values.items()}
    )


def _borders(values: Sequence[float], count: int) -> tuple[float, ...]:
    if not values:
        return ()
    cuts = np.quantile(values, np.arange(1, count) / count)
    # equal quantiles would make classes nobody can be in
    return tuple(float(cut) for cut in np.unique(cuts) if cut > min(values))


def _class_of(value: float, borders: Sequence[float]) -> int:
    return int(np.searchsorted(borders, value, side="right"))
