"""Where the embedded database and the files of an installation live."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path


def home() -> Path:
    """The folder named by `KLIMAPLAN_HOME`, else the platform's data folder; created when missing."""
    named = os.environ.get("KLIMAPLAN_HOME")
    folder = Path(named).expanduser() if named else user_data_path("klimaplan")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds personal data
    return folder


def is_configured() -> bool:
    """Whether there is a database to read: one named by `DATABASE_URL`, or the embedded one after `init`."""
    return bool(os.environ.get("DATABASE_URL")) or embedded_database().exists()


def embedded_database() -> Path:
    return home() / "klimaplan.sqlite3"


def made_private(file: Path) -> Path:
    """A file that only its owner reads: made empty where there is none, closed to others where there is one.

    An embedded database gives the files beside it the same rights.
    """
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, 0o600))
    if file.stat().st_mode & 0o077:
        file.chmod(0o600)
    return file


def secret_key() -> str:
    """The installation's own key: from `KLIMAPLAN_SECRET_KEY`, else made once and kept readable by its owner only."""
    if key := os.environ.get("KLIMAPLAN_SECRET_KEY"):
        return key
    kept = home() / "secret-key"
    try:
        # created exclusively, so that two processes starting together agree on one key
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return kept.read_text()
