"""Local drivers of the baseline: how a municipality departs from the national development."""

from __future__ import annotations

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Place, Series


def population_trend(population: Series, *, until: int) -> Series:
    """Carry each municipality's population on by its own average yearly change in persons.

    P(t) = P(last) + (t − last) · [P(last) − P(first)] / (last − first)      symbols: method page `drivers`

    Parameters
    ----------
    population : Series (municipality, year), inhabitants, of two years or more

    Returns
    -------
    Series (municipality, year), inhabitants, from the last given year to `until`. Our own continuation, not the
    official population projection; replace it by that where it is at hand. Missing where the first or the last year is.

    Raises
    ------
    InputError : only one year is given
    """
    axes.require_last(axes.YEAR, population.axes)
    given = population.axis(axes.YEAR).labels
    first, last = int(str(given[0])), int(str(given[-1]))
    if first == last:
        raise InputError(_one_year_only(first))
    ahead = np.arange(until - last + 1, dtype=np.float64)
    yearly = (population.values[:, -1] - population.values[:, 0]) / (last - first)
    values = population.values[:, -1:] + yearly[:, None] * ahead
    provenance = population.provenance.after(
        f"average yearly change {first}–{last} carried on to {until}", kind=Kind.PROJECTED, method="drivers"
    )
    missing: dict[Place, NotationKey] = {
        (code, year): key
        for (code, used), key in population.missing.items()
        if used in {first, last}
        for year in range(last, until + 1)
    }
    return Series(values, (population.axes[0], axes.years(last, until)), population.unit, provenance, missing)


def relative_growth(population: Series) -> Series:
    """Local growth relative to national growth since the first year: 1 where a municipality follows the country.

    g_m(t) = [P_m(t) / P_m(0)] / [P(t) / P(0)],  P = Σ_m P_m

    The national projection already holds the growth of the country; only the local departure is added.

    Returns
    -------
    Series (municipality, year), dimensionless; `CoverageError` if a population is missing.
    """
    country = population.sum(axes.MUNICIPALITY).values
    values = (population.values / population.values[:, :1]) / (country / country[:1])
    provenance = population.provenance.after(
        "local growth relative to the country", kind=Kind.CALCULATED, method="drivers"
    )
    return Series(values, population.axes, population.unit / population.unit, provenance)


def _one_year_only(year: int) -> Finding:
    return Finding(
        "population-of-one-year", str(year),
        Text("Befolkningen kendes kun for ét år.", "The population is known for one year only."),
        Text("Så er der ingen udvikling at føre videre.", "So there is no development to carry on."),
        Text("Hent mindst to år.", "Fetch two years or more."),
    )  # fmt: skip
