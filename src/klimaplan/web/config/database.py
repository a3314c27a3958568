"""The database: the embedded one by default, the one of `DATABASE_URL` when it is named."""

from __future__ import annotations

from typing import Any

import dj_database_url

from klimaplan.web.config.home import embedded_database

SQLITE_OPTIONS: dict[str, Any] = {
    # with the default (deferred) mode, concurrent read-then-write transactions fail with "database is locked"
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON"
    ),
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(default=f"sqlite:///{embedded_database()}", conn_max_age=600)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
