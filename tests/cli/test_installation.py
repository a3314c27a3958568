"""`init` and `serve`: what they make, that they can be run again, and what they refuse."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from cli.running import ENTRY_POINT, Installation

COMMANDS = (
    ("national",), ("forecast",), ("pathway", "101"), ("init",), ("serve",),
    ("import-account", "--from", str(Path(__file__).parent.parent / "malformed" / "account" / "row-absent.json")),
)  # fmt: skip


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def test_init_loads_the_figures_and_is_quiet_the_second_time(installation: Installation) -> None:
    first = installation.run("init")
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("account: energy-account-4.1 4.1, ")
    second = installation.run("init")
    assert (second.code, second.out, second.err) == (0, "", "")
    assert installation.run("national", "--json").answer["municipalities"] == 98


def test_a_demonstration_may_come_later_and_does_not_touch_the_figures(ready: Installation) -> None:
    before = ready.run("national", "--json").answer
    demo = ready.run("init", "--demo")
    assert (demo.code, demo.err) == (0, "")
    assert demo.out.startswith("demo account: klimaplan-demo 4.0-demo, ")
    assert ready.run("national", "--json").answer == before
    again = ready.run("init", "--demo")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_everything_is_made_in_the_home_that_was_named(bare: Installation) -> None:
    elsewhere = bare.home.parent / "person"
    elsewhere.mkdir()
    assert bare.run("init", HOME=str(elsewhere), XDG_DATA_HOME=str(elsewhere)).code == 0
    assert (bare.home / "klimaplan.sqlite3").is_file()
    assert list(elsewhere.iterdir()) == []


def test_the_home_may_be_written_with_a_tilde(tmp_path: Path) -> None:
    made = Installation(tmp_path, {"HOME": str(tmp_path), "KLIMAPLAN_HOME": "~/klima"})
    assert made.run("national").code == 0
    assert (tmp_path / "klima").is_dir()


def test_the_secret_of_an_installation_is_readable_by_its_owner_only(installed: Installation) -> None:
    assert (installed.home / "secret-key").stat().st_mode & 0o077 == 0


def test_looking_at_figures_makes_no_database(bare: Installation) -> None:
    assert bare.run("national", "--json").answer["municipalities"] == 98
    assert not (bare.home / "klimaplan.sqlite3").exists()


@pytest.mark.parametrize("command", [("serve",), ("import-account", "--from", "nowhere")], ids=lambda each: each[0])
def test_what_needs_a_database_says_how_to_make_one(bare: Installation, command: tuple[str, ...]) -> None:
    assert bare.run(*command).refusal == "KLIMAPLAN_HOME: There is no database yet. Run `klimaplan init`."
    assert bare.run(*command, KLIMAPLAN_LANGUAGE="da").refusal == (
        "KLIMAPLAN_HOME: Der er ingen database endnu. Kør `klimaplan init`."
    )
    assert not (bare.home / "klimaplan.sqlite3").exists()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each[0])
def test_a_corrupt_database_is_refused_in_one_line(bare: Installation, command: tuple[str, ...]) -> None:
    bare.home.mkdir()
    (bare.home / "klimaplan.sqlite3").write_bytes(b"this is no database, " * 100)
    assert bare.run(*command).refusal == (
        "KLIMAPLAN_HOME: The database cannot be read: file is not a database. "
        "Run `klimaplan init`, or point to another one."
    )


def test_a_database_that_is_no_address_is_refused_without_its_password(bare: Installation) -> None:
    for address in ("nonsense", "postgresql://name:secret@127.0.0.1:port/x"):
        line = bare.run("national", DATABASE_URL=address).refusal
        assert line.startswith("DATABASE_URL: The address of the database cannot be read.")
        assert "secret" not in line


def test_a_server_that_is_not_there_is_refused_in_one_line(bare: Installation) -> None:
    line = bare.run("national", DATABASE_URL=f"postgresql://name@127.0.0.1:{free_port()}/x").refusal
    assert line.startswith("DATABASE_URL: The database cannot be read: connection failed")


def test_a_home_that_cannot_be_made_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    line = Installation(tmp_path / "file" / "home").run("init").refusal
    assert "The file or folder cannot be used" in line


def test_serve_opens_the_site_and_says_where(installed: Installation) -> None:
    port = free_port()
    with subprocess.Popen(
        [ENTRY_POINT, "serve", "--port", str(port), "--workers", "1"],
        env=installed.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as site:  # fmt: skip
        try:
            assert site.stdout is not None
            assert site.stdout.readline() == f"klimaplan: http://127.0.0.1:{port}/\n"
            assert "Læsø" in _read(f"http://127.0.0.1:{port}/")
        finally:
            site.terminate()
            _, said = site.communicate(timeout=20)
    assert "Traceback" not in said


def test_a_port_in_use_is_refused_in_one_line(installed: Installation) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert installed.run("serve", "--port", str(port)).refusal == (
            f"127.0.0.1:{port}: The site cannot open here (Address already in use). Choose another port with --port."
        )


def _read(address: str) -> str:
    """The page, as soon as the site answers."""
    until = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as page:
                return str(page.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
