"""Facts as files: what goes in comes out again, missing stays empty, and nothing runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from klimaplan.exports.tables import COLUMNS, About, Fact, to_csv, to_json, to_xlsx

ABOUT = About("klimaplan: Læsø (825)", [("source", "account"), ("demo", "none")])


def fact(value: float | None, *, name: str = "Læsø", demo: bool = False, base_year: int | None = None) -> Fact:
    return Fact(
        "825", name, 2023, "total", "account", value, "t CO2e", "observed", base_year, "made-up", "1", "account", "AR5",
        demo,
    )  # fmt: skip


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


def test_csv_keeps_every_digit_and_the_danish_letters() -> None:
    [row] = rows_of_csv(to_csv([fact(-9374.2)]))
    assert (row["value"], row["name"], row["code"], row["demo"], row["base_year"]) == (
        "-9374.2", "Læsø", "825", "false", "",
    )  # fmt: skip
    assert list(row) == COLUMNS


def test_csv_begins_with_a_byte_order_mark_and_ends_its_lines_as_the_standard_says() -> None:
    content = to_csv([fact(1.0)])
    assert content.startswith(b"\xef\xbb\xbfcode,name,")
    assert content.count(b"\r\n") == 2


def test_a_missing_value_is_an_empty_cell_and_never_zero() -> None:
    assert rows_of_csv(to_csv([fact(None)]))[0]["value"] == ""
    assert json.loads(to_json([fact(None)], ABOUT))["facts"][0]["value"] is None
    header, row = sheet(to_xlsx([fact(None)], ABOUT, "da"), "Tal")
    assert row[header.index("value")] == ""


def test_zero_is_zero() -> None:
    assert rows_of_csv(to_csv([fact(0.0)]))[0]["value"] == "0.0"
    header, row = sheet(to_xlsx([fact(0.0)], ABOUT, "da"), "Tal")
    assert row[header.index("value")] == 0.0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_begins_a_formula_in_csv(start: str) -> None:
    [row] = rows_of_csv(to_csv([fact(1.0, name=f"{start}HYPERLINK(A1)")]))
    assert row["name"] == f"'{start}HYPERLINK(A1)"


def test_no_text_is_a_formula_in_xlsx() -> None:
    content = to_xlsx([fact(1.0, name="=1+1")], ABOUT, "en")
    header, row = sheet(content, "Figures")
    assert row[header.index("name")] == "=1+1"
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_numbers_are_numbers_in_xlsx_and_codes_are_text() -> None:
    header, row = sheet(to_xlsx([fact(-9374.2, base_year=2018)], ABOUT, "da"), "Tal")
    seen = dict(zip(header, row, strict=True))
    assert seen["value"] == -9374.2
    assert seen["year"] == 2023
    assert seen["base_year"] == 2018
    assert seen["code"] == "825"


def test_xlsx_says_where_its_numbers_come_from_in_the_language_of_the_reader() -> None:
    for language, name in (("da", "Om tallene"), ("en", "About the figures")):
        told = sheet(to_xlsx([fact(1.0)], ABOUT, language), name)
        assert told[0][0] == "klimaplan: Læsø (825)"
        assert ["source", "account"] in told


def test_json_is_facts_with_their_source() -> None:
    read = json.loads(to_json([fact(0.1, demo=True)], ABOUT))
    assert read["about"] == {"title": "klimaplan: Læsø (825)", "source": "account", "demo": "none"}
    [only] = read["facts"]
    assert (only["value"], only["demo"], only["gwp"], only["version"]) == (0.1, True, "AR5", "1")


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json([fact(float("nan"))], ABOUT)
