"""The ranges of the sector-interval test as the guide gives them, and the test on them."""

from __future__ import annotations

import pytest

from klimaplan.domain.inventory.streams import split
from klimaplan.domain.pathway.interval import (
    REFERENCE_YEAR,
    TARGET_YEAR,
    Bounds,
    IntervalSector,
    Verdict,
    by_interval_sector,
    interval_test,
    weigh_bounds,
)
from klimaplan.reference import load, tables

EMITTED = {
    IntervalSector.ENERGY: 100.0,
    IntervalSector.TRANSPORT: 80.0,
    IntervalSector.INDUSTRY: 20.0,
    IntervalSector.AGRICULTURE: 60.0,
    IntervalSector.OTHER: 10.0,
}
"""270 t in all."""


def test_the_ranges_are_those_of_the_guide_as_shares() -> None:
    assert {sector: (each.low, each.mid, each.high) for sector, each in load.sector_intervals().items()} == {
        IntervalSector.ENERGY: (0.89, 1.02, 1.15),
        IntervalSector.TRANSPORT: (0.30, 0.33, 0.36),
        IntervalSector.INDUSTRY: (0.40, 0.50, 0.60),
        IntervalSector.AGRICULTURE: (0.21, 0.30, 0.38),
        IntervalSector.OTHER: (0.69, 0.71, 0.72),
    }


def test_no_sector_of_the_test_lacks_a_range_and_every_range_has_an_order() -> None:
    assert set(load.sector_intervals()) == set(IntervalSector)
    assert all(each.low < each.mid < each.high for each in load.sector_intervals().values())


def test_the_years_of_the_table_are_those_of_the_test() -> None:
    cells = tables.columns("assessment/sector-intervals")
    assert (set(cells["from_year"]), set(cells["to_year"])) == ({str(REFERENCE_YEAR)}, {str(TARGET_YEAR)})


def test_the_published_vector() -> None:
    # (89 + 24 + 8 + 12.6 + 6.9) / 270, 163.5 / 270 and 185.8 / 270
    whole = weigh_bounds(EMITTED, load.sector_intervals())
    assert (whole.low, whole.mid, whole.high) == pytest.approx((0.5204, 0.6056, 0.6881), abs=0.00005)


def test_a_target_since_1990_is_judged_by_its_tonnes() -> None:
    # −70 % of 400 t in 1990 allows 120 t, which is 55.6 % less than the 270 t of 2019: between low and mid
    tested = interval_test(EMITTED, load.sector_intervals(), allowed_2030=400.0 * 0.3)
    assert tested.reduction == pytest.approx(150.0 / 270.0)
    assert tested.verdict is Verdict.NEEDS_REASON
    assert Bounds(tested.low, tested.mid, tested.high) == weigh_bounds(EMITTED, load.sector_intervals())


@pytest.mark.parametrize("code", ["167", "550", "851"])
def test_the_streams_of_a_municipality_weigh_its_account_of_2019(code: str) -> None:
    account = load.account()
    of_code = account.emissions.select(municipality=code)
    streams = split(of_code, load.national_streams(), inhabitants=account.population.at(code, 2019))
    weights = by_interval_sector(streams)
    assert sum(weights.values()) == pytest.approx(of_code.sum("sector").at(2019))
    # transport of the account and of the test differ by the machines, which the GPC counts with it
    assert weights[IntervalSector.TRANSPORT] >= of_code.at("transport", 2019)


def test_the_ranges_carry_their_reservation() -> None:
    source = load.interval_source()
    assert source.note.startswith("Secondary")
    assert "Page 28 must be checked" in source.note
