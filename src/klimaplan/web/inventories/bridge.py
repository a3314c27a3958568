"""Between the account of the domain and the figures of the database; both ways, without loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.inventory.account import SECTORS, Account
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import NotationKey, Place, Series
from klimaplan.domain.units import Unit
from klimaplan.web.inventories.models import Figure, Snapshot

TOTAL = "total"
POPULATION = "population"
GWP = "AR5"
"""The account weighs gases by AR5 in every edition so far; it is not delivered with the figures."""

Row = tuple[str, int, str, float | None, str]
"""Municipality, year, measure, value, notation key."""


def to_figures(account: Account, snapshot: Snapshot) -> Iterator[Figure]:
    """Every figure of an account as unsaved rows of a snapshot."""
    for place, value, key in _entries(account.emissions):
        code, sector, year = place
        yield _figure(snapshot, (code, year), str(sector), value, key)
    for measure, series in ((TOTAL, account.published_total), (POPULATION, account.population)):
        for place, value, key in _entries(series):
            yield _figure(snapshot, place, measure, value, key)


def to_account(snapshot: Snapshot, rows: Iterable[Row]) -> Account:
    """The account of a snapshot from its rows, exactly as it was imported."""
    by_measure: dict[str, dict[tuple[str, int], tuple[float | None, str]]] = {}
    for code, year, measure, value, notation in rows:
        by_measure.setdefault(measure, {})[code, year] = (value, notation)
    places = by_measure[TOTAL]
    codes = Axis(axes.MUNICIPALITY, tuple(sorted({code for code, _ in places})))
    years = Axis(axes.YEAR, tuple(sorted({year for _, year in places})))
    seen = Provenance(snapshot.source, snapshot.method_version, Kind.OBSERVED, snapshot.retrieved, GWP)
    derived = seen.after("published total over published per-head figure", kind=Kind.CALCULATED, method="per-head")
    layers = [_table(by_measure[str(sector)], codes, years, units.TONNES, seen) for sector in SECTORS.labels]
    emissions = Series(
        np.stack([layer.values for layer in layers], axis=1),
        (codes, SECTORS, years), units.TONNES, seen,
        {
            (code, sector, year): key
            for sector, layer in zip(SECTORS.labels, layers, strict=True)
            for (code, year), key in layer.missing.items()
        },
    )  # fmt: skip
    return Account(
        emissions,
        _table(places, codes, years, units.TONNES, seen),
        _table(by_measure[POPULATION], codes, years, units.INHABITANTS, derived),
    )


def _table(
    entries: dict[tuple[str, int], tuple[float | None, str]], codes: Axis, years: Axis, unit: Unit, seen: Provenance
) -> Series:
    values = np.full((len(codes), len(years)), np.nan)
    missing: dict[Place, NotationKey] = {}
    for row, code in enumerate(codes.labels):
        for column, year in enumerate(years.labels):
            value, notation = entries[code, year]  # type: ignore[index]  # labels are Hashable, ours are str and int
            if value is None:
                missing[code, year] = NotationKey(notation)
            else:
                values[row, column] = value
    return Series(values, (codes, years), unit, seen, missing)


def _entries(series: Series) -> Iterator[tuple[Place, float | None, str]]:
    for index in np.ndindex(series.values.shape):
        place = tuple(axis.labels[position] for axis, position in zip(series.axes, index, strict=True))
        key = series.missing.get(place)
        yield place, (None if key else float(series.values[index])), str(key or "")


def _figure(snapshot: Snapshot, place: Place, measure: str, value: float | None, key: str) -> Figure:
    code, year = place
    return Figure(
        snapshot=snapshot, municipality=str(code), year=int(str(year)), measure=measure, value=value, notation=key
    )
