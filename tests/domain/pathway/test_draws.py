"""Many draws against the plain formula at each of them, and against the run without draws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.made_plan import (
    CARS,
    HOMES,
    STREAMS,
    TO_2033,
    acidify,
    electric_cars,
    fewer_cows,
    green,
    heat_pumps,
    number,
    plant,
    save,
    setting,
)
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import BaselineDriver, apply_actions
from klimaplan.domain.actions.problem import Problem, emissions
from klimaplan.domain.pathway import draws
from klimaplan.domain.pathway.draws import prepare, totals
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty.distributions import Triangular, Uniform
from klimaplan.domain.uncertainty.sample import points

GROUPS = [0, 1, 0, 2, 2]

WIDE = (
    save("a", Triangular(0.1, 0.3, 0.4), ramp=TO_2033),
    heat_pumps("b", Uniform(0.2, 0.6), ratio=Triangular(0.25, 0.3, 0.5)),
    heat_pumps("c", Triangular(0.1, 0.2, 0.3)),
    green("d", Uniform(0.3, 0.9)),
    electric_cars("e", Triangular(5.0, 15.0, 20.0)),
    save("f", Uniform(0.0, 0.3), stream=CARS),
    fewer_cows("g", Uniform(1.0, 4.0)),
    acidify("h", Uniform(0.2, 0.6)),
    plant("i", Uniform(5.0, 20.0), ramp=TO_2033),
)


def drawn(problem: Problem, count: int, *, seed: int = 7) -> Floats:
    return points(problem.parameters, draws=count, seed=seed, study=(101,))


def one_by_one(problem: Problem, at: Floats) -> Floats:
    """The plain formula, draw by draw: (group, year, draw)."""
    by_stream = np.array([emissions(problem, point=point).sum(axis=1) for point in at])
    return np.stack(
        [
            by_stream[:, [row for row, group in enumerate(GROUPS) if group == wanted]].sum(axis=1).T
            for wanted in range(3)
        ]
    )


@pytest.mark.parametrize("actions", [WIDE, WIDE[:4], WIDE[6:], ()], ids=["all", "heat", "farms", "none"])
def test_a_block_of_draws_is_the_formula_at_each_of_them(actions: tuple[Action, ...]) -> None:
    growth = BaselineDriver((HOMES, CARS), number("growth", Triangular(-0.2, 0.0, 0.3)))
    problem = apply_actions(actions, setting(growth))
    at = drawn(problem, 40)
    assert totals(prepare(problem, GROUPS, count=3), at) == pytest.approx(one_by_one(problem, at), abs=1e-9)


def test_blocks_do_not_change_a_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = apply_actions(WIDE, setting())
    at = drawn(problem, 100)
    whole = totals(prepare(problem, GROUPS, count=3), at)
    monkeypatch.setattr(draws, "BLOCK", 7)
    assert np.array_equal(totals(prepare(problem, GROUPS, count=3), at), whole)


def test_draws_of_no_width_are_the_run_without_draws() -> None:
    sure = [replace_width(action) for action in WIDE]
    problem = apply_actions(sure, setting())
    assert not problem.parameters
    at = np.zeros((5, 0))
    expected = emissions(problem).sum(axis=(0, 1))
    for one in totals(prepare(problem, [0] * len(STREAMS)), at)[0].T:
        assert one == pytest.approx(expected, rel=1e-14)


def test_a_stock_that_is_taken_twice_in_a_draw_is_gone_and_no_more() -> None:
    # 30 to 40 cars and 10 to 20 of the 40: in most draws more than there are
    problem = apply_actions(
        [electric_cars("a", Triangular(30.0, 30.0, 40.0)), electric_cars("b", Triangular(10.0, 10.0, 20.0))], setting()
    )
    cars = totals(prepare(problem, [1, 0, 1, 1, 1], count=2), drawn(problem, 200))[0, -1]
    assert cars.min() == 0.0
    assert (cars >= 0.0).all()


@given(st.floats(0.1, 10.0))
@settings(max_examples=20)
def test_a_municipality_twice_as_large_emits_twice_as_much(factor: float) -> None:
    problem = apply_actions(WIDE[:4], setting())
    larger = replace(
        problem,
        baseline=problem.baseline * factor,
        moves=tuple(replace(move, tonnes=move.tonnes * factor) for move in problem.moves),
    )
    at = drawn(problem, 10)
    once = totals(prepare(problem, GROUPS, count=3), at)
    assert totals(prepare(larger, GROUPS, count=3), at) == pytest.approx(once * factor, rel=1e-12)


def replace_width(action: Action) -> Action:
    """The same action with every number at its central value."""
    from klimaplan.domain.uncertainty.distributions import Fixed

    def sure(quantity: object) -> object:
        return replace(quantity, distribution=Fixed(quantity.central))  # type: ignore[attr-defined, type-var]

    levers = []
    for lever in action.levers:
        names = [
            name for name in ("size", "share", "energy_ratio", "amount", "hectares", "scale") if hasattr(lever, name)
        ]
        levers.append(replace(lever, **{name: sure(getattr(lever, name)) for name in names}))
    return replace(action, levers=tuple(levers))
