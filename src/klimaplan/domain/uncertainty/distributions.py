"""What may be said of a number that is not known exactly; each shape gives its value at any quantile.

A shape checks itself when it is made. Readers of plan files ask `check` first, which names everything at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from klimaplan.domain.errors import Finding, InputError, raise_errors
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty import findings as said
from klimaplan.domain.uncertainty.beta import inverse

PROBABILITY_ROUNDING = 1e-9
"""Probabilities add up to 1 within this, so that thirds may be written with enough decimals."""

PERT_WEIGHT = 4.0
"""How much the central value counts beside each end in the mean of PERT: (low + 4 · central + high) / 6."""


@dataclass(frozen=True)
class Distribution:
    """A number that is not known exactly.

    Examples
    --------
    >>> Triangular(1.0, 2.0, 4.0).quantile(np.array([0.0, 1 / 3, 1.0])).tolist()
    [1.0, 2.0, 4.0]
    >>> Triangular(4.0, 2.0, 1.0)
    Traceback (most recent call last):
    klimaplan.domain.errors.InputError: triangular: The low end 4.0 lies above the central value 2.0. ...
    """

    kind: ClassVar[str]

    def __post_init__(self) -> None:
        raise_errors(check(self.kind, vars(self), place=self.kind))

    if TYPE_CHECKING:  # a property here would pass for the default of a field of that name

        @property
        def central(self) -> float:
            """The value of the run without draws."""

        @property
        def mean(self) -> float:
            """The expected value."""

        @property
        def width_is_zero(self) -> bool:
            """Whether only one value is possible."""

    def quantile(self, u: Floats) -> Floats:
        """The value below which the share `u` of the draws lies, element by element; exactly `central` at width 0.

        Raises
        ------
        InputError : a share outside 0..1
        """
        if u.size and not (u.min() >= 0.0 and u.max() <= 1.0):
            raise InputError(said.outside_unit_interval(self.kind))
        if self.width_is_zero:
            return np.full(u.shape, self.central)
        return self._inverse(u)

    def _inverse(self, u: Floats) -> Floats:
        raise NotImplementedError


@dataclass(frozen=True)
class Fixed(Distribution):
    """One value, known exactly or taken as known."""

    value: float
    kind: ClassVar[str] = "fixed"

    @property
    def central(self) -> float:
        return float(self.value)

    @property
    def mean(self) -> float:
        return float(self.value)

    @property
    def width_is_zero(self) -> bool:
        return True


@dataclass(frozen=True)
class _ThreePoint(Distribution):
    """Low, most likely and high, as people give them."""

    low: float
    central: float
    high: float

    @property
    def width_is_zero(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Triangular(_ThreePoint):
    """The density rises in a straight line from low to the most likely value and falls in one to high."""

    kind: ClassVar[str] = "triangular"

    @property
    def mean(self) -> float:
        return (self.low + self.central + self.high) / 3.0

    def _inverse(self, u: Floats) -> Floats:
        width, left, right = self.high - self.low, self.central - self.low, self.high - self.central
        rising = self.low + np.sqrt(u * width * left)
        falling = self.high - np.sqrt((1.0 - u) * width * right)
        return _between(self.low, np.where(u * width <= left, rising, falling), self.high)


@dataclass(frozen=True)
class Pert(_ThreePoint):
    """A smooth beta curve over the same three points; leans more on the most likely value than the triangle does."""

    kind: ClassVar[str] = "pert"

    @property
    def mean(self) -> float:
        return (self.low + PERT_WEIGHT * self.central + self.high) / (PERT_WEIGHT + 2.0)

    def _inverse(self, u: Floats) -> Floats:
        width = self.high - self.low
        alpha = 1.0 + PERT_WEIGHT * (self.central - self.low) / width
        beta = 1.0 + PERT_WEIGHT * (self.high - self.central) / width
        return _between(self.low, self.low + width * inverse(alpha, beta, u), self.high)


@dataclass(frozen=True)
class Normal(Distribution):
    """The bell curve; unbounded, so not for what cannot be negative."""

    mean: float
    sd: float
    kind: ClassVar[str] = "normal"

    @property
    def central(self) -> float:
        return float(self.mean)

    @property
    def width_is_zero(self) -> bool:
        return self.sd == 0.0

    def _inverse(self, u: Floats) -> Floats:
        from scipy.special import ndtri

        z: Floats = ndtri(u)
        return self.mean + self.sd * z


@dataclass(frozen=True)
class LogNormal(Distribution):
    """A bell curve in the logarithm: two thirds of the draws lie between median / spread and median · spread."""

    median: float
    spread: float
    kind: ClassVar[str] = "lognormal"

    @property
    def central(self) -> float:
        return float(self.median)

    @property
    def mean(self) -> float:
        return self.median * math.exp(math.log(self.spread) ** 2 / 2.0)

    @property
    def width_is_zero(self) -> bool:
        return self.spread == 1.0

    def _inverse(self, u: Floats) -> Floats:
        from scipy.special import ndtri

        z: Floats = ndtri(u)
        return self.median * np.exp(math.log(self.spread) * z)


@dataclass(frozen=True)
class Uniform(Distribution):
    """Everything between two ends is equally likely."""

    low: float
    high: float
    kind: ClassVar[str] = "uniform"

    @property
    def central(self) -> float:
        return float(self.low) if self.width_is_zero else self.low + (self.high - self.low) / 2.0

    @property
    def mean(self) -> float:
        return self.central

    @property
    def width_is_zero(self) -> bool:
        return self.low == self.high

    def _inverse(self, u: Floats) -> Floats:
        return _between(self.low, self.low + (self.high - self.low) * u, self.high)


@dataclass(frozen=True)
class Discrete(Distribution):
    """A few values, each with its probability; central is the most probable, of equals the one named first."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]
    kind: ClassVar[str] = "discrete"

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "values", tuple(self.values))  # files give lists
        object.__setattr__(self, "probabilities", tuple(self.probabilities))

    @property
    def central(self) -> float:
        return float(self.values[self.probabilities.index(max(self.probabilities))])

    @property
    def mean(self) -> float:
        return math.fsum(value * p for value, p in zip(self.values, self.probabilities, strict=True))

    @property
    def width_is_zero(self) -> bool:
        return len(self._possible()) == 1

    def _possible(self) -> dict[float, float]:
        """Value → probability in rising order, without what cannot happen."""
        sums: dict[float, float] = {}
        for value, p in sorted(zip(self.values, self.probabilities, strict=True)):
            if p > 0.0:
                sums[value] = sums.get(value, 0.0) + p
        return sums

    def _inverse(self, u: Floats) -> Floats:
        possible = self._possible()
        below = np.cumsum(list(possible.values()))[:-1]  # without the last step, rounding cannot leave u above them all
        return np.array(list(possible), dtype=np.float64)[np.searchsorted(below, u, side="left")]


def _between(low: float, values: Floats, high: float) -> Floats:
    """Rounding must not carry a value past its ends."""
    return np.clip(values, low, high, out=values)


KINDS: Mapping[str, type[Distribution]] = MappingProxyType(
    {shape.kind: shape for shape in (Fixed, Triangular, Pert, Normal, LogNormal, Uniform, Discrete)}
)
"""Name in a plan file → shape."""


def make(kind: str, parameters: Mapping[str, object], *, place: str) -> Distribution:
    """The distribution that a plan file describes; `InputError` with every finding if it is wrong.

    >>> make("uniform", {"low": 1.0, "high": 3.0}, place="actions.toml!pace").central
    2.0
    """
    raise_errors(check(kind, parameters, place=place))
    return KINDS[kind](**parameters)


def check(kind: str, parameters: Mapping[str, object], *, place: str) -> tuple[Finding, ...]:
    """Everything that is wrong with the description of a distribution, all at once; empty if it can be made.

    Parameters
    ----------
    kind : one of `KINDS`
    parameters : the fields of the shape by name, as read
    place : where it stands, e.g. ``"plan.xlsx!parameters!C7"``
    """
    if kind not in KINDS:
        return (said.unknown_kind(place, kind, tuple(KINDS)),)
    wanted = tuple(each.name for each in fields(KINDS[kind]))
    findings = [said.parameter_absent(place, name) for name in wanted if name not in parameters]
    findings += [said.parameter_unknown(place, str(name), wanted) for name in parameters if name not in wanted]
    if findings:
        return tuple(findings)
    if kind == Discrete.kind:
        return tuple(_check_discrete(place, parameters["values"], parameters["probabilities"]))
    unreadable = [said.not_a_number(place, name) for name in wanted if not _is_number(parameters[name])]
    if unreadable:
        return tuple(unreadable)
    numbers = {name: float(parameters[name]) for name in wanted}  # type: ignore[arg-type]
    return tuple(_RULES[kind](place, numbers))


def _check_fixed(_place: str, _numbers: Mapping[str, float]) -> list[Finding]:
    return []


def _check_three_point(place: str, numbers: Mapping[str, float]) -> list[Finding]:
    low, central, high = numbers["low"], numbers["central"], numbers["high"]
    findings = []
    if low > central:
        findings.append(said.low_above_central(place, low, central))
    if central > high:
        findings.append(said.central_above_high(place, central, high))
    if low > high:
        findings.append(said.low_above_high(place, low, high))
    return findings


def _check_normal(place: str, numbers: Mapping[str, float]) -> list[Finding]:
    return [said.sd_negative(place, numbers["sd"])] if numbers["sd"] < 0.0 else []


def _check_lognormal(place: str, numbers: Mapping[str, float]) -> list[Finding]:
    findings = []
    if numbers["median"] <= 0.0:
        findings.append(said.median_not_positive(place, numbers["median"]))
    if numbers["spread"] < 1.0:
        findings.append(said.spread_below_one(place, numbers["spread"]))
    return findings


def _check_uniform(place: str, numbers: Mapping[str, float]) -> list[Finding]:
    low, high = numbers["low"], numbers["high"]
    return [said.low_above_high(place, low, high)] if low > high else []


_RULES: Mapping[str, Callable[[str, Mapping[str, float]], list[Finding]]] = MappingProxyType({
    "fixed": _check_fixed,
    "triangular": _check_three_point,
    "pert": _check_three_point,
    "normal": _check_normal,
    "lognormal": _check_lognormal,
    "uniform": _check_uniform,
})  # fmt: skip


def _check_discrete(place: str, values: object, probabilities: object) -> list[Finding]:
    outcomes, chances = _numbers(values), _numbers(probabilities)
    findings = [
        said.not_a_number(place, name) for name, read in (("values", outcomes), ("probabilities", chances)) if not read
    ]
    if findings:
        return findings
    if len(outcomes) != len(chances):
        findings.append(said.not_one_each(place, len(outcomes), len(chances)))
    if min(chances) < 0.0:
        findings.append(said.probability_negative(place))
    if abs(math.fsum(chances) - 1.0) > PROBABILITY_ROUNDING:
        findings.append(said.probabilities_off(place, math.fsum(chances)))
    return findings


def _numbers(given: object) -> tuple[float, ...]:
    """The numbers of a list; empty if it is not one, or holds anything else."""
    if isinstance(given, str) or not isinstance(given, Sequence) or not all(map(_is_number, given)):
        return ()
    return tuple(map(float, given))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
