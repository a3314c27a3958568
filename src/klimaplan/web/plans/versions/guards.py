"""The triggers that keep versions as they were, in the words of each database."""

from __future__ import annotations

SAYS = "a version of a plan is never changed, and one that was named or published never removed"

SQLITE = {
    "plans_version_never_changed": "BEFORE UPDATE ON plans_planversion",
    "plans_version_never_removed": "BEFORE DELETE ON plans_planversion WHEN OLD.state <> 'draft'",
    # INSERT OR REPLACE removes a row without asking the trigger above
    "plans_version_never_replaced": "BEFORE INSERT ON plans_planversion "
    "WHEN NEW.id IN (SELECT id FROM plans_planversion)"
    " OR EXISTS (SELECT 1 FROM plans_planversion WHERE plan_id = NEW.plan_id AND number = NEW.number)",
}
"""Name → when the trigger refuses."""

POSTGRESQL = {
    "plans_version_never_changed": "BEFORE UPDATE ON plans_planversion FOR EACH ROW",
    "plans_version_never_removed": "BEFORE DELETE ON plans_planversion FOR EACH ROW WHEN (OLD.state <> 'draft')",
}

EMPTYING = {
    "plans_version_never_emptied": "BEFORE TRUNCATE ON plans_planversion FOR EACH STATEMENT",
    "plans_revision_never_emptied": "BEFORE TRUNCATE ON plans_partrevision FOR EACH STATEMENT",
}
"""On PostgreSQL: TRUNCATE asks no trigger of single rows. What parts said at earlier versions is guarded with them."""

REFUSE = f"""
CREATE FUNCTION plans_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def statements(vendor: str) -> list[str]:
    """What makes the guards on a database of that vendor."""
    if vendor == "postgresql":
        made = (f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION plans_refuse()" for name, when in POSTGRESQL.items())
        return [REFUSE, *made]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
    return [f"CREATE TRIGGER {name} {when} {refuse}" for name, when in SQLITE.items()]


def against_emptying(vendor: str) -> list[str]:
    """What refuses to empty the tables at one stroke; the embedded database knows no such thing."""
    if vendor != "postgresql":
        return []
    return [f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION plans_refuse()" for name, when in EMPTYING.items()]


def undoing(vendor: str) -> list[str]:
    """What takes the guards away again."""
    if vendor == "postgresql":
        return ["DROP FUNCTION plans_refuse() CASCADE"]
    return [f"DROP TRIGGER {name}" for name in SQLITE]
