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
from dataclasses import dataclass, field, fields
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
class Sizes:
    """What every change comes to at one point, in the order of the problem.

    Parameters
    ----------
    drive : (stream, year), by what the baseline is multiplied
    cuts, moves, factors, extras : (gas, year) each
    """

    drive: Floats
    cuts: tuple[Floats, ...]
    moves: tuple[Floats, ...]
    factors: tuple[Floats, ...]
    extras: tuple[Floats, ...]


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

    @cached_property
    def met_by(self) -> tuple[tuple[int, ...], ...]:
        """The streams that every action meets: those it acts on, and those that get less because of its cuts."""
        met: list[set[int]] = [set() for _ in self.actions]
        own: tuple[Cut | Factor | Extra, ...] = (*self.cuts, *self.factors, *self.extras)
        for each in own:
            met[each.action].add(each.stream)
        for move in self.moves:
            for pool in self.on_streams[self.cuts[move.cut].stream].pools.values():
                for at in pool:
                    met[self.cuts[at].action].add(move.stream)
        return tuple(tuple(sorted(streams)) for streams in met)

    @cached_property
    def central_sizes(self) -> Sizes:
        return sized(self, self.central)

    @cached_property
    def planned(self) -> Floats:
        """(stream, gas, year), t CO2e: what is emitted with all actions at the central point."""
        return by_stream(self, np.ones(len(self.actions)), self.central_sizes)

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: all but what it can work out itself."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

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
    if taken is None and point is None:
        return np.array(problem.planned)
    z = np.ones(len(problem.actions)) if taken is None else np.asarray(taken, dtype=np.float64)
    return by_stream(problem, z, problem.central_sizes if point is None else sized(problem, point))


def by_stream(problem: Problem, z: Floats, sizes: Sizes) -> Floats:
    """What every stream emits with each action taken to the degree z: (stream, gas, year), t CO2e."""
    found = [of_stream(problem, stream, z, sizes) for stream in range(len(problem.streams))]
    return np.array(found).reshape(problem.baseline.shape)


def of_stream(problem: Problem, stream: int, z: Floats, sizes: Sizes) -> Floats:
    """What one stream emits with each action taken to the degree z: (gas, year), t CO2e."""
    left: Floats = problem.baseline[stream] * sizes.drive[stream]
    acting = problem.on_streams[stream]
    for pool in acting.pools.values():
        if any(z[problem.cuts[at].action] for at in pool):
            left *= 1.0 - _pooled(problem, pool, z, sizes)
    for at in acting.moves:
        if z[problem.cuts[problem.moves[at].cut].action]:
            left += _moved(problem, at, z, sizes)
    for at in acting.factors:
        if degree := z[problem.factors[at].action]:
            left *= 1.0 - degree * sizes.factors[at]
    for at in acting.extras:
        left += z[problem.extras[at].action] * sizes.extras[at]
    return left


def sized(problem: Problem, point: Floats) -> Sizes:
    """What every change comes to at a point."""
    return Sizes(
        driven(problem, point),
        tuple(each.scale.at(point) * each.size for each in problem.cuts),
        tuple(each.scale.at(point) * each.tonnes for each in problem.moves),
        tuple(each.scale.at(point) * each.size for each in problem.factors),
        tuple(each.scale.at(point) * each.tonnes for each in problem.extras),
    )


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


def _pooled(problem: Problem, pool: Sequence[int], z: Floats, sizes: Sizes) -> Floats:
    return np.asarray(sum(z[problem.cuts[at].action] * sizes.cuts[at] for at in pool))


def _moved(problem: Problem, position: int, z: Floats, sizes: Sizes) -> Floats:
    cut = problem.cuts[problem.moves[position].cut]
    arriving: Floats = z[cut.action] * sizes.moves[position] * sizes.drive[cut.stream]
    others = [pool for name, pool in problem.on_streams[cut.stream].pools.items() if name != cut.pool]
    if not any(z[problem.cuts[at].action] for pool in others for at in pool):
        return arriving
    weights = gas_weights(problem, cut.stream)
    at, share = nodes(len(others))
    left = np.ones((len(at), len(problem.years)))
    for pool in others:
        left *= 1.0 - at[:, None] * (_pooled(problem, pool, z, sizes) * weights).sum(axis=0)
    return np.asarray(arriving * (share @ left))
