"""When a plan is due: hand-computed days around council terms and leap years, and laws."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.due import Revision, Why, by_year, due, due_days, next_term, years_after
from klimaplan.domain.errors import InputError

APPROVED = st.dates(date(2020, 11, 1), date(2040, 12, 31))


def test_a_plan_without_rules_of_its_own_is_due_after_five_years() -> None:
    # Roskilde, among the first three: by 19 November 2020
    assert (due(date(2020, 11, 19)).day, due(date(2020, 11, 19)).why) == (date(2025, 11, 19), Why.FRAMEWORK)


@pytest.mark.parametrize(
    ("approved", "expected"),
    [
        # councils sit from 1 January 2022, 2026, 2030: the first year of the next term ends the same year
        (date(2022, 10, 14), date(2026, 12, 31)),
        (date(2025, 12, 31), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2030, 12, 31)),
        # approved late in a term's first year, the framework's five years end after the next first year
        (date(2026, 12, 31), date(2030, 12, 31)),
        # approved in the last year but one: the term's first year comes three years later, before the five
        (date(2027, 6, 1), date(2030, 12, 31)),
    ],
)
def test_a_council_that_wants_it_new_in_its_first_year(approved: date, expected: date) -> None:
    found = due(approved, Revision(in_first_year_of_term=True))
    assert (found.day, found.why) == (expected, Why.COUNCIL_TERM)


def test_herning_revises_every_fourth_year() -> None:
    assert due(date(2022, 10, 14), Revision(own_years=4)).day == date(2026, 10, 14)


def test_the_29th_of_february_becomes_the_28th_and_stays_it_in_a_leap_year() -> None:
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    # 2100 is no leap year
    assert years_after(date(2096, 2, 29), 4) == date(2100, 2, 28)


@given(APPROVED, st.none() | st.integers(1, 5), st.booleans())
def test_no_rule_of_ones_own_ever_puts_it_off(approved: date, years: int | None, term: bool) -> None:
    assert due(approved, Revision(years, term)).day <= due(approved).day


@given(APPROVED)
def test_the_next_term_begins_after_the_day_and_within_four_years(approved: date) -> None:
    begins = date(next_term(approved), 1, 1)
    assert approved < begins <= approved + timedelta(days=4 * 366)
    assert begins.year % 4 == 2


@given(APPROVED, st.integers(1, 5))
def test_a_period_is_never_longer_than_it_says(approved: date, years: int) -> None:
    after = years_after(approved, years)
    assert after.year - approved.year == years
    assert (after.month, after.day) <= (approved.month, approved.day)


@given(APPROVED, st.none() | st.integers(1, 5), st.booleans())
def test_the_first_of_all_days_counts(approved: date, years: int | None, term: bool) -> None:
    days = [each.day for each in due_days(approved, Revision(years, term))]
    assert days == sorted(days)
    assert len(days) == 1 + (years is not None) + term


@pytest.mark.parametrize("years", [0, -1, 6])
def test_more_years_than_the_framework_allows_are_refused(years: int) -> None:
    with pytest.raises(InputError) as refused:
        due(date(2022, 10, 14), Revision(own_years=years))
    assert [each.code for each in refused.value.findings] == ["revision-years-out-of-range"]


def test_the_calendar_counts_by_year() -> None:
    assert by_year([due(date(2022, 9, 1)), due(date(2022, 11, 1)), due(date(2020, 11, 19))]) == {2025: 1, 2027: 2}
