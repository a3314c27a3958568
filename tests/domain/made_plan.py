"""A small made-up plan: a municipality of four streams that can be added in the head.

Homes burn gas (100 t a year), cars 80 t, power 40 t, cows 60 t (50 CH4 and 10 N2O); the forest takes up 20 t. Nothing
changes from 2023 to 2033, so that every effect is due to an action.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import BaselineDriver, Setting
from klimaplan.domain.actions.lever import (
    Burden,
    Change,
    Effect,
    FixedTonnes,
    Kind,
    Lever,
    Planting,
    Quantity,
    Relative,
    Shift,
    Side,
    Units,
)
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import GASES, Gas, Stream, StreamTable
from klimaplan.domain.pathway.target import Target
from klimaplan.domain.plan import Plan
from klimaplan.domain.provenance import Kind as Sort
from klimaplan.domain.provenance import Provenance
from klimaplan.domain.series import Floats, Series
from klimaplan.domain.uncertainty.distributions import Distribution, Fixed

FIRST, LAST = 2023, 2033
YEARS = axes.years(FIRST, LAST)
SEEN = Provenance("made-up", "1", Sort.ESTIMATED, gwp="AR5")

HOMES, CARS, POWER, COWS, FOREST = "I.1.1/gas", "II.1.1/cars", "I.6.2/power", "V.1/cows", "V.2/forest"

AT_ONCE = Ramp(Shape.STEP, FIRST + 1)
TO_2033 = Ramp(Shape.LINEAR, FIRST, LAST)

SUPPLY: Mapping[str, Floats] = {HOMES: np.full(len(YEARS), 50.0), POWER: np.full(len(YEARS), 20.0)}
"""t CO2e/TJ: one TJ of power emits two fifths of what one TJ of gas does."""


def stream(key: str, sector: Sector, *, is_sink: bool = False) -> Stream:
    ref, _, carrier = key.partition("/")
    return Stream(key, ref, carrier, sector, Text(key, key), is_sink, Text("kommunen", "the municipality"))


STREAMS = (
    stream(HOMES, Sector.ENERGY),
    stream(CARS, Sector.TRANSPORT),
    stream(POWER, Sector.ENERGY),
    stream(COWS, Sector.AGRICULTURE),
    stream(FOREST, Sector.AGRICULTURE, is_sink=True),
)

BY_GAS = {
    HOMES: {Gas.CO2: 100.0},
    CARS: {Gas.CO2: 80.0},
    POWER: {Gas.CO2: 40.0},
    COWS: {Gas.CH4: 50.0, Gas.N2O: 10.0},
    FOREST: {Gas.CO2: -20.0},
}
TOTAL = 260.0
"""100 + 80 + 40 + 60 − 20."""


def table(by_gas: Mapping[str, Mapping[Gas, float]] = BY_GAS) -> StreamTable:
    values = np.zeros((len(STREAMS), len(GASES), len(YEARS)))
    for row, each in enumerate(STREAMS):
        for gas, tonnes in by_gas[each.key].items():
            values[row, GASES.position(str(gas))] = tonnes
    keys = Axis(axes.STREAM, tuple(each.key for each in STREAMS))
    emissions = Series(values, (keys, GASES, YEARS), units.TONNES, SEEN)
    return StreamTable(STREAMS, emissions, frozenset(keys.labels) & {each.key for each in STREAMS})


def setting(*drivers: BaselineDriver) -> Setting:
    return Setting(table(), SUPPLY, drivers)


def number(name: str, value: float | Distribution, unit: str = "share", *, shared: bool = False) -> Quantity:
    distribution = value if isinstance(value, Distribution) else Fixed(value)
    return Quantity(name, distribution, unit, "made-up", shared=shared)


def save(key: str, share: float | Distribution, *, stream: str = HOMES, ramp: Ramp = AT_ONCE) -> Action:
    return one(key, Relative(Kind.REDUCE_ACTIVITY, stream, Side.ACTIVITY, number(f"{key}.share", share), ramp))


def green(key: str, share: float | Distribution, *, stream: str = POWER, ramp: Ramp = AT_ONCE) -> Action:
    return one(key, Relative(Kind.CHANGE_SUPPLY, stream, Side.INTENSITY, number(f"{key}.share", share), ramp))


def cleaner(key: str, before: float, after: float | Distribution, *, stream: str = CARS) -> Action:
    change = Change(before, number(f"{key}.after", after, "g/km"))
    return one(key, Relative(Kind.CHANGE_INTENSITY, stream, Side.INTENSITY, change, AT_ONCE))


def acidify(key: str, share: float | Distribution) -> Action:
    size = number(f"{key}.share", share)
    return one(key, Relative(Kind.SLURRY, COWS, Side.INTENSITY, size, AT_ONCE, (Gas.CH4,)))


def heat_pumps(
    key: str, share: float | Distribution, *, ratio: float | Distribution = 0.5, ramp: Ramp = AT_ONCE
) -> Action:
    energy = number(f"{key}.ratio", ratio, "TJ/TJ")
    return one(key, Shift(Kind.SHIFT_SHARE, HOMES, number(f"{key}.share", share), ramp, POWER, energy))


def electric_cars(key: str, cars: float | Distribution, *, ramp: Ramp = AT_ONCE) -> Action:
    """Two tonnes a car; 0.02 TJ of power each, which is 0.4 t."""
    effect = Effect(CARS, number(f"{key}.per car", 2.0, "t CO2e/car"))
    burden = Burden(POWER, number(f"{key}.power", 0.02, "TJ/car"), energy=True)
    amount = number(f"{key}.cars", cars, "cars")
    return one(key, Units(Kind.REPLACE_UNITS, amount, (effect,), ramp, (burden,)))


def fewer_cows(key: str, cows: float | Distribution) -> Action:
    """Five tonnes of methane and one of nitrous oxide a cow."""
    methane = Effect(COWS, number(f"{key}.methane", 5.0, "t CO2e/cow"), Gas.CH4)
    nitrous = Effect(COWS, number(f"{key}.nitrous oxide", 1.0, "t CO2e/cow"), Gas.N2O)
    return one(key, Units(Kind.LIVESTOCK, number(f"{key}.cows", cows, "cows"), (methane, nitrous), AT_ONCE))


def plant(key: str, hectares: float | Distribution, *, ramp: Ramp = AT_ONCE) -> Action:
    """Nothing in the year of planting, then one, two and three tonnes a hectare, and three for good."""
    uptake = (0.0, 1.0, 2.0, 3.0)
    amount, scale = number(f"{key}.hectares", hectares, "ha"), number(f"{key}.scale", 1.0, "1")
    return one(key, Planting(Kind.AFFOREST, FOREST, amount, uptake, scale, ramp))


def fixed(key: str, tonnes: float, *, reason: str = "no register counts it", ramp: Ramp = AT_ONCE) -> Action:
    return one(key, FixedTonnes(Kind.FIXED_TONNES, HOMES, number(f"{key}.tonnes", tonnes, "t CO2e/yr"), reason, ramp))


def one(key: str, *levers: Lever) -> Action:
    return Action(key, key, levers)


def plan(actions: Sequence[Action], targets: Sequence[Target] = ()) -> Plan:
    return Plan("101", "made up", tuple(actions), tuple(targets), setting())
