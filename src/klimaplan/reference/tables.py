"""Reading the tables: a CSV file, held against the TOML file beside it that says what each column means."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from klimaplan.domain.errors import Finding, InputError, UnitError, raise_errors
from klimaplan.reference import findings
from klimaplan.reference.scales import scale
from klimaplan.reference.schema import CellType, Column, Edition, Schema, read_schema

FOLDER = Path(__file__).parent
FIRST_ROW = 2
"""Row 1 of a file is its header."""

Columns = Mapping[str, tuple[str, ...]]
Row = Mapping[str, str]

_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def names(folder: Path = FOLDER) -> list[str]:
    """Every table there is: a CSV, a TOML, or both."""
    found = (path for ending in ("csv", "toml") for path in folder.glob(f"*/*.{ending}"))
    return sorted({path.relative_to(folder).as_posix().removesuffix(path.suffix) for path in found})


@cache
def columns(name: str) -> Columns:
    """The cells of a table, column by column, as text that is known to fit its schema.

    Parameters
    ----------
    name : path without ending, e.g. ``"denmark/municipalities"``

    Raises
    ------
    InputError : the table does not fit; every finding at once

    >>> columns("account/sectors")["code"]
    ('agriculture', 'energy', 'processes', 'total', 'transport', 'waste')
    """
    cells, faults = inspect(FOLDER / f"{name}.csv", schema(name))
    raise_errors(faults)
    return cells


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The same cells row by row.

    >>> rows("account/sectors")[0]["name_da"]
    'Landbrug og arealer'
    """
    return by_row(columns(name))


def by_row(cells: Columns) -> tuple[Row, ...]:
    return tuple(dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))


@cache
def schema(name: str) -> Schema:
    """What a table says of itself."""
    return read_schema(FOLDER / f"{name}.toml")


def edition(name: str) -> Edition:
    """Which edition of the publisher's figures a table holds; `InputError` if it does not say."""
    said = schema(name).edition
    if said is None:
        raise InputError(findings.edition_absent(f"{name}.toml"))
    return said


def place_of(file: str, row: int) -> str:
    """Where the row with that index stands, for a finding.

    >>> place_of("denmark/groups.csv", 0)
    'denmark/groups.csv!2'
    """
    return f"{file}!{row + FIRST_ROW}"


def inspect(path: Path, schema: Schema) -> tuple[Columns, list[Finding]]:
    """Read a file and say everything that keeps it from fitting a schema; no cells if they cannot be told apart."""
    file = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return {}, [findings.not_utf8(file)]
    header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    if header != schema.header:
        return {}, [findings.header_differs(file, header, schema.header)]
    uneven = [
        findings.row_width_differs(place_of(file, row), len(line), len(header))
        for row, line in enumerate(lines)
        if len(line) != len(header)
    ]
    if uneven:
        return {}, uneven
    if not lines:
        return {}, [findings.table_empty(file)]
    cells = dict(zip(header, zip(*lines, strict=True), strict=True))
    faults = [fault for column in schema.columns for fault in _check_column(file, column, cells[column.name])]
    return cells, faults or list(_check_key(file, schema, cells))


def _check_column(file: str, column: Column, cells: Sequence[str]) -> Iterator[Finding]:
    # most cells repeat: judge each distinct one once, and look for its rows only when it is wrong
    wrong = {cell: fault for cell in set(cells) if (fault := _judge(cell, column))}
    if not wrong:
        return
    for row, cell in enumerate(cells):
        if fault := wrong.get(cell):
            yield fault(f"{place_of(file, row)}!{column.name}")


def _judge(cell: str, column: Column) -> Callable[[str], Finding] | None:
    if not cell:
        return None if column.optional else findings.cell_empty
    if not _READABLE[column.type](cell):
        return lambda place: findings.cell_unreadable(place, cell, column.type)
    if column.choices and cell not in column.choices:
        return lambda place: findings.not_a_choice(place, cell, column.choices)
    return None


def _check_key(file: str, schema: Schema, cells: Columns) -> Iterator[Finding]:
    keys = list(zip(*(cells[name] for name in schema.key), strict=True))
    if len(set(keys)) < len(keys):
        first = {key: row for row, key in reversed(list(enumerate(keys)))}
        for row, key in enumerate(keys):
            if first[key] < row:
                yield findings.duplicate_key(place_of(file, row), "/".join(key))
    ranks = list(zip(*(_ranks(schema.column(name), cells[name]) for name in schema.key), strict=True))
    for row, (rank, following) in enumerate(pairwise(ranks), start=1):
        if following < rank:
            yield findings.not_sorted(place_of(file, row), "/".join(keys[row]))


def _ranks(column: Column, cells: Sequence[str]) -> Sequence[str] | Sequence[int]:
    # choices sort in the order the schema gives them, everything else as text
    return [column.choices.index(cell) for cell in cells] if column.choices else cells


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and math.isfinite(float(cell))


def _is_day(cell: str) -> bool:
    if not _DAY.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _is_unit(cell: str) -> bool:
    try:
        scale(cell)
    except UnitError:
        return False
    return True


_READABLE: dict[CellType, Callable[[str], bool]] = {
    CellType.TEXT: lambda cell: cell == cell.strip(),
    CellType.INTEGER: lambda cell: bool(_INTEGER.fullmatch(cell)),
    CellType.NUMBER: _is_number,
    CellType.DATE: _is_day,
    CellType.BOOLEAN: lambda cell: cell in ("true", "false"),
    CellType.UNIT: _is_unit,
}
