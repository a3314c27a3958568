"""The page of the cases and decisions of a plan: the secretary's forms, and what everybody then reads of them."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from klimaplan.web.audit.models import Event
from klimaplan.web.certification.models import Adoption, Case, Commitment
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanVersion
from web.reading import page

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture
def here(plan: Plan) -> str:
    return f"/en/work/plan/{plan.pk}/certification/"


@pytest.fixture
def secretary(people: SimpleNamespace, client: Client) -> Client:
    client.force_login(people.secretary)
    return client


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def adoption(version: PlanVersion, /, **changed: str) -> dict[str, str]:
    given = {
        "version": str(version.number), "state": "adopted", "on": "2026-06-25", "case_number": "26/4711",
        "minutes": "https://hvidovre.example/referat", "amendments": "",
    }  # fmt: skip
    return {"do": "adoption", **{f"adoption.{name}": value for name, value in {**given, **changed}.items()}}


def commitment(**changed: Any) -> dict[str, Any]:
    given = {"commitment.signed_on": "2020-10-01", "commitment.case_reference": "20/1234"}
    return {"do": "commitment", **given, **changed}


def letter(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("Tilsagn.pdf", content, content_type="application/pdf")


def everything() -> tuple[int, ...]:
    return tuple(each.objects.count() for each in (Adoption, Commitment, EvidenceFile, Case, Event))


def test_the_secretary_records_what_the_council_decided(here: str, secretary: Client, frozen: PlanVersion) -> None:
    answer = secretary.post(here, adoption(frozen, amendments=HOSTILE))
    assert (answer.status_code, answer["Location"]) == (302, here)
    made = Adoption.objects.get()
    assert (made.state, made.decided_on, made.case_number) == ("adopted", date(2026, 6, 25), "26/4711")
    response = secretary.get(here)
    assert "Adopted 25 June 2026, version 1, case 26/4711, minutes" in said(response)
    assert HOSTILE in said(response)
    assert HOSTILE not in response.content.decode()


def test_the_letter_comes_as_a_file_and_is_fetched_again(here: str, secretary: Client) -> None:
    assert secretary.post(here, commitment(file=letter())).status_code == 302
    made = Commitment.objects.get()
    assert (made.signed_on, made.case_reference, made.document.name) == (date(2020, 10, 1), "20/1234", "Tilsagn.pdf")
    fetched = secretary.get(f"{here}letter/{made.document.sha256}/")
    assert fetched.content == PDF
    assert fetched["Content-Disposition"].startswith("attachment")
    assert "signed 1 October 2020, case 20/1234" in said(secretary.get(here))


def test_a_file_that_the_plan_has_can_be_the_letter(
    here: str, secretary: Client, plan: Plan, people: SimpleNamespace
) -> None:
    part = plans.add_evidence(plan=plan, content=PDF, name="brev.pdf", by=people.kaja)
    secretary.post(here, commitment(**{"commitment.document": part.content["file"]}))
    assert Commitment.objects.get().document.sha256 == part.content["file"]


TOMORROW = (timezone.localdate() + timedelta(1)).isoformat()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"version": "99"}, "There is no fixed version to adopt."),
        ({"version": ""}, "There is no fixed version to adopt."),
        ({"state": ""}, "The decision is none of those there are."),
        ({"on": ""}, "The day of the meeting is missing."),
        ({"on": "i går"}, "The date cannot be read."),
        ({"on": TOMORROW}, "The day lies after today."),
        ({"case_number": " "}, "The case number must have 1 to 80 characters."),
        ({"minutes": "javascript:alert(1)"}, "The address of the minutes cannot be used."),
        ({"state": "pending"}, "A pending decision has no day."),
        ({"amendments": "a" * 4001}, "longer than 4000 characters"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_at_its_field_with_all_that_was_typed(
    changed: dict[str, str], told: str, here: str, secretary: Client, frozen: PlanVersion
) -> None:
    before, sent = everything(), adoption(frozen, **changed)
    answer = secretary.post(here, sent)
    assert answer.status_code == 422
    assert told in said(answer)
    assert everything() == before
    shown = page(answer)
    for name in ("on", "case_number", "minutes"):
        assert shown.one("input", name=f"adoption.{name}").attributes["value"] == sent[f"adoption.{name}"]
    assert not [each for each in shown.all("a") if each.attributes.get("href", "").startswith("javascript")]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (commitment(), "The letter is missing."),
        (commitment(**{"commitment.document": "f" * 64}), "The letter is missing."),
        (commitment(**{"commitment.signed_on": "", "file": letter()}), "The date cannot be read."),
        (commitment(**{"commitment.signed_on": TOMORROW, "file": letter()}), "The day lies after today."),
        (commitment(**{"commitment.case_reference": "", "file": letter()}), "must have 1 to 80 characters"),
        (commitment(file=letter(b"MZ\x90\x00 et program")), "of no kind that is taken"),
        (commitment(file=letter(b"%PDF-1.7 ikke hel")), "is not whole"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_and_nothing_is_kept(
    sent: dict[str, Any], told: str, here: str, secretary: Client
) -> None:
    if "file" in sent:
        sent["file"].seek(0)
    before = everything()
    answer = secretary.post(here, sent)
    assert answer.status_code == 422
    assert told in said(answer)
    assert everything() == before


@pytest.mark.parametrize("name", ["kaja", "owner", "reader", "adviser"])
def test_others_read_and_have_no_form(
    name: str, here: str, people: SimpleNamespace, client: Client, frozen: PlanVersion
) -> None:
    client.force_login(getattr(people, name))
    assert not [each for each in page(client.get(here)).all("button") if each.attributes.get("value") == "adoption"]
    assert client.post(here, adoption(frozen)).status_code == 403
    assert not Adoption.objects.exists()


def test_the_coordinator_opens_one_case(here: str, people: SimpleNamespace, client: Client) -> None:
    client.force_login(people.kaja)
    answer = client.post(here, {"do": "open"})
    assert answer["Location"] == f"/en/work/case/{Case.objects.get().pk}/"
    again = client.post(here, {"do": "open"})
    assert again.status_code == 422
    assert "The plan has an open case." in said(again)


def test_everybody_reads_what_the_council_decided(
    here: str, secretary: Client, plan: Plan, people: SimpleNamespace
) -> None:
    version = plans.publish_version(plan=plan, by=people.kaja)
    caches["pages"].clear()
    everybody = Client()
    assert "Decision of the council" not in everybody.get("/en/municipality/167/").content.decode()
    secretary.post(here, adoption(version))
    # the page was kept, and is made anew
    for path in ("/en/municipality/167/", "/en/municipality/167/plan/"):
        assert "Decision of the council: Adopted, 25 June 2026" in said(everybody.get(path))
