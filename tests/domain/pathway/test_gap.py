"""The gap against a municipality of 200 t: energy 100, transport 60, agriculture 40, flat from 2023 to 2031."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import by_sector, by_year
from klimaplan.domain import axes
from klimaplan.domain.errors import CoverageError, InputError
from klimaplan.domain.inventory.account import SECTORS, Sector
from klimaplan.domain.pathway.gap import measure_gap, pct_of_base, reduction_needed, share_by_effort
from klimaplan.domain.pathway.target import (
    ALL_BUT_AGRICULTURE,
    ALL_SECTORS,
    BaseYear,
    IntensityTarget,
    LevelTarget,
    ReductionTarget,
)
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series

FARMS = (Sector.AGRICULTURE,)


def flat(energy: float, transport: float, agriculture: float) -> Series:
    return by_sector([[level] * 9 for level in (energy, transport, agriculture, 0.0, 0.0)])


FLAT = flat(100.0, 60.0, 40.0)
WITH_SINK = flat(100.0, 60.0, -40.0)


def in_year(series: Series | None, year: int) -> list[float]:
    assert series is not None
    return series.select(year=year).values.tolist()


# -- by hand -----------------------------------------------------------------------------------------------------


def test_one_target_by_hand() -> None:
    gap = measure_gap(FLAT, [LevelTarget(2027, 100.0)])
    # from 200 in 2023 to 100 in 2027: 25 a year
    assert gap.path[ALL_SECTORS].values.tolist() == [200.0, 175.0, 150.0, 125.0, 100.0]
    assert gap.excess[ALL_SECTORS].values.tolist() == [0.0, 25.0, 50.0, 75.0, 100.0]
    assert gap.milestones == {ALL_SECTORS: {2027: 100.0}}
    # energy emits 100 of 200: half of the 100 t; transport 60/200; agriculture 40/200
    assert in_year(gap.by_sector, 2027) == pytest.approx([50.0, 30.0, 20.0, 0.0, 0.0])


def test_the_path_runs_through_every_target() -> None:
    gap = measure_gap(FLAT, [LevelTarget(2031, 0.0), LevelTarget(2025, 120.0)])
    # 200 → 120 in two years, then 120 → 0 in six
    assert gap.path[ALL_SECTORS].values == pytest.approx([200, 160, 120, 100, 80, 60, 40, 20, 0])


def test_a_sink_gets_nothing_of_the_gap() -> None:
    # 100 + 60 − 40 = 120; allowed 60, so 60 t over the 160 t that are emitted: 60 · 100/160 and 60 · 60/160
    gap = measure_gap(WITH_SINK, [LevelTarget(2027, 60.0)])
    assert in_year(gap.by_sector, 2027) == pytest.approx([37.5, 22.5, 0.0, 0.0, 0.0])


def test_sector_targets_have_gaps_of_their_own_that_stay_within_their_sectors() -> None:
    farms = ReductionTarget(2027, BaseYear(2018, 40.0, "plan"), 55.0, FARMS)
    rest = ReductionTarget(2027, BaseYear(2018, 160.0, "plan"), 70.0, ALL_BUT_AGRICULTURE)
    gap = measure_gap(FLAT, [farms, rest])
    # agriculture: 40 − 18 = 22; the rest: 160 − 48 = 112, of which energy 100/160 and transport 60/160
    assert gap.excess[FARMS].at(2027) == pytest.approx(22.0)
    assert gap.excess[ALL_BUT_AGRICULTURE].at(2027) == pytest.approx(112.0)
    assert gap.excess[ALL_SECTORS].at(2027) == pytest.approx(134.0)
    assert in_year(gap.by_sector, 2027) == pytest.approx([70.0, 42.0, 22.0, 0.0, 0.0])


def test_after_the_last_sector_target_the_gap_is_shared_by_effort_again() -> None:
    farms = LevelTarget(2027, 18.0, FARMS)
    rest = LevelTarget(2027, 48.0, ALL_BUT_AGRICULTURE)
    gap = measure_gap(FLAT, [farms, rest, LevelTarget(2031, 0.0)])
    assert in_year(gap.by_sector, 2027) == pytest.approx([70.0, 42.0, 22.0, 0.0, 0.0])
    # 66 in 2027 and 0 in 2031: the whole 200 t are too much, half of them energy
    assert in_year(gap.by_sector, 2031) == pytest.approx([100.0, 60.0, 40.0, 0.0, 0.0])


def test_sector_targets_in_different_years_leave_the_overall_gap_shared_by_effort() -> None:
    """2025 covers agriculture only, so no overall path bends there, and the parts do not add up before 2027."""
    gap = measure_gap(
        FLAT,
        [LevelTarget(2025, 0.0, FARMS), LevelTarget(2027, 0.0, FARMS), LevelTarget(2027, 80.0, ALL_BUT_AGRICULTURE)],
    )
    # overall 200 → 80 in 2027: in 2025 140 are allowed, 60 too much, shared 5:3:2
    assert in_year(gap.by_sector, 2025) == pytest.approx([30.0, 18.0, 12.0, 0.0, 0.0])
    # in 2027 the parts are 40 and 80, together the 120 of the whole
    assert in_year(gap.by_sector, 2027) == pytest.approx([50.0, 30.0, 40.0, 0.0, 0.0])


def test_a_sector_target_alone_says_nothing_of_the_whole() -> None:
    gap = measure_gap(FLAT, [LevelTarget(2027, 18.0, FARMS)])
    assert gap.excess[FARMS].at(2027) == 22.0
    assert gap.by_sector is None
    assert ALL_SECTORS not in gap.path


def test_below_the_path_the_gap_is_negative() -> None:
    assert measure_gap(FLAT, [LevelTarget(2027, 250.0)]).excess[ALL_SECTORS].at(2027) == -50.0


def test_an_intensity_target_is_a_level_with_people_in_it() -> None:
    # 2 t for 30 inhabitants are 60 t
    assert measure_gap(FLAT, [IntensityTarget(2027, 2.0, 30.0)]).excess[ALL_SECTORS].at(2027) == 140.0


def test_a_municipality_that_takes_up_more_than_it_emits_is_measured_like_any_other() -> None:
    gap = measure_gap(flat(4.0, 3.0, -17.0), [LevelTarget(2027, -14.0)])
    # −10 against −14: 4 t too much, to be found where there are emissions, 4:3
    assert gap.excess[ALL_SECTORS].at(2027) == 4.0
    assert in_year(gap.by_sector, 2027) == pytest.approx([16 / 7, 12 / 7, 0.0, 0.0, 0.0])


def test_where_nothing_emits_there_is_nothing_to_share() -> None:
    gap = measure_gap(flat(-1.0, -1.0, -8.0), [LevelTarget(2025, -12.0)])
    assert gap.excess[ALL_SECTORS].at(2025) == 2.0
    assert gap.by_sector is not None
    assert gap.by_sector.missing == {
        (sector, year): NotationKey.NOT_OCCURRING for sector in SECTORS.labels for year in (2023, 2024, 2025)
    }


def test_a_missing_sector_stops_the_targets_that_need_it() -> None:
    values = FLAT.values.copy()
    values[2] = np.nan
    holes = {("agriculture", year): NotationKey.NOT_ESTIMATED for year in range(2023, 2032)}
    holed = Series(values, FLAT.axes, FLAT.unit, FLAT.provenance, holes)
    with pytest.raises(CoverageError, match="agriculture/2023: The value is missing"):
        measure_gap(holed, [LevelTarget(2027, 0.0)])
    assert measure_gap(holed, [LevelTarget(2027, 30.0, (Sector.ENERGY,))]).excess[(Sector.ENERGY,)].at(2027) == 70.0


def test_a_target_behind_the_account_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(InputError, match="A target year must lie between 2024 and 2050"):
        measure_gap(FLAT, [LevelTarget(2023, 0.0)])


def test_without_targets_there_is_no_gap() -> None:
    gap = measure_gap(FLAT, [])
    assert (gap.milestones, gap.path, gap.excess, gap.by_sector) == ({}, {}, {}, None)


# -- percent, and what is needed ---------------------------------------------------------------------------------


def test_the_gap_in_percent_of_the_base_year() -> None:
    percent = pct_of_base(by_year([0.0, 25.0], first=2023), BaseYear(1990, 500.0, "plan"))
    assert percent is not None
    assert percent.values.tolist() == [0.0, 5.0]
    assert (str(percent.unit), percent.provenance.steps[-1]) == ("1", "percent of 1990")


@pytest.mark.parametrize("tonnes", [0.0, -5.0])
def test_percent_of_zero_or_less_is_not_given(tonnes: float) -> None:
    assert pct_of_base(by_year([25.0]), BaseYear(1990, tonnes, "plan")) is None


def test_what_is_needed_from_a_later_year() -> None:
    target = ReductionTarget(2030, BaseYear(1990, 1000.0, "plan"), 70.0)
    assert reduction_needed(target, BaseYear(2023, 650.0, "account")) == pytest.approx(350.0)
    assert reduction_needed(target, BaseYear(2023, 250.0, "account")) == pytest.approx(-50.0)


def test_path_and_gap_say_what_they_are() -> None:
    gap = measure_gap(FLAT, [LevelTarget(2027, 100.0)])
    excess = gap.excess[ALL_SECTORS].provenance
    assert (excess.kind, excess.method, excess.steps[-1]) == (Kind.CALCULATED, "gap", "baseline minus target path")
    assert gap.path[ALL_SECTORS].provenance.steps[-1] == "straight line to the target of 2027"


# -- laws --------------------------------------------------------------------------------------------------------

LEVELS = st.floats(-1e6, 1e6, allow_subnormal=False)
BASELINES = st.lists(st.lists(LEVELS, min_size=9, max_size=9), min_size=5, max_size=5).map(by_sector)
POINTS = st.dictionaries(st.integers(2024, 2031), LEVELS, min_size=1, max_size=4)


@given(BASELINES, POINTS)
def test_the_path_starts_at_the_last_observed_value_and_meets_every_target(
    baseline: Series, points: dict[int, float]
) -> None:
    path = measure_gap(baseline, [LevelTarget(year, level) for year, level in points.items()]).path[ALL_SECTORS]
    assert path.at(2023) == pytest.approx(baseline.sum(axes.SECTOR).at(2023), abs=1e-6)
    assert {year: path.at(year) for year in points} == pytest.approx(points, abs=1e-6)
    assert path.axis(axes.YEAR).labels[-1] == max(points)


@given(BASELINES, POINTS)
def test_gap_and_path_add_up_to_the_baseline(baseline: Series, points: dict[int, float]) -> None:
    gap = measure_gap(baseline, [LevelTarget(year, level) for year, level in points.items()])
    span = gap.path[ALL_SECTORS].axis(axes.YEAR).labels
    together = gap.excess[ALL_SECTORS] + gap.path[ALL_SECTORS]
    assert together.values == pytest.approx(baseline.sum(axes.SECTOR).take(axes.YEAR, span).values, abs=1e-6)


@given(BASELINES, POINTS)
def test_shares_add_up_to_the_gap_and_sinks_get_nothing(baseline: Series, points: dict[int, float]) -> None:
    excess = measure_gap(baseline, [LevelTarget(year, level) for year, level in points.items()]).excess[ALL_SECTORS]
    shared = share_by_effort(excess, baseline)
    kept = baseline.take(axes.YEAR, excess.axis(axes.YEAR).labels).values
    there = np.isfinite(shared.values).all(axis=0)
    assert shared.values[:, there].sum(axis=0) == pytest.approx(excess.values[there], rel=1e-9, abs=1e-6)
    assert (shared.values[:, there][kept[:, there] <= 0.0] == 0.0).all()
    assert (kept.max(axis=0) > 0.0).tolist() == there.tolist()


@given(BASELINES, LEVELS, LEVELS, LEVELS)
def test_gaps_by_sector_always_add_up_to_the_whole(baseline: Series, farms: float, rest: float, later: float) -> None:
    gap = measure_gap(
        baseline,
        [LevelTarget(2027, farms, FARMS), LevelTarget(2027, rest, ALL_BUT_AGRICULTURE), LevelTarget(2031, later)],
    )
    assert gap.by_sector is not None
    there = np.isfinite(gap.by_sector.values).all(axis=0)
    overall = gap.excess[ALL_SECTORS].values
    assert gap.by_sector.values[:, there].sum(axis=0) == pytest.approx(overall[there], rel=1e-9, abs=1.0)


@given(BASELINES, st.integers(2024, 2031), LEVELS, st.floats(1.0, 1e5))
def test_a_stricter_target_leaves_a_larger_gap(baseline: Series, year: int, level: float, stricter: float) -> None:
    loose, strict = (
        measure_gap(baseline, [LevelTarget(year, allowed)]).excess[ALL_SECTORS].at(year)
        for allowed in (level, level - stricter)
    )
    assert strict - loose == pytest.approx(stricter, abs=1e-6)
