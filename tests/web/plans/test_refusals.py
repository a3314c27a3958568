"""Who may do what with a plan: every change × every person; a refusal says why and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.parts.cells import Row
from klimaplan.web.plans.parts.several import Wanted
from web.plans.conftest import action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

ALL = [
    "kaja", "owner", "contact", "reader", "secretary", "neighbour", "adviser", "reviewer", "signatory", "analyst",
    "secretariat", "administrator", "stranger",
]  # fmt: skip
EDITORS, REPORTERS = {"kaja"}, {"kaja", "contact"}
OF_THEIR_OWN = REPORTERS | {"owner"}
"""Who reports on an action that is theirs to keep up to date; on any other the action owner does not."""
COMMENTERS = OF_THEIR_OWN | {"adviser"}
READERS = COMMENTERS | {"reader", "secretary"}

CHANGES: dict[str, tuple[set[str], Callable[[SimpleNamespace, User], Any]]] = {
    "add_part": (EDITORS, lambda t, by: services.add_part(plan=t.plan, kind="vision", content={"text": "x"}, by=by)),
    "change_part": (EDITORS, lambda t, by: services.change_part(
        part=t.part, content=action(owner="X"), expected_version=1, by=by)),
    "report_progress": (REPORTERS, lambda t, by: services.change_part(
        part=t.part, content=action(progress="done"), expected_version=1, by=by)),
    "report_progress_of_own": (OF_THEIR_OWN, lambda t, by: services.change_part(
        part=t.own, content=action("a03", progress="done"), expected_version=1, by=by)),
    "own_and_more": (EDITORS, lambda t, by: services.change_part(
        part=t.own, content=action("a03", progress="done", owner="X"), expected_version=1, by=by)),
    "progress_and_more": (EDITORS, lambda t, by: services.change_part(
        part=t.part, content=action(progress="done", owner="X"), expected_version=1, by=by)),
    "merge_part": (EDITORS, lambda t, by: services.merge_part(
        part=t.part, content=action(owner="X"), base_version=1, expected_version=1, by=by)),
    "remove_part": (EDITORS, lambda t, by: services.remove_part(part=t.part, expected_version=1, by=by)),
    "restore_part": (EDITORS, lambda t, by: services.restore_part(part=t.removed, by=by)),
    "reorder": (EDITORS, lambda t, by: services.reorder(plan=t.plan, kind="action", keys=["a03", "a01"], by=by)),
    "bulk_change": (EDITORS, lambda t, by: services.bulk_change(
        plan=t.plan, kind="action", expected={"a01": 1}, fields={"owner": "X"}, by=by)),
    "change_several": (EDITORS, lambda t, by: services.change_several(
        plan=t.plan, wanted=[Wanted("a01", 1, action(owner="X"))], hazards=["cloudburst"], by=by)),
    "put_parts": (EDITORS, lambda t, by: services.put_parts(
        plan=t.plan, rows=[Row("action", "a01", 1, action(owner="X"))], by=by)),
    "add_from_library": (EDITORS, lambda t, by: services.add_from_library(
        plan=t.plan, slug="business-accounts", amounts={}, by=by)),
    "copy_from_plan": (EDITORS, lambda t, by: services.copy_from_plan(
        plan=t.plan, version=t.published, keys=["a01"], by=by)),
    "create_plan": (EDITORS, lambda t, by: services.create_plan(
        organisation=t.plan.organisation, title="Endnu en", by=by)),
    "create_variant": (EDITORS, lambda t, by: services.create_variant(plan=t.plan, title="Variant", by=by)),
    "name_version": (EDITORS, lambda t, by: services.name_version(plan=t.plan, name="Kladde", by=by)),
    "publish_version": (EDITORS, lambda t, by: services.publish_version(plan=t.plan, by=by)),
    "restore_version": (EDITORS, lambda t, by: services.restore_version(version=t.published, by=by)),
    "comment": (COMMENTERS, lambda t, by: services.comment(plan=t.plan, text="Godt", by=by)),
    "resolve_comment": (COMMENTERS, lambda t, by: services.resolve_comment(comment=t.comment, by=by)),
    "add_task": (REPORTERS, lambda t, by: services.add_task(
        plan=t.plan, title="Ring", due=date(2027, 1, 1), by=by)),
    "add_task_to_own": (OF_THEIR_OWN, lambda t, by: services.add_task(
        plan=t.plan, part=t.own, title="Ring", due=date(2027, 1, 1), by=by)),
    "complete_task": (REPORTERS, lambda t, by: services.complete_task(task=t.task, by=by)),
    "complete_task_of_own": (OF_THEIR_OWN, lambda t, by: services.complete_task(task=t.task_of_own, by=by)),
    "assign_action": (EDITORS, lambda t, by: services.assign_action(part=t.part, user=t.owner, by=by)),
    "unassign_action": (EDITORS, lambda t, by: services.unassign_action(part=t.own, user=t.owner, by=by)),
    "add_evidence_of_own": (OF_THEIR_OWN, lambda t, by: services.add_evidence(
        plan=t.plan, content=b"Referat", name="x.txt", action="a03", by=by)),
    "reopen_task": (REPORTERS, lambda t, by: services.reopen_task(task=t.done, by=by)),
    "add_evidence": (REPORTERS, lambda t, by: services.add_evidence(
        plan=t.plan, content=b"Referat", name="x.txt", by=by)),
    "export_workbook": (READERS, lambda t, by: services.export_workbook(plan=t.plan, language="da", by=by)),
    "apply_workbook": (EDITORS, lambda t, by: services.apply_workbook(
        plan=t.plan, content=t.toml, name="p.toml", expected_revision=t.plan.revision, by=by)),
}  # fmt: skip
"""Name → who of all may, and what is done."""


@pytest.fixture
def things(plan: Plan, kaja: User, people: SimpleNamespace) -> SimpleNamespace:
    part = services.add_part(plan=plan, kind="action", content=action(), by=kaja)
    own = services.add_part(plan=plan, kind="action", content=action("a03"), by=kaja)
    services.assign_action(part=own, user=people.owner, by=kaja)
    gone = services.add_part(plan=plan, kind="action", content=action("a02"), by=kaja)
    published = services.publish_version(plan=plan, by=kaja)
    removed = services.remove_part(part=gone, expected_version=1, by=kaja)
    toml = b'format = "klimaplan-plan/1"\n[plan]\nmunicipality = "167"\ntitle = "Fra fil"\n'
    made = SimpleNamespace(
        plan=plan, part=part, removed=removed, published=published, toml=toml,
        comment=services.comment(plan=plan, text="Se her", by=kaja),
        task=services.add_task(plan=plan, title="Ring", due=date(2027, 1, 1), by=kaja),
        done=services.complete_task(
            task=services.add_task(plan=plan, title="Skriv", due=date(2027, 1, 1), by=kaja), by=kaja
        ),
        own=own, owner=people.owner,
        task_of_own=services.add_task(plan=plan, part=own, title="Ring", due=date(2027, 1, 1), by=kaja),
    )  # fmt: skip
    plan.refresh_from_db()
    return made


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of plans and of the log."""
    labels = ("plans", "audit")
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=str)
        for label in labels for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }  # fmt: skip


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_made_by_who_may_and_refused_to_all_others(
    change: str, name: str, things: SimpleNamespace, people: SimpleNamespace
) -> None:
    allowed, act = CHANGES[change]
    before = everything()
    if name in allowed:
        act(things, getattr(people, name))
        if change != "export_workbook":  # its version is there already
            assert everything() != before
        return
    with pytest.raises(NotAllowed) as refused:
        act(things, getattr(people, name))
    [finding] = refused.value.findings
    assert finding.what.da
    assert finding.what.en
    assert finding.remedy.da
    assert everything() == before


@pytest.mark.parametrize("change", sorted(set(CHANGES) - {"comment", "resolve_comment", "complete_task", "add_task",
                                                          "reopen_task",
                                                          "create_plan", "add_evidence", "report_progress",
                                                          "add_evidence_of_own", "report_progress_of_own",
                                                          "add_task_to_own", "complete_task_of_own",
                                                          "export_workbook"}))  # fmt: skip
def test_nobody_edits_a_plan_that_was_handed_in(change: str, things: SimpleNamespace, people: SimpleNamespace) -> None:
    Plan.objects.filter(pk=things.plan.pk).update(state="submitted")
    before = everything()
    with pytest.raises(NotAllowed, match="submitted"):
        CHANGES[change][1](things, people.kaja)
    assert everything() == before


@pytest.mark.parametrize("name", ALL)
def test_a_plan_is_read_by_who_may(name: str, plan: Plan, people: SimpleNamespace) -> None:
    user = getattr(people, name)
    may = name in READERS
    assert (plan in selectors.plans_for(user)) is may
    if may:
        assert selectors.plan_for(user, plan.pk) == plan
        assert selectors.plan_of(user, "hvidovre") == plan
    else:
        with pytest.raises(NotAllowed):
            selectors.plan_for(user, plan.pk)


@pytest.mark.parametrize("name", ["reviewer", "signatory", "secretariat"])
def test_reviewers_read_what_was_handed_in(name: str, plan: Plan, people: SimpleNamespace) -> None:
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    assert selectors.plans_for(getattr(people, name)) == [plan]
    assert selectors.plan_for(getattr(people, name), plan.pk) == plan


def test_a_published_version_is_open_to_everyone_and_no_other(things: SimpleNamespace, people: SimpleNamespace) -> None:
    named = services.name_version(plan=things.plan, name="Kladde", by=people.kaja)
    numbers = {name: [each.number for each in selectors.versions(getattr(people, name), things.plan)]
               for name in ("kaja", "stranger")}  # fmt: skip
    assert numbers == {"kaja": [named.number, 1], "stranger": [1]}
    assert selectors.version(people.stranger, things.plan, 1) == things.published
    with pytest.raises(NotAllowed):
        selectors.version(people.stranger, things.plan, named.number)


def test_who_cannot_read_a_plan_is_not_called_to_it(things: SimpleNamespace, people: SimpleNamespace) -> None:
    before = everything()
    for act in (
        lambda: services.comment(plan=things.plan, text="Se", by=people.kaja, mentions=[people.karl, people.stranger]),
        lambda: services.add_task(
            plan=things.plan, title="Se", due=date(2027, 1, 1), by=people.kaja, assigned_to=people.stranger
        ),
    ):
        with pytest.raises(InputError, match="Stranger cannot read the plan"):
            act()
    assert everything() == before


def test_a_task_is_completed_by_whom_it_was_given_to(things: SimpleNamespace, people: SimpleNamespace) -> None:
    task = services.add_task(
        plan=things.plan, title="Læs", due=date(2027, 1, 1), by=people.kaja, assigned_to=people.reader
    )
    assert [each.title for each in selectors.tasks_of(people.reader)] == ["Læs"]
    done = services.complete_task(task=task, by=people.reader)
    assert (done.done_by, list(selectors.tasks_of(people.reader))) == (people.reader, [])


def test_every_service_is_crossed_with_every_person() -> None:
    loading = {"load_demo_plans", "load_demo_targets", "load_published_targets"}
    reading = {"preview", "Clash", "Stale"}
    assert set(services.__all__) - loading - reading <= set(CHANGES)
