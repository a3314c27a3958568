"""Workbooks: findings with sheet and cell, both languages, and archives from strangers."""

from __future__ import annotations

import io
import zipfile

import pytest

from klimaplan.domain.errors import Severity
from klimaplan.sources.plan_files import Ground, read_plan
from sources.plan_files.workbooks import GOOD, HEADER, SAVINGS, book, rewritten, with_action, without_stored_values


def found(content: bytes, ground: Ground) -> list[tuple[str, str]]:
    read = read_plan(content, "plan.xlsx", ground)
    return [(finding.code, finding.place) for finding in read.findings]


def test_the_smallest_workbook_is_a_plan(ground: Ground) -> None:
    read = read_plan(book(GOOD), "plan.xlsx", ground)
    assert read.findings == ()
    assert read.plan is not None
    [action] = read.plan.actions
    assert (action.key, action.title, len(action.levers)) == ("a01", "Demo", 1)


def test_english_sheets_and_headings_are_read_alike(ground: Ground) -> None:
    header = ["Key", "Title", "Lever", "Stream", "Share", "Source", "Ramp", "Start", "End"]
    row = [*SAVINGS[:2], "less activity", *SAVINGS[3:6], "linear", *SAVINGS[7:]]
    english = {"Plan": [["Field", "Value"], ["Municipality", "0167"], ["Title", "Demo"]], "Actions": [header, row]}
    assert (
        read_plan(book(english), "plan.xlsx", ground).file
        == read_plan(
            book({**GOOD, "Plan": [["Felt", "Værdi"], ["Kommune", "0167"], ["Titel", "Demo"]]}), "plan.xlsx", ground
        ).file
    )


BAD_CELLS = {
    ("Andel", 40): ("share-ambiguous", "E2"),
    ("Andel", 1): ("share-ambiguous", "E2"),
    ("Andel", '{value = 140, unit = "%"}'): ("share-out-of-range", "E2"),
    ("Andel", "takt"): ("unknown-parameter", "E2"),
    ("Andel", "{low = 0.2, "): ("cell-malformed", "E2"),
    ("Andel", "=1/0"): ("cell-error", "E2"),
    ("Greb", "mindre aktivtet"): ("unknown-lever", "C2"),
    ("Strøm", "I.2.1/varme"): ("unknown-stream", "D2"),
    ("Kilde", ""): ("number-without-source", "E2"),
    ("Start", 2035): ("ramp-backwards", "I2"),
    ("Start", "snart"): ("not-a-whole-number", "H2"),
    ("Slut", 2060): ("year-outside-horizon", "I2"),
    ("Indfasning", "liniær"): ("unknown-choice", "G2"),
    ("Nøgle", "a 01"): ("text-not-usable", "A2"),
    ("Anlæg, kr.", -5): ("cost-negative", "J2"),
    ("Må være negativ", "måske"): ("not-yes-or-no", "J2"),
    ("Fremdrift", "idé?"): ("unknown-choice", "J2"),
    ("Besluttet den", "i går"): ("not-a-day", "J2"),
    ("Indfasningstabel", "2026: 1,000"): ("cell-malformed", "J2"),
    ("Skabelonens mængde", "share"): ("field-missing", "J2"),
    ("Titl", "Demo"): ("unknown-field", "J1"),
    ("Virker til", 2024): ("ramp-backwards", "J2"),
}  # fmt: skip
"""Heading and cell → code and cell of the finding."""


@pytest.mark.parametrize("bad", BAD_CELLS, ids=str)
def test_a_bad_cell_is_named_by_sheet_and_cell(bad: tuple[str, object], ground: Ground) -> None:
    heading, value = bad
    code, cell = BAD_CELLS[bad]
    errors = [each for each in found(with_action(**{heading: value}), ground) if each[0] != "price-year-missing"]
    assert errors == [(code, f"plan.xlsx!Tiltag!{cell}")]


def test_a_missing_cell_is_named_where_it_should_stand(ground: Ground) -> None:
    assert found(with_action(Strøm=""), ground) == [("field-missing", "plan.xlsx!Tiltag!D2")]
    assert ("field-missing", "plan.xlsx!Tiltag!G2") in found(with_action(Indfasning="", Start="", Slut=""), ground)


def test_findings_on_the_plan_and_its_targets_name_their_cells(ground: Ground) -> None:
    sheets = {
        **GOOD,
        "Plan": [["Felt", "Værdi"], ["Titel", "Demo"], ["Kommune", "Hvidøvre"]],
        "Mål": [["År", "Niveau, t", "Kilde"], [2030, 100, "Demo"], [2010, 100, "Demo"], [2040, "ti", "Demo"]],
    }
    assert found(book(sheets), ground) == [
        ("not-a-number", "plan.xlsx!Mål!B4"),
        ("unknown-municipality", "plan.xlsx!Plan!B3"),
        ("target-year-not-ahead", "plan.xlsx!Mål!A3"),
    ]


def test_several_effects_and_levers_stand_on_rows_of_their_own(ground: Ground) -> None:
    header = [*HEADER, "Antal", "Enhed", "Virker på", "Ton pr. enhed", "Gas"]
    sheets = {
        "Plan": GOOD["Plan"],
        "Tiltag": [
            header,
            ["a01", "Dyr", "færre husdyr", None, None, "Demo", "lineær", 2025, 2030, 5, "head", "V.2/forest", 1, "CO2"],
            ["a01", *[None] * 10, "V.1/manure", 2, "CH4"],
            ["a01", None, "mindre aktivitet", "I.2.1/fossil_heating", 0.2, "Demo", "lineær", 2025, 2030],
            [*SAVINGS[:3], "I.3.1/industrial_fuels", *SAVINGS[4:]],
        ],
    }
    read = read_plan(book(sheets), "plan.xlsx", ground)
    # Hvidovre has no manure, its forest is a sink, and a01 begins again in row 5
    assert {(finding.code, finding.place) for finding in read.findings} == {
        ("lever-on-sink", "plan.xlsx!Tiltag!L2"),
        ("more-removed-than-exists", "plan.xlsx!Tiltag!L3"),
        ("action-twice", "plan.xlsx!Tiltag!A5"),
    }


def test_what_two_rows_of_an_action_say_differently_is_not_guessed(ground: Ground) -> None:
    header = [*HEADER, "Ansvarlig"]
    rows = [[*SAVINGS, "Teknik"], ["a01", *[None] * 8, "Kultur"]]
    assert found(book({**GOOD, "Tiltag": [header, *rows]}), ground) == [("key-twice", "plan.xlsx!Tiltag!J3")]


def test_a_missing_sheet_is_named(ground: Ground) -> None:
    assert found(book({"Plan": GOOD["Plan"]}), ground) == [("sheet-missing", "plan.xlsx!Tiltag")]


def test_a_misspelt_sheet_is_not_passed_over(ground: Ground) -> None:
    read = read_plan(book({**GOOD, "Forudsætning": [["Navn"]]}), "plan.xlsx", ground)
    [finding] = read.findings
    assert (finding.code, finding.place) == ("unknown-sheet", "plan.xlsx!Forudsætning")
    assert "Did you mean Parameters?" in finding.message("en")


def test_a_sheet_of_notes_is_named_but_stops_nothing(ground: Ground) -> None:
    read = read_plan(book({**GOOD, "Xyz": [["=1+1"]]}), "plan.xlsx", ground)
    assert [(finding.code, finding.severity) for finding in read.findings] == [("sheet-not-read", Severity.WARNING)]
    assert read.plan is not None


def test_a_formula_counts_by_its_stored_value(ground: Ground) -> None:
    read = read_plan(with_action(Andel="=A1*0+0.2"), "plan.xlsx", ground)
    assert read.file == read_plan(with_action(Andel=0.2), "plan.xlsx", ground).file
    assert read.file is not None


def test_a_formula_without_a_stored_value_is_a_finding(ground: Ground) -> None:
    codes = found(without_stored_values(with_action(Andel="=0.1+0.1")), ground)
    assert ("formula-without-value", "plan.xlsx!Tiltag!E2") in codes


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Kommune;Hvidovre",
        b"PK\x03\x04" + b"\x00" * 40,
        zipped({"word/document.xml": b"<w/>"}),
        zipped({"xl/workbook.xml": b"<workbook", "xl/_rels/workbook.xml.rels": b"<R/>"}),
        rewritten(book(GOOD), lambda name, part: None if name.endswith("workbook.xml.rels") else part),
        rewritten(
            book(GOOD),
            lambda name, part: (
                part.replace(b"<sst ", b'<!DOCTYPE a [<!ENTITY b "c">]><sst ') if "shared" in name else part
            ),
        ),
        book(GOOD)[:-200],
    ],
    ids=["empty", "text", "broken", "document", "malformed", "no-relations", "doctype", "cut-off"],
)
def test_what_is_not_a_workbook_is_refused(content: bytes, ground: Ground) -> None:
    assert found(content, ground) == [("not-a-workbook", "plan.xlsx")]


def test_an_archive_that_unpacks_without_end_is_refused_unopened(ground: Ground) -> None:
    bomb = rewritten(book(GOOD), lambda name, part: part + b" " * 51_000_000 if "sheet1" in name else part)
    assert len(bomb) < 200_000
    assert found(bomb, ground) == [("archive-too-large", "plan.xlsx")]
    many = zipped({f"xl/media/{number}": b"" for number in range(501)})
    assert found(many, ground) == [("archive-too-large", "plan.xlsx")]


def test_an_archive_that_lies_about_its_size_is_never_unpacked_beyond_it(ground: Ground) -> None:
    honest = zipped({"xl/workbook.xml": b" " * 100_000})
    lying = honest.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    assert found(lying, ground) == [("not-a-workbook", "plan.xlsx")]


def test_a_cell_far_away_does_not_make_a_huge_grid(ground: Ground) -> None:
    def far(name: str, part: bytes) -> bytes:
        return part.replace(b'r="A2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')

    content = rewritten(book(GOOD), lambda name, part: far(name, part) if "sheet2" in name else part)
    assert found(content, ground) == [("sheet-too-large", "plan.xlsx!Tiltag")]


def test_macros_links_and_paths_in_the_archive_are_left_behind(ground: Ground) -> None:
    file = io.BytesIO(book(GOOD))
    with zipfile.ZipFile(file, "a") as archive:
        for name in ("../../evil", "/etc/evil", "xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"):
            archive.writestr(name, b"<!DOCTYPE evil>")
    assert read_plan(file.getvalue(), "plan.xlsx", ground).findings == ()


def test_all_faults_of_a_workbook_are_named_at_once(ground: Ground) -> None:
    sheets = {
        "Plan": [["Felt", "Værdi"], ["Kommune", 167], ["Titel", "Demo"], ["Demo", "måske"]],
        "Tiltag": [
            [*HEADER, "Ansvarlg"],
            [*SAVINGS[:4], 40, *SAVINGS[5:]],
            ["a02", "Demo", "spar", *SAVINGS[3:]],
            ["a03", "Demo", "mindre aktivitet", "I.9/x", 0.1, "Demo", "lineær", 2030, 2025],
        ],
        "Forudsætninger": [["Navn", "Lav", "Central", "Høj", "Enhed", "Kilde"], ["p", 3, 2, 1, "ha", "Demo"]],
        "Mål": [["År", "Kilde"], [2030, "Demo"]],
    }
    errors = {
        (finding.code, finding.place.removeprefix("plan.xlsx!"))
        for finding in read_plan(book(sheets), "plan.xlsx", ground).findings
        if finding.severity is Severity.ERROR
    }
    assert errors == {
        ("not-yes-or-no", "Plan!B4"),
        ("unknown-field", "Tiltag!J1"),
        ("share-ambiguous", "Tiltag!E2"),
        ("unknown-lever", "Tiltag!C3"),
        ("unknown-stream", "Tiltag!D4"),
        ("ramp-backwards", "Tiltag!I4"),
        ("distribution-reversed", "Forudsætninger!B2"),
        ("target-unclear", "Mål!A2"),
    }
