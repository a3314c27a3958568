"""Installations of earlier days are brought forwards with everything in them."""

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


WITH_PEOPLE = """
from datetime import date
from klimaplan.cli.figures import start_django
start_django()
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
before = [("accounts", "0002_attempts"), ("organisations", "0001_initial"), ("plans", "0003_versions_stay"),
          ("progress", "0001_initial"), ("audit", "0001_initial")]
executor = MigrationExecutor(connection)
executor.migrate(before)
model = executor.loader.project_state(before).apps.get_model
now, day = timezone.now(), date(2025, 1, 1)
hvidovre = model("organisations", "Organisation").objects.create(
    kind="municipality", slug="hvidovre", name_da="Hvidovre Kommune", name_en="Hvidovre Municipality", code="167")
model("organisations", "Department").objects.create(organisation=hvidovre, name="Natur")
kit = model("accounts", "User").objects.create(email="kit@example.org", name="Kit", password="!")
model("accounts", "RoleAssignment").objects.create(
    user=kit, role="department_contact", organisation=hvidovre, valid_from=day)
plan = model("plans", "Plan").objects.create(organisation=hvidovre, title="Plan", created_at=now, created_by=kit)
part = model("plans", "PlanPart").objects.create(
    plan=plan, kind="action", key="a01", content={"key": "a01", "title": "Tiltag"}, position=0, updated_at=now)
model("plans", "PartRevision").objects.create(part=part, version=1, content=part.content, at=now)
model("plans", "PlanVersion").objects.create(
    plan=plan, number=1, state="published", content={"parts": []}, sha256="0" * 64, at=now)
"""

READ_PEOPLE = """
from klimaplan.cli.figures import start_django
start_django()
from django.db import connection
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations.models import Department
from klimaplan.web.plans.models import PartRevision, PlanPart, PlanVersion, Responsibility
[kit], [held], [natur] = User.objects.all(), RoleAssignment.objects.all(), Department.objects.all()
print(kit.email, kit.closed_at, held.role, held.department, natur.name, natur.valid_from, natur.valid_to)
print(PlanPart.objects.get().content["title"], PartRevision.objects.count(), PlanVersion.objects.get().state,
      Responsibility.objects.count())
from klimaplan.web.organisations.departments import services
from klimaplan.web.plans import services as plans
RoleAssignment.objects.create(user=kit, role="coordinator", organisation=held.organisation, valid_from=held.valid_from)
services.place_contact(assignment=held, department=natur, by=kit)
part = plans.assign_action(part=PlanPart.objects.select_related("plan").get(), user=kit, by=kit)
print(RoleAssignment.objects.get(role="department_contact").department, Responsibility.objects.get().part.key)
"""


def test_a_database_with_people_and_plans_gets_what_is_new_and_works_on(installation: Installation) -> None:
    python(installation, "-c", WITH_PEOPLE)
    first = installation.run("init")
    assert (first.code, first.err) == (0, "")
    assert python(installation, "-c", READ_PEOPLE).splitlines() == [
        "kit@example.org None department_contact None Natur None None",
        "Tiltag 1 published 0",
        "Natur a01",
    ]
    assert installation.run("audit", "verify").code == 0
    assert installation.run("init").out == ""
