"""Points in the space of the parameters: the same seed gives the same bits, whatever else is sampled, and where.

Every parameter draws from a stream of its own, named by seed, municipality and parameter. To add, remove or reorder
parameters, or to spread the municipalities over workers, moves no point of any other parameter. Method page:
`uncertainty`.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from klimaplan.domain.errors import Finding, raise_errors
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty import findings as said
from klimaplan.domain.uncertainty.distributions import Distribution

SHARED_STREAM = 0
"""The stream of the national drivers; municipal codes begin at 101."""

MOST_DRAWS = 2**20
"""A chance is then known to a twentieth of a percentage point; more draws only fill the memory."""

SEED_BITS = 32
SOBOL_BITS = 52
SMALLEST, LARGEST = 2.0**-54, 1.0 - 2.0**-53
"""Points stay strictly inside 0..1: at the very ends a normal distribution is infinite."""


class Sampling(StrEnum):
    """How the points are spread."""

    LATIN_HYPERCUBE = "latin-hypercube"
    SOBOL = "sobol"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the model that is not known exactly.

    Parameters
    ----------
    name : unique among the parameters sampled together; it also names the stream of the draws
    group : parameters that move together share a group; None moves alone
    correlation : rank correlation (Spearman) with the common factor of the group, −1..1; with 1 everywhere all of
        them take the same quantile. Two members correlate as the product of theirs in the underlying bell curves.
    shared : the same points in every municipality, as for a national driver
    """

    name: str
    distribution: Distribution
    group: str | None = None
    correlation: float = 1.0
    shared: bool = False


def points(
    parameters: Sequence[Parameter],
    *,
    draws: int,
    seed: int,
    study: tuple[int, ...],
    method: Sampling | str = Sampling.LATIN_HYPERCUBE,
) -> Floats:
    """Values of every parameter in every draw.

    Parameters
    ----------
    seed : of the study; stored with the results
    study : what the own points belong to, as numbers: ``(751,)`` for a municipality

    Returns
    -------
    array (draw, parameter), parameters in the order given; a parameter of width 0 is its central value in every draw

    Raises
    ------
    InputError : draws, seed, study or method cannot be used, a name stands twice, or a group is not well-formed

    >>> from klimaplan.domain.uncertainty.distributions import Uniform
    >>> heat = Parameter("heat", Uniform(0.0, 4.0))
    >>> sorted(int(x) for x in points([heat], draws=4, seed=1, study=(751,))[:, 0])
    [0, 1, 2, 3]
    """
    values = quantiles(parameters, draws=draws, seed=seed, study=study, method=method).T
    for row, parameter in enumerate(parameters):  # in place of the shares: they are as large as the values
        values[row] = parameter.distribution.quantile(values[row])
    return values.T


def quantiles(
    parameters: Sequence[Parameter],
    *,
    draws: int,
    seed: int,
    study: tuple[int, ...],
    method: Sampling | str = Sampling.LATIN_HYPERCUBE,
) -> Floats:
    """The same points as shares of each distribution, strictly between 0 and 1: array (draw, parameter).

    Latin hypercube: each of `draws` equally likely slices of a parameter holds exactly one point, at a random place
    within it, so that means are unbiased. A correlated parameter keeps this: its points are put in the order of its
    mixed score and then each into its slice.
    """
    raise_errors(check(parameters, draws=draws, seed=seed, study=study, method=method))
    source = _SOURCES[Sampling(method)](parameters, draws, seed, study)
    shares = np.empty((len(parameters), draws))
    for row, parameter in enumerate(parameters):
        shares[row] = _shares(parameter, source)
    np.clip(shares, SMALLEST, LARGEST, out=shares)
    return shares.T


def check(
    parameters: Sequence[Parameter], *, draws: int, seed: int, study: tuple[int, ...], method: Sampling | str
) -> tuple[Finding, ...]:
    """Everything that keeps a sample from being drawn."""
    findings = []
    if draws < 1:
        findings.append(said.no_draws(draws))
    if draws > MOST_DRAWS:
        findings.append(said.too_many_draws(draws, MOST_DRAWS))
    if not 0 <= seed < 2**SEED_BITS:
        findings.append(said.seed_unusable(seed))
    if study[:1] == (SHARED_STREAM,):
        findings.append(said.study_reserved())
    if method not in tuple(Sampling):
        findings.append(said.unknown_method(method, tuple(Sampling)))
    if method == Sampling.SOBOL and draws >= 1 and draws & (draws - 1):
        below = 1 << (draws.bit_length() - 1)
        findings.append(said.sobol_needs_power(draws, below, 2 * below))
    return (*findings, *_check_parameters(parameters))


def _check_parameters(parameters: Sequence[Parameter]) -> Iterator[Finding]:
    for name, times in Counter(parameter.name for parameter in parameters).items():
        if times > 1:
            yield said.parameter_twice(name)
    shared: dict[str, set[bool]] = {}
    for parameter in parameters:
        if not -1.0 <= parameter.correlation <= 1.0:
            yield said.correlation_outside(parameter.name, parameter.correlation)
        if parameter.group is None and parameter.correlation != 1.0:
            yield said.correlation_without_group(parameter.name)
        if parameter.group is not None:
            shared.setdefault(parameter.group, set()).add(parameter.shared)
    for group, kinds in shared.items():
        if len(kinds) > 1:
            yield said.group_mixed(group)


class _Source:
    """Shares of 0..1 under a name: independent of each other, and the same whenever asked for again."""

    def __init__(self, parameters: Sequence[Parameter], draws: int, seed: int, study: tuple[int, ...]) -> None:
        self.draws, self.seed, self.study = draws, seed, study

    def shares(self, name: str, *, shared: bool) -> Floats:
        raise NotImplementedError

    def from_scores(self, scores: Floats, name: str, *, shared: bool) -> Floats:
        """Shares in the order of normal scores."""
        from scipy.special import ndtr

        found: Floats = ndtr(scores)
        return found

    def generator(self, name: str, *, shared: bool) -> np.random.Generator:
        whose = (SHARED_STREAM,) if shared else self.study
        return np.random.default_rng(np.random.SeedSequence([self.seed, *whose, *_words(name)]))


class _Random(_Source):
    def shares(self, name: str, *, shared: bool) -> Floats:
        return self.generator(name, shared=shared).random(self.draws)


class _LatinHypercube(_Source):
    def shares(self, name: str, *, shared: bool) -> Floats:
        rng = self.generator(name, shared=shared)
        return self._in_slices(rng.permutation(self.draws), rng)

    def from_scores(self, scores: Floats, name: str, *, shared: bool) -> Floats:
        ranks = np.empty(self.draws, dtype=np.int64)
        ranks[np.argsort(scores, kind="stable")] = np.arange(self.draws)
        return self._in_slices(ranks, self.generator(f"{name}/slices", shared=shared))

    def _in_slices(self, slices: npt.NDArray[np.int64], rng: np.random.Generator) -> Floats:
        return (slices + rng.random(self.draws)) / self.draws


class _Sobol(_Source):
    """Sobol points, each dimension scrambled by a random digital shift from the stream of its name.

    Dimensions are handed out in order of name, national drivers first: unlike the other methods, a new parameter may
    move the points of those after it, and all municipalities must be given the same national drivers.
    """

    def __init__(self, parameters: Sequence[Parameter], draws: int, seed: int, study: tuple[int, ...]) -> None:
        from scipy.stats import qmc

        super().__init__(parameters, draws, seed, study)
        names = {(not each.shared, _own_name(each)) for each in parameters}
        names |= {(not each.shared, _factor_name(each.group)) for each in parameters if each.group is not None}
        self.dimension = {name: at for at, (_, name) in enumerate(sorted(names))}
        unscrambled = qmc.Sobol(max(len(names), 1), scramble=False, bits=SOBOL_BITS).random(draws)
        self.whole = np.ascontiguousarray(unscrambled.T * 2.0**SOBOL_BITS).astype(np.uint64)

    def shares(self, name: str, *, shared: bool) -> Floats:
        shift = self.generator(name, shared=shared).integers(2**SOBOL_BITS, dtype=np.uint64)
        shifted: Floats = ((self.whole[self.dimension[name]] ^ shift) + 0.5) / 2.0**SOBOL_BITS
        return shifted


_SOURCES: dict[Sampling, type[_Source]] = {
    Sampling.LATIN_HYPERCUBE: _LatinHypercube,
    Sampling.SOBOL: _Sobol,
    Sampling.RANDOM: _Random,
}


def _shares(parameter: Parameter, source: _Source) -> Floats:
    own, shared = _own_name(parameter), parameter.shared
    if parameter.distribution.width_is_zero:
        return np.full(source.draws, 0.5)
    if parameter.group is None or parameter.correlation == 0.0:
        return source.shares(own, shared=shared)
    common = source.shares(_factor_name(parameter.group), shared=shared)
    if abs(parameter.correlation) == 1.0:
        return common if parameter.correlation > 0.0 else 1.0 - common
    from scipy.special import ndtri

    weight = 2.0 * math.sin(math.pi * parameter.correlation / 6.0)  # Spearman → Pearson in a Gaussian copula
    inside = (np.clip(each, SMALLEST, LARGEST) for each in (common, source.shares(own, shared=shared)))
    factor, alone = (ndtri(each) for each in inside)
    return source.from_scores(weight * factor + math.sqrt(1.0 - weight**2) * alone, own, shared=shared)


def _own_name(parameter: Parameter) -> str:
    return f"parameter/{parameter.name}"


def _factor_name(group: str) -> str:
    return f"group/{group}"


def _words(name: str) -> tuple[int, int]:
    """A name as two numbers: 64 bits, so that two names of a study never share a stream by chance."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
