"""An installation from before there were people is brought forwards with everything in it."""

from __future__ import annotations

import subprocess
import sys

from cli.running import Installation

BEFORE_PEOPLE = (("inventories", "0001"), ("plans", "0001"), ("public", "0001"))

FILL = """
from klimaplan.cli.figures import start_django
start_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO inventories_snapshot (source, method_version, retrieved, imported_at, sha256, demo, complete) "
        "VALUES ('old', '1.0', '2020-01-01', '2020-01-01 00:00:00+00:00', 'abc', %s, %s)", [False, False])
    cursor.execute(
        "INSERT INTO plans_target (municipality, year, kind, sectors, base_estimated, source, demo) "
        "VALUES ('167', 2030, 'reduction', 'total', %s, 'a council', %s)", [False, True])
"""

READ = """
from klimaplan.cli.figures import start_django
start_django()
from klimaplan.web.accounts.models import User
from klimaplan.web.inventories.models import Snapshot
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.plans.models import Target
print(Snapshot.objects.filter(sha256="abc").count(), Target.objects.filter(source="a council").count(),
      User.objects.count(), Organisation.objects.count())
"""


def python(installation: Installation, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=installation.environment(DJANGO_SETTINGS_MODULE="klimaplan.web.config.settings"),
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_database_without_people_gets_them_and_keeps_its_figures(installation: Installation) -> None:
    for app, migration in BEFORE_PEOPLE:
        python(installation, "-m", "django", "migrate", app, migration, "--verbosity", "0")
    python(installation, "-c", FILL)
    first = installation.run("init")
    assert (first.code, first.err) == (0, "")
    assert "113 organisations" in first.out
    assert python(installation, "-c", READ) == "1 1 0 113"
    assert installation.run("init").out == ""
