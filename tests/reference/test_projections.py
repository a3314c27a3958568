"""The national projection against the publisher's own headline figures."""

from __future__ import annotations

import pytest

from klimaplan.domain import units
from klimaplan.domain.inventory.account import Sector, national, total
from klimaplan.domain.projection.national import Fallback, change_pct, cross_check
from klimaplan.reference import load


def test_span_and_unit() -> None:
    projection = load.national_projection()
    assert projection.edition == "KF25"
    assert projection.last_observed == 2023
    years = projection.total.axis("year").labels
    assert (years[0], years[-1], len(years)) == (1990, 2050, 61)
    assert projection.total.unit == units.TONNES
    assert projection.total.at(1990) == 79_180_000.0
    assert projection.total.provenance.gwp == "AR5"


@pytest.mark.parametrize(("year", "pct"), [(2025, -57.5), (2030, -72.0), (2035, -79.5), (2050, -87.7)])
def test_reductions_since_1990_as_published(year: int, pct: float) -> None:
    assert change_pct(load.national_projection().total, year=year, base_year=1990) == pytest.approx(pct, abs=0.05)


def test_every_national_sector_has_one_place() -> None:
    projection = load.national_projection()
    followed = [code for rule in projection.mapping.values() for code in rule.national_sectors]
    left_out = [row.national_sector for row in load.left_out()]
    assert sorted(followed + left_out) == sorted(projection.emissions)
    assert left_out == ["ccs", "correction"]
    assert all(row.reason.da and row.reason.en for row in load.left_out())


def test_how_each_sector_follows() -> None:
    rules = load.national_projection().mapping.values()
    assert {rule.sector: (rule.national_sectors, rule.fallback, rule.follows_population) for rule in rules} == {
        Sector.ENERGY: (("energy_excl_transport",), Fallback.PER_HEAD, True),
        Sector.TRANSPORT: (("transport",), Fallback.PER_HEAD, True),
        Sector.AGRICULTURE: (("agriculture", "land_use"), Fallback.HELD, False),
        Sector.WASTE: (("waste",), Fallback.PER_HEAD, True),
        Sector.PROCESSES: (("processes",), Fallback.PER_HEAD, True),
    }  # fmt: skip


def test_agriculture_is_net_of_land_use() -> None:
    net = load.national_projection().of_sector(Sector.AGRICULTURE)
    # KF25 2023: 11.21 from farming and −0.50 from land
    assert net.at(2023) == pytest.approx(10_710_000.0)


def test_the_step_from_2023_to_2024_is_told_with_its_size() -> None:
    notes = {sector: rule.note for sector, rule in load.national_projection().mapping.items()}
    # KF25 CRF 1A3bx: 0.61 → −0.32 Mt; cor_5B2 and cor_5D1a in 2024: −0.34 and −0.02 Mt
    assert "0.61 to −0.32" in notes[Sector.TRANSPORT].en
    assert "0,61 til −0,32" in notes[Sector.TRANSPORT].da
    assert "0.36 Mt" in notes[Sector.WASTE].en
    assert "0,36 mio. ton" in notes[Sector.WASTE].da


def test_the_municipalities_are_of_the_order_of_the_country() -> None:
    assert cross_check(national(total(load.account().emissions)), load.national_projection()) == ()
