"""The national streams: what the country emits by stream and gas, and the vocabulary of carriers and sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import GASES, Gas, NationalStreams, Stream
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Floats, NotationKey, Series, absent
from klimaplan.reference import tables
from klimaplan.reference.accounts import account
from klimaplan.reference.scales import scale
from klimaplan.reference.tables import Row

TOTAL = "total"
LAST_DECIMAL = Decimal("0.01")
"""The national figures have two decimals, in Mt CO2e."""

Figures = Mapping[tuple[str, str, int], Decimal]
"""CRF code, gas or total, year → published figure."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An energy carrier or a source: what stands after the slash of a stream.

    Parameters
    ----------
    factor : t CO2e per TJ, where a source gives one
    factor_year : the year for which it holds
    """

    code: str
    name: Text
    activity_unit: str
    factor: float | None
    factor_year: int | None
    note: Text
    source: str


@dataclass(frozen=True, slots=True)
class CodeLeftOut:
    """A code of the national inventory that no municipality follows, and why."""

    crf: str
    reason: Text


@cache
def national_streams(edition: str = "kf25") -> NationalStreams:
    """The national inventory and projection by stream and gas, t CO2e.

    The published total of a stream holds. Its gases are published with two decimals each; what they lack of the total
    stands in the largest of them. A gas that is not listed is below 0.005 Mt and stays missing.

    >>> national_streams().emissions.at("I.1.1/fossil_heating", "CH4", 2023)
    80000.0
    """
    name = f"streams/{edition}-crf"
    columns, held = tables.columns(name), tables.edition(name)
    years = [int(year) for year in columns["year"]]
    last_observed = max(year for year, kind in zip(years, columns["kind"], strict=True) if kind == Kind.OBSERVED)
    factor, unit = scale(columns["unit"][0])
    figures: Figures = {
        (code, gas, year): Decimal(value) * factor
        for code, gas, year, value in zip(columns["crf"], columns["gas"], years, columns["value"], strict=True)
    }
    for row in tables.rows(f"streams/{edition}-breaks"):
        figures = _mended(figures, row["crf_codes"].split("+"), int(row["until"]))
    rows = tables.rows(f"streams/{edition}-streams")
    span = axes.years(min(years), max(years))
    values = np.stack([_by_gas(row, figures, [int(str(year)) for year in span.labels]) for row in rows])
    all_axes = (Axis(axes.STREAM, tuple(row["stream"] for row in rows)), GASES, span)
    seen = Provenance(
        edition, held.method_version, Kind.PROJECTED, held.retrieved, held.gwp, "streams",
        (f"inventory to {last_observed}, projection after", "summed from CRF codes",
         "machinery before 2024 set apart as in 2024"),
    )  # fmt: skip
    emissions = Series(values, all_axes, unit, seen, absent(values, all_axes, NotationKey.NOT_ESTIMATED))
    population = account().population.select(year=last_observed)
    return NationalStreams(
        streams=tuple(_stream(row) for row in rows),
        emissions=emissions,
        edition=held.method_version,
        inhabitants=population.sum(axes.MUNICIPALITY).at(),
        last_observed=last_observed,
        rounding_t=float(LAST_DECIMAL * factor),
        carriers={code: carrier.name for code, carrier in carriers().items()},
    )


@cache
def carriers() -> Mapping[str, Carrier]:
    """The vocabulary of carriers and sources by code.

    >>> carriers()["natural_gas"].factor
    57.1
    """
    return {
        row["carrier"]: Carrier(
            code=row["carrier"],
            name=Text(row["name_da"], row["name_en"]),
            activity_unit=row["activity_unit"],
            factor=float(row["factor"]) if row["factor"] else None,
            factor_year=int(row["factor_year"]) if row["factor_year"] else None,
            note=Text(row["note_da"], row["note_en"]),
            source=row["source"],
        )
        for row in tables.rows("streams/carriers")
    }


@cache
def streams_left_out(edition: str = "kf25") -> tuple[CodeLeftOut, ...]:
    """The codes of the national inventory that no stream follows.

    >>> [row.crf for row in streams_left_out()]
    ['1A1c', '1A3bx', '1A5bi', '1B2a', '1B2c', 'ccs', 'cor']
    """
    return tuple(
        CodeLeftOut(row["crf"], Text(row["reason_da"], row["reason_en"]))
        for row in tables.rows(f"streams/{edition}-left-out")
    )


def _stream(row: Row) -> Stream:
    above = row["point_source_above_t_per_head"]
    return Stream(
        key=row["stream"],
        ref=row["gpc_ref"],
        carrier=row["carrier"],
        sector=Sector(row["sector"]),
        name=Text(row["name_da"], row["name_en"]),
        is_sink=row["is_sink"] == "true",
        solver=Text(row["solver_da"], row["solver_en"]),
        national_codes=tuple(row["crf_codes"].split("+")),
        point_source_above=float(above) if above else None,
        activity_unit=row["activity_unit"],
        note=Text(row["note_da"], row["note_en"]),
    )


def _by_gas(row: Row, figures: Figures, years: list[int]) -> Floats:
    """One stream: (gas, year), t CO2e; NaN where the publisher lists nothing."""
    codes, share = row["crf_codes"].split("+"), Decimal(row["share"])
    usual = max(Gas, key=lambda gas: sum(abs(_sum(figures, codes, gas, year) or Decimal()) for year in years))
    block = np.full((len(GASES), len(years)), np.nan)
    for at, year in enumerate(years):
        listed = {gas: tonnes for gas in Gas if (tonnes := _sum(figures, codes, gas, year)) is not None}
        total = _sum(figures, codes, TOTAL, year)
        if total is None:
            continue
        largest = max(listed, key=lambda gas: abs(listed[gas]), default=usual)
        listed[largest] = listed.get(largest, Decimal()) + total - sum(listed.values(), Decimal())
        for gas, tonnes in listed.items():
            block[GASES.position(str(gas)), at] = float(tonnes * share)
    return block


def _mended(figures: Figures, codes: list[str], until: int) -> Figures:
    """Share the sum of some codes out as in the year after a break, in all years up to it.

    A gas that the year after does not list for any of them is shared out as the total.
    """
    mended = dict(figures)
    years = {year for code, _, year in figures if code in codes and year <= until}
    for gas in (*Gas, TOTAL):
        after = {code: figures[code, gas, until + 1] for code in codes if (code, gas, until + 1) in figures}
        after = after or {code: figures[code, TOTAL, until + 1] for code in codes}
        for year in years:
            whole = _sum(figures, codes, gas, year)
            for code in codes:
                mended.pop((code, gas, year), None)
                if whole is not None and code in after:
                    mended[code, gas, year] = whole * after[code] / sum(after.values(), Decimal())
    return mended


def _sum(figures: Figures, codes: list[str], gas: str, year: int) -> Decimal | None:
    """The listed figures of some codes together; None if none of them is listed."""
    listed = [figures[code, gas, year] for code in codes if (code, gas, year) in figures]
    return sum(listed, Decimal()) if listed else None
