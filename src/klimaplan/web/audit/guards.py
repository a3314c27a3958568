"""The triggers that make the log append-only, in the words of each database."""

from __future__ import annotations

from django.db import connection

SAYS = "the audit log can be added to and nothing else"

SQLITE = {
    "audit_event_never_changed": "BEFORE UPDATE ON audit_event",
    "audit_event_never_removed": "BEFORE DELETE ON audit_event",
    # INSERT OR REPLACE removes a row without asking the trigger above
    "audit_event_never_replaced": "BEFORE INSERT ON audit_event WHEN NEW.seq IN (SELECT seq FROM audit_event)",
    "audit_head_only_onwards": "BEFORE UPDATE ON audit_head WHEN NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1",
    "audit_head_never_removed": "BEFORE DELETE ON audit_head",
}
"""Name → when the trigger refuses."""

POSTGRESQL = {
    "audit_event_never_changed": "BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW",
    "audit_event_never_emptied": "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT",
    "audit_head_only_onwards": "BEFORE UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.id <> OLD.id OR NEW.seq <> OLD.seq + 1)",
    "audit_head_never_removed": "BEFORE DELETE ON audit_head FOR EACH ROW",
    "audit_head_never_emptied": "BEFORE TRUNCATE ON audit_head FOR EACH STATEMENT",
}

REFUSE = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def statements(vendor: str) -> list[str]:
    """What makes the guards on a database of that vendor."""
    if vendor == "postgresql":
        return [
            REFUSE,
            *(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION audit_refuse()" for name, when in POSTGRESQL.items()),
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    return [f"CREATE TRIGGER {name} {when} {refuse}" for name, when in SQLITE.items()]


def absent() -> list[str]:
    """The names of guards that are not in force."""
    if connection.vendor == "postgresql":
        wanted = POSTGRESQL
        query = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND tgrelid IN "
        query += "('audit_event'::regclass, 'audit_head'::regclass)"
    else:
        wanted = SQLITE
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        in_force = {name for (name,) in cursor.fetchall()}
    return sorted(set(wanted) - in_force)
