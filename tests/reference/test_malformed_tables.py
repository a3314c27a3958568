"""One malformed file per finding: each gives exactly its finding, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from klimaplan.domain.errors import Finding, Severity
from klimaplan.reference import rules, tables
from klimaplan.reference.bibliography import read_bibliography
from klimaplan.reference.tables import Columns

MALFORMED = Path(__file__).parents[1] / "malformed" / "reference"
DAY = date(2026, 11, 24)

AVERAGES = "targets/type-averages"
PER_HEAD = "account/per-head-4.1"
FIGURES = "account/figures-4.1"
MAPPING = "projection/kf25-mapping"
MEMBERSHIPS = "denmark/memberships"
STREAMS = "streams/kf25-streams"

UNREADABLE = {
    "not-utf8": (AVERAGES, "", "The file is not UTF-8. So æ, ø and å would be read wrongly. Save it again as UTF-8."),
    "header-differs": (
        AVERAGES, "",
        ("The header is type, year, base_year, reduction, source, checked_on, note. "
        "It must be type, year, base_year, reduction_pct, source, checked_on, note."),
    ),
    "row-width-differs": (
        AVERAGES, "!2",
        ("The row has 8 cells, the header 7. "
        "Look for a comma too many or too few; text with a comma needs quotation marks."),
    ),
    "table-empty": (AVERAGES, "", "The table has no rows. Enter the rows, or delete the table."),
    "cell-empty": (
        AVERAGES, "!3!reduction_pct",
        "The cell is empty. Missing is not zero. Write the value, or take the row out.",
    ),
    "cell-unreadable": (
        AVERAGES, "!2!reduction_pct",
        "“80,5” cannot be read. Write a number with a decimal point such as 1234.5.",
    ),
    "unknown-unit": (PER_HEAD, "!2!unit", "“kg/indb.” cannot be read. Write a known unit such as t CO2e."),
    "not-a-choice": (PER_HEAD, "!2!kind", "“guessed” is not one of the choices. Use one of observed."),
    "duplicate-key": (
        AVERAGES, "!3", "hovedstad stands twice. Nobody can know which row holds. Keep one of them.",
    ),
    "not-sorted": (
        AVERAGES, "!3",
        "hovedstad is out of place. Sorted tables can be compared line by line. Sort the rows by the key.",
    ),
}  # fmt: skip
"""Finding code → schema, place inside the file, English message."""


@pytest.mark.parametrize("code", UNREADABLE)
def test_a_table_that_does_not_fit_its_schema_gives_one_finding(code: str) -> None:
    name, place, message = UNREADABLE[code]
    path = MALFORMED / f"{code}.csv"
    cells, [finding] = tables.inspect(path, tables.schema(name))
    assert finding.code == code
    assert finding.severity is Severity.ERROR
    assert finding.message("en") == f"reference/{code}.csv{place}: {message}"
    assert_complete_in_danish(finding)
    assert not cells or set(cells) == set(tables.schema(name).header)


def _references(column: str, known: Iterable[str]) -> Callable[[str, Columns], Iterable[Finding]]:
    described = tables.schema(AVERAGES).column(column)
    return lambda file, cells: rules.references(file, described, cells[column], known)


BROKEN: dict[str, tuple[str, str, Callable[[str, Columns], Iterable[Finding]], str]] = {
    "unknown-source": (
        AVERAGES, "!2!source", _references("source", ["ea-concito-2024"]),
        ("There is no source ea-concito-2031 (rows: 1). A figure without a source cannot be checked. "
        "Enter the source in sources.toml."),
    ),
    "unknown-code": (
        AVERAGES, "!2!type", _references("type", ["hovedstad", "land"]),
        "forstad does not exist in denmark/groups.slug (rows: 1). Correct the code, or enter it there first.",
    ),
    "check-overdue": (
        AVERAGES, "", lambda file, cells: rules.checked_lately(file, tables.schema(AVERAGES), cells, on=DAY),
        ("1 rows were last checked on 2025-05-24. That is more than 18 months ago. "
        "Hold them against the source and write today's date."),
    ),
    "figure-absent": (
        PER_HEAD, "!147/2019", lambda file, cells: rules.complete(file, cells, "municipality", "year"),
        "The figure is missing. An account must have every municipality, sector and year. Add the row.",
    ),
    "parts-differ-from-total": (
        FIGURES, "!825/2018",
        lambda file, cells: rules.parts_make_total(file, cells, "municipality", "year", tolerance=Decimal(1)),
        ("The parts add up to 45.0 t CO2e, but the total is 46.5 t CO2e. That is more than rounding. "
        "Hold the rows against the source."),
    ),
    "counted-twice": (
        MAPPING, "!3",
        lambda file, cells: rules.counted_once(
            file, cells, ["ccs"], ["agriculture", "land_use", "energy_excl_transport", "ccs", "total"]
        ),
        ("land_use is counted twice. So the municipalities follow more than the country emits. "
        "Let every national sector stand in one place."),
    ),
    "not-mapped": (
        MAPPING, "",
        lambda file, cells: rules.counted_once(
            file, cells, ["ccs"], ["agriculture", "energy_excl_transport", "waste", "ccs", "total"]
        ),
        "waste is neither mapped nor left out with a reason. Enter it in one of the two tables.",
    ),
    "total-absent": (
        "streams/kf25-crf", "!1A4bi/2023",
        lambda file, cells: rules.totals_there(file, cells, "crf", "year", part="gas"),
        "The parts have no total in the table. So they cannot be checked. Add the publisher's total.",
    ),
    "shares-differ-from-one": (
        STREAMS, "!3", lambda file, cells: rules.codes_shared_out(file, cells, ["ccs"], ["1A1a", "ccs"]),
        ("The shares of 1A1a add up to 1.100. So the streams follow more or less than the country emits. "
        "Correct the shares so that they add up to 1."),
    ),
    "stream-key-differs": (
        STREAMS, "!2", rules.keys_fit,
        ("The key does not fit its reference and carrier. "
        "Write I.2.1/fossil_heating, or correct reference and carrier."),
    ),
    "validity-overlaps": (
        MEMBERSHIPS, "!3", rules.one_group_at_a_time,
        ("The period overlaps hovedstaden. A municipality belongs to one group at a time. "
        "Let one end the day before the other."),
    ),
    "validity-gap": (
        MEMBERSHIPS, "!3", rules.one_group_at_a_time,
        ("There is a gap after hovedstaden. In the gap the municipality belongs to no group. "
        "Let the next one begin the day after."),
    ),
    "validity-reversed": (
        MEMBERSHIPS, "!2", rules.one_group_at_a_time,
        "The period ends before it begins. Swap the dates.",
    ),
    "alias-ambiguous": (
        "denmark/aliases", "!3",
        lambda file, cells: rules.aliases_point_to_one(file, cells, {"København": "101", "Aarhus": "751"}),
        "KØBENHAVN is also 101. A name must point to one municipality only. Take one of them out.",
    ),
    "target-incomplete": (
        "targets/municipal-targets", "!2", rules.targets_say_enough,
        ("A target of kind reduction must have base_year and reduction_pct and nothing else. "
        "A percentage without a base year says nothing. Correct the cells by the source."),
    ),
}  # fmt: skip
"""Finding code → schema, place inside the file, rule, English message."""


@pytest.mark.parametrize("code", BROKEN)
def test_a_table_that_breaks_a_rule_gives_one_finding(code: str) -> None:
    name, place, rule, message = BROKEN[code]
    file = f"{code}.csv"
    cells, faults = tables.inspect(MALFORMED / file, tables.schema(name))
    assert faults == []
    [finding] = rule(file, cells)
    assert finding.code == code
    assert finding.message("en") == f"{file}{place}: {message}"
    assert finding.severity is (Severity.WARNING if code == "check-overdue" else Severity.ERROR)
    assert_complete_in_danish(finding)


def test_a_source_without_a_licence_gives_one_finding_and_is_left_out() -> None:
    sources, [finding] = read_bibliography(MALFORMED / "source-incomplete.toml")
    assert sources == {}
    assert finding.code == "source-incomplete"
    assert finding.message("en") == (
        "source-incomplete.toml!kf25: The source has no licence. Fill in the field; a note may be empty."
    )
    assert_complete_in_danish(finding)


def test_every_malformed_file_is_tried() -> None:
    tried = {*UNREADABLE, *BROKEN, "source-incomplete"}
    assert {path.stem for path in MALFORMED.iterdir()} == tried


@pytest.mark.parametrize(
    ("checked", "on", "overdue"),
    [
        ("2025-05-24", date(2026, 11, 23), False),
        ("2025-05-24", date(2026, 11, 24), True),
        ("2024-08-31", date(2026, 2, 28), False),
        ("2024-08-31", date(2026, 3, 1), True),
    ],
)
def test_a_check_holds_for_eighteen_whole_months(checked: str, on: date, *, overdue: bool) -> None:
    cells = dict.fromkeys(tables.schema(AVERAGES).header, ("",)) | {"checked_on": (checked,)}
    assert bool(list(rules.checked_lately("x.csv", tables.schema(AVERAGES), cells, on=on))) is overdue


def assert_complete_in_danish(finding: Finding) -> None:
    for text in (finding.what, finding.why, finding.remedy):
        assert bool(text.da) is bool(text.en)
        assert not text.en or text.da != text.en
