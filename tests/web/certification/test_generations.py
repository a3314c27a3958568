"""First and second plans side by side: what is compared, and who sees what is not published."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from klimaplan.domain.certification.workflow import State
from klimaplan.web.certification.models import Case, Revision
from klimaplan.web.certification.overview import circle, generations
from klimaplan.web.certification.overview.generations import Pair
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanVersion
from web.certification.test_revisions import action, change, old
from web.plans.conftest import person

__all__ = ["old"]

pytestmark = pytest.mark.django_db
OPEN, CLOSED = "/en/programme/plans/", "/en/work/overview/plans/"


@pytest.fixture(scope="module")
def grounded(installed: None) -> None:
    """The whole site, because pages are looked at."""


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is asked for without a page is in English too."""
    with override("en"):
        yield


@pytest.fixture
def second(plan: Plan, old: PlanVersion, people: SimpleNamespace) -> PlanVersion:
    """The second plan allows 70,000 t in 2030 instead of 80,000, and has another action in place of one."""
    change(plan, "target", "2030/total", people.kaja, level=70_000.0)
    plans.remove_part(part=plans_part(plan, "a02"), expected_version=1, by=people.kaja)
    plans.add_part(plan=plan, kind="action", content=action("a03"), by=people.kaja)
    return plans.name_version(plan=plan, name="Anden plan", by=people.kaja)


def plans_part(plan: Plan, key: str) -> object:
    return plan.parts.get(kind="action", key=key)


def closed(plan: Plan, old: PlanVersion, new: PlanVersion) -> Revision:
    now = timezone.now()
    return Revision.objects.create(
        plan=plan, old=old, new=new, causes=[], due_on=now.date(), responsible="Plan", opened_at=now, closed_at=now
    )


def seen_by(user: object) -> tuple[Pair, ...]:
    around = circle.circle_of(user)  # type: ignore[arg-type]
    assert around is not None
    return generations.page_for(around).pairs


def test_targets_and_actions_then_and_now(
    plan: Plan, old: PlanVersion, second: PlanVersion, people: SimpleNamespace
) -> None:
    closed(plan, old, second)
    [pair] = seen_by(people.adviser)
    assert (pair.old.actions, pair.new.actions, pair.kept, pair.added, pair.gone) == (2, 2, 1, 1, 1)
    by_year = {each.year: (each.old, each.new) for each in pair.targets}
    assert [text.replace("\u202f", "").replace(",", "").split()[0] for text in by_year[2030]] == ["80000", "70000"]
    assert (pair.old.certified, pair.new.certified) == ("", "")


def test_two_certificates_are_two_plans_under_the_criteria_of_their_time(
    plan: Plan, old: PlanVersion, second: PlanVersion, people: SimpleNamespace
) -> None:
    for version, criteria in ((old, "capf-2020"), (second, "cctf-2024-dk")):
        Case.objects.create(
            plan=plan, criteria=criteria, state=State.CERTIFIED, version=version, opened_at=timezone.now()
        )
    [pair] = seen_by(people.adviser)
    assert ("CAPF" in pair.old.certified, "CCTF" in pair.new.certified) == (True, True)


def test_one_certificate_is_one_plan(plan: Plan, old: PlanVersion, people: SimpleNamespace) -> None:
    Case.objects.create(plan=plan, criteria="capf-2020", state=State.CERTIFIED, version=old, opened_at=timezone.now())
    assert seen_by(people.adviser) == ()


def test_everybody_sees_it_when_both_are_published_and_not_before(
    plan: Plan, old: PlanVersion, second: PlanVersion, client: Client, people: SimpleNamespace
) -> None:
    revision = closed(plan, old, second)
    before = client.get(OPEN).content.decode()
    assert "98 municipalities are on their first plan, and 0 are on their second." in before
    assert "Those with a second plan" not in before
    client.force_login(people.adviser)
    shown = client.get(CLOSED).content.decode()
    assert "not public yet" in shown
    assert "1 is on its second" in shown
    client.logout()
    revision.new = plans.publish_version(plan=plan, by=people.kaja, name="Anden plan")
    revision.save()
    after = client.get(OPEN).content.decode()
    assert "97 municipalities are on their first plan, and 1 is on its second." in after
    assert "70,000" in after.replace("\u202f", ",")
    assert "/en/municipality/167/plan/compared/" in after


def test_a_reviewer_with_a_conflict_sees_what_everybody_sees(
    plan: Plan, old: PlanVersion, second: PlanVersion, people: SimpleNamespace
) -> None:
    closed(plan, old, second)
    assert len(seen_by(people.reviewer)) == 1
    near = person("near", reviewer="concito", analyst="hvidovre")
    Authenticator.objects.create(user=near, type=Authenticator.Type.TOTP, data={})
    assert seen_by(near) == ()


def test_people_of_a_municipality_come_to_the_open_page(client: Client, people: SimpleNamespace) -> None:
    client.force_login(people.kaja)
    assert client.get(CLOSED, follow=True).redirect_chain[-1][0] == OPEN


def test_the_open_page_asks_for_no_session_and_reads_danish(client: Client, people: SimpleNamespace) -> None:
    answer = client.get("/programmet/planer/")
    assert "Første og anden plan" in answer.content.decode()
    assert not answer.cookies


def test_the_programme_leads_to_it(client: Client, people: SimpleNamespace) -> None:
    assert f'href="{OPEN}"' in client.get("/en/programme/").content.decode()
