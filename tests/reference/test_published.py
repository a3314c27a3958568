"""Targets and headlines as their publishers wrote them."""

from __future__ import annotations

import pytest

from klimaplan.domain import units
from klimaplan.reference import load
from klimaplan.reference.load import PublishedTarget


def of(code: str) -> list[PublishedTarget]:
    return [target for target in load.municipal_targets() if target.municipality == code]


def test_every_municipality_has_committed_itself_to_net_zero_in_2050() -> None:
    committed = {
        target.municipality
        for target in load.municipal_targets()
        if (target.year, target.kind, target.sectors, target.level) == (2050, "level", "total", 0.0)
        and target.source == "klimaalliancen-agreement"
    }
    assert committed == {municipality.code for municipality in load.municipalities()}


def test_hvidovre() -> None:
    by_year = {target.year: target for target in of("167") if target.kind == "reduction"}
    assert sorted(by_year) == [2030, 2045]
    assert {(target.base_year, target.base_tonnes) for target in by_year.values()} == {(1990, 342_088.0)}
    # the plan of December 2022 replaced 70 % by 80 %
    assert (by_year[2030].reduction_pct, by_year[2045].reduction_pct) == (80.0, 100.0)


def test_toender_treats_agriculture_apart() -> None:
    in_2030 = {target.sectors: target for target in of("550") if target.year == 2030}
    assert {sectors: target.reduction_pct for sectors, target in in_2030.items()} == {
        "agriculture": 55.0,
        "other": 70.0,
    }


@pytest.mark.parametrize("code", ["550", "580"])
def test_unknown_base_tonnes_stay_unknown(code: str) -> None:
    assert {target.base_tonnes for target in of(code) if target.kind == "reduction"} == {None}


def test_one_target_for_each_municipality_year_and_scope() -> None:
    keys = [(target.municipality, target.year, target.sectors) for target in load.municipal_targets()]
    assert len(set(keys)) == len(keys)


def test_every_percentage_names_its_base_year() -> None:
    for target in (*load.municipal_targets(), *load.national_targets()):
        assert target.reduction_pct is None or target.base_year is not None


def test_averages_by_type() -> None:
    averages = {average.type: average.reduction_pct for average in load.type_averages()}
    assert averages == {"storby": 90.0, "hovedstad": 80.0, "provinsby": 76.0, "land": 71.0, "opland": 70.0}
    assert {(average.year, average.base_year) for average in load.type_averages()} == {(2030, 1990)}


def test_landmarks_of_the_country() -> None:
    assert [(target.year, target.level) for target in load.national_targets()] == [(2030, 18_800_000.0), (2050, 0.0)]


def test_headlines() -> None:
    tonnes = {(line.key, line.period): line.value for line in load.headlines() if line.unit == units.TONNES}
    assert tonnes == {
        ("total", "1990"): 78_600_000.0, ("total", "2017–2020"): 49_500_000.0,
        ("total", "2018"): 47_000_000.0, ("total", "2022"): 38_000_000.0,
        ("forecast-linear", "2030"): 20_800_000.0, ("forecast-exponential", "2030"): 21_400_000.0,
        ("forecast-conservative", "2030"): 25_500_000.0,
        ("target-sum", "2030"): 18_800_000.0, ("action-sum", "2030"): 21_400_000.0,
    }  # fmt: skip
    plain = {line.key: line.value for line in load.headlines() if line.unit == units.DIMENSIONLESS}
    assert plain == {"on-track-linear": 35.0, "on-track-conservative": 18.0, "climate-act": 0.7}


def test_headlines_of_an_older_account_say_so() -> None:
    for line in load.headlines():
        if line.source in ("concito-status-2025", "ea-concito-2024"):
            assert "older version of the account" in line.note.casefold()


def test_the_published_arithmetic_holds() -> None:
    """Ea and CONCITO 2024: targets −76 %, actions −73 % against 1990, a manko of 2.6 Mt."""
    published = {(line.key, line.period): line.value for line in load.headlines()}
    base = published["total", "1990"]
    target, actions = published["target-sum", "2030"], published["action-sum", "2030"]
    assert round(100 * (1 - target / base)) == 76
    assert round(100 * (1 - actions / base)) == 73
    assert actions - target == pytest.approx(2_600_000.0)
