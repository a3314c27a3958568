"""Which assumption matters: the share of the spread of a result that comes from each parameter.

Pick and freeze: the model is run on two independent samples A and B, and on A with one parameter taken from B.
First-order indices by Saltelli (2010), total indices by Jansen (1999). Method page: `uncertainty`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from klimaplan.domain.errors import raise_errors
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty import findings as said
from klimaplan.domain.uncertainty.sample import Parameter, Sampling, points

AGAIN = "/again"
"""Names the streams of the second sample, so that it is independent of the first."""

Evaluate = Callable[[Floats], Floats]
"""A model: points (draw, parameter) → results (draw)."""


@dataclass(frozen=True, slots=True)
class Index:
    """How much of the variance of the result one parameter, or one group, accounts for.

    Parameters
    ----------
    first : share that goes away on average when this alone becomes known
    total : share that remains on average when everything else becomes known; total − first is interaction
    first_error, total_error : standard errors; an estimate may fall a few of them outside 0..1 and is not cut off
    """

    first: float
    total: float
    first_error: float
    total_error: float


@dataclass(frozen=True)
class Sensitivity:
    """Indices by group; a parameter without a group stands under its own name.

    `indices` is empty where the result does not vary: then no assumption matters.
    """

    indices: Mapping[str, Index]
    mean: float
    variance: float
    runs: int

    def ranked(self) -> tuple[str, ...]:
        """Names by total index, the one that matters most first; ties by name."""
        return tuple(sorted(self.indices, key=lambda name: (-self.indices[name].total, name)))


def analyse(
    evaluate: Evaluate,
    parameters: Sequence[Parameter],
    *,
    draws: int,
    seed: int,
    study: tuple[int, ...],
    method: Sampling | str = Sampling.LATIN_HYPERCUBE,
) -> Sensitivity:
    """Indices of every group of parameters; those of a group depend on each other and are only judged together.

    S_i  = mean[ f(B) · (f(AB_i) − f(A)) ] / V
    ST_i = mean[ (f(A) − f(AB_i))² ] / (2 · V)

    with AB_i the sample A with the parameters of group i taken from B, and V the variance of f over A and B. The
    results are centred first, which changes no expected value and makes the estimates steadier.

    Parameters
    ----------
    evaluate : the model, element by element over the draws
    draws : size of A and of B; the model runs draws · (2 + number of groups with a width) times

    Raises
    ------
    InputError : the sample cannot be drawn, or a parameter outside a group has the name of one

    Notes
    -----
    Standard errors by the delta method, as for independent draws: se² = var(g − S · h) / (n · V²), with g and h the
    terms whose means are numerator and denominator. Latin hypercube and Sobol points do no worse.
    """
    groups = _groups(parameters)
    again = [replace(each, name=each.name + AGAIN, group=each.group and each.group + AGAIN) for each in parameters]
    both = points([*parameters, *again], draws=draws, seed=seed, study=study, method=method)
    first, second = both[:, : len(parameters)], both[:, len(parameters) :]
    of_first, of_second = evaluate(first), evaluate(second)
    runs = 2 * draws
    middle = float((of_first.mean() + of_second.mean()) / 2.0)
    if max(np.ptp(of_first), np.ptp(of_second)) == 0.0:
        return Sensitivity({}, middle, 0.0, runs)
    a, b = of_first - middle, of_second - middle
    spread = (a**2 + b**2) / 2.0
    indices = {}
    for name, columns in groups.items():
        if all(parameters[column].distribution.width_is_zero for column in columns):
            indices[name] = Index(0.0, 0.0, 0.0, 0.0)
            continue
        mixed = first.copy()
        mixed[:, columns] = second[:, columns]
        change = evaluate(mixed) - of_first
        runs += draws
        indices[name] = _index(b * change, change**2 / 2.0, spread)
    return Sensitivity(indices, middle, float(spread.mean()), runs)


def _groups(parameters: Sequence[Parameter]) -> dict[str, list[int]]:
    names = {parameter.group for parameter in parameters}
    raise_errors(said.named_as_group(each.name) for each in parameters if each.group is None and each.name in names)
    groups: dict[str, list[int]] = {}
    for column, parameter in enumerate(parameters):
        groups.setdefault(parameter.group or parameter.name, []).append(column)
    return groups


def _index(first: Floats, total: Floats, spread: Floats) -> Index:
    (one, one_error), (all_, all_error) = _ratio(first, spread), _ratio(total, spread)
    return Index(one, all_, one_error, all_error)


def _ratio(above: Floats, below: Floats) -> tuple[float, float]:
    """Ratio of two means and its standard error."""
    variance = float(below.mean())
    ratio = float(above.mean()) / variance
    return ratio, float(np.std(above - ratio * below)) / (variance * math.sqrt(len(above)))
