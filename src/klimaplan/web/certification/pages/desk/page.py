"""The reviewer's desk: the queue with days and deadlines, one's own load, and what a conflict keeps away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.utils import timezone

from klimaplan.domain.certification.workflow import OWNER, Actor, State
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, decide, require
from klimaplan.web.certification.cases import selectors
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages import words
from klimaplan.web.config.errors import language


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case in the queue; days are whole days since its last step."""

    key: int
    organisation: str
    title: str
    demo: bool
    state: str
    round: int
    deadline: date | None
    late: bool
    days: int
    reviewer: str


@dataclass(frozen=True, slots=True)
class Own:
    """One's own load.

    Parameters
    ----------
    median_days : until the first answer; empty where nothing was answered yet
    """

    open: int
    done: int
    median_days: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything on the page.

    Parameters
    ----------
    hidden : how many cases a conflict keeps away
    """

    mine: tuple[Waiting, ...]
    free: tuple[Waiting, ...]
    others: tuple[Waiting, ...]
    answering: tuple[Waiting, ...]
    hidden: int
    load: Own | None
    signs: bool

    @property
    def is_empty(self) -> bool:
        return not (self.mine or self.free or self.others or self.answering)


def desk_page(user: User) -> DeskPage:
    """The desk of a reviewer or a signatory; `NotAllowed` for everybody else."""
    signs = decide(user, Permission.PLAN_SIGN, organisation=None, state=PlanState.SUBMITTED).allowed
    reviews = decide(user, Permission.PLAN_ASSESS, organisation=None, state=PlanState.SUBMITTED).allowed
    if not signs:
        require(user, Permission.PLAN_ASSESS, organisation=None, state=PlanState.SUBMITTED)
    found = selectors.desk(user)
    answering = selectors.with_the_municipality(user)
    since = selectors.waiting_since([*found, *answering])
    mine = [each for each in found if _is_mine(each, user, signs=signs)]
    free = [each for each in found if reviews and each.reviewer is None]
    rest = [each for each in found if each not in mine and each not in free]
    return DeskPage(
        tuple(_waiting(mine, since)), tuple(_waiting(free, since)), tuple(_waiting(rest, since)),
        tuple(_waiting(answering, since)), selectors.hidden_from(user), _load(user) if reviews else None, signs,
    )  # fmt: skip


def _is_mine(case: Case, user: User, *, signs: bool) -> bool:
    """What this person is to act on: a reviewer on what they have taken, a signatory on what was recommended."""
    if OWNER[State(case.state)] is Actor.SIGNATORY:
        return signs
    return user in (case.reviewer, case.second_reviewer)


def _waiting(found: Iterable[Case], since: Mapping[int, datetime]) -> Iterator[Waiting]:
    today = timezone.localdate()
    for each in found:
        yield Waiting(
            each.pk, each.plan.organisation.name(language()), each.plan.title, bool(each.plan.demo),
            words.state_name(each.state), each.round, each.deadline,
            each.deadline is not None and each.deadline < today,
            (today - timezone.localdate(since[each.pk])).days, each.reviewer.name if each.reviewer else "",
        )  # fmt: skip


def _load(user: User) -> Own:
    found = selectors.load_of(user)
    days = found.days_to_first_answer
    middle = f"{median(days):g}" if days else ""
    return Own(found.open, found.done, middle.replace(".", ",") if language() == "da" else middle)
