"""A download that breaks goes on where it stopped, and keeps nothing but whole answers."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from klimaplan.domain.errors import Severity, SourceError
from klimaplan.sources.account import Collected, Edition, Manner, Progress, Service, download, read_files
from klimaplan.sources.account.key_figures import Place
from sources.answers import encode, published_answer, small_rows
from sources.provider import KEY, Provider, Reply

EDITION = Edition("4.1", date(2026, 5, 18))
PLACES: list[Place] = [("657", 2022), ("657", 2023), ("825", 2022), ("825", 2023)]
QUICK = Manner(pause=0.0, timeout=5.0, attempts=2, first_wait=0.01, longest_wait=1.0)


def fetch(provider: Provider, folder: Path, tell: list[Progress] | None = None, manner: Manner = QUICK) -> Collected:
    with Service(KEY, address=provider.address, manner=manner) as service:
        return download(service, PLACES, EDITION, folder, (tell if tell is not None else []).append)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_answer_is_read_and_kept_as_a_file(provider: Provider, tmp_path: Path) -> None:
    collected = fetch(provider, tmp_path / "new")
    assert collected.findings == []
    assert list(collected.figures) == PLACES
    assert names(tmp_path / "new") == ["657-2022.json", "657-2023.json", "825-2022.json", "825-2023.json"]
    assert (tmp_path / "new" / "657-2023.json").read_bytes() == published_answer(("657", 2023))
    assert read_files(tmp_path / "new", EDITION).figures == collected.figures


def test_a_second_run_asks_nobody(provider: Provider, tmp_path: Path) -> None:
    first = fetch(provider, tmp_path)
    provider.asked.clear()
    assert fetch(provider, tmp_path).figures == first.figures
    assert provider.asked == []


def test_a_broken_run_goes_on_where_it_stopped(provider: Provider, tmp_path: Path) -> None:
    provider.script[PLACES[2]] = [Reply(500, b""), Reply(500, b"")]
    with pytest.raises(SourceError) as failed:
        fetch(provider, tmp_path)
    server, left = failed.value.findings
    assert (server.code, left.code, left.severity) == ("server-failed", "download-unfinished", Severity.INFO)
    assert left.message("en").endswith(
        "2 of 4 answers are fetched and kept. Go on with the same command and --retrieved 2026-05-18."
    )
    assert names(tmp_path) == ["657-2022.json", "657-2023.json"]
    provider.asked.clear()
    assert list(fetch(provider, tmp_path).figures) == PLACES
    assert provider.asked == PLACES[2:]


def test_a_kept_file_that_is_cut_off_is_fetched_again(provider: Provider, tmp_path: Path) -> None:
    fetch(provider, tmp_path)
    cut = tmp_path / "657-2023.json"
    cut.write_bytes(cut.read_bytes()[:500])
    (tmp_path / "825-2022.json").write_bytes(b"")
    provider.asked.clear()
    assert fetch(provider, tmp_path).findings == []
    assert provider.asked == [("657", 2023), ("825", 2022)]
    assert cut.read_bytes() == published_answer(("657", 2023))


def test_nothing_but_whole_answers_is_kept(provider: Provider, tmp_path: Path) -> None:
    provider.always = Reply(sent=300)
    with pytest.raises(SourceError):
        fetch(provider, tmp_path)
    assert names(tmp_path) == []


def test_an_empty_answer_is_a_hole_today_and_is_asked_for_again(provider: Provider, tmp_path: Path) -> None:
    provider.script[PLACES[3]] = [Reply(body=b'{"data": []}')]
    collected = fetch(provider, tmp_path)
    assert [(finding.code, finding.place) for finding in collected.findings] == [("answer-empty", "825-2023.json")]
    assert PLACES[3] not in collected.figures
    assert "825-2023.json" not in names(tmp_path)
    assert fetch(provider, tmp_path).findings == []


def test_an_answer_with_an_error_is_named_and_asked_for_again(provider: Provider, tmp_path: Path) -> None:
    rows = small_rows()
    rows[0]["enhed"] = "kt CO2e"
    provider.script[PLACES[0]] = [Reply(body=encode(rows))]
    assert [finding.code for finding in fetch(provider, tmp_path).findings] == ["unknown-unit"]
    assert fetch(provider, tmp_path).findings == []


def test_progress_is_told_for_every_answer(provider: Provider, tmp_path: Path) -> None:
    told: list[Progress] = []
    fetch(provider, tmp_path, told)
    assert [(each.done, each.total, each.place) for each in told] == [
        (done, 4, place) for done, place in enumerate(PLACES, start=1)
    ]


def test_there_is_a_pause_between_two_questions_and_none_for_what_is_kept(provider: Provider, tmp_path: Path) -> None:
    patient = Manner(pause=0.1, attempts=1)
    fetch(provider, tmp_path, manner=patient)
    assert all(later - earlier >= 0.1 for earlier, later in zip(provider.at, provider.at[1:], strict=False))
    begun = time.monotonic()
    # a pause before any of the kept answers would take a minute
    fetch(provider, tmp_path, manner=Manner(pause=60.0, attempts=1))
    assert time.monotonic() - begun < 30.0


def test_the_key_stands_in_no_kept_file(provider: Provider, tmp_path: Path) -> None:
    fetch(provider, tmp_path)
    assert all(KEY.encode() not in file.read_bytes() for file in tmp_path.iterdir())
