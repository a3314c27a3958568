"""The tables that come with the program are sound, and a fault anywhere in them is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from klimaplan.domain.errors import InputError, Severity
from klimaplan.reference import load, tables
from klimaplan.reference.schema import CellType

DAY = date(2026, 11, 24)
FIRST_PER_HEAD = "101,2018,2.775,t CO2e/inhabitant,observed,energy-account-4.1"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tables and the bibliography, free to be spoilt, with a method page wherever one is named."""
    folder = tmp_path / "reference"
    shutil.copytree(tables.FOLDER, folder, ignore=shutil.ignore_patterns("*.py*", "__*", "*.md"))
    for name in tables.names(folder):
        if slug := tables.schema(name).method:
            for language in ("da", "en"):
                (folder / "method" / f"{slug}.{language}.md").touch()
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_tables_that_come_with_the_program_are_sound() -> None:
    assert load.validate_all(on=DAY) == ()


def test_the_command_says_nothing_and_succeeds_when_all_is_well() -> None:
    ran = subprocess.run([sys.executable, "-m", "klimaplan.reference"], capture_output=True, text=True, check=False)
    errors = [line for line in ran.stdout.splitlines() if line.startswith("error")]
    assert (errors, ran.stderr, ran.returncode) == ([], "", 0)


def test_facts_grow_old() -> None:
    """Everything checked in November 2026 is due again in June 2028, and that stops nothing."""
    found = load.validate_all(on=date(2028, 6, 1))
    assert {finding.code for finding in found} == {"check-overdue"}
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert "denmark/municipalities.csv" in {finding.place for finding in found}


def test_all_faults_are_found_at_once(copy: Path) -> None:
    replace(copy / "denmark" / "groups.csv", "1082", "1082,")
    replace(copy / "account" / "figures-4.1.csv", "1279927.9", "1.279.927,9".replace(",", "."))
    (copy / "projection" / "kf25.csv").unlink()
    (copy / "targets" / "type-averages.toml").unlink()
    shutil.rmtree(copy / "method")
    found = load.validate_all(on=DAY, folder=copy)
    by_code = {finding.code: finding.place for finding in found}
    assert by_code["row-width-differs"].startswith("denmark/groups.csv!")
    assert by_code["cell-unreadable"] == "account/figures-4.1.csv!2!value"
    assert by_code["table-absent"] == "projection/kf25.csv"
    assert by_code["schema-absent"] == "targets/type-averages.csv"
    assert "method-page-absent" in by_code


@pytest.mark.parametrize(
    ("table", "old", "new", "code", "place"),
    [
        ("account/figures-4.1", "1279927.9", "1279930.9", "parts-differ-from-total", "101/2018"),
        ("projection/kf25", "1990,total,79.18", "1990,total,79.81", "parts-differ-from-total", "1990"),
        ("projection/kf25-mapping", "agriculture+land_use", "agriculture", "not-mapped", ""),
        ("projection/kf25-mapping", "energy_excl_transport", "energy_excl_transport+ccs", "counted-twice", "3"),
        ("streams/kf25-crf", "1A4bi,2023,CO2,1.08", "1A4bi,2023,CO2,1.80", "parts-differ-from-total", "1A4bi/2023"),
        ("streams/kf25-crf", "1A4bi,2023,total,1.19,Mt CO2e,observed,kf25\n", "", "total-absent", "1A4bi/2023"),
        ("streams/kf25-streams", "1A1a,0.548", "1A1a,0.558", "shares-differ-from-one", ""),
        ("streams/kf25-streams", "1A4aii+1A4bii", "1A4bii", "not-mapped", "kf25-streams.csv"),
        ("streams/kf25-streams", "3G+3H+3I", "3D+3G+3H+3I", "counted-twice", ""),
        ("streams/kf25-streams", "5A,1,", "5A+cor,1,", "counted-twice", ""),
        ("denmark/memberships", "2027-01-01", "2027-02-01", "validity-gap", ""),
        ("denmark/memberships", "2026-12-31", "2027-12-31", "validity-overlaps", ""),
        ("denmark/aliases", "751,Aarhus Kommune", "751,Aalborg", "alias-ambiguous", ""),
        ("targets/municipal-targets", "1990,342088,80", ",342088,80", "target-incomplete", ""),
        ("account/per-head-4.1", f"{FIRST_PER_HEAD}\n", "", "figure-absent", "101/2018"),
        ("account/per-head-4.1", "energy-account-4.1", "energy-account-4.0", "unknown-source", ""),
        ("denmark/municipalities", "101,0101", "100,0101", "unknown-code", ""),
    ],
)  # fmt: skip
def test_a_slip_in_a_real_table_is_found(copy: Path, table: str, *, old: str, new: str, code: str, place: str) -> None:
    replace(copy / f"{table}.csv", old, new)
    found = load.validate_all(on=DAY, folder=copy)
    assert {finding.code for finding in found} == {code}
    assert any(finding.place.endswith(place) for finding in found)


def test_a_table_without_an_edition_says_so() -> None:
    with pytest.raises(InputError) as raised:
        tables.edition("account/sectors")
    assert [finding.code for finding in raised.value.findings] == ["edition-absent"]


@pytest.mark.parametrize("name", tables.names())
def test_every_table_explains_itself_in_both_languages(name: str) -> None:
    schema = tables.schema(name)
    texts = [schema.title, *(column.meaning for column in schema.columns)]
    assert all(text.da and text.en for text in texts)
    assert schema.maintainer
    assert set(schema.key) <= set(schema.header)


@pytest.mark.parametrize("name", tables.names())
def test_every_row_has_a_source(name: str) -> None:
    assert tables.schema(name).column("source").references == "sources"
    assert all(tables.columns(name)["source"])


@pytest.mark.parametrize("name", tables.names())
def test_every_amount_has_a_unit(name: str) -> None:
    """The unit column of its row or the unit of its column measures it; a coordinate is in degrees."""
    schema = tables.schema(name)
    by_row = any(column.type is CellType.UNIT or column.name == "unit" for column in schema.columns)
    for column in schema.columns:
        if column.type is CellType.NUMBER and column.name not in ("lon", "lat"):
            assert column.unit or by_row, column.name


def test_the_bibliography_names_publisher_licence_and_day() -> None:
    for key, source in load.bibliography().items():
        assert source.key == key
        assert source.licence
        assert source.accessed <= DAY
        assert source.url.startswith(("https://", "http://")) or source.publisher == "klimaplan"


def test_what_was_not_read_in_the_original_says_so() -> None:
    for key in ("ea-concito-2024", "concito-status-2025", "dst-municipality-groups", "regions-reform-2025"):
        assert load.bibliography()[key].note.startswith("Secondary:")
