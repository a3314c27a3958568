"""Quantiles of the beta distribution, ten times as fast as solving for each: the curve is known between its nodes.

x as a function of v = u^(1/α) is smooth down to 0, because u grows as x^α there. Each half of 0..1 is a cubic curve
through nodes of known place and slope, seen from its own end; it lies within 1e-10 of the solved value.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from klimaplan.domain.series import Floats

CELLS = 512
MIDDLE = 0.5


def inverse(alpha: float, beta: float, u: Floats) -> Floats:
    """x with I_x(α, β) = u, element by element.

    Parameters
    ----------
    alpha, beta : 1 or more
    u : 0..1

    >>> inverse(3.0, 3.0, np.array([0.0, 0.5, 1.0])).tolist()
    [0.0, 0.5, 1.0]
    """
    from scipy.special import betainc

    below = u <= float(betainc(alpha, beta, MIDDLE))
    x = np.empty(u.shape)
    x[below] = _from_zero(alpha, beta, u[below])
    x[~below] = 1.0 - _from_zero(beta, alpha, 1.0 - u[~below])
    return x


def _from_zero(alpha: float, beta: float, u: Floats) -> Floats:
    """The cubic of Hermite between the two nodes around each u."""
    places, x, slopes = _nodes(alpha, beta)
    v = u ** (1.0 / alpha)
    cell = np.clip(np.searchsorted(places, v) - 1, 0, CELLS - 1)
    width = places[cell + 1] - places[cell]
    t = (v - places[cell]) / width
    rise, left, right = x[cell + 1] - x[cell], slopes[cell] * width, slopes[cell + 1] * width
    found: Floats = x[cell] + t * (left + t * (3.0 * rise - 2.0 * left - right + t * (left + right - 2.0 * rise)))
    return found


@lru_cache(maxsize=1024)
def _nodes(alpha: float, beta: float) -> tuple[Floats, Floats, Floats]:
    """v, x and dx/dv from x = 0 to the middle."""
    from scipy.special import beta as complete
    from scipy.special import betainc

    x = np.linspace(0.0, MIDDLE, CELLS + 1)
    whole = float(complete(alpha, beta))
    v = betainc(alpha, beta, x) ** (1.0 / alpha)
    steepness = np.full(CELLS + 1, (alpha * whole) ** (-1.0 / alpha))  # of v at 0, where v / x has no value
    np.divide(v, x, out=steepness, where=x > 0.0)
    return v, x, alpha * whole * steepness ** (alpha - 1.0) / (1.0 - x) ** (beta - 1.0)
