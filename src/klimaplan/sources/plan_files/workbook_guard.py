"""An uploaded workbook is an archive from a stranger: what is measured and refused before anything is opened."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from klimaplan.domain.errors import Finding, InputError, Text

LARGEST_UNPACKED = 50_000_000
MOST_FILES = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 500

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/[A-Za-z0-9.]+\.rels|xl/(worksheets/)?[A-Za-z0-9._-]+\.xml"
)


@dataclass(frozen=True)
class Safe:
    """A workbook that may be opened.

    Parameters
    ----------
    content : a new archive with the parts of the workbook alone
    empty_formulas, errors : sheet → cells whose formula has no value, or whose value is an error
    """

    content: bytes
    empty_formulas: dict[str, tuple[str, ...]]
    errors: dict[str, tuple[str, ...]]


def make_safe(content: bytes, name: str) -> Safe:
    """The workbook without everything that is not sheets, text and numbers; `InputError` where it is none.

    Sizes are judged before a byte is unpacked, and unpacking never goes beyond the declared size. External links,
    macros and pictures are left behind, and no name in the archive is used as a path.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _unpacked(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as refused:
        raise InputError(_not_a_workbook(name)) from refused
    if "xl/workbook.xml" not in parts:
        raise InputError(_not_a_workbook(name))
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise InputError(_not_a_workbook(name))
    empty: dict[str, tuple[str, ...]] = {}
    errors: dict[str, tuple[str, ...]] = {}
    try:
        for sheet, part in _sheets(parts).items():
            empty[sheet], errors[sheet] = _scan(parts[part], f"{name}!{sheet}")
    except (ElementTree.ParseError, KeyError) as refused:
        raise InputError(_not_a_workbook(name)) from refused
    return Safe(_packed(parts), empty, errors)


def _unpacked(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    if declared > LARGEST_UNPACKED or len(entries) > MOST_FILES:
        raise InputError(_bomb(name))
    parts: dict[str, bytes] = {}
    for entry in entries:
        if _KEPT.fullmatch(entry.filename) and entry.filename not in parts and not entry.flag_bits & 1:
            parts[entry.filename] = archive.read(entry)
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def _sheets(parts: dict[str, bytes]) -> dict[str, str]:
    """Name of a sheet → its part."""
    related = {
        each.get("Id"): (each.get("Target") or "").removeprefix("/xl/")
        for each in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])  # noqa: S314  # has no DOCTYPE
        if each.get("TargetMode") != "External"
    }
    book = ElementTree.fromstring(parts["xl/workbook.xml"])  # noqa: S314  # has no DOCTYPE
    found = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = related.get(sheet.get(RELATION))
        if target is not None and f"xl/{target}" in parts:
            found[sheet.get("name") or ""] = f"xl/{target}"
    return found


def _scan(part: bytes, place: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Formulas without a value and values that are errors; refuses a sheet that would be too large as a grid."""
    empty, errors = [], []
    row = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(part), ("start", "end")):  # noqa: S314  # has no DOCTYPE
        if element.tag == f"{MAIN}row" and event == "start":
            given = element.get("r") or ""
            row, column = int(given) if given.isdigit() and len(given) <= 7 else row + 1, 0
        elif element.tag == f"{MAIN}c" and event == "start":
            named = _CELL.fullmatch(element.get("r") or "")
            column = _number(named[1]) if named else column + 1
            row = int(named[2]) if named else row
        elif element.tag == f"{MAIN}c":
            cell = f"{letters(column - 1)}{row}"
            value = element.find(f"{MAIN}v")
            if element.find(f"{MAIN}f") is not None and (
                value is None or not (value.text or element.get("t") == "str")
            ):
                empty.append(cell)
            elif element.get("t") == "e":
                errors.append(cell)
            element.clear()
        if row > MOST_ROWS or column > MOST_COLUMNS:
            raise InputError(_sheet_too_large(place))
    return tuple(empty), tuple(errors)


def letters(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _number(named: str) -> int:
    number = 0
    for letter in named:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _not_a_workbook(place: str) -> Finding:
    return Finding(
        "not-a-workbook", place,
        Text("Filen er ikke en projektmappe (XLSX).", "The file is not a workbook (XLSX)."),
        Text("", ""),
        Text("Gem den som Excel-projektmappe (.xlsx) uden adgangskode.",
             "Save it as an Excel workbook (.xlsx) without a password."),
    )  # fmt: skip


def _bomb(place: str) -> Finding:
    return Finding(
        "archive-too-large", place,
        Text(f"Pakket ud fylder filen mere end {LARGEST_UNPACKED // 1_000_000} MB eller {MOST_FILES} dele.",
             f"Unpacked the file takes more than {LARGEST_UNPACKED // 1_000_000} MB or {MOST_FILES} parts."),
        Text("Den er ikke åbnet.", "It was not opened."),
        Text("Kopiér arkene over i en ny projektmappe.", "Copy the sheets into a new workbook."),
    )  # fmt: skip


def _sheet_too_large(place: str) -> Finding:
    return Finding(
        "sheet-too-large", place,
        Text(f"Arket har celler efter række {MOST_ROWS} eller kolonne {MOST_COLUMNS}.",
             f"The sheet has cells beyond row {MOST_ROWS} or column {MOST_COLUMNS}."),
        Text("Det er ikke åbnet.", "It was not opened."),
        Text("Slet de tomme rækker og kolonner efter tabellen.", "Delete the empty rows and columns after the table."),
    )  # fmt: skip
