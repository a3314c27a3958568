"""The emissions of a plan in many draws of its parameters: one stream at a time, one block of draws at a time.

The same formula as `actions.problem.emissions`, arranged for speed and flat memory: a buffer (year, draw) that stays in
the processor's cache goes through every change to a stream, and only sums over streams are kept. What is certain stays
a single column. A stream whose gases all change alike is one pass over its CO2e. No matrix library takes part in the
sums, so that the same draws give the same bits whoever computes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from klimaplan.domain.actions.problem import Move, OnStream, Problem, Scale, gas_weights, nodes
from klimaplan.domain.series import Floats

BLOCK = 1024
"""Draws in a block; 31 years of them are a quarter of a megabyte. Part of what makes the bits, so it is fixed."""


@dataclass(frozen=True)
class Pass:
    """One walk through the buffer: the CO2e of a stream, or one gas of it where the gases change differently.

    Parameters
    ----------
    group : row of the sums that it is added to
    base : (year), t CO2e
    pools : sizes (year) with their scales; each pool acts on what is left
    factors, moves, extras : (year) with scale; a move also names its place among those that arrive
    """

    group: int
    stream: int
    base: Floats
    pools: tuple[tuple[tuple[Floats, Scale], ...], ...]
    factors: tuple[tuple[Floats, Scale], ...]
    moves: tuple[tuple[int, Floats, Scale], ...]
    extras: tuple[tuple[Floats, Scale], ...]


@dataclass(frozen=True)
class Shares:
    """A stream that moves leave: what each of them gets of it depends on the other pools.

    Parameters
    ----------
    pools : as in `Pass`, weighed into shares of the stream's CO2e
    moves : position of a move → the pool it belongs to
    """

    pools: tuple[tuple[tuple[Floats, Scale], ...], ...]
    moves: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Prepared:
    """A problem ready to be drawn.

    Parameters
    ----------
    constant : (group, year), t CO2e: streams that nothing touches
    """

    problem: Problem
    constant: Floats
    passes: tuple[Pass, ...]
    shares: tuple[Shares, ...]


def prepare(problem: Problem, groups: Sequence[int], *, count: int = 1) -> Prepared:
    """Arrange a problem for drawing.

    Parameters
    ----------
    groups : for every stream, the row of the sums that it is added to, from 0
    count : how many rows there are
    """
    constant = np.zeros((count, len(problem.years)))
    driven = {stream for driver in problem.drivers for stream in driver.streams}
    passes: list[Pass] = []
    shares: list[Shares] = []
    for stream, acting in enumerate(problem.on_streams):
        if acting.is_untouched and stream not in driven:
            constant[groups[stream]] += problem.baseline[stream].sum(axis=0)
            continue
        passes += _passes(problem, stream, acting, groups[stream])
        if leaving := _leaving(problem, acting):
            shares.append(Shares(_weighed_pools(problem, stream, acting), leaving))
    return Prepared(problem, constant, tuple(passes), tuple(shares))


def totals(prepared: Prepared, points: Floats) -> Floats:
    """Emissions in every draw: (group, year, draw), t CO2e.

    Parameters
    ----------
    points : (draw, parameter)

    Notes
    -----
    In a draw in which the pieces of a stock add up to more than there is, all of it is gone and no more: emissions of
    a stream do not fall below nought by taking shares of them.
    """
    draws = len(points)
    years = len(prepared.problem.years)
    result = np.empty((*prepared.constant.shape, draws))
    result[:] = prepared.constant[:, :, None]
    for start in range(0, draws, BLOCK):
        end = min(start + BLOCK, draws)
        _add_block(prepared, points[start:end], result[:, :, start:end], years)
    return result


def _add_block(prepared: Prepared, points: Floats, sums: Floats, years: int) -> None:
    buffer, change = np.empty((years, len(points))), np.empty((years, len(points)))
    drive = _Drive(prepared.problem, points)
    arriving = dict(_arriving(prepared, points))
    for each in prepared.passes:
        left = each.base[:, None]
        for factor in drive.of(each.stream):
            left = _into(np.multiply, left, factor, buffer)
        for pool in each.pools:
            left = _into(np.multiply, left, _remaining(pool, points, change), buffer)
        for position, tonnes, scale in each.moves:
            brought = _outer(tonnes, scale, points, change)
            for factor in (*arriving.get(position, ()), *drive.of(_source(prepared.problem, position))):
                brought = _into(np.multiply, brought, factor, change)
            left = _into(np.add, left, brought, buffer)
        for size in each.factors:
            left = _into(np.multiply, left, _remaining((size,), points, change), buffer)
        for tonnes, scale in each.extras:
            left = _into(np.add, left, _outer(tonnes, scale, points, change), buffer)
        sums[each.group] += left


class _Drive:
    """The uncertainties of the baseline in a block of draws. A class because the drawn factors are kept."""

    def __init__(self, problem: Problem, points: Floats) -> None:
        self._by_stream: dict[int, list[Floats]] = {}
        for driver in problem.drivers:
            factor = 1.0 + _outer(driver.share, driver.scale, points)
            for stream in driver.streams:
                self._by_stream.setdefault(stream, []).append(factor)

    def of(self, stream: int) -> Sequence[Floats]:
        return self._by_stream.get(stream, ())


def _into(operation: np.ufunc, left: Floats, right: Floats, buffer: Floats) -> Floats:
    """Both together in the buffer, unless nothing in them is uncertain: then they stay one column."""
    certain = left.shape[1] == right.shape[1] == 1
    found: Floats = operation(left, right, out=None if certain else buffer)
    return found


def _outer(row: Floats, scale: Scale, points: Floats, out: Floats | None = None) -> Floats:
    """A row in every draw: (year, draw), or a single column where nothing is uncertain."""
    if not scale.terms:
        return np.asarray(row[:, None] * scale.constant)
    found: Floats = np.multiply.outer(row, scale.at(points), out=out)
    return found


def _remaining(pool: Sequence[tuple[Floats, Scale]], points: Floats, out: Floats) -> Floats:
    """1 − Σ of a pool's shares, not below nought: (year, draw) written into `out`, or a single column."""
    certain = np.ones(len(pool[0][0]))
    uncertain = []
    for size, scale in pool:
        if scale.terms:
            uncertain.append((size, scale.at(points)))
        else:
            certain -= size * scale.constant
    if not uncertain:
        return np.maximum(certain, 0.0)[:, None]
    (size, drawn), *rest = uncertain
    np.multiply.outer(-size, drawn, out=out)
    for more, again in rest:
        out -= np.multiply.outer(more, again)
    out += certain[:, None]
    if sum(float(size.max()) * float(drawn.max()) for size, drawn in uncertain) > float(certain.min()):
        np.maximum(out, 0.0, out=out)
    return out


def _arriving(prepared: Prepared, points: Floats) -> Iterator[tuple[int, tuple[Floats]]]:
    """Of every move that shares its stream with other pools: the share of it that arrives."""
    for shares in prepared.shares:
        if len(shares.pools) > 1:
            left_for = _left_by_others(shares, points)
            yield from ((position, (left_for[own],)) for position, own in shares.moves)


def _left_by_others(shares: Shares, points: Floats) -> dict[int, Floats]:
    """Pool → ∫ Π (1 − v · taken) dv over the other pools: (year, draw), or a single column if all is certain."""
    shape = (len(shares.pools[0][0][0]), len(points))
    taken = [_remaining(pool, points, np.empty(shape)) for pool in shares.pools]
    for each in taken:
        np.subtract(1.0, each, out=each)
    left = [np.empty_like(each) for each in taken]
    certain, uncertain = ([each for each in left if (each.shape[1] == 1) is wanted] for wanted in (True, False))
    product = np.empty(np.broadcast_shapes(*(each.shape for each in left)))
    part = np.empty_like(product)
    sums = {own: np.zeros_like(product) for _position, own in shares.moves}
    for node, weight in zip(*nodes(len(taken) - 1), strict=True):
        for each, into in zip(taken, left, strict=True):
            np.multiply(each, -node, out=into)
            np.add(into, 1.0, out=into)
        product[:] = weight * np.prod(certain, axis=0)
        for each in uncertain:
            product *= each
        for own, total in sums.items():
            np.add(total, np.divide(product, left[own], out=part), out=total)
    return sums


def _passes(problem: Problem, stream: int, acting: OnStream, group: int) -> Iterator[Pass]:
    base = problem.baseline[stream]
    emitting = [gas for gas in range(len(base)) if base[gas].any()]
    if _alike(problem, acting, emitting):
        gas = emitting[0] if emitting else 0
        yield _pass(problem, stream, acting, group, base=base.sum(axis=0), gas=gas, gases=range(len(base)))
        return
    fed = {
        gas
        for arrays in (
            (problem.moves[at].tonnes for at in acting.moves),
            (problem.extras[at].tonnes for at in acting.extras),
        )
        for tonnes in arrays
        for gas in range(len(tonnes))
        if tonnes[gas].any()
    }
    for gas in sorted({*emitting, *fed}):
        yield _pass(problem, stream, acting, group, base=base[gas], gas=gas, gases=[gas])


def _alike(problem: Problem, acting: OnStream, emitting: Sequence[int]) -> bool:
    """Whether all gases that a stream emits change by the same shares."""
    sizes = [problem.cuts[at].size for pool in acting.pools.values() for at in pool]
    sizes += [problem.factors[at].size for at in acting.factors]
    fed = [
        gas
        for at in acting.moves
        for gas in range(len(problem.moves[at].tonnes))
        if problem.moves[at].tonnes[gas].any()
    ]
    wanted = sorted({*emitting, *(fed if acting.factors else ())})
    return all((size[wanted] == size[wanted[:1]]).all() for size in sizes)


def _pass(
    problem: Problem, stream: int, acting: OnStream, group: int, *, base: Floats, gas: int, gases: Sequence[int]
) -> Pass:
    def summed(tonnes: Floats) -> Floats:
        together: Floats = tonnes[list(gases)].sum(axis=0)
        return together

    return Pass(
        group,
        stream,
        base,
        tuple(
            tuple((problem.cuts[at].size[gas], problem.cuts[at].scale) for at in pool) for pool in acting.pools.values()
        ),
        tuple((problem.factors[at].size[gas], problem.factors[at].scale) for at in acting.factors),
        tuple((at, summed(problem.moves[at].tonnes), problem.moves[at].scale) for at in acting.moves),
        tuple((summed(problem.extras[at].tonnes), problem.extras[at].scale) for at in acting.extras),
    )


def _leaving(problem: Problem, acting: OnStream) -> tuple[tuple[int, int], ...]:
    pool_of = {cut: number for number, pool in enumerate(acting.pools.values()) for cut in pool}
    return tuple((at, pool_of[move.cut]) for at, move in enumerate(problem.moves) if move.cut in pool_of)


def _weighed_pools(problem: Problem, stream: int, acting: OnStream) -> tuple[tuple[tuple[Floats, Scale], ...], ...]:
    weights = gas_weights(problem, stream)
    return tuple(
        tuple(((problem.cuts[at].size * weights).sum(axis=0), problem.cuts[at].scale) for at in pool)
        for pool in acting.pools.values()
    )


def _source(problem: Problem, position: int) -> int:
    move: Move = problem.moves[position]
    return problem.cuts[move.cut].stream
