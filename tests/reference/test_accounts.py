"""The account against the published national sums and its known traits."""

from __future__ import annotations

import time
from datetime import date

import numpy as np
import pytest

from klimaplan.domain import axes, units
from klimaplan.domain.inventory.account import SECTORS, check, national, total
from klimaplan.domain.provenance import Kind
from klimaplan.reference import accounts, load, tables

PUBLISHED_SUMS = {
    2018: 45_528_920,
    2019: 41_803_611,
    2020: 39_744_870,
    2021: 39_847_290,
    2022: 36_695_004,
    2023: 34_039_454,
}


def test_it_holds_every_municipality_sector_and_year() -> None:
    account = load.account()
    assert account.codes == tuple(municipality.code for municipality in load.municipalities())
    assert account.years == (2018, 2019, 2020, 2021, 2022, 2023)
    assert account.emissions.axis(axes.SECTOR) == SECTORS
    assert account.emissions.values.shape == (98, 5, 6)
    assert account.is_complete


def test_it_knows_where_it_comes_from() -> None:
    seen = load.account().emissions.provenance
    assert (seen.source, seen.version, seen.kind, seen.retrieved, seen.gwp) == (
        "energy-account-4.1", "4.1", Kind.OBSERVED, date(2026, 5, 18), "AR5",
    )  # fmt: skip
    assert load.account().population.provenance.kind is Kind.CALCULATED
    assert seen.source in load.bibliography()


@pytest.mark.parametrize(("year", "tonnes"), PUBLISHED_SUMS.items())
def test_national_sums(year: int, tonnes: int) -> None:
    account = load.account()
    assert national(total(account.emissions)).at(year) == pytest.approx(tonnes, abs=5)
    assert national(account.published_total).at(year) == pytest.approx(tonnes, abs=5)


def test_sectors_make_the_published_total() -> None:
    assert check(load.account()) == ()


@pytest.mark.parametrize(
    ("sector", "megatonnes"),
    [("energy", 11.92), ("transport", 8.44), ("agriculture", 11.25), ("waste", 1.02), ("processes", 1.42)],
)
def test_sectors_of_the_country_in_2023(sector: str, megatonnes: float) -> None:
    assert national(load.account().emissions).at(sector, 2023) / 1e6 == pytest.approx(megatonnes, abs=0.005)


def test_a_row_of_the_publisher_stands_where_it_belongs() -> None:
    """København 2018 and Læsø 2023 as the account's interface gave them."""
    emissions = load.account().emissions
    assert [emissions.at("101", sector, 2018) for sector in SECTORS.labels] == [
        1_279_927.9, 277_857.3, -1_248.6, 68_871.6, 76_473.9,
    ]  # fmt: skip
    assert load.account().published_total.at("101", 2018) == 1_701_882.1


def test_agriculture_may_be_negative_and_stays_so() -> None:
    agriculture = load.account().emissions.select(sector="agriculture")
    negative = agriculture.values < 0.0
    assert int(negative.sum()) == 64
    assert int(negative.any(axis=1).sum()) == 12
    may_be_negative = {label.code for label in load.sectors() if label.may_be_negative}
    assert may_be_negative == {"agriculture", "total"}
    others = [sector for sector in SECTORS.labels if sector not in may_be_negative]
    assert (load.account().emissions.take(axes.SECTOR, others).values >= 0.0).all()


def test_laesoe_takes_up_more_than_it_emits() -> None:
    total_2023 = load.account().published_total.at("825", 2023)
    # published per head: −5.24 t in 2023 for about 1,750 inhabitants; taking the larger of two rows gave +4.72
    assert total_2023 / load.account().population.at("825", 2023) == pytest.approx(-5.24, abs=0.005)


def test_population_is_what_rounding_allows() -> None:
    people = tables.rows("account/population-4.1")
    for row in people:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
        assert float(row["high"]) / float(row["low"]) - 1.0 < 0.0011  # worst case ±0.05 %
    copenhagen = people[0]
    # Statistics Denmark: 613,288 inhabitants of København on 1 January 2018
    assert (copenhagen["municipality"], copenhagen["year"]) == ("101", "2018")
    assert float(copenhagen["low"]) <= 613_288 <= float(copenhagen["high"])


def test_population_gives_back_the_published_figure_per_inhabitant() -> None:
    account = load.account()
    published = tables.columns("account/per-head-4.1")
    per_head = np.array(published["value"], dtype=np.float64).reshape(98, 6)
    # one whole inhabitant more or less moves the smallest island by 0.003 t
    np.testing.assert_allclose(account.published_total.per(account.population).values, per_head, rtol=0.0006)


def test_population_adds_up_to_the_country() -> None:
    # Statistics Denmark: 5.78 million on 1 January 2018, 5.93 million on 1 January 2023
    people = load.account().population.sum(axes.MUNICIPALITY)
    assert people.unit == units.INHABITANTS
    assert people.at(2018) == pytest.approx(5_781_190, rel=0.001)
    assert people.at(2023) == pytest.approx(5_932_654, rel=0.006)


def test_renewable_electricity_is_a_ratio_not_a_percentage() -> None:
    ratio = load.renewable_ratio()
    assert ratio.unit == units.DIMENSIONLESS
    assert ratio.at("101", 2018) == 0.0256
    assert 1.0 < ratio.values.max() < 100.0


def test_sector_labels() -> None:
    labels = {label.code: label for label in load.sectors()}
    assert tuple(labels) == (*SECTORS.labels, "total")
    assert labels["waste"].published_as == ("Affaldsdeponi", "Spildevand")
    assert labels["total"].published_as == ("Samlet",)
    assert labels["agriculture"].name.da == "Landbrug og arealer"
    assert {code: label.colour for code, label in labels.items()} == {
        "energy": "#0072B2", "transport": "#D55E00", "agriculture": "#009E73",
        "waste": "#7B2D6B", "processes": "#595959", "total": "#1A1A1A",
    }  # fmt: skip


def test_it_loads_in_no_time() -> None:
    """Measured at 20–25 ms; the limit leaves room for a busy machine."""
    accounts.account.cache_clear()
    tables.columns.cache_clear()
    started = time.perf_counter()
    load.account()
    assert time.perf_counter() - started < 0.2
