"""What people say to each other about a plan, what they ask of each other, and what is told of it afterwards."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.config.errors import status_of
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.services import Stale
from klimaplan.web.plans.together.readers import readers
from web.plans.conftest import action, person

pytestmark = pytest.mark.django_db


def test_a_comment_stands_with_its_part_and_calls_who_is_mentioned(plan: Plan, kaja: User, people: Any) -> None:
    part = services.add_part(plan=plan, kind="action", content=action(), by=kaja)
    asked = services.comment(plan=plan, part=part, text=" Hvor mange? ", by=people.adviser, mentions=[people.owner])
    services.comment(plan=plan, text="Om hele planen", by=kaja)
    answer = services.comment(plan=plan, part=part, text="Tolv.", by=people.owner, answers=asked)
    assert [(each.text, each.by.name) for each in selectors.comments(plan, part=part)] == [
        ("Hvor mange?", "Adviser"), ("Tolv.", "Owner"),
    ]  # fmt: skip
    assert list(selectors.mentions_of(people.owner)) == [asked]
    assert answer.answers == asked
    services.resolve_comment(comment=asked, by=kaja)
    assert [each.text for each in selectors.comments(plan, open_only=True)] == ["Om hele planen", "Tolv."]


def test_what_was_said_is_kept_as_it_was_typed(plan: Plan, kaja: User) -> None:
    """Text is text: it is escaped where it is shown, not changed where it is kept."""
    said = services.comment(plan=plan, text='<script>alert("x")</script> =1+1', by=kaja)
    assert selectors.comments(plan).get().text == said.text == '<script>alert("x")</script> =1+1'


@pytest.mark.parametrize("text", ["", "   ", "x" * 5_001, "a\x00b"])
def test_an_empty_or_endless_comment_is_refused(text: str, plan: Plan, kaja: User) -> None:
    with pytest.raises(InputError, match="1 to 5000"):
        services.comment(plan=plan, text=text, by=kaja)


def test_a_comment_belongs_to_the_plan_it_is_written_in(plan: Plan, kaja: User) -> None:
    other = services.create_plan(organisation=plan.organisation, title="En anden", by=kaja)
    head = selectors.part(other, "head", "plan")
    elsewhere = services.comment(plan=other, text="Her", by=kaja)
    for given in ({"part": head}, {"answers": elsewhere}):
        with pytest.raises(InputError, match="another plan"):
            services.comment(plan=plan, text="Se", by=kaja, **given)


def test_tasks_are_told_by_their_day_until_they_are_done(plan: Plan, kaja: User, karl: User) -> None:
    later, sooner = (
        services.add_task(plan=plan, title=title, due=due, by=kaja, assigned_to=karl)
        for title, due in (("Skriv", date(2027, 3, 1)), ("Ring", date(2027, 1, 1)))
    )
    assert list(selectors.tasks(plan)) == [sooner, later]
    done = services.complete_task(task=sooner, by=karl)
    assert services.complete_task(task=sooner, by=kaja).done_by == karl == done.done_by
    assert list(selectors.tasks(plan)) == [later]
    assert list(selectors.tasks(plan, open_only=False)) == [sooner, later]
    assert list(selectors.tasks_of(karl)) == [later]


def test_the_activity_of_a_plan_is_its_own_and_latest_first(plan: Plan, kaja: User) -> None:
    part = services.add_part(plan=plan, kind="action", content=action(), by=kaja)
    services.create_plan(organisation=plan.organisation, title="En anden", by=kaja)
    services.comment(plan=plan, part=part, text="Godt", by=kaja)
    services.name_version(plan=plan, name="Nu", by=kaja)
    services.remove_part(part=part, expected_version=1, by=kaja)
    assert [event.what for event in selectors.activity(plan)] == [
        "plan.part-removed", "plan.version-named", "plan.commented", "plan.part-added", "plan.created",
    ]  # fmt: skip


def test_a_plan_is_made_for_a_municipality_only(kaja: User) -> None:
    with pytest.raises(InputError, match="Only municipalities"):
        services.create_plan(organisation=organisations.organisation("kl"), title="Plan", by=kaja)


def test_what_is_stale_is_answered_as_a_conflict_and_survives_the_way_between_processes(
    plan: Plan, kaja: User, karl: User
) -> None:
    part = services.add_part(plan=plan, kind="action", content=action(), by=kaja)
    services.change_part(part=part, content=action(owner="A"), expected_version=1, by=karl)
    with pytest.raises(Stale) as stale:
        services.change_part(part=part, content=action(owner="B"), expected_version=1, by=kaja)
    assert status_of(stale.value) == 409
    again = pickle.loads(pickle.dumps(stale.value))
    assert (again.clashes, again.findings) == (stale.value.clashes, stale.value.findings)


def test_a_task_that_was_reported_done_by_mistake_is_opened_again(plan: Plan, kaja: User, people: Any) -> None:
    task = services.add_task(plan=plan, title="Ring", due=date(2027, 1, 1), by=kaja, assigned_to=people.reader)
    services.complete_task(task=task, by=people.reader)
    with pytest.raises(NotAllowed):
        services.reopen_task(task=task, by=people.secretary)
    assert not selectors.tasks(plan).exists()
    opened = services.reopen_task(task=task, by=people.reader)
    assert (opened.done_at, opened.done_by) == (None, None)
    services.reopen_task(task=task, by=kaja)
    assert [event.what for event in selectors.activity(plan)][:3] == [
        "plan.task-reopened", "plan.task-completed", "plan.task-added",
    ]  # fmt: skip


def test_those_who_can_be_mentioned_are_those_who_may_read_the_plan(plan: Plan, people: Any) -> None:
    """A draft is read by the municipality's own people and by the advisers of its DGO."""
    named = {user.name for user in readers(plan)}
    assert named == {"Adviser", "Contact", "Kaja", "Karl", "Owner", "Reader", "Secretary"}
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    plan.refresh_from_db()
    assert {user.name for user in readers(plan)} == named | {"Reviewer", "Secretariat", "Signatory"}
    for user in (people.neighbour, people.analyst, people.stranger):
        with pytest.raises(NotAllowed):
            selectors.plan_for(user, plan.pk)


def test_a_reviewer_of_ones_own_organisation_is_not_among_the_readers(plan: Plan, kaja: User) -> None:
    insider = person("insider", reviewer="concito")
    RoleAssignment.objects.create(
        user=insider, role="coordinator", organisation=plan.organisation, valid_from=date(2024, 1, 1),
        valid_to=date(2026, 1, 1),
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    plan.refresh_from_db()
    assert insider not in readers(plan)
