"""The sector-interval test on round figures: weighing, the edges of the verdict, and whom it cannot judge."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.made_plan import SEEN, table
from klimaplan.domain import axes
from klimaplan.domain.errors import AxisError, InputError
from klimaplan.domain.pathway.interval import (
    Bounds,
    IntervalSector,
    Verdict,
    by_interval_sector,
    interval_test,
    sector_of,
    weigh_bounds,
)
from klimaplan.domain.series import Series

ENERGY, TRANSPORT = IntervalSector.ENERGY, IntervalSector.TRANSPORT

BOUNDS = {ENERGY: Bounds(0.5, 0.75, 1.0), TRANSPORT: Bounds(0.25, 0.5, 0.75)}
EQUAL = {ENERGY: 500.0, TRANSPORT: 500.0}
"""Half of each: from 37.5 % by way of 62.5 % to 87.5 %, shares that a computer holds exactly."""


def test_the_range_of_the_total_leans_towards_the_larger_sector() -> None:
    # three quarters of energy: 0.375 + 0.0625, 0.5625 + 0.125, 0.75 + 0.1875
    assert weigh_bounds({ENERGY: 750.0, TRANSPORT: 250.0}, BOUNDS) == Bounds(0.4375, 0.6875, 0.9375)


@pytest.mark.parametrize(
    ("allowed", "verdict"),
    [
        (1000.0, Verdict.BELOW_LOW),
        (625.001, Verdict.BELOW_LOW),
        (625.0, Verdict.NEEDS_REASON),
        (375.001, Verdict.NEEDS_REASON),
        (375.0, Verdict.ACCEPTED),
        (125.0, Verdict.ACCEPTED),
        (0.0, Verdict.ACCEPTED),
        (-100.0, Verdict.ACCEPTED),
    ],
)
def test_the_edges_belong_upwards(allowed: float, verdict: Verdict) -> None:
    assert interval_test(EQUAL, BOUNDS, allowed_2030=allowed).verdict is verdict


def test_the_same_tonnes_from_another_base_year_are_the_same_target() -> None:
    # −75 % of 2,000 t in 1990 and −50 % of 1,000 t in 2019 both allow 500 t
    since_1990 = interval_test(EQUAL, BOUNDS, allowed_2030=2000.0 * 0.25)
    since_2019 = interval_test(EQUAL, BOUNDS, allowed_2030=1000.0 * 0.5)
    assert since_1990 == since_2019
    assert since_1990.reduction == 0.5


def test_a_sector_that_takes_up_weighs_negatively() -> None:
    # (600 · 0.5 − 100 · 0.25) / 500
    assert weigh_bounds({ENERGY: 600.0, TRANSPORT: -100.0}, BOUNDS).low == pytest.approx(0.55)


@pytest.mark.parametrize("transport", [-500.0, -501.0])
def test_shares_of_nothing_are_refused(transport: float) -> None:
    with pytest.raises(InputError, match="no meaning"):
        interval_test({ENERGY: 500.0, TRANSPORT: transport}, BOUNDS, allowed_2030=10.0)


@pytest.mark.parametrize(
    ("ref", "sector"),
    [
        ("I.1.1", "energy"),
        ("I.2.1", "energy"),
        ("I.3.1", "industry"),
        ("I.6.2", "energy"),
        ("II.1.1", "transport"),
        ("III.1.1", "other"),
        ("IV.1", "industry"),
        ("V.2", "agriculture"),
        ("VI.1", "other"),
    ],
)
def test_a_gpc_reference_has_one_sector_of_the_test(ref: str, sector: str) -> None:
    assert sector_of(ref) == sector


def test_the_weights_are_the_streams_of_2019() -> None:
    made = table()
    earlier = Series(
        made.emissions.values, (*made.emissions.axes[:2], axes.years(2019, 2029)), made.emissions.unit, SEEN
    )
    # homes 100 and power 40; cars 80; cows 60 and a forest that takes up 20
    assert by_interval_sector(replace(made, emissions=earlier)) == {
        "energy": 140.0, "transport": 80.0, "industry": 0.0, "agriculture": 40.0, "other": 0.0,
    }  # fmt: skip
    with pytest.raises(AxisError, match="2019"):
        by_interval_sector(made)


AMOUNTS = st.floats(0.0, 1e6)


@given(AMOUNTS, st.floats(1.0, 1e6), st.floats(0.1, 100.0))
def test_the_range_lies_between_those_of_the_sectors_and_has_no_size(
    energy: float, transport: float, by: float
) -> None:
    emitted = {ENERGY: energy, TRANSPORT: transport}
    whole = weigh_bounds(emitted, BOUNDS)
    assert 0.25 - 1e-12 <= whole.low <= 0.5 + 1e-12
    larger = weigh_bounds({sector: tonnes * by for sector, tonnes in emitted.items()}, BOUNDS)
    assert (larger.low, larger.mid, larger.high) == pytest.approx((whole.low, whole.mid, whole.high))
