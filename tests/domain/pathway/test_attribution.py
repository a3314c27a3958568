"""The exact split against the sum over all orders, and what it must obey whatever the plan."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.made_plan import (
    HOMES,
    POWER,
    SEEN,
    TO_2033,
    acidify,
    cleaner,
    electric_cars,
    fewer_cows,
    fixed,
    green,
    heat_pumps,
    plant,
    save,
    setting,
)
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import apply_actions
from klimaplan.domain.actions.problem import Problem, emissions
from klimaplan.domain.pathway.attribution import attribute, first_in, last_in, leave_one_out
from klimaplan.domain.series import Floats

LARGE = (
    save("a", 0.3),
    heat_pumps("b", 0.5, ramp=TO_2033),
    heat_pumps("c", 0.2, ratio=0.9),
    green("d", 0.6),
    green("e", 0.2, ramp=TO_2033),
    electric_cars("f", 15.0),
    save("g", 0.25, stream="II.1.1/cars"),
)
"""Everything that meets on the way from gas and petrol to power."""

REST = (
    fewer_cows("h", 3.0),
    acidify("i", 0.4),
    plant("j", 4.0, ramp=TO_2033),
    fixed("k", 5.0),
    cleaner("l", 100.0, 80.0),
)


def by_enumeration(problem: Problem) -> Floats:
    """The definition: the average marginal effect over all orders, (action, stream, gas, year)."""
    count = len(problem.actions)
    effects = np.zeros((count, *problem.baseline.shape))
    known: dict[frozenset[int], Floats] = {}

    def emitted(taken: frozenset[int]) -> Floats:
        if taken not in known:
            known[taken] = emissions(problem, taken=[action in taken for action in range(count)])
        return known[taken]

    orders = list(permutations(range(count)))
    for order in orders:
        for position, action in enumerate(order):
            before = frozenset(order[:position])
            effects[action] += emitted(before | {action}) - emitted(before)
    return effects / len(orders)


def split(problem: Problem) -> Floats:
    effects = np.zeros((len(problem.actions), *problem.baseline.shape))
    for action, stream, part in attribute(problem, SEEN).parts:
        effects[action, stream] += part
    return effects


@pytest.mark.parametrize("actions", [LARGE, REST, (*LARGE[:4], *REST[:3])], ids=["power", "farms", "both"])
def test_the_split_is_the_average_over_all_orders(actions: tuple[Action, ...]) -> None:
    problem = apply_actions(actions, setting())
    assert split(problem) == pytest.approx(by_enumeration(problem), rel=1e-12, abs=1e-10)


def test_two_heat_measures_by_hand() -> None:
    problem = apply_actions([save("a", 0.5), save("b", 0.4)], setting())
    # alone 50 and 40, after the other 30 and 20: the averages of 50 and 30, and of 40 and 20
    assert attribute(problem, SEEN).by_action.values[:, -1] == pytest.approx([-40.0, -30.0])
    assert first_in(problem, SEEN).values[:, -1] == pytest.approx([-50.0, -40.0])
    assert last_in(problem, SEEN).values[:, -1] == pytest.approx([-30.0, -20.0])
    # 260 t with 60 of the 100 t of homes without a, and 50 without b
    assert leave_one_out(problem, SEEN).values[:, -1] == pytest.approx([220.0, 210.0])


def test_an_action_may_make_others_worth_less_than_nothing_alone() -> None:
    problem = apply_actions([heat_pumps("a", 1.0, ratio=2.0), green("b", 1.0)], setting())
    # alone the pumps take 100 t of gas and bring 80 t of power; green power alone takes 40 t; together all 140 t go
    shares = attribute(problem, SEEN).by_action.values[:, -1]
    assert shares == pytest.approx([-(20.0 + 100.0) / 2, -(40.0 + 120.0) / 2])


def test_effects_are_told_stream_by_stream() -> None:
    problem = apply_actions(LARGE, setting())
    seen = attribute(problem, SEEN)
    pumps = seen.of("b").sum("gas").select(year=2033)
    assert pumps.at(HOMES) < 0.0 < pumps.at(POWER)
    assert seen.by_stream.values == pytest.approx(emissions(problem) - problem.baseline, abs=1e-10)


# -- laws --------------------------------------------------------------------------------------------------------

SHARES = st.floats(0.0, 1.0)


@st.composite
def made(draw: st.DrawFn) -> list[Action]:
    makers = [
        lambda key: save(key, draw(SHARES), ramp=TO_2033),
        lambda key: save(key, draw(SHARES), stream="II.1.1/cars"),
        lambda key: heat_pumps(key, draw(SHARES), ratio=draw(st.floats(0.0, 3.0))),
        lambda key: green(key, draw(SHARES)),
        lambda key: electric_cars(key, draw(st.floats(0.0, 8.0))),
        lambda key: fewer_cows(key, draw(st.floats(0.0, 2.0))),
        lambda key: acidify(key, draw(SHARES)),
        lambda key: plant(key, draw(st.floats(0.0, 50.0)), ramp=TO_2033),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(makers))), min_size=0, max_size=5))
    return [makers[kind](f"a{number}") for number, kind in enumerate(chosen)]


@given(made())
def test_the_split_adds_up_to_the_joint_effect(actions: list[Action]) -> None:
    problem = apply_actions(actions, setting())
    joint = emissions(problem) - problem.baseline
    assert split(problem).sum(axis=0) == pytest.approx(joint, abs=1e-9)


@given(made(), st.randoms(use_true_random=False))
def test_the_order_of_the_actions_is_immaterial(actions: list[Action], random: object) -> None:
    shuffled = list(actions)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (attribute(apply_actions(each, setting()), SEEN).by_action for each in (actions, shuffled))
    for action in actions:
        assert other.select(action=action.key).values == pytest.approx(one.select(action=action.key).values, abs=1e-9)


@given(st.lists(SHARES, min_size=1, max_size=6))
def test_overlapping_savings_together_are_at_most_their_sum(shares: list[float]) -> None:
    problem = apply_actions([save(f"a{at}", share) for at, share in enumerate(shares)], setting())
    joint = attribute(problem, SEEN).by_action.values.sum(axis=0)
    alone = first_in(problem, SEEN).values.sum(axis=0)
    assert (joint >= alone - 1e-9).all()
    assert (joint >= -100.0 - 1e-9).all(), "a stream cannot lose more than it has"


@given(made())
def test_an_action_that_does_nothing_gets_nothing(actions: list[Action]) -> None:
    problem = apply_actions([*actions, save("idle", 0.0)], setting())
    assert attribute(problem, SEEN).by_action.select(action="idle").values == pytest.approx(0.0, abs=1e-12)


@given(st.floats(0.01, 0.99))
def test_two_of_a_kind_get_the_same(share: float) -> None:
    problem = apply_actions([heat_pumps("a", share), green("x", 0.5), heat_pumps("b", share)], setting())
    effects = attribute(problem, SEEN).by_action
    assert effects.select(action="a").values == pytest.approx(effects.select(action="b").values, abs=1e-9)
