"""The workbook of a plan, empty or filled in: drop-downs, checks, notes, frozen headers. It holds no formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from klimaplan.domain.errors import Language, Text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ROWS = 500
"""Rows that get drop-downs and checks."""

YEARS = (1990, 2100)

FIRST_YEAR_OF_SPREADSHEETS = 1900
"""Earlier days have no number in a spreadsheet; they are written as text."""

WIDEST = 34


@dataclass(frozen=True, slots=True)
class Heading:
    """One column, or one row of an upright sheet.

    Parameters
    ----------
    choices : name of a list; empty for free text
    strict : whether only what is in the list may be written
    check : ``"whole"``, ``"year"``, ``"number"`` or ``"day"``; empty for anything
    """

    label: str
    note: str = ""
    choices: str = ""
    strict: bool = True
    check: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet; an upright one has its headings in the first column and one value each."""

    name: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Any]] = ()
    upright: bool = False


@dataclass(frozen=True)
class Book:
    """A whole workbook.

    Parameters
    ----------
    lists : name → what may be chosen; they stand in a sheet of their own
    properties : name → what the file says of itself; kept by spreadsheets, shown by none
    """

    read_me: str
    told: Sequence[str]
    forms: Sequence[Form]
    lists_name: str
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)


def to_xlsx(book: Book, language: Language) -> bytes:
    """The file, the same bytes for the same content."""
    import xlsxwriter
    from xlsxwriter.utility import xl_col_to_name

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"created": _CREATED, "title": book.read_me})
        for name, value in book.properties.items():
            workbook.set_custom_property(name, value, "text")
        formats = {
            "head": workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
        }
        told = workbook.add_worksheet(book.read_me)
        told.set_column(0, 0, 100)
        for number, line in enumerate(book.told):
            told.write_string(number, 0, line, formats["head" if number == 0 else "wrap"])
        for form in book.forms:
            _write(workbook.add_worksheet(form.name), form, formats, language)
        lists = workbook.add_worksheet(book.lists_name)
        for column, (name, choices) in enumerate(book.lists.items()):
            lists.write_string(0, column, name, formats["head"])
            lists.write_column(1, column, choices)
            letters = xl_col_to_name(column)
            workbook.define_name(
                _defined(name), f"='{book.lists_name}'!${letters}$2:${letters}${max(len(choices), 1) + 1}"
            )
        lists.autofit()
        told.activate()
    return file.getvalue()


_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  # files that are compared must not hold the clock


def _write(sheet: Worksheet, form: Form, formats: Mapping[str, Format], language: Language) -> None:
    if form.upright:
        _write_upright(sheet, form, formats, language)
        return
    for column, heading in enumerate(form.headings):
        sheet.write_string(0, column, heading.label, formats["head"])
        if heading.note:
            sheet.write_comment(0, column, heading.note, {"x_scale": 1.6})
        if validation := _validation(heading, language):
            sheet.data_validation(1, column, ROWS, column, validation)
        sheet.set_column(column, column, min(max(len(heading.label) + 2, 12), WIDEST))
    for number, row in enumerate(form.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)
    sheet.freeze_panes(1, 2)


def _write_upright(sheet: Worksheet, form: Form, formats: Mapping[str, Format], language: Language) -> None:
    sheet.write_string(0, 0, _FIELD.read(language), formats["head"])
    sheet.write_string(0, 1, _VALUE.read(language), formats["head"])
    [values] = form.rows or [[None] * len(form.headings)]
    for number, (heading, value) in enumerate(zip(form.headings, values, strict=True), start=1):
        sheet.write_string(number, 0, heading.label, formats["head"])
        _write_cell(sheet, number, 1, value, formats)
        if heading.note:
            sheet.write_comment(number, 1, heading.note)
        if validation := _validation(heading, language):
            sheet.data_validation(number, 1, number, 1, validation)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    sheet.freeze_panes(1, 1)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any, formats: Mapping[str, Format]) -> None:
    if value is None:
        return
    if isinstance(value, date) and value.year > FIRST_YEAR_OF_SPREADSHEETS:
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, _Exact(value))
    else:
        sheet.write_string(row, column, str(value))


class _Exact(float):
    """A number that is written with all its digits; the writer asks for sixteen, and some numbers have seventeen."""

    def __format__(self, _form: str, /) -> str:
        return repr(float(self))


def _validation(heading: Heading, language: Language) -> dict[str, Any]:
    """What a spreadsheet checks while it is being filled in; the reader checks everything again."""
    said = {"error_title": _NOT_POSSIBLE.read(language), "error_message": _CHOOSE.read(language)}
    if heading.choices:
        kind = "stop" if heading.strict else "information"
        return {"validate": "list", "source": f"={_defined(heading.choices)}", "error_type": kind, **said}
    checks = {
        "year": {"validate": "integer", "criteria": "between", "minimum": YEARS[0], "maximum": YEARS[1]},
        "whole": {"validate": "integer", "criteria": ">=", "value": 0},
        "number": {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15},
        "day": {"validate": "date", "criteria": ">", "value": date(1990, 1, 1)},
    }
    if heading.check not in checks:
        return {}
    said["error_message"] = _WRITE[heading.check].read(language)
    return {**checks[heading.check], **said}


def _defined(name: str) -> str:
    return f"list_{name}"


_FIELD, _VALUE = Text("Felt", "Field"), Text("Værdi", "Value")
_NOT_POSSIBLE = Text("Ikke muligt her", "Not possible here")
_CHOOSE = Text("Vælg fra listen.", "Choose from the list.")
_WRITE = {
    "year": Text("Skriv et årstal.", "Write a year."),
    "whole": Text("Skriv et helt tal.", "Write a whole number."),
    "number": Text("Skriv et tal.", "Write a number."),
    "day": Text("Skriv en dato.", "Write a date."),
}
