"""Plans as they were published, one line each in `plans.csv`, put through the actions, the split and the gap.

What is published is tonnes; so the actions are fixed tonnes on one stream, and what nobody has told stays flat.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import Setting
from klimaplan.domain.actions.lever import FixedTonnes, Quantity
from klimaplan.domain.actions.lever import Kind as LeverKind
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import GASES, Gas, Stream, StreamTable
from klimaplan.domain.pathway.base_year import change_pct
from klimaplan.domain.pathway.gap import pct_of_base, reduction_needed
from klimaplan.domain.pathway.target import ALL_SECTORS, BaseYear, LevelTarget, ReductionTarget, Target
from klimaplan.domain.plan import Outcome, Plan, evaluate
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.domain.uncertainty.distributions import Fixed
from klimaplan.reference import load

CASES = list(csv.DictReader((Path(__file__).parent / "plans.csv").read_text(encoding="utf-8").splitlines()))

ALL = "I.1.1/all"
MT, KT = 1e6, 1e3


def published(
    code: str, baseline: float, tonnes: Mapping[str, float], targets: Sequence[Target] = (), *, first: int, last: int
) -> Outcome:
    """A plan of fixed tonnes a year from `last` on, on a baseline that stays where it is."""
    years, streams = axes.years(first, last), Axis(axes.STREAM, (ALL,))
    values = np.zeros((1, len(GASES), len(years)))
    values[0, GASES.position(str(Gas.CO2))] = baseline
    seen = Provenance("published plan", "1", Kind.EXPECTED, gwp="as published")
    nobody = Text("ikke oplyst", "not told")
    stream = Stream(ALL, "I.1.1", "all", Sector.ENERGY, nobody, is_sink=False, solver=nobody)
    table = StreamTable((stream,), Series(values, (streams, GASES, years), units.TONNES, seen), frozenset())
    actions = tuple(
        Action(key, key, (FixedTonnes(LeverKind.FIXED_TONNES, ALL, amount(key, each), "as published", at_last(last)),))
        for key, each in tonnes.items()
    )
    return evaluate(Plan(code, "published plan", actions, tuple(targets), Setting(table)))


def amount(key: str, tonnes: float) -> Quantity:
    return Quantity(f"{key}.tonnes", Fixed(tonnes), "t CO2e/yr", "published plan")


def at_last(year: int) -> Ramp:
    return Ramp(Shape.STEP, year)


def headline(key: str, period: str) -> float:
    [value] = [line.value for line in load.headlines() if (line.key, line.period) == (key, period)]
    return value


# -- the 96 plans ------------------------------------------------------------------------------------------------


@cache
def the_96() -> Outcome:
    """What was emitted when the plans began, and actions that bring it down to what the analysis says is left."""
    began, left = headline("total", "2017–2020"), headline("action-sum", "2030")
    target = LevelTarget(2030, headline("target-sum", "2030"))
    return published("96", began, {"all actions": began - left}, [target], first=2020, last=2030)


def since_1990(tonnes: float) -> float:
    change = change_pct(base_of_1990(), BaseYear(2030, tonnes, "plans"))
    assert change is not None
    return -change


def base_of_1990() -> BaseYear:
    return BaseYear(1990, headline("total", "1990"), "Ea and CONCITO 2024")


def manko(outcome: Outcome) -> Series:
    assert outcome.manko is not None
    return outcome.manko.excess[ALL_SECTORS]


def points(outcome: Outcome, base: BaseYear) -> float:
    in_percent = pct_of_base(manko(outcome), base)
    assert in_percent is not None
    return in_percent.at(2030)


def manko_of_96(_about: str) -> float:
    return manko(the_96()).at(2030) / MT


def points_of_96(_about: str) -> float:
    return points(the_96(), base_of_1990())


def wanted_by_96(_about: str) -> float:
    assert the_96().manko is not None
    return since_1990(the_96().manko.milestones[ALL_SECTORS][2030])


def reached_by_96(_about: str) -> float:
    return since_1990(the_96().residual.net)


# -- København, Herlev, Hvidovre, Aarhus -------------------------------------------------------------------------

SHARES = {"wind": 0.42, "biomass": 0.43, "plastic": 0.12, "not-told": 0.03}
"""Of the 855 kt of energy production; the text leaves 3 % unnamed."""


@cache
def copenhagen() -> Outcome:
    return published("101", 1160 * KT, {key: each * 855 * KT for key, each in SHARES.items()}, first=2012, last=2025)


def effect(about: str) -> float:
    return -sum(copenhagen().effects.by_action.at(key, 2025) for key in about.split()) / KT


def effect_in_percent(about: str) -> float:
    return effect(about) * KT / copenhagen().baseline.sum(axes.SECTOR).at(2025) * 100.0


def residual_in_percent(about: str) -> float:
    needed = reduction_needed(LevelTarget(2025, float(about)), BaseYear(2025, 1160 * KT, "CPH2025"))
    outcome = published("101", 1160 * KT, {"roadmap": needed}, first=2020, last=2025)
    return outcome.residual.net / outcome.baseline.sum(axes.SECTOR).at(2025) * 100.0


def points_of_herlev(about: str) -> float:
    """The plan names percentages only, so the base year is 100; where the municipality is today does not matter."""
    target, actions = (float(percent) for percent in about.split())
    base = BaseYear(1990, 100.0, "index")
    outcome = published("163", 60.0, {"all": 60.0 - (100.0 - actions)}, [ReductionTarget(2030, base, target)],
                        first=2023, last=2030)  # fmt: skip
    return points(outcome, base)


def share_of_the_cut(about: str) -> float:
    code, percent, observed, tonnes = about.split()
    [base] = {row.base_tonnes for row in load.municipal_targets() if (row.municipality, row.base_year) == (code, 1990)}
    assert base is not None
    target = ReductionTarget(2030, BaseYear(1990, base, "climate plan"), float(percent))
    outcome = published(code, float(observed), {"district heat": float(tonnes)}, [target], first=2018, last=2030)
    needed = reduction_needed(target, BaseYear(2018, float(observed), "climate plan"))
    # what is needed is what the action does and what is then still missing
    assert needed == pytest.approx(float(tonnes) + manko(outcome).at(2030))
    return -outcome.effects.by_action.at("district heat", 2030) / needed * 100.0


def left(about: str) -> float:
    began, tonnes = about.split()
    return published("751", float(began), {"plan": float(tonnes)}, first=2018, last=2024).residual.net


def effect_in_percent_of_another_year(about: str) -> float:
    began, tonnes, base = about.split()
    outcome = published("751", float(began), {"plan": float(tonnes)}, first=2018, last=2024)
    in_percent = pct_of_base(outcome.effects.by_action.select(action="plan"), BaseYear(2008, float(base), "Aarhus"))
    assert in_percent is not None
    return -in_percent.at(2024)


ANSWERS: dict[str, Callable[[str], float]] = {
    "manko in Mt": manko_of_96,
    "manko in points of 1990": points_of_96,
    "reduction wanted since 1990 in percent": wanted_by_96,
    "reduction reached since 1990 in percent": reached_by_96,
    "effect in kt": effect,
    "effect in percent of the baseline": effect_in_percent,
    "residual in percent of the baseline": residual_in_percent,
    "manko in points of the base year": points_of_herlev,
    "share of the cut that is needed in percent": share_of_the_cut,
    "left after the plan in t": left,
    "effect in percent of another year": effect_in_percent_of_another_year,
}


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case['case']}: {case['question']} {case['about']}".strip() for case in CASES]
)
def test_a_published_plan(case: dict[str, str]) -> None:
    answer = ANSWERS[case["question"]](case["about"])
    assert answer == pytest.approx(float(case["expected"]), rel=0.0, abs=float(case["tolerance"]))


def test_every_question_is_asked() -> None:
    assert {case["question"] for case in CASES} == set(ANSWERS)


def test_fixed_tonnes_of_one_plan_do_not_overlap() -> None:
    assert copenhagen().overlap.at(2025) == pytest.approx(0.0, abs=1e-6)
    assert copenhagen().residual.net == pytest.approx(305 * KT)


def test_before_the_year_of_the_actions_nothing_has_happened() -> None:
    assert copenhagen().pathway.sum(axes.SECTOR).at(2024) == pytest.approx(1160 * KT)
