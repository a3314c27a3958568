"""Every lever by hand on a municipality of 260 t; see `made_plan`."""

import numpy as np
import pytest

from domain.made_plan import (
    AT_ONCE,
    CARS,
    COWS,
    FOREST,
    HOMES,
    LAST,
    POWER,
    STREAMS,
    TO_2033,
    acidify,
    cleaner,
    electric_cars,
    fewer_cows,
    fixed,
    green,
    heat_pumps,
    number,
    one,
    plant,
    save,
    setting,
)
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import BaselineDriver, apply_actions
from klimaplan.domain.actions.lever import Kind, Shift
from klimaplan.domain.actions.problem import emissions
from klimaplan.domain.inventory.streams import GASES, Gas

ROW = {stream.key: row for row, stream in enumerate(STREAMS)}


def left(*actions: Action, year: int = LAST) -> dict[str, float]:
    """What every stream emits in a year, t CO2e."""
    by_stream = emissions(apply_actions(actions, setting()))[:, :, year - 2023].sum(axis=1)
    return dict(zip(ROW, by_stream.tolist(), strict=True))


def of_gas(stream: str, gas: Gas, *actions: Action) -> float:
    return float(emissions(apply_actions(actions, setting()))[ROW[stream], GASES.position(str(gas)), -1])


def test_no_action_leaves_the_baseline() -> None:
    assert left() == {HOMES: 100.0, CARS: 80.0, POWER: 40.0, COWS: 60.0, FOREST: -20.0}


def test_two_heat_measures_of_50_and_40_give_70_and_not_90() -> None:
    # what is left of 100 t is 50 t, and then 60 % of that
    assert left(save("a", 0.5), save("b", 0.4))[HOMES] == pytest.approx(30.0)


def test_a_ramp_is_followed_year_by_year() -> None:
    # half of 100 t at the end, in a straight line from 2023 to 2033
    assert [left(save("a", 0.5, ramp=TO_2033), year=year)[HOMES] for year in (2023, 2028, 2033)] == pytest.approx(
        [100.0, 75.0, 50.0]
    )


def test_intensity_from_what_to_what() -> None:
    # from 120 to 90 g/km a quarter of 80 t disappears
    assert left(cleaner("a", 120.0, 90.0))[CARS] == pytest.approx(60.0)


def test_a_heat_pump_emits_where_the_power_is_made() -> None:
    emitted = left(heat_pumps("a", 0.5))
    # 50 t of gas go; half as many TJ of power at 20 instead of 50 t/TJ: 50 · 0.5 · 20/50 = 10 t
    assert (emitted[HOMES], emitted[POWER]) == pytest.approx((50.0, 50.0))


def test_green_power_cleans_what_the_heat_pumps_use_too() -> None:
    # (40 + 10) t of power, half of it green
    assert left(heat_pumps("a", 0.5), green("b", 0.5))[POWER] == pytest.approx(25.0)


def test_supply_measures_lose_effect_as_demand_falls() -> None:
    alone = 40.0 - left(green("b", 0.5))[POWER]
    saved = left(save("a", 0.4, stream=POWER))[POWER] - left(save("a", 0.4, stream=POWER), green("b", 0.5))[POWER]
    # half of 40 t against half of the 24 t that are left
    assert (alone, saved) == pytest.approx((20.0, 12.0))


def test_savings_leave_less_for_the_heat_pumps_to_take_over() -> None:
    emitted = left(save("a", 0.4), heat_pumps("b", 0.5))
    assert emitted[HOMES] == pytest.approx(100.0 * 0.6 * 0.5)
    # of the 50 t alone the pumps get the average over both orders: 50 · (1 − 0.4 / 2) = 40 t, at 10 t per 50 t
    assert emitted[POWER] == pytest.approx(40.0 + 40.0 * 0.2)


def test_bicycles_emit_nothing_instead() -> None:
    bicycles = one("a", Shift(Kind.SHIFT_SHARE, CARS, number("a.share", 0.1), AT_ONCE))
    assert sum(left(bicycles).values()) == pytest.approx(260.0 - 8.0)


def test_cars_are_counted_one_by_one_and_two_fleets_add_up() -> None:
    # 10 cars of 2 t and 20 more: 60 of 80 t, and 30 · 0.02 TJ · 20 t/TJ of power
    emitted = left(electric_cars("a", 10.0), electric_cars("b", 20.0))
    assert (emitted[CARS], emitted[POWER]) == pytest.approx((20.0, 52.0))


def test_less_driving_leaves_the_electric_cars_less_to_drive() -> None:
    emitted = left(electric_cars("a", 20.0), save("b", 0.5, stream=CARS))
    # half of the 80 t are electric, half of the rest is not driven
    assert emitted[CARS] == pytest.approx(80.0 * 0.5 * 0.5)
    # 20 · 0.4 t of power, a quarter of it not driven on average over both orders
    assert emitted[POWER] == pytest.approx(40.0 + 8.0 * 0.75)


def test_a_cow_takes_its_gases_with_it() -> None:
    herd = fewer_cows("a", 4.0)
    assert of_gas(COWS, Gas.CH4, herd) == pytest.approx(50.0 - 4 * 5.0)
    assert of_gas(COWS, Gas.N2O, herd) == pytest.approx(10.0 - 4 * 1.0)


def test_slurry_technology_works_on_methane_only() -> None:
    assert of_gas(COWS, Gas.CH4, acidify("a", 0.7)) == pytest.approx(15.0)
    assert of_gas(COWS, Gas.N2O, acidify("a", 0.7)) == pytest.approx(10.0)


def test_a_forest_takes_up_by_its_age() -> None:
    # 10 ha in 2024: nothing that year, then 10, 20, 30 and 30 t
    taken = [left(plant("a", 10.0), year=year)[FOREST] for year in range(2023, 2029)]
    assert taken == pytest.approx([-20.0, -20.0, -30.0, -40.0, -50.0, -50.0])


def test_a_forest_planted_over_two_years_grows_in_two_steps() -> None:
    from klimaplan.domain.actions.ramp import Ramp, Shape

    halves = plant("a", 10.0, ramp=Ramp(Shape.LINEAR, 2023, 2025))
    # 5 ha in 2024 and 5 ha in 2025: in 2026 the first are two years old (10 t), the second one (5 t)
    assert left(halves, year=2026)[FOREST] == pytest.approx(-20.0 - 15.0)


def test_fixed_tonnes_are_taken_as_they_are_said() -> None:
    assert left(fixed("a", 12.0))[HOMES] == pytest.approx(88.0)
    assert fixed("a", 12.0).is_last_resort


def test_a_driver_lifts_the_baseline_and_what_is_moved_from_it() -> None:
    growth = BaselineDriver((HOMES,), number("growth", 0.5))
    problem = apply_actions([heat_pumps("a", 0.5)], setting(growth))
    emitted = emissions(problem)[:, :, -1].sum(axis=1)
    # homes at 150 t in 2033: 75 t stay, and 10 t of power become 15 t
    assert (emitted[ROW[HOMES]], emitted[ROW[POWER]]) == pytest.approx((75.0, 55.0))


def test_only_uncertain_numbers_are_drawn() -> None:
    from klimaplan.domain.uncertainty.distributions import Triangular

    problem = apply_actions([save("a", 0.5), save("b", Triangular(0.1, 0.2, 0.3))], setting())
    assert [parameter.name for parameter in problem.parameters] == ["b.share"]
    assert problem.central == pytest.approx(np.array([0.2]))
