"""What reviewers can expect: quarters counted by hand, and laws."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.forecast import Expected, Quarter, by_quarter, expected, handed_in_by, quarter_of
from klimaplan.domain.errors import InputError

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
LEADS = st.integers(0, 36)


@pytest.mark.parametrize(
    ("due", "months", "day"),
    [
        (date(2028, 12, 31), 6, date(2028, 6, 30)),  # June has no 31st
        (date(2028, 8, 31), 6, date(2028, 2, 29)),  # a leap year
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),  # over the turn of the year
        (date(2027, 10, 14), 12, date(2026, 10, 14)),
        (date(2027, 10, 14), 0, date(2027, 10, 14)),
    ],
)
def test_the_day_to_hand_in(due: date, months: int, day: date) -> None:
    assert handed_in_by(due, months) == day


def test_quarters_backlog_and_need_by_hand() -> None:
    # to be handed in by 2025-10-30 (late), 2027-01-01, 2027-03-31 and 2027-08-31; two are in hand; one reviewer of two
    due = [date(2026, 4, 30), date(2027, 7, 1), date(2027, 9, 30), date(2028, 2, 29)]
    rows = expected(due, lead_months=6, today=TODAY, in_hand=2, reviewers=1, capacity=2)
    assert [(row.quarter, row.reviews, row.late, row.left) for row in rows] == [
        (Quarter(2026, 4), 1, 1, 1),  # 2 + 1 − 2
        (Quarter(2027, 1), 2, 0, 1),  # 1 + 2 − 2
        (Quarter(2027, 2), 0, 0, 0),  # 1 + 0 − 2, and no less than none
        (Quarter(2027, 3), 1, 0, 0),
    ]


def test_what_is_left_is_said_only_where_it_is_asked_and_without_reviewers_everything_is() -> None:
    assert [row.left for row in expected([date(2027, 7, 1)], lead_months=6, today=TODAY)] == [None, None]
    alone = expected([date(2027, 7, 1)], lead_months=6, today=TODAY, in_hand=1, reviewers=0, capacity=4)
    assert [row.left for row in alone] == [1, 2]


def test_with_nothing_due_there_is_this_quarter_and_nothing_in_it() -> None:
    assert expected([], lead_months=6, today=TODAY) == (Expected(Quarter(2026, 4), 0),)


def test_people_needed_are_rounded_up() -> None:
    assert [Expected(Quarter(2027, 1), reviews).reviewers(4) for reviews in (0, 1, 4, 5, 59)] == [0, 1, 1, 2, 15]


def test_every_number_below_zero_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        expected([], lead_months=-1, today=TODAY, in_hand=-2)
    assert [each.place for each in refused.value.findings] == ["lead_months=-1", "in_hand=-2"]


def test_days_are_counted_in_their_quarter() -> None:
    assert by_quarter([date(2026, 12, 31), date(2027, 1, 1), date(2026, 10, 1)]) == {
        Quarter(2026, 4): 2, Quarter(2027, 1): 1,
    }  # fmt: skip


@given(st.lists(DAYS), LEADS, DAYS)
def test_no_plan_is_lost_and_no_quarter_left_out(due: list[date], lead: int, today: date) -> None:
    rows = expected(due, lead_months=lead, today=today)
    assert sum(row.reviews for row in rows) == len(due)
    assert rows[0].quarter == quarter_of(today)
    assert all(row.quarter.following == later.quarter for row, later in pairwise(rows))


@given(st.lists(DAYS), LEADS, st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
def test_more_reviewers_leave_no_more_waiting(
    due: list[date], lead: int, in_hand: int, people: int, capacity: int
) -> None:
    few, many = (
        expected(due, lead_months=lead, today=TODAY, in_hand=in_hand, reviewers=number, capacity=capacity)
        for number in (people, people + 1)
    )
    waiting = [(one.left, other.left) for one, other in zip(few, many, strict=True)]
    assert all(one is not None and other is not None and one >= other for one, other in waiting)


@given(DAYS, LEADS)
def test_handing_in_is_never_after_the_day_and_never_a_month_off(due: date, lead: int) -> None:
    day = handed_in_by(due, lead)
    assert day <= due
    assert (due.year - day.year) * 12 + due.month - day.month == lead
    # the day stays, unless the month is too short for it
    assert day.day == due.day or ((day + timedelta(1)).day == 1 and day.day < due.day)
