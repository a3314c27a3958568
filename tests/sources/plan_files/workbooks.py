"""Small workbooks written cell by cell, so that a test can spoil one of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

Cells = Sequence[Sequence[Any]]

HEADER = ["Nøgle", "Titel", "Greb", "Strøm", "Andel", "Kilde", "Indfasning", "Start", "Slut"]
SAVINGS = ["a01", "Demo", "mindre aktivitet", "I.2.1/fossil_heating · Opvarmning", 0.2, "Demo", "lineær", 2025, 2030]
GOOD: dict[str, list[list[Any]]] = {
    "Plan": [["Felt", "Værdi"], ["Kommune", 167], ["Titel", "Demo"]],
    "Tiltag": [HEADER, SAVINGS],
}
"""One action in as few cells as possible."""


def book(sheets: Mapping[str, Cells]) -> bytes:
    """A workbook of these cells; a text that begins with = is a formula, stored with the value 0.2."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(number, column, value, None, "#DIV/0!" if "/0" in value else 0.2)
                    elif value is not None:
                        sheet.write(number, column, value)
    return file.getvalue()


def with_action(**changes: Any) -> bytes:
    """The good workbook with other cells in its one action, by heading."""
    row = [changes.get(heading, value) for heading, value in zip(HEADER, SAVINGS, strict=True)]
    more = {heading: value for heading, value in changes.items() if heading not in HEADER}
    return book({**GOOD, "Tiltag": [[*HEADER, *more], [*row, *more.values()]]})


def rewritten(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same archive with other parts; None leaves a part out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def without_stored_values(content: bytes) -> bytes:
    """The workbook as a program writes it that never worked the formulas out."""
    return rewritten(content, lambda _name, part: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part))
