"""A new target wants no less than the old one: cases computed by hand, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.backsliding import Verdict, backslides, compare
from klimaplan.domain.errors import InputError
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.target import ALL_SECTORS, BaseYear, LevelTarget, ReductionTarget, Target

OLD_1990 = BaseYear(1990, 100_000.0, "first plan")


def test_different_base_years_are_compared_in_tonnes() -> None:
    # −70 % of 100,000 t in 1990 allows 30,000 t; −60 % of 70,000 t in 2018 allows 28,000 t, which is less
    new = [ReductionTarget(2030, BaseYear(2018, 70_000.0, "account"), 60.0)]
    [found] = compare([ReductionTarget(2030, OLD_1990, 70.0)], new)
    assert (found.old_allowed, found.new_allowed, found.verdict) == (
        pytest.approx(30_000.0), pytest.approx(28_000.0), Verdict.SHARPENED,
    )  # fmt: skip


def test_a_higher_percentage_of_a_later_base_year_can_still_be_less() -> None:
    # −55 % of 70,000 t allows 31,500 t: 1,500 t more than before, though 2018 sounds newer
    new = [ReductionTarget(2030, BaseYear(2018, 70_000.0, "account"), 55.0)]
    compared = compare([ReductionTarget(2030, OLD_1990, 70.0)], new)
    [finding] = backslides(compared)
    assert finding.what.en == "The new plan allows 1500 t CO2e more in 2030 than the old one."


def test_after_a_recalculation_the_old_percentage_is_taken_of_the_base_as_it_is_counted_now() -> None:
    # the method changed and 1990 is now 120,000 t: −70 % allows 36,000 t, so 35,000 t is no step back
    old, new = [ReductionTarget(2030, OLD_1990, 70.0)], [LevelTarget(2030, 35_000.0)]
    assert compare(old, new)[0].verdict is Verdict.WEAKENED
    rebased = {(1990, ALL_SECTORS): BaseYear(1990, 120_000.0, "account 4.1")}
    assert compare(old, new, rebased=rebased)[0].verdict is Verdict.SHARPENED


def test_between_two_new_targets_the_path_is_straight() -> None:
    # 40,000 t in 2030 and 0 in 2050 allow 30,000 t in 2035
    new = [LevelTarget(2030, 40_000.0), LevelTarget(2050, 0.0)]
    assert compare([LevelTarget(2035, 30_000.0)], new)[0].verdict is Verdict.KEPT
    assert compare([LevelTarget(2035, 29_000.0)], new)[0].verdict is Verdict.WEAKENED


def test_a_target_moved_to_a_later_year_is_dropped_in_the_old_one() -> None:
    [found] = compare([LevelTarget(2030, 30_000.0)], [LevelTarget(2035, 20_000.0)])
    assert (found.verdict, found.new_allowed) == (Verdict.DROPPED, None)


def test_neutrality_put_off_by_five_years_weakens_the_old_year() -> None:
    # straight from 30,000 t in 2030 to 0 in 2050: 7,500 t are left in 2045
    compared = compare([LevelTarget(2045, 0.0)], [LevelTarget(2030, 30_000.0), LevelTarget(2050, 0.0)])
    assert (compared[0].new_allowed, compared[0].verdict) == (7_500.0, Verdict.WEAKENED)


def test_a_target_of_one_sector_is_not_kept_by_one_of_all() -> None:
    farms = LevelTarget(2030, 10_000.0, (Sector.AGRICULTURE,))
    assert compare([farms], [LevelTarget(2030, 5_000.0)])[0].verdict is Verdict.DROPPED


def test_without_an_old_target_there_is_nothing_to_hold_it_against() -> None:
    with pytest.raises(InputError) as refused:
        compare([], [LevelTarget(2030, 0.0)])
    assert [each.code for each in refused.value.findings] == ["no-old-target"]


PLANS = st.dictionaries(st.integers(2030, 2050), st.floats(-1e5, 1e6), min_size=1, max_size=4).map(
    lambda years: [LevelTarget(year, tonnes) for year, tonnes in years.items()]
)


@given(PLANS)
def test_the_same_plan_again_keeps_everything(plan: list[Target]) -> None:
    assert {each.verdict for each in compare(plan, plan)} == {Verdict.KEPT}


@given(PLANS, st.floats(1.0, 1e5))
def test_allowing_less_everywhere_never_slides_back_and_more_always_does(plan: list[Target], tonnes: float) -> None:
    stricter = [LevelTarget(each.year, each.allowed - tonnes) for each in plan]
    assert backslides(compare(plan, stricter)) == ()
    assert len(backslides(compare(stricter, plan))) == len(plan)
