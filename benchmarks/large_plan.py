"""A made-up plan of the size that the goals name: 70 actions, 60 streams, 3 gases, 31 years, and what is unsure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import BaselineDriver, Setting
from klimaplan.domain.actions.lever import (
    Burden,
    Effect,
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
from klimaplan.domain.pathway.target import LevelTarget
from klimaplan.domain.plan import Plan
from klimaplan.domain.provenance import Kind as Sort
from klimaplan.domain.provenance import Provenance
from klimaplan.domain.series import Series
from klimaplan.domain.uncertainty.distributions import Distribution, Pert, Triangular, Uniform

FIRST, LAST = 2023, 2053
YEARS = axes.years(FIRST, LAST)
HEAT, POWER, CARS, COWS, FOREST, WASTE = "I.1", "I.6", "II.1", "V.1", "V.2", "III.1"
GROUPS = (
    (HEAT, Sector.ENERGY, 20, (0.97, 0.02, 0.01)),
    (POWER, Sector.ENERGY, 4, (0.98, 0.01, 0.01)),
    (CARS, Sector.TRANSPORT, 14, (0.98, 0.01, 0.01)),
    (COWS, Sector.AGRICULTURE, 10, (0.0, 0.8, 0.2)),
    (FOREST, Sector.AGRICULTURE, 4, (1.0, 0.0, 0.0)),
    (WASTE, Sector.WASTE, 8, (0.1, 0.8, 0.1)),
)
"""Streams by kind: how many, and their mix of gases; together 60."""


def large_plan(code: str = "101") -> Plan:
    actions = tuple(Action(f"a{number:02}", f"Action {number}", (lever,)) for number, lever in enumerate(_levers()))
    targets = (LevelTarget(2030, 450_000.0), LevelTarget(2050, 100_000.0))
    drivers = tuple(
        BaselineDriver(
            tuple(_keys(group)), _number(f"growth {group}", Triangular(-0.2, 0.0, 0.2), shared=True)
        )
        for group, *_ in GROUPS
    )  # fmt: skip
    return Plan(code, "made up", actions, targets, _setting(drivers), demo=True)


def _setting(drivers: tuple[BaselineDriver, ...]) -> Setting:
    streams, values, supply = [], [], {}
    falling = np.linspace(1.0, 0.5, len(YEARS))
    for group, sector, count, mix in GROUPS:
        for key in _keys(group, count):
            size = (-3_000.0 if group == FOREST else 12_000.0) * (1.0 + len(streams) % 5)
            ref, _, carrier = key.partition("/")
            streams.append(Stream(key, ref, carrier, sector, Text(key, key), group == FOREST, Text("alle", "all")))
            by_gas = np.zeros(len(GASES))
            by_gas[: len(mix)] = mix
            values.append(size * by_gas[:, None] * falling)
            supply[key] = (20.0 if group == POWER else 60.0) * np.maximum(falling, 0.1)
    seen = Provenance("made-up", "1", Sort.ESTIMATED, gwp="AR5")
    keys = Axis(axes.STREAM, tuple(stream.key for stream in streams))
    table = StreamTable(
        tuple(streams), Series(np.array(values), (keys, GASES, YEARS), units.TONNES, seen), frozenset(keys.labels)
    )
    return Setting(table, supply, drivers)


def _levers() -> Iterator[Lever]:
    heat, power, cars, cows, forests, waste = (_keys(group) for group, *_ in GROUPS)
    ramps = tuple(Ramp(Shape.S_CURVE, start, start + 8) for start in range(2023, 2033))
    for at in range(14):
        yield Relative(
            Kind.REDUCE_ACTIVITY, heat[at], Side.ACTIVITY, _number(f"save {at}", Pert(0.05, 0.1, 0.2)), ramps[at % 10]
        )
    for at in range(16):
        yield Shift(
            Kind.SHIFT_SHARE, heat[at % 8], _number(f"shift {at}", Triangular(0.1, 0.3, 0.4)), ramps[at % 10],
            power[at % 4], _number(f"ratio {at}", Triangular(0.25, 0.3, 0.4)),
        )  # fmt: skip
    for at, stream in enumerate((*power, *cars[:8])):
        yield Relative(
            Kind.CHANGE_SUPPLY, stream, Side.INTENSITY, _number(f"cleaner {at}", Uniform(0.1, 0.5)), ramps[at % 10]
        )
    for at in range(12):
        yield Units(
            Kind.REPLACE_UNITS, _number(f"cars {at}", Triangular(500.0, 1_000.0, 1_200.0)),
            (Effect(cars[at], _number(f"per car {at}", Pert(1.8, 2.0, 2.3))),), ramps[at % 10],
            (Burden(power[at % 4], _number(f"power {at}", Uniform(0.008, 0.012)), energy=True),),
        )  # fmt: skip
    for at in range(6):
        yield Units(
            Kind.LIVESTOCK, _number(f"cows {at}", Triangular(200.0, 400.0, 500.0)),
            (Effect(cows[at], _number(f"methane {at}", Pert(3.0, 4.0, 5.0)), Gas.CH4),
             Effect(cows[at], _number(f"nitrous oxide {at}", Pert(0.5, 1.0, 1.5)), Gas.N2O)), ramps[at],
        )  # fmt: skip
    for at in range(4):
        size = _number(f"feed {at}", Triangular(0.1, 0.2, 0.3))
        yield Relative(Kind.FEED, cows[at], Side.INTENSITY, size, ramps[at], (Gas.CH4,))
    for at in range(3):
        yield Planting(
            Kind.AFFOREST, forests[at], _number(f"hectares {at}", Triangular(100.0, 300.0, 400.0)),
            tuple(np.linspace(0.0, 10.0, 20)), _number(f"growth of wood {at}", Uniform(0.8, 1.2)), ramps[at],
        )  # fmt: skip
    for at in range(3):
        yield Relative(
            Kind.WASTE, waste[at], Side.ACTIVITY, _number(f"waste {at}", Triangular(0.1, 0.2, 0.4)), ramps[at]
        )


def _keys(group: str, count: int | None = None) -> list[str]:
    wanted = count or next(count for name, _sector, count, _mix in GROUPS if name == group)
    return [f"{group}.{number}/made-up" for number in range(wanted)]


def _number(name: str, distribution: Distribution, *, shared: bool = False) -> Quantity:
    return Quantity(name, distribution, "as made up", "made-up", shared=shared)
