"""Departments begin and are closed on a day; the name of a closed one may come again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="department", options={"ordering": ["organisation", "name", "pk"]}),
        migrations.RemoveConstraint(model_name="department", name="one_department_of_a_name"),
        migrations.AddField(model_name="department", name="valid_from", field=models.DateField(null=True)),
        migrations.AddField(model_name="department", name="valid_to", field=models.DateField(null=True)),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)),
                fields=("organisation", "name"),
                name="one_open_department_of_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="department_ends_after_it_begins",
            ),
        ),
    ]
