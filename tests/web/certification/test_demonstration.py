"""The invented cases of the demonstration: one in every state, as its steps would have made it, all marked Demo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from klimaplan.domain.certification.workflow import State, Step, way
from klimaplan.web.accounts.services import load_demo_people
from klimaplan.web.audit.selectors import verify
from klimaplan.web.certification.cases.certificate import is_intact
from klimaplan.web.certification.demonstration.services import load_demo_cases
from klimaplan.web.certification.models import Case, Certificate, Commitment, ReviewerScore, SelfScore, StepTaken
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
