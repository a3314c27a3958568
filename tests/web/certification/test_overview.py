"""The overview: who is due when, where cases wait, and that each sees those they oversee and nobody else."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from time import process_time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klimaplan.domain.certification.due import Why
from klimaplan.domain.certification.forecast import Quarter, by_quarter
from klimaplan.domain.certification.workflow import State, Step
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.certification.models import (
    Adoption,
    Case,
    Certificate,
    Question,
    Revision,
    RevisionRule,
    StepTaken,
)
from klimaplan.web.certification.overview import circle, page, selectors
from klimaplan.web.certification.overview.selectors import Everything, Stands
from klimaplan.web.certification.revisions.selectors import situation_of
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans.models import Plan, PlanVersion
from web.certification.conftest import CODES, Standing
from web.plans.conftest import person

pytestmark = pytest.mark.django_db
PAGE = "/en/work/overview/"
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture(autouse=True)
def with_an_app(people: SimpleNamespace, db: None) -> None:
    """A second factor for everybody whose role asks for one."""
    for each in (people.reviewer, people.signatory, people.secretariat, people.administrator):
        second_factor(each)


def second_factor(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def everything(user: User, today: date = TODAY) -> Everything:
    around = circle.circle_of(user)
    assert around is not None
    return selectors.everything(around, today)


def row(user: User, slug: str = "hvidovre") -> Stands:
    return next(each for each in everything(user).rows if each.organisation.slug == slug)


def names(answer: object) -> list[str]:
    """The municipalities of a downloaded table."""
    return [each["name"] for each in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]  # type: ignore[attr-defined]


def test_the_calendar_of_the_country_is_that_of_the_first_plans(people: SimpleNamespace) -> None:
    # five years after the days in the table of first plans, counted by hand
    days = [each.due.day for each in everything(people.secretariat).rows if each.due]
    assert by_quarter(days) == {
        Quarter(2025, 4): 5, Quarter(2026, 1): 2, Quarter(2026, 2): 13, Quarter(2027, 3): 2, Quarter(2027, 4): 2,
        Quarter(2028, 2): 14, Quarter(2028, 4): 59, Quarter(2031, 4): 1,
    }  # fmt: skip


def test_one_row_says_what_the_page_of_its_revision_says(
    plan: Plan, standing: Standing, people: SimpleNamespace
) -> None:
    assert row(people.secretariat).due == situation_of(plan).due
    RevisionRule.objects.create(
        organisation=plan.organisation, in_first_year_of_term=True, decided_on=date(2024, 1, 9),
        recorded_at=timezone.now(),
    )  # fmt: skip
    found = row(people.secretariat)
    assert (found.due, found.due and found.due.why) == (situation_of(plan).due, Why.COUNCIL_TERM)
    case = standing(State.CERTIFIED)
    Certificate.objects.create(case=case, content={}, sha256="a" * 64, issued_at=timezone.now() - timedelta(400))
    found = row(people.secretariat)
    assert found.due == situation_of(plan).due
    assert (found.first, found.plans) == (None, 1)


def test_an_invented_plan_counts_only_where_there_is_no_other(plan: Plan, people: SimpleNamespace) -> None:
    Plan.objects.create(organisation=plan.organisation, title="Demo", demo=True, created_at=timezone.now())
    assert row(people.secretariat).plan == plan


@pytest.mark.parametrize("who", ["secretariat", "reviewer", "signatory"])
def test_who_works_for_the_whole_country_sees_all(who: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(getattr(people, who))
    shown = client.get(PAGE).content.decode()
    assert "You see all municipalities of the country." in shown
    assert "98 of 98 municipalities" in shown
    assert len(names(client.get(f"{PAGE}table.csv"))) == 98


def test_an_adviser_sees_the_municipalities_of_the_dgo_and_no_other(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.adviser)
    shown = client.get(PAGE).content.decode()
    assert "29 of 29 municipalities" in shown
    assert "Hvidovre" in shown
    assert "Aarhus" not in shown
    taken = names(client.get(f"{PAGE}table.csv"))
    assert (len(taken), "Hvidovre" in taken, "Aarhus" in taken) == (29, True, False)


def test_people_of_a_municipality_come_to_its_case(plan: Plan, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    assert client.get(PAGE, follow=True).redirect_chain[-1][0] == f"/en/work/plan/{plan.pk}/certification/"


@pytest.mark.parametrize("who", ["kaja", "owner", "contact", "reader", "secretary"])
def test_without_a_plan_they_come_to_what_is_missing(who: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(getattr(people, who))
    for path in (PAGE, f"{PAGE}table.csv"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[-1][0] == "/en/work/missing/hvidovre/"
        assert "Albertslund" not in answer.content.decode()


@pytest.mark.parametrize("who", ["analyst", "administrator", "stranger"])
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}table.csv", f"{PAGE}plans/"])
def test_everybody_else_is_refused_with_the_reason(
    who: str, path: str, client: Client, people: SimpleNamespace
) -> None:
    client.force_login(getattr(people, who))
    answer = client.get(path)
    assert answer.status_code == 403
    assert "None of your roles allows this here." in answer.content.decode()


def test_where_a_case_waits_is_said_with_its_days(standing: Standing, client: Client, people: SimpleNamespace) -> None:
    case = standing(State.SUBMITTED)
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(40))
    StepTaken.objects.create(
        case=case, number=2, step=Step.SUBMIT, before=State.DRAFTING, after=State.SUBMITTED, by=people.kaja,
        at=timezone.now() - timedelta(23),
    )  # fmt: skip
    client.force_login(people.secretariat)
    shown = client.get(PAGE).content.decode()
    assert "1 plan in “Submitted” waits for a reviewer; it has waited 23 days." in shown
    client.force_login(people.adviser)
    assert "it has waited 23 days." in client.get(PAGE).content.decode()


@pytest.mark.parametrize("since", [None, timedelta(300)])
def test_a_reviewer_with_a_conflict_is_told_nothing_of_the_case(
    since: timedelta | None, standing: Standing, client: Client, people: SimpleNamespace
) -> None:
    standing(State.REPLY)
    Question.objects.create(
        case=Case.objects.get(), round=1, criterion=CODES[1], text="Hvornår?", by=people.reviewer, at=timezone.now()
    )
    near = person("near", reviewer="concito")
    second_factor(near)
    today = timezone.localdate()
    RoleAssignment.objects.create(
        user=near, role="dgo_adviser", organisation=organisation("dgo-hovedstaden"), valid_from=date(2024, 1, 1),
        valid_to=today - since if since else today - timedelta(1),
    )  # fmt: skip
    found = row(near)
    assert (found.closed, found.case, found.since, found.questions) == (True, None, None, 0)
    client.force_login(near)
    shown = client.get(PAGE).content.decode()
    assert "The cases of 29 municipalities are closed to you" in shown
    assert "“The municipality replies”" not in shown
    for state in ("reply", "none"):
        assert "Hvidovre" not in names(client.get(f"{PAGE}table.csv?state={state}"))
    assert (row(people.reviewer).closed, row(people.reviewer).questions) == (False, 1)


def test_questions_count_when_they_have_been_sent(standing: Standing, people: SimpleNamespace) -> None:
    case = standing(State.REVIEW)
    asked = {"case": case, "criterion": CODES[0], "by": people.reviewer, "at": timezone.now()}
    Question.objects.create(**asked, round=1, text="Endnu ikke sendt")
    assert row(people.adviser).questions == 0
    Case.objects.filter(pk=case.pk).update(state=State.REPLY)
    assert row(people.adviser).questions == 1
    Question.objects.create(**asked, round=1, text="Taget tilbage", taken_back_at=timezone.now())
    Question.objects.create(**asked, round=1, text="Besvaret", reply="Ja", replied_at=timezone.now())
    assert row(people.adviser).questions == 1


def test_filters_and_order_hold_on_the_page_and_in_the_file(
    standing: Standing, client: Client, people: SimpleNamespace
) -> None:
    standing(State.SUBMITTED)
    client.force_login(people.secretariat)
    assert names(client.get(f"{PAGE}table.csv?state=submitted")) == ["Hvidovre"]
    assert names(client.get(f"{PAGE}table.csv?due=2026&dgo=dgo-nordjylland&sort=name")) == [
        "Frederikshavn",
        "Jammerbugt",
    ]
    last = names(client.get(f"{PAGE}table.csv?sort=name&desc=1"))
    assert (last[0], last[-1]) == ("Aarhus", "Albertslund")
    assert client.get(f"{PAGE}table.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize(
    "query", ["state=lost", "due=1999", "dgo=mars", "sort=luck", "capacity=0", "capacity=many", "lead=-3", "region=x"]
)
def test_what_cannot_be_asked_for_is_refused(query: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.secretariat)
    answer = client.get(f"{PAGE}?{query}")
    assert (answer.status_code, "That value cannot be used." in answer.content.decode()) == (422, True)
    assert client.get(f"{PAGE}table.pdf").status_code == 404


def test_the_forecast_follows_capacity_and_lead(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.secretariat)
    # 59 plans due on 31 December 2028; at 4 a quarter that is 15 people, at 30 it is 2
    usual = client.get(PAGE).content.decode()
    assert "Most plans, 59, are expected in quarter 2, 2028. At 4 plans a reviewer that takes 15 reviewers." in usual
    other = client.get(f"{PAGE}?capacity=30&lead=3").content.decode()
    assert "Most plans, 59, are expected in quarter 3, 2028. At 30 plans a reviewer that takes 2 reviewers." in other


def test_what_is_handed_in_is_not_expected_again(standing: Standing, client: Client, people: SimpleNamespace) -> None:
    standing(State.REVIEW)
    client.force_login(people.secretariat)
    shown = client.get(PAGE).content.decode()
    assert "Most plans, 58, are expected" in shown
    assert "1 plan is with the reviewers already" in shown


def test_all_of_them_take_no_more_questions_than_one(
    standing: Standing, people: SimpleNamespace, plan: Plan, frozen: PlanVersion
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as heard:
            everything(people.secretariat)
        return len(heard)

    standing(State.REPLY)
    before = asked()
    for each in Organisation.objects.filter(kind="municipality").exclude(pk=plan.organisation.pk)[:30]:
        another = Plan.objects.create(organisation=each, title="Plan", created_at=timezone.now())
        Case.objects.create(plan=another, criteria="cctf-2024-dk", state=State.REVIEW, opened_at=timezone.now())
        Adoption.objects.create(plan=another, version=frozen, state="pending", recorded_at=timezone.now())
        Revision.objects.create(
            plan=another, old=frozen, causes=[], due_on=TODAY, responsible="Plan", opened_at=timezone.now(),
            new=frozen, closed_at=timezone.now(),
        )  # fmt: skip
    assert asked() == before <= 15


def test_everybody_at_once_takes_a_third_of_a_second_at_most(people: SimpleNamespace) -> None:
    around = circle.circle_of(people.secretariat)
    assert around is not None
    taken = []
    for _again in range(3):
        begun = process_time()
        page.overview_page(people.secretariat, around, {})
        taken.append(process_time() - begun)
    assert min(taken) < 0.3


def test_a_choice_keeps_the_order_and_what_was_reckoned_with(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.secretariat)
    shown = client.get(f"{PAGE}?sort=name&desc=1&capacity=9").content.decode()
    for name, value in (("sort", "name"), ("desc", "1"), ("capacity", "9")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in shown
    assert 'name="capacity" value="4">' not in client.get(PAGE).content.decode().partition('data-live="overview"')[2]


@pytest.mark.parametrize("path", ["/arbejde/overblik/", "/arbejde/overblik/?state=submitted"])
def test_in_danish_nothing_stays_in_english(
    path: str, standing: Standing, client: Client, people: SimpleNamespace
) -> None:
    standing(State.SUBMITTED)
    client.force_login(people.secretariat)
    shown = client.get(path).content.decode()
    assert "Overblik over planerne" in shown
    for english in ("Where cases wait", "Reckon again", "no case", "projected", "waits for"):
        assert english not in shown


@pytest.mark.parametrize("who", ["secretariat", "adviser"])
def test_my_work_leads_to_the_overview(who: str, client: Client, people: SimpleNamespace) -> None:
    client.force_login(getattr(people, who))
    assert f'href="{PAGE}"' in client.get("/en/work/").content.decode()


def test_my_work_of_a_coordinator_does_not(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    assert f'href="{PAGE}"' not in client.get("/en/work/").content.decode()
