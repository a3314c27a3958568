"""What is missing and in which order: cases worked out by hand, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.remaining import Effort, Piece, Standing, ahead, in_order
from klimaplan.domain.errors import InputError

WAY = [Piece("actions", ("targets", "risk")), Piece("account"), Piece("targets", ("account",)), Piece("risk")]
BELONGS = {"K6": "account", "K9.1": "targets", "K9.2": "targets", "K5": "risk", "K12": "actions"}
EFFORT = {code: Effort(1.0, 2.0, 4.0) for code in BELONGS}


def test_each_comes_after_what_it_builds_on() -> None:
    assert [each.key for each in in_order(WAY)] == ["account", "targets", "risk", "actions"]


def test_what_lacks_what_is_to_be_judged_and_what_waits() -> None:
    standing = {"K6": Standing.DONE, "K9.1": Standing.LACKS, "K9.2": Standing.LACKS, "K5": Standing.TO_JUDGE}
    account, targets, risk, actions = ahead(WAY, BELONGS, standing, EFFORT)
    assert (account.done, account.lacking, account.is_next) == (("K6",), (), False)
    assert (targets.lacking, targets.effort, targets.is_next) == (("K9.1", "K9.2"), Effort(2.0, 4.0, 8.0), True)
    assert (risk.to_judge, risk.effort, risk.at_most, risk.is_next) == (("K5",), Effort(0.0, 0.0, 0.0), 4.0, False)
    # K12 is not mentioned, so it lacks; it waits for the targets, and not for a risk assessment that is to be judged
    assert (actions.lacking, actions.waits_for, actions.is_next) == (("K12",), ("targets",), False)


def test_a_circle_is_refused_with_its_way() -> None:
    with pytest.raises(InputError) as refused:
        in_order([Piece("a", ("b",)), Piece("b", ("c",)), Piece("c", ("b",))])
    assert refused.value.findings[0].what.en == "The order goes in a circle: b → c → b."


def test_everything_unknown_is_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        in_order([Piece("a", ("x", "y"))])
    assert [each.what.en for each in refused.value.findings] == [
        "“a” builds on “x”, which is not there.", "“a” builds on “y”, which is not there.",
    ]  # fmt: skip


@st.composite
def ways(draw: st.DrawFn) -> list[Piece]:
    """Pieces without a circle, shuffled: each builds on some with a smaller number."""
    number = draw(st.integers(1, 9))
    made = [
        Piece(str(each), tuple(map(str, sorted(draw(st.sets(st.integers(0, each - 1)))))) if each else ())
        for each in range(number)
    ]
    return draw(st.permutations(made))


@given(ways())
def test_no_piece_is_lost_and_none_comes_too_early(pieces: list[Piece]) -> None:
    ordered = in_order(pieces)
    assert sorted(each.key for each in ordered) == sorted(each.key for each in pieces)
    for place, each in enumerate(ordered):
        assert set(each.after) <= {before.key for before in ordered[:place]}


@given(ways(), st.data())
def test_where_something_lacks_something_can_be_done_now(pieces: list[Piece], data: st.DataObject) -> None:
    belongs = {f"K{each.key}": each.key for each in pieces}
    standing = {code: data.draw(st.sampled_from(Standing)) for code in belongs}
    found = ahead(pieces, belongs, standing, {})
    assert any(each.is_next for each in found) == any(each.lacking for each in found)
