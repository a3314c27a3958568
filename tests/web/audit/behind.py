"""Changing the log as only somebody can who may do anything in the database: with the guards off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from klimaplan.web.audit import guards


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str


KAJA = Somebody(7, "Kaja Klimakoordinator (demo)")


def off_guard(sql: str, parameters: Sequence[object] = ()) -> None:
    """Run a statement while no trigger looks, and let them look again."""
    guarded = ("audit_event", "audit_head")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        else:
            before = [f"DROP TRIGGER {name}" for name in guards.SQLITE]
            after = guards.statements(connection.vendor)
        for statement in before:
            cursor.execute(statement)
        cursor.execute(sql, parameters)
        for statement in after:
            cursor.execute(statement)
