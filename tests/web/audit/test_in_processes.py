"""The log as several programs use it at once, each with a connection of its own; and the command that proves it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import Installation, own_database

PROGRAM = Path(__file__).with_name("recording.py")
EVENTS_OF_INIT = 2
"""The account was imported, the installation was loaded."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with own_database() as variables:
        installation = Installation(tmp_path_factory.mktemp("audited"), variables)
        assert installation.run("init").code == 0
        yield installation


def recorded(made: Installation, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, PROGRAM, *arguments],
        env=made.environment(), capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_eight_processes_with_fifty_events_each_give_one_unbroken_chain(made: Installation) -> None:
    before = made.run("audit", "verify", "--json").answer
    recorded(made, "8", "50")
    after = made.run("audit", "verify", "--noted", f"{before['events']}:{before['head']}", "--json").answer
    assert (after["events"], after["findings"]) == (before["events"] + 400, [])


def test_an_event_without_a_transaction_is_refused(made: Installation) -> None:
    before = made.run("audit", "verify", "--json").answer
    assert recorded(made) == "an event is recorded inside the transaction it tells of\n"
    assert made.run("audit", "verify", "--json").answer == before


def test_the_command_says_how_many_events_there_are_and_where_they_end(made: Installation) -> None:
    answer = made.run("audit", "verify", "--json").answer
    assert answer["events"] >= EVENTS_OF_INIT
    assert re.fullmatch("[0-9a-f]{64}", answer["head"])
    head = f"{answer['events']}:{answer['head']}"
    for language, line in (
        ("en", f"{answer['events']} events, the chain is whole; head {head}\n"),
        ("da", f"{answer['events']} hændelser, kæden er hel; slutning {head}\n"),
    ):
        said = made.run("audit", "verify", KLIMAPLAN_LANGUAGE=language)
        assert (said.code, said.out, said.err) == (0, line, "")


def test_a_head_that_was_noted_but_is_not_passed_through_is_refused(made: Installation) -> None:
    other = f"1:{'0' * 64}"
    assert made.run("audit", "verify", "--noted", other).refusal == (
        "audit/1: The event is not the one that was noted. From here on the log proves nothing. "
        "Compare it with a backup, and find out who had access to the database."
    )
    done = made.run("audit", "verify", "--noted", other, "--json")
    [finding] = json.loads(done.out)["findings"]
    assert (done.code, done.err, finding["code"], finding["place"]) == (2, "", "audit-log-not-as-noted", "audit/1")


@pytest.mark.parametrize("head", ["", "1", "1:abc", f"x:{'0' * 64}", f"-1:{'0' * 64}", "🌍"])
def test_what_is_no_head_is_refused(made: Installation, head: str) -> None:
    line = made.run("audit", "verify", "--noted", head).refusal
    assert line.startswith(f"--noted {head}: This is no head of the log. Write it as")


def test_a_database_before_the_log_is_refused_in_one_line(tmp_path: Path) -> None:
    bare = Installation(tmp_path / "home")
    assert "There is no database yet" in bare.run("audit", "verify").refusal
