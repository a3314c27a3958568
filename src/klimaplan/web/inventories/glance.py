"""Which account is in force, at a glance: one question to the embedded database, without starting the site."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

IN_FORCE = (
    "SELECT sha256, retrieved FROM inventories_snapshot WHERE complete AND NOT demo "
    "ORDER BY retrieved DESC, id DESC LIMIT 1"
)
"""The question of `selectors.current_snapshot`; a test holds the two against each other."""


def in_force(database: Path) -> tuple[str, date] | None:
    """Digest and day of the snapshot that the pages show; None where the file does not answer, whatever the reason."""
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = connection.execute(IN_FORCE).fetchone()
    except sqlite3.Error:
        return None
    return (str(found[0]), date.fromisoformat(found[1])) if found else None
