"""A plan file as the rows of its workbook; reading them again gives the same file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klimaplan.domain.errors import Language
from klimaplan.sources.plan_files import sheets
from klimaplan.sources.plan_files.model import PlanFile
from klimaplan.sources.plan_files.sheets import Cell, Column, Sheet
from klimaplan.sources.plan_files.writing import inline, plain

Row = dict[str, Any]
"""Field of a column → value of the cell."""


def rows_of(file: PlanFile, language: Language) -> dict[str, list[list[Any]]]:
    """Section → rows of cells in the order of its columns; of the plan itself one cell for each field."""
    data = plain(file)
    found = {}
    for sheet in sheets.SHEETS:
        if sheet is sheets.PLAN:
            rows: list[Row] = [_flat(data["plan"])]
        elif sheet is sheets.ACTIONS:
            rows = [row for action in data.get("action", []) for row in _action_rows(action)]
        elif sheet is sheets.PARAMETERS:
            rows = [_parameter_row(entry) for entry in data.get("parameter", [])]
        else:
            rows = [_flat(entry, sheet) for entry in data.get(sheet.section, [])]
        found[sheet.section] = [
            [cell_of(column, row.get(column.field), language) for column in sheet.columns] for row in rows
        ]
    return found


def _flat(entry: Mapping[str, Any], sheet: Sheet | None = None, before: str = "") -> Row:
    whole = {column.field for column in sheet.columns} if sheet else set()
    row: Row = {}
    for name, value in entry.items():
        field = f"{before}{name}"
        if isinstance(value, Mapping) and field not in whole:
            row.update(_flat(value, sheet, f"{field}."))
        else:
            row[field] = value
    return row


def _parameter_row(entry: Mapping[str, Any]) -> Row:
    row = _flat(entry)
    for name in ("value", "low", "central", "high"):
        if f"distribution.{name}" in row:
            row[name] = row.pop(f"distribution.{name}")
    return row


def _action_rows(action: Mapping[str, Any]) -> Iterator[Row]:
    """One row for every lever, and rows for what does not fit beside it."""
    own = {name: value for name, value in action.items() if name not in ("lever", "amounts")}
    rows: list[Row] = [_flat(own, sheets.ACTIONS)]
    for at, (name, value) in enumerate(action.get("amounts", {}).items()):
        _row(rows, at).update({"amounts.name": name, "amounts.value": value})
    start = 1 if "ramp" in action else 0  # the ramp of the template takes the first row
    for lever in action.get("lever", []):
        start = _put_lever(rows, start, lever)
    for row in rows:
        yield {**row, "key": action["key"]}


def _put_lever(rows: list[Row], start: int, lever: Mapping[str, Any]) -> int:
    """Write a lever from a row on; gives the first row after it."""
    head = {name: value for name, value in lever.items() if name not in ("effects", "burdens", "ramp")}
    row = _row(rows, start)
    row.update({f"lever.{name}": value for name, value in head.items()})
    row.update({f"ramp.{name}": value for name, value in lever["ramp"].items()})
    for section, name in (("effect", "effects"), ("burden", "burdens")):
        for at, part in enumerate(lever.get(name, [])):
            _row(rows, start + at).update({f"{section}.{field}": value for field, value in part.items()})
    return start + max(len(lever.get("effects", ())), len(lever.get("burdens", ())), 1)


def _row(rows: list[Row], at: int) -> Row:
    while len(rows) <= at:
        rows.append({})
    return rows[at]


def cell_of(column: Column, value: Any, language: Language) -> Any:
    """What stands in the cell of a value, in the words of the language."""
    if value is None:
        return None
    words = {code: word.read(language) for code, word in column.vocabulary.items()}
    match column.cell:
        case Cell.FLAG:
            shown = sheets.FLAG_WORDS[str(value).lower()].read(language)
        case Cell.CHOICE:
            shown = words.get(value, value)
        case Cell.CHOICES:
            shown = "; ".join(words.get(each, each) for each in value)
        case Cell.ITEMS:
            shown = "; ".join(value)
        case Cell.NUMBERS:
            shown = "; ".join(_figure(each, language) for each in value)
        case Cell.BY_YEAR:
            shown = "; ".join(f"{year}: {_figure(figure, language)}" for year, figure in value.items())
        case Cell.PAIRS:
            shown = "; ".join(f"{name} = {each}" for name, each in value.items())
        case _:
            shown = inline(value) if isinstance(value, Mapping) else value
    return shown


def _figure(value: float, language: Language) -> str:
    """A number inside a text; three decimals after a comma would be refused as thousands, so they get a fourth."""
    text = repr(float(value)).removesuffix(".0")
    whole, point, decimals = text.partition(".")
    if point and len(decimals) == 3:
        decimals += "0"
    return f"{whole}{',' if language == 'da' and point else point}{decimals}"
