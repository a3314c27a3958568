"""How long cases have stood where they stand: days counted by hand, and laws."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.waiting import Stay, stays_of, where
from klimaplan.domain.certification.workflow import ENDED, State

TODAY = date(2026, 11, 24)


def test_every_step_ends_one_stay_and_begins_the_next() -> None:
    steps = [(State.SCOPING, date(2026, 3, 11)), (State.DRAFTING, date(2026, 3, 31))]
    assert stays_of(7, date(2026, 3, 1), steps) == (
        Stay(7, State.SELF_ASSESSMENT, date(2026, 3, 1), date(2026, 3, 11)),
        Stay(7, State.SCOPING, date(2026, 3, 11), date(2026, 3, 31)),
        Stay(7, State.DRAFTING, date(2026, 3, 31), None),
    )


def test_medians_rest_on_what_has_ended_and_the_longest_on_what_has_not() -> None:
    stays = [
        Stay(1, State.SUBMITTED, date(2026, 1, 1), date(2026, 1, 11)),  # 10 days
        Stay(2, State.SUBMITTED, date(2026, 2, 1), date(2026, 2, 21)),  # 20
        Stay(3, State.SUBMITTED, date(2026, 3, 1), date(2026, 5, 10)),  # 70
        Stay(4, State.SUBMITTED, date(2026, 11, 1), None),
        Stay(5, State.SUBMITTED, date(2026, 10, 25), None),  # 30 days until 24 November
    ]
    found = where(stays, TODAY)[State.SUBMITTED]
    assert (found.median_days, found.ended) == (20.0, 3)
    assert (found.cases, found.longest_days) == ((5, 4), 30)


def test_what_never_happened_has_no_median_and_no_longest() -> None:
    found = where([], TODAY)[State.REVIEW]
    assert (found.cases, found.longest_days, found.median_days, found.ended) == ((), None, None, 0)


def test_states_that_end_a_case_are_left_out() -> None:
    assert set(where([], TODAY)) == set(State) - ENDED


@given(
    st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    st.lists(st.tuples(st.sampled_from(State), st.integers(0, 90)), max_size=8),
)
def test_the_stays_of_a_case_fill_its_time_without_a_gap(opened: date, moves: list[tuple[State, int]]) -> None:
    day, steps = opened, []
    for state, days in moves:
        day += timedelta(days)
        steps.append((state, day))
    stays = stays_of(1, opened, steps)
    assert sum(stay.days(TODAY) for stay in stays if stay.left) == (day - opened).days
    assert [stay.left is None for stay in stays] == [False] * len(steps) + [True]
