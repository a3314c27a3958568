"""What is said about a plan and what is to be done: threads, tasks, and the forms for more of both."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide
from klimaplan.web.plans import selectors as plans
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.models import Comment, Plan, PlanPart, Task
from klimaplan.web.plans.responsible.selectors import keeps
from klimaplan.web.plans.together import selectors
from klimaplan.web.plans.together.readers import readers
from klimaplan.web.workspace.part_page import title_in
from klimaplan.web.workspace.plan_page import Frame, frame_of

THREADS = 30
"""Discussions on a page; beside an action all of them stand, the latest first."""
FILTERS = ("open", "mine", "done", "all")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody said, with the names of those who are called to it."""

    key: int
    who: str
    at: datetime
    text: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """A discussion: what it began with, and the answers in their order."""

    first: Said
    answers: tuple[Said, ...]
    resolved_at: datetime | None
    about: str
    action: str

    @property
    def key(self) -> int:
        return self.first.key

    @property
    def last_at(self) -> datetime:
        return self.answers[-1].at if self.answers else self.first.at


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task, and what may be done with it; `made` is empty where somebody asked themselves."""

    key: int
    title: str
    when: str
    late: bool
    whose: str
    made: str
    about: str
    action: str
    done: str
    may_finish: bool
    may_reopen: bool


@dataclass(frozen=True)
class CommentForm:
    """What is being said: empty, or as it was typed and refused."""

    text: str = ""
    mentioned: frozenset[int] = frozenset()
    about: str = ""
    answers: int | None = None
    errors: tuple[str, ...] = ()
    once: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class TaskForm:
    """What is being asked for: empty, or as it was typed and refused."""

    title: str = ""
    due: str = ""
    assigned_to: str = ""
    about: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    once: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class Talk:
    """Everything that is said and asked, about a plan or one action of it.

    Parameters
    ----------
    about : the key of the action, empty for the whole plan
    open, resolved : discussions, those in which something was said last first
    actions : those that a comment or a task may be about
    askable : those that a new task may be about; None where the person may ask for anything
    """

    plan: int
    about: str
    open: tuple[Thread, ...]
    resolved: tuple[Thread, ...]
    tasks: tuple[TaskLine, ...]
    people: tuple[tuple[int, str], ...]
    actions: tuple[tuple[str, str], ...]
    may_comment: bool
    may_ask: bool
    asks_for_all: bool
    askable: tuple[tuple[str, str], ...]
    comment: CommentForm
    task: TaskForm

    @property
    def count(self) -> int:
        return sum(1 + len(thread.answers) for thread in (*self.open, *self.resolved))


@dataclass(frozen=True)
class TalkPage:
    """The page of a whole plan."""

    frame: Frame
    talk: Talk
    page: Page[Thread]
    filter: str
    filters: tuple[tuple[str, str], ...]
    shown: int | None
    """The comment that the page was opened for."""

    @property
    def shows_closed(self) -> bool:
        """Whether that one stands in a discussion that is closed."""
        return any(_holds(thread, self.shown) for thread in self.talk.resolved)


def talk_page(
    user: User, plan: Plan, query: Mapping[str, str], *, comment: CommentForm | None = None,
    task: TaskForm | None = None,
) -> TalkPage:  # fmt: skip
    chosen = query.get("tasks", "open") if query.get("tasks", "open") in FILTERS else "open"
    talk = talk_about(user, plan, comment=comment, task=task, which=chosen)
    shown = int(query["comment"]) if query.get("comment", "").isdecimal() else None
    pages = Paginator(talk.open, THREADS)
    at = next((number for number, each in enumerate(talk.open) if _holds(each, shown)), None)
    page = pages.get_page(query.get("page", "1") if at is None else at // THREADS + 1)
    names = zip(FILTERS, (_("Open"), _("My own"), _("Finished"), _("All")), strict=True)
    return TalkPage(frame_of(user, plan), talk, page, chosen, tuple(names), shown)


def talk_about(
    user: User, plan: Plan, part: PlanPart | None = None, *, comment: CommentForm | None = None,
    task: TaskForm | None = None, which: str = "all",
) -> Talk:  # fmt: skip
    """What is said and asked about one part of a plan, or about the whole of it."""
    threads = threads_of(list(selectors.comments(plan, part=part)))
    everyone = readers(plan)
    may_comment = _may(user, Permission.PLAN_COMMENT, plan)
    actions = plans.parts(plan, ACTION) if part is None else [part]
    asks_for_all = _may(user, Permission.PLAN_UPDATE_ACTION, plan)
    askable = actions if asks_for_all else [each for each in actions if _may_ask(user, plan, each)]
    about = part.key if part else ""
    return Talk(
        plan.pk, about,
        tuple(each for each in threads if each.resolved_at is None),
        tuple(each for each in threads if each.resolved_at is not None),
        tuple(_tasks(user, plan, part, which, asks_for_all=asks_for_all)),
        tuple((each.pk, each.name) for each in everyone),
        tuple(_named(actions)),
        may_comment, bool(askable) or asks_for_all, asks_for_all,
        tuple(_named(askable)),
        comment or CommentForm(about=about), task or TaskForm(about=about),
    )  # fmt: skip


def threads_of(comments: Sequence[Comment]) -> list[Thread]:
    """Comments put together with what answers them; an answer to an answer stands in the same discussion."""
    by_key = {each.pk: each for each in comments}

    def first_of(each: Comment) -> Comment:
        while each.answers is not None and each.answers.pk in by_key:
            each = by_key[each.answers.pk]
        return each

    answers: dict[int, list[Comment]] = {}
    for each in comments:
        first = first_of(each)
        answers.setdefault(first.pk, [])
        if first is not each:
            answers[first.pk].append(each)
    threads = [_thread(by_key[key], replies) for key, replies in answers.items()]
    return sorted(threads, key=lambda thread: (thread.last_at, thread.key), reverse=True)


def when(due: date, today: date) -> str:
    """A day as somebody hears it who has something to do by it."""
    left = (due - today).days
    if left < 0:
        return ngettext("%(number)d day late", "%(number)d days late", -left) % {"number": -left}
    if left == 0:
        return _("due today")
    return _("due tomorrow") if left == 1 else _("due %(day)s") % {"day": date_format(due, "DATE_FORMAT")}


def _thread(first: Comment, answers: Iterable[Comment]) -> Thread:
    part = first.part
    action = part.key if part is not None and part.kind == ACTION else ""
    return Thread(_said(first), tuple(_said(each) for each in answers), first.resolved_at, _title(part), action)


def _said(each: Comment) -> Said:
    return Said(each.pk, each.by.name, each.at, each.text, tuple(person.name for person in each.mentions.all()))


def _holds(thread: Thread, comment: int | None) -> bool:
    return comment is not None and comment in (thread.key, *(each.key for each in thread.answers))


def _tasks(user: User, plan: Plan, part: PlanPart | None, which: str, *, asks_for_all: bool) -> Iterator[TaskLine]:
    found = selectors.tasks(plan, open_only=which in ("open", "mine")).select_related("part__plan", "done_by")
    if which == "done":
        found = found.filter(done_at__isnull=False).order_by("-done_at")
    if which == "mine":
        found = found.filter(assigned_to=user)
    if part is not None:
        found = found.filter(part=part)
    today, kept = timezone.localdate(), dict[int, bool]()
    for each in sorted(found, key=lambda task: task.done_at is not None):  # what is open stands first
        is_own = each.assigned_to is not None and each.assigned_to.pk == user.pk
        if not asks_for_all and each.part is not None and each.part.pk not in kept:
            kept[each.part.pk] = _may_ask(user, plan, each.part)
        works = is_own or asks_for_all or (each.part is not None and kept[each.part.pk])
        yield _task(each, today, works=works)


def _task(task: Task, today: date, *, works: bool) -> TaskLine:
    is_open = task.done_at is None
    done = ""
    if task.done_at is not None:
        day = date_format(timezone.localtime(task.done_at).date(), "DATE_FORMAT")
        done = _("done %(day)s by %(who)s") % {"who": task.done_by.name if task.done_by else "", "day": day}
    return TaskLine(
        task.pk, task.title, when(task.due, today) if is_open else "", is_open and task.due < today,
        task.assigned_to.name if task.assigned_to else _("anybody"),
        "" if task.assigned_to == task.created_by else task.created_by.name, _title(task.part),
        task.part.key if task.part is not None and task.part.kind == ACTION else "", done,
        is_open and works, not is_open and works,
    )  # fmt: skip


def _title(part: PlanPart | None) -> str:
    return "" if part is None else title_in(kind_of(part.kind), part.key, part.content)


def _named(actions: Iterable[PlanPart]) -> Iterator[tuple[str, str]]:
    for each in actions:
        yield each.key, _title(each)


def _may(user: User, permission: Permission, plan: Plan, *, mine: bool = False) -> bool:
    state = PlanState(plan.state)
    return decide(user, permission, organisation=plan.organisation, state=state, mine=mine).allowed


def _may_ask(user: User, plan: Plan, part: PlanPart) -> bool:
    """Whether somebody may make and finish tasks about a part: whoever works on the plan, or keeps that part."""
    return _may(user, Permission.PLAN_UPDATE_ACTION, plan, mine=keeps(user, part))
