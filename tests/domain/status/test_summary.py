import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import SEEN, by_sector, by_year
from klimaplan.domain import axes, units
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.gap import measure_gap
from klimaplan.domain.pathway.target import LevelTarget, Target
from klimaplan.domain.series import NotationKey, Series
from klimaplan.domain.status.summary import Direction, Prospect, Verdict, describe_development, describe_prospect


@pytest.mark.parametrize(
    ("ends", "direction", "change_pct", "takes_up"),
    [
        pytest.param((200.0, 150.0), Direction.FALLING, -25.0, False, id="falling"),
        pytest.param((200.0, 250.0), Direction.GROWING, 25.0, False, id="growing"),
        pytest.param((200.0, 200.0), Direction.FLAT, 0.0, False, id="unchanged"),
        pytest.param((200.0, 198.0), Direction.FLAT, -1.0, False, id="one percent is still flat"),
        pytest.param((200.0, 197.0), Direction.FALLING, -1.5, False, id="a little more is not"),
        pytest.param((40.0, -10.0), Direction.FALLING, -125.0, True, id="crossing zero downwards"),
        pytest.param((-10.0, 40.0), Direction.GROWING, None, False, id="crossing zero upwards"),
        pytest.param((-80.0, -100.0), Direction.FALLING, None, True, id="taking up more"),
        pytest.param((-100.0, -80.0), Direction.GROWING, None, True, id="taking up less"),
        pytest.param((-100.0, -100.5), Direction.FLAT, None, True, id="taking up the same"),
        pytest.param((0.0, 40.0), Direction.GROWING, None, False, id="from nothing"),
        pytest.param((0.0, 0.0), Direction.FLAT, None, False, id="nothing at all"),
        pytest.param((40.0, 0.0), Direction.FALLING, -100.0, False, id="down to nothing"),
    ],
)
def test_the_development_in_one_word(
    ends: tuple[float, float], direction: Direction, change_pct: float | None, takes_up: bool
) -> None:
    first, last = ends
    seen = describe_development(by_year([first, 12_345.0, last], first=2018))
    assert seen is not None
    assert (seen.first_year, seen.last_year, seen.first, seen.last) == (2018, 2020, first, last)
    assert (seen.direction, seen.takes_up) == (direction, takes_up)
    assert seen.change == last - first
    assert seen.change_pct == (None if change_pct is None else pytest.approx(change_pct))


@pytest.mark.parametrize(("hole", "known"), [(0, False), (1, True), (2, False)])
def test_a_hole_at_either_end_leaves_nothing_to_say(hole: int, known: bool) -> None:
    values = np.array([200.0, 180.0, 150.0])
    values[hole] = np.nan
    span = axes.years(2018, 2020)
    holed = Series(values, (span,), units.TONNES, SEEN, {(2018 + hole,): NotationKey.NOT_ESTIMATED})
    assert (describe_development(holed) is not None) == known


@given(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7))
def test_backwards_the_direction_is_the_opposite(first: float, last: float) -> None:
    opposite = {
        Direction.FALLING: Direction.GROWING, Direction.GROWING: Direction.FALLING, Direction.FLAT: Direction.FLAT,
    }  # fmt: skip
    there, back = describe_development(by_year([first, last])), describe_development(by_year([last, first]))
    assert there is not None
    assert back is not None
    assert back.direction is opposite[there.direction]


# -- what is ahead -----------------------------------------------------------------------------------------------

FLAT = by_sector([[100.0] * 9, [60.0] * 9, [40.0] * 9, [0.0] * 9, [0.0] * 9])


def prospect(*targets: Target, year: int = 2030) -> Prospect:
    return describe_prospect(FLAT.sum(axes.SECTOR), measure_gap(FLAT, targets), year=year)


def test_above_the_target_it_is_missed_by_the_excess() -> None:
    assert prospect(LevelTarget(2030, 120.0)) == Prospect(2030, 200.0, 120.0, 80.0, Verdict.MISSED)


def test_below_the_target_it_is_met_with_room_to_spare() -> None:
    assert prospect(LevelTarget(2030, 230.0)) == Prospect(2030, 200.0, 230.0, -30.0, Verdict.MET)


@pytest.mark.parametrize(("allowed", "verdict"), [(200.0, Verdict.MET), (199.5, Verdict.MET), (198.5, Verdict.MISSED)])
def test_less_than_the_rounding_of_the_account_misses_no_target(allowed: float, verdict: Verdict) -> None:
    assert prospect(LevelTarget(2030, allowed)).verdict is verdict


def test_without_a_target_nothing_is_judged() -> None:
    nothing = Prospect(2030, 200.0, None, None, Verdict.NO_TARGET)
    assert describe_prospect(FLAT.sum(axes.SECTOR), None, year=2030) == nothing
    assert prospect() == nothing


def test_a_target_for_one_sector_judges_no_whole() -> None:
    assert prospect(LevelTarget(2030, 0.0, (Sector.ENERGY,))).verdict is Verdict.NO_TARGET


def test_beyond_the_last_target_nothing_is_judged() -> None:
    assert prospect(LevelTarget(2027, 0.0)).verdict is Verdict.NO_TARGET
