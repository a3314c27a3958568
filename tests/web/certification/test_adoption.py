"""What councils decided: recorded by the secretary, beside certification, and never without a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.certification.adoption.services import Decided, record_adoption, record_commitment
from klimaplan.web.certification.cases.selectors import adoptions_of
from klimaplan.web.certification.models import Adoption, Commitment
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion

pytestmark = pytest.mark.django_db

ADOPTED = Decided(1, "adopted", date(2026, 10, 27), "26/1001", "https://www.example.org/referat", "Mål hævet.")


def test_an_adoption_keeps_date_case_minutes_and_amendments(
    plan: Plan, frozen: PlanVersion, people: SimpleNamespace
) -> None:
    record_adoption(plan=plan, decided=replace(ADOPTED, version=frozen.number), by=people.secretary)
    [found] = adoptions_of(plan)
    assert (found.version, found.state, found.decided_on, found.case_number, found.minutes, found.amendments) == (
        frozen, "adopted", date(2026, 10, 27), "26/1001", "https://www.example.org/referat", "Mål hævet.",
    )  # fmt: skip
    event = Event.objects.last()
    assert event is not None
    assert (event.what, event.after["case"]) == ("adoption.recorded", "26/1001")


def test_a_council_may_adopt_before_anybody_certifies(plan: Plan, frozen: PlanVersion, people: SimpleNamespace) -> None:
    assert not plan.cases.exists()
    record_adoption(plan=plan, decided=Decided(frozen.number, "pending"), by=people.secretary)
    assert [each.state for each in adoptions_of(plan)] == ["pending"]


TOMORROW = timezone.localdate() + timedelta(1)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"version": 99}, ["adoption-before-plan"]),
        ({"state": "perhaps"}, ["adoption-state-unknown"]),
        ({"on": None}, ["decision-day-missing"]),
        ({"on": TOMORROW}, ["decision-day-ahead"]),
        ({"case_number": " "}, ["case-number-not-usable"]),
        ({"case_number": "9" * 81}, ["case-number-not-usable"]),
        ({"minutes": "javascript:alert(1)"}, ["minutes-not-an-address"]),
        ({"minutes": "http://www.example.org"}, ["minutes-not-an-address"]),
        ({"state": "pending"}, ["decision-pending-with-day"]),
        ({"version": 99, "on": None, "case_number": ""},
         ["adoption-before-plan", "decision-day-missing", "case-number-not-usable"]),
    ],
)  # fmt: skip
def test_what_cannot_be_recorded_is_said_all_at_once(
    changed: dict[str, Any], codes: list[str], plan: Plan, frozen: PlanVersion, people: SimpleNamespace
) -> None:
    decided = replace(replace(ADOPTED, version=frozen.number), **changed)
    with pytest.raises(InputError) as refused:
        record_adoption(plan=plan, decided=decided, by=people.secretary)
    assert [each.code for each in refused.value.findings] == codes
    assert not Adoption.objects.exists()


def test_nobody_but_the_secretary_records_decisions(
    plan: Plan, frozen: PlanVersion, letter: EvidenceFile, people: SimpleNamespace
) -> None:
    for name, person in vars(people).items():
        if name == "secretary":
            continue
        with pytest.raises(NotAllowed):
            record_adoption(plan=plan, decided=replace(ADOPTED, version=frozen.number), by=person)
        with pytest.raises(NotAllowed):
            record_commitment(plan=plan, signed_on=date(2020, 1, 1), case_reference="1", document=letter, by=person)
    assert not Adoption.objects.exists()
    assert not Commitment.objects.exists()


def test_a_commitment_needs_its_letter_a_reference_and_a_day_that_has_been(plan: Plan, people: SimpleNamespace) -> None:
    with pytest.raises(InputError) as refused:
        record_commitment(plan=plan, signed_on=TOMORROW, case_reference="", document=None, by=people.secretary)
    assert [each.code for each in refused.value.findings] == [
        "document-missing", "case-number-not-usable", "decision-day-ahead",
    ]  # fmt: skip
