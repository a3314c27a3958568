"""Sharing the sectors of a municipality out over streams and gases, so that they always add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Severity, Text, raise_errors
from klimaplan.domain.inventory.account import NEAR_ZERO_T_PER_HEAD, ROUNDING_T, SECTORS, Sector
from klimaplan.domain.inventory.streams.model import (
    GASES,
    METHOD,
    NationalStreams,
    OwnDetail,
    Stream,
    StreamTable,
)
from klimaplan.domain.inventory.streams.own import (
    USABLE_SHARE,
    Bools,
    check,
    check_amounts,
    described,
    develop,
    hold,
    replaces,
)
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Floats, Series

NOTHING_T = 1e-9
"""A milligram is noise of the arithmetic and no sum to take shares of."""


@dataclass(frozen=True)
class _Part:
    """One sector, shared out: own streams first, then the estimated ones."""

    streams: tuple[Stream, ...]
    block: Floats
    estimated: tuple[str, ...]
    findings: tuple[Finding, ...]


def split(
    by_sector: Series, national: NationalStreams, *, own: Sequence[OwnDetail] = (), inhabitants: float | None
) -> StreamTable:
    """Share the sectors of one municipality out over streams and gases.

    estimated:  E_ig(t) = (E_s(t) − Σ own(t)) · N_ig(t) / Σ_jh N_jh(t),  j the estimated streams of the sector
    own:        E_i(t) = E_i(0) · N_i(t) / N_i(0), or held (see `own.develop`)

    with N the national streams of the same year, or of the last year in which their sum is usable as a divisor.
    Where the sector is near zero or negative, shares have no meaning: what is not own stands in the largest sink of
    the sector (agriculture: forest), or in the largest stream where there is no sink, in that stream's main gas.

    Parameters
    ----------
    by_sector : Series (sector, year), t CO2e, the account or the baseline of one municipality
    inhabitants : decides what is near zero and whether there are point sources; without it only zero and below is
        near zero and no point source is assumed

    Raises
    ------
    InputError : own detail that cannot stand; every finding at once
    AxisError : years outside the national streams, or other sectors than those of `Sector`
    CoverageError : a sector is missing in a year

    Notes
    -----
    Method page: `streams`.
    """
    span = by_sector.axis(axes.YEAR)
    axes.require_same(by_sector.axes, (SECTORS, span))
    units.require_same(by_sector.unit, units.TONNES)
    by_sector.sum(axes.SECTOR)  # refuses a missing figure
    for year in span.labels:
        national.emissions.axis(axes.YEAR).position(year)  # refuses a year outside
    faults = check(own, national)
    raise_errors(faults)
    parts = [
        _split_sector(sector, values, national, [each for each in own if each.sector is sector], inhabitants, span)
        for sector, values in zip(Sector, by_sector.values, strict=True)
    ]
    found = tuple(finding for part in parts for finding in part.findings)
    raise_errors(found)
    return _table(parts, by_sector, national, own, found)


def _table(
    parts: Sequence[_Part], by_sector: Series, national: NationalStreams, own: Sequence[OwnDetail],
    found: tuple[Finding, ...],
) -> StreamTable:  # fmt: skip
    rows = sorted(
        ((stream, row) for part in parts for stream, row in zip(part.streams, part.block, strict=True)),
        key=lambda pair: pair[0].key,
    )
    streams = tuple(stream for stream, _ in rows)
    provenance = by_sector.provenance.after(
        f"estimated from national shares of {national.edition}", kind=Kind.ESTIMATED, method=METHOD
    )
    stream_axis = Axis(axes.STREAM, tuple(stream.key for stream in streams))
    emissions = Series(
        np.stack([row for _, row in rows]), (stream_axis, GASES, by_sector.axis(axes.YEAR)), by_sector.unit, provenance
    )
    return StreamTable(
        streams, emissions, frozenset(key for part in parts for key in part.estimated), tuple(own), found
    )


def _split_sector(
    sector: Sector, values: Floats, national: NationalStreams, own: Sequence[OwnDetail], inhabitants: float | None,
    span: Axis,
) -> _Part:  # fmt: skip
    years = [int(str(year)) for year in span.labels]
    there = [
        at for at, stream in enumerate(national.streams)
        if stream.sector is sector and _is_there(stream, values, years, national, inhabitants)
    ]  # fmt: skip
    positions = [national.emissions.axis(axes.YEAR).position(year) for year in years]
    held = hold(np.nan_to_num(national.emissions.values[there]), positions)  # a gas not listed has no share
    left = [row for row, at in enumerate(there) if not any(replaces(d, national.streams[at], national) for d in own)]
    estimated = tuple(national.streams[there[row]] for row in left)
    mine = (
        np.stack([develop(detail, national, span) for detail in own]) if own else np.zeros((0, len(GASES), len(span)))
    )
    if not own and not estimated:
        raise_errors([_no_streams(sector, national.edition)])
    left_t = held[left].sum(axis=(0, 1)) if estimated else None
    found = list(check_amounts(sector, values, own, mine, left_t, years))
    near_zero = values < (0.0 if inhabitants is None else NEAR_ZERO_T_PER_HEAD * inhabitants)
    streams = (*(described(detail, national) for detail in own), *estimated)
    if estimated:
        capped = _overdrawn(values, mine, estimated, held[left], near_zero)
        mine = np.where(capped, _scaled(mine, values), mine)
        rest = np.where(capped, 0.0, values - mine.sum(axis=(0, 1)))
        block = np.concatenate([mine, _share_out(rest, estimated, held[left], near_zero, national, inhabitants)])
        if capped.any() and not found:
            found.append(_capped(sector, [year for year, hit in zip(years, capped, strict=True) if hit]))
    else:
        block = _fitted(mine, values)
    largest = len(own) if estimated else 0
    _absorb(block[largest:], values - block.sum(axis=(0, 1)))
    return _Part(streams, block, tuple(stream.key for stream in estimated), tuple(found))


def _is_there(
    stream: Stream, values: Floats, years: Sequence[int], national: NationalStreams, inhabitants: float | None
) -> bool:
    """Whether the municipality has a stream: a point source only where the sector is large enough in some year.

    Judged from the last observed year on, so that the account and the baseline of a municipality agree.
    """
    if stream.point_source_above is None:
        return True
    if inhabitants is None:
        return False
    since = min(max(years), min(years) if national.last_observed is None else national.last_observed)
    judged = values[[at for at, year in enumerate(years) if year >= since]]
    return bool(judged.max() > stream.point_source_above * inhabitants)


def _overdrawn(values: Floats, mine: Floats, left: Sequence[Stream], held: Floats, near_zero: Bools) -> Bools:
    """Years in which own detail leaves less than nothing and no sink to take it."""
    takes_up = near_zero & any(stream.is_sink for stream in left)
    hit: Bools = (values >= 0.0) & ~takes_up & (mine.sum(axis=(0, 1)) > values) & (held.sum(axis=(0, 1)) >= 0.0)
    return hit


def _share_out(
    rest: Floats, streams: Sequence[Stream], held: Floats, near_zero: Bools, national: NationalStreams,
    inhabitants: float | None,
) -> Floats:  # fmt: skip
    """What is not own, over the estimated streams: (stream, gas, year)."""
    by_stream = held.sum(axis=1)
    net, gross = by_stream.sum(axis=0), np.abs(by_stream).sum(axis=0)
    alone = near_zero | (np.abs(net) <= USABLE_SHARE * gross) | (net * rest < 0.0)
    points = np.array([stream.point_source_above is not None for stream in streams])
    if points.any() and national.inhabitants is not None and inhabitants is not None:
        # the ordinary streams have what they have per head in the country, point sources the rest
        ordinary, at_points = held[~points], held[points]
        level = ordinary.sum(axis=(0, 1)) * inhabitants / national.inhabitants
        excess = np.where(at_points.sum(axis=(0, 1)) > 0.0, np.maximum(rest - level, 0.0), 0.0)
        block = np.empty_like(held)
        block[~points], block[points] = _scaled(ordinary, rest - excess), _scaled(at_points, excess)
    else:
        block = _scaled(held, rest)
    sinks = np.array([stream.is_sink for stream in streams])
    for at in np.flatnonzero(alone):
        block[:, :, at] = 0.0
        row, gas = _holder(held[:, :, at], sinks)
        block[row, gas, at] = rest[at]
    return block


def _holder(national: Floats, sinks: Bools) -> tuple[int, int]:
    """Which stream and gas hold a sum that cannot be shared: the largest sink, else the largest stream."""
    by_stream = national.sum(axis=1)
    row = int(np.where(sinks, by_stream, np.inf).argmin()) if sinks.any() else int(by_stream.argmax())
    return row, int(np.abs(national[row]).argmax())


def _scaled(block: Floats, amount: Floats) -> Floats:
    """A block with the same proportions that adds up to an amount in every year; nothing where it has none."""
    net = block.sum(axis=(0, 1))
    factor: Floats = np.divide(amount, net, out=np.zeros_like(amount), where=np.abs(net) > NOTHING_T)
    return block * factor


def _fitted(mine: Floats, values: Floats) -> Floats:
    """A sector of own detail alone: scaled to the sector where that keeps the signs, else left to the largest."""
    net, gross = mine.sum(axis=(0, 1)), np.abs(mine).sum(axis=(0, 1))
    keeps = (np.abs(net) > USABLE_SHARE * gross) & (net * values > 0.0)
    close = np.abs(net - values) <= ROUNDING_T
    return np.where(keeps & ~close, _scaled(mine, values), mine)


def _absorb(block: Floats, difference: Floats) -> None:
    """Put what is left by rounding into the largest figure of every year."""
    for at in np.flatnonzero(difference):
        flat = int(np.abs(block[:, :, at]).argmax())
        row, gas = divmod(flat, block.shape[1])
        block[row, gas, at] += difference[at]


def _no_streams(sector: Sector, edition: str) -> Finding:
    return Finding(
        "sector-without-streams", str(sector),
        Text(f"{edition} har ingen strømme i sektoren.", f"{edition} has no streams in the sector."),
        Text("Så kan sektoren ikke deles.", "So the sector cannot be shared out."),
        Text("Tilføj strømme til tabellen, eller giv egne tal.", "Add streams to the table, or give own figures."),
    )  # fmt: skip


def _capped(sector: Sector, years: Sequence[int]) -> Finding:
    shown = f"{years[0]}" if len(years) == 1 else f"{years[0]}–{years[-1]}"
    return Finding(
        "own-scaled-to-sector", f"{sector}/{shown}",
        Text(f"Egne tal er sat ned til sektoren i {len(years)} år.",
             f"Own figures were scaled down to the sector in {len(years)} years."),
        Text("De følger landets strøm, som falder langsommere end kommunens sektor.",
             "They follow the national stream, which falls more slowly than the sector of the municipality."),
        Text("Giv et nyere tal, eller se strømmene i de år som et skøn.",
             "Give a newer figure, or take the streams of those years as an estimate."),
        Severity.WARNING,
    )  # fmt: skip
