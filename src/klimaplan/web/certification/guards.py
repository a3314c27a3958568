"""The triggers that keep certificates, steps, commitments and decisions of councils as they were recorded."""

from __future__ import annotations

SAYS = "what was certified, stepped or decided is never changed"
TABLES = ("certificate", "steptaken", "commitment", "adoption")

REFUSE = f"""
CREATE FUNCTION certification_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def statements(vendor: str) -> list[str]:
    """What makes the guards on a database of that vendor."""
    if vendor == "postgresql":
        return [REFUSE, *(_postgresql(table, when) for table in TABLES for when in ("row", "statement"))]
    return [statement for table in TABLES for statement in _sqlite(table)]


def undoing(vendor: str) -> list[str]:
    """What takes the guards away again."""
    if vendor == "postgresql":
        return ["DROP FUNCTION certification_refuse() CASCADE"]
    return [f"DROP TRIGGER certification_{table}_never_{what}" for table in TABLES for what in _SQLITE]


_SQLITE = {
    "changed": "BEFORE UPDATE ON certification_{0}",
    "removed": "BEFORE DELETE ON certification_{0}",
    # INSERT OR REPLACE removes a row without asking the trigger above
    "replaced": "BEFORE INSERT ON certification_{0} WHEN NEW.id IN (SELECT id FROM certification_{0})",
}


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    return [
        f"CREATE TRIGGER certification_{table}_never_{what} {when.format(table)} {refuse}"
        for what, when in _SQLITE.items()
    ]


def _postgresql(table: str, each: str) -> str:
    what, events = ("changed", "UPDATE OR DELETE") if each == "row" else ("emptied", "TRUNCATE")
    return (
        f"CREATE TRIGGER certification_{table}_never_{what} BEFORE {events} ON certification_{table} "
        f"FOR EACH {each.upper()} EXECUTE FUNCTION certification_refuse()"
    )
