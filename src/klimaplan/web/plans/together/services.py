"""What people say to each other about a plan, and what they ask each other to do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task
from klimaplan.web.plans.writes.services import finish, locked, may, once

LONGEST_TEXT = 5_000
LONGEST_TITLE = 300


@once
def comment(  # what a comment is made of
    *, plan: Plan, text: str, by: User, part: PlanPart | None = None, mentions: Iterable[User] = (),
    answers: Comment | None = None, idempotency_key: str = "",
) -> Comment:  # fmt: skip
    """Say something about a plan or a part of it; who is mentioned must be able to read it.

    Raises
    ------
    NotAllowed, InputError
    """
    plan, named = locked(plan), list(mentions)
    may(by, Permission.PLAN_COMMENT, plan)
    _require_text(text, LONGEST_TEXT, "text")
    _require_within(plan, part, answers)
    _require_readers(plan, named)
    made = Comment.objects.create(
        plan=plan, part=part, answers=answers, text=text.strip(), by=by, at=timezone.now(),
    )  # fmt: skip
    made.mentions.set(named)
    finish(plan, by=by, what="plan.commented", kind="comment", key=str(made.pk),
           after={"text": made.text, "part": _name(part), "mentions": [user.pk for user in named]})  # fmt: skip
    return made


@once
def resolve_comment(*, comment: Comment, by: User, idempotency_key: str = "") -> Comment:
    """Mark what was said as dealt with."""
    plan = locked(comment.plan)
    may(by, Permission.PLAN_COMMENT, plan)
    kept = Comment.objects.get(pk=comment.pk)
    if kept.resolved_at is None:
        kept.resolved_at = timezone.now()
        kept.save(update_fields=["resolved_at"])
        finish(plan, by=by, what="plan.comment-resolved", kind="comment", key=str(kept.pk))
    return kept


@once
def add_task(  # what a task is made of
    *, plan: Plan, title: str, due: date, by: User, part: PlanPart | None = None, assigned_to: User | None = None,
    idempotency_key: str = "",
) -> Task:  # fmt: skip
    """Ask somebody to do something by a day; nobody named means whoever has time.

    Raises
    ------
    NotAllowed, InputError : the person asked cannot read the plan
    """
    plan = locked(plan)
    may(by, Permission.PLAN_UPDATE_ACTION, plan, about=part)
    _require_text(title, LONGEST_TITLE, "title")
    _require_within(plan, part, None)
    _require_readers(plan, [assigned_to] if assigned_to else [])
    made = Task.objects.create(
        plan=plan, part=part, title=title.strip(), due=due, assigned_to=assigned_to, created_by=by,
        created_at=timezone.now(),
    )  # fmt: skip
    asked = None if assigned_to is None else assigned_to.pk
    finish(plan, by=by, what="plan.task-added", kind="task", key=str(made.pk),
           after={"title": made.title, "due": due, "part": _name(part), "assigned_to": asked})  # fmt: skip
    return made


@once
def complete_task(*, task: Task, by: User, why: str = "", idempotency_key: str = "") -> Task:
    """Say that a task is done: whoever it was given to, or anybody who works on the plan."""
    plan = locked(task.plan)
    kept = Task.objects.select_related("assigned_to", "part__plan").get(pk=task.pk)
    is_own = kept.assigned_to is not None and kept.assigned_to.pk == by.pk
    may(by, Permission.PLAN_READ if is_own else Permission.PLAN_UPDATE_ACTION, plan, about=kept.part)
    if kept.done_at is None:
        kept.done_at, kept.done_by = timezone.now(), by
        kept.save(update_fields=["done_at", "done_by"])
        finish(plan, by=by, what="plan.task-completed", kind="task", key=str(kept.pk), why=why)
    return kept


@once
def reopen_task(*, task: Task, by: User, why: str = "", idempotency_key: str = "") -> Task:
    """Say that a task is not done after all: whoever could say that it is."""
    plan = locked(task.plan)
    kept = Task.objects.select_related("assigned_to", "part__plan").get(pk=task.pk)
    is_own = kept.assigned_to is not None and kept.assigned_to.pk == by.pk
    may(by, Permission.PLAN_READ if is_own else Permission.PLAN_UPDATE_ACTION, plan, about=kept.part)
    if kept.done_at is not None:
        kept.done_at, kept.done_by = None, None
        kept.save(update_fields=["done_at", "done_by"])
        finish(plan, by=by, what="plan.task-reopened", kind="task", key=str(kept.pk), why=why)
    return kept


def _name(part: PlanPart | None) -> str:
    return "" if part is None else f"{part.kind} {part.key}"


def _require_text(text: str, most: int, field: str) -> None:
    if not text.strip() or len(text) > most or "\x00" in text:
        raise InputError(Finding(
            "text-not-usable", field,
            Text(f"Teksten skal have 1 til {most} tegn.", f"The text must have 1 to {most} characters."),
            Text("Intet er gemt.", "Nothing was kept."),
            Text("Skriv noget, eller kort det af.", "Write something, or shorten it."),
        ))  # fmt: skip


def _require_within(plan: Plan, part: PlanPart | None, answers: Comment | None) -> None:
    if any(each is not None and each.plan.pk != plan.pk for each in (part, answers)):
        raise InputError(Finding(
            "of-another-plan", str(plan.pk),
            Text("Det hører til en anden plan.", "It belongs to another plan."),
            Text("Intet er gemt.", "Nothing was kept."),
            Text("Hent siden igen.", "Fetch the page again."),
        ))  # fmt: skip


def _require_readers(plan: Plan, people: Iterable[User]) -> None:
    """Who cannot read the plan is not called to it: the call would say what it is about."""
    state = PlanState(plan.state)
    if outside := [
        user for user in people
        if not decide(user, Permission.PLAN_READ, organisation=plan.organisation, state=state).allowed
    ]:  # fmt: skip
        raise InputError([
            Finding(
                "person-cannot-read", user.name,
                Text(f"{user.name} kan ikke læse planen.", f"{user.name} cannot read the plan."),
                Text("Intet er gemt.", "Nothing was kept."),
                Text("Giv dem en rolle først, eller nævn en anden.", "Give them a role first, or name somebody else."),
            )
            for user in outside
        ])  # fmt: skip
