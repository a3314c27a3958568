"""Ramps by hand, and ramps that cannot be."""

import pytest

from klimaplan.domain.actions.ramp import Ramp, Shape, check


def test_a_straight_line_by_hand() -> None:
    assert Ramp(Shape.LINEAR, 2024, 2028).shares(range(2023, 2030)).tolist() == [0, 0, 0.25, 0.5, 0.75, 1, 1]


def test_an_s_curve_is_slow_fast_slow() -> None:
    shares = Ramp(Shape.S_CURVE, 2024, 2028).shares(range(2024, 2029))
    # 3x² − 2x³ at 0, ¼, ½, ¾ and 1
    assert shares.tolist() == [0.0, 3 / 16 - 2 / 64, 0.5, 27 / 16 - 54 / 64, 1.0]


def test_a_step_is_there_at_once() -> None:
    assert Ramp(Shape.STEP, 2025).shares(range(2023, 2027)).tolist() == [0, 0, 1, 1]


def test_a_table_is_read_between_its_years_and_kept_after_the_last() -> None:
    ramp = Ramp(Shape.TABLE, table={2025: 0.2, 2027: 0.6})
    assert ramp.shares(range(2024, 2029)) == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.6])


def test_an_action_may_end() -> None:
    assert Ramp(Shape.STEP, 2024, until=2025).shares(range(2023, 2027)).tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("ramp", "code"),
    [
        pytest.param(Ramp(Shape.LINEAR, 2028, 2025), "ramp-backwards", id="ends before it starts"),
        pytest.param(Ramp(Shape.S_CURVE, 2028, 2028), "ramp-backwards", id="takes no time"),
        pytest.param(Ramp(Shape.TABLE, table={2025: 0.5, 2027: 0.2}), "ramp-backwards", id="falls"),
        pytest.param(Ramp(Shape.STEP, 2028, until=2025), "ramp-backwards", id="is over before it begins"),
        pytest.param(Ramp(Shape.LINEAR, 2025), "ramp-incomplete", id="has no end"),
        pytest.param(Ramp(Shape.STEP), "ramp-incomplete", id="has no start"),
        pytest.param(Ramp(Shape.TABLE), "ramp-incomplete", id="has no table"),
        pytest.param(Ramp(Shape.TABLE, table={2025: 1.2}), "share-out-of-range", id="is more than all"),
        pytest.param(Ramp(Shape.LINEAR, 2025, 2060), "year-outside-horizon", id="ends after the horizon"),
        pytest.param(Ramp(Shape.STEP, 2019), "year-outside-horizon", id="starts before the account"),
        pytest.param(Ramp(Shape.STEP, 2023), "ramp-before-account", id="is in place in the account's last year"),
    ],
)
def test_a_ramp_that_cannot_be_is_named(ramp: Ramp, code: str) -> None:
    found = list(check(ramp, "a01/lever 1", first=2023, last=2050))
    assert [finding.code for finding in found] == [code]
    assert all(finding.place == "a01/lever 1" and finding.remedy.da and finding.remedy.en for finding in found)


def test_a_sound_ramp_has_no_findings() -> None:
    assert not list(check(Ramp(Shape.LINEAR, 2023, 2050), "a01", first=2023, last=2050))
