"""What is known of an action beside what its plan computes: four records, and nothing filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain import made_plan as made
from klimaplan.domain.actions.action import Action, KnownEffect
from klimaplan.domain.errors import Severity
from klimaplan.domain.plan import evaluate
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import NotationKey
from klimaplan.domain.status.known_effects import check_known, known_records
from klimaplan.domain.status.planned_and_measured import Records, compare

YEARS = range(made.FIRST, made.LAST + 1)
# half of 100 t, a tenth of it more each year: 5 t in 2024, 10 t in 2025
PUMPS = replace(
    made.save("pumps", 0.5, ramp=made.TO_2033),
    known=KnownEffect({2024: 3.0, 2025: 8.0}, "homes", {2024: -4.0, 2025: -9.0}, {2025: -12.0}),
)


def records(*actions: Action) -> tuple[Records, ...]:
    return known_records(actions, evaluate(made.plan(actions)).effects.by_action, source="the plan file")


def test_only_actions_of_which_something_is_known_have_records() -> None:
    assert [found.action for found in records(PUMPS, made.save("other", 0.1))] == ["pumps"]


def test_the_four_stand_side_by_side_as_tonnes_saved() -> None:
    [found] = records(PUMPS)
    assert (found.expected.at(2024), found.expected.at(2025)) == (pytest.approx(5.0), pytest.approx(10.0))
    assert (found.activity.at(2024), found.activity.at(2025)) == (3.0, 8.0)
    assert (found.calculated.at(2024), found.calculated.at(2025)) == (4.0, 9.0)
    assert found.observed.at(2025) == 12.0
    kinds = [each.provenance.kind for each in (found.expected, found.activity, found.calculated, found.observed)]
    assert kinds == [Kind.EXPECTED, Kind.OBSERVED, Kind.CALCULATED, Kind.OBSERVED]


def test_a_year_of_which_nothing_is_said_stays_missing() -> None:
    [found] = records(PUMPS)
    assert found.observed.missing[(2024,)] is NotationKey.NOT_ESTIMATED
    assert set(found.calculated.missing) == {(year,) for year in YEARS if year not in {2024, 2025}}
    held = compare(found.observed, found.expected)
    assert held.difference.at(2025) == pytest.approx(2.0)
    assert held.ratio.at(2025) == pytest.approx(1.2)
    assert (2024,) in held.difference.missing


def test_years_outside_the_plan_and_effects_that_add_are_said() -> None:
    odd = replace(PUMPS, known=KnownEffect({2020: 1.0}, "homes", {2024: 4.0}, {2025: -1.0}))
    assert [(each.code, each.place, each.severity) for each in check_known([odd, PUMPS], YEARS)] == [
        ("known-outside-plan", "pumps/implemented_activity", Severity.INFO),
        ("known-effect-adds", "pumps/calculated", Severity.WARNING),
    ]
