"""Who contributes what: the joint effect of all actions, split among them exactly and in no order.

The Shapley value of an action is its average marginal effect over all orders in which the actions could be taken. The
emissions are linear in every action (`actions.problem`), so it is the integral of a derivative along a straight line:

    φ_a = ∫₀¹ ∂E/∂z_a (u, u, …, u) du

a polynomial in u that a few Gauss–Legendre nodes integrate exactly. The cost grows with the number of actions, not with
the number of their orders. Method page: `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.problem import OnStream, Problem, by_stream, emissions, gas_weights, nodes, of_stream
from klimaplan.domain.axes import Axis
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Floats, Series

Part = tuple[int, int, Floats]
"""Action, stream, and (gas, year) t CO2e: what the action does to the stream; negative where it lessens emissions."""


@dataclass(frozen=True)
class Attribution:
    """The joint effect, action by action.

    Parameters
    ----------
    parts : what every action does to every stream it meets, (gas, year); all else is nought
    """

    problem: Problem
    provenance: Provenance
    parts: tuple[Part, ...]

    @cached_property
    def by_action(self) -> Series:
        """(action, year), t CO2e; negative lessens. Sums over streams and gases."""
        values = np.zeros((len(self.problem.actions), len(self.problem.years)))
        for action, _stream, part in self.parts:
            values[action] += part.sum(axis=0)
        return self._series(values, (self._actions, self.problem.years))

    @cached_property
    def by_stream(self) -> Series:
        """(stream, gas, year), t CO2e: the joint effect."""
        values = np.zeros(self.problem.baseline.shape)
        for _action, stream, part in self.parts:
            values[stream] += part
        streams = Axis(axes.STREAM, self.problem.streams)
        return self._series(values, (streams, self.problem.gases, self.problem.years))

    def of(self, action: str) -> Series:
        """(stream, gas, year), t CO2e: what one action does, stream by stream."""
        wanted = self._actions.position(action)
        values = np.zeros(self.problem.baseline.shape)
        for number, stream, part in self.parts:
            if number == wanted:
                values[stream] += part
        streams = Axis(axes.STREAM, self.problem.streams)
        return self._series(values, (streams, self.problem.gases, self.problem.years))

    @property
    def _actions(self) -> Axis:
        return Axis(axes.ACTION, self.problem.actions)

    def _series(self, values: Floats, shape: tuple[Axis, ...]) -> Series:
        seen = self.provenance.after("Shapley value of the joint effect", kind=Kind.EXPECTED, method="attribution")
        return Series(values, shape, units.TONNES, seen)


def attribute(problem: Problem, provenance: Provenance) -> Attribution:
    """Split the joint effect of all actions at the central values, exactly, per stream, gas and year."""
    parts = [
        part
        for stream, acting in enumerate(problem.on_streams)
        if not acting.is_untouched
        for part in _split(problem, stream, acting)
    ]
    return Attribution(problem, provenance, tuple(parts))


def first_in(problem: Problem, provenance: Provenance) -> Series:
    """What each action would do alone: (action, year), t CO2e. Together that is more than the joint effect."""
    seen = provenance.after("each action alone", kind=Kind.EXPECTED, method="attribution")
    return _by_action(problem, _changes(problem, np.zeros(len(problem.actions)), to=1.0), seen)


def leave_one_out(problem: Problem, provenance: Provenance) -> Series:
    """What would be emitted without each action, all others taken: (action, year), t CO2e."""
    seen = provenance.after("all actions but one", kind=Kind.EXPECTED, method="attribution")
    total: Floats = emissions(problem).sum(axis=(0, 1))
    return _by_action(problem, total + _changes(problem, np.ones(len(problem.actions)), to=0.0), seen)


def last_in(problem: Problem, provenance: Provenance) -> Series:
    """What each action adds to all the others: (action, year), t CO2e; the plan would lose this without it."""
    seen = provenance.after("added to all the others", kind=Kind.EXPECTED, method="attribution")
    return _by_action(problem, 0.0 - _changes(problem, np.ones(len(problem.actions)), to=0.0), seen)


def _changes(problem: Problem, z: Floats, *, to: float) -> Floats:
    """What changes when each action by itself goes from its z to another: (action, year); only what it meets can."""
    sizes = problem.central_sizes
    before = by_stream(problem, z, sizes)
    changes = np.zeros((len(problem.actions), len(problem.years)))
    for action, streams in enumerate(problem.met_by):
        other = z.copy()
        other[action] = to
        for stream in streams:
            changes[action] += (of_stream(problem, stream, other, sizes) - before[stream]).sum(axis=0)
    return changes


def _by_action(problem: Problem, values: Floats, seen: Provenance) -> Series:
    return Series(values, (Axis(axes.ACTION, problem.actions), problem.years), units.TONNES, seen)


def _split(problem: Problem, stream: int, acting: OnStream) -> Iterator[Part]:
    """The parts of one stream. Arrays run over (node, …, gas, year); u is the node."""
    central = problem.central_sizes
    base = problem.baseline[stream] * central.drive[stream]
    sizes = np.array([central.factors[at] for at in acting.factors]).reshape(-1, *base.shape)
    pools = [[central.cuts[at] for at in pool] for pool in acting.pools.values()]
    pooled = np.array([np.sum(pool, axis=0) for pool in pools]).reshape(-1, *base.shape)
    arriving = [_Arriving(problem, at) for at in acting.moves]
    degree = len(pools) + len(sizes) + max((each.degree for each in arriving), default=0)
    at, weights = nodes(degree)
    u = at[:, None, None, None]
    left, kept = 1.0 - u * pooled, 1.0 - u * sizes
    activity, intensity = left.prod(axis=1), kept.prod(axis=1)

    for number, pool in enumerate(acting.pools.values()):
        others = activity / left[:, number] * intensity
        slope = -base * np.einsum("n,ngy->gy", weights, others)
        for cut, size in zip(pool, pools[number], strict=True):
            yield problem.cuts[cut].action, stream, slope * size
    moved = np.zeros_like(activity)
    for each in arriving:
        moved += each.amount(at)
        yield from ((action, stream, part) for action, part in each.parts(at, weights, intensity))
    for number, position in enumerate(acting.factors):
        others = (base * activity + moved) * (intensity / kept[:, number])
        yield problem.factors[position].action, stream, -sizes[number] * np.einsum("n,ngy->gy", weights, others)
    for position in acting.extras:
        yield problem.extras[position].action, stream, central.extras[position]


class _Arriving:
    """A move at the central values: what it brings, and on whom that depends. A class for the arrays it keeps."""

    def __init__(self, problem: Problem, position: int) -> None:
        central = problem.central_sizes
        cut = problem.cuts[problem.moves[position].cut]
        self._action = cut.action
        self._tonnes: Floats = central.moves[position] * central.drive[cut.stream]
        weights = gas_weights(problem, cut.stream)
        pools = problem.on_streams[cut.stream].pools
        # the other pools of the stream it comes from, each cut as a share of that stream's activity: (year)
        self._others = [
            [(problem.cuts[at].action, (central.cuts[at] * weights).sum(axis=0)) for at in cuts]
            for name, cuts in pools.items()
            if name != cut.pool
        ]
        self._pooled = np.array([np.sum([share for _, share in pool], axis=0) for pool in self._others])
        self.degree = len(self._others)

    def amount(self, u: Floats) -> Floats:
        """What arrives when every action is taken to the degree u: (node, gas, year)."""
        if not self._others:
            return np.asarray(u[:, None, None] * self._tonnes)
        inner, share = nodes(self.degree)
        product = self._left(u, inner).prod(axis=2)
        arriving = np.einsum("v,nvy->ny", share, product)[:, None, :]
        return np.asarray(u[:, None, None] * self._tonnes * arriving)

    def parts(self, u: Floats, weights: Floats, intensity: Floats) -> Iterator[tuple[int, Floats]]:
        """The derivative along the line, integrated: by the move's own action, and by those that leave it less."""
        if not self._others:
            yield self._action, self._tonnes * np.einsum("n,ngy->gy", weights, intensity)
            return
        inner, share = nodes(self.degree)
        left = self._left(u, inner)
        product = left.prod(axis=2)
        own = np.einsum("v,nvy->ny", share, product)
        yield self._action, self._tonnes * np.einsum("n,ny,ngy->gy", weights, own, intensity)
        for number, pool in enumerate(self._others):
            others = np.einsum("v,nvy->ny", share * inner, product / left[:, :, number])
            slope = -self._tonnes * np.einsum("n,ny,ngy->gy", weights * u, others, intensity)
            yield from ((action, slope * size) for action, size in pool)

    def _left(self, u: Floats, inner: Floats) -> Floats:
        """What the other pools leave: (node, inner node, pool, year)."""
        reach = u[:, None] * inner[None, :]
        return np.asarray(1.0 - reach[:, :, None, None] * self._pooled)
