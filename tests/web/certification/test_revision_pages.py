"""The pages of a revision: what stands on them, what a form does, and that what was typed is never lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from klimaplan.web.certification.models import Judged, Revision, RevisionRule
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanVersion
from web.certification.test_revisions import change, old, revision, target

__all__ = ["old", "revision", "target"]

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture
def page(plan: Plan) -> str:
    return f"/en/work/plan/{plan.pk}/revision/"


def test_the_page_says_by_when_and_by_which_rule(page: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    shown = client.get(page).content.decode()
    assert "The plan is due for revision by 31 December 2028, by the framework&#x27;s five years at most." in shown


def test_a_revision_from_beginning_to_end_through_the_forms(
    page: str, plan: Plan, old: PlanVersion, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.kaja)
    client.post(page, {"do": "open", "responsible": "Plan og miljø"})
    shown = client.get(page).content.decode()
    assert "0 of 4 targets and actions are judged." in shown
    change(plan, "action", "a02", people.kaja, title="Et andet navn")
    client.post(
        page, {"do": "agree", "fate:action:a02": "changed", "reason:action:a02": "Bedre.", "seen:action:a02": "0"}
    )
    assert {(each.key, each.fate) for each in Judged.objects.all()} == {
        ("2030/total", "continued"), ("2050/total", "continued"), ("a01", "continued"), ("a02", "changed"),
    }  # fmt: skip
    version = plans.publish_version(plan=plan, by=people.kaja, name="Anden plan")
    client.post(page, {"do": "close", "version": str(version.number)})
    assert Revision.objects.get().new == version
    public = client.get("/en/municipality/167/plan/compared/").content.decode()
    assert "No target of the new plan wants less than before." in public
    assert "Tiltag a02" in public
    assert "Bedre." in public
    assert "80,000" in public.replace("\u202f", ",")


def test_what_was_typed_stays_when_a_colleague_was_first(
    page: str, revision: Revision, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.karl)
    client.post(page, {"do": "judge", "fate:action:a01": "done", "seen:action:a01": "0"})
    client.force_login(people.kaja)
    answer = client.post(page, {"do": "judge", "fate:action:a01": "dropped", "reason:action:a01": "Min egen grund",
                                "seen:action:a01": "0"})  # fmt: skip
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "A colleague has judged it meanwhile." in shown
    assert "Min egen grund" in shown
    assert Judged.objects.get().fate == "done"


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_opened(
    page: str, old: PlanVersion, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.kaja)
    answer = client.post(page, {"do": "open", "responsible": "Plan", "due_on": "snart"})
    assert answer.status_code == 422
    assert "“snart” is no day." in answer.content.decode()
    assert not Revision.objects.exists()


def test_the_secretary_records_what_the_council_decided(page: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.secretary)
    client.post(page, {"do": "rule", "own_years": "4", "decided_on": "6. oktober 2026", "case_reference": "26/1"})
    assert RevisionRule.objects.get().own_years == 4
    answer = client.post(page, {"do": "rule", "own_years": "fire", "decided_on": "2026-10-06"})
    assert (answer.status_code, "“fire” is no number of years." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("what", ["open", "judge", "close", "rule"])
def test_who_only_reads_is_refused_and_changes_nothing(
    what: str, page: str, revision: Revision, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.adviser)
    assert client.get(page).status_code == 200
    form = {"do": what, "responsible": "x", "version": "1", "decided_on": "2026-01-01", "own_years": "4",
            "fate:action:a01": "done", "seen:action:a01": "0"}  # fmt: skip
    assert client.post(page, form).status_code == 403
    assert (Revision.objects.count(), Judged.objects.count(), RevisionRule.objects.count()) == (1, 0, 0)


def test_reasons_are_text_and_addresses_of_people_stay_inside(
    page: str, plan: Plan, old: PlanVersion, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.kaja)
    client.post(page, {"do": "open", "responsible": "Plan"})
    hostile = "<script>alert(1)</script> spørg ole@hvidovre.dk"
    client.post(
        page, {"do": "agree", "fate:action:a01": "dropped", "reason:action:a01": hostile, "seen:action:a01": "0"}
    )
    version = plans.publish_version(plan=plan, by=people.kaja)
    client.post(page, {"do": "close", "version": str(version.number)})
    for address in (page, "/en/municipality/167/plan/compared/"):
        assert "<script>alert(1)" not in client.get(address).content.decode()
    assert "ole@hvidovre.dk" not in client.get("/en/municipality/167/plan/compared/").content.decode()


def test_nothing_is_compared_in_public_before_both_plans_are(client: Client, revision: Revision) -> None:
    assert client.get("/en/municipality/167/plan/compared/").status_code == 404


@pytest.mark.parametrize(("address", "words"), [
    ("/guider/revision/", "Afgør, hvorfor planen skal revideres"),
    ("/en/guides/revision/", "Say why the plan is revised"),
    ("/guider/", "uofficiel"),
    ("/en/guides/", "unofficial"),
])  # fmt: skip
def test_the_guide_is_open_to_everybody_in_both_languages(address: str, words: str, client: Client) -> None:
    assert words in client.get(address).content.decode()


def test_the_open_page_of_the_plan_leads_to_the_comparison_once_there_is_one(
    page: str, plan: Plan, old: PlanVersion, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(people.kaja)
    link = "/en/municipality/167/plan/compared/"
    assert link not in client.get("/en/municipality/167/plan/").content.decode()
    client.post(page, {"do": "open", "responsible": "Plan"})
    client.post(page, {"do": "agree"})
    version = plans.publish_version(plan=plan, by=people.kaja)
    assert link not in client.get("/en/municipality/167/plan/").content.decode()
    client.post(page, {"do": "close", "version": str(version.number)})
    assert link in client.get("/en/municipality/167/plan/").content.decode()
