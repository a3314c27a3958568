"""Standing in the programme: laws, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import InputError
from klimaplan.domain.programme import Certainty, FirstPlan, Intake, Precision, Standing, standings, timeline

DAYS = st.dates(date(2019, 1, 1), date(2026, 11, 24))


def _intake(code: str, entered: date | None, cohort: str = "pilot") -> Intake:
    return Intake(code, cohort, entered, Precision.DAY, None, Certainty.FOUND, "a")


def _plan(code: str, day: date) -> FirstPlan:
    return FirstPlan(code, day, Precision.DAY, "approved", Certainty.FOUND, "a")


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=12), DAYS)
def test_the_last_moment_is_how_things_stand_that_day(rows: list[tuple[date, date]], until: date) -> None:
    intakes = [_intake(str(100 + index), entered) for index, (entered, _) in enumerate(rows)]
    plans = [_plan(str(100 + index), day) for index, (_, day) in enumerate(rows)]
    moments = timeline(intakes, plans, until=until)
    if moments:
        assert moments[-1].standings == standings(intakes, plans, on=until)
    for moment in moments:
        assert sum(moment.count(standing) for standing in Standing) == len(rows)


@given(st.lists(DAYS, min_size=2, max_size=6))
def test_a_plan_once_there_stays(days: list[date]) -> None:
    intakes = [_intake(str(100 + index), date(2019, 1, 1)) for index in range(len(days))]
    plans = [_plan(str(100 + index), day) for index, day in enumerate(days)]
    counts = [each.count(Standing.WITH_PLAN) for each in timeline(intakes, plans, until=date(2026, 11, 24))]
    assert counts == sorted(counts)


def test_a_member_of_c40_is_on_a_way_of_its_own_until_its_plan() -> None:
    intakes, day = [_intake("101", None, "c40-member")], date(2023, 12, 31)
    assert standings(intakes, [_plan("101", day)], on=day - timedelta(1))["101"] is Standing.OWN_WAY
    assert standings(intakes, [_plan("101", day)], on=day)["101"] is Standing.WITH_PLAN


def test_plans_without_an_intake_are_all_named() -> None:
    with pytest.raises(InputError) as refused:
        timeline([], [_plan("161", date(2024, 1, 1)), _plan("101", date(2024, 1, 1))], until=date(2026, 1, 1))
    assert [finding.place for finding in refused.value.findings] == ["101", "161"]
