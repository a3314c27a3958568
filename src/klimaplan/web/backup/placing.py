"""Where the database lies while it is copied, made anew or put in its place."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from klimaplan.domain.errors import InputError
from klimaplan.web.backup import refusals
from klimaplan.web.config.home import made_private

PATIENCE = 5.0
"""Seconds to wait for those who write."""


@contextmanager
def pointed_at(file: Path) -> Iterator[None]:
    """The embedded database is another file for as long as the block lasts, also for migrations."""
    was = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(made_private(file))
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was
        ContentType.objects.clear_cache()


def copy(source: Path, target: Path) -> None:
    """What was committed in one embedded database becomes the content of another, at once, while both are in use.

    Raises `sqlite3.DatabaseError` when one of them is none.
    """
    until = time.monotonic() + PATIENCE

    def patient(status: int, remaining: int, pages: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > until:
            raise InputError(refusals.in_use(str(target)))

    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(made_private(target))) as write:
        # in one step: other writers would make it begin again and again
        read.backup(write, pages=-1, progress=patient)


def companions(file: Path) -> list[Path]:
    """The files that belong to an embedded database, itself last."""
    named = [file.with_name(file.name + ending) for ending in ("-wal", "-shm", "-journal", "")]
    return [each for each in named if each.exists()]


def remove(file: Path) -> None:
    for each in companions(file):
        each.unlink(missing_ok=True)
