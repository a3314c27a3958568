"""Change details: one bad file per finding at its place, and what a good one gives the domain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klimaplan.domain.errors import Finding, InputError
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.explaining import Part, explain_change
from klimaplan.reference import load
from klimaplan.sources.change_details import ChangeDetails, read_change_detail, read_change_file
from klimaplan.sources.change_details.schema import schema_text

ROOT = Path(__file__).resolve().parents[2]
MALFORMED = ROOT / "tests" / "malformed" / "change"
EXAMPLE = ROOT / "examples" / "change" / "hvidovre.toml"
SPAN = (2018, 2023)

PLACES = {
    "detail-not-positive.toml": "detail energy!activity!by_year!2018",
    "energy-and-factor.toml": "detail energy!factor",
    "field-missing.toml": "known 1!tonnes",
    "file-kind-unknown.csv": "",
    "file-not-utf8.toml": "",
    "format-unknown.toml": "format",
    "json-malformed.json": "3",
    "key-twice.json": "",
    "known-of-other-years.toml": "known 1!first_year",
    "municipality-differs.toml": "municipality",
    "not-a-number.toml": "detail energy!activity!by_year!2023",
    "not-a-text.toml": "known 1!what",
    "not-a-whole-number.toml": "known 1!first_year",
    "sector-twice.toml": "detail 2!sector",
    "shape-unknown.toml": "inhabitants",
    "source-missing.toml": "detail energy!factor!source",
    "taken-from-absent-part.toml": "known 1!taken_from",
    "text-not-usable.toml": "known 1!what",
    "toml-malformed.toml": "5",
    "unit-missing.toml": "detail energy!activity!unit",
    "unknown-field.toml": "known 1!tones",
    "unknown-municipality.toml": "municipality",
    "unknown-part.toml": "known 1!part",
    "unknown-sector.toml": "detail enrgy!sector",
    "year-missing.toml": "detail energy!activity!by_year!2023",
}
"""File, named after its finding → place inside the file."""


def read(path: Path) -> ChangeDetails:
    return read_change_file(path, load.find_municipality("167"), SPAN)


def faults(path: Path) -> list[Finding]:
    """What is wrong with the file, its meaning against the account of Hvidovre included."""
    found = read(path)
    national = {sector: load.national_projection().of_sector(sector) for sector in Sector}
    said = [*found.findings]
    try:
        explain_change(
            load.account(), national, code="167", span=SPAN, detail=found.detail, known=found.known, people=found.people
        )
    except InputError as refused:
        said += refused.findings
    return said


def test_every_bad_file_is_expected_to_be_refused() -> None:
    assert {path.name for path in MALFORMED.iterdir()} == {*PLACES, "many-faults.toml"}


@pytest.mark.parametrize("name", PLACES)
def test_a_bad_file_has_one_finding_at_its_place(name: str) -> None:
    [finding] = faults(MALFORMED / name)
    assert (finding.code, finding.place) == (name.partition(".")[0], "!".join(filter(None, (name, PLACES[name]))))
    for text in (finding.what, finding.why, finding.remedy):
        assert bool(text.da) == bool(text.en)
    assert finding.what.da != finding.what.en


def test_all_faults_of_a_file_are_named_at_once() -> None:
    assert {(finding.code, finding.place.partition("!")[2]) for finding in faults(MALFORMED / "many-faults.toml")} == {
        ("municipality-differs", "municipality"),
        ("detail-not-positive", "inhabitants!by_year!2018"),
        ("unit-missing", "detail energy!activity!unit"),
        ("detail-not-positive", "detail energy!factor!by_year!2023"),
        ("unknown-part", "known 1!part"),
        ("not-a-number", "known 2!tonnes"),
        ("source-missing", "known 2!source"),
        ("taken-from-absent-part", "known 3!taken_from"),
    }


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        [finding] = read(path).findings
        assert (finding.code, finding.place) == ("file-missing", path.name)


@pytest.mark.parametrize("name", ["change.toml", "change.json"])
def test_a_file_that_is_too_large_is_refused_unread(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b" " * 200_001)
    uploaded = read_change_detail(b" " * 200_001, name, load.find_municipality("167"), SPAN)
    for found in (read(tmp_path / name), uploaded):
        assert [(finding.code, finding.place) for finding in found.findings] == [("file-too-large", name)]


@pytest.mark.parametrize("written", ["nan", "inf", "true", '"12"'])
def test_what_is_not_a_finite_number_is_never_taken_for_one(written: str) -> None:
    spoilt = EXAMPLE.read_text().replace("2018 = 60,", f"2018 = {written},")
    [finding] = read_change_detail(spoilt.encode(), "c.toml", load.find_municipality("167"), SPAN).findings
    assert (finding.code, finding.place) == ("not-a-number", "c.toml!detail energy!factor!by_year!2018")


@pytest.mark.parametrize("content", [b"[" * 20_000, b'{"a":' * 20_000, b"1" * 10_000, b"[]", b"\x00\xff", b""])
@pytest.mark.parametrize("name", ["change.toml", "change.json"])
def test_text_that_is_no_such_file_ends_in_findings(name: str, content: bytes) -> None:
    assert read_change_detail(content, name, load.find_municipality("167"), SPAN).findings


def test_the_example_is_read_as_it_is_written() -> None:
    found = read(EXAMPLE)
    assert found.findings == ()
    assert found.people is not None
    assert [found.people.at(year) for year in SPAN] == [53_300.0, 53_450.0]
    assert set(found.detail) == {Sector.ENERGY, Sector.TRANSPORT}
    energy = found.detail[Sector.ENERGY]
    assert energy.factor is not None
    assert energy.energy is None
    assert [(energy.activity.at(year), energy.factor.at(year)) for year in SPAN] == [(3e6, 60.0), (3.15e6, 34.0)]
    assert [(each.part, each.taken_from, dict(each.change)) for each in found.known] == [
        (Part.NATIONAL_POLICY, Part.FACTOR, {Sector.ENERGY: -20_000.0}),
        (Part.LOCAL_ACTION, Part.INTENSITY, {Sector.ENERGY: -1_500.0}),
    ]


def test_json_says_the_same_as_toml() -> None:
    import tomllib

    written = json.dumps(tomllib.loads(EXAMPLE.read_text())).encode()
    found = read_change_detail(written, "c.json", load.find_municipality("167"), SPAN)
    assert (found.entries, found.people_entry, found.known_entries, found.findings) == (
        read(EXAMPLE).entries, read(EXAMPLE).people_entry, read(EXAMPLE).known_entries, (),
    )  # fmt: skip


def test_the_published_schema_is_the_one_of_the_model() -> None:
    published = ROOT / "docs" / "reference" / "change-detail.schema.json"
    assert published.read_text() == schema_text(), "run `klimaplan change --schema` and put its output there"
    tables = [part for part in json.loads(schema_text())["$defs"].values() if part.get("type") == "object"]
    assert len(tables) == 4
    assert all(part["additionalProperties"] is False for part in tables)
