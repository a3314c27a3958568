"""Asking for something to be done: days as people write them, who may ask and finish, what became of it meanwhile."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan, Task
from klimaplan.web.workspace.together.days import day_in
from klimaplan.web.workspace.together.talk_page import when
from web.reading import page
from web.together.test_talk import HOSTILE, refusals, talk_of, words
from web.workspace.conftest import person, signed_in, the

pytestmark = pytest.mark.django_db


def ask(user: User, plan: Plan, title: str = "Skaf tal", due: str = "1.3.2027", **more: Any) -> Any:
    return signed_in(user).post(talk_of(plan), {"do": "task", "title": title, "due": due, **more})


def listed(user: User, plan: Plan, query: str = "") -> list[str]:
    shown = page(signed_in(user).get(talk_of(plan, query)))
    return [each.one("strong").text for each in shown.one("ul", class_="tasks").all("li") if each.all("strong")]


@pytest.mark.parametrize(
    "written", ["2027-03-01", "1.3.2027", "01-03-2027", "1/3 2027", "1. marts 2027", "1 March 2027", " 1. mar. 2027 "]
)
def test_a_day_is_read_as_danes_and_as_iso_write_it(written: str) -> None:
    assert day_in(written) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "written", ["", "31.2.2027", "1.3.27", "2027", "i morgen", "3/13/2027", "0.1.2027", "1.3.99999"]
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert day_in(written) is None


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (-12, "12 dage for sent", "12 days late"),
        (-1, "1 dag for sent", "1 day late"),
        (0, "senest i dag", "due today"),
        (1, "senest i morgen", "due tomorrow"),
        (6, "senest 30. november 2026", "due 30 November 2026"),
    ],
)
def test_a_day_is_told_from_today(days: int, danish: str, english: str) -> None:
    today = date(2026, 11, 24)
    for language, said in (("da", danish), ("en", english)):
        with override(language):
            assert when(today + timedelta(days), today) == said


def test_a_task_is_made_for_somebody_about_an_action(plan: Plan, kaja: User, karl: User) -> None:
    done = ask(kaja, plan, due="1. marts 2027", assigned_to=karl.pk, about="a01")
    task = Task.objects.get()
    assert (task.title, task.due, task.assigned_to, task.part) == (
        "Skaf tal", date(2027, 3, 1), karl, the(plan, "a01"),
    )  # fmt: skip
    assert done["Location"] == f"{talk_of(plan)}#task-{task.pk}"
    for path in (talk_of(plan), f"/arbejde/plan/{plan.pk}/tiltag/a01/"):
        told = page(signed_in(karl).get(path)).one("li", id=f"task-{task.pk}").text
        assert "Skaf tal" in told
        assert "senest 1. marts 2027 · Karl · bedt om af Kaja" in told
    assert "Skaf tal" in words(signed_in(karl).get("/arbejde/"))


def test_everything_wrong_is_told_at_once_and_what_was_typed_is_kept(plan: Plan, kaja: User, stranger: User) -> None:
    events = Event.objects.count()
    refused = ask(kaja, plan, title=" ", due="snart", assigned_to=stranger.pk, about="a99")
    assert (refused.status_code, Task.objects.count(), Event.objects.count()) == (422, 0, events)
    assert refusals(refused) == [
        "Skriv, hvad der skal gøres.",
        "Skriv datoen som 1.3.2027 eller 2027-03-01.",
        "Tiltaget er ikke i planen. Vælg fra listen.",
        "Personen kan ikke læse planen. Vælg fra listen.",
    ]
    assert page(refused).one("input", id="ask-due").attributes["value"] == "snart"
    assert "Ole" not in words(refused)
    long = ask(kaja, plan, title="x" * 301)
    assert (long.status_code, Task.objects.count()) == (422, 0)
    assert page(long).one("input", id="ask-title").attributes["value"] == "x" * 301


def test_tasks_are_told_by_what_became_of_them(plan: Plan, kaja: User, karl: User) -> None:
    today = timezone.localdate()
    for title, days, whose in (("Sent", -3, karl), ("Senere", 9, None), ("Udført", 1, karl)):
        services.add_task(plan=plan, title=title, due=today + timedelta(days), by=kaja, assigned_to=whose)
    services.complete_task(task=Task.objects.get(title="Udført"), by=karl)
    assert listed(karl, plan) == ["Sent", "Senere"]
    assert listed(karl, plan, "?tasks=mine") == ["Sent"]
    assert listed(karl, plan, "?tasks=done") == ["Udført"]
    assert listed(karl, plan, "?tasks=all") == ["Sent", "Senere", "Udført"]
    assert listed(karl, plan, "?tasks=nonsense") == ["Sent", "Senere"]
    assert "3 dage for sent" in words(signed_in(karl).get(talk_of(plan)))


def test_a_task_that_somebody_else_has_finished_meanwhile_is_told_and_not_done_again(
    plan: Plan, kaja: User, karl: User
) -> None:
    task = services.add_task(plan=plan, title="Ring", due=date(2027, 1, 1), by=kaja, assigned_to=kaja)
    path = f"/arbejde/plan/{plan.pk}/opgave/{task.pk}/"
    signed_in(karl).post(path, {"do": "done"})
    task.refresh_from_db()
    done_at, events = task.done_at, Event.objects.count()
    client = signed_in(kaja)
    told = client.get(client.post(path, {"do": "done"})["Location"])
    assert "Karl havde allerede meldt den udført: Ring" in words(told)
    task.refresh_from_db()
    assert (task.done_at, task.done_by, Event.objects.count()) == (done_at, karl, events)
    client.post(path, {"do": "reopen"})
    task.refresh_from_db()
    assert (task.done_at, task.done_by) == (None, None)


def test_whoever_was_asked_finishes_it_and_others_without_the_role_do_not(
    plan: Plan, kaja: User, reader: User, adviser: User, stranger: User
) -> None:
    task = services.add_task(plan=plan, title="Læs", due=date(2027, 1, 1), by=kaja, assigned_to=reader)
    path = f"/arbejde/plan/{plan.pk}/opgave/{task.pk}/"
    for who in (adviser, stranger):
        assert signed_in(who).post(path, {"do": "done"}).status_code == 403
    task.refresh_from_db()
    assert task.done_at is None
    assert signed_in(reader).get(path).status_code == 405
    assert signed_in(reader).post(path, {"do": "done"}).status_code == 302
    assert signed_in(adviser).post(path, {"do": "reopen"}).status_code == 403
    task.refresh_from_db()
    assert task.done_by == reader
    assert ask(adviser, plan).status_code == 403


def test_an_action_owner_asks_about_their_own_actions_only(plan: Plan, kaja: User) -> None:
    ivan = person("Ivan", action_owner="hvidovre")
    services.add_part(plan=plan, kind="action", content={"key": "a02", "title": "En anden"}, by=kaja)
    assert not page(signed_in(ivan).get(talk_of(plan))).all("details", id="ask")
    services.assign_action(part=the(plan, "a01"), user=ivan, by=kaja)
    form = page(signed_in(ivan).get(talk_of(plan))).one("details", id="ask")
    assert [each.attributes["value"] for each in form.one("select", name="about").all("option")] == ["a01"]
    assert ask(ivan, plan, about="a01").status_code == 302
    for about in ("", "a02"):
        assert ask(ivan, plan, about=about).status_code == 403
    assert Task.objects.count() == 1


def test_a_task_of_another_plan_is_not_found(plan: Plan, kaja: User) -> None:
    other = services.create_plan(organisation=plan.organisation, title="En anden", by=kaja)
    task = services.add_task(plan=other, title="Ring", due=date(2027, 1, 1), by=kaja)
    assert signed_in(kaja).post(f"/arbejde/plan/{plan.pk}/opgave/{task.pk}/", {"do": "done"}).status_code == 404
    assert Task.objects.get().done_at is None


def test_the_title_of_a_task_is_shown_as_text(plan: Plan, kaja: User) -> None:
    ask(kaja, plan, title=HOSTILE.replace("\n", " "))
    answer = signed_in(kaja).get(talk_of(plan))
    assert b"<script>alert" not in answer.content
    assert '<script>alert(1)</script> <img src=x onerror="alert(2)"> & {{ secret }}' in words(answer)
