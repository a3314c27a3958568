import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.small import SEEN, by_year, codes, people
from klimaplan.domain import axes, units
from klimaplan.domain.errors import AxisError, CoverageError, UnitError
from klimaplan.domain.inventory.account import SECTORS
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series, absent

PLACES = codes("101", "147", "151")
SPAN = axes.years(2020, 2023)
CUBE = (PLACES, SECTORS, SPAN)
TONNES = st.floats(-1e7, 1e7, allow_subnormal=False)
TABLES = arrays(np.float64, (3, 5, 4), elements=TONNES)
HOLES = st.sets(st.tuples(st.integers(0, 2), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=10)


def cube(values: np.ndarray) -> Series:
    return Series(values, CUBE, units.TONNES, SEEN)


def with_holes(values: np.ndarray, holes: set[tuple[int, int, int]]) -> Series:
    values = values.copy()
    for hole in holes:
        values[hole] = np.nan
    return Series(values, CUBE, units.TONNES, SEEN, absent(values, CUBE, NotationKey.NOT_ESTIMATED))


@given(TABLES)
def test_the_order_of_summing_does_not_matter(values: np.ndarray) -> None:
    table = cube(values)
    one_way = table.sum(axes.MUNICIPALITY).sum(axes.SECTOR)
    other_way = table.sum(axes.SECTOR).sum(axes.MUNICIPALITY)
    assert one_way.values == pytest.approx(other_way.values, abs=1e-6)


@given(TABLES, TABLES)
def test_adding_and_summing_commute(left: np.ndarray, right: np.ndarray) -> None:
    together = (cube(left) + cube(right)).sum(axes.SECTOR)
    apart = cube(left).sum(axes.SECTOR) + cube(right).sum(axes.SECTOR)
    assert together.values == pytest.approx(apart.values, abs=1e-6)


@given(TABLES, TABLES)
def test_subtraction_undoes_addition(left: np.ndarray, right: np.ndarray) -> None:
    assert ((cube(left) + cube(right)) - cube(right)).values == pytest.approx(left, abs=1e-6)


@given(TABLES, HOLES)
def test_a_missing_value_never_becomes_a_number(values: np.ndarray, holes: set[tuple[int, int, int]]) -> None:
    whole, holed = cube(np.abs(values) + 1.0), with_holes(values, holes)
    for result in (holed + whole, whole + holed, holed - whole, whole - holed, holed.per(whole)):
        assert set(result.missing) == set(holed.missing)
        assert all(math.isnan(result.values[hole]) for hole in holes)


@given(TABLES, HOLES)
def test_a_missing_value_stays_missing_when_cut_out(values: np.ndarray, holes: set[tuple[int, int, int]]) -> None:
    holed = with_holes(values, holes)
    for code in PLACES.labels:
        cut = holed.select(municipality=code)
        assert set(cut.missing) == {place[1:] for place in holed.missing if place[0] == code}
        assert set(holed.take(axes.MUNICIPALITY, (code,)).missing) == {p for p in holed.missing if p[0] == code}


@given(TABLES, HOLES)
def test_there_is_no_sum_over_a_missing_value(values: np.ndarray, holes: set[tuple[int, int, int]]) -> None:
    with pytest.raises(CoverageError) as caught:
        with_holes(values, holes).sum(axes.YEAR)
    assert len(caught.value.findings) == len(holes)
    assert {finding.code for finding in caught.value.findings} == {"value-missing"}


def test_reading_a_missing_value_names_it_and_its_key() -> None:
    series = Series(np.array([1.0, np.nan]), (axes.years(2022, 2023),), units.TONNES, SEEN, {(2023,): NotationKey("C")})
    assert series.at(2022) == 1.0
    with pytest.raises(CoverageError, match=r"2023: The value is missing \(C\). Missing is not zero."):
        series.at(2023)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_needs_a_reason(value: float) -> None:
    with pytest.raises(CoverageError) as caught:
        by_year([1.0, value])
    assert [(finding.code, finding.place) for finding in caught.value.findings] == [("missing-without-reason", "2021")]


def test_a_reason_on_a_number_is_refused() -> None:
    with pytest.raises(CoverageError) as caught:
        Series(np.ones(2), (axes.years(2022, 2023),), units.TONNES, SEEN, {(2023,): NotationKey.NOT_OCCURRING})
    assert [(finding.code, finding.place) for finding in caught.value.findings] == [("notation-key-on-number", "2023")]


def test_shape_and_axes_must_agree() -> None:
    with pytest.raises(AxisError, match=r"The values have shape \(3,\), the axes year 2"):
        Series(np.ones(3), (axes.years(2022, 2023),), units.TONNES, SEEN)


def test_values_cannot_be_changed_afterwards_nor_through_the_array_they_came_from() -> None:
    given_values = np.array([1.0, 2.0])
    series = by_year(given_values)
    given_values[0] = 99.0
    assert series.at(2020) == 1.0
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 99.0


def test_different_units_are_not_added() -> None:
    with pytest.raises(UnitError, match="t CO2e cannot be added to TJ"):
        by_year([1.0]) + by_year([1.0], unit=units.TERAJOULES)


def test_different_years_are_not_added() -> None:
    with pytest.raises(AxisError, match="Select the labels both sides share first"):
        by_year([1.0, 2.0], first=2020) + by_year([1.0, 2.0], first=2021)


def test_tonnes_over_inhabitants_is_tonnes_per_inhabitant() -> None:
    quotient = by_year([30.0, 40.0]).per(by_year([10.0, 20.0], unit=units.INHABITANTS))
    assert quotient.values.tolist() == [3.0, 2.0]
    assert str(quotient.unit) == "t CO2e/inhabitant"


def test_nobody_lives_there_is_said_instead_of_dividing() -> None:
    with pytest.raises(CoverageError, match="2021: The divisor is zero") as caught:
        by_year([30.0, 40.0]).per(by_year([10.0, 0.0], unit=units.INHABITANTS))
    assert [finding.code for finding in caught.value.findings] == ["divided-by-zero"]


def test_taking_keeps_the_order_asked_for() -> None:
    series = by_year([1.0, 2.0, 3.0])
    assert series.take(axes.YEAR, (2022, 2020)).values.tolist() == [3.0, 1.0]
    assert series.take(axes.YEAR, (2020, 2021, 2022)).values.tolist() == [1.0, 2.0, 3.0]


def test_selecting_on_two_axes_leaves_the_third() -> None:
    table = cube(np.arange(60.0).reshape(3, 5, 4))
    # row 1, sector 2: 1·20 + 2·4 = 28 and the three that follow
    assert table.select(municipality="147", sector="agriculture").values.tolist() == [28.0, 29.0, 30.0, 31.0]
    assert table.at("147", "agriculture", 2023) == 31.0


def test_an_axis_the_series_has_not_is_named() -> None:
    with pytest.raises(AxisError, match=r"sector: The series has no such axis. It has: year\.") as caught:
        by_year([1.0]).sum(axes.SECTOR)
    assert caught.value.findings[0].code == "axis-absent"


def test_a_step_is_added_without_touching_the_numbers() -> None:
    series = by_year([1.0, 2.0])
    after = series.explained("looked at", kind=Kind.CALCULATED, method="gap")
    assert after.values.tolist() == series.values.tolist()
    assert (after.provenance.steps, after.provenance.kind, series.provenance.steps) == (
        ("looked at",), Kind.CALCULATED, (),
    )  # fmt: skip


def test_on_the_way_out_labels_unit_and_explanation_come_along() -> None:
    inhabitants = people({"101": [5.0, 6.0], "147": [7.0, 8.0]})
    array = inhabitants.to_xarray()
    assert array.sel(municipality="147", year=2021).item() == 8.0
    assert (array.attrs["unit"], array.attrs["source"]) == ("inhabitant", "made-up")
    column = inhabitants.to_pandas()
    assert column["147", 2021] == 8.0
    assert column.index.names == ["municipality", "year"]
