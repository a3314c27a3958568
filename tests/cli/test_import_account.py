"""`import-account`: snapshots that add nothing twice, what moved, and sources that fail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.running import Installation, Ran
from sources.answers import encode, published_rows, small_rows, write_published
from sources.provider import KEY, Provider, Reply, serving

HERNING = ("657", 2023)
ENERGY_MORE = 1000.0


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answers of the reference account."""
    return write_published(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Path:
    """The same, but Herning has 1,000 t more of energy in 2023."""
    folder = tmp_path_factory.mktemp("corrected") / "answers"
    shutil.copytree(published, folder)
    rows = published_rows(HERNING)
    for row in rows:
        if (
            row["type"] == "Samlet CO2-udledning"
            and row["enhed"] == "Ton CO2e"
            and row["sektor"] in ("Energi", "Samlet")
        ):
            row["værdi"] = round(row["værdi"] + ENERGY_MORE, 1)
    (folder / "657-2023.json").write_bytes(encode(rows))
    return folder


def totals(installation: Installation) -> dict[str, float]:
    return {year: told["total"] for year, told in installation.run("national", "--json").answer["years"].items()}


def test_the_same_content_again_adds_nothing(installed: Installation, published: Path) -> None:
    told = installed.run("import-account", "--from", str(published), "--json").answer
    assert set(told) == {"snapshot", "is_new", "is_shown", "pages_rebuilt", "moved", "unit", "findings"}
    assert (told["is_new"], told["is_shown"], told["pages_rebuilt"], told["moved"]) == (False, True, 0, None)
    assert told["findings"] == []
    # the day it was first fetched stands, whatever the files say
    assert told["snapshot"]["retrieved"] == "2026-05-18"
    assert installed.run("import-account", "--from", str(published)).out.startswith(
        "Imported before, nothing is added: energy-account-4.1, 2026-05-18, "
    )


def test_a_correction_is_a_new_snapshot_and_shows_what_moved(ready: Installation, corrected: Path) -> None:
    before = totals(ready)
    told = ready.run("import-account", "--from", str(corrected), "--retrieved", "2026-10-01", "--json").answer
    assert (told["is_new"], told["is_shown"]) == (True, True)
    assert told["pages_rebuilt"] > 0
    moved = told["moved"]
    assert moved["against"]["retrieved"] == "2026-05-18"
    assert (moved["changed"], moved["added"], moved["withdrawn"]) == (1, {}, 0)
    correction = {"new_data": pytest.approx(ENERGY_MORE), "method_change": 0.0, "total": pytest.approx(ENERGY_MORE)}
    assert (moved["by_sector"], moved["by_year"]) == ({"energy": correction}, {"2023": correction})
    after = totals(ready)
    assert after["2023"] == pytest.approx(before.pop("2023") + ENERGY_MORE)
    assert {year: after[year] for year in before} == before


def test_the_same_figures_by_another_method_are_told_as_method_change(ready: Installation, corrected: Path) -> None:
    told = ready.run(
        "import-account", "--from", str(corrected), "--retrieved", "2026-10-01", "--method-version", "4.2",
        KLIMAPLAN_LANGUAGE="da",
    )  # fmt: skip
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Nyt øjebliksbillede: energy-account-4.2, 2026-10-01, ")
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in told.out.splitlines() if "│" in line]
    assert ["Energi", "0", "1.000", "1.000"] in rows
    assert ["2023", "0", "1.000", "1.000"] in rows


def test_an_account_with_holes_is_kept_but_not_shown(ready: Installation, corrected: Path, tmp_path: Path) -> None:
    before = totals(ready)
    holed = tmp_path / "holed"
    shutil.copytree(corrected, holed)
    (holed / "825-2020.json").unlink()
    command = ("import-account", "--from", str(holed), "--retrieved", "2026-10-01")
    told = ready.run(*command, "--json").answer
    assert (told["is_new"], told["is_shown"], told["snapshot"]["complete"]) == (True, False, False)
    [finding] = told["findings"]
    assert (finding["code"], finding["place"], finding["severity"]) == ("answer-absent", "825", "warning")
    assert totals(ready) == before
    assert ready.run(*command, "--json").answer["is_new"] is False


def test_fewer_years_are_an_account_of_fewer_years(ready: Installation, published: Path) -> None:
    told = ready.run(
        "import-account", "--from", str(published), "--years", "2018-2022", "--retrieved", "2026-10-01", "--json"
    ).answer
    assert told["is_shown"] is True
    assert told["moved"]["withdrawn"] == 98 * 5
    assert list(totals(ready)) == ["2018", "2019", "2020", "2021", "2022"]


def test_bad_files_are_refused_with_all_their_findings_and_nothing_is_kept(
    ready: Installation, published: Path, tmp_path: Path
) -> None:
    before = totals(ready)
    bad = tmp_path / "bad"
    shutil.copytree(published, bad)
    (bad / "657-2023.json").write_bytes((published / "657-2023.json").read_bytes()[:1000])
    (bad / "825-2023.json").write_bytes(encode(small_rows(Samlet=85)))
    (bad / "999-2023.json").write_bytes(encode(small_rows()))
    refused = ready.run("import-account", "--from", str(bad), "--retrieved", "2026-10-01")
    assert (refused.code, refused.out) == (2, "")
    for line in (
        "klimaplan: 657-2023.json: The answer is cut off.",
        "klimaplan: 999-2023.json: There is no municipality 999.",
        "klimaplan: 825/2023: The sectors add up to -5.0 t, but the total is 85.0 t.",
    ):
        assert line in refused.err
    assert "Traceback" not in refused.err
    assert totals(ready) == before


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--from", "nowhere"), "nowhere: There is no such file or folder. Correct the path."),
        (("--years", "2010-2020"), "--years 2010-2020: The years must lie in 2018-2025. Write for example 2018-2025."),
        (("--years", "all"), "--years all: The years must lie in 2018-2025. Write for example 2018-2025."),
        (
            ("--method-version", "four point one"),
            ("--method-version four point one: This cannot be a method version. "
            "Write it as the publisher does, for example 4.1."),
        ),
        (("--url", "http://example.dk/api"), ("example.dk: The address is not encrypted. "
         "So others can read the key on its way. Use https.")),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)  # fmt: skip
def test_bad_options_are_refused_in_one_line(installed: Installation, options: tuple[str, ...], line: str) -> None:
    command = ("import-account", *options, "--retrieved", "2026-05-18")
    assert installed.run(*command, KLIMAPLAN_ACCOUNT_KEY=KEY).refusal == line


@pytest.mark.parametrize("day", ["2026-02-30", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused(installed: Installation, day: str) -> None:
    line = installed.run("import-account", "--retrieved", day).refusal
    assert line.startswith(f"--retrieved {day}: The figures cannot have been fetched on this day.")


def test_without_a_key_nobody_is_asked(installed: Installation) -> None:
    with serving() as provider:
        line = installed.run("import-account", "--url", provider.address, "--years", "2023").refusal
    assert line.startswith("KLIMAPLAN_ACCOUNT_KEY: The key is absent")
    assert provider.asked == []


def test_a_wrong_key_fails_at_once_with_code_three(installed: Installation) -> None:
    with serving() as provider:
        failed = fetch(installed, provider, key="wrong-key")
    assert (failed.code, failed.out, len(provider.asked)) == (3, "", 1)
    assert failed.err.count("\n") == 1
    assert "The key was refused (401)." in failed.err
    assert "wrong-key" not in failed.err
    assert "Traceback" not in failed.err


def test_a_broken_download_goes_on_and_the_key_is_stored_nowhere(ready: Installation, published: Path) -> None:
    with serving() as provider:
        provider.script[("825", 2022)] = [Reply(404, b"")]
        broken = fetch(ready, provider)
        assert (broken.code, broken.out) == (3, "")
        assert "are fetched and kept. Go on with the same command and --retrieved 2026-10-01." in broken.err
        kept = ready.home / "downloads" / "energy-account-4.1-2026-10-01"
        held = len(list(kept.iterdir()))
        assert 0 < held < 392
        provider.asked.clear()
        done = fetch(ready, provider)
        assert (done.code, done.err) == (0, "")
        assert len(provider.asked) == 392 - held
    told = json.loads(done.out)
    assert (told["is_new"], told["snapshot"]["complete"]) == (True, True)
    assert (kept / "657-2023.json").read_bytes() == (published / "657-2023.json").read_bytes()
    files = [path for path in ready.home.rglob("*") if path.is_file()]
    assert len(files) > 392
    assert all(KEY.encode() not in path.read_bytes() for path in files)
    # what was fetched can be imported from where it is kept, and is the same
    again = ready.run("import-account", "--from", str(kept), "--json").answer
    assert (again["is_new"], again["snapshot"]["sha256"]) == (False, told["snapshot"]["sha256"])


def test_an_account_too_short_for_a_trend_is_refused_and_nothing_is_kept(ready: Installation, published: Path) -> None:
    before = totals(ready)
    refused = ready.run("import-account", "--from", str(published), "--years", "2021-2023", "--retrieved", "2026-10-01")
    assert refused.refusal.startswith("2021–2023: A trend needs at least 4 consecutive years.")
    assert totals(ready) == before


def fetch(installation: Installation, provider: Provider, key: str = KEY) -> Ran:
    return installation.run(
        "import-account", "--years", "2020-2023", "--retrieved", "2026-10-01", "--pause", "0", "--json",
        KLIMAPLAN_ACCOUNT_URL=provider.address, KLIMAPLAN_ACCOUNT_KEY=key,
    )  # fmt: skip
