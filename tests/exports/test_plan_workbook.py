"""The workbook a coordinator fills in: drop-downs, checks, notes, a frozen header, and no formula."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from klimaplan.exports.plan_workbook import Book, Form, Heading, to_xlsx

BOOK = Book(
    "Læs mig",
    ["Titel", "Første linje"],
    [
        Form("Plan", [Heading("Kommune"), Heading("Demo", choices="flags")], [["167", None]], upright=True),
        Form(
            "Tiltag",
            [Heading("Nøgle", "En note"), Heading("Greb", choices="kinds"), Heading("Start", check="year")],
            [["a01", "spar", 2025], ["=1+1", "https://example.org", None]],
        ),
    ],
    "Lister",
    {"flags": ["ja", "nej"], "kinds": ["spar", "flyt"]},
)


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(to_xlsx(BOOK, "da"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_the_cells_are_what_was_written() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(BOOK, "da")))
    assert book.sheet_names == ["Læs mig", "Plan", "Tiltag", "Lister"]
    assert book.get_sheet_by_name("Tiltag").to_python() == [
        ["Nøgle", "Greb", "Start"], ["a01", "spar", 2025.0], ["=1+1", "https://example.org", ""],
    ]  # fmt: skip
    assert book.get_sheet_by_name("Plan").to_python() == [["Felt", "Værdi"], ["Kommune", "167"], ["Demo", ""]]


def test_text_never_becomes_a_formula_or_a_link(parts: dict[str, str]) -> None:
    assert not any("<f>" in part or "<hyperlink" in part for part in parts.values())


def test_choices_are_drop_downs_from_the_sheet_of_lists(parts: dict[str, str]) -> None:
    assert "<definedName name=\"list_kinds\">'Lister'!$B$2:$B$3</definedName>" in parts["xl/workbook.xml"]
    assert "<formula1>list_kinds</formula1>" in parts["xl/worksheets/sheet3.xml"]
    assert "<formula1>list_flags</formula1>" in parts["xl/worksheets/sheet2.xml"]


def test_years_are_checked_while_they_are_written(parts: dict[str, str]) -> None:
    [check] = re.findall(r'<dataValidation type="whole".*?</dataValidation>', parts["xl/worksheets/sheet3.xml"])
    assert "<formula1>1990</formula1><formula2>2100</formula2>" in check
    assert "Skriv et årstal." in check


def test_headings_are_frozen_and_have_their_notes(parts: dict[str, str]) -> None:
    assert 'state="frozen"' in parts["xl/worksheets/sheet3.xml"]
    assert "En note" in parts["xl/comments1.xml"]
