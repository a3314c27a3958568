"""On PostgreSQL the tables of versions and revisions cannot be emptied at one stroke either."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimaplan.web.plans.versions import guards


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.against_emptying(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def undo(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name, when in guards.EMPTYING.items():
            schema_editor.execute(f"DROP TRIGGER {name} ON {when.split()[3]}")


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_responsibility")]

    operations = [migrations.RunPython(make, undo)]
