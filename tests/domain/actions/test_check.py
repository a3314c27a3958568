"""Everything that can be wrong with an action: its code, its place, and all of it at once."""

from dataclasses import replace

import pytest

from domain.made_plan import (
    AT_ONCE,
    CARS,
    COWS,
    FOREST,
    HOMES,
    POWER,
    SUPPLY,
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
    table,
)
from klimaplan.domain.actions.action import Action, Resources
from klimaplan.domain.actions.apply import Setting, apply_actions
from klimaplan.domain.actions.lever import (
    Burden,
    Change,
    Effect,
    Kind,
    Planting,
    Quantity,
    Relative,
    Shift,
    Side,
    Units,
)
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.errors import Finding, InputError
from klimaplan.domain.inventory.streams import Gas, StreamTable
from klimaplan.domain.uncertainty.distributions import Fixed


def refused(*actions: Action, on: StreamTable | None = None) -> list[Finding]:
    with pytest.raises(InputError) as caught:
        apply_actions(actions, setting() if on is None else Setting(on, SUPPLY))
    return list(caught.value.findings)


def shift(key: str, source: str, target: str | None, ratio: float | None = 0.5) -> Action:
    energy = None if ratio is None else number(f"{key}.ratio", ratio)
    return one(key, Shift(Kind.SHIFT_SHARE, source, number(f"{key}.share", 0.2), AT_ONCE, target, energy))


def units(key: str, amount: float, *effects: Effect, burdens: tuple[Burden, ...] = ()) -> Action:
    return one(key, Units(Kind.REPLACE_UNITS, number(f"{key}.amount", amount, "pieces"), effects, AT_ONCE, burdens))


SAVING = Relative(Kind.REDUCE_ACTIVITY, HOMES, Side.ACTIVITY, number("s", 0.1), AT_ONCE)
CHANGE = replace(SAVING, kind=Kind.CHANGE_INTENSITY, side=Side.INTENSITY)

WRONG = [
    pytest.param(save("a", 0.1, stream="I.1.1/gass"), "unknown-stream", "a/lever 1", id="a stream nobody has"),
    pytest.param(save("a", 1.2), "share-out-of-range", "a/lever 1/a.share", id="a share above 100 %"),
    pytest.param(save("a", -0.1), "share-out-of-range", "a/lever 1/a.share", id="a share below nought"),
    pytest.param(save("a", 0.1, stream=FOREST), "lever-on-sink", "a/lever 1", id="a share of an uptake"),
    pytest.param(
        save("a", 0.1, ramp=Ramp(Shape.LINEAR, 2030, 2026)), "ramp-backwards", "a/lever 1", id="a ramp backwards"
    ),
    pytest.param(
        save("a", 0.1, ramp=Ramp(Shape.STEP, 2060)), "year-outside-horizon", "a/lever 1", id="a year nobody computes"
    ),
    pytest.param(
        one("a", replace(SAVING, kind=Kind.AFFOREST)), "lever-form-differs", "a/lever 1", id="a saving called a forest"
    ),
    pytest.param(
        one("a", replace(SAVING, side=Side.INTENSITY)), "lever-form-differs", "a/lever 1", id="less done called cleaner"
    ),
    pytest.param(
        one("a", replace(CHANGE, size=Change(100.0, number("s", 120.0)))), "change-upwards", "a/lever 1", id="worse"
    ),
    pytest.param(
        one("a", replace(CHANGE, size=Change(0.0, number("s", 0.0)))), "amount-negative", "a/lever 1/before", id="nil"
    ),
    pytest.param(
        one("a", replace(SAVING, size=Quantity("s", Fixed(0.1), "share", ""))),
        "number-without-source", "a/lever 1/s", id="a number from nowhere",
    ),
    pytest.param(shift("a", HOMES, HOMES), "shift-to-itself", "a/lever 1", id="to itself"),
    pytest.param(shift("a", HOMES, POWER, None), "shift-incomplete", "a/lever 1", id="no energy ratio"),
    pytest.param(shift("a", HOMES, None, 0.5), "shift-incomplete", "a/lever 1", id="no target"),
    pytest.param(shift("a", CARS, POWER), "supply-factor-missing", "a/lever 1", id="no factor for petrol"),
    pytest.param(units("a", 1.0), "lever-without-effect", "a/lever 1", id="pieces of nothing"),
    pytest.param(
        units("a", -1.0, Effect(CARS, number("e", 2.0))), "amount-negative", "a/lever 1/a.amount", id="minus one car"
    ),
    pytest.param(
        units("a", 1.0, Effect(HOMES, number("e", 2.0), Gas.N2O)), "more-removed-than-exists", "a/lever 1",
        id="a gas that is not there",
    ),
    pytest.param(electric_cars("a", 41.0), "more-removed-than-exists", "a/II.1.1/cars", id="more cars than there are"),
    pytest.param(fixed("a", 101.0), "more-removed-than-exists", "a/I.1.1/gas", id="more tonnes than there are"),
    pytest.param(
        fixed("a", 1.0, reason=""), "fixed-tonnes-without-reason", "a/lever 1", id="tonnes out of the blue"
    ),
    pytest.param(
        one("a", Planting(Kind.AFFOREST, HOMES, number("h", 1.0), (1.0,), number("k", 1.0), AT_ONCE)),
        "planting-outside-sink", "a/lever 1", id="a forest in the living room",
    ),
    pytest.param(
        one("a", SAVING, replace(CHANGE, size=number("t", 0.1))), "lever-twice-on-stream", "a/I.1.1/gas",
        id="twice on a stream",
    ),
    pytest.param(
        Action("a", "a", (), resources=Resources(price_year=2025, capex_dkk=-5.0)), "cost-negative", "a/capex",
        id="a negative cost without a flag",
    ),
    pytest.param(
        Action("a", "a", (), resources=Resources(capex_dkk=5.0)), "price-year-missing", "a", id="money of no year"
    ),
]  # fmt: skip


@pytest.mark.parametrize(("action", "code", "place"), WRONG)
def test_what_is_wrong_is_named_with_its_place(action: Action, code: str, place: str) -> None:
    [finding] = refused(action)
    assert (finding.code, finding.place) == (code, place)
    assert finding.what.da != finding.what.en
    assert finding.remedy.da
    assert finding.remedy.en


def test_a_negative_cost_with_the_flag_is_meant() -> None:
    saved = Resources(price_year=2025, capex_dkk=-5.0, may_be_negative=True)
    assert apply_actions([Action("a", "a", (), resources=saved)], setting()).actions == ("a",)


def test_shifts_in_a_circle_are_refused() -> None:
    [finding] = refused(shift("a", HOMES, POWER), shift("b", POWER, HOMES))
    assert finding.code == "circular-dependency"
    assert HOMES in finding.place
    assert POWER in finding.place


def test_two_actions_together_may_take_more_than_there_is() -> None:
    # 30 and 11 cars of the 40
    [finding] = refused(electric_cars("a", 30.0), electric_cars("b", 11.0))
    assert (finding.code, finding.place) == ("more-removed-than-exists", "a, b/II.1.1/cars")


def test_all_of_a_stock_may_be_taken() -> None:
    assert apply_actions([electric_cars("a", 40.0), fewer_cows("b", 10.0)], setting())


def test_fixed_tonnes_are_not_lost_where_the_stream_runs_dry() -> None:
    # homes burn no gas from 2030 on, so the five tonnes have nothing to be taken from
    full = table()
    values = full.emissions.values.copy()
    values[0, :, 2030 - 2023 :] = 0.0
    dry = replace(full, emissions=replace(full.emissions, values=values))
    [finding] = refused(fixed("a", 5.0), on=dry)
    assert (finding.code, finding.place) == ("more-removed-than-exists", "a/lever 1")
    [finding] = refused(fixed("a", 5.0, ramp=Ramp(Shape.LINEAR)), on=dry)
    assert finding.code == "ramp-incomplete"
    until_then = fixed("a", 5.0, ramp=Ramp(Shape.STEP, 2024, until=2029))
    assert apply_actions([until_then], Setting(dry, SUPPLY)).actions == ("a",)


def test_two_actions_of_one_name_are_refused() -> None:
    codes = [finding.code for finding in refused(save("a", 0.1), green("a", 0.1))]
    assert codes[0] == "action-twice"


def test_a_shared_assumption_has_one_value() -> None:
    other = one("b", replace(SAVING, stream=CARS, size=number("s", 0.2)))
    [finding] = refused(one("a", SAVING), other)
    assert (finding.code, finding.place) == ("parameter-differs", "b/s")


def test_an_action_must_not_scale_what_its_own_cuts_feed_through_another() -> None:
    # b saves heat that the pumps of a would have taken over, and cleans the power they use: met twice on that way
    both = one(
        "b",
        Relative(Kind.REDUCE_ACTIVITY, HOMES, Side.ACTIVITY, number("b.save", 0.1), AT_ONCE),
        Relative(Kind.CHANGE_SUPPLY, POWER, Side.INTENSITY, number("b.green", 0.1), AT_ONCE),
    )
    [finding] = refused(heat_pumps("a", 0.5), both)
    assert (finding.code, finding.place) == ("lever-twice-on-stream", "b/I.6.2/power")


def test_everything_is_said_at_once() -> None:
    codes = {
        finding.code
        for finding in refused(
            save("a", 1.5),
            save("b", 0.1, stream="nowhere"),
            plant("c", -1.0),
            save("d", 0.1, stream=COWS, ramp=Ramp(Shape.LINEAR, 2030)),
        )
    }
    assert codes == {"share-out-of-range", "unknown-stream", "amount-negative", "ramp-incomplete"}
