from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.running import OWN, Installation, Ran, own_database
from klimaplan.cli import main


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., Ran]:
    """Runs a command in this process, before any `init`: it answers from the reference tables. Fast."""
    for name in (*OWN, "KLIMAPLAN_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KLIMAPLAN_HOME", str(tmp_path))

    def run(*arguments: str, language: str = "en") -> Ran:
        monkeypatch.setenv("KLIMAPLAN_LANGUAGE", language)
        monkeypatch.setattr(sys, "argv", ["klimaplan", *arguments])
        with pytest.raises(SystemExit) as done:
            main.run()
        said = capfd.readouterr()
        return Ran(int(done.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def bare(tmp_path: Path) -> Installation:
    """A home in which nothing has been run, with the embedded database only."""
    return Installation(tmp_path / "home")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """A home and a database in which nothing has been run."""
    with own_database() as variables:
        yield Installation(tmp_path / "home", variables)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A home and a database after `init`, shared by all: for tests that only read."""
    with own_database() as variables:
        made = Installation(tmp_path_factory.mktemp("installed"), variables)
        assert made.run("init").code == 0
        yield made


@pytest.fixture
def ready(installed: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of it: for tests that change something."""
    shutil.copytree(installed.home, tmp_path / "home")
    with own_database(like=installed) as variables:
        yield Installation(tmp_path / "home", variables)
