"""From the key figures of many municipalities and years to one account; what nobody answered is a hole, not a zero."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import InputError
from klimaplan.domain.inventory.account import SECTORS, Account
from klimaplan.domain.provenance import Provenance
from klimaplan.domain.series import NotationKey, Series, absent
from klimaplan.domain.units import Unit
from klimaplan.reference import load
from klimaplan.sources.account import findings
from klimaplan.sources.account.edition import Edition
from klimaplan.sources.account.key_figures import Collected, KeyFigures

Read = Callable[[KeyFigures], float | None]


def assemble(collected: Collected, edition: Edition, years: Sequence[int] | None = None) -> Account:
    """The account of all municipalities; findings on what is absent are added to those collected.

    Parameters
    ----------
    years : the years asked for; without them every year from the first to the last that was answered

    Raises
    ------
    InputError : there is no year at all; with everything that was collected
    """
    answered = sorted({year for _, year in collected.figures})
    span = years or (range(answered[0], answered[-1] + 1) if answered else ())
    if not span:
        raise InputError(collected.findings or [findings.nothing_found()])
    shape = (_municipalities(), Axis(axes.YEAR, tuple(span)))
    _name_holes(collected, shape)
    seen = edition.provenance()
    sectors = [
        _series(collected, shape, _sum_of(label.published_as), units.TONNES, seen)
        for code in SECTORS.labels
        for label in load.sectors()
        if label.code == code
    ]
    values = np.stack([series.values for series in sectors], axis=1)
    around = (shape[0], SECTORS, shape[1])
    return Account(
        emissions=Series(values, around, units.TONNES, seen, absent(values, around, NotationKey.NOT_ESTIMATED)),
        published_total=_series(collected, shape, _total, units.TONNES, seen),
        population=_series(collected, shape, _population, units.INHABITANTS, edition.derived_population()),
    )


def renewable_ratio(collected: Collected, edition: Edition, years: Sequence[int]) -> Series:
    """Electricity from wind, sun and water over electricity used: (municipality, year), a ratio that may exceed 1."""
    shape = (_municipalities(), Axis(axes.YEAR, tuple(years)))
    return _series(collected, shape, _renewable, units.DIMENSIONLESS, edition.provenance())


def _municipalities() -> Axis:
    # always all of them: an account of a few would pass for the country
    return Axis(axes.MUNICIPALITY, tuple(municipality.code for municipality in load.municipalities()))


def _name_holes(collected: Collected, shape: tuple[Axis, Axis]) -> None:
    codes, span = shape
    nobody = [year for year in span.labels if not any((code, year) in collected.figures for code in codes.labels)]
    collected.findings.extend(findings.year_not_published(str(year)) for year in nobody)
    for code in codes.labels:
        gaps = [
            str(year)
            for year in span.labels
            if year not in nobody and (code, year) not in collected.figures
        ]  # fmt: skip
        if gaps:
            collected.findings.append(findings.answer_absent(str(code), gaps))


def _series(collected: Collected, shape: tuple[Axis, Axis], read: Read, unit: Unit, seen: Provenance) -> Series:
    values = np.full([len(axis) for axis in shape], np.nan)
    codes, span = shape
    for (code, year), figures in collected.figures.items():
        if year in span.labels and (value := read(figures)) is not None:
            values[codes.position(code), span.position(year)] = value
    return Series(values, shape, unit, seen, absent(values, shape, NotationKey.NOT_ESTIMATED))


def _sum_of(published_as: Sequence[str]) -> Read:
    def read(figures: KeyFigures) -> float | None:
        parts = [figures.sectors[name] for name in published_as]
        known = [part for part in parts if part is not None]
        # half of a sum is not the sum
        return float(sum(known)) if len(known) == len(parts) else None

    return read


def _total(figures: KeyFigures) -> float | None:
    return None if figures.total is None else float(figures.total)


def _population(figures: KeyFigures) -> float | None:
    return figures.population


def _renewable(figures: KeyFigures) -> float | None:
    return None if figures.renewable_ratio is None else float(figures.renewable_ratio)
