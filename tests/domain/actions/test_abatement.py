from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.actions.abatement import (
    Basis,
    Measure,
    PricePath,
    abatement_cost,
    abatement_cost_over_years,
    cost_curve,
    net_benefit,
)
from klimaplan.domain.actions.costs import Money, Perspective
from klimaplan.domain.errors import InputError

TENTH = Perspective("a tenth", 0.10, with_taxes=False)
PATH = PricePath("made-up", 2025, {2040: 1000.0, 2030: 600.0}, "example")

MEASURES = st.lists(
    st.tuples(st.integers(-10_000, 10_000), st.integers(-5, 100)), max_size=8
).map(lambda rows: [Measure(f"m{row}", dkk(cost), tonnes) for row, (cost, tonnes) in enumerate(rows)])  # fmt: skip


def dkk(amount: float, price_year: int = 2025) -> Money:
    return Money(amount, price_year)


def test_a_tonne_costs_the_annual_cost_per_annual_tonne() -> None:
    found = abatement_cost(dkk(90_000), tonnes_after_overlap=120.0, perspective=TENTH)
    assert found.per_tonne is not None
    assert found.per_tonne.dkk == pytest.approx(750.0)
    assert (found.basis, found.perspective, found.reason) == (Basis.ANNUAL, TENTH, None)


@pytest.mark.parametrize("tonnes", [0.0, -3.0, float("nan")])
def test_without_saved_tonnes_there_is_no_cost_per_tonne_but_a_reason(tonnes: float) -> None:
    found = abatement_cost(dkk(90_000), tonnes_after_overlap=tonnes, perspective=TENTH)
    assert found.per_tonne is None
    assert found.reason is not None
    assert "after overlap" in found.reason.en
    assert found.cost == dkk(90_000)


def test_over_many_years_it_is_said_whether_tonnes_are_discounted() -> None:
    # 1,100 now; 1 t in each of the two years after: 2 t, or 1/1.1 + 1/1.21 = 2.1/1.21 t
    paid, saved = {2025: dkk(1_100.0)}, {2026: 1.0, 2027: 1.0}
    plain = abatement_cost_over_years(paid, saved, TENTH, base_year=2025, discount_tonnes=False)
    discounted = abatement_cost_over_years(paid, saved, TENTH, base_year=2025, discount_tonnes=True)
    assert plain.per_tonne is not None
    assert discounted.per_tonne is not None
    assert (plain.per_tonne.dkk, plain.basis) == (pytest.approx(550.0), Basis.PRESENT_VALUE)
    assert discounted.per_tonne.dkk == pytest.approx(1_100.0 * 1.21 / 2.1)
    assert discounted.basis == Basis.PRESENT_VALUE_DISCOUNTED


def test_a_price_path_is_straight_between_its_years_and_ends_with_them() -> None:
    assert [PATH.at(year).dkk for year in (2030, 2031, 2039, 2040)] == [600.0, 640.0, 960.0, 1000.0]
    assert PATH.value_of({2035: 10.0}) == {2035: dkk(8_000.0)}
    for year in (2029, 2041):
        with pytest.raises(InputError, match=r"years from 2030 to 2040"):
            PATH.at(year)


def test_the_net_benefit_is_the_worth_of_the_tonnes_less_the_cost() -> None:
    assert net_benefit(dkk(3_000.0), tonnes=10.0) == dkk(-3_000.0)
    assert net_benefit(dkk(3_000.0), tonnes=10.0, worth=dkk(500.0)) == dkk(2_000.0)


def test_the_curve_runs_from_the_cheapest_tonne_to_the_dearest() -> None:
    curve = cost_curve([
        Measure("wetland", dkk(30_000), 100.0),  # 300 a tonne
        Measure("bus", dkk(20_000), 10.0),  # 2,000
        Measure("biogas", dkk(30_000), 60.0),  # 500
        Measure("nothing", dkk(0), 5.0),
    ], TENTH)  # fmt: skip
    assert [(step.name, step.start, step.tonnes) for step in curve.costing] == [
        ("nothing", 0.0, 5.0), ("wetland", 5.0, 100.0), ("biogas", 105.0, 60.0), ("bus", 165.0, 10.0),
    ]  # fmt: skip
    assert [step.per_tonne.dkk for step in curve.costing] == pytest.approx([0.0, 300.0, 500.0, 2000.0])


def test_what_pays_for_itself_is_ranked_by_its_benefit_and_not_by_the_tonne() -> None:
    # the small one gains 1,000 a tonne and 1,000 in all; the large one 100 a tonne and 10,000 in all
    curve = cost_curve([Measure("small", dkk(-1_000), 1.0), Measure("large", dkk(-10_000), 100.0)], TENTH)
    assert [step.name for step in curve.paying] == ["large", "small"]
    assert [step.start for step in curve.paying] == [0.0, 100.0]


def test_the_worth_of_the_tonnes_may_change_who_benefits_most() -> None:
    measures = [Measure("thrifty", dkk(-10_000), 10.0), Measure("climate", dkk(-6_000), 20.0)]
    assert [step.name for step in cost_curve(measures, TENTH).paying] == ["thrifty", "climate"]
    # 10,000 + 5,000 against 6,000 + 10,000
    curve = cost_curve(measures, TENTH, worth=dkk(500.0))
    assert [(step.name, step.net_benefit.dkk) for step in curve.paying] == [("climate", 16_000), ("thrifty", 15_000)]


def test_ties_are_broken_by_name() -> None:
    curve = cost_curve(
        [Measure(name, dkk(cost), 10.0) for name, cost in (("b", 5), ("d", -5), ("a", 5), ("c", -5))], TENTH
    )
    assert [step.name for step in (*curve.paying, *curve.costing)] == ["c", "d", "a", "b"]


def test_what_saves_nothing_is_named_and_not_drawn() -> None:
    curve = cost_curve([Measure("sign", dkk(5), 0.0), Measure("worse", dkk(5), -2.0)], TENTH)
    assert (curve.paying, curve.costing, set(curve.without)) == ((), (), {"sign", "worse"})


@given(MEASURES)
def test_every_measure_is_in_the_curve_once_or_named(measures: list[Measure]) -> None:
    curve = cost_curve(measures, TENTH)
    steps = (*curve.paying, *curve.costing)
    assert sorted([*(step.name for step in steps), *curve.without]) == sorted(each.name for each in measures)
    assert all(before.start + before.tonnes == after.start for before, after in pairwise(steps))
    assert all(one.net_benefit.dkk >= two.net_benefit.dkk for one, two in pairwise(curve.paying))
    assert all(one.per_tonne.dkk <= two.per_tonne.dkk for one, two in pairwise(curve.costing))


def test_a_measure_counts_once_and_in_one_price_year() -> None:
    with pytest.raises(InputError, match="stands twice"):
        cost_curve([Measure("bus", dkk(1), 1.0)] * 2, TENTH)
    with pytest.raises(InputError, match="2020 / 2025"):
        cost_curve([Measure("bus", dkk(1), 1.0), Measure("bike", dkk(1, 2020), 1.0)], TENTH)
