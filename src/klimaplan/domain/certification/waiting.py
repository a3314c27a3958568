"""How long cases stand where they stand: from the steps that were taken, in whole days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from klimaplan.domain.certification.workflow import ENDED, State


@dataclass(frozen=True, slots=True)
class Stay:
    """A case stood in a state from one day to another; `left` None means that it still does."""

    case: int
    state: State
    begun: date
    left: date | None

    def days(self, today: date) -> int:
        return ((self.left or today) - self.begun).days


@dataclass(frozen=True, slots=True)
class Where:
    """What is known of one state.

    Parameters
    ----------
    cases : those that stand there now, the longest first
    longest_days : how long the first of them has stood there; None where there is none
    median_days : of the stays that have ended; None where none has
    ended : how many stays that median rests on
    """

    state: State
    cases: tuple[int, ...]
    longest_days: int | None
    median_days: float | None
    ended: int


def stays_of(case: int, opened: date, steps: Sequence[tuple[State, date]]) -> tuple[Stay, ...]:
    """The stays of one case.

    Parameters
    ----------
    steps : the state that each step led to and its day, first to last

    >>> day = date(2026, 9, 1)
    >>> [(str(s.state), s.days(date(2026, 9, 30))) for s in stays_of(1, day, [(State.SCOPING, date(2026, 9, 11))])]
    [('self-assessment', 10), ('scoping', 19)]
    """
    begun = [(State.SELF_ASSESSMENT, opened), *steps]
    ends: list[date | None] = [day for _, day in steps]
    return tuple(Stay(case, state, day, end) for (state, day), end in zip(begun, [*ends, None], strict=True))


def where(stays: Iterable[Stay], today: date) -> Mapping[State, Where]:
    """Every state a case can wait in, in the order of the workflow: who stands there, and how long it has taken.

    A case that has ended waits for nothing, so the states that end one are left out.
    """
    by_state: dict[State, list[Stay]] = defaultdict(list)
    for stay in stays:
        by_state[stay.state].append(stay)
    return {state: _where(state, by_state[state], today) for state in State if state not in ENDED}


def _where(state: State, stays: Sequence[Stay], today: date) -> Where:
    now = sorted((stay for stay in stays if stay.left is None), key=lambda stay: (stay.begun, stay.case))
    over = [stay.days(today) for stay in stays if stay.left is not None]
    return Where(
        state, tuple(stay.case for stay in now), now[0].days(today) if now else None,
        float(median(over)) if over else None, len(over),
    )  # fmt: skip
