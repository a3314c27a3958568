"""Why an emission changed: a change split into effects of named factors that add up to it exactly.

The split is LMDI-I in its additive form (Ang 2005). Method page: `decomposition`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from klimaplan.domain.errors import Finding, Text, comma, raise_errors
from klimaplan.domain.series import Floats

Factors = Mapping[str, Floats | float]
"""Factor → level; the levels of one year multiply to the emission."""


def decompose(first: Factors, last: Factors) -> dict[str, Floats]:
    """Split the change of a product into the effect of each factor.

    V = Π x_k,   ΔV_k = L(V₁, V₀) · ln(x_k₁ / x_k₀),   L(a, b) = (a − b) / (ln a − ln b),  L(a, a) = a

    Where a product is zero, the limit of small values holds, with the same small value for every zero (Ang & Liu
    2007): a product that comes from zero, or goes to it, does so by the factors that are zero there, in equal parts;
    a product that is zero in both years has no effects.

    Parameters
    ----------
    first, last : factor → level in the two years, numbers or arrays of one shape

    Returns
    -------
    factor → effect, in the order given; the effects add up to Π last − Π first

    Raises
    ------
    InputError : the years have different factors, or a level is negative or not a number; every finding at once

    >>> effects = decompose({"people": 100.0, "per head": 2.0}, {"people": 110.0, "per head": 2.0})
    >>> {name: round(float(effect), 9) for name, effect in effects.items()}
    {'people': 20.0, 'per head': 0.0}
    """
    raise_errors(_check(first, last))
    names = list(first)
    before, after = (
        np.stack(np.broadcast_arrays(*(np.asarray(factors[name], dtype=np.float64) for name in names)))
        for factors in (first, last)
    )
    began, ended = before.prod(axis=0), after.prod(axis=0)
    zero_before, zero_after = before == 0.0, after == 0.0
    inside = ~(zero_before.any(axis=0) | zero_after.any(axis=0))
    logs = _log_ratio(np.where(inside, after, 1.0), np.where(inside, before, 1.0))
    effects = np.where(inside, _log_mean(began, ended, inside) * logs, 0.0)
    from_zero = (began == 0.0) & (ended > 0.0)
    to_zero = (began > 0.0) & (ended == 0.0)
    for moves, zeros, change in ((from_zero, zero_before, ended), (to_zero, zero_after, -began)):
        share = zeros / np.maximum(zeros.sum(axis=0), 1)
        effects = np.where(moves, change * share, effects)
    return dict(zip(names, effects, strict=True))


def _log_mean(one: Floats, other: Floats, inside: Floats) -> Floats:
    """L(a, b), and nothing where a zero is near."""
    one, other = np.where(inside, one, 1.0), np.where(inside, other, 1.0)
    logs = _log_ratio(other, one)
    # two that differ in the last digit have a logarithm of zero between them, and are their own mean
    return np.divide(other - one, logs, out=one.copy(), where=logs != 0.0)


def _log_ratio(above: Floats, below: Floats) -> Floats:
    """ln(a / b); through log1p where the two are near each other, so that no digits are lost."""
    near = np.abs(above - below) < 0.5 * below
    change = np.where(near, above - below, 0.0) / below
    logs: Floats = np.where(near, np.log1p(change), np.log(above) - np.log(below))
    return logs


def _check(first: Factors, last: Factors) -> Iterator[Finding]:
    for name in dict.fromkeys((*first, *last)):
        if name not in first or name not in last:
            yield _factor_of_one_year(name)
            continue
        for year, levels in (("first", first[name]), ("last", last[name])):
            read = np.asarray(levels, dtype=np.float64)
            if not np.isfinite(read).all():
                yield _not_a_number(f"{name}/{year}")
            elif (read < 0.0).any():
                yield _negative(f"{name}/{year}", float(read.min()))
    if not first and not last:
        yield _factor_of_one_year("∅")


def _factor_of_one_year(name: str) -> Finding:
    return Finding(
        "factor-of-one-year", name,
        Text("Faktoren kendes ikke i begge år.", "The factor is not known in both years."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Angiv den i begge år, eller udelad den.", "Give it in both years, or leave it out."),
    )  # fmt: skip


def _not_a_number(place: str) -> Finding:
    return Finding(
        "factor-not-a-number", place,
        Text("Faktoren er ikke et endeligt tal.", "The factor is not a finite number."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Ret den, eller udelad den.", "Correct it, or leave it out."),
    )  # fmt: skip


def _negative(place: str, level: float) -> Finding:
    return Finding(
        "factor-negative", place,
        Text(f"Faktoren er negativ: {comma(level, 'g')}.", f"The factor is negative: {level:g}."),
        Text("Et negativt tal har ingen logaritme, så ændringen kan ikke deles op.",
             "A negative number has no logarithm, so the change cannot be split."),
        Text("Vis ændringen uden at dele den op.", "Show the change without splitting it."),
    )  # fmt: skip
