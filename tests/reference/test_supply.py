"""What a TJ emits, against published figures and by hand."""

from __future__ import annotations

import pytest

from klimaplan.domain import axes
from klimaplan.domain.provenance import Kind
from klimaplan.reference import load
from klimaplan.reference.supply_tables import Grounds

YEARS = axes.years(2023, 2050)
ELECTRICITY, DISTRICT_HEATING = "I.6.2/electricity", "I.6.2/district_heating"


def factor(stream: str, year: int) -> float:
    return float(load.supply_factors("kf25", YEARS)[stream][year - 2023])


def test_electricity_is_the_mean_of_both_areas_and_follows_the_country() -> None:
    # Energistyrelsen: 16.67 and 15.92 t/TJ in 2025; KF25 1A1a: 0.84 Mt in 2025 and 0.15 Mt in 2030
    assert factor(ELECTRICITY, 2025) == pytest.approx((16.67 + 15.92) / 2)
    assert factor(ELECTRICITY, 2030) == pytest.approx(16.295 * 0.15 / 0.84)


def test_electricity_is_held_before_its_own_year() -> None:
    """The index back would give 61 t/TJ in 2023, where the hourly declaration of East Denmark has 10.9."""
    assert factor(ELECTRICITY, 2023) == factor(ELECTRICITY, 2024) == factor(ELECTRICITY, 2025)


def test_district_heating_is_its_part_of_the_inventory_over_what_was_delivered() -> None:
    # 1A1a 2023 is 3.15 Mt, 54.8 % of it heat; 132,944 TJ delivered
    assert factor(DISTRICT_HEATING, 2023) == pytest.approx(3_150_000 * 0.548 / 132_944, rel=1e-4)
    assert factor(DISTRICT_HEATING, 2030) == pytest.approx(12.984 * 0.15 / 3.15)


@pytest.mark.parametrize(
    ("stream", "published"),
    [("I.1.1/fossil_heating", 57.1), ("I.3.1/industrial_fuels", 57.1), ("II.1.1/passenger_cars", 69.3),
     ("II.1.1/trucks", 72.967)],
)  # fmt: skip
def test_fuels_keep_their_factor(stream: str, published: float) -> None:
    assert set(load.supply_factors("kf25", YEARS)[stream].tolist()) == {published}


def test_own_oil_has_the_factor_of_oil_and_an_unknown_carrier_has_none() -> None:
    found = load.supply_factors("kf25", YEARS, own=("I.1.1/oil", "I.1.1/heat_pumps"))
    assert set(found["I.1.1/oil"].tolist()) == {74.1}
    assert "I.1.1/heat_pumps" not in found


def test_every_factor_says_where_it_is_from() -> None:
    for each in load.supply().values():
        assert each.source in load.bibliography()
        assert each.note.da
        assert each.note.en
        assert each.provenance.method == "library"
        assert str(each.year) in each.provenance.steps[0]


def test_what_is_borrowed_from_another_country_says_so() -> None:
    fallback = {key for key, each in load.supply().items() if each.grounds is Grounds.FALLBACK}
    assert fallback == {key for key in load.supply() if key.startswith("II.")}
    assert load.supply()[ELECTRICITY].provenance.kind is Kind.CALCULATED
    assert load.supply()["II.1.1/trucks"].provenance.kind is Kind.ESTIMATED
