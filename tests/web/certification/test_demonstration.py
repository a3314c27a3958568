"""The invented cases of the demonstration: one in every state, as its steps would have made it, all marked Demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from klimaplan.domain.certification.workflow import State, Step, way
from klimaplan.web.accounts.services import load_demo_people
from klimaplan.web.audit.selectors import verify
from klimaplan.web.certification.cases.certificate import is_intact
from klimaplan.web.certification.demonstration.services import load_demo_cases
from klimaplan.web.certification.models import (
    Case,
    Certificate,
    Commitment,
    ReviewerScore,
    Revision,
    SelfScore,
    StepTaken,
)
from klimaplan.web.certification.revisions import selectors as revisions
from klimaplan.web.certification.revisions.demonstration.services import load_demo_revision
from klimaplan.web.plans.services import load_demo_plans
from web.certification.conftest import CODES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site."""


@pytest.fixture(scope="module")
def loaded(grounded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People, plans and cases; taken back at the end of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo_people()
        load_demo_plans()
        load_demo_cases()
        load_demo_revision()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstration(loaded: None, db: None) -> None:
    """All of it, for a test."""


def test_there_is_a_case_in_every_state(demonstration: None) -> None:
    found = Counter(Case.objects.values_list("state", flat=True))
    assert set(found) == set(State)
    assert all(each.plan.demo for each in Case.objects.select_related("plan"))


def test_each_case_stands_where_its_steps_lead(demonstration: None) -> None:
    for case in Case.objects.all():
        stood = State.SELF_ASSESSMENT
        steps = list(StepTaken.objects.filter(case=case).order_by("number"))
        for each in steps:
            assert each.before == stood
            taken = way(Step(each.step), stood)
            assert taken is not None
            assert each.after == taken.target
            stood = taken.target
        assert (case.state, case.steps_taken) == (stood, len(steps))
        assert [each.at for each in steps] == sorted(each.at for each in steps)
        if stood is not State.SELF_ASSESSMENT:
            assert SelfScore.objects.filter(case=case).count() == len(CODES)
        if stood in (State.RECOMMENDED, State.CERTIFIED):
            scored = ReviewerScore.objects.filter(case=case, round=case.round)
            assert scored.count() == len(CODES)
        assert Commitment.objects.filter(organisation=case.plan.organisation).exists()


def test_the_certificate_is_intact_and_the_log_whole(demonstration: None) -> None:
    assert [is_intact(each) for each in Certificate.objects.all()] == [True]
    assert verify() == ()


def test_loading_again_adds_nothing(demonstration: None) -> None:
    before = Case.objects.count(), StepTaken.objects.count(), Commitment.objects.count()
    assert load_demo_cases() == 0
    assert before == (Case.objects.count(), StepTaken.objects.count(), Commitment.objects.count())


def test_one_invented_plan_has_been_revised_for_everybody_to_see(demonstration: None, client: Client) -> None:
    found = Revision.objects.get()
    assert (found.plan.demo, found.plan.organisation.slug) == (True, "middelfart")
    assert found.new is not None
    assert revisions.missing(found, found.new) == ()
    # adopted in December 2020, so due five years later
    assert found.due_on.isoformat() == "2025-12-31"
    shown = client.get("/en/municipality/410/plan/compared/").content.decode()
    assert "No target of the new plan wants less than before." in shown
    assert "Demo: Kortlægningen viste" in shown
    assert load_demo_revision() == 0
