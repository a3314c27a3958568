"""Facts as files: CSV, XLSX and JSON. One fact per row, with its source and whatever else explains it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from klimaplan.domain.errors import Language, Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet would run text that begins like this."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number with everything that explains it; `value` None is missing, never zero."""

    code: str
    name: str
    year: int
    sector: str
    measure: str
    value: float | None
    unit: str
    kind: str
    base_year: int | None
    source: str
    version: str
    method: str
    gwp: str
    demo: bool


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself, as (label, text) pairs."""

    title: str
    lines: list[tuple[str, str]]


SHEETS = {"facts": Text("Tal", "Figures"), "about": Text("Om tallene", "About the figures")}

COLUMNS = [field.name for field in fields(Fact)]


def to_csv(facts: Sequence[DataclassInstance], columns: Sequence[str] = ()) -> bytes:
    """RFC 4180 with decimal points; a missing value is an empty cell.

    Parameters
    ----------
    columns : what they are called where there may be no row
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns or _columns(facts))
    writer.writerows([_cell(value) for value in asdict(fact).values()] for fact in facts)
    # a byte order mark lets spreadsheets read Danish letters
    return text.getvalue().encode("utf-8-sig")


def to_json(facts: Sequence[DataclassInstance], about: About) -> bytes:
    record = {"about": {"title": about.title, **dict(about.lines)}, "facts": [asdict(fact) for fact in facts]}
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1).encode()


def to_xlsx(facts: Sequence[DataclassInstance], about: About, language: Language, columns: Sequence[str] = ()) -> bytes:
    """Numbers as numbers, text as text, and a sheet that says where they come from.

    Parameters
    ----------
    columns : what they are called where there may be no row
    """
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(SHEETS["facts"].read(language))
        columns = columns or _columns(facts)
        sheet.write_row(0, 0, columns, bold)
        for number, fact in enumerate(facts, start=1):
            sheet.write_row(number, 0, [_plain(value) for value in asdict(fact).values()])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(facts), len(columns) - 1)
        sheet.autofit()
        told = book.add_worksheet(SHEETS["about"].read(language))
        told.write(0, 0, about.title, bold)
        for number, line in enumerate(about.lines, start=2):
            told.write_row(number, 0, line)
        told.autofit()
    return file.getvalue()


def _columns(facts: Sequence[DataclassInstance]) -> list[str]:
    return [field.name for field in fields(facts[0])] if facts else COLUMNS


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return _plain(value)


def _plain(value: object) -> object:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value
