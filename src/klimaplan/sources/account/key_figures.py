"""The key figures of one municipality in one year: from the bytes of an answer to figures and findings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from klimaplan.domain.errors import Finding, InputError, Severity
from klimaplan.domain.inventory.account import ROUNDING_T
from klimaplan.reference import load
from klimaplan.sources.account import findings

EMISSIONS = "Samlet CO2-udledning"
"""The one type that counts. Types that only begin or end like it leave something out."""

TONNES, PER_HEAD, PER_AREA = "Ton CO2e", "Ton CO2e/indb.", "Ton CO2e/km²"
TOTAL = "Samlet"
RENEWABLE = "VE-el selvforsyningsgrad (Vind-, sol- og vandbaseret-elproduktion)"
RENEWABLE_UNIT = "%"
"""As it is written; the figure is a ratio all the same: 1.11 is 111 %."""

ROUNDING_PER_HEAD = Decimal("0.005")
"""Sectors and total per head are published with three decimals: so much may six sectors and a total differ."""

LARGEST = Decimal(10) ** 12
"""No emission of a municipality comes near it; what does is no figure."""

LABELS, VALUE = ("sektor", "type", "enhed"), "værdi"

Place = tuple[str, int]
"""Municipality, three digits, and year."""

Cells = dict[tuple[str, str], list[tuple[str, Decimal | None]]]
"""Publisher's sector and unit → where each row stands and what it says."""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """What one answer says; None where the publisher gives no figure.

    Parameters
    ----------
    sectors : publisher's sector → t CO2e; as decimals, so that sums are what a person would add up
    total, per_head : the total as published, t CO2e and t CO2e per inhabitant
    renewable_ratio : electricity from wind, sun and water over electricity used
    """

    sectors: Mapping[str, Decimal | None]
    total: Decimal | None
    per_head: Decimal | None
    renewable_ratio: Decimal | None

    @property
    def population(self) -> int | None:
        """The inhabitants behind the per-head figure: total over total per head, in whole persons."""
        if self.total is None or not self.per_head:
            return None
        return round(float(self.total) / float(self.per_head))


@dataclass(frozen=True, slots=True)
class Collected:
    """The key figures of many answers, and everything there was to say about them."""

    figures: dict[Place, KeyFigures] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def published_sectors() -> tuple[str, ...]:
    """The publisher's own sectors, without the total.

    >>> published_sectors()
    ('Energi', 'Transport', 'Landbrug', 'Affaldsdeponi', 'Spildevand', 'Kemiske processer')
    """
    return tuple(name for label in load.sectors() for name in label.published_as if name != TOTAL)


def parse(content: bytes, place: str) -> Any:
    """The JSON of an answer, figures as decimals; `InputError` for what is cut off, malformed or not UTF-8."""
    try:
        return json.loads(
            content.decode("utf-8-sig"), parse_float=_decimal, parse_int=_decimal, parse_constant=_decimal
        )
    except UnicodeDecodeError:
        raise InputError(findings.not_utf8(place)) from None
    except RecursionError:
        raise InputError(findings.json_malformed(place, 1)) from None
    except json.JSONDecodeError as refused:
        raise InputError(_not_json(refused, place)) from None


def rows_of(document: Any, place: str) -> Sequence[Any]:
    """The rows of an answer; `InputError` when it has another form."""
    rows = document.get("data") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise InputError(findings.answer_malformed(place))
    return rows


def read_rows(rows: Sequence[Any], place: str) -> tuple[KeyFigures, list[Finding]]:
    """The key figures in the rows of an answer, with everything there is to say about them."""
    found: list[Finding] = []
    cells = _sort(rows, place, found)
    sectors = {name: _first(cells, name, TONNES) for name in published_sectors()}
    for name in sectors:
        found.extend(_expected(cells, name, TONNES, place))
    each_per_head = [_first(cells, name, PER_HEAD) for name in sectors]
    figures = KeyFigures(
        sectors=sectors,
        total=_total(cells, TONNES, list(sectors.values()), place, found),
        per_head=_total(cells, PER_HEAD, each_per_head, place, found),
        renewable_ratio=_first(cells, TOTAL, RENEWABLE_UNIT),
    )
    found.extend(_doubtful_population(figures, place))
    return figures, found


def is_sound(content: bytes) -> bool:
    """Whether a kept answer is whole and says something; else it is worth asking again."""
    try:
        rows = rows_of(parse(content, ""), "")
    except InputError:
        return False
    return bool(rows) and not any(each.severity is Severity.ERROR for each in read_rows(rows, "")[1])


def _not_json(refused: json.JSONDecodeError, place: str) -> Finding:
    # a text that breaks where it ends was cut off; an unfinished string is reported where it begins
    cut = not refused.doc[refused.pos :].strip() or refused.msg.startswith("Unterminated string")
    return findings.download_truncated(place) if cut else findings.json_malformed(place, refused.lineno)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond reason
        return Decimal("NaN")


def _sort(rows: Sequence[Any], place: str, found: list[Finding]) -> Cells:
    """The rows that count, by sector and unit; every other row is either of no concern or a finding."""
    cells: Cells = {}
    for index, row in enumerate(rows):
        where = f"{place}!data[{index}]"
        if not isinstance(row, dict) or not all(isinstance(row.get(name), str) for name in LABELS) or VALUE not in row:
            found.append(findings.row_malformed(where, (*LABELS, VALUE)))
            continue
        sector, type_, unit = (row[name] for name in LABELS)
        if fault := _judge(where, sector, type_, unit):
            found.append(fault)
            cells.setdefault((sector, TONNES), [])
            continue
        if not _counts(sector, type_, unit):
            continue
        told = cells.setdefault((sector, unit), [])
        if told and sector != TOTAL:
            found.append(findings.duplicate_row(where, f"{sector} ({unit})", told[0][0].rpartition("!")[2]))
        told.append((where, _number(row[VALUE], where, found)))
    return cells


def _judge(where: str, sector: str, type_: str, unit: str) -> Finding | None:
    if type_ == EMISSIONS:
        if unit not in (TONNES, PER_HEAD, PER_AREA):
            return findings.unknown_unit(where, unit, (TONNES, PER_HEAD))
        known = (*published_sectors(), TOTAL)
        if sector not in known:
            return findings.unknown_sector(where, sector, known)
    elif type_ == RENEWABLE and unit != RENEWABLE_UNIT:
        return findings.unknown_unit(where, unit, (RENEWABLE_UNIT,))
    return None


def _counts(sector: str, type_: str, unit: str) -> bool:
    return (type_ == EMISSIONS and unit in (TONNES, PER_HEAD)) or (type_ == RENEWABLE and sector == TOTAL)


def _number(value: Any, where: str, found: list[Finding]) -> Decimal | None:
    """A figure, or None for null; what is no figure becomes one that is not finite, and a finding."""
    if value is None or (isinstance(value, Decimal) and value.is_finite() and abs(value) < LARGEST):
        return value
    found.append(findings.not_a_number(where, str(value)))
    return Decimal("NaN")


def _known(cells: Cells, sector: str, unit: str) -> list[Decimal]:
    """The different figures of a sector in a unit."""
    told = (value for _, value in cells.get((sector, unit), []) if value is not None and value.is_finite())
    return sorted(set(told))


def _first(cells: Cells, sector: str, unit: str) -> Decimal | None:
    return next(iter(_known(cells, sector, unit)), None)


def _expected(cells: Cells, sector: str, unit: str, place: str) -> Iterator[Finding]:
    """Whether there is a figure at all; a row that has already been found wrong is not missed a second time."""
    told = cells.get((sector, unit))
    if told is None:
        yield findings.row_absent(place, f"{sector} ({unit})")
    elif told and all(value is None for _, value in told):
        yield findings.value_missing(told[0][0], f"{sector} ({unit})")


def _total(
    cells: Cells, unit: str, parts: Sequence[Decimal | None], place: str, found: list[Finding]
) -> Decimal | None:
    """The total of a unit. Where several rows look like it, it is the one that the sectors add up to.

    A single total in tonnes that does not add up stands: the account is held against its own sums later.
    """
    found.extend(_expected(cells, TOTAL, unit, place))
    told = _known(cells, TOTAL, unit)
    known = [part for part in parts if part is not None]
    if len(told) > 1 and len(known) < len(parts):
        found.append(findings.totals_not_told_apart(place, unit, told))
        return None
    if not told or len(known) < len(parts):
        return next(iter(told), None)
    summed = sum(known, Decimal(0))
    nearest = min(told, key=lambda value: abs(value - summed))
    if abs(nearest - summed) <= (Decimal(ROUNDING_T) if unit == TONNES else ROUNDING_PER_HEAD):
        return nearest
    if unit == TONNES and len(told) == 1:
        return nearest
    found.append(findings.no_total_fits(place, unit, summed, told))
    return None


def _doubtful_population(figures: KeyFigures, place: str) -> Iterator[Finding]:
    if figures.total is None or figures.per_head is None:
        return
    if not figures.per_head:
        yield findings.per_head_zero(place)
    elif (population := figures.population) is None or population <= 0:
        yield findings.population_not_positive(place, figures.total, figures.per_head)
