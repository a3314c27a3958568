"""The one shape of data: a float64 array with named axes, a unit and provenance.

Missing is a state with a reason, never a number.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from klimaplan.domain import axes as axes_
from klimaplan.domain import units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import AxisError, CoverageError, Finding, Text
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.units import Unit

if TYPE_CHECKING:  # both are slow to import and only needed on the way out
    import pandas as pd
    import xarray as xr

Floats = npt.NDArray[np.float64]
Place = tuple[Hashable, ...]


class NotationKey(StrEnum):
    """Why a value is absent (GPC and IPCC notation keys)."""

    NOT_OCCURRING = "NO"
    NOT_ESTIMATED = "NE"
    INCLUDED_ELSEWHERE = "IE"
    CONFIDENTIAL = "C"


@dataclass(frozen=True, eq=False)
class Series:
    """Numbers that know what they are.

    Parameters
    ----------
    values : float64, one dimension per axis; made read-only
    axes : the dimensions in order
    unit : canonical unit of every value
    provenance : source, version, kind and steps
    missing : label tuple → notation key for every absent value; exactly the places where `values` is NaN

    Raises
    ------
    AxisError : shape and axes disagree
    CoverageError : a NaN without a notation key, or a notation key on a number

    Examples
    --------
    >>> from klimaplan.domain.axes import years
    >>> from klimaplan.domain.provenance import Kind
    >>> seen = Provenance("example", "1", Kind.OBSERVED)
    >>> heat = Series([3.0, 4.0], (years(2022, 2023),), units.TONNES, seen)
    >>> (heat + heat).at(2023)
    8.0
    >>> Series([3.0, float("nan")], (years(2022, 2023),), units.TONNES, seen)
    Traceback (most recent call last):
    klimaplan.domain.errors.CoverageError: 2023: The value is missing without a reason. ...
    """

    values: Floats
    axes: tuple[Axis, ...]
    unit: Unit
    provenance: Provenance
    missing: Mapping[Place, NotationKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        values = np.array(self.values, dtype=np.float64)
        values.flags.writeable = False
        object.__setattr__(self, "values", values)
        if values.shape != tuple(len(axis) for axis in self.axes):
            expected = " × ".join(f"{axis.name} {len(axis)}" for axis in self.axes)
            raise AxisError(Finding(
                "shape-differs", "series",
                Text(f"Tallene har form {values.shape}, akserne {expected}.",
                     f"The values have shape {values.shape}, the axes {expected}."),
                Text("", ""),
                Text("Giv et tal for hvert mærke.", "Give one value per label."),
            ))  # fmt: skip
        self._check_missing()

    def _check_missing(self) -> None:
        finite = np.isfinite(self.values)
        if not self.missing and finite.all():
            return
        absent = {self._place(index) for index in zip(*np.nonzero(~finite), strict=True)}
        unexplained = sorted(absent - set(self.missing), key=str)
        if unexplained:
            raise CoverageError([_unexplained(place) for place in unexplained])
        if contradicted := sorted(set(self.missing) - absent, key=str):
            raise CoverageError([_contradicted(place) for place in contradicted])

    def _place(self, index: Sequence[int]) -> Place:
        return tuple(axis.labels[position] for axis, position in zip(self.axes, index, strict=True))

    # -- reading ---------------------------------------------------------------------------------------------

    def axis(self, name: str) -> Axis:
        """The axis of that name; `AxisError` if the series has none."""
        return self.axes[self._dimension(name)]

    def at(self, *labels: Hashable) -> float:
        """One value by its labels, one label per axis; `CoverageError` if it is missing."""
        if tuple(labels) in self.missing:
            raise CoverageError(_needed(tuple(labels), self.missing[tuple(labels)]))
        return float(self.values[tuple(axis.position(x) for axis, x in zip(self.axes, labels, strict=True))])

    def select(self, **labels: Hashable) -> Series:
        """Fix one label on each named axis; those axes disappear."""
        index: list[slice | int] = [slice(None)] * len(self.axes)
        for name, label in labels.items():
            dimension = self._dimension(name)
            index[dimension] = self.axes[dimension].position(label)
        kept = tuple(axis for axis in self.axes if axis.name not in labels)
        fixed = {self._dimension(name): label for name, label in labels.items()}
        missing = {
            tuple(label for position, label in enumerate(place) if position not in fixed): key
            for place, key in self.missing.items()
            if all(place[position] == label for position, label in fixed.items())
        }
        return Series(self.values[tuple(index)], kept, self.unit, self.provenance, missing)

    def take(self, name: str, labels: Sequence[Hashable]) -> Series:
        """Keep some labels of one axis, in the order given."""
        dimension = self._dimension(name)
        if tuple(labels) == self.axes[dimension].labels:
            return self
        positions = [self.axes[dimension].position(label) for label in labels]
        kept = tuple(Axis(name, tuple(labels)) if axis.name == name else axis for axis in self.axes)
        wanted = set(labels)
        missing = {place: key for place, key in self.missing.items() if place[dimension] in wanted}
        values = np.take(self.values, positions, axis=dimension)
        return Series(values, kept, self.unit, self.provenance, missing)

    # -- arithmetic ------------------------------------------------------------------------------------------

    def __add__(self, other: Series) -> Series:
        return self._add(other, np.add)

    def __sub__(self, other: Series) -> Series:
        return self._add(other, np.subtract)

    def per(self, other: Series) -> Series:
        """Element-wise quotient, e.g. tonnes per inhabitant; an absent side gives an absent quotient.

        Raises `CoverageError` where the divisor is zero: such a quotient has no value.
        """
        axes_.require_same(self.axes, other.axes)
        if zeros := [other._place(index) for index in zip(*np.nonzero(other.values == 0.0), strict=True)]:
            raise CoverageError([_divided_by_zero(place) for place in zeros])
        missing = {**other.missing, **self.missing}
        quotient = self.values / other.values
        return Series(quotient, self.axes, self.unit / other.unit, self.provenance, missing)

    def sum(self, name: str) -> Series:
        """Collapse one axis by addition; `CoverageError` if any value is missing: no silent partial sums."""
        if self.missing:
            raise CoverageError([_needed(place, key) for place, key in self.missing.items()])
        dimension = self._dimension(name)
        kept = tuple(axis for axis in self.axes if axis.name != name)
        return Series(self.values.sum(axis=dimension), kept, self.unit, self.provenance)

    def _add(self, other: Series, combine: Callable[[Floats, Floats], Floats]) -> Series:
        axes_.require_same(self.axes, other.axes)
        units.require_same(self.unit, other.unit)
        missing = {**other.missing, **self.missing}
        return Series(combine(self.values, other.values), self.axes, self.unit, self.provenance, missing)

    def explained(self, step: str, *, kind: Kind, method: str) -> Series:
        """The same numbers, with one more step in their provenance."""
        return replace(self, provenance=self.provenance.after(step, kind=kind, method=method))

    def _dimension(self, name: str) -> int:
        for position, axis in enumerate(self.axes):
            if axis.name == name:
                return position
        held = ", ".join(axis.name for axis in self.axes)
        raise AxisError(Finding(
            "axis-absent", name,
            Text("Serien har ikke denne akse.", "The series has no such axis."),
            Text("", ""),
            Text(f"Den har: {held}.", f"It has: {held}."),
        ))  # fmt: skip

    # -- on the way out --------------------------------------------------------------------------------------

    def to_xarray(self) -> xr.DataArray:
        """The same numbers as `xarray.DataArray`, unit and provenance as attributes; absent values as NaN."""
        import xarray as xr

        return xr.DataArray(
            self.values.copy(),
            dims=[axis.name for axis in self.axes],
            coords={axis.name: list(axis.labels) for axis in self.axes},
            attrs={"unit": str(self.unit), **self.provenance.as_record()},
        )

    def to_pandas(self) -> pd.Series[float]:
        """The same numbers as a `pandas.Series` indexed by the axes; absent values as NaN."""
        import pandas as pd

        index = pd.MultiIndex.from_product([axis.labels for axis in self.axes], names=[axis.name for axis in self.axes])
        return pd.Series(self.values.ravel().copy(), index=index, name=str(self.unit))


def absent(values: Floats, axes: Sequence[Axis], key: NotationKey) -> dict[Place, NotationKey]:
    """The places of an array that hold no number, all for the same reason.

    >>> absent(np.array([1.0, np.nan]), (Axis("year", (2022, 2023)),), NotationKey.NOT_ESTIMATED)
    {(2023,): <NotationKey.NOT_ESTIMATED: 'NE'>}
    """
    holes = zip(*np.nonzero(~np.isfinite(values)), strict=True)
    return {tuple(axis.labels[at] for axis, at in zip(axes, index, strict=True)): key for index in holes}


def _unexplained(place: Place) -> Finding:
    return Finding(
        "missing-without-reason", _show(place),
        Text("Værdien mangler uden grund.", "The value is missing without a reason."),
        Text("", ""),
        Text("Angiv en notationsnøgle (NO, NE, IE, C).", "Give a notation key (NO, NE, IE, C)."),
    )  # fmt: skip


def _contradicted(place: Place) -> Finding:
    return Finding(
        "notation-key-on-number", _show(place),
        Text("Der er både et tal og en notationsnøgle.", "There is both a number and a notation key."),
        Text("", ""),
        Text("Behold én af dem.", "Keep one of them."),
    )  # fmt: skip


def _divided_by_zero(place: Place) -> Finding:
    return Finding(
        "divided-by-zero", _show(place),
        Text("Der divideres med nul.", "The divisor is zero."),
        Text("Så har tallet ingen værdi.", "So the figure has no value."),
        Text("Ret nævneren, eller angiv, at den mangler.", "Correct the divisor, or say that it is missing."),
    )  # fmt: skip


def _needed(place: Place, key: NotationKey) -> Finding:
    return Finding(
        "value-missing", _show(place),
        Text(f"Værdien mangler ({key}).", f"The value is missing ({key})."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Udfyld den, eller vælg den fra.", "Fill it in, or leave it out on purpose."),
    )  # fmt: skip


def _show(place: Place) -> str:
    return "/".join(map(str, place))
