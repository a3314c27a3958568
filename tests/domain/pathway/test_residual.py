"""What a plan leaves, stream by stream, on the made-up municipality."""

from dataclasses import replace

import pytest

from domain.made_plan import (
    CARS,
    COWS,
    FOREST,
    HOMES,
    POWER,
    fewer_cows,
    fixed,
    heat_pumps,
    plan,
    plant,
    save,
    setting,
    table,
)
from klimaplan.domain.actions.apply import apply_actions
from klimaplan.domain.pathway.residual import Reason, residual
from klimaplan.domain.pathway.target import ALL_SECTORS, LevelTarget
from klimaplan.domain.plan import evaluate


def test_the_example_of_the_method_page_by_hand() -> None:
    outcome = evaluate(plan([heat_pumps("a", 0.6), plant("b", 4.0)], [LevelTarget(2033, 150.0)]))
    # gas 100 · 0.4; power 40 + 0.6 · 0.5 · 100 · 20/50; forest −20 − 4 · 3
    left = {each.stream: (each.tonnes, each.baseline, each.reason) for each in outcome.residual.remainders}
    assert left == {
        CARS: (80.0, 80.0, Reason.NO_ACTION),
        COWS: (60.0, 60.0, Reason.NO_ACTION),
        POWER: (pytest.approx(52.0), 40.0, Reason.ADDED_BY_ACTIONS),
        HOMES: (pytest.approx(40.0), 100.0, Reason.PARTLY),
        FOREST: (pytest.approx(-32.0), -20.0, Reason.UPTAKE),
    }
    assert (outcome.residual.emitted, outcome.residual.taken_up) == pytest.approx((232.0, -32.0))
    assert outcome.residual.net == pytest.approx(200.0)
    assert outcome.manko is not None
    assert outcome.manko.excess[ALL_SECTORS].at(2033) == pytest.approx(50.0)


def test_the_largest_comes_first_and_uptake_last() -> None:
    left = evaluate(plan([heat_pumps("a", 0.6), plant("b", 4.0)])).residual.remainders
    assert [each.stream for each in left] == [CARS, COWS, POWER, HOMES, FOREST]


def test_a_stream_with_nothing_left_is_not_named() -> None:
    left = evaluate(plan([save("a", 1.0), fewer_cows("b", 10.0)])).residual
    assert [each.stream for each in left.remainders] == [CARS, POWER, FOREST]
    assert (left.emitted, left.taken_up) == (120.0, -20.0)


def test_the_residual_of_a_year_is_of_that_year() -> None:
    problem = apply_actions([plant("a", 4.0)], setting())
    # planted in 2024: nothing that year, then one, two and three tonnes a hectare
    assert [residual(problem, table(), year=year).taken_up for year in (2024, 2025, 2026, 2027)] == [
        -20.0, -24.0, -28.0, -32.0,
    ]  # fmt: skip


def test_fixed_tonnes_leave_the_rest() -> None:
    [homes] = [each for each in evaluate(plan([fixed("a", 30.0)])).residual.remainders if each.stream == HOMES]
    assert (homes.tonnes, homes.reason) == (pytest.approx(70.0), Reason.PARTLY)


def test_without_a_plan_the_residual_is_the_baseline_and_nobody_has_acted() -> None:
    left = evaluate(plan([])).residual
    assert {each.reason for each in left.remainders} == {Reason.NO_ACTION, Reason.UPTAKE}
    assert all(each.tonnes == each.baseline for each in left.remainders)
    assert (left.year, left.net) == (2033, 260.0)


def test_every_remainder_says_who_could_solve_it_and_whether_it_is_an_estimate() -> None:
    known = replace(table(), estimated=frozenset({CARS, FOREST}))
    left = residual(apply_actions([], setting()), known, year=2033).remainders
    assert {each.solver.en for each in left} == {"the municipality"}
    assert {each.stream for each in left if each.estimated} == {CARS, FOREST}
