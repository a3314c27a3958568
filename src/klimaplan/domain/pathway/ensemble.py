"""How sure a plan is: many draws of its parameters, as quantiles by year and the chance of meeting each target.

One municipality is one piece of work that knows its own seed. A loop, a pool of processes and a cluster therefore give
the same bits, and whoever does a piece again after a failure does it alike. Method page: `uncertainty`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.problem import Problem
from klimaplan.domain.axes import Axis
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.draws import prepare, totals
from klimaplan.domain.pathway.target import Scope
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Floats, Series
from klimaplan.domain.uncertainty.sample import Sampling, points
from klimaplan.domain.uncertainty.sensitivity import Sensitivity, analyse
from klimaplan.domain.uncertainty.summarise import order

QUANTILES = (0.05, 0.50, 0.95)

CHUNK = 8
"""Municipalities summed in one piece of work; fixed, because the order of a sum is part of its bits."""

TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a target allows in a year, t CO2e, for the sectors of its scope."""

    year: int
    scope: Scope
    allowed: float


@dataclass(frozen=True)
class Study:
    """One municipality's draws, ready to be done anywhere.

    Parameters
    ----------
    code : of the municipality; names its own stream of random numbers
    sectors : for every stream of the problem, its sector in the account
    """

    code: str
    problem: Problem
    sectors: tuple[Sector, ...]
    provenance: Provenance
    limits: tuple[Limit, ...] = ()
    draws: int = 10_000
    seed: int = 0
    sampling: Sampling = Sampling.LATIN_HYPERCUBE


@dataclass(frozen=True, slots=True)
class Chance:
    """The share of the draws that keep within a limit, and how well the number of draws lets us say it."""

    limit: Limit
    probability: float
    standard_error: float


@dataclass(frozen=True)
class Ensemble:
    """What the draws say together.

    Parameters
    ----------
    code : of the municipality, or `TOGETHER`
    quantiles : share → Series (year), t CO2e
    mean : Series (year), t CO2e
    """

    code: str
    draws: int
    seed: int
    quantiles: Mapping[float, Series]
    mean: Series
    chances: tuple[Chance, ...] = ()
    sampling: Sampling = Sampling.LATIN_HYPERCUBE


@dataclass(frozen=True)
class Programme:
    """Many municipalities, and their sum draw by draw: shared drivers move them together."""

    ensembles: tuple[Ensemble, ...]
    together: Ensemble | None


Piece = tuple[tuple[Ensemble, ...], Floats]
"""A few ensembles and their sum (year, draw)."""


class Spread(Protocol):
    """What spreads the work: `map`, or the `map` of a `concurrent.futures.Executor`; results come back in order."""

    def __call__(self, work: _Work, pieces: Iterable[Sequence[Study]], /) -> Iterable[Piece]: ...


class _Work(Protocol):
    def __call__(self, studies: Sequence[Study], /) -> Piece: ...


def draw(study: Study) -> Ensemble:
    """The ensemble of one municipality."""
    ensemble, _total = _draw(study)
    return ensemble


def draw_programme(studies: Iterable[Study], *, spread: Spread = map) -> Programme:
    """The ensembles of many municipalities and of their sum, however the work is spread."""
    ensembles: list[Ensemble] = []
    together: Floats | None = None
    for done, summed in spread(draw_piece, _pieces(studies)):
        ensembles += done
        together = summed if together is None else together + summed
    if together is None:
        return Programme((), None)
    one = ensembles[0]
    seen = replace(one.mean.provenance, steps=one.mean.provenance.steps[:1])
    whole = _ensemble(TOGETHER, one, one.mean.axis(axes.YEAR), together, seen, ())
    return Programme(tuple(ensembles), whole)


def draw_piece(studies: Sequence[Study]) -> Piece:
    """A few municipalities and their sum, in order."""
    first, together = _draw(studies[0])
    ensembles = [first]
    for study in studies[1:]:
        ensemble, total = _draw(study)
        ensembles.append(ensemble)
        together += total
    return tuple(ensembles), together


def assumptions_that_matter(study: Study, *, year: int) -> Sensitivity:
    """First-order and total sensitivity indices of the emissions of a year to every uncertain number."""
    prepared = prepare(_in_one_year(study.problem, study.problem.years.position(year)), [0] * len(study.sectors))

    def evaluate(drawn: Floats) -> Floats:
        emitted: Floats = totals(prepared, drawn)[0, 0]
        return emitted

    return analyse(
        evaluate, study.problem.parameters, draws=study.draws, seed=study.seed, study=(int(study.code),),
        method=study.sampling,
    )  # fmt: skip


def _pieces(studies: Iterable[Study]) -> Iterator[Sequence[Study]]:
    rest = iter(studies)
    while piece := tuple(islice(rest, CHUNK)):
        yield piece


def _draw(study: Study) -> tuple[Ensemble, Floats]:
    drawn = points(
        study.problem.parameters, draws=study.draws, seed=study.seed, study=(int(study.code),), method=study.sampling
    )
    rows = {sector: row for row, sector in enumerate(Sector)}
    by_sector = totals(prepare(study.problem, [rows[sector] for sector in study.sectors], count=len(rows)), drawn)
    chances = tuple(_chance(study, limit, by_sector) for limit in study.limits)
    total: Floats = by_sector.sum(axis=0)
    return _ensemble(study.code, study, study.problem.years, total, study.provenance, chances), total


def _ensemble(
    code: str,
    drawn: Study | Ensemble,
    years: Axis,
    total: Floats,
    provenance: Provenance,
    chances: tuple[Chance, ...],
) -> Ensemble:
    draws, seed, sampling = total.shape[1], drawn.seed, drawn.sampling
    seen = provenance.after(f"{draws} draws, {sampling}, seed {seed}", kind=Kind.EXPECTED, method="uncertainty")
    ordered = order(Series(total, (years, Axis(axes.DRAW, tuple(range(draws)))), units.TONNES, seen))
    quantiles = {share: ordered.quantile(share) for share in QUANTILES}
    return Ensemble(code, draws, seed, quantiles, ordered.mean, chances, sampling)


def _chance(study: Study, limit: Limit, by_sector: Floats) -> Chance:
    at = study.problem.years.position(limit.year)
    wanted = [list(Sector).index(sector) for sector in limit.scope]
    emitted: Floats = by_sector[wanted, at].sum(axis=0)
    ordered = order(Series(emitted, (Axis(axes.DRAW, tuple(range(study.draws))),), units.TONNES, study.provenance))
    said = ordered.probability_at_most(Series(np.array(limit.allowed), (), units.TONNES, study.provenance))
    return Chance(limit, said.values.at(), said.standard_error.at())


def _in_one_year(problem: Problem, at: int) -> Problem:
    """The same problem with a single year, so that its indices cost a thirtieth."""
    only = slice(at, at + 1)
    return replace(
        problem,
        years=Axis(axes.YEAR, problem.years.labels[only]),
        baseline=problem.baseline[..., only],
        cuts=tuple(replace(cut, size=cut.size[:, only]) for cut in problem.cuts),
        moves=tuple(replace(move, tonnes=move.tonnes[:, only]) for move in problem.moves),
        factors=tuple(replace(factor, size=factor.size[:, only]) for factor in problem.factors),
        extras=tuple(replace(extra, tonnes=extra.tonnes[:, only]) for extra in problem.extras),
        drivers=tuple(replace(driver, share=driver.share[only]) for driver in problem.drivers),
    )
