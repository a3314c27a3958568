"""The library against the published catalogue, the published figures behind its factors, and effects by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import Setting, apply_actions
from klimaplan.domain.actions.check import check_actions
from klimaplan.domain.actions.lever import Quantity, Units
from klimaplan.domain.actions.problem import emissions
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import InputError, Text, UnknownCodeError
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import GASES, Gas, Stream, StreamTable
from klimaplan.domain.plan import look_ahead, set_out
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Floats, Series
from klimaplan.domain.uncertainty.distributions import Fixed, Normal, Triangular
from klimaplan.domain.uncertainty.sample import Parameter, points
from klimaplan.reference import load
from klimaplan.reference.measures import Grounds

# Ea and CONCITO 2024: the share of the 96 plans that use each measure, percent
PUBLISHED = {
    "olie-/naturgasfyr til fjernvarme/varmepumpe": 99, "varmebesparelser": 86, "solceller på marker": 78,
    "solceller på tage": 67, "landvind": 66, "biogasanlæg": 48, "fossil ud af fjernvarme": 46, "overskudsvarme": 42,
    "plastudsortering": 39, "CCS": 32, "PtX": 29, "el/gas i kollektiv transport": 85, "ladeinfrastruktur": 85,
    "cyklisme": 77, "kommunal elflåde": 73, "elektrificering person-/varebiler": 73,
    "fremme kollektiv transport": 59, "transportvaner": 57, "samkørsel/delebiler": 56,
    "tunge køretøjer fossilfri": 54, "energieffektivitet": 36, "skovrejsning": 78, "udtag af lavbundsjorde": 70,
    "landbrugets klimaplan": 43, "forgasning af husdyrgødning": 40, "biochar": 30, "staldteknologi": 29,
    "natur-/klimagenopretning": 25, "fodringsteknologi": 24, "afgrødeomlægning": 23, "planteavl i øvrigt": 22,
    "grønne indkøb": 66, "affaldssortering": 54, "klimavenlig kost": 53, "bæredygtige byggematerialer": 46,
    "mindre madspild": 45, "bæredygtig levevis": 42, "genanvendelse af byggematerialer": 35,
    "cirkulær økonomi": 33, "kommunen som virksomhed": 31, "CO2-regnskaber for virksomheder": 29,
    "tekstilgenbrug": 18, "deleøkonomi": 12, "renovering frem for nybyggeri": 7, "elektronik": 6,
    "internationale flyrejser": 5,
}  # fmt: skip

FIRST, LAST = 2023, 2033
YEARS = axes.years(FIRST, LAST)
AT_ONCE = Ramp(Shape.STEP, FIRST + 1)
SEEN = Provenance("made-up", "1", Kind.ESTIMATED, gwp="AR5")

# t CO2e a year by CO2, CH4, N2O, F-gases; nothing changes, so every effect is due to the action
FLAT: Mapping[str, tuple[float, float, float, float]] = {
    "I.1.1/fossil_heating": (1_000.0, 0.0, 0.0, 0.0),
    "I.6.2/electricity": (500.0, 0.0, 0.0, 0.0),
    "II.1.1/passenger_cars": (5_000.0, 0.0, 0.0, 0.0),
    "III.2.1/biogas_plants": (0.0, 100.0, 0.0, 0.0),
    "V.1/enteric": (0.0, 8_000.0, 0.0, 0.0),
    "V.1/manure": (0.0, 4_000.0, 1_000.0, 0.0),
    "V.2/forest": (-2_000.0, 0.0, 0.0, 0.0),
    "V.2/organic_soils_crops": (6_000.0, 400.0, 0.0, 0.0),
    "V.2/wetlands": (0.0, 50.0, 0.0, 0.0),
}
SUPPLY = {"I.1.1/fossil_heating": np.full(len(YEARS), 57.1), "I.6.2/electricity": np.full(len(YEARS), 20.0)}


def flat() -> Setting:
    streams = tuple(
        Stream(key, *key.split("/"), Sector.ENERGY, Text(key, key), key == "V.2/forest", Text("", "")) for key in FLAT
    )
    values = np.repeat(np.array(list(FLAT.values()))[:, :, None], len(YEARS), axis=2)
    shape = (Axis(axes.STREAM, tuple(FLAT)), GASES, YEARS)
    return Setting(StreamTable(streams, Series(values, shape, units.TONNES, SEEN), frozenset(FLAT)), SUPPLY)


def change(action: Action, stream: str, year: int = FIRST + 1) -> Floats:
    """What an action does to a stream in a year, by gas, t CO2e."""
    problem = apply_actions([action], flat())
    difference = emissions(problem) - problem.baseline
    by_gas: Floats = difference[list(FLAT).index(stream), :, year - FIRST]
    return by_gas


def build(slug: str, variant: str = "", ramp: Ramp = AT_ONCE, **amounts: float) -> Action:
    return load.measure(slug).build("a01", amounts=amounts, ramp=ramp, variant=variant, source="made-up")


def test_the_library_holds_the_published_catalogue() -> None:
    found = {measure.published_as: round(measure.share_of_plans * 100) for measure in load.measures()}
    assert found == PUBLISHED
    assert {measure.source for measure in load.measures()} == {"ea-concito-2024"}


def test_the_shares_are_not_made_to_look_alike() -> None:
    assert load.measure("ccs").share_of_plans == 0.32
    assert load.measure("international-flights").share_of_plans == 0.05


@pytest.mark.parametrize(
    ("factors", "published"),
    [
        # totals of KF25 and SØB25 as derived by others, to the digits they give
        (["organic-crops-co2", "organic-crops-ch4"], "29.2"),
        (["organic-grass-co2", "organic-grass-ch4"], "20.28"),
        (["dairy-cow-enteric", "dairy-cow-manure-ch4", "dairy-cow-manure-n2o"], "6.552"),
        (["other-cattle"], "1.705"),
        (["sow"], "0.666"),
        (["finishing-pig"], "0.0578"),
        (["cattle-slurry-ch4", "cattle-slurry-n2o"], "0.0464"),
        (["pig-slurry-ch4", "pig-slurry-n2o"], "0.0393"),
        (["acidification"], "0.7"),
        (["slurry-cooling"], "0.02"),
        (["electric-car"], "2.71"),
        (["gas-boiler-heat"], "0.2164"),
        (["oil-boiler-heat"], "0.3138"),
    ],
)
def test_the_parts_of_a_factor_make_the_published_whole(factors: list[str], published: str) -> None:
    digits = len(published.partition(".")[2])
    whole = sum(load.effect_factors()[code].central for code in factors)
    assert round(whole, digits) == float(published)


def test_factors_follow_from_their_formulas() -> None:
    central = {code: factor.central for code, factor in load.effect_factors().items()}
    assert central["dairy-cow-enteric"] == pytest.approx(0.161866 * 28)
    assert central["dairy-cow-manure-ch4"] == pytest.approx(0.064012 * 28)
    assert central["dairy-cow-manure-n2o"] == pytest.approx(0.000860 * 265)
    assert central["cattle-slurry-ch4"] == pytest.approx(10_818.9 * 28 / 7_725_000, rel=1e-4)
    assert central["cattle-slurry-n2o"] == pytest.approx(209.7 * 265 / 7_725_000, rel=1e-4)
    assert central["pig-slurry-ch4"] == pytest.approx(5_765.2 * 28 / 4_574_000, rel=1e-4)
    assert central["pig-slurry-n2o"] == pytest.approx(68.9 * 265 / 4_574_000, rel=1e-4)
    assert central["electric-car"] == pytest.approx(6.29 / 2.317, rel=2e-3)  # published with two decimals
    assert central["gas-boiler-heat"] == pytest.approx(57.1 * 3.6 / 0.95 / 1000, rel=1e-3)
    assert central["oil-boiler-heat"] == pytest.approx(74.1 * 3.6 / 0.85 / 1000, rel=1e-3)


def test_new_forest_takes_up_the_published_mean_over_thirty_years() -> None:
    curve = load.forest_uptake()
    assert len(curve) == 30
    assert sum(curve) / 30 == pytest.approx(11.06)
    assert curve[0] < 0.0 < curve[-1]


def test_what_is_assumed_says_so_and_is_wide() -> None:
    factors = load.effect_factors().values()
    assert all(factor.low <= factor.central <= factor.high for factor in factors)
    for factor in factors:
        assert (factor.grounds is Grounds.ASSUMED) == (factor.source == "klimaplan-assumption"), factor.code
        if factor.grounds is Grounds.ASSUMED:
            assert factor.high >= 1.2 * factor.low, factor.code


def test_a_measure_without_an_effect_says_why() -> None:
    without = {measure.slug for measure in load.measures() if not measure.has_effect}
    consumption = {measure.slug for measure in load.measures() if measure.sector == "consumption"}
    assert without == consumption | {"charging-infrastructure"}
    assert len(consumption) == 15
    for measure in load.measures():
        assert bool(measure.no_effect.da and measure.no_effect.en) is not measure.has_effect, measure.slug
    action = load.measure("less-food-waste").build("a01")
    assert (action.levers, action.template) == ((), "less-food-waste")


def test_every_measure_knows_its_indicator_benefits_and_roles() -> None:
    for measure in load.measures():
        assert measure.indicator in load.indicators()
        assert set(measure.co_benefits) <= set(load.co_benefits())
        assert measure.roles
    assert sum(not indicator.is_own for indicator in load.indicators().values()) == 16


@pytest.fixture(scope="module")
def settings() -> tuple[Setting, ...]:
    """Aalborg has cement, Kalundborg a refinery: together they have every stream."""
    outlook = look_ahead(load.account(), load.national_projection())
    supply = load.supply_factors("kf25", outlook.baseline.emissions.axis(axes.YEAR))
    return tuple(set_out(outlook, load.national_streams(), code, supply=supply) for code in ("851", "326"))


@pytest.mark.parametrize(
    ("slug", "variant"),
    [(measure.slug, variant.code) for measure in load.measures() for variant in measure.variants],
)
def test_every_variant_can_be_computed_on_its_own(slug: str, variant: str, settings: tuple[Setting, ...]) -> None:
    measure = load.measure(slug)
    amounts = {amount.code: 0.1 for amount in measure.variant(variant).amounts}
    action = measure.build("a01", amounts=amounts, ramp=measure.ramp(2025), variant=variant, source="made-up")
    refused = [check_actions([action], setting.table, setting.supply) for setting in settings]
    assert () in refused
    assert all(quantity.source for quantity in action.quantities)


def test_organic_soil_by_hand() -> None:
    action = build("organic-soils", hectares=100.0)
    # 100 ha · (27.57 CO2, 1.63 CH4), and 6.55 CH4 from the water: net 2,265 t
    assert change(action, "V.2/organic_soils_crops") == pytest.approx([-2757.0, -163.0, 0.0, 0.0])
    assert change(action, "V.2/wetlands") == pytest.approx([0.0, 655.0, 0.0, 0.0])


def test_dairy_cows_by_hand() -> None:
    action = build("agricultural-climate-plan", animals=200.0)
    assert change(action, "V.1/enteric") == pytest.approx([0.0, -200 * 0.161866 * 28, 0.0, 0.0])
    assert change(action, "V.1/manure") == pytest.approx([0.0, -200 * 0.064012 * 28, -200 * 0.00086 * 265, 0.0])


def test_heat_pumps_by_hand() -> None:
    action = build("oil-gas-boilers", share=0.5)
    # 500 t are 500 / 57.1 TJ of gas; 0.30 TJ of power for each, at 20 t/TJ
    assert change(action, "I.1.1/fossil_heating").sum() == pytest.approx(-500.0)
    assert change(action, "I.6.2/electricity").sum() == pytest.approx(500.0 / 57.1 * 0.30 * 20.0)


def test_electric_cars_by_hand() -> None:
    action = build("electric-cars-and-vans", cars=100.0)
    assert change(action, "II.1.1/passenger_cars").sum() == pytest.approx(-271.0)
    # 15,000 km at 0.18 kWh are 0.0097 TJ a car, at 20 t/TJ
    assert change(action, "I.6.2/electricity").sum() == pytest.approx(19.4)


def test_biogas_by_hand() -> None:
    action = build("manure-biogas", slurry=10_000.0)
    assert change(action, "V.1/manure") == pytest.approx([0.0, -392.14, -71.94, 0.0])
    assert change(action, "III.2.1/biogas_plants") == pytest.approx([0.0, 22.0, 0.0, 0.0])


def test_acidification_takes_a_part_of_the_methane_of_what_is_treated() -> None:
    action = build("barn-technology", share=0.5)
    # half of it treated, 70 % of that: 0.35 · 4,000; nitrous oxide stays
    assert change(action, "V.1/manure") == pytest.approx([0.0, -1400.0, 0.0, 0.0])
    [size] = action.quantities
    assert size.distribution == Triangular(0.25, 0.35, 0.4)
    assert size.source == "made-up; kf25-agriculture"


def test_forest_planted_at_once_follows_the_curve() -> None:
    action = build("afforestation", hectares=10.0)
    # −5.1 in each of two years; after two and a tenth of 15.2 in the fourth
    by_year = [change(action, "V.2/forest", FIRST + 1 + age)[0] for age in range(4)]
    assert by_year == pytest.approx([51.0, 51.0, 0.0, -15.2])


def test_a_national_factor_has_one_name_and_one_draw() -> None:
    pumps = [
        load.measure("oil-gas-boilers").build(key, amounts={"share": 0.1}, ramp=AT_ONCE, source="made-up")
        for key in ("a01", "a02")
    ]
    ratios = {quantity for action in pumps for quantity in action.quantities if quantity.name == "heat-pump-ratio"}
    assert len(ratios) == 1
    assert ratios.pop().shared


def test_shares_times_the_same_factor_move_together_in_all_municipalities() -> None:
    feed = load.measure("feed")
    few, many = (
        feed.build("a01", amounts={"share": share}, ramp=AT_ONCE, source="made-up").quantities[0]
        for share in (0.4, 0.8)
    )
    drawn = [
        points([_parameter(each)], draws=50, seed=3, study=(code,))[:, 0] for each, code in ((few, 101), (many, 751))
    ]
    assert drawn[1] == pytest.approx(2.0 * drawn[0])


def _parameter(quantity: Quantity) -> Parameter:
    return Parameter(
        quantity.name, quantity.distribution, group=quantity.group, correlation=quantity.correlation,
        shared=quantity.shared,
    )  # fmt: skip


def test_own_streams_and_quantities_take_the_place_of_the_template() -> None:
    own = Quantity("plan.hectares", Fixed(12.0), "ha", "council paper")
    action = load.measure("organic-soils").build(
        "a01", amounts={"hectares": own}, ramp=AT_ONCE, streams={"V.2/organic_soils_crops": "V.2/own"}
    )
    [lever] = action.levers
    assert isinstance(lever, Units)
    assert lever.amount is own
    assert {effect.stream for effect in lever.effects} == {"V.2/own"}
    assert {effect.gas for effect in lever.effects} == {Gas.CO2, Gas.CH4}


def test_the_usual_ramp_begins_after_its_first_year() -> None:
    assert load.measure("onshore-wind").ramp(2026) == Ramp(Shape.STEP, 2027)
    assert load.measure("heat-savings").ramp(2026) == Ramp(Shape.LINEAR, 2026, 2034)


def refusal(slug: str, **details: object) -> set[tuple[str, str]]:
    with pytest.raises(InputError) as raised:
        load.measure(slug).build("a01", **details)  # type: ignore[arg-type]
    return {(finding.code, finding.place) for finding in raised.value.findings}


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert refusal("organic-soils", amounts={"hektar": 5.0}) == {
        ("amount-absent", "a01/hectares"),
        ("amount-unknown", "a01/hektar"),
        ("ramp-absent", "a01"),
    }


def test_a_variant_that_is_not_there_is_refused() -> None:
    assert refusal("organic-soils", amounts={"hectares": 5.0}, ramp=AT_ONCE, variant="moss") == {
        ("variant-unknown", "organic-soils/moss")
    }


def test_a_share_without_ends_cannot_be_multiplied() -> None:
    assert refusal("feed", amounts={"share": Normal(0.5, 0.1)}, ramp=AT_ONCE) == {("share-without-ends", "a01/share")}


def test_an_amount_for_a_measure_without_an_effect_is_refused() -> None:
    assert refusal("less-food-waste", amounts={"share": 0.2}) == {("amount-unknown", "a01/share")}


def test_an_unknown_measure_names_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="afforestation"):
        load.measure("aforestation")
