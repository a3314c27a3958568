"""Figures that others have published, one line each in `published.csv`, against the domain on the reference tables."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from klimaplan.domain.inventory.account import SECTORS, national, total
from klimaplan.domain.pathway.gap import measure_gap, reduction_needed
from klimaplan.domain.pathway.target import (
    ALL_BUT_AGRICULTURE,
    ALL_SECTORS,
    BaseYear,
    ReductionTarget,
    allowed_by_year,
    scope_of,
)
from klimaplan.domain.projection.baseline import Rule, project_baseline
from klimaplan.domain.projection.national import change_pct
from klimaplan.domain.status.comparison import change_since_first, per_head
from klimaplan.reference import load

CASES = list(csv.DictReader((Path(__file__).parent / "published.csv").read_text(encoding="utf-8").splitlines()))


def _emitted(code: str, sector: str, year: int) -> float:
    of_code = load.account().emissions.select(municipality=code)
    return total(of_code).at(year) if sector == "total" else of_code.at(sector, year)


def _base_of_1990(code: str) -> BaseYear:
    [base] = {
        (row.base_tonnes, row.source)
        for row in load.municipal_targets()
        if row.municipality == code and row.base_year == 1990
    }
    return BaseYear(1990, *base)


def emitted(about: str) -> float:
    code, sector, year = about.split()
    return _emitted(code, sector, int(year))


def per_inhabitant(about: str) -> float:
    code, year = about.split()
    account = load.account()
    return per_head(total(account.emissions), account.population).at(code, int(year))


def share_of_sector(about: str) -> float:
    code, sector, year = about.split()
    return _emitted(code, sector, int(year)) / _emitted(code, "total", int(year)) * 100.0


def sum_of_98(about: str) -> float:
    sector, year = about.split()
    country = national(load.account().emissions)
    return total(country).at(int(year)) if sector == "total" else country.at(sector, int(year))


def change_since_1990(about: str) -> float:
    code, observed = about.split()
    base = _base_of_1990(code)
    return (float(observed) / base.tonnes - 1.0) * 100.0


def allowed(about: str) -> float:
    code, percent = about.split()
    return ReductionTarget(2030, _base_of_1990(code), float(percent)).allowed


def to_be_cut(about: str) -> float:
    code, percent, observed = about.split()
    target = ReductionTarget(2030, _base_of_1990(code), float(percent))
    return reduction_needed(target, BaseYear(2018, float(observed), "climate plan"))


def to_be_cut_in_percent(about: str) -> float:
    return to_be_cut(about) / float(about.split()[2]) * 100.0


def allowed_by_two(about: str) -> float:
    """Tønder's two targets together, counted from a year of the account: the plan names no tonnes for 1990."""
    code, year = about.split()
    farming = _emitted(code, "agriculture", int(year))
    rest = sum(_emitted(code, str(sector), int(year)) for sector in ALL_BUT_AGRICULTURE)
    both = [
        ReductionTarget(2030, BaseYear(int(year), farming, "account"), 55.0, scope_of("agriculture")),
        ReductionTarget(2030, BaseYear(int(year), rest, "account"), 70.0, ALL_BUT_AGRICULTURE),
    ]
    return allowed_by_year(both)[2030]


def projection_in_percent(about: str) -> float:
    change = change_pct(load.national_projection().total, year=int(about), base_year=1990)
    assert change is not None
    return change


def inventory_of_the_country(about: str) -> float:
    return load.national_projection().total.at(int(about))


ANSWERS: dict[str, Callable[[str], float]] = {
    "emitted": emitted,
    "emitted per inhabitant": per_inhabitant,
    "share of a sector in percent": share_of_sector,
    "sum of 98": sum_of_98,
    "change since 1990 in percent": change_since_1990,
    "allowed after a cut since 1990": allowed,
    "to be cut from 2018": to_be_cut,
    "to be cut from 2018 in percent": to_be_cut_in_percent,
    "allowed by −55 % for agriculture and −70 % for the rest": allowed_by_two,
    "national projection in percent of 1990": projection_in_percent,
    "national inventory": inventory_of_the_country,
}


@pytest.mark.parametrize("case", CASES, ids=[f"{case['case']}: {case['question']}, {case['about']}" for case in CASES])
def test_a_published_figure(case: dict[str, str]) -> None:
    answer = ANSWERS[case["question"]](case["about"])
    assert answer == pytest.approx(float(case["expected"]), rel=0.0, abs=float(case["tolerance"]))


def test_every_question_is_asked() -> None:
    assert {case["question"] for case in CASES} == set(ANSWERS)


def test_hvidovres_baseline_in_2030_by_hand() -> None:
    """Every sector follows KF25 2030 over 2023, but the small uptake of its land, which is held."""
    baseline = project_baseline(load.account(), load.national_projection(), until=2050)
    by_hand = {
        "energy": 78578.8 * 7.03 / 12.81,
        "transport": 35360.3 * 6.30 / 12.04,
        "agriculture": -806.3,
        "waste": 4736.9 * 0.94 / 1.27,
        "processes": 3274.9 * 1.28 / 1.61,
    }
    of_hvidovre = baseline.emissions.select(municipality="167", year=2030)
    assert {sector: of_hvidovre.at(sector) for sector in SECTORS.labels} == pytest.approx(by_hand)
    assert total(baseline.emissions).at("167", 2030) == pytest.approx(66929.14, abs=0.01)


def test_hvidovres_gap_to_minus_80_percent_by_hand() -> None:
    baseline = project_baseline(load.account(), load.national_projection(), until=2050)
    target = ReductionTarget(2030, BaseYear(1990, 342_088.0, "climate plan"), 80.0)
    gap = measure_gap(baseline.emissions.select(municipality="167"), [target])
    # 66,929.14 expected, 68,417.6 allowed
    assert gap.excess[ALL_SECTORS].at(2030) == pytest.approx(-1488.46, abs=0.01)
    assert gap.path[ALL_SECTORS].at(2023) == pytest.approx(121_144.6, abs=0.3)
    assert gap.path[ALL_SECTORS].at(2030) == pytest.approx(68_417.6)


def test_laesoes_land_is_held_and_its_change_has_no_percentage() -> None:
    account = load.account()
    baseline = project_baseline(account, load.national_projection(), until=2050)
    assert baseline.rules["825", scope_of("agriculture")[0]] is Rule.HELD
    assert baseline.emissions.at("825", "agriculture", 2050) == -17819.8
    changed = change_since_first(total(account.emissions))
    assert [place for place in changed.missing if place[0] == "825"] == [("825", year) for year in account.years]


def test_figures_below_zero_are_nowhere_clamped() -> None:
    """The publisher's own count: agriculture net of land is negative in 64 municipality-years."""
    farming = load.account().emissions.select(sector="agriculture").values
    assert int((farming < 0.0).sum()) == 64
