"""The national streams against KF25 as published, and all 98 municipalities shared out by them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from klimaplan.domain import axes, units
from klimaplan.domain.errors import InputError, Severity
from klimaplan.domain.inventory.account import SECTORS, Sector
from klimaplan.domain.inventory.streams import Gas, OwnDetail, StreamTable, split
from klimaplan.domain.projection.baseline import project_baseline
from klimaplan.domain.series import NotationKey, Series
from klimaplan.reference import load, tables

AALBORG, FREDERICIA, KALUNDBORG, KOEBENHAVN, LAESOE, NYBORG = "851", "607", "326", "101", "825", "450"


@cache
def baseline() -> Series:
    return project_baseline(load.account(), load.national_projection(), until=2050).emissions


def shared_out(code: str, whole: Series, *own: OwnDetail) -> StreamTable:
    people = load.account().population.at(code, 2023)
    return split(whole.select(municipality=code), load.national_streams(), own=own, inhabitants=people)


def national_mt(stream: str, year: int) -> dict[str, float]:
    """Gas → Mt CO2e, of those that are listed."""
    series = load.national_streams().emissions.select(stream=stream, year=year)
    return {str(gas): series.at(gas) / 1e6 for gas in Gas if (gas,) not in series.missing}


def tonnes(table: StreamTable, stream: str, year: int) -> float:
    return table.emissions.select(stream=stream, year=year).sum(axes.GAS).at()


# -- the country -----------------------------------------------------------------------------------------------------


def test_span_unit_and_edition() -> None:
    nation = load.national_streams()
    assert (nation.edition, nation.last_observed) == ("KF25", 2023)
    assert (nation.years[0], nation.years[-1], len(nation.years)) == (2018, 2050, 33)
    assert nation.emissions.unit == units.TONNES
    assert (nation.emissions.provenance.source, nation.emissions.provenance.gwp) == ("kf25", "AR5")
    assert {stream.sector for stream in nation.streams} == set(Sector)
    assert nation.rounding_t == 10_000.0
    # the population behind the account of 2023
    assert nation.inhabitants == pytest.approx(5_932_535)


@pytest.mark.parametrize(
    ("stream", "year", "gases"),
    [
        # 1A4bi: CO2 1.07 and indirect 0.01, CH4 0.08, N2O 0.04, total 1.19: the 0.01 too much is taken from CO2
        ("I.1.1/fossil_heating", 2023, {"CO2": 1.07, "CH4": 0.08, "N2O": 0.04}),
        # 1A3bi 2030: CO2 3.52 and indirect 0.02, N2O 0.02, total 3.56
        ("II.1.1/passenger_cars", 2030, {"CO2": 3.54, "N2O": 0.02}),
        # 3B: CH4 3.16, N2O 0.51, total 3.67
        ("V.1/manure", 2023, {"CH4": 3.16, "N2O": 0.51}),
        # 4A: CO2 −4.02, CH4 0.05, N2O 0.02, total −3.96: the 0.01 that rounding lacks stands in CO2
        ("V.2/forest", 2023, {"CO2": -4.03, "CH4": 0.05, "N2O": 0.02}),
        # 5B2 0.52 and its correction −0.34; before 2024 there is none
        ("III.2.1/biogas_plants", 2024, {"CH4": 0.18}),
        ("III.2.1/biogas_plants", 2023, {"CH4": 0.49}),
        # 2F: HFCs 0.26; 2G: N2O 0.02, SF6 0.01
        ("IV.2/f_gases", 2023, {"F-gases": 0.26}),
        ("IV.2/other_products", 2023, {"N2O": 0.02, "F-gases": 0.01}),
        # 1A1a 3.15 of which 0.548 is heat: 3.01 of CO2 with the indirect, 0.09, 0.05
        ("I.6.2/district_heating", 2023, {"CO2": 3.01 * 0.548, "CH4": 0.09 * 0.548, "N2O": 0.05 * 0.548}),
        ("I.6.2/electricity", 2023, {"CO2": 3.01 * 0.452, "CH4": 0.09 * 0.452, "N2O": 0.05 * 0.452}),
        # a total of 0.01 without a gas: methane, as in all other years
        ("I.8.1/gas_network", 2050, {"CH4": 0.01}),
        # listed no more
        ("II.2.1/railways", 2040, {}),
    ],
)
def test_streams_hold_the_published_figures(stream: str, year: int, gases: dict[str, float]) -> None:
    assert national_mt(stream, year) == pytest.approx(gases)


def test_heat_and_electricity_share_by_the_125_percent_method() -> None:
    share = {row["stream"]: row["share"] for row in tables.rows("streams/kf25-streams") if row["crf_codes"] == "1A1a"}
    # 137,522 TJ of heat at 125 % of the fuel, of 200,699 TJ of fuel
    assert Decimal(share["I.6.2/district_heating"]) == round(Decimal(137_522) / Decimal("1.25") / 200_699, 3)
    assert Decimal(share["I.6.2/electricity"]) + Decimal(share["I.6.2/district_heating"]) == 1


def test_machinery_is_set_apart_before_2024_as_in_2024() -> None:
    # 1A4ci and 1A4cii: 1.36 and 0.03 in 2023, 0.30 and 1.02 in 2024
    assert sum(national_mt("I.5.1/fossil_fuels", 2023).values()) == pytest.approx(1.39 * 0.30 / 1.32)
    assert sum(national_mt("II.5.1/agricultural_machinery", 2023).values()) == pytest.approx(1.39 * 1.02 / 1.32)
    # 1A2 and 1A2gvii: 2.88 and 0.03 in 2023, 2.38 and 0.56 in 2024
    assert sum(national_mt("II.5.1/construction_machinery", 2023).values()) == pytest.approx(2.91 * 0.56 / 2.94)
    assert sum(national_mt("II.5.1/construction_machinery", 2024).values()) == pytest.approx(0.56)


@pytest.mark.parametrize(
    ("sector", "national", "left_out"),
    [
        (Sector.ENERGY, ("energy_excl_transport",), ("1A1c", "1A5bi", "1B2a", "1B2c")),
        (Sector.TRANSPORT, ("transport",), ("1A3bx",)),
        (Sector.AGRICULTURE, ("agriculture", "land_use"), ()),
        (Sector.WASTE, ("waste",), ()),
        (Sector.PROCESSES, ("processes",), ()),
    ],
)
def test_streams_and_what_is_left_out_are_the_sector_of_the_country(
    sector: Sector, national: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    """Within the rounding of the codes: up to half a hundredth of a Mt each."""
    nation, projection = load.national_streams(), load.national_projection()
    rows = [at for at, stream in enumerate(nation.streams) if stream.sector is sector]
    sums = np.nan_to_num(nation.emissions.values[rows]).sum(axis=(0, 1))
    inventory = tables.rows("streams/kf25-crf")
    codes = {code for at in rows for code in nation.streams[at].national_codes} | set(left_out)
    for at, year in enumerate(nation.years):
        outside = sum(
            Decimal(row["value"]) for row in inventory
            if row["crf"] in left_out and row["year"] == str(year) and row["gas"] == "total"
        )  # fmt: skip
        whole = sum(projection.emissions[code].at(year) for code in national)
        assert sums[at] + float(outside) * 1e6 == pytest.approx(whole, abs=5_000 * (len(codes) + 1))


def test_what_is_not_listed_is_missing_and_not_zero() -> None:
    nation = load.national_streams()
    assert nation.emissions.missing["V.1/enteric", "N2O", 2023] is NotationKey.NOT_ESTIMATED
    assert set(nation.emissions.missing.values()) == {NotationKey.NOT_ESTIMATED}


def test_every_stream_says_who_could_remove_it() -> None:
    for stream in load.national_streams().streams:
        assert stream.solver.da
        assert stream.solver.en
        assert stream.name.da != stream.name.en or stream.name.da == "Cement"
        assert stream.key == f"{stream.ref}/{stream.carrier}"
        assert stream.carrier in load.carriers()


def test_only_land_takes_up() -> None:
    nation = load.national_streams()
    sinks = {stream.key for stream in nation.streams if stream.is_sink}
    assert sinks == {"V.2/forest", "V.2/wetlands", "V.2/wood_products"}
    for stream in nation.streams:
        if not stream.is_sink:
            assert np.nan_to_num(nation.emissions.select(stream=stream.key).values).min() >= 0.0


def test_what_is_left_out_has_a_reason() -> None:
    left_out = load.streams_left_out()
    assert [row.crf for row in left_out] == ["1A1c", "1A3bx", "1A5bi", "1B2a", "1B2c", "ccs", "cor"]
    assert all(row.reason.da and row.reason.en for row in left_out)


def test_factors_have_a_year_and_a_source() -> None:
    carriers = load.carriers()
    # SØB25: gas oil 74.1 and natural gas 57.1 kg CO2 per GJ, which is t per TJ; wood by convention 0
    assert carriers["oil"].factor == 74.1
    assert carriers["natural_gas"].factor == 57.1
    assert carriers["wood"].factor == 0.0
    assert carriers["heat_pumps"].factor is None
    for carrier in carriers.values():
        assert (carrier.factor is None) == (carrier.factor_year is None)
        assert carrier.factor is None or (carrier.note.da and carrier.note.en and carrier.activity_unit == "TJ")


# -- the municipalities ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [lambda: load.account().emissions, baseline], ids=["account", "baseline"])
def test_the_streams_of_all_municipalities_add_up_in_every_year(whole: object) -> None:
    series: Series = whole()  # type: ignore[operator]
    for code in load.account().codes:
        table = shared_out(code, series)
        for sector in SECTORS.labels:
            rows = [at for at, stream in enumerate(table.streams) if stream.sector == sector]
            sums = table.emissions.values[rows].sum(axis=(0, 1))
            assert sums == pytest.approx(series.select(municipality=code, sector=sector).values, abs=1e-6, rel=0)
        by_gas = table.emissions.sum(axes.STREAM).sum(axes.GAS).values
        assert by_gas == pytest.approx(series.select(municipality=code).sum(axes.SECTOR).values, abs=1e-5, rel=0)
        emits = [at for at, stream in enumerate(table.streams) if not stream.is_sink]
        assert table.emissions.values[emits].sum(axis=1).min() >= -1e-6


def test_account_and_baseline_of_a_municipality_have_the_same_streams() -> None:
    for code in load.account().codes:
        assert shared_out(code, load.account().emissions).streams == shared_out(code, baseline()).streams


def test_a_sink_stands_in_forest() -> None:
    table = shared_out(LAESOE, load.account().emissions)
    # published: −17.8 kt in 2023, negative in all years
    published = load.account().emissions.at(LAESOE, "agriculture", 2023)
    assert published == pytest.approx(-17_800, abs=50)
    assert table.emissions.at("V.2/forest", "CO2", 2023) == pytest.approx(published)
    assert tonnes(table, "V.1/enteric", 2023) == 0.0
    assert "V.2/forest" in table.estimated


def test_a_nearly_empty_agriculture_is_not_shared_out() -> None:
    for year in (2018, 2023):
        # 2018: −1,248.6 t, the second figure of the published table
        table = shared_out(KOEBENHAVN, load.account().emissions)
        published = load.account().emissions.at(KOEBENHAVN, "agriculture", year)
        assert tonnes(table, "V.2/forest", year) == pytest.approx(published)
        assert tonnes(table, "V.1/manure", year) == 0.0
    assert load.account().emissions.at(KOEBENHAVN, "agriculture", 2018) == -1248.6


def test_cement_stands_in_aalborg() -> None:
    table = shared_out(AALBORG, load.account().emissions)
    account, country = load.account(), 5_932_535
    # ordinary products per head of the country: 2D 0.17, 2F 0.26, 2G 0.03 Mt; the rest by 2A1 0.98, 2A0 0.13, 2B 0.04
    ordinary = 460_000 * account.population.at(AALBORG, 2023) / country
    expected = (account.emissions.at(AALBORG, "processes", 2023) - ordinary) * 0.98 / (0.98 + 0.13 + 0.04)
    assert tonnes(table, "IV.1/cement", 2023) == pytest.approx(expected, rel=1e-6)
    # the country's cement is 980,000 t, and Aalborg has the only works
    assert 0.8 < tonnes(table, "IV.1/cement", 2023) / 980_000 < 1.0


def test_point_sources_are_where_processes_exceed_what_everyone_has() -> None:
    with_cement = {code for code in load.account().codes if "IV.1/cement" in shared_out(code, baseline()).estimated}
    # above 0.15 t per head in 2023; 76 municipalities have 0.061
    assert AALBORG in with_cement
    assert len(with_cement) == 8


def test_refineries_are_in_the_two_municipalities_that_have_one() -> None:
    whole = load.account().emissions
    with_refinery = {code for code in load.account().codes if "I.4.1/refining" in shared_out(code, whole).estimated}
    assert with_refinery == {KALUNDBORG, FREDERICIA}


def test_own_detail_takes_the_place_of_the_estimate() -> None:
    gas = OwnDetail("I.1.1/natural_gas", "I.1.1", "natural_gas", Sector.ENERGY, 20_000.0, 2023, "gas meters")
    table = shared_out(NYBORG, baseline(), gas)
    assert tonnes(table, "I.1.1/natural_gas", 2023) == pytest.approx(20_000)
    # 1A4bi falls from 1.19 in 2023 to 0.34 Mt in 2030
    assert tonnes(table, "I.1.1/natural_gas", 2030) == pytest.approx(20_000 * 0.34 / 1.19)
    assert table.stream("I.1.1/natural_gas").name.da == "Opvarmning af boliger: naturgas"
    assert "I.1.1/natural_gas" not in table.estimated
    assert "I.1.1/fossil_heating" not in table.estimated
    assert table.provenance("I.1.1/natural_gas").source == "gas meters"


def test_own_detail_with_an_unknown_carrier_or_too_much_of_it_is_refused() -> None:
    steam = OwnDetail("I.1.1/steam", "I.1.1", "steam", Sector.ENERGY, 1.0, 2023, "meters")
    cars = OwnDetail("II.1.1/passenger_cars", "II.1.1", "passenger_cars", Sector.TRANSPORT, 1e9, 2023, "counts")
    for detail, code in ((steam, "unknown-carrier"), (cars, "own-exceeds-sector")):
        with pytest.raises(InputError) as caught:
            shared_out(AALBORG, baseline(), detail)
        assert [(each.code, each.severity) for each in caught.value.findings] == [(code, Severity.ERROR)]
