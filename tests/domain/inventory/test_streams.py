"""Sectors shared out over streams, against a country small enough to be reckoned by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.small import SEEN, by_sector, emissions
from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import AxisError, CoverageError, InputError, Severity, Text, UnknownCodeError
from klimaplan.domain.inventory.account import SECTORS, Sector
from klimaplan.domain.inventory.streams import GASES, Gas, NationalStreams, OwnDetail, Stream, StreamTable, split
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey, Series, absent

NAN = float("nan")
NOTHING = (NAN, NAN, NAN)

COUNTRY: dict[str, tuple[Sector, tuple[Sequence[float], ...]]] = {
    # (CO2, CH4, N2O, F-gases) × (2023, 2024, 2025)
    "I.1.1/fossil_heating": (Sector.ENERGY, ((50, 30, 0), (10, 10, 20), NOTHING, NOTHING)),
    "I.3.1/industrial_fuels": (Sector.ENERGY, ((40, 60, 20), NOTHING, NOTHING, NOTHING)),
    "II.1.1/cars": (Sector.TRANSPORT, ((80, 60, 40), NOTHING, (20, 20, 10), NOTHING)),
    "II.1.1/vans": (Sector.TRANSPORT, ((100, 20, 50), NOTHING, NOTHING, NOTHING)),
    "III.1.1/landfill": (Sector.WASTE, (NOTHING, (10, 10, 10), NOTHING, NOTHING)),
    "IV.1/cement": (Sector.PROCESSES, ((60, 60, 60), NOTHING, NOTHING, NOTHING)),
    "IV.2/f_gases": (Sector.PROCESSES, (NOTHING, NOTHING, NOTHING, (40, 20, 20))),
    "V.1/cattle": (Sector.AGRICULTURE, (NOTHING, (150, 100, 100), NOTHING, NOTHING)),
    "V.2/forest": (Sector.AGRICULTURE, ((-60, -95, -50), (10, 0, 0), NOTHING, NOTHING)),
}  # fmt: skip
ENERGY, TRANSPORT, AGRICULTURE, WASTE, PROCESSES = 200.0, 100.0, 300.0, 20.0, 10.0


def stream(key: str, sector: Sector) -> Stream:
    ref, carrier = key.split("/")
    point = 0.15 if key == "IV.1/cement" else None
    return Stream(key, ref, carrier, sector, Text(key, key), key == "V.2/forest", Text("", ""), (key,), point)


def country(**changes: object) -> NationalStreams:
    streams = tuple(stream(key, sector) for key, (sector, _) in COUNTRY.items())
    values = np.array([by_gas for _, by_gas in COUNTRY.values()], dtype=float)
    axes_ = (Axis(axes.STREAM, tuple(COUNTRY)), GASES, axes.years(2023, 2025))
    series = Series(values, axes_, units.TONNES, SEEN, absent(values, axes_, NotationKey.NOT_ESTIMATED))
    return replace(NationalStreams(streams, series, "MADE-UP"), **changes)  # type: ignore[arg-type]


def with_figures(values: np.ndarray, *more: Stream) -> NationalStreams:
    """The same country with other figures, and more streams at the end."""
    streams = (*country().streams, *more)
    axes_ = (Axis(axes.STREAM, tuple(each.key for each in streams)), GASES, axes.years(2023, 2025))
    series = Series(values, axes_, units.TONNES, SEEN, absent(values, axes_, NotationKey.NOT_ESTIMATED))
    return country(streams=streams, emissions=series)


def sectors(**changed: Sequence[float]) -> Series:
    """Three years from 2023, flat but for what is changed."""
    rows = dict(
        zip(Sector, ([ENERGY] * 3, [TRANSPORT] * 3, [AGRICULTURE] * 3, [WASTE] * 3, [PROCESSES] * 3), strict=True)
    )
    return by_sector([list(changed.get(str(sector), row)) for sector, row in rows.items()])


def own(key: str, tonnes: float, sector: Sector, *, year: int = 2023, **more: object) -> OwnDetail:
    ref, carrier = key.split("/")
    return replace(OwnDetail(key, ref, carrier, sector, tonnes, year, "meters"), **more)  # type: ignore[arg-type]


def of(table: StreamTable, key: str) -> list[list[float]]:
    """(gas, year) of one stream."""
    return table.emissions.select(stream=key).values.tolist()


def tonnes(table: StreamTable, key: str) -> list[float]:
    return table.emissions.select(stream=key).sum(axes.GAS).values.tolist()


def largest_gap(table: StreamTable, whole: Series) -> float:
    """How far the streams are from their sector at most."""
    gaps = []
    for sector in SECTORS.labels:
        rows = [at for at, each in enumerate(table.streams) if each.sector == sector]
        sums = table.emissions.values[rows].sum(axis=(0, 1))
        gaps.append(float(np.abs(sums - whole.select(sector=sector).values).max()))
    return max(gaps)


def findings(*details: OwnDetail, whole: Series | None = None, **changes: object) -> dict[str, str]:
    """Code → place of everything that is wrong."""
    with pytest.raises(InputError) as caught:
        split(whole or sectors(), country(**changes), own=details, inhabitants=None)
    for finding in caught.value.findings:
        assert finding.message("da") != finding.message("en")
    return {finding.code: finding.place for finding in caught.value.findings}


# -- shares ----------------------------------------------------------------------------------------------------------


def test_a_sector_is_shared_out_by_the_country_of_the_same_year() -> None:
    table = split(sectors(), country(), inhabitants=100.0)
    # 2023: 50, 10 and 40 of 100; 2024: 30, 10 and 60 of 100; 2025: 0, 20 and 20 of 40; of 200 t each
    assert of(table, "I.1.1/fossil_heating")[:2] == [pytest.approx([100, 60, 0]), pytest.approx([20, 20, 100])]
    assert of(table, "I.3.1/industrial_fuels")[0] == pytest.approx([80, 120, 100])
    # a gas that the country does not list has no share
    assert of(table, "I.3.1/industrial_fuels")[1:] == [[0, 0, 0]] * 3
    # 2023: cattle 150 and forest −50 of 100, of 300 t; the forest's own gases −60 and 10
    assert tonnes(table, "V.1/cattle")[0] == pytest.approx(450)
    assert [row[0] for row in of(table, "V.2/forest")] == pytest.approx([-180, 30, 0, 0])


def test_streams_carry_what_they_are() -> None:
    table = split(sectors(), country(), inhabitants=100.0)
    assert [each.key for each in table.streams] == sorted(each.key for each in table.streams)
    assert table.emissions.axes == (Axis("stream", tuple(s.key for s in table.streams)), GASES, axes.years(2023, 2025))
    assert table.emissions.unit == units.TONNES
    assert table.estimated == {each.key for each in table.streams}
    seen = table.emissions.provenance
    assert (seen.kind, seen.method, seen.gwp) == (Kind.ESTIMATED, "streams", "AR5")
    assert seen.steps == ("estimated from national shares of MADE-UP",)
    assert table.stream("II.1.1/cars").sector is Sector.TRANSPORT
    assert table.provenance("II.1.1/cars") == seen
    with pytest.raises(UnknownCodeError, match=r"Use one of I\.1\.1/fossil_heating"):
        table.stream("II.1.1/bicycles")


def test_shares_are_held_where_the_country_is_near_zero() -> None:
    table = split(sectors(), country(), inhabitants=100.0)
    # 2024: cattle 100 and forest −95: 5 of 195 together is less than a tenth, so the shares of 2023 hold
    assert tonnes(table, "V.1/cattle")[1] == pytest.approx(450)
    # 2025: 100 and −50
    assert tonnes(table, "V.1/cattle")[2] == pytest.approx(600)


def test_before_the_first_usable_year_the_first_one_holds() -> None:
    values = country().emissions.values.copy()
    rows = [at for at, key in enumerate(COUNTRY) if key.startswith("V.")]
    values[rows] = values[rows][:, :, [1, 0, 2]]
    table = split(sectors(), with_figures(values), inhabitants=100.0)
    # 2023 is not usable now: 150 of 100 in 2024, 100 of 50 in 2025
    assert tonnes(table, "V.1/cattle") == pytest.approx([450, 450, 600])


def test_a_sector_below_zero_stands_in_the_sink() -> None:
    table = split(sectors(agriculture=[-30, -20, -10]), country(), inhabitants=100.0)
    # in the main gas of the forest, and nowhere else
    assert of(table, "V.2/forest") == [[-30, -20, -10], [0, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert tonnes(table, "V.1/cattle") == [0, 0, 0]
    assert "V.2/forest" in table.estimated


def test_a_sector_near_zero_is_not_shared_out() -> None:
    # 10 kg for each of 100 inhabitants is 1 t
    table = split(sectors(agriculture=[0.9, 1.0, 0.0], energy=[0.9, 0.9, 1.0]), country(), inhabitants=100.0)
    # 1 t is not less than 1 t: forest −50 of 100
    assert tonnes(table, "V.2/forest") == pytest.approx([0.9, -0.5, 0.0])
    # the country's largest: heating 60 against 40, then fuels 60 against 40
    assert of(table, "I.1.1/fossil_heating")[0][:2] == [0.9, 0.0]
    assert tonnes(table, "I.3.1/industrial_fuels") == pytest.approx([0.0, 0.9, 0.5])


def test_without_inhabitants_only_zero_and_below_is_near_zero() -> None:
    table = split(sectors(agriculture=[0.9, 0.0, -0.1]), country(), inhabitants=None)
    assert tonnes(table, "V.1/cattle") == pytest.approx([1.35, 0.0, 0.0])
    assert tonnes(table, "V.2/forest") == pytest.approx([-0.45, 0.0, -0.1])


def test_a_missing_sector_is_refused() -> None:
    whole = emissions({"101": [[1.0], [2.0], [NAN], [3.0], [4.0]]}, first=2023,
                      missing={("101", "agriculture", 2023): NotationKey.NOT_ESTIMATED})  # fmt: skip
    with pytest.raises(CoverageError, match="Fill it in, or leave it out on purpose"):
        split(whole.select(municipality="101"), country(), inhabitants=None)


def test_a_year_that_the_country_does_not_have_is_refused() -> None:
    with pytest.raises(AxisError):
        split(by_sector([[1.0]] * 5, first=2026), country(), inhabitants=None)


def test_the_country_must_have_its_streams_on_its_axis() -> None:
    with pytest.raises(AxisError):
        country(streams=tuple(stream(key, sector) for key, (sector, _) in COUNTRY.items())[1:])


# -- point sources ---------------------------------------------------------------------------------------------------


def test_a_point_source_is_there_only_above_its_threshold() -> None:
    # 10 t over 100 inhabitants is 0.1 t, over 60 it is 0.167 t
    assert "IV.1/cement" not in split(sectors(), country(), inhabitants=100.0).estimated
    assert tonnes(split(sectors(), country(), inhabitants=100.0), "IV.2/f_gases") == pytest.approx([10, 10, 10])
    # 60 of 100, then 60 of 80
    assert tonnes(split(sectors(), country(), inhabitants=60.0), "IV.1/cement") == pytest.approx([6, 7.5, 7.5])


def test_one_year_above_the_threshold_is_enough() -> None:
    table = split(sectors(processes=[10, 16, 10]), country(), inhabitants=100.0)
    assert tonnes(table, "IV.1/cement")[0] == pytest.approx(6)


def test_years_before_the_last_observed_one_do_not_decide_on_point_sources() -> None:
    table = split(sectors(processes=[16, 10, 10]), country(last_observed=2024), inhabitants=100.0)
    assert "IV.1/cement" not in table.estimated


def test_without_inhabitants_no_point_source_is_assumed() -> None:
    assert "IV.1/cement" not in split(sectors(processes=[1e6] * 3), country(), inhabitants=None).estimated


def test_a_point_source_has_what_exceeds_the_ordinary() -> None:
    # the country has 40 t of F-gases over 1000 inhabitants, then 20: for 60 inhabitants 2.4 and 1.2 t
    table = split(sectors(processes=[10, 10, 1]), country(inhabitants=1000.0), inhabitants=60.0)
    assert tonnes(table, "IV.2/f_gases") == pytest.approx([2.4, 1.2, 1.0])
    assert tonnes(table, "IV.1/cement") == pytest.approx([7.6, 8.8, 0.0])


# -- own detail ------------------------------------------------------------------------------------------------------


def test_own_detail_follows_its_national_stream_and_the_rest_adds_up() -> None:
    detail = own("I.3.1/industrial_fuels", 100.0, Sector.ENERGY)
    table = split(sectors(), country(), own=[detail], inhabitants=100.0)
    # 100 · 60/40, 100 · 20/40
    assert tonnes(table, "I.3.1/industrial_fuels") == pytest.approx([100, 150, 50])
    # 100, 50 and 150 t are left; CO2 is 50 of 60, 30 of 40, 0 of 20
    assert of(table, "I.1.1/fossil_heating")[0] == pytest.approx([100 * 5 / 6, 37.5, 0])
    assert table.estimated == {each.key for each in table.streams} - {"I.3.1/industrial_fuels"}
    assert table.findings == ()


def test_own_detail_keeps_its_source() -> None:
    table = split(sectors(), country(), own=[own("II.1.1/cars", 10.0, Sector.TRANSPORT)], inhabitants=None)
    seen = table.provenance("II.1.1/cars")
    assert (seen.source, seen.version, seen.kind, seen.gwp) == ("meters", "2023", Kind.CALCULATED, "AR5")
    assert "2023" in seen.steps[0]
    assert table.provenance("II.1.1/vans").kind is Kind.ESTIMATED


def test_own_detail_of_one_stream_leaves_the_others_of_its_reference() -> None:
    table = split(sectors(), country(), own=[own("II.1.1/cars", 60.0, Sector.TRANSPORT)], inhabitants=None)
    # cars 100, 80, 50 in the country, a fifth of them N2O in 2023
    assert tonnes(table, "II.1.1/cars") == pytest.approx([60, 48, 30])
    assert [row[0] for row in of(table, "II.1.1/cars")] == pytest.approx([48, 0, 12, 0])
    assert tonnes(table, "II.1.1/vans") == pytest.approx([40, 52, 70])


def test_a_finer_split_replaces_its_whole_reference() -> None:
    details = [
        own("I.1.1/natural_gas", 90.0, Sector.ENERGY),
        own("I.1.1/oil", 30.0, Sector.ENERGY, gas_shares={Gas.CO2: 1.0}),
    ]
    names = {"natural_gas": Text("Naturgas", "Natural gas"), "oil": Text("Olie", "Oil")}
    table = split(sectors(), country(carriers=names), own=details, inhabitants=None)
    assert [each.key for each in table.streams if each.sector is Sector.ENERGY] == [
        "I.1.1/natural_gas", "I.1.1/oil", "I.3.1/industrial_fuels",
    ]  # fmt: skip
    # heating 60, 40, 20 in the country; its gases 50 to 10 in 2023, and for oil as given
    assert tonnes(table, "I.1.1/natural_gas") == pytest.approx([90, 60, 30])
    assert [row[0] for row in of(table, "I.1.1/natural_gas")] == pytest.approx([75, 15, 0, 0])
    assert of(table, "I.1.1/oil")[0] == pytest.approx([30, 20, 10])
    assert tonnes(table, "I.3.1/industrial_fuels") == pytest.approx([80, 120, 160])
    assert table.stream("I.1.1/oil").name.en == "I.1.1/fossil_heating: oil"
    assert table.stream("I.1.1/oil").national_codes == ("I.1.1/fossil_heating",)


def test_own_detail_is_held_where_the_country_is_no_index() -> None:
    # a sink, and a stream of less than five last decimals
    forest = own("V.2/forest", -40.0, Sector.AGRICULTURE)
    assert tonnes(split(sectors(), country(), own=[forest], inhabitants=None), "V.2/forest") == pytest.approx([-40] * 3)
    cars = own("II.1.1/cars", 60.0, Sector.TRANSPORT)
    held = split(sectors(), country(rounding_t=20.0), own=[cars], inhabitants=None)
    assert tonnes(held, "II.1.1/cars") == pytest.approx([60, 60, 60])
    moving = split(sectors(), country(rounding_t=19.9), own=[cars], inhabitants=None)
    assert tonnes(moving, "II.1.1/cars") == pytest.approx([60, 48, 30])


def test_own_detail_does_not_follow_a_stream_that_falls_below_zero() -> None:
    values = country().emissions.values.copy()
    values[list(COUNTRY).index("II.1.1/vans"), 0, 2] = -10
    table = split(sectors(), with_figures(values), own=[own("II.1.1/vans", 40.0, Sector.TRANSPORT)], inhabitants=None)
    assert tonnes(table, "II.1.1/vans") == pytest.approx([40, 40, 40])


def test_own_detail_of_what_the_country_does_not_know_is_held() -> None:
    detail = own("I.7.1/coal_mining", 5.0, Sector.ENERGY, gas_shares={Gas.CH4: 1.0})
    table = split(sectors(), country(), own=[detail], inhabitants=None)
    assert of(table, "I.7.1/coal_mining")[1] == pytest.approx([5, 5, 5])
    assert tonnes(table, "I.3.1/industrial_fuels")[0] == pytest.approx(78)


def test_own_livestock_leaves_the_sink_what_a_near_empty_sector_lacks() -> None:
    table = split(sectors(agriculture=[-10.0] * 3), country(), own=[own("V.1/cattle", 15.0, Sector.AGRICULTURE)],
                  inhabitants=100.0)  # fmt: skip
    assert tonnes(table, "V.1/cattle") == pytest.approx([15, 10, 10])
    assert tonnes(table, "V.2/forest") == pytest.approx([-25, -20, -20])


def test_own_detail_may_exceed_a_sector_of_which_only_sinks_are_left() -> None:
    table = split(sectors(), country(), own=[own("V.1/cattle", 330.0, Sector.AGRICULTURE)], inhabitants=100.0)
    assert tonnes(table, "V.2/forest")[0] == pytest.approx(-30)
    # 330 · 100/150 = 220 in 2024: the 80 t that lack are not shared out by the gases of an uptake
    assert [row[1] for row in of(table, "V.2/forest")] == pytest.approx([80, 0, 0, 0])


def test_the_sink_of_a_nearly_empty_sector_takes_what_own_detail_exceeds_it_by() -> None:
    soils = stream("V.3/soils", Sector.AGRICULTURE)
    figures = np.full((1, 4, 3), NAN)
    figures[0, 2] = 100.0
    nation = with_figures(np.concatenate([country().emissions.values, figures]), soils)
    details = [own("V.1/cattle", 0.6, Sector.AGRICULTURE)]
    table = split(sectors(agriculture=[0.9, 0.1, 0.1]), nation, own=details, inhabitants=100.0)
    # 0.6 · 100/150 = 0.4 in 2024, of a sector of 0.1
    assert tonnes(table, "V.1/cattle") == pytest.approx([0.6, 0.4, 0.4])
    assert tonnes(table, "V.2/forest") == pytest.approx([0.3, -0.3, -0.3])
    assert table.findings == ()
    # a sector that is not nearly empty has it scaled down: 9 of 30, then 6 of 5
    table = split(sectors(agriculture=[30, 5, 30]), nation, own=[own("V.1/cattle", 9.0, Sector.AGRICULTURE)],
                  inhabitants=100.0)  # fmt: skip
    assert tonnes(table, "V.1/cattle") == pytest.approx([9, 5, 6])
    assert [each.place for each in table.findings] == ["agriculture/2024"]


def test_a_sector_of_own_detail_alone_is_scaled_to_the_other_years() -> None:
    details = [own("I.1.1/fossil_heating", 120.0, Sector.ENERGY), own("I.3.1/industrial_fuels", 80.0, Sector.ENERGY)]
    table = split(sectors(energy=[200, 100, 50]), country(), own=details, inhabitants=None)
    assert tonnes(table, "I.1.1/fossil_heating")[0] == pytest.approx(120)
    # 2024: 120 · 40/60 = 80 and 80 · 60/40 = 120, halved
    assert tonnes(table, "I.1.1/fossil_heating")[1] == pytest.approx(40)
    assert largest_gap(table, sectors(energy=[200, 100, 50])) <= 1e-6


def test_a_sector_of_own_detail_alone_from_an_earlier_year_is_scaled() -> None:
    details = [own("I.1.1/fossil_heating", 120.0, Sector.ENERGY), own("I.3.1/industrial_fuels", 80.0, Sector.ENERGY)]
    later = by_sector([[100.0], [TRANSPORT], [AGRICULTURE], [WASTE], [PROCESSES]], first=2024)
    table = split(later, country(), own=details, inhabitants=None)
    # 80 and 120 in 2024, halved
    assert tonnes(table, "I.1.1/fossil_heating") == pytest.approx([40])


def test_rounding_between_own_detail_and_its_sector_stands_in_the_largest_stream() -> None:
    details = [own("I.1.1/fossil_heating", 120.5, Sector.ENERGY), own("I.3.1/industrial_fuels", 80.0, Sector.ENERGY)]
    table = split(sectors(), country(), own=details, inhabitants=None)
    assert (tonnes(table, "I.1.1/fossil_heating")[0], tonnes(table, "I.3.1/industrial_fuels")[0]) == (120.0, 80.0)


def test_own_detail_that_outgrows_its_sector_later_is_scaled_down_and_said() -> None:
    whole = sectors(energy=[200, 120, 200])
    table = split(whole, country(), own=[own("I.3.1/industrial_fuels", 100.0, Sector.ENERGY)], inhabitants=None)
    # 150 t in 2024 is more than 120
    assert tonnes(table, "I.3.1/industrial_fuels") == pytest.approx([100, 120, 50])
    assert tonnes(table, "I.1.1/fossil_heating")[1] == pytest.approx(0)
    [warning] = table.findings
    assert (warning.code, warning.place, warning.severity) == ("own-scaled-to-sector", "energy/2024", Severity.WARNING)


# -- own detail that cannot be ---------------------------------------------------------------------------------------


def test_everything_wrong_with_own_detail_is_said_at_once() -> None:
    wrong = [
        own("I.1.1/oil", NAN, Sector.ENERGY, source=" "),
        own("I.3.1/industrial_fuels", 10.0, Sector.WASTE, year=1990),
        own("II.1.1/cars", -5.0, Sector.TRANSPORT, gas_shares={Gas.CO2: 0.7}),
        own("II.1.1/vans", 5.0, Sector.TRANSPORT, ref="II.1.2"),
        own("III.1.1/landfill", 5.0, Sector.WASTE),
        own("III.1.1/landfill", 5.0, Sector.WASTE),
        own("VI.1/imports", 5.0, Sector.PROCESSES),
    ]
    names = {each.carrier: Text("", "") for each in wrong if each.carrier != "oil"}
    assert findings(*wrong, carriers=names) == {
        "unknown-carrier": "I.1.1/oil",
        "own-not-a-number": "I.1.1/oil",
        "own-source-absent": "I.1.1/oil",
        "own-sector-differs": "I.3.1/industrial_fuels",
        "own-year-outside": "I.3.1/industrial_fuels",
        "own-negative": "II.1.1/cars",
        "own-gases-differ": "II.1.1/cars",
        "own-key-differs": "II.1.1/vans",
        "own-detail-twice": "III.1.1/landfill",
        "own-gases-unknown": "VI.1/imports",
    }


def test_own_detail_above_its_sectors_is_refused_for_all_sectors_at_once() -> None:
    too_much = [
        own("I.3.1/industrial_fuels", 202.0, Sector.ENERGY),
        own("II.1.1/cars", 102.0, Sector.TRANSPORT, year=2024),
    ]
    with pytest.raises(InputError) as caught:
        split(sectors(), country(), own=too_much, inhabitants=None)
    assert [(each.code, each.place) for each in caught.value.findings] == [
        ("own-exceeds-sector", "energy/2023"), ("own-exceeds-sector", "transport/2024"),
    ]  # fmt: skip
    assert "202.0 t, but the sector is 200.0 t" in caught.value.findings[0].message("en")


def test_rounding_above_the_sector_is_forgiven() -> None:
    detail = own("I.3.1/industrial_fuels", 201.0, Sector.ENERGY)
    table = split(sectors(), country(), own=[detail], inhabitants=None)
    assert tonnes(table, "I.3.1/industrial_fuels")[0] == pytest.approx(200)
    assert tonnes(table, "I.1.1/fossil_heating")[0] == pytest.approx(0)


def test_a_sector_of_own_detail_alone_must_be_the_sector() -> None:
    assert findings(own("III.1.1/landfill", 18.9, Sector.WASTE)) == {"own-differs-from-sector": "waste/2023"}
    near = split(sectors(), country(), own=[own("III.1.1/landfill", 19.1, Sector.WASTE)], inhabitants=None)
    assert tonnes(near, "III.1.1/landfill") == pytest.approx([20, 20, 20])


def test_sinks_alone_cannot_fill_a_sector_up() -> None:
    assert findings(own("V.1/cattle", 250.0, Sector.AGRICULTURE)) == {"own-leaves-only-sinks": "agriculture/2023"}


def test_a_sector_that_the_country_has_no_streams_for_is_refused() -> None:
    whole = country()
    kept = tuple(each for each in whole.streams if each.sector is not Sector.WASTE)
    series = whole.emissions.take(axes.STREAM, [each.key for each in kept])
    assert findings(streams=kept, emissions=series) == {"sector-without-streams": "waste"}


# -- laws ------------------------------------------------------------------------------------------------------------

POSITIVE = st.floats(min_value=1e-3, max_value=1e7)
ANY = st.floats(min_value=-1e6, max_value=1e7)
PART = st.floats(min_value=0.0, max_value=1.0)


@given(values=st.lists(st.lists(ANY, min_size=3, max_size=3), min_size=5, max_size=5), people=st.floats(1.0, 1e6))
def test_streams_add_up_for_any_sectors(values: list[list[float]], people: float) -> None:
    whole = by_sector(values)
    for nation in (country(), country(inhabitants=1000.0)):
        assert largest_gap(split(whole, nation, inhabitants=people), whole) <= 1e-6


@given(
    values=st.lists(st.lists(POSITIVE, min_size=3, max_size=3), min_size=5, max_size=5),
    heating=PART, cars=PART, f_gases=PART, year=st.sampled_from([2023, 2024, 2025]),
)  # fmt: skip
def test_streams_add_up_with_any_own_detail_below_the_sector(
    values: list[list[float]], heating: float, cars: float, f_gases: float, year: int
) -> None:
    # the point source is there, so F-gases are not alone in their sector
    whole = by_sector([*values[:4], [max(value, 1.0) for value in values[4]]])
    parts = {
        "I.1.1/natural_gas": (heating, Sector.ENERGY),
        "II.1.1/cars": (cars, Sector.TRANSPORT),
        "IV.2/f_gases": (f_gases, Sector.PROCESSES),
    }
    details = [
        own(key, part * whole.at(str(sector), year), sector, year=year) for key, (part, sector) in parts.items()
    ]  # fmt: skip
    table = split(whole, country(), own=details, inhabitants=1.0)
    assert largest_gap(table, whole) <= 1e-6
    for detail in details:
        stands = table.emissions.select(stream=detail.key, year=year).sum(axes.GAS).at()
        assert stands == pytest.approx(detail.tonnes, abs=1e-6)
    # own detail below a sector that emits leaves nothing negative
    rows = [at for at, each in enumerate(table.streams) if each.sector is not Sector.AGRICULTURE]
    assert table.emissions.values[rows].min() >= -1e-6


@given(factor=st.floats(0.5, 1e4))
def test_twice_the_sectors_is_twice_the_streams(factor: float) -> None:
    one = split(sectors(), country(), inhabitants=None).emissions.values
    scaled = Series(sectors().values * factor, sectors().axes, units.TONNES, SEEN)
    assert split(scaled, country(), inhabitants=None).emissions.values == pytest.approx(one * factor)
