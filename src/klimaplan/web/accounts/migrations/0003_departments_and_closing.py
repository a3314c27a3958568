"""A role may belong to a department, and an account can be closed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_attempts"), ("organisations", "0002_departments_have_days")]

    operations = [
        migrations.AddField(
            model_name="roleassignment",
            name="department",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="organisations.department",
            ),
        ),
        migrations.AddField(model_name="user", name="closed_at", field=models.DateTimeField(null=True)),
    ]
