"""What the database itself refuses: to change, remove or empty versions of plans and what parts have said."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from klimaplan.web.accounts.models import User
from klimaplan.web.plans import services
from klimaplan.web.plans.models import PartRevision, Plan, PlanVersion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statement", [
    "UPDATE plans_planversion SET name = 'x'",
    "DELETE FROM plans_planversion",
    "TRUNCATE plans_planversion CASCADE",
    "TRUNCATE plans_partrevision CASCADE",
    "TRUNCATE plans_planpart CASCADE",
    "TRUNCATE plans_plan CASCADE",
])  # fmt: skip
def test_published_versions_cannot_be_changed_removed_or_emptied(plan: Plan, kaja: User, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor != "postgresql":
        pytest.skip("no such statement here")
    services.publish_version(plan=plan, by=kaja)
    before = PlanVersion.objects.count(), PartRevision.objects.count()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # what is checked at the end of a transaction stands in the way of TRUNCATE before any guard does
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    refused = pytest.raises(DatabaseError, match="a version of a plan is never changed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (PlanVersion.objects.count(), PartRevision.objects.count()) == before
