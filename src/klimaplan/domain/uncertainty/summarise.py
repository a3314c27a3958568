"""What many draws say together: the only place where the `draw` axis is collapsed.

The draws are sorted once; every quantile and every probability is then read off. Method page: `uncertainty`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.errors import InputError
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.domain.uncertainty import findings as said

METHOD = "uncertainty"


@dataclass(frozen=True)
class Probability:
    """How likely something is, and how well the number of draws lets us say it.

    Parameters
    ----------
    values : Series of shares, 0..1
    standard_error : Series, of the share; never zero, because a hundred draws of a hundred prove no certainty
    """

    values: Series
    standard_error: Series


@dataclass(frozen=True)
class Spread:
    """Draws in rising order, ready to be asked; made by `order`.

    Parameters
    ----------
    ordered : Series (…, draw), sorted along the draws
    mean : Series (…)
    """

    ordered: Series
    mean: Series

    @property
    def draws(self) -> int:
        return len(self.ordered.axes[-1])

    def quantile(self, share: float) -> Series:
        """The value that the share of the draws does not exceed, interpolated in a straight line between two draws.

        Raises
        ------
        InputError : a share outside 0..1
        """
        if not 0.0 <= share <= 1.0:
            raise InputError(said.outside_unit_interval(f"{share}"))
        at = (self.draws - 1) * share
        before = int(at)
        part = at - before
        low = self.ordered.values[..., before]
        high = self.ordered.values[..., min(before + 1, self.draws - 1)]
        # from the nearer end, as numpy does it: then 0 and 1 give the ends exactly, and equal draws their value
        values = low + (high - low) * part if part < 0.5 else high - (high - low) * (1.0 - part)
        return Series(values, self.mean.axes, self.ordered.unit, self._after(f"quantile {share:g} of the draws"))

    def probability_at_most(self, level: Series) -> Probability:
        """The share of the draws that stay at or below a level, such as the target of every year.

        p = k / n,  standard error = sqrt( p̃ · (1 − p̃) / n ),  p̃ = (k + ½) / (n + 1)

        Half a draw on either side keeps the error honest where no draw, or every draw, stays below. The error is that
        of independent draws; Latin hypercube and Sobol points do no worse.

        Parameters
        ----------
        level : Series with the axes of `mean`, same unit; a missing level has a missing probability
        """
        axes.require_same(self.mean.axes, level.axes)
        units.require_same(self.mean.unit, level.unit)
        below = np.count_nonzero(self.ordered.values <= level.values[..., None], axis=-1)
        hole = ~np.isfinite(level.values)
        adjusted = (below + 0.5) / (self.draws + 1.0)
        error = np.sqrt(adjusted * (1.0 - adjusted) / self.draws)
        explained = self._after("share of the draws at or below the level", kind=Kind.CALCULATED)
        return Probability(*(
            Series(np.where(hole, np.nan, values), level.axes, units.DIMENSIONLESS, explained, level.missing)
            for values in (below / self.draws, error)
        ))  # fmt: skip

    def _after(self, step: str, *, kind: Kind | None = None) -> Provenance:
        before = self.ordered.provenance
        return before.after(step, kind=kind or before.kind, method=METHOD)


def order(totals: Series) -> Spread:
    """Sort the draws of every year.

    Parameters
    ----------
    totals : Series (…, draw), e.g. (year, draw)

    Raises
    ------
    AxisError : draws are not the last axis
    CoverageError : a value is missing; a quantile over the rest would be of something else

    >>> from klimaplan.domain.axes import Axis
    >>> seen = Provenance("example", "1", Kind.PROJECTED)
    >>> draws = Series([[3.0, 1.0, 2.0]], (axes.years(2030, 2030), Axis("draw", (0, 1, 2))), units.TONNES, seen)
    >>> order(draws).quantile(0.5).at(2030)
    2.0
    """
    axes.require_last(axes.DRAW, totals.axes)
    summed = totals.sum(axes.DRAW)
    draws = len(totals.axes[-1])
    if not draws:
        raise InputError(said.no_draws(draws))
    before = totals.provenance
    mean = Series(
        summed.values / draws, summed.axes, totals.unit,
        before.after(f"mean of {draws} draws", kind=before.kind, method=METHOD),
    )  # fmt: skip
    return Spread(Series(np.sort(totals.values, axis=-1), totals.axes, totals.unit, before), mean)
