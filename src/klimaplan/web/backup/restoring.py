"""Restore a backup into either database: all of it, brought up to date and proven, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils import timezone

from klimaplan.domain.errors import InputError, raise_errors
from klimaplan.web.audit import selectors as audit
from klimaplan.web.audit.services import record
from klimaplan.web.backup import archive, placing, refusals, rows
from klimaplan.web.backup.making import FOLDER


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is in place."""

    made: datetime
    rows: int
    evidence: int
    aside: str | None
    """Where what was there before is kept."""


def restore(file: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the place of the database and beside its evidence files.

    Raises
    ------
    InputError : with everything that is wrong with the file, or because something is there and is not to be replaced
    """
    with archive.opened(file) as reader:
        targets = _targets(reader)
        there = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
        _require_room(reader)
        with _evidence_placed(reader, replace=replace):
            aside = _into_file(reader, targets, there, replace) if there else _into_server(reader, targets, replace)
    manifest = reader.manifest
    return Restored(manifest.made, sum(manifest.tables.values()), len(reader.evidence()), aside)


def _into_file(reader: archive.Reader, targets: Targets, there: Path, replace: bool) -> str | None:
    """Made anew beside the old one, and put in its place in one step."""
    state = _state(there)
    if state in {"filled", "broken"} and not replace:
        raise InputError(refusals.not_empty(str(there)))
    fresh = there.with_name(f"{there.name}.restoring")
    placing.remove(fresh)
    try:
        with placing.pointed_at(fresh):
            _build(reader, targets)
        aside = there.with_name(f"{there.stem}-before-{_now()}{there.suffix}")
        if state == "filled":
            placing.copy(there, aside)
            placing.copy(fresh, there)
        else:
            for each in placing.companions(there):  # what is no database, or an empty one, with all that belongs to it
                each.rename(aside.with_name(aside.name + each.name.removeprefix(there.name)))
            fresh.replace(there)
    finally:
        placing.remove(fresh)
    return str(aside) if state in {"filled", "broken"} else None


def _into_server(reader: archive.Reader, targets: Targets, replace: bool) -> str | None:
    """In one transaction; what was there goes into a schema of its own."""
    with transaction.atomic(), connection.cursor() as cursor:
        aside = None
        if connection.introspection.table_names(cursor):
            if not replace:
                raise InputError(refusals.not_empty("DATABASE_URL"))
            cursor.execute("SELECT current_schema()")
            [schema] = cursor.fetchone()
            aside = f"{schema}_before_{_now().lower()}"
            quoted, kept = map(connection.ops.quote_name, (schema, aside))
            cursor.execute(f"ALTER SCHEMA {quoted} RENAME TO {kept}")
            cursor.execute(f"CREATE SCHEMA {quoted}")
        _check_keys("IMMEDIATE")
        _build(reader, targets)
        return aside


Targets = list[tuple[str, str]]
"""The last migrations of a state, by app."""


def _targets(reader: archive.Reader) -> Targets:
    """The state of the database the backup was made from, if this version knows it."""
    graph = MigrationLoader(None).graph
    applied = {(app, name) for app, names in reader.manifest.migrations.items() for name in names}
    if unknown := sorted(applied - set(graph.nodes)):
        names = [f"{app}.{name}" for app, name in unknown]
        raise InputError(refusals.from_another_version(reader.file, reader.manifest.klimaplan, names))
    return sorted(
        key
        for key in applied
        if not any(child.key in applied and child.key[0] == key[0] for child in graph.node_map[key].children)
    )


def _build(reader: archive.Reader, targets: Targets) -> None:
    """The tables as they were, their rows, the way forward to this version, and the proof of the audit log."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    tables = rows.tables(executor.loader.project_state(targets).apps)
    if differing := sorted(set(tables) ^ set(reader.manifest.tables)):
        raise InputError(refusals.tables_differ(reader.file, differing))
    try:
        with transaction.atomic():
            _check_keys("DEFERRED")
            for label, model in tables.items():
                _load(reader, label, model)
            _check_keys("IMMEDIATE")
            rows.restart_numbering(tables.values())
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as refused:
        raise InputError(refusals.not_loadable(reader.file, refused)) from refused
    _prove(reader)


def _check_keys(when: str) -> None:
    """Rows come before those they name; a table with checks to come could not be changed by a migration."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")
    elif when == "IMMEDIATE":
        connection.check_constraints()


def _load(reader: archive.Reader, label: str, model: type[Model]) -> None:
    try:
        with reader.rows(label) as written:
            count = rows.load(model, written)
    except rows.RowsUnusable as refused:
        raise InputError(refusals.rows(reader.file, label, refused.line, str(refused.said))) from refused
    if count != reader.manifest.tables[label]:
        raise InputError(refusals.count(reader.file, label, reader.manifest.tables[label], count))


def _prove(reader: archive.Reader) -> None:
    """The log passes through the head of the manifest; one that was broken before is restored as it was."""
    noted = reader.manifest.audit
    if noted.whole:
        raise_errors(audit.verify(audit.Link(noted.events, noted.head)))
    with transaction.atomic():
        record(
            by=None, what="installation.restored", object_kind="installation", object_key="backup",
            after={"made": reader.manifest.made, "klimaplan": reader.manifest.klimaplan, "events": noted.events},
        )  # fmt: skip


@contextmanager
def _evidence_placed(reader: archive.Reader, *, replace: bool) -> Iterator[None]:
    """The evidence files beside those that are there; those that were added go again if the rest fails."""
    folder = settings.HOME / FOLDER
    if not replace and folder.is_dir() and any(folder.iterdir()):
        raise InputError(refusals.not_empty(str(folder)))
    added: list[Path] = []
    try:
        for path in reader.evidence():
            if not reader.is_evidence(path, folder / path):
                added.append(folder / path)
                _place(reader, path, folder / path)
        yield
    except BaseException:
        for there in added:
            there.unlink(missing_ok=True)
            if (kept := _kept(there)).exists():
                kept.replace(there)
        raise


def _place(reader: archive.Reader, path: str, there: Path) -> None:
    there.parent.mkdir(parents=True, exist_ok=True)
    partial = there.with_name(f".{there.name}.restoring")
    partial.unlink(missing_ok=True)
    reader.copy_evidence(path, partial)
    if there.exists():
        there.replace(_kept(there))
    partial.replace(there)


def _kept(there: Path) -> Path:
    """The name of a file that was spoilt, beside the one that was restored."""
    return there.with_name(f".{there.name}.before")


def _state(there: Path) -> str:
    """Of an embedded database: absent, empty, filled, or broken."""
    if not there.exists():
        return "absent"
    try:
        tables = connection.introspection.table_names()
    except DatabaseError:
        return "broken"
    finally:
        connection.close()
    return "filled" if tables else "empty"


def _require_room(reader: archive.Reader) -> None:
    """Twice the rows: the new database beside the old one, and the copy that is kept."""
    wanted = 3 * sum(member.bytes for member in reader.manifest.members.values())
    free = shutil.disk_usage(settings.HOME).free
    if wanted > free:
        raise InputError(refusals.no_room(settings.HOME, wanted, free))


def _now() -> str:
    return timezone.now().strftime("%Y%m%dT%H%M%S")
