"""A workbook as the plain values of a plan file, with the cell of every value. Formulas count by their values."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from klimaplan.domain.errors import Finding, InputError
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import sheets, workbook_findings
from klimaplan.sources.plan_files.document import Document, Path
from klimaplan.sources.plan_files.model import FORMAT
from klimaplan.sources.plan_files.sheets import BESIDE, NAME_SEPARATOR, SHEETS, Cell, Column, Sheet
from klimaplan.sources.plan_files.workbook_guard import Safe, letters, make_safe

_BY_YEAR = re.compile(r"(\d{4})\s*[:=]\s*(-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2},\d{3}")


_STAND_IN = {"value": 0.0}
"""In place of a figure that cannot be read, so that its absence is not a second finding; no plan comes of it."""


@dataclass
class _Reader:
    """Collects values, cells and findings while it goes through the sheets; a class for what they share."""

    name: str
    data: dict[str, Any] = field(default_factory=lambda: {"format": FORMAT})
    cells: dict[Path, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)

    def put(self, holder: dict[str, Any], path: Path, way: Sequence[str], value: Any, cell: str) -> None:
        """Set a value that stands in a cell; an empty cell is only remembered as the place of what is missing."""
        for length in range(1, len(way) + 1):
            self.cells.setdefault((*path, *way[:length]), cell)
        if value is None:
            return
        for step in way[:-1]:
            holder = holder.setdefault(step, {})
        if holder.get(way[-1], value) != value:
            self.findings.append(said.key_twice(f"{self.name}!{cell}", way[-1]))
        holder[way[-1]] = value
        self.cells[*path, *way] = cell

    def value(self, column: Column, raw: Any, cell: str) -> Any:
        """The value of a cell; None for an empty one. What cannot be read stays as it is: the model refuses it."""
        if cell in self.faulty:
            return _STAND_IN if column.cell is Cell.FIGURE else None
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
            raw = int(raw)
        if isinstance(raw, str):
            raw = raw.strip()
        try:
            return _READERS[column.cell](column, raw)
        except InputError:
            self.findings.append(workbook_findings.table_malformed(f"{self.name}!{cell}", str(raw)[:60]))
            return None
        except tomllib.TOMLDecodeError:
            self.findings.append(workbook_findings.braces_malformed(f"{self.name}!{cell}", str(raw)[:60]))
            return _STAND_IN


def read_workbook(content: bytes, name: str, beside: Sequence[Sheet] = ()) -> Document:
    """The sheets of a workbook, in either language.

    Parameters
    ----------
    beside : sheets that are read besides those of a plan file; others of `BESIDE` are passed over

    Raises
    ------
    InputError : it is no workbook, or one that is not opened
    """
    from python_calamine import CalamineError, CalamineWorkbook

    safe = make_safe(content, name)
    reader = _Reader(name)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(safe.content)) as book:
            found = _find_sheets(reader, book.sheet_names, beside)
            grids = {
                section: book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                for section, title in found.items()
            }
    except CalamineError as refused:
        raise InputError(said.syntax(name, "XLSX", str(refused)[:120])) from refused
    for sheet in (*SHEETS, *beside):
        if sheet.section in found:
            title, grid = found[sheet.section], grids[sheet.section]
            _check_formulas(reader, safe, title)
            (_read_plan if sheet is sheets.PLAN else _read_rows)(reader, sheet, title, grid)
    return Document(name, reader.data, reader.cells, tuple(reader.findings))


def _find_sheets(reader: _Reader, titles: Sequence[str], beside: Sequence[Sheet]) -> dict[str, str]:
    """Section → title of its sheet. A sheet with nearly the right name is more likely misspelt than meant."""
    found: dict[str, str] = {}
    known = {spelling.casefold(): sheet for sheet in (*SHEETS, *beside) for spelling in
             (sheet.name.da, sheet.name.en)}  # fmt: skip
    passed = (sheets.README, sheets.LISTS, *BESIDE.values())
    ours = {spelling.casefold() for text in passed for spelling in (text.da, text.en)}
    for title in titles:
        sheet = known.get(title.strip().casefold())
        if sheet is not None and sheet.section not in found:
            found[sheet.section] = title
        elif sheet is not None:
            reader.findings.append(workbook_findings.sheet_twice(f"{reader.name}!{title}", title))
        elif title.strip().casefold() not in ours:
            close = get_close_matches(title.casefold(), list(known), n=1, cutoff=0.7)
            likely = known[close[0]].name if close else None
            reader.findings.append(workbook_findings.unknown_sheet(f"{reader.name}!{title}", title, likely))
    reader.findings += [
        workbook_findings.sheet_missing(f"{reader.name}!{sheet.name.da}", sheet.name)
        for sheet in sheets.REQUIRED
        if sheet.section not in found
    ]
    for sheet in sheets.REQUIRED:
        if sheet.section not in found:
            reader.data.setdefault(sheet.section, {} if sheet is sheets.PLAN else [])
    return found


def _check_formulas(reader: _Reader, safe: Safe, title: str) -> None:
    cells = (*safe.empty_formulas.get(title, ()), *safe.errors.get(title, ()))
    reader.faulty.update(f"{title}!{cell}" for cell in cells)
    for cell in safe.empty_formulas.get(title, ()):
        reader.findings.append(workbook_findings.formula_without_value(f"{reader.name}!{title}!{cell}"))
    for cell in safe.errors.get(title, ()):
        reader.findings.append(workbook_findings.cell_error(f"{reader.name}!{title}!{cell}"))


def _read_plan(reader: _Reader, sheet: Sheet, title: str, grid: Sequence[Sequence[Any]]) -> None:
    """The sheet of the plan itself stands upright: a name and a value on every row."""
    known = _by_name(sheet)
    head: dict[str, Any] = {}
    reader.data[sheet.section] = head
    reader.cells[sheet.section,] = f"{title}!A1"
    for number, row in enumerate(grid[1:], start=2):
        label = str(row[0]).strip() if row else ""
        if not label:
            continue
        column = known.get(label.casefold())
        if column is None:
            reader.findings.append(_unknown(f"{reader.name}!{title}!A{number}", label, sheet))
            continue
        cell = f"{title}!B{number}"
        raw = row[1] if len(row) > 1 else None
        reader.put(head, (sheet.section,), column.way, reader.value(column, raw, cell), cell)


def _read_rows(reader: _Reader, sheet: Sheet, title: str, grid: Sequence[Sequence[Any]]) -> None:
    entries: list[dict[str, Any]] = []
    reader.data[sheet.section] = entries
    reader.cells[sheet.section,] = f"{title}!A1"
    columns = _columns(reader, sheet, title, grid[0] if grid else ())
    for number, row in enumerate(grid[1:], start=2):
        cells = {column: (raw, f"{title}!{letters(at)}{number}") for (at, column), raw in _paired(columns, row)}
        if all(raw is None or (isinstance(raw, str) and not raw.strip()) for raw, _ in cells.values()):
            continue
        if sheet is sheets.ACTIONS:
            _read_action_row(reader, entries, cells, f"{title}!A{number}")
            continue
        entry: dict[str, Any] = {}
        path: Path = (sheet.section, len(entries))
        entries.append(entry)
        reader.cells[path] = f"{title}!A{number}"
        for column, (raw, cell) in cells.items():
            reader.put(entry, path, column.way, reader.value(column, raw, cell), cell)
        if "kind" in entry.get("distribution", {}):
            _give_to_distribution(reader, entry, path)


def _give_to_distribution(reader: _Reader, entry: dict[str, Any], path: Path) -> None:
    """A row with a named distribution gives its figures to that."""
    for name in ("value", "low", "central", "high"):
        reader.cells[*path, "distribution", name] = reader.cells.get((*path, name), reader.cells[path])
        if name in entry:
            entry["distribution"][name] = entry.pop(name)


def _columns(reader: _Reader, sheet: Sheet, title: str, header: Sequence[Any]) -> dict[int, Column]:
    known = _by_name(sheet)
    found: dict[int, Column] = {}
    for at, raw in enumerate(header):
        label = str(raw).strip() if raw is not None else ""
        column = known.get(label.casefold())
        place = f"{reader.name}!{title}!{letters(at)}1"
        if column is not None and column not in found.values():
            found[at] = column
        elif column is not None:
            reader.findings.append(said.key_twice(place, label))
        elif label:
            reader.findings.append(_unknown(place, label, sheet))
    return found


def _by_name(sheet: Sheet) -> dict[str, Column]:
    return {spelling.casefold(): column for column in sheet.columns for spelling in (column.name.da, column.name.en)}


def _unknown(place: str, label: str, sheet: Sheet) -> Finding:
    names = [spelling for column in sheet.columns for spelling in (column.name.da, column.name.en)]
    return said.unknown_field(place, label, dict.fromkeys(names))


def _paired(columns: Mapping[int, Column], row: Sequence[Any]) -> Iterator[tuple[tuple[int, Column], Any]]:
    for at, column in columns.items():
        yield (at, column), row[at] if at < len(row) else None


# -- rows of actions -------------------------------------------------------------------------------------------------

_Cells = Mapping[Column, tuple[Any, str]]
_PARTS = {"effect": "effects", "burden": "burdens"}


def _read_action_row(reader: _Reader, entries: list[dict[str, Any]], cells: _Cells, first: str) -> None:
    """A row with a title begins an action, a row with a lever begins a lever, any other row adds to the last one."""
    read = {column: (reader.value(column, raw, cell), cell) for column, (raw, cell) in cells.items()}
    given = {column.field: value for column, (value, _) in read.items() if value is not None}
    at = next((n for n in reversed(range(len(entries))) if entries[n].get("key") == given.get("key")), None)
    if "title" in given or at is None or "key" not in given:
        at = len(entries)
        entries.append({})
        reader.cells["action", at] = first
    entry, path = entries[at], ("action", at)
    levers: list[dict[str, Any]] = entry.setdefault("lever", [])
    begins = any(name.startswith("lever.") for name in given)
    if begins or (not levers and any(name.startswith(("effect.", "burden.")) for name in given)):
        levers.append({})
        reader.cells[*path, "lever", len(levers) - 1] = first
    lever_path: Path = (*path, "lever", len(levers) - 1)
    for column, (value, cell) in read.items():
        section = column.way[0]
        if section == "lever" and levers:
            reader.put(levers[-1], lever_path, column.way[1:], value, cell)
        elif section == "ramp":  # of the lever beside it, else of the template
            holder, where = (levers[-1], lever_path) if begins else (entry, path)
            reader.put(holder, where, column.way, value, cell)
        elif section not in ("lever", "effect", "burden", "amounts"):
            reader.put(entry, path, column.way, value, cell)
    if levers:
        for section, name in _PARTS.items():
            _add_part(reader, levers[-1], lever_path, read, (section, name))
    _add_amount(reader, entry, path, read)
    if not levers:
        del entry["lever"]


def _add_part(
    reader: _Reader, lever: dict[str, Any], path: Path, read: Mapping[Column, tuple[Any, str]], names: tuple[str, str]
) -> None:
    """One effect or burden of a row."""
    section, name = names
    mine = {column: found for column, found in read.items() if column.way[0] == section}
    for column, (_value, cell) in mine.items():
        if column.way[1] == "stream":
            reader.cells.setdefault((*path, name), cell)
    if all(value is None for value, _ in mine.values()):
        return
    parts = lever.setdefault(name, [])
    part: dict[str, Any] = {}
    parts.append(part)
    for column, (value, cell) in mine.items():
        reader.put(part, (*path, name, len(parts) - 1), column.way[1:], value, cell)


def _add_amount(reader: _Reader, entry: dict[str, Any], path: Path, read: Mapping[Column, tuple[Any, str]]) -> None:
    """One amount of a template on a row."""
    found = {column.field: (value, cell) for column, (value, cell) in read.items() if column.way[0] == "amounts"}
    name, beside = found.get("amounts.name", (None, ""))
    value, cell = found.get("amounts.value", (None, beside))
    if name is None and value is None:
        return
    if name is None or value is None:
        reader.findings.append(said.field_missing(f"{reader.name}!{cell}", "name" if name is None else "value"))
        return
    amounts = entry.setdefault("amounts", {})
    if name in amounts:
        reader.findings.append(said.key_twice(f"{reader.name}!{cell}", name))
    amounts[name] = value
    reader.cells[*path, "amounts", name] = cell


# -- single cells ----------------------------------------------------------------------------------------------------


def _text(_column: Column, raw: Any) -> Any:
    return str(raw) if isinstance(raw, (int, float)) and not isinstance(raw, bool) else raw


def _as_is(_column: Column, raw: Any) -> Any:
    return raw


def _flag(_column: Column, raw: Any) -> Any:
    said_ = {"ja": True, "yes": True, "true": True, "sand": True, "nej": False, "no": False, "false": False,
             "falsk": False}  # fmt: skip
    return said_.get(raw.casefold(), raw) if isinstance(raw, str) else raw


def _day(_column: Column, raw: Any) -> Any:
    return raw.date() if isinstance(raw, datetime) else raw


def _figure(_column: Column, raw: Any) -> Any:
    """A number, a name, or what stands in braces; a decimal comma in a text cell is not taken for a name."""
    if isinstance(raw, str) and raw.startswith("{"):
        return tomllib.loads(f"figure = {raw}")["figure"]
    return raw


def _by_year(_column: Column, raw: Any) -> Any:
    if not isinstance(raw, str):
        raise InputError(())
    found = {}
    for part in (each.strip() for each in raw.split(";") if each.strip()):
        said_ = _BY_YEAR.fullmatch(part)
        if said_ is None or _LOOKS_GROUPED.fullmatch(said_[2]) or int(said_[1]) in found:
            raise InputError(())
        found[int(said_[1])] = float(said_[2].replace(",", "."))
    return found


def _numbers(_column: Column, raw: Any) -> Any:
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return [raw]
    parts = [each.strip() for each in str(raw).split(";") if each.strip()]
    if not all(_NUMBER.fullmatch(part) and not _LOOKS_GROUPED.fullmatch(part) for part in parts):
        raise InputError(())
    return [float(part.replace(",", ".")) for part in parts]


def _items(_column: Column, raw: Any) -> Any:
    return [each.strip() for each in str(raw).split(";") if each.strip()]


def _pairs(_column: Column, raw: Any) -> Any:
    found = {}
    for part in _items(_column, raw):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not (name and equals and value) or name in found:
            raise InputError(())
        found[name] = value
    return found


def _choice(column: Column, raw: Any) -> Any:
    if not isinstance(raw, str):
        return raw
    for code, word in column.vocabulary.items():
        if raw.casefold() in (code.casefold(), word.da.casefold(), word.en.casefold()):
            return code
    return raw.partition(NAME_SEPARATOR)[0].strip()


def _choices(column: Column, raw: Any) -> Any:
    return [_choice(column, each) for each in _items(column, raw)]


_READERS: Mapping[Cell, Callable[[Column, Any], Any]] = {
    Cell.TEXT: _text, Cell.NUMBER: _as_is, Cell.WHOLE: _as_is, Cell.FLAG: _flag, Cell.DAY: _day,
    Cell.FIGURE: _figure, Cell.BY_YEAR: _by_year, Cell.ITEMS: _items, Cell.NUMBERS: _numbers,
    Cell.CHOICE: _choice, Cell.CHOICES: _choices, Cell.PAIRS: _pairs,
}  # fmt: skip
