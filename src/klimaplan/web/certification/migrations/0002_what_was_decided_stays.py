"""The guards that keep what was certified and decided as it was."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from klimaplan.web.certification import guards


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def undo(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in guards.undoing(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("certification", "0001_initial")]

    operations = [migrations.RunPython(make, undo)]
