"""The drill: back up, restore elsewhere, and find the same pages, figures, evidence files and audit log."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import stat
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import ENTRY_POINT, Installation
from web.backup.drill import EVIDENCE, database, evidence, filled, pages, query

VENDORS = ("sqlite", "postgresql")


@pytest.fixture(scope="module", params=VENDORS)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with database(request.param) as variables:
        yield filled(tmp_path_factory.mktemp(request.param), variables, "--demo")


@pytest.fixture(scope="module")
def copy(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("copy") / "backup.zip"
    assert source.run("backup", str(file)).code == 0
    return file


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup without the demonstration, for what is the same whatever is in it."""
    file = tmp_path_factory.mktemp("small") / "backup.zip"
    assert filled(tmp_path_factory.mktemp("plain"), {}).run("backup", str(file)).code == 0
    return file


@pytest.fixture(params=VENDORS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    with database(request.param) as variables:
        yield Installation(tmp_path / "new", variables)


def test_what_is_restored_is_what_was_backed_up(source: Installation, copy: Path, empty: Installation) -> None:
    before = source.run("audit", "verify", "--json").answer
    done = empty.run("restore", str(copy), "--json").answer
    # and the one invented letter of the demonstration
    assert (done["evidence"], done["aside"]) == (len(EVIDENCE) + 1, None)
    assert pages(empty) == pages(source)
    assert empty.run("national", "--json").answer == source.run("national", "--json").answer
    kept = {name: content for name, content in evidence(source.home).items() if "/" in name}
    assert EVIDENCE.items() <= kept.items()
    assert evidence(empty.home) == kept
    for table in ("inventories_figure", "plans_target", "organisations_organisation"):
        counted = f"SELECT count(*) FROM {table}"
        assert query(empty, counted) == query(source, counted) != [(0,)]
    noted = f"{before['events']}:{before['head']}"
    after = empty.run("audit", "verify", "--noted", noted, "--json").answer
    assert (after["events"], after["findings"]) == (before["events"] + 1, [])
    # work goes on: keys begin after those that came, and nothing is new to an installation that was whole
    again = empty.run("init", "--demo")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_restored_installation_backs_up_to_the_same_rows(small: Path, empty: Installation, tmp_path: Path) -> None:
    assert empty.run("restore", str(small)).code == 0
    second = tmp_path / "second.zip"
    assert empty.run("backup", str(second)).code == 0
    with zipfile.ZipFile(small) as first, zipfile.ZipFile(second) as again:
        names = set(first.namelist())
        assert set(again.namelist()) == names
        moved = {name for name in names if first.read(name) != again.read(name)}
    assert moved == {"manifest.json", "rows/audit.event.jsonl", "rows/audit.head.jsonl"}


def test_the_file_is_for_its_owner_and_holds_no_secret(source: Installation, copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    secret = (source.home / "secret-key").read_bytes()
    with zipfile.ZipFile(copy) as archive:
        names = archive.namelist()
        assert all(secret not in archive.read(name) for name in names)
    assert not [name for name in names if "session" in name or ".half-written" in name]


def test_a_file_that_exists_is_not_overwritten(source: Installation, copy: Path) -> None:
    before = copy.read_bytes()
    assert source.run("backup", str(copy)).refusal == f"{copy}: The file exists already. Choose another name."
    assert copy.read_bytes() == before


def test_a_backup_made_while_others_write_is_of_one_moment(source: Installation, tmp_path: Path) -> None:
    """A writer keeps two tables in step: in no backup does one of them run ahead."""
    program = textwrap.dedent("""
        import django, sys
        django.setup()
        from django.db import transaction
        from klimaplan.web.audit.services import record
        from klimaplan.web.plans.models import Target
        print("ready", flush=True)
        while True:
            with transaction.atomic():
                event = record(by=None, what="test.ran", object_kind="writer", object_key="1")
                Target.objects.filter(pk=Target.objects.order_by("pk").first().pk).update(level=float(event.seq))
    """)
    variables = source.environment(DJANGO_SETTINGS_MODULE="klimaplan.web.config.settings")
    with subprocess.Popen([sys.executable, "-c", program], env=variables, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            copies = [tmp_path / f"{number}.zip" for number in range(3)]
            for file in copies:
                made = source.run("backup", str(file), "--json").answer
                assert made["audit"]["whole"]
                assert _level(file) == _last(file) == made["audit"]["events"]
        finally:
            writer.kill()
    assert _last(copies[0]) < _last(copies[-1])


def test_something_that_is_there_is_kept_unless_it_shall_be_replaced(small: Path, empty: Installation) -> None:
    assert empty.run("init").code == 0
    query(empty, "UPDATE public_picture SET digest = 'other'")
    before = pages(empty)
    place = "DATABASE_URL" if empty.variables else str(empty.home / "klimaplan.sqlite3")
    assert empty.run("restore", str(small)).refusal == (
        f"{place}: There is something here already. Nothing was changed. "
        "Use an empty folder and database, or --replace, which keeps the old one aside."
    )
    assert pages(empty) == before
    aside = empty.run("restore", str(small), "--replace", "--json").answer["aside"]
    assert pages(empty) != before
    if empty.variables:
        assert sorted(query(empty, f"SELECT kind, key, digest, content FROM {aside}.public_picture")) == before
    else:
        kept = sqlite3.connect(aside)
        assert sorted(kept.execute("SELECT kind, key, digest, content FROM public_picture")) == before
        kept.close()
        assert {path.name for path in empty.home.iterdir()} >= {"klimaplan.sqlite3", Path(aside).name, "secret-key"}
        assert not list(empty.home.glob("*restoring*"))


def test_what_is_no_database_is_replaced_and_kept(small: Path, tmp_path: Path) -> None:
    broken = Installation(tmp_path / "home")
    broken.home.mkdir()
    (broken.home / "klimaplan.sqlite3").write_bytes(b"this is no database, " * 100)
    assert "There is something here already." in broken.run("restore", str(small)).refusal
    aside = broken.run("restore", str(small), "--replace", "--json").answer["aside"]
    assert Path(aside).read_bytes() == b"this is no database, " * 100
    assert broken.run("audit", "verify").code == 0


def test_evidence_that_was_spoilt_is_put_right_and_kept(small: Path, tmp_path: Path) -> None:
    there = Installation(tmp_path / "home")
    spoilt = there.home / "evidence" / "ab" / "abcd"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_bytes(b"spoilt")
    assert "There is something here already." in there.run("restore", str(small)).refusal
    assert there.run("restore", str(small), "--replace").code == 0
    assert evidence(there.home) == {**EVIDENCE, "ab/.abcd.before": b"spoilt"}


def test_a_restore_that_is_killed_leaves_what_was_there(small: Path, tmp_path: Path) -> None:
    there = Installation(tmp_path / "home")
    assert there.run("init").code == 0
    query(there, "UPDATE public_picture SET digest = 'other'")
    before = pages(there)
    after = None
    for wait in (0.9, 1.2, 1.5, 1.8):
        with subprocess.Popen([ENTRY_POINT, "restore", str(small), "--replace"], env=there.environment()) as program:
            try:
                program.wait(wait)
            except subprocess.TimeoutExpired:
                program.kill()
        now = pages(there)
        after = now if now != before else after
        assert now in (before, after)
        assert there.run("audit", "verify").code == 0
    assert there.run("restore", str(small), "--replace").code == 0
    assert evidence(there.home) == EVIDENCE


def test_a_backup_of_an_earlier_version_is_brought_forward(empty: Installation, tmp_path: Path) -> None:
    """Written by hand in the state of the first migrations, before there were people, organisations and plans."""
    lines = {
        "audit.event": ["seq", "at", "by_id", "by_label", "organisation", "what", "object_kind", "object_key",
                        "before", "after", "why", "previous_hash", "hash"],
        "audit.head": ["id", "seq", "hash"],
        "inventories.figure": ["id", "snapshot_id", "municipality", "year", "measure", "value", "notation"],
        "inventories.snapshot": ["id", "source", "method_version", "retrieved", "imported_at", "sha256", "demo",
                                 "complete"],
        "plans.target": ["id", "municipality", "year", "kind", "sectors", "base_year", "base_tonnes",
                         "base_estimated", "reduction_pct", "level", "inhabitants", "source", "demo"],
        "public.picture": ["id", "kind", "key", "digest", "content"],
    }  # fmt: skip
    rows = {
        "inventories.snapshot": [[5, "old", "1.0", "2020-01-01", "2020-01-02T03:04:05.678901+01:00", "abc", 0, 0]],
        "inventories.figure": [[9, 5, "101", 2019, "energy", 0.1, ""], [10, 5, "101", 2020, "energy", None, "C"]],
    }
    members = {
        f"rows/{label}.jsonl": "".join(json.dumps(line) + "\n" for line in (names, *rows.get(label, []))).encode()
        for label, names in lines.items()
    }
    manifest = {
        "format": "klimaplan-backup/1", "klimaplan": "0.1.0", "made": "2026-11-24T12:00:00Z", "database": "sqlite",
        "migrations": {app: ["0001_initial"] for app in ("audit", "inventories", "plans", "public")},
        "tables": {label: len(rows.get(label, [])) for label in lines},
        "members": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in members.items()
        },
        "audit": {"events": 0, "head": "0" * 64, "whole": True}, "left_out": [],
    }  # fmt: skip
    file = tmp_path / "old.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, content)
    assert empty.run("restore", str(file), "--json").answer["rows"] == 3
    figures = "SELECT id, snapshot_id, municipality, year, measure, value, notation FROM inventories_figure ORDER BY id"
    assert [list(row) for row in query(empty, figures)] == rows["inventories.figure"]
    assert query(empty, "SELECT count(*) FROM accounts_user") == [(0,)]
    assert empty.run("audit", "verify", "--json").answer["events"] == 1
    assert empty.run("init").code == 0


def _last(file: Path) -> int:
    """The number of the last event in a backup."""
    with zipfile.ZipFile(file) as archive:
        return int(json.loads(archive.read("rows/audit.event.jsonl").splitlines()[-1])[0])


def _level(file: Path) -> int:
    """The level of the first target, which the writer keeps in step with the events."""
    with zipfile.ZipFile(file) as archive:
        names, first = map(json.loads, archive.read("rows/plans.target.jsonl").splitlines()[:2])
    return int(first[names.index("level")])
