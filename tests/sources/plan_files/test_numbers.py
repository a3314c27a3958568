"""Numbers of a plan file: units, percent and share, shared assumptions, distributions."""

from __future__ import annotations

from typing import Any

import pytest

from klimaplan.domain.actions.lever import Quantity, Relative, Units
from klimaplan.domain.uncertainty.distributions import Fixed, Normal, Pert, Triangular
from klimaplan.sources.plan_files import Ground, PlanRead, read_plan
from klimaplan.sources.plan_files.levers import normal

HEAD = 'format = "klimaplan-plan/1"\nplan = { municipality = 167, title = "Demo" }\n'
LEVER = """
[[action]]
key = "a01"
title = "Demo"
[[action.lever]]
kind = "reduce-activity"
stream = "I.2.1/fossil_heating"
share = SHARE
source = "Demo"
ramp = { shape = "linear", start = 2025, end = 2030 }
"""


def read(text: str, ground: Ground) -> PlanRead:
    return read_plan((HEAD + text).encode(), "plan.toml", ground)


def share_of(said: str, ground: Ground, more: str = "") -> Quantity:
    found = read(more + LEVER.replace("SHARE", said), ground)
    assert found.plan is not None, found.findings
    lever = found.plan.actions[0].levers[0]
    assert isinstance(lever, Relative)
    assert isinstance(lever.size, Quantity)
    return lever.size


@pytest.mark.parametrize(
    ("said", "made"),
    [
        ("0.4", Fixed(0.4)),
        ('{ value = 40, unit = "%" }', Fixed(0.4)),
        ('{ value = 0.5, unit = "procent" }', Fixed(0.005)),
        ('{ value = 1, unit = "andel" }', Fixed(1.0)),
        ("{ low = 0.1, central = 0.2, high = 1.0 }", Triangular(0.1, 0.2, 1.0)),
        ('{ low = 10, central = 25, high = 50, unit = "%" }', Triangular(0.1, 0.25, 0.5)),
        ('{ distribution = { kind = "pert", low = 0, central = 50, high = 100 }, unit = "%" }', Pert(0.0, 0.5, 1.0)),
        ('{ distribution = { kind = "normal", mean = 0.5, sd = 0.1 } }', Normal(0.5, 0.1)),
    ],
)
def test_a_share_is_a_share_however_it_is_written(said: str, made: Any, ground: Ground) -> None:
    assert share_of(said, ground).distribution == made
    assert share_of(said, ground).unit == "share"


@pytest.mark.parametrize("said", ["1", "40", "1.5", "{ low = 0.1, central = 0.2, high = 30 }"])
def test_what_may_be_percent_is_refused_rather_than_guessed(said: str, ground: Ground) -> None:
    found = read(LEVER.replace("SHARE", said), ground)
    assert [finding.code for finding in found.findings] == ["share-ambiguous"]
    assert found.plan is None


def test_a_shared_assumption_keeps_its_name_source_and_group(ground: Ground) -> None:
    parameter = (
        '[[parameter]]\nname = "pace"\nlow = 20\ncentral = 30\nhigh = 40\nunit = "%"\nsource = "DST"\n'
        'group = "homes"\ncorrelation = 0.5\nshared = true\n'
    )
    assert share_of('"pace"', ground, parameter) == Quantity(
        "pace", Triangular(0.2, 0.3, 0.4), "share", "DST", group="homes", correlation=0.5, shared=True
    )


def test_two_actions_with_one_assumption_have_one_parameter(ground: Ground) -> None:
    parameter = '[[parameter]]\nname = "pace"\nlow = 0.2\ncentral = 0.3\nhigh = 0.4\nunit = "share"\nsource = "DST"\n'
    second = LEVER.replace("a01", "a02").replace("I.2.1/fossil_heating", "I.3.1/industrial_fuels")
    found = read(parameter + (LEVER + second).replace("SHARE", '"pace"'), ground)
    assert found.plan is not None
    names = [quantity.name for action in found.plan.actions for quantity in action.quantities]
    assert names == ["pace", "pace"]


def test_an_assumption_is_one_however_its_unit_is_spelt(ground: Ground) -> None:
    parameter = '[[parameter]]\nname = "area"\nlow = 1\ncentral = 2\nhigh = 3\nunit = "ha"\nsource = "DST"\n'
    levers = "".join(
        UNITS.replace("capture", "replace-units").replace("amount = 10", 'amount = "area"')
        .replace("a01", key).replace("UNIT", unit).replace("PER", f"t CO2e/{unit}/yr")
        for key, unit in (("a01", "ha"), ("a02", "hektar"))
    )  # fmt: skip
    found = read(parameter + levers, ground)
    assert found.findings == ()
    assert found.plan is not None


def test_a_number_names_its_own_source_before_that_of_the_lever(ground: Ground) -> None:
    assert share_of("0.2", ground).source == "Demo"
    assert share_of('{ value = 0.2, source = "DST" }', ground).source == "DST"


def test_an_assumption_in_another_unit_is_refused_where_it_is_used(ground: Ground) -> None:
    parameter = '[[parameter]]\nname = "pace"\nvalue = 0.2\nunit = "ha"\nsource = "DST"\n'
    found = read(parameter + LEVER.replace("SHARE", '"pace"'), ground)
    assert [(each.code, each.place) for each in found.findings] == [
        ("unit-unexpected", "plan.toml!action a01!lever 1!share")
    ]


UNITS = """
[[action]]
key = "a01"
title = "Demo"
[[action.lever]]
kind = "capture"
amount = 10
unit = "UNIT"
source = "Demo"
ramp = { shape = "step", start = 2027 }
effects = [{ stream = "I.4.4/waste_incineration", per_unit = { value = 1, unit = "PER" } }]
"""


@pytest.mark.parametrize(
    ("unit", "per"),
    [("t", "t CO2e/t/yr"), ("t", "t CO₂e / t / år"), ("t/yr", "t CO2e/t"), ("ton", "t CO2/ton/yr")],
)
def test_the_unit_of_an_effect_follows_that_of_the_amount(unit: str, per: str, ground: Ground) -> None:
    found = read(UNITS.replace("UNIT", unit).replace("PER", per), ground)
    assert found.plan is not None, found.findings
    assert isinstance(found.plan.actions[0].levers[0], Units)


@pytest.mark.parametrize(
    ("unit", "per", "place"), [("kt", "t CO2e/kt/yr", "unit"), ("t", "kg CO2e/t/yr", "effects 1!per_unit")]
)
def test_another_unit_is_refused(unit: str, per: str, place: str, ground: Ground) -> None:
    [finding] = read(UNITS.replace("UNIT", unit).replace("PER", per), ground).findings
    assert (finding.code, finding.place) == ("unit-unexpected", f"plan.toml!action a01!lever 1!{place}")


def test_a_unit_is_the_same_in_both_languages() -> None:
    assert normal("t CO₂e/hektar/år") == normal("t CO2e/ha/yr")
    assert normal("procent") == normal("%")
    assert normal("ha") != normal("head")


def test_own_supply_factors_are_straight_lines_between_their_years(ground: Ground) -> None:
    supply = (
        '[[supply]]\nstream = "I.6.2/electricity"\nunit = "t CO2e/TJ"\nsource = "Demo"\n'
        "factors = { 2025 = 30, 2030 = 10 }\n"
    )
    found = read(supply + LEVER.replace("SHARE", "0.2"), ground)
    assert found.plan is not None
    factors = found.plan.setting.supply["I.6.2/electricity"]
    # 2023, 2025, 2026, 2030 and 2050: held before and after
    assert [float(factors[year - 2023]) for year in (2023, 2025, 2026, 2030, 2050)] == [30.0, 30.0, 26.0, 10.0, 10.0]


def test_a_template_brings_what_the_library_knows(ground: Ground) -> None:
    template = (
        '[[action]]\nkey = "a01"\ntitle = "Cykler"\ntemplate = "cycling"\namounts = { share = 0.05 }\nsource = "Demo"\n'
        'ramp = { shape = "linear", start = 2025, end = 2030 }\n'
    )
    found = read(template, ground)
    assert found.plan is not None
    [action] = found.plan.actions
    assert (action.title, action.template) == ("Cykler", "cycling")
    assert action.roles
    assert action.indicator
    [lever] = action.levers
    assert lever.stream == "II.1.1/passenger_cars"  # type: ignore[union-attr]


def test_a_measure_without_effect_says_why(ground: Ground) -> None:
    from klimaplan.reference import load

    measure = next(each for each in load.measures() if not each.has_effect)
    found = read(f'[[action]]\nkey = "a01"\ntitle = "Demo"\ntemplate = "{measure.slug}"\n', ground)
    [finding] = found.findings
    assert (finding.code, finding.place) == ("action-without-effect", "plan.toml!action a01!template")
    assert measure.no_effect.en in finding.message("en")
    assert found.plan is not None
