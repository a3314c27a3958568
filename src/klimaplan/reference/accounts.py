"""The published account of all municipalities, and the sectors it is published in."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import SECTORS, Account
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.reference import tables
from klimaplan.reference.scales import canonical

VERSION = "4.1"
SOURCE = f"energy-account-{VERSION}"
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class SectorLabel:
    """A sector of the account, or its total, as it is published and as it is shown.

    Parameters
    ----------
    published_as : the publisher's own sectors that are added up, e.g. Affaldsdeponi and Spildevand
    colour : the same on every page, in every chart and document
    """

    code: str
    published_as: tuple[str, ...]
    name: Text
    colour: str
    may_be_negative: bool


@cache
def sectors() -> tuple[SectorLabel, ...]:
    """The five sectors in their order on the pages, and last the total.

    >>> [label.code for label in sectors()]
    ['energy', 'transport', 'agriculture', 'waste', 'processes', 'total']
    """
    return tuple(
        SectorLabel(
            row["code"],
            tuple(row["published_as"].split("+")),
            Text(row["name_da"], row["name_en"]),
            row["colour"],
            row["may_be_negative"] == "true",
        )
        for row in sorted(tables.rows("account/sectors"), key=lambda row: int(row["position"]))
    )


@cache
def account() -> Account:
    """The account of all municipalities with the population behind its per-head figures.

    Municipalities in code order, sectors as `SECTORS`, years 2018–2023, t CO2e, observed.
    """
    figures = tables.columns(f"account/figures-{VERSION}")
    people = tables.columns(f"account/population-{VERSION}")
    codes = Axis(axes.MUNICIPALITY, tuple(dict.fromkeys(figures["municipality"])))
    years = Axis(axes.YEAR, tuple(sorted(set(map(int, figures["year"])))))
    both = _series(figures, (codes, Axis(axes.SECTOR, (*SECTORS.labels, TOTAL)), years), provenance())
    derived = both.provenance.after(
        "published total over published per-head figure", kind=Kind.CALCULATED, method="per-head"
    )
    return Account(
        emissions=both.take(axes.SECTOR, SECTORS.labels),
        published_total=both.select(sector=TOTAL),
        population=_series(people, (codes, years), derived),
    )


@cache
def renewable_ratio() -> Series:
    """Electricity from wind, sun and water over electricity used: (municipality, year), a ratio that may exceed 1."""
    shape = account().published_total.axes
    return _series(tables.columns(f"account/renewable-electricity-{VERSION}"), shape, provenance())


def provenance() -> Provenance:
    """Where the figures of the account come from, as the table itself says."""
    edition = tables.edition(f"account/figures-{VERSION}")
    return Provenance(SOURCE, edition.method_version, Kind.OBSERVED, edition.retrieved, edition.gwp)


def _series(columns: tables.Columns, shape: tuple[Axis, ...], seen: Provenance) -> Series:
    # whatever the order of the rows; a place without a row stays NaN, which Series refuses
    values = np.full([len(axis) for axis in shape], np.nan)
    quantities, unit = canonical(columns["value"], columns["unit"])
    values[tuple(_positions(axis, columns) for axis in shape)] = quantities
    return Series(values, shape, unit, seen)


def _positions(axis: Axis, columns: tables.Columns) -> list[int]:
    position: dict[Hashable, int] = {str(label): at for at, label in enumerate(axis.labels)}
    return [position[cell] for cell in columns[axis.name]]
