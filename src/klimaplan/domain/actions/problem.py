"""What the levers of a plan come down to: four kinds of change to arrays, and the emissions they leave.

With z_a = 1 for an action that is taken and 0 for one that is not, the emissions of a stream s are

    E_s(z) = [E⁰_s · Π_G (1 − Σ_{c∈G} z_c · r_c) + M_s(z)] · Π_f (1 − z_f · q_f) + Σ_x z_x · a_x

    M_s(z) = Σ_m z_m · b_m · ∫₀¹ Π_{G≠G(m)} (1 − v · Σ_{c∈G} z_c · r_c) dv

for every gas and year: `Cut` r takes a share of what the stream does, `Factor` q a share of what each unit of it emits,
`Move` b brings emissions from another stream, `Extra` a adds tonnes (a growing forest: negative ones). Cuts of one pool
G are separate pieces of a stock and add up; everything else acts on what is left. The integral shares what several
shifts would take from a stream at once, in no order: the shares add up to what is gone. E is linear in every z, which
makes the exact attribution possible. Method page: `actions`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np

from klimaplan.domain.axes import Axis
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty.sample import Parameter

Term = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """A factor that may be uncertain: constant · Π (a + b · θ_p) over the terms (p, a, b)."""

    constant: float = 1.0
    terms: tuple[Term, ...] = ()

    def at(self, points: Floats) -> Floats:
        """Its value at points (…, parameter): (…)."""
        value: Floats = np.full(points.shape[:-1], self.constant)
        for parameter, offset, slope in self.terms:
            value *= offset + slope * points[..., parameter]
        return value


@dataclass(frozen=True)
class Cut:
    """A share of the activity of a stream that disappears: (gas, year) at scale 1."""

    action: int
    stream: int
    pool: str
    scale: Scale
    size: Floats


@dataclass(frozen=True)
class Move:
    """Emissions that a cut brings to another stream: (gas, year), t CO2e at scale 1, at the baseline's intensity."""

    cut: int
    stream: int
    scale: Scale
    tonnes: Floats


@dataclass(frozen=True)
class Factor:
    """A share of the intensity of a stream that disappears: (gas, year) at scale 1."""

    action: int
    stream: int
    scale: Scale
    size: Floats


@dataclass(frozen=True)
class Extra:
    """Tonnes that are added to a stream, negative for an uptake: (gas, year), t CO2e at scale 1."""

    action: int
    stream: int
    scale: Scale
    tonnes: Floats


@dataclass(frozen=True)
class Driver:
    """An uncertainty of the baseline itself: a stream is multiplied by 1 + scale · share(year)."""

    streams: tuple[int, ...]
    scale: Scale
    share: Floats


@dataclass(frozen=True)
class OnStream:
    """What acts on one stream: cuts by pool, factors, moves that arrive and extras, as positions in the problem."""

    pools: Mapping[str, tuple[int, ...]]
    factors: tuple[int, ...]
    moves: tuple[int, ...]
    extras: tuple[int, ...]

    @property
    def is_untouched(self) -> bool:
        return not (self.pools or self.factors or self.moves or self.extras)


@dataclass(frozen=True)
class Problem:
    """The actions of one plan as arrays.

    Parameters
    ----------
    actions, streams : their keys, in order
    baseline : (stream, gas, year), t CO2e
    parameters : the uncertain numbers; a point has one value for each
    central : (parameter), the values of the deterministic run
    """

    actions: tuple[str, ...]
    streams: tuple[str, ...]
    gases: Axis
    years: Axis
    baseline: Floats
    cuts: tuple[Cut, ...] = ()
    moves: tuple[Move, ...] = ()
    factors: tuple[Factor, ...] = ()
    extras: tuple[Extra, ...] = ()
    drivers: tuple[Driver, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    central: Floats = field(default_factory=lambda: np.zeros(0))

    @cached_property
    def on_streams(self) -> tuple[OnStream, ...]:
        """What acts on every stream, in the order of the streams."""
        return tuple(self._acting_on(stream) for stream in range(len(self.streams)))

    def _acting_on(self, stream: int) -> OnStream:
        pools: dict[str, list[int]] = {}
        for position, cut in enumerate(self.cuts):
            if cut.stream == stream:
                pools.setdefault(cut.pool, []).append(position)
        return OnStream(
            {pool: tuple(cuts) for pool, cuts in pools.items()},
            tuple(at for at, factor in enumerate(self.factors) if factor.stream == stream),
            tuple(at for at, move in enumerate(self.moves) if move.stream == stream),
            tuple(at for at, extra in enumerate(self.extras) if extra.stream == stream),
        )


def emissions(problem: Problem, *, taken: Sequence[bool] | None = None, point: Floats | None = None) -> Floats:
    """What is emitted with some of the actions taken: (stream, gas, year), t CO2e.

    Parameters
    ----------
    taken : one truth per action; None takes all of them
    point : (parameter); None is the central one
    """
    z = np.ones(len(problem.actions)) if taken is None else np.asarray(taken, dtype=np.float64)
    theta = problem.central if point is None else point
    drive = driven(problem, theta)
    result = problem.baseline * drive[:, None, :]
    for stream, acting in enumerate(problem.on_streams):
        if acting.is_untouched:
            continue
        left = np.array(result[stream])
        for pool in acting.pools.values():
            left *= 1.0 - _pooled(problem, pool, z, theta)
        for at in acting.moves:
            move = problem.moves[at]
            left += _moved(problem, move, z, theta) * drive[problem.cuts[move.cut].stream]
        for at in acting.factors:
            factor = problem.factors[at]
            left *= 1.0 - z[factor.action] * factor.scale.at(theta) * factor.size
        for at in acting.extras:
            extra = problem.extras[at]
            left += z[extra.action] * extra.scale.at(theta) * extra.tonnes
        result[stream] = left
    return result


def driven(problem: Problem, point: Floats) -> Floats:
    """By what the uncertainties of the baseline multiply each stream at a point: (stream, year)."""
    factors = np.ones((len(problem.streams), len(problem.years)))
    for driver in problem.drivers:
        for stream in driver.streams:
            factors[stream] *= 1.0 + driver.scale.at(point) * driver.share
    return factors


@cache
def nodes(degree: int) -> tuple[Floats, Floats]:
    """Gauss–Legendre nodes and weights on 0..1 that integrate polynomials of a degree exactly.

    >>> at, weights = nodes(3)
    >>> round(float(weights @ at**3), 12)
    0.25
    """
    at, weights = np.polynomial.legendre.leggauss(degree // 2 + 1)
    return (at + 1.0) / 2.0, weights / 2.0


def gas_weights(problem: Problem, stream: int) -> Floats:
    """The gases of a stream as shares of its CO2e: (gas, year); nothing where it emits nothing."""
    base = problem.baseline[stream]
    whole = base.sum(axis=0)
    return np.asarray(np.divide(base, whole, out=np.zeros_like(base), where=whole != 0.0))


def _pooled(problem: Problem, pool: Sequence[int], z: Floats, theta: Floats) -> Floats:
    shares = (problem.cuts[at] for at in pool)
    return np.asarray(sum(z[cut.action] * cut.scale.at(theta) * cut.size for cut in shares))


def _moved(problem: Problem, move: Move, z: Floats, theta: Floats) -> Floats:
    cut = problem.cuts[move.cut]
    if z[cut.action] == 0.0:
        return np.zeros(())
    others = [pool for name, pool in problem.on_streams[cut.stream].pools.items() if name != cut.pool]
    arriving = np.asarray(z[cut.action] * move.scale.at(theta) * move.tonnes)
    if not others:
        return arriving
    weights = gas_weights(problem, cut.stream)
    at, share = nodes(len(others))
    left = np.ones((len(at), len(problem.years)))
    for pool in others:
        left *= 1.0 - at[:, None] * (_pooled(problem, pool, z, theta) * weights).sum(axis=0)
    return np.asarray(arriving * (share @ left))
