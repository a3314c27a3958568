"""The tables of the log, with the guards that make it append-only."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import klimaplan.web.audit.models
from klimaplan.web.audit import guards


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in ("Event", "Head"):
        schema_editor.create_model(apps.get_model("audit", name))
    for statement in guards.statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by_id", models.BigIntegerField(null=True)),
                ("by_label", models.CharField(max_length=150)),
                ("organisation", models.CharField(blank=True, db_index=True, max_length=80)),
                ("what", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("object_key", models.CharField(max_length=120)),
                ("before", klimaplan.web.audit.models.CanonicalJSON(null=True)),
                ("after", klimaplan.web.audit.models.CanonicalJSON(null=True)),
                ("why", models.TextField(blank=True)),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "managed": False,
                "ordering": ["seq"],
                "indexes": [models.Index(fields=["object_kind", "object_key"], name="audit_event_object")],
            },
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("hash", models.CharField(default="0" * 64, max_length=64)),
            ],
            options={"managed": False},
        ),
        migrations.RunPython(make),
    ]
