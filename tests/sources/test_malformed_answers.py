"""One bad answer per finding: the right code, place, consequence and remedy, complete in both languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from klimaplan.domain.errors import Finding, InputError, Severity
from klimaplan.domain.inventory.account import check
from klimaplan.sources.account import Edition, assemble, read_files

MALFORMED = Path(__file__).resolve().parents[1] / "malformed" / "account"
EDITION = Edition("4.1", date(2026, 5, 18))
WARNINGS = {"answer-empty", "row-absent", "value-missing", "totals-not-told-apart", "per-head-zero"}

READ = {
    "not-utf8": ("", "The answer is not UTF-8. So æ, ø and å cannot be read. Fetch the file again."),
    "json-malformed": ("!3", "The answer is not JSON. Fetch the file again."),
    "download-truncated": ("", "The answer is cut off. The rest of the figures is missing. Fetch the file again."),
    "answer-malformed": (
        "", 'The answer does not have the form {"data": […]}. Keep the answer as klimaregnskabet.dk gives it.',
    ),
    "answer-empty": (
        "", ("The answer has no rows. Missing is not zero; the figure stands as NE. "
        "The year may not be published yet; try again later."),
    ),
    "row-malformed": (
        "!data[8]", ("The row must have the fields sektor, type, enhed, værdi. "
        "Keep the answer as klimaregnskabet.dk gives it."),
    ),
    "row-absent": (
        "", ("There is no row Spildevand (Ton CO2e). Missing is not zero; the figure stands as NE. "
        "Fetch the file again."),
    ),
    "value-missing": (
        "!data[4]", "Spildevand (Ton CO2e) is null. Missing is not zero; the figure stands as NE. Ask the publisher.",
    ),
    "not-a-number": (
        "!data[0]", "“50,0” cannot be an emission. Write a number such as 1234.5, or null where it is missing.",
    ),
    "unknown-unit": (
        "!data[0]", ("The unit is “kt CO2e”. The figure may be a thousand times off. "
        "It must be “Ton CO2e” or “Ton CO2e/indb.”."),
    ),
    "unknown-sector": (
        "!data[8]", ("The sector “Skibsfart” is unknown. So nobody knows where the figure belongs. It must be one of "
        "Energi, Transport, Landbrug, Affaldsdeponi, Spildevand, Kemiske processer, Samlet."),
    ),
    "duplicate-row": (
        "!data[8]", ("Energi (Ton CO2e) also stands in data[0]. Nobody can know which row holds. "
        "Fetch the file again, or keep the right one."),
    ),
    "no-total-fits": (
        "", ("The sectors add up to 15 Ton CO2e, but Samlet is -5 · 85. So at least one of the figures was read or "
        "delivered wrongly. Fetch the municipality again, or correct the file."),
    ),
    "per-head-zero": (
        "", ("The total per inhabitant is 0. So the population cannot be worked out; it stands as NE. "
        "Ask the publisher."),
    ),
    "population-not-positive": (
        "", ("The total is -5 t, but 0.25 t per inhabitant. That would make a population of zero or less. "
        "Fetch the municipality again, or correct the file."),
    ),
    "place-unknown": (
        "", ("Nothing says which municipality and year the answer is of. Call the file municipality-year.json, "
        "for example 657-2023.json, or put municipality and year in it."),
    ),
    "unknown-municipality": ("", "There is no municipality 411. Use a municipality code from 101 to 860."),
    "unknown-year": ("", "The account cannot have 2017. Choose a year from 2018 to 2025."),
    "duplicate-answer": (
        "![1]", ("825 in 2023 has been read from another answer. Nobody can know which answer holds. "
        "Keep one of them."),
    ),
}  # fmt: skip
"""Finding code → place inside the file, English message."""


@pytest.mark.parametrize("code", READ)
def test_a_malformed_answer_gives_one_finding(code: str) -> None:
    place, message = READ[code]
    [finding] = read_files(MALFORMED / f"{code}.json", EDITION).findings
    assert finding.code == code
    assert finding.message("en") == f"{code}.json{place}: {message}"
    assert finding.severity is (Severity.WARNING if code in WARNINGS else Severity.ERROR)
    assert_complete_in_danish(finding)


def test_a_name_that_contradicts_the_content_gives_one_finding() -> None:
    [finding] = read_files(MALFORMED / "place-differs", EDITION).findings
    assert finding.code == "place-differs"
    assert finding.message("en") == (
        "657-2023.json: The content is of 825 in 2023. Name and content contradict each other. "
        "Correct the name of the file."
    )
    assert_complete_in_danish(finding)


def test_totals_that_look_alike_cannot_be_told_apart_without_every_sector() -> None:
    missing, finding = read_files(MALFORMED / "totals-not-told-apart.json", EDITION).findings
    assert missing.code == "value-missing"
    assert finding.code == "totals-not-told-apart"
    assert finding.message("en") == (
        "totals-not-told-apart.json: Several rows look like Samlet (Ton CO2e): -5 · 85. Only the sum of the sectors "
        "tells them apart, and a sector is missing. The figure stands as NE. "
        "Ask the publisher for the missing sector."
    )
    assert finding.severity is Severity.WARNING
    assert_complete_in_danish(finding)


def test_a_single_total_that_does_not_add_up_is_found_by_the_account_itself() -> None:
    # 50 + 30 − 90 + 3 + 1 + 1 = −5, not 85
    collected = read_files(MALFORMED / "total-differs-from-sectors.json", EDITION)
    [population] = collected.findings
    [finding] = check(assemble(collected, EDITION))
    assert population.code == "population-not-positive"
    assert finding.message("en").startswith(
        "825/2023: The sectors add up to -5.0 t, but the total is 85.0 t. So at least one"
    )


def test_every_malformed_answer_is_tried() -> None:
    tried = {*READ, "place-differs", "totals-not-told-apart", "total-differs-from-sectors"}
    assert {path.stem for path in MALFORMED.iterdir()} == tried


def test_all_findings_of_all_files_come_at_once() -> None:
    codes = {finding.code for finding in read_files(MALFORMED, EDITION).findings}
    # an answer read before takes the place of the others of the same municipality and year
    apart = {"not-utf8", "json-malformed", "download-truncated", "answer-malformed", "answer-empty", "place-unknown"}
    assert apart | {"unknown-municipality", "unknown-year", "duplicate-answer"} <= codes


def test_a_path_to_nowhere_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "nowhere", "path-absent"), (tmp_path, "folder-empty")):
        with pytest.raises(InputError) as refused:
            read_files(path, EDITION)
        [finding] = refused.value.findings
        assert (finding.code, finding.place) == (code, str(path))
        assert_complete_in_danish(finding)


def assert_complete_in_danish(finding: Finding) -> None:
    for text in (finding.what, finding.why, finding.remedy):
        assert bool(text.da) is bool(text.en)
        assert not text.en or text.da != text.en
