"""The way to an approved plan: every criterion has its place, and what we guess says that it is a guess."""

from __future__ import annotations

from datetime import date

import pytest

from klimaplan.domain.certification.remaining import in_order
from klimaplan.reference import load, tables, way_tables
from klimaplan.reference.guides import guide

TABLES = ("assessment/way", "assessment/way-effort", "assessment/review-load")


def test_every_criterion_in_force_has_a_place_and_an_effort() -> None:
    criteria = load.set_in_force(date(2026, 11, 24))
    assert way_tables.unplaced(criteria) == ()
    assert set(way_tables.effort()) == {each.id for each in criteria.criteria}


def test_the_order_of_the_table_is_one_that_can_be_worked_in() -> None:
    keys = [each.piece.key for each in way_tables.way()]
    assert [each.key for each in in_order(each.piece for each in way_tables.way())] == keys


def test_account_and_risk_come_before_targets_and_those_before_actions() -> None:
    keys = [each.piece.key for each in way_tables.way()]
    assert keys.index("account") < keys.index("targets") < keys.index("actions") < keys.index("follow-up")
    assert keys.index("risk") < keys.index("adaptation") < keys.index("actions")


def test_low_likely_and_high_are_in_order_and_wide() -> None:
    for code, each in way_tables.effort().items():
        assert 0 < each.low < each.days < each.high, code
        assert each.high >= 2 * each.low, code
    for name, assumed in way_tables.review_load().items():
        assert 0 < assumed.low < assumed.value < assumed.high, name


@pytest.mark.parametrize("name", TABLES)
def test_every_row_is_marked_as_our_own_assumption(name: str) -> None:
    assert {row["source"] for row in tables.rows(name)} == {"klimaplan-assumption"}


def test_every_piece_points_to_a_step_of_the_guide() -> None:
    steps = {each.step for each in guide("revision", "da").sections}
    pointed = {row["guide_step"] for row in tables.rows("assessment/way")} - {""}
    assert pointed
    assert pointed <= steps
