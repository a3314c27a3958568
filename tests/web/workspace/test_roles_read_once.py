"""The roles of whoever asks are read once for a page, however many decisions it takes, and anew for the next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans.models import Plan
from web.workspace.conftest import person, signed_in

pytestmark = pytest.mark.django_db


def asked(client: Client, path: str, condition: str) -> int:
    """How many questions of a page to the database have a condition on a column."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return sum(f"{condition} =" in each["sql"].partition("WHERE")[2] for each in queries)


@pytest.mark.parametrize("page", ["", "tiltag/a01/", "maal/", "versioner/"])
def test_a_page_of_a_plan_reads_the_roles_once(plan: Plan, kaja: User, page: str) -> None:
    path = f"/arbejde/plan/{plan.pk}/{page}"
    client = signed_in(kaja)
    assert asked(client, path, '"accounts_roleassignment"."user_id"') == 1


def test_an_adviser_of_the_group_costs_no_more_questions_for_more_decisions(plan: Plan) -> None:
    client = signed_in(person("Rune", dgo_adviser="dgo-hovedstaden"))
    assert asked(client, f"/arbejde/plan/{plan.pk}/", '"organisations_belonging"."member_id"') == 1


def test_a_role_that_ends_or_begins_counts_at_the_next_page(plan: Plan) -> None:
    ivan = person("Ivan", action_owner="hvidovre")
    client, path = signed_in(ivan), f"/arbejde/plan/{plan.pk}/"
    assert client.get(path).status_code == 200
    RoleAssignment.objects.filter(user=ivan).update(valid_to=timezone.localdate() - timedelta(1))
    assert client.get(path).status_code == 403
    RoleAssignment.objects.create(
        user=ivan, role="reader", organisation=organisation("hvidovre"), valid_from=timezone.localdate()
    )
    assert client.get(path).status_code == 200


def test_a_role_given_while_a_page_is_made_counts_in_the_rest_of_it(plan: Plan, kaja: User) -> None:
    from klimaplan.web.accounts import selectors, services
    from klimaplan.web.accounts.requests import one_request

    ole, today = person("Ole"), timezone.localdate()
    with one_request():
        assert selectors.roles_held(ole.pk, today) == []
        given = services.give_role(by=None, user=ole, role="reader", organisation=plan.organisation)
        assert selectors.roles_held(ole.pk, today) == [given]
        services.end_role(by=None, assignment=given, on=today)
        assert [each.valid_to for each in selectors.roles_held(ole.pk, today)] == [today]
