"""From the answers of the whole country to one account, and what becomes of holes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from klimaplan.domain.errors import CoverageError, InputError, Severity
from klimaplan.domain.inventory.account import check, fingerprint, national, total
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey
from klimaplan.reference import load
from klimaplan.sources.account import Collected, Edition, assemble, last_change, read_files, renewable_ratio
from sources.answers import encode, places, published_answer, small_rows, write_published

EDITION = Edition("4.1", date(2026, 5, 18))
YEARS = range(2018, 2024)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("answers"))


def test_the_published_account_comes_back_as_it_is(answers: Path) -> None:
    collected = read_files(answers, EDITION)
    account = assemble(collected, EDITION)
    assert collected.findings == []
    assert check(account) == ()
    assert fingerprint(account) == fingerprint(load.account())
    assert account.emissions.provenance == load.account().emissions.provenance
    assert account.population.provenance == load.account().population.provenance


def test_the_country_adds_up_to_what_was_published(answers: Path) -> None:
    country = total(national(assemble(read_files(answers, EDITION), EDITION).emissions))
    published = [45_528_920, 41_803_611, 39_744_870, 39_847_290, 36_695_004, 34_039_454]
    assert country.values.tolist() == pytest.approx(published, abs=5)


def test_renewable_electricity_comes_back_as_the_ratio_it_is(answers: Path) -> None:
    ratio = renewable_ratio(read_files(answers, EDITION), EDITION, YEARS)
    assert np.array_equal(ratio.values, load.renewable_ratio().values)


def test_one_file_may_hold_all_answers(answers: Path, tmp_path: Path) -> None:
    everything = tmp_path / "account.json"
    everything.write_text(
        json.dumps(
            [
                {"municipality": int(code), "year": year, **json.loads(published_answer((code, year)))}
                for code, year in places()
            ]
        )
    )
    assert fingerprint(assemble(read_files(everything, EDITION), EDITION)) == fingerprint(load.account())


def test_codes_with_a_leading_zero_and_names_are_understood(tmp_path: Path) -> None:
    (tmp_path / "0825-2023.json").write_bytes(encode(small_rows()))
    (tmp_path / "x.json").write_bytes(encode(small_rows(), municipality="Århus", year=2023))
    assert set(read_files(tmp_path, EDITION).figures) == {("825", 2023), ("751", 2023)}


def test_what_nobody_answered_is_a_hole_with_a_finding(tmp_path: Path) -> None:
    wanted = [place for place in places() if place not in {("825", 2019), ("825", 2020), ("101", 2023)}]
    collected = read_files(write_published(tmp_path, wanted), EDITION)
    account = assemble(collected, EDITION)
    assert not account.is_complete
    assert account.emissions.missing["825", "energy", 2019] is NotationKey.NOT_ESTIMATED
    assert {finding.code for finding in collected.findings} == {"answer-absent"}
    assert [(finding.place, finding.severity) for finding in collected.findings] == [
        ("101", Severity.WARNING),
        ("825", Severity.WARNING),
    ]
    assert collected.findings[1].what.en == "There is no answer for 2019, 2020."
    assert check(account) == ()
    with pytest.raises(CoverageError):
        national(account.emissions)


def test_an_account_of_one_municipality_does_not_pass_for_the_country(tmp_path: Path) -> None:
    collected = read_files(write_published(tmp_path, [("825", 2023)]), EDITION)
    account = assemble(collected, EDITION)
    assert (len(account.codes), account.is_complete) == (98, False)
    assert len(collected.findings) == 97


def test_half_a_sum_is_not_the_sum(tmp_path: Path) -> None:
    # waste is landfill and sewage together; without sewage it is not landfill alone
    (tmp_path / "825-2023.json").write_bytes(encode(small_rows(Spildevand=None)))
    account = assemble(read_files(tmp_path, EDITION), EDITION)
    assert ("825", "waste", 2023) in account.emissions.missing
    assert account.emissions.at("825", "energy", 2023) == 50
    assert account.population.at("825", 2023) == 20


def test_a_year_without_any_answer_is_an_error(tmp_path: Path) -> None:
    collected = read_files(write_published(tmp_path, [("825", 2018), ("825", 2020)]), EDITION)
    assemble(collected, EDITION)
    errors = [finding for finding in collected.findings if finding.severity is Severity.ERROR]
    assert [(finding.code, finding.place) for finding in errors] == [("year-not-published", "2019")]


def test_only_the_years_asked_for_are_kept(answers: Path) -> None:
    account = assemble(read_files(answers, EDITION), EDITION, range(2020, 2022))
    assert account.years == (2020, 2021)
    assert account.is_complete


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="There were no figures to import"):
        assemble(Collected(), EDITION)


def test_the_population_says_that_it_is_worked_out(answers: Path) -> None:
    account = assemble(read_files(answers, EDITION), EDITION)
    assert (account.emissions.provenance.kind, account.population.provenance.kind) == (Kind.OBSERVED, Kind.CALCULATED)
    assert account.emissions.provenance.retrieved == date(2026, 5, 18)


def test_another_method_version_is_another_account(answers: Path) -> None:
    newer = Edition("4.2", date(2026, 5, 18))
    account = assemble(read_files(answers, newer), newer)
    assert account.emissions.provenance.source == "energy-account-4.2"
    assert fingerprint(account) != fingerprint(load.account())


@pytest.mark.parametrize("version", ["", "4.1 beta", "../4.1", "4" * 21, "4.æ"])
def test_a_version_that_could_be_no_version_is_refused(version: str) -> None:
    with pytest.raises(InputError, match="This cannot be a method version"):
        Edition(version, date(2026, 5, 18))


def test_the_last_change_of_a_folder_is_that_of_its_newest_file(tmp_path: Path) -> None:
    import os

    for name, noon in (("825-2022.json", 1_700_000_000), ("825-2023.json", 1_770_000_000)):
        (tmp_path / name).write_bytes(encode(small_rows()))
        os.utime(tmp_path / name, (noon, noon))
    assert last_change(tmp_path) == date(2026, 2, 2)
    assert last_change(tmp_path / "825-2022.json") == date(2023, 11, 14)
