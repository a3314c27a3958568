"""The course of DK2020 and the alliance, against what the partners published."""

from __future__ import annotations

from collections import Counter
from datetime import date

from klimaplan.domain.geography import members
from klimaplan.domain.programme import Certainty, Standing, cohort_on, standings, timeline
from klimaplan.reference import load

TODAY = date(2026, 11, 24)


def test_every_municipality_has_a_cohort_today() -> None:
    codes = {each.code for each in load.municipalities()}
    found = {code: cohort_on(load.intakes(), code, on=TODAY) for code in codes}
    # 20 pilots; 46 announced for round 1 less Syddjurs; its 30 known or derived and Syddjurs; Glostrup; København
    assert Counter(each.cohort if each else None for each in found.values()) == {
        "pilot": 20, "round-1": 45, "round-2": 31, "later": 1, "c40-member": 1,
    }  # fmt: skip


def test_the_first_round_as_announced_has_the_size_that_was_announced() -> None:
    announced = [each for each in load.intakes() if each.cohort == "round-1"]
    [round_1] = [each for each in load.cohorts() if each.slug == "round-1"]
    assert len(announced) == round_1.size_announced == 46
    assert {each.entered for each in announced} == {date(2020, 11, 19)}


def test_syddjurs_moved_from_round_1_to_round_2() -> None:
    assert [each.cohort for each in load.intakes() if each.municipality == "706"] == ["round-1", "round-2"]


def test_cohorts_by_region_as_the_lists_give_them() -> None:
    # Midtjylland: 4 pilots, 10 announced for round 1, the rest 5 and Syddjurs; Sjælland: 4, 7, 6
    by_region = {
        slug: Counter(each.cohort for each in load.intakes() if each.municipality in inside)
        for slug in ("midtjylland", "sjaelland", "syddanmark", "nordjylland", "hovedstaden")
        if (inside := members(load.memberships("region"), slug, on=TODAY))
    }
    assert by_region == {
        "midtjylland": {"pilot": 4, "round-1": 10, "round-2": 6},
        "sjaelland": {"pilot": 4, "round-1": 7, "round-2": 6},
        "syddanmark": {"pilot": 5, "round-1": 14, "round-2": 3},
        "nordjylland": {"pilot": 2, "round-1": 3, "round-2": 6},
        "hovedstaden": {"pilot": 5, "round-1": 12, "round-2": 10, "later": 1, "c40-member": 1},
    }


def test_ten_of_the_capital_region_are_not_confirmed() -> None:
    unsure = [each.municipality for each in load.intakes() if each.certainty is Certainty.NOT_CONFIRMED]
    assert unsure == ["155", "183", "187", "219", "223", "240", "250", "260", "270", "400"]


def test_the_first_round_was_planned_to_april_and_ended_in_october_2022() -> None:
    [round_1] = [each for each in load.cohorts() if each.slug == "round-1"]
    assert (round_1.planned[1], round_1.actual[1]) == (date(2022, 4, 30), date(2022, 10, 31))


def test_the_phases_overlap_for_nine_months() -> None:
    dk2020, alliance = load.phases()
    assert (alliance.valid_from, dk2020.valid_to) == (date(2023, 4, 1), date(2023, 12, 31))


def test_how_the_map_turned_green() -> None:
    known = {day: Counter(standings(load.intakes(), load.first_plans(), on=day).values()) for day in _DAYS}
    # Samsø, Sønderborg and Roskilde were first; Køge followed in December 2020; all pilots by April 2021
    assert known[date(2020, 11, 19)][Standing.WITH_PLAN] == 3
    assert known[date(2020, 12, 15)][Standing.WITH_PLAN] == 4
    assert known[date(2021, 4, 30)][Standing.WITH_PLAN] == 20
    # the 22 of Syddanmark are five pilots and seventeen more; then Herning
    assert known[date(2023, 5, 31)][Standing.WITH_PLAN] == 20 + 17 + 1
    # all but Glostrup: one more than the sources count, because the second without a plan is not named
    assert known[date(2023, 12, 31)] == {Standing.WITH_PLAN: 97, Standing.NOT_IN: 1}
    assert known[date(2024, 2, 1)] == {Standing.WITH_PLAN: 97, Standing.UNDER_WAY: 1}
    assert known[TODAY] == {Standing.WITH_PLAN: 98}


_DAYS = (
    date(2020, 11, 19), date(2020, 12, 15), date(2021, 4, 30), date(2023, 5, 31), date(2023, 12, 31), date(2024, 2, 1),
    TODAY,
)  # fmt: skip


def test_the_timeline_tells_every_change_once() -> None:
    moments = timeline(load.intakes(), load.first_plans(), until=TODAY)
    assert [each.day for each in moments] == sorted({each.day for each in moments})
    assert sorted(code for each in moments for code in each.finished) == [each.code for each in load.municipalities()]
    entered = Counter(code for each in moments for code in each.entered)
    # København's day is not known, and Syddjurs entered twice
    assert entered["101"] == 0
    assert entered["706"] == 2
    assert len(entered) == 97


def test_counts_are_statements_with_a_day_and_a_source() -> None:
    said = [(each.about, each.stated_on, each.value) for each in load.statements()]
    assert ("dk2020-participants", date(2021, 9, 27), 94) in said
    assert ("dk2020-participants", date(2023, 12, 31), 95) in said
    assert ("approved-plans", date(2024, 12, 31), 96) in said
    assert ("alliance-members", date(2024, 2, 1), 98) in said
    assert all(each.source in load.bibliography() for each in load.statements())
