"""A process that is killed with SIGKILL at any moment leaves the database as before its work or as after it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import Installation, own_database

PROGRAM = Path(__file__).with_name("dying.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with own_database() as variables:
        installation = Installation(tmp_path_factory.mktemp("killed"), variables)
        assert installation.run("init").code == 0
        yield installation


def found(made: Installation, work: str, first: int, kills: int) -> list[tuple[str, str]]:
    """What lay in the database before and after each kill, the first of which never came."""
    environment = made.environment(
        DJANGO_SETTINGS_MODULE="klimaplan.web.config.settings", PYTHONPATH=str(PROGRAM.parents[1])
    )
    done = subprocess.run(
        [sys.executable, PROGRAM, work, str(first), str(kills)],
        env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return [(told["before"], told["after"]) for told in map(json.loads, done.stdout.splitlines())]


@pytest.mark.parametrize("work", ["import", "rebuild", "save", "publish", "workbook", "role"])
def test_killed_at_any_moment_the_database_is_as_before_or_as_after(made: Installation, work: str) -> None:
    first, *others = found(made, work, 0, 7)
    assert first == ("before", "after")
    assert len(others) == 6
    assert set(others) <= {("before", "before"), ("before", "after")}
    # the moments lie within the work, so some of it was cut short
    assert others.count(("before", "before")) >= 2
    assert made.run("audit", "verify").code == 0


@pytest.mark.parametrize("work", ["import-in-two-parts", "save-in-two-parts"])
def test_work_in_two_parts_would_be_found_half_done(made: Installation, work: str) -> None:
    assert found(made, work, 100, 1) == [("before", "between")]
