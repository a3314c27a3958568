import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import people
from klimaplan.domain import axes
from klimaplan.domain.errors import AxisError, CoverageError, InputError
from klimaplan.domain.projection.drivers import population_trend, relative_growth
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey

COUNTS = st.lists(st.integers(100, 700_000), min_size=4, max_size=4)


def test_the_average_yearly_change_is_carried_on() -> None:
    # (130 − 100) / 3 = 10 a year; (470 − 500) / 3 = −10 a year
    ahead = population_trend(people({"101": [100, 120, 110, 130], "147": [500, 480, 490, 470]}), until=2026)
    assert ahead.axis(axes.YEAR).labels == (2023, 2024, 2025, 2026)
    assert ahead.values.tolist() == [[130.0, 140.0, 150.0, 160.0], [470.0, 460.0, 450.0, 440.0]]
    assert (ahead.provenance.kind, ahead.provenance.method) == (Kind.PROJECTED, "drivers")


def test_a_population_of_one_year_has_no_trend() -> None:
    with pytest.raises(InputError, match="2020: The population is known for one year only"):
        population_trend(people({"101": [100]}), until=2050)


@pytest.mark.parametrize(("hole", "absent"), [(0, True), (1, False), (3, True)])
def test_only_the_two_years_used_must_be_there(hole: int, absent: bool) -> None:
    counts = np.array([100.0, 120.0, 110.0, 130.0])
    counts[hole] = np.nan
    holed = people({"101": counts.tolist()}, missing={("101", 2020 + hole): NotationKey.NOT_ESTIMATED})
    ahead = population_trend(holed, until=2024)
    assert set(ahead.missing) == ({("101", 2023), ("101", 2024)} if absent else set())


def test_years_must_run_along_the_last_axis() -> None:
    with pytest.raises(AxisError, match="Put it last"):
        population_trend(people({"101": [1, 2]}).select(municipality="101").select(year=2020), until=2050)


def test_growth_is_relative_to_the_country() -> None:
    # the country stays at 1,000; 101 grows by a tenth, 147 shrinks by a fifteenth
    growth = relative_growth(people({"101": [400, 440], "147": [600, 560]}))
    assert growth.values == pytest.approx(np.array([[1.0, 1.1], [1.0, 560 / 600]]))


@given(COUNTS, st.floats(0.5, 2.0))
def test_where_all_grow_alike_nobody_departs_from_the_country(counts: list[int], factor: float) -> None:
    alike = people({f"{101 + row}": [count, count * factor] for row, count in enumerate(counts)})
    assert relative_growth(alike).values == pytest.approx(np.ones((4, 2)))


@given(COUNTS, COUNTS)
def test_weighed_by_the_first_year_growth_is_one_on_average(before: list[int], after: list[int]) -> None:
    growth = relative_growth(
        people({f"{101 + row}": list(pair) for row, pair in enumerate(zip(before, after, strict=True))})
    )
    assert np.average(growth.values[:, 1], weights=before) == pytest.approx(1.0)


def test_growth_needs_everybody_because_the_country_is_the_sum() -> None:
    holed = people({"101": [400, np.nan], "147": [600, 560]}, missing={("101", 2021): NotationKey.NOT_ESTIMATED})
    with pytest.raises(CoverageError, match="101/2021"):
        relative_growth(holed)
