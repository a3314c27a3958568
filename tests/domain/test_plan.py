import numpy as np
import pytest

from domain.small import account, people, projection
from klimaplan.domain import axes
from klimaplan.domain.errors import CoverageError
from klimaplan.domain.inventory.account import Account, Sector, total
from klimaplan.domain.pathway.target import ALL_SECTORS, LevelTarget
from klimaplan.domain.plan import look_ahead, measure_gap_of
from klimaplan.domain.projection.trends import Method
from klimaplan.domain.series import NotationKey

FIGURES = {
    "101": [[100.0, 90.0, 80.0, 70.0], [50.0] * 4, [0.0] * 4, [20.0] * 4, [20.0] * 4],
    "147": [[40.0, 50.0, 60.0, 70.0], [10.0] * 4, [40.0] * 4, [10.0] * 4, [10.0] * 4],
}
PEOPLE = {"101": [600.0] * 4, "147": [400.0] * 4}
COUNTRY = projection(
    {
        Sector.ENERGY: [140.0, 140.0, 140.0, 140.0, 70.0],
        **{sector: [60.0] * 5 for sector in Sector if sector is not Sector.ENERGY},
    },
    first=2020,
)


def test_the_whole_flow_by_hand() -> None:
    outlook = look_ahead(account(FIGURES, PEOPLE), COUNTRY, until=2024)
    # energy halves from 2023 to 2024 with the country: 70 → 35, everything else stands still
    assert total(outlook.baseline.emissions).values.tolist() == [[160.0, 125.0], [140.0, 105.0]]
    # the trends know nothing of that: 101 goes on by −10 (half of it, for the conservative), 147 by +10
    linear, conservative = outlook.forecasts[Method.LINEAR], outlook.forecasts[Method.CONSERVATIVE]
    assert linear.select(sector="energy", year=2024).values == pytest.approx([60.0, 80.0])
    assert conservative.select(sector="energy", year=2024).values == pytest.approx([65.0, 80.0])
    assert set(outlook.forecasts) == set(Method)


def test_findings_of_both_checks_come_along() -> None:
    made = account(FIGURES, PEOPLE)
    country = projection({sector: [6000.0] * 5 for sector in Sector}, first=2020)
    outlook = look_ahead(made, country, until=2024)
    assert {finding.code for finding in outlook.findings} == {"far-from-national-inventory"}
    assert [finding.place for finding in outlook.findings] == ["2020", "2021", "2022", "2023"]


def test_a_hole_in_one_municipality_leaves_the_others_their_outlook() -> None:
    holed = {**FIGURES, "101": [[100.0, 90.0, 80.0, np.nan], *FIGURES["101"][1:]]}
    made = account(holed, PEOPLE, missing={("101", "energy", 2023): NotationKey.NOT_ESTIMATED})
    outlook = look_ahead(made, COUNTRY, until=2024)
    assert measure_gap_of(outlook, ["147"], [LevelTarget(2024, 5.0)]).excess[ALL_SECTORS].at(2024) == 100.0
    assert outlook.findings == ()
    with pytest.raises(CoverageError, match="101/energy/2023"):
        measure_gap_of(outlook, ["101", "147"], [LevelTarget(2024, 5.0)])


def test_the_gap_of_several_is_the_gap_of_their_sum() -> None:
    outlook = look_ahead(account(FIGURES, PEOPLE), COUNTRY, until=2024)
    together = measure_gap_of(outlook, ["101", "147"], [LevelTarget(2024, 30.0)])
    # 125 + 105 − 30
    assert together.excess[ALL_SECTORS].at(2024) == 200.0
    apart = [
        measure_gap_of(outlook, [code], [LevelTarget(2024, 15.0)]).excess[ALL_SECTORS].at(2024)
        for code in ("101", "147")
    ]
    assert sum(apart) == 200.0


def test_the_population_driver_reaches_the_baseline() -> None:
    ahead = people({"101": [600.0, 900.0], "147": [400.0, 600.0]}, first=2023)
    alike = look_ahead(account(FIGURES, PEOPLE), COUNTRY, until=2024, population=ahead)
    without = look_ahead(account(FIGURES, PEOPLE), COUNTRY, until=2024)
    assert alike.baseline.emissions.values == pytest.approx(without.baseline.emissions.values)
    assert alike.baseline.emissions.provenance.steps[-1] == "local population growth"


def test_the_order_of_municipalities_does_not_change_their_figures() -> None:
    made = account(FIGURES, PEOPLE)
    parts = (made.emissions, made.published_total, made.population)
    turned = Account(*(part.take(axes.MUNICIPALITY, ("147", "101")) for part in parts))
    one, other = (look_ahead(each, COUNTRY, until=2024) for each in (made, turned))
    for code in made.codes:
        mine = one.baseline.emissions.select(municipality=code).values.tolist()
        assert mine == other.baseline.emissions.select(municipality=code).values.tolist()
