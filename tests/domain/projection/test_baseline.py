"""The baseline against a country small enough to be reckoned by hand.

Two municipalities of 600 and 400 inhabitants. Near zero is 0.01 t per inhabitant: 6 t, 4 t, and 10 t for the country.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import account, people, projection
from klimaplan.domain import axes
from klimaplan.domain.errors import AxisError, CoverageError
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.projection.baseline import Rule, backcast, project_baseline
from klimaplan.domain.projection.national import Fallback
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey

FIGURES = {
    "101": [[100.0], [50.0], [-20.0], [6.0], [5.0]],
    "147": [[200.0], [30.0], [80.0], [3.9], [40.0]],
}
PEOPLE = {"101": [600.0], "147": [400.0]}
COUNTRY = {
    Sector.ENERGY: [1000.0, 800.0, 500.0],
    Sector.TRANSPORT: [20.0, 10.0, -5.0],  # falls below zero
    Sector.AGRICULTURE: [500.0, 250.0, 0.0],  # reaches zero, never below it
    Sector.WASTE: [100.0, 110.0, 120.0],
    Sector.PROCESSES: [9.0, 19.0, 29.0],  # begins near zero
}


def small_account() -> Account:
    return account(FIGURES, PEOPLE, first=2023)


def test_every_rule_by_hand() -> None:
    baseline = project_baseline(small_account(), projection(COUNTRY, first=2023), until=2025)
    of = {
        (code, sector): baseline.emissions.select(municipality=code, sector=sector) for code, sector in baseline.rules
    }

    # index: 100 · 800/1000 = 80, 100 · 500/1000 = 50
    assert baseline.rules["101", Sector.ENERGY] is Rule.INDEX
    assert of["101", Sector.ENERGY].values == pytest.approx([100.0, 80.0, 50.0])
    assert of["147", Sector.ENERGY].values == pytest.approx([200.0, 160.0, 100.0])

    # per head: 50 + 600 · (10 − 20)/1000 = 44, 50 + 600 · (−5 − 20)/1000 = 35; 30 − 4 = 26, 30 − 10 = 20
    assert baseline.rules["101", Sector.TRANSPORT] is Rule.PER_HEAD
    assert of["101", Sector.TRANSPORT].values == pytest.approx([50.0, 44.0, 35.0])
    assert of["147", Sector.TRANSPORT].values == pytest.approx([30.0, 26.0, 20.0])

    # a sink is held, whatever the country does; 80 · 250/500 = 40, 80 · 0/500 = 0
    assert baseline.rules["101", Sector.AGRICULTURE] is Rule.HELD
    assert of["101", Sector.AGRICULTURE].values.tolist() == [-20.0, -20.0, -20.0]
    assert of["147", Sector.AGRICULTURE].values == pytest.approx([80.0, 40.0, 0.0])

    # 6 t is not less than 600 · 0.01, 3.9 t is less than 400 · 0.01: 6 · 110/100 = 6.6
    assert of["101", Sector.WASTE].values == pytest.approx([6.0, 6.6, 7.2])
    assert baseline.rules["147", Sector.WASTE] is Rule.HELD
    assert of["147", Sector.WASTE].values.tolist() == [3.9, 3.9, 3.9]

    # the country's 9 t is less than 1000 · 0.01: 40 + 400 · (19 − 9)/1000 = 44
    assert baseline.rules["101", Sector.PROCESSES] is Rule.HELD
    assert baseline.rules["147", Sector.PROCESSES] is Rule.PER_HEAD
    assert of["147", Sector.PROCESSES].values == pytest.approx([40.0, 44.0, 48.0])


def test_a_sector_whose_fallback_is_to_be_held_is_held() -> None:
    country = projection(COUNTRY, first=2023, fallback=Fallback.HELD)
    baseline = project_baseline(small_account(), country, until=2025)
    assert baseline.rules["101", Sector.TRANSPORT] is Rule.HELD
    assert baseline.emissions.select(municipality="101", sector=Sector.TRANSPORT).values.tolist() == [50.0] * 3
    assert baseline.rules["101", Sector.ENERGY] is Rule.INDEX


def test_a_country_at_exactly_zero_is_never_divided_by() -> None:
    country = projection({**COUNTRY, Sector.ENERGY: [0.0, 100.0, 200.0]}, first=2023)
    baseline = project_baseline(small_account(), country, until=2025)
    # 100 + 600 · 100/1000 = 160
    assert baseline.emissions.at("101", Sector.ENERGY, 2024) == pytest.approx(160.0)


def test_the_rule_does_not_depend_on_how_far_one_looks() -> None:
    """Transport falls below zero in 2025 only; a baseline to 2024 uses the same rule as one to 2025."""
    near = project_baseline(small_account(), projection(COUNTRY, first=2023), until=2024)
    far = project_baseline(small_account(), projection(COUNTRY, first=2023), until=2025)
    assert near.rules == far.rules
    assert near.emissions.values.tolist() == far.emissions.take(axes.YEAR, (2023, 2024)).values.tolist()


def test_the_baseline_says_what_it_is() -> None:
    baseline = project_baseline(small_account(), projection(COUNTRY, first=2023), until=2025)
    seen = baseline.emissions.provenance
    assert (baseline.edition, seen.kind, seen.method) == ("MADE-UP", Kind.PROJECTED, "baseline")
    assert seen.steps == ("follows the sectors of MADE-UP",)


def test_beyond_the_national_projection_there_is_no_baseline() -> None:
    with pytest.raises(AxisError, match="2026 does not exist"):
        project_baseline(small_account(), projection(COUNTRY, first=2023), until=2026)


def test_a_missing_sector_stays_missing_in_every_year_and_harms_no_other() -> None:
    figures = {**FIGURES, "101": [[np.nan], *FIGURES["101"][1:]]}
    holed = account(figures, PEOPLE, first=2023, missing={("101", "energy", 2023): NotationKey.NOT_ESTIMATED})
    baseline = project_baseline(holed, projection(COUNTRY, first=2023), until=2025)
    assert set(baseline.emissions.missing) == {("101", "energy", year) for year in (2023, 2024, 2025)}
    assert baseline.emissions.at("147", "energy", 2024) == pytest.approx(160.0)


def test_a_missing_population_is_named_because_near_zero_hangs_on_it() -> None:
    made = small_account()
    holed = people({"101": [np.nan], "147": [400.0]}, first=2023, missing={("101", 2023): NotationKey.NOT_ESTIMATED})
    with pytest.raises(CoverageError, match="101: The value is missing"):
        project_baseline(
            Account(made.emissions, made.published_total, holed), projection(COUNTRY, first=2023), until=2025
        )


# -- the population driver -------------------------------------------------------------------------------------


def test_local_growth_moves_what_follows_people_and_nothing_else() -> None:
    # the country stays at 1,000 inhabitants; 101 grows to 660 (g = 1.1), 147 falls to 340 (g = 0.85)
    ahead = people({"101": [600, 660], "147": [400, 340]}, first=2023)
    baseline = project_baseline(small_account(), projection(COUNTRY, first=2023), until=2024, population=ahead)
    assert baseline.emissions.at("101", Sector.ENERGY, 2024) == pytest.approx(80.0 * 1.1)
    assert baseline.emissions.at("147", Sector.ENERGY, 2024) == pytest.approx(160.0 * 0.85)
    assert baseline.emissions.at("101", Sector.TRANSPORT, 2024) == pytest.approx(44.0 * 1.1)
    assert baseline.emissions.at("101", Sector.AGRICULTURE, 2024) == -20.0
    assert baseline.emissions.provenance.steps[-1] == "local population growth"
    rural = projection(COUNTRY, first=2023, follows_population=False)
    unmoved = project_baseline(small_account(), rural, until=2024, population=ahead)
    assert unmoved.emissions.at("101", Sector.ENERGY, 2024) == pytest.approx(80.0)


@given(st.floats(0.5, 2.0))
def test_where_all_grow_alike_the_driver_changes_nothing(factor: float) -> None:
    ahead = people({"101": [600, 600 * factor], "147": [400, 400 * factor]}, first=2023)
    country = projection(COUNTRY, first=2023)
    driven = project_baseline(small_account(), country, until=2024, population=ahead)
    plain = project_baseline(small_account(), country, until=2024)
    assert driven.emissions.values == pytest.approx(plain.emissions.values)


def test_a_driver_of_other_years_is_refused() -> None:
    ahead = people({"101": [600, 660], "147": [400, 340]}, first=2022)
    with pytest.raises(AxisError, match="Select the labels both sides share first"):
        project_baseline(small_account(), projection(COUNTRY, first=2023), until=2024, population=ahead)


# -- laws ------------------------------------------------------------------------------------------------------

CLEARLY_ABOVE_ZERO = st.floats(10.0, 1e6)
FROM_SINK_TO_SOURCE = st.floats(-1e6, 1e6)
PATHS = st.lists(st.lists(st.floats(0.0, 1e6), min_size=3, max_size=3), min_size=5, max_size=5)
SECTOR_FIGURES = st.lists(FROM_SINK_TO_SOURCE, min_size=5, max_size=5)


@given(SECTOR_FIGURES, SECTOR_FIGURES, PATHS)
def test_in_the_anchor_year_the_baseline_is_the_account(one: list[float], other: list[float], paths: list) -> None:
    made = account({"101": [[x] for x in one], "147": [[x] for x in other]}, PEOPLE, first=2023)
    baseline = project_baseline(made, projection(dict(zip(Sector, paths, strict=True)), first=2023), until=2025)
    assert baseline.emissions.select(year=2023).values == pytest.approx(made.emissions.select(year=2023).values)


@given(SECTOR_FIGURES, SECTOR_FIGURES, PATHS)
def test_a_negative_or_near_zero_sector_is_never_indexed(one: list[float], other: list[float], paths: list) -> None:
    made = account({"101": [[x] for x in one], "147": [[x] for x in other]}, PEOPLE, first=2023)
    baseline = project_baseline(made, projection(dict(zip(Sector, paths, strict=True)), first=2023), until=2025)
    for code, inhabitants, figures in (("101", 600, one), ("147", 400, other)):
        for sector, figure in zip(Sector, figures, strict=True):
            assert (baseline.rules[code, sector] is Rule.HELD) == (figure < 0.01 * inhabitants)
            if figure < 0.01 * inhabitants:
                assert baseline.emissions.select(municipality=code, sector=sector).values.tolist() == [figure] * 3


@given(CLEARLY_ABOVE_ZERO, CLEARLY_ABOVE_ZERO, st.floats(0.0, 3.0))
def test_the_index_scales_everybody_alike(one: float, other: float, factor: float) -> None:
    made = account({"101": [[one]] * 5, "147": [[other]] * 5}, PEOPLE, first=2023)
    country = projection({sector: [1000.0, 1000.0 * factor] for sector in Sector}, first=2023)
    baseline = project_baseline(made, country, until=2024).emissions.select(year=2024, sector="energy")
    assert baseline.values == pytest.approx([one * factor, other * factor])


@given(CLEARLY_ABOVE_ZERO, CLEARLY_ABOVE_ZERO, st.floats(-1e4, -1.0))
def test_per_head_changes_add_up_to_the_national_change(one: float, other: float, ends_at: float) -> None:
    made = account({"101": [[one]] * 5, "147": [[other]] * 5}, PEOPLE, first=2023)
    country = projection({sector: [1000.0, ends_at] for sector in Sector}, first=2023)
    together = project_baseline(made, country, until=2024).emissions.sum(axes.MUNICIPALITY)
    for sector in Sector:
        assert together.at(sector, 2024) - together.at(sector, 2023) == pytest.approx(ends_at - 1000.0, abs=1e-6)


# -- backcast --------------------------------------------------------------------------------------------------


def test_a_year_before_the_account_is_an_estimate_that_says_so() -> None:
    # 2020 stands at twice 2021 in every sector; the account begins in 2021 and ends in 2022
    figures = {"101": [[100.0, 90.0], [50.0, 45.0], [-20.0, -25.0], [7.0, 7.0], [8.0, 8.0]]}
    made = account(figures, {"101": [600.0, 610.0]}, first=2021)
    country = projection({sector: [2000.0, 1000.0, 900.0] for sector in Sector}, first=2020)
    estimate = backcast(made, country, to=2020)
    assert estimate.values.tolist() == [[200.0, 100.0, -20.0, 14.0, 16.0]]
    assert (estimate.provenance.kind, estimate.provenance.method) == (Kind.ESTIMATED, "base-year")
    assert estimate.provenance.steps == ("2021 scaled back to 2020 by MADE-UP",)


def test_what_the_country_does_after_the_account_is_no_concern_of_the_backcast() -> None:
    made = account({"101": [[100.0, 90.0]] * 5}, {"101": [600.0, 610.0]}, first=2021)
    country = projection({sector: [2000.0, 1000.0, -900.0] for sector in Sector}, first=2020)
    assert backcast(made, country, to=2020).at("101", "energy") == pytest.approx(200.0)
