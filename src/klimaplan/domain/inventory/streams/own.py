"""Own detail: what can be wrong with it, which estimate it replaces, and how it develops from its own year."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Text, comma
from klimaplan.domain.inventory.account import ROUNDING_T, Sector
from klimaplan.domain.inventory.streams.model import Gas, NationalStreams, OwnDetail, Stream
from klimaplan.domain.series import Floats

Bools = npt.NDArray[np.bool_]

USABLE_SHARE = 0.1
"""Shares of a sum of at most this part of what is emitted and taken up together would be tenfold or more."""

INDEX_ROUNDINGS = 5
"""A national figure of fewer last decimals than this is no base for an index: rounding alone would move it by 10 %."""


def replaces(detail: OwnDetail, stream: Stream, national: NationalStreams) -> bool:
    """Whether own detail takes the place of an estimated stream of its sector.

    A key the country has replaces that stream alone; a finer key replaces every estimated stream of its reference.
    """
    if detail.key in {each.key for each in national.streams}:
        return detail.key == stream.key
    return detail.ref == stream.ref


def followed(detail: OwnDetail, national: NationalStreams) -> list[int]:
    """Positions of the national streams that own detail follows: its own, or all of its reference and sector."""
    same = [at for at, stream in enumerate(national.streams) if stream.key == detail.key]
    return same or [
        at for at, stream in enumerate(national.streams)
        if stream.ref == detail.ref and stream.sector is detail.sector
    ]  # fmt: skip


def described(detail: OwnDetail, national: NationalStreams) -> Stream:
    """The stream that own detail stands for: the national one, or a finer one named after it and its carrier."""
    positions = followed(detail, national)
    carrier = national.carriers.get(detail.carrier, Text(detail.carrier, detail.carrier))
    if not positions:
        unknown = Text("Kommunen", "The municipality")
        return Stream(detail.key, detail.ref, detail.carrier, detail.sector, carrier, detail.tonnes < 0.0, unknown)
    stream = national.streams[positions[0]]
    if stream.key == detail.key:
        return stream
    codes = tuple(code for at in positions for code in national.streams[at].national_codes)
    name = carrier
    if len(positions) == 1:
        name = Text(f"{stream.name.da}: {carrier.da.lower()}", f"{stream.name.en}: {carrier.en.lower()}")
    may_sink = any(national.streams[at].is_sink for at in positions)
    return Stream(
        detail.key, detail.ref, detail.carrier, detail.sector, name, may_sink, stream.solver,
        tuple(dict.fromkeys(codes)), None, stream.activity_unit, stream.note,
    )  # fmt: skip


def develop(detail: OwnDetail, national: NationalStreams, span: Axis) -> Floats:
    """Own detail by gas and year: (gas, year), t CO2e.

    E(t) = E(0) · N(t) / N(0) where the national stream N is clearly above zero in the own year 0 and never below
    zero; else E(t) = E(0).
    """
    by_gas = _national_by_gas(detail, national)
    line = by_gas.sum(axis=0)
    years = national.emissions.axis(axes.YEAR)
    at = [years.position(year) for year in span.labels]
    base = line[years.position(detail.year)]
    clear = base > max(INDEX_ROUNDINGS * national.rounding_t, 0.0) and (line >= 0.0).all()
    tonnes: Floats = detail.tonnes * (line[at] / base if clear else np.ones(len(at)))
    if detail.gas_shares is not None:
        shares = np.array([detail.gas_shares.get(gas, 0.0) for gas in Gas])
        given: Floats = shares[:, None] * tonnes
        return given
    held = by_gas[:, _last_of(_has_gas_shares(by_gas), at)]
    parts: Floats = held / held.sum(axis=0) * tonnes
    return parts


def _national_by_gas(detail: OwnDetail, national: NationalStreams) -> Floats:
    by_gas: Floats = np.nan_to_num(national.emissions.values[followed(detail, national)]).sum(axis=0)
    return by_gas  # a gas the publisher does not list has no share


def hold(national: Floats, at: Sequence[int]) -> Floats:
    """The national figures of the years asked for: (stream, gas, year).

    Where shares of them have no meaning, those of the last year in which they had, or of the first one to come.
    Without any such year the figures stand as they are.
    """
    by_stream = national.sum(axis=1)
    gross = np.abs(by_stream).sum(axis=0)
    usable: Bools = by_stream.sum(axis=0) > USABLE_SHARE * gross
    return national[:, :, _last_of(usable, at)]


def _has_gas_shares(by_gas: Floats) -> Bools:
    gross = np.abs(by_gas).sum(axis=0)
    has: Bools = np.abs(by_gas.sum(axis=0)) > USABLE_SHARE * gross
    return has


def _last_of(usable: Bools, at: Sequence[int]) -> npt.NDArray[np.intp]:
    """For every position the last usable one up to it, before the first of them that one; itself if there is none."""
    asked = np.asarray(at, dtype=np.intp)
    years = np.flatnonzero(usable)
    return years[np.maximum(np.searchsorted(years, asked, side="right") - 1, 0)] if len(years) else asked


# -- what can be wrong -----------------------------------------------------------------------------------------------


def check(own: Sequence[OwnDetail], national: NationalStreams) -> tuple[Finding, ...]:
    """Everything that is wrong with own detail by itself."""
    found = [finding for detail in own for finding in _faults(detail, national)]
    found += [_twice(key) for key, count in Counter(detail.key for detail in own).items() if count > 1]
    return tuple(found)


def check_amounts(
    sector: Sector, values: Floats, own: Sequence[OwnDetail], parts: Floats, left: Floats | None, years: Sequence[int]
) -> Iterator[Finding]:
    """Own detail against its sector, in the years in which it was counted, or the nearest ones there are.

    Parameters
    ----------
    values : (year), the sector
    parts : (own, gas, year)
    left : (year), national sum of the streams that stay estimated; None if own detail is all there is
    """
    for year in sorted({detail.year for detail in own}):
        at = int(np.abs(np.asarray(years) - year).argmin())
        stands, sector_t = float(parts[:, :, at].sum()), float(values[at])
        place = f"{sector}/{years[at]}"
        if left is None:
            if years[at] == year and abs(stands - sector_t) > ROUNDING_T:
                yield _differs(place, stands, sector_t)
        elif left[at] >= 0.0:
            if sector_t > 0.0 and stands > sector_t + ROUNDING_T:
                yield _exceeds(place, stands, sector_t)
        elif stands < sector_t - ROUNDING_T:
            yield _only_sinks_left(place, stands, sector_t)


def _faults(detail: OwnDetail, national: NationalStreams) -> Iterator[Finding]:
    yield from _faults_of_name(detail, national)
    if not math.isfinite(detail.tonnes):
        yield _not_a_number(detail)
    elif detail.tonnes < 0.0 and not described(detail, national).is_sink:
        yield _negative(detail)
    if detail.year not in national.years:
        yield _year_outside(detail, national)
    if detail.gas_shares is not None:
        if not math.isclose(total := math.fsum(detail.gas_shares.values()), 1.0, abs_tol=1e-6):
            yield _gases_differ(detail, total)
    elif not _has_gas_shares(_national_by_gas(detail, national)).any():
        yield _gases_unknown(detail)


def _faults_of_name(detail: OwnDetail, national: NationalStreams) -> Iterator[Finding]:
    if detail.key != f"{detail.ref}/{detail.carrier}":
        yield _key_differs(detail)
    if national.carriers and detail.carrier not in national.carriers:
        yield _unknown_carrier(detail)
    for stream in national.streams:
        if stream.key == detail.key and stream.sector is not detail.sector:
            yield _sector_differs(detail, stream.sector)
    if not detail.source.strip():
        yield _source_absent(detail)


def _twice(key: str) -> Finding:
    return Finding(
        "own-detail-twice", key,
        Text("Strømmen er angivet to gange.", "The stream is given twice."),
        Text("Så ville udledningen blive talt dobbelt.", "So the emission would be counted twice."),
        Text("Behold én af dem.", "Keep one of them."),
    )  # fmt: skip


def _key_differs(detail: OwnDetail) -> Finding:
    right = f"{detail.ref}/{detail.carrier}"
    return Finding(
        "own-key-differs", detail.key,
        Text("Nøglen passer ikke til reference og bærer.", "The key does not fit its reference and carrier."),
        Text("", ""),
        Text(f"Skriv {right}, eller ret reference og bærer.", f"Write {right}, or correct reference and carrier."),
    )  # fmt: skip


def _unknown_carrier(detail: OwnDetail) -> Finding:
    return Finding(
        "unknown-carrier", detail.key,
        Text(f"Bæreren {detail.carrier} er ukendt.", f"The carrier {detail.carrier} is unknown."),
        Text("", ""),
        Text("Brug en fra tabellen over energibærere og kilder.", "Use one of the table of carriers and sources."),
    )  # fmt: skip


def _sector_differs(detail: OwnDetail, right: Sector) -> Finding:
    return Finding(
        "own-sector-differs", detail.key,
        Text(f"Strømmen er angivet under {detail.sector}, men hører til {right}.",
             f"The stream is given under {detail.sector}, but belongs to {right}."),
        Text("Så ville to sektorer ikke stemme.", "So two sectors would not add up."),
        Text(f"Flyt den til {right}.", f"Move it to {right}."),
    )  # fmt: skip


def _not_a_number(detail: OwnDetail) -> Finding:
    return Finding(
        "own-not-a-number", detail.key,
        Text("Udledningen er ikke et tal.", "The emission is not a number."),
        Text("Manglende er ikke nul.", "Missing is not zero."),
        Text("Skriv ton CO2e, eller tag strømmen ud.", "Write t CO2e, or take the stream out."),
    )  # fmt: skip


def _negative(detail: OwnDetail) -> Finding:
    return Finding(
        "own-negative", detail.key,
        Text(f"Udledningen er {comma(detail.tonnes, 'g')} t, men strømmen kan ikke optage.",
             f"The emission is {detail.tonnes:g} t, but the stream cannot take up."),
        Text("", ""),
        Text("Ret fortegnet; optag hører til i skov, vådområder eller træprodukter.",
             "Correct the sign; uptake belongs in forest, wetlands or wood products."),
    )  # fmt: skip


def _year_outside(detail: OwnDetail, national: NationalStreams) -> Finding:
    first, last = national.years[0], national.years[-1]
    return Finding(
        "own-year-outside", detail.key,
        Text(f"Året {detail.year} ligger uden for {national.edition}.",
             f"The year {detail.year} lies outside {national.edition}."),
        Text("Så kan strømmen ikke følge landets udvikling.", "So the stream cannot follow the country."),
        Text(f"Brug et år fra {first} til {last}.", f"Use a year from {first} to {last}."),
    )  # fmt: skip


def _source_absent(detail: OwnDetail) -> Finding:
    return Finding(
        "own-source-absent", detail.key,
        Text("Tallet har ingen kilde.", "The figure has no source."),
        Text("Et tal uden kilde kan ikke efterprøves.", "A figure without a source cannot be checked."),
        Text("Skriv, hvor tallet kommer fra.", "Write where the figure comes from."),
    )  # fmt: skip


def _gases_unknown(detail: OwnDetail) -> Finding:
    return Finding(
        "own-gases-unknown", detail.key,
        Text("Fordelingen på gasser er ikke angivet, og landet har ingen for strømmen.",
             "The parts of the gases are not given, and the country has none for the stream."),
        Text("", ""),
        Text("Angiv, hvor stor en del hver gas er.", "Say which part each gas is."),
    )  # fmt: skip


def _gases_differ(detail: OwnDetail, total: float) -> Finding:
    return Finding(
        "own-gases-differ", detail.key,
        Text(f"Gassernes dele giver {comma(total, 'g')} og ikke 1.",
             f"The parts of the gases add up to {total:g}, not to 1."),
        Text("", ""),
        Text("Ret delene.", "Correct the parts."),
    )  # fmt: skip


def _exceeds(place: str, stands: float, sector_t: float) -> Finding:
    return Finding(
        "own-exceeds-sector", place,
        Text(f"Egne tal giver {comma(stands, '.1f')} t, men sektoren er {comma(sector_t, '.1f')} t.",
             f"Own figures add up to {stands:.1f} t, but the sector is {sector_t:.1f} t."),
        Text("Så bliver der mindre end ingenting til de øvrige strømme.",
             "So less than nothing is left for the other streams."),
        Text("Ret tallene, eller giv også det, der optager.", "Correct the figures, or also give what takes up."),
    )  # fmt: skip


def _only_sinks_left(place: str, stands: float, sector_t: float) -> Finding:
    return Finding(
        "own-leaves-only-sinks", place,
        Text(f"Egne tal giver {comma(stands, '.1f')} t, sektoren er {comma(sector_t, '.1f')} t, "
             "og resten er strømme, der optager.",
             f"Own figures add up to {stands:.1f} t, the sector is {sector_t:.1f} t, and the rest takes up."),
        Text("Så skulle det, der optager, udlede forskellen.", "So what takes up would have to emit the difference."),
        Text("Ret tallene, eller giv også det, der optager.", "Correct the figures, or also give what takes up."),
    )  # fmt: skip


def _differs(place: str, stands: float, sector_t: float) -> Finding:
    return Finding(
        "own-differs-from-sector", place,
        Text(f"Alle strømme er egne tal og giver {comma(stands, '.1f')} t, men sektoren er {comma(sector_t, '.1f')} t.",
             f"All streams are own figures and add up to {stands:.1f} t, but the sector is {sector_t:.1f} t."),
        Text("Der er ingen skønnet strøm til at tage forskellen.", "No estimated stream can take the difference."),
        Text("Ret tallene, eller lad én strøm være skønnet.", "Correct the figures, or leave one stream estimated."),
    )  # fmt: skip
