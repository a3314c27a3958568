"""Make a backup: all rows as they were at one moment, and the evidence files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from klimaplan.web.audit import selectors as audit
from klimaplan.web.backup import archive, placing, rows

FOLDER = "evidence"
"""Of the home: files under their digests, written once and never changed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written."""

    file: Path
    rows: int
    tables: int
    evidence: int
    audit: audit.Link
    whole: bool


def backup(file: Path) -> Made:
    """Write a backup while the site runs; it holds what was committed when it began.

    Raises
    ------
    InputError : the file exists already
    """
    with archive.written(file) as writer, _one_moment():
        manifest = _rows(writer)
        # after the rows: no file is removed, so all that the rows name are there
        evidence = _evidence(writer, settings.HOME / FOLDER)
        manifest = manifest.model_copy(update={"members": writer.members})
        writer.close(manifest)
    head = audit.Link(manifest.audit.events, manifest.audit.head)
    tables = manifest.tables
    return Made(file, sum(tables.values()), len(tables), evidence, head, manifest.audit.whole)


@contextmanager
def _one_moment() -> Iterator[None]:
    """The database as it is now, whatever others write meanwhile."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with TemporaryDirectory(dir=settings.HOME, prefix="backup-") as folder:
        frozen = Path(folder) / "frozen.sqlite3"
        connection.ensure_connection()  # says what is wrong with the database as every command does
        placing.copy(Path(connection.settings_dict["NAME"]), frozen)
        with placing.pointed_at(frozen):
            yield


def _rows(writer: archive.Writer) -> archive.Manifest:
    tables = rows.tables(apps)
    counts = {label: writer.add(f"rows/{label}.jsonl", rows.lines(model)) - 1 for label, model in tables.items()}
    migrations: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        migrations.setdefault(app, []).append(name)
    head = audit.head()
    return archive.Manifest(
        format=archive.FORMAT,
        klimaplan=settings.VERSION,
        made=timezone.now(),
        database="postgresql" if connection.vendor == "postgresql" else "sqlite",
        migrations=migrations,
        tables=counts,
        members={},
        audit=archive.Audit(events=head.seq, head=head.hash, whole=not audit.verify()),
        left_out=["secret-key", *sorted(rows.LEFT_OUT)],
    )


def _evidence(writer: archive.Writer, folder: Path) -> int:
    """Every file of the folder; what is still being written begins with a point."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    kept = {name: path for name, path in names.items() if not any(part.startswith(".") for part in name.split("/"))}
    for name, path in kept.items():
        writer.add(archive.EVIDENCE + name, _chunks(path))
    return len(kept)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            yield chunk
