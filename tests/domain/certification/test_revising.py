"""What calls for a revision, and whether the old plan was judged whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.due import Revision
from klimaplan.domain.certification.revising import (
    Cause,
    Fate,
    Judgement,
    Situation,
    check_judgements,
    gap_share,
    moved_by_method,
    suggested,
    triggers,
)
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.recalculation import Cause as Moved
from klimaplan.domain.inventory.recalculation import Movement, Recalculation

NOTHING = Situation(approved=date(2025, 6, 1), today=date(2026, 11, 24))


def causes(situation: Situation) -> list[Cause]:
    return [each.cause for each in triggers(situation)]


def test_a_young_plan_in_an_unchanged_world_needs_none() -> None:
    assert causes(NOTHING) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        # five years after 30 November 2022 is 30 November 2027: 371 days ahead, and 365 from the 30th of November 2026
        ({"approved": date(2022, 11, 30)}, []),
        ({"approved": date(2022, 11, 24)}, [Cause.DUE]),
        # the council wants it by the end of 2026
        ({"approved": date(2025, 6, 1), "revision": Revision(in_first_year_of_term=True)}, [Cause.DUE]),
        ({"baseline_moved": -0.05}, [Cause.BASELINE_MOVED]),
        ({"baseline_moved": 0.049}, []),
        ({"gap_share": 0.10}, [Cause.GAP]),
        ({"gap_share": -0.2}, []),
        ({"criteria_then": "capf-2020", "criteria_now": "cctf-2024-dk"}, [Cause.CRITERIA]),
        ({"criteria_then": "cctf-2024-dk", "criteria_now": "cctf-2024-dk"}, []),
        ({"risk_assessed_on": date(2021, 1, 1), "risk_data_published": date(2024, 1, 1)}, [Cause.RISK]),
        ({"risk_assessed_on": None, "risk_data_published": date(2024, 1, 1)}, []),
        ({"frames": ((date(2026, 1, 1), Text("ny", "new")), (date(2024, 1, 1), Text("før", "before")))},
         [Cause.NATIONAL_FRAME]),
    ],
)  # fmt: skip
def test_each_reason_by_itself(changed: dict[str, object], expected: list[Cause]) -> None:
    assert causes(replace(NOTHING, **changed)) == expected  # type: ignore[arg-type]


def test_several_reasons_hold_together_with_the_due_day_first() -> None:
    found = causes(replace(NOTHING, approved=date(2020, 11, 19), gap_share=0.5, baseline_moved=0.1))
    assert found == [Cause.DUE, Cause.BASELINE_MOVED, Cause.GAP]


def test_percentages_are_said_in_the_reader_s_own_way() -> None:
    [found] = triggers(replace(NOTHING, baseline_moved=-0.0625))
    assert "6,2 %" in found.said.da
    assert "6.2 %" in found.said.en


def test_a_judgement_is_missing_unexplained_or_leads_nowhere() -> None:
    judgements = {
        "a": Judgement(Fate.DONE),
        "b": Judgement(Fate.DROPPED, " "),
        "c": Judgement(Fate.REPLACED, "Bedre.", successor="z"),
        "d": Judgement(Fate.REPLACED, "Bedre.", successor="n1"),
        "e": Judgement(Fate.CHANGED, "Flere hektar."),
    }
    found = check_judgements("abcdef", judgements, ["e", "n1"])
    assert [(each.code, each.place) for each in found] == [
        ("judgement-without-reason", "b"), ("successor-unknown", "c"), ("not-judged", "f"),
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers()))
def test_a_plan_that_stays_as_it_is_continues_everything(plan: dict[str, int]) -> None:
    assert suggested(plan, dict(plan)) == dict.fromkeys(plan, Fate.CONTINUED)


def test_a_target_that_asks_for_nothing_has_no_share_of_a_gap() -> None:
    # 100 t now, 60 t allowed: 40 t are asked for, and 10 of them are missing
    assert gap_share(100.0, 60.0, 10.0) == 0.25
    assert gap_share(100.0, 60.0, -4.0) == -0.1
    assert gap_share(50.0, 60.0, 5.0) is None


def test_only_the_change_of_method_moves_a_base_year() -> None:
    method, data = Moved.METHOD_CHANGE, Moved.NEW_DATA
    movements = (
        Movement("167", "energy", 2018, 50.0, 56.0, method), Movement("167", "waste", 2018, 10.0, 9.0, method),
        Movement("167", "transport", 2018, 40.0, 80.0, data), Movement("167", "energy", 2019, 50.0, 99.0, method),
        Movement("101", "energy", 2018, 50.0, 99.0, method), Movement("167", "processes", 2018, None, 3.0, method),
    )  # fmt: skip
    # 6 − 1 of 100 t
    assert moved_by_method(Recalculation(movements), "167", 2018, was=100.0) == 0.05
    assert moved_by_method(Recalculation(movements), "167", 2018, was=0.0) is None
