import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import by_year, projection
from klimaplan.domain.errors import Severity, Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.projection.national import (
    Fallback,
    NationalProjection,
    SectorMapping,
    change_pct,
    cross_check,
)

FLAT = {sector: [100.0, 100.0, 100.0] for sector in Sector}


def test_a_sector_is_the_sum_of_the_national_series_it_is_mapped_to() -> None:
    country = projection(FLAT, first=2020)
    farming = SectorMapping(
        Sector.AGRICULTURE, ("agriculture", "land_use"), Fallback.HELD, follows_population=False, note=Text("", "")
    )
    series = {"agriculture": by_year([12.0, 11.0]), "land_use": by_year([3.0, -2.0])}
    net = NationalProjection("MADE-UP", 2020, series, country.total, {Sector.AGRICULTURE: farming})
    # 12 + 3 = 15, 11 − 2 = 9: forest that takes up is subtracted, not dropped
    assert net.of_sector(Sector.AGRICULTURE).values.tolist() == [15.0, 9.0]


def test_the_projection_knows_its_years() -> None:
    assert projection(FLAT, first=2020).years == (2020, 2021, 2022)


def test_change_is_in_percent_of_the_base_year() -> None:
    assert change_pct(by_year([80.0, 20.0]), year=2021, base_year=2020) == -75.0
    assert change_pct(by_year([20.0, 50.0]), year=2021, base_year=2020) == 150.0


@pytest.mark.parametrize("base", [0.0, -10.0])
def test_a_base_of_zero_or_less_has_no_percentage(base: float) -> None:
    assert change_pct(by_year([base, 20.0]), year=2021, base_year=2020) is None


@given(st.floats(0.81, 1.19))
def test_within_a_fifth_of_the_national_inventory_is_no_finding(ratio: float) -> None:
    assert cross_check(by_year([500.0 * ratio]), projection(FLAT, first=2020)) == ()


@pytest.mark.parametrize(("ratio", "shown"), [(0.79, "79%"), (1.21, "121%"), (0.001, "0%")])
def test_farther_from_it_is_a_warning_with_the_year(ratio: float, shown: str) -> None:
    # the national total is 5 × 100 = 500 in every year
    (finding,) = cross_check(by_year([500.0, 500.0 * ratio]), projection(FLAT, first=2020))
    assert (finding.code, finding.place, finding.severity) == ("far-from-national-inventory", "2021", Severity.WARNING)
    assert finding.what.en == f"The municipalities add up to {shown} of MADE-UP."
