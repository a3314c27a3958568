"""Every table and every rule, all findings at once: what `make check` and `python -m klimaplan.reference` ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from klimaplan.domain.errors import Finding
from klimaplan.domain.inventory.account import ROUNDING_T
from klimaplan.reference import criteria_sets, findings, rules, tables
from klimaplan.reference.accounts import VERSION
from klimaplan.reference.bibliography import read_bibliography
from klimaplan.reference.schema import Schema, read_schema
from klimaplan.reference.tables import Columns

METHOD_PAGES = tables.FOLDER / "method"
PROJECTIONS = ("kf25",)

PROJECTION_ROUNDING_MT = Decimal("0.01")
"""Sectors and total are published with two decimals, in Mt CO2e; one in the last of them is rounding."""

GASES_ROUNDING_MT = Decimal("0.02")
"""A total and up to five gases, each with two decimals in Mt CO2e: together up to 0.03; the tables need 0.02."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A table that fits its schema."""

    schema: Schema
    cells: Columns


def validate_all(*, on: date | None = None, folder: Path = tables.FOLDER) -> tuple[Finding, ...]:
    """Hold every table against its schema and every rule.

    Parameters
    ----------
    on : the day by which facts must have been checked lately; today without it
    folder : where the tables and the bibliography lie

    Returns
    -------
    all findings in order of table; a fact that is due for another look is a warning, everything else an error
    """
    read, found = _read(folder)
    sources, faults = read_bibliography(folder / "sources.toml")
    found.extend(faults)
    day = on or datetime.now(UTC).date()
    for name in read:
        found.extend(_surroundings(name, read, sources, folder / "method", day))
    if len(read) == len(tables.names(folder)):
        # these rules read several tables together, so all of them must be sound
        found.extend(_figures({name: table.cells for name, table in read.items()}))
    found.extend(criteria_sets.read_sets(folder / "criteria", sources)[1])
    return tuple(found)


def _read(folder: Path) -> tuple[dict[str, Sound], list[Finding]]:
    read: dict[str, Sound] = {}
    found: list[Finding] = []
    for name in tables.names(folder):
        table, described = folder / f"{name}.csv", folder / f"{name}.toml"
        if not table.is_file():
            found.append(findings.table_absent(f"{name}.csv"))
        elif not described.is_file():
            found.append(findings.schema_absent(f"{name}.csv"))
        else:
            schema = read_schema(described)
            cells, faults = tables.inspect(table, schema)
            found.extend(faults)
            if not faults:
                read[name] = Sound(schema, cells)
    return read, found


def _surroundings(
    name: str, read: Mapping[str, Sound], sources: Iterable[str], pages: Path, on: date
) -> Iterator[Finding]:
    file, schema, cells = f"{name}.csv", read[name].schema, read[name].cells
    for column in schema.columns:
        if column.references == "sources":
            yield from rules.references(file, column, cells[column.name], sources)
        elif column.references:
            # account/figures-4.1 has a dot of its own
            table, _, code = column.references.rpartition(".")
            if table in read:
                yield from rules.references(file, column, cells[column.name], read[table].cells[code])
    yield from rules.checked_lately(file, schema, cells, on=on)
    yield from rules.method_page_there(file, schema, pages)


def _figures(read: Mapping[str, Columns]) -> Iterator[Finding]:
    yield from _account(read)
    for edition in PROJECTIONS:
        yield from _projection(read, f"projection/{edition}")
        yield from _streams(read, f"streams/{edition}")
    yield from rules.one_group_at_a_time("denmark/memberships.csv", read["denmark/memberships"])
    municipalities = read["denmark/municipalities"]
    names = dict(zip(municipalities["name"], municipalities["code"], strict=True))
    yield from rules.aliases_point_to_one("denmark/aliases.csv", read["denmark/aliases"], names)
    for name in ("targets/municipal-targets", "targets/national-targets"):
        yield from rules.targets_say_enough(f"{name}.csv", read[name])


def _account(read: Mapping[str, Columns]) -> Iterator[Finding]:
    figures = f"account/figures-{VERSION}"
    place = ("municipality", "year")
    yield from rules.complete(f"{figures}.csv", read[figures], *place, "sector")
    yield from rules.parts_make_total(f"{figures}.csv", read[figures], *place, tolerance=Decimal(ROUNDING_T))
    for measure in ("per-head", "population", "renewable-electricity"):
        name = f"account/{measure}-{VERSION}"
        yield from rules.complete(f"{name}.csv", read[name], *place)


def _projection(read: Mapping[str, Columns], name: str) -> Iterator[Finding]:
    yield from rules.complete(f"{name}.csv", read[name], "year", "sector")
    yield from rules.parts_make_total(f"{name}.csv", read[name], "year", tolerance=PROJECTION_ROUNDING_MT)
    left_out = read[f"{name}-left-out"]["national_sector"]
    yield from rules.counted_once(f"{name}-mapping.csv", read[f"{name}-mapping"], left_out, read[name]["sector"])


def _streams(read: Mapping[str, Columns], name: str) -> Iterator[Finding]:
    inventory, streams = read[f"{name}-crf"], read[f"{name}-streams"]
    place = ("crf", "year")
    yield from rules.totals_there(f"{name}-crf.csv", inventory, *place, part="gas")
    yield from rules.parts_make_total(f"{name}-crf.csv", inventory, *place, tolerance=GASES_ROUNDING_MT, part="gas")
    left_out = read[f"{name}-left-out"]["crf"]
    yield from rules.codes_shared_out(f"{name}-streams.csv", streams, left_out, inventory["crf"])
    yield from rules.keys_fit(f"{name}-streams.csv", streams)
