"""Two changes put together: what it comes to by hand, and the laws that hold for all of them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.web.plans.contents import kind_of
from klimaplan.web.plans.merging import changed_fields, grown, leaves, merge

ACTION, TARGET = kind_of("action"), kind_of("target")
BASE = {
    "key": "a01", "title": "Solceller", "owner": "Ejendomme", "resources": {"capex_dkk": 100.0, "price_year": 2025},
    "lever": [{"kind": "feed", "stream": "x"}, {"kind": "waste", "stream": "y"}],
}  # fmt: skip


def with_(content: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**content, **fields}


def test_changes_of_different_fields_both_hold() -> None:
    put = merge(ACTION, base=BASE, mine=with_(BASE, title="Flere solceller"), theirs=with_(BASE, owner="Vej og Trafik"))
    assert put.content == with_(BASE, title="Flere solceller", owner="Vej og Trafik")
    assert (put.overlaps, put.taken) == ((), ("title",))


def test_changes_inside_one_field_of_fields_both_hold() -> None:
    mine = with_(BASE, resources={"capex_dkk": 120.0, "price_year": 2025})
    theirs = with_(BASE, resources={"capex_dkk": 100.0, "price_year": 2025, "staff_fte": 0.5})
    put = merge(ACTION, base=BASE, mine=mine, theirs=theirs)
    assert put.content["resources"] == {"capex_dkk": 120.0, "price_year": 2025, "staff_fte": 0.5}
    assert put.overlaps == ()


def test_the_same_change_by_both_is_no_conflict() -> None:
    both = with_(BASE, title="Flere solceller")
    assert merge(ACTION, base=BASE, mine=both, theirs=both).content == both


def test_a_field_that_both_changed_is_named_and_theirs_stays() -> None:
    mine, theirs = with_(BASE, title="Mit", owner="Jeg"), with_(BASE, title="Deres")
    put = merge(ACTION, base=BASE, mine=mine, theirs=theirs)
    [overlap] = put.overlaps
    assert (overlap.field, overlap.base, overlap.mine, overlap.theirs) == (
        "title", {"title": "Solceller"}, {"title": "Mit"}, {"title": "Deres"},
    )  # fmt: skip
    assert put.content == with_(BASE, title="Deres", owner="Jeg")


@pytest.mark.parametrize(("side", "title"), [("mine", "Mit"), ("theirs", "Deres")])
def test_what_was_chosen_holds(side: Any, title: str) -> None:
    mine, theirs = with_(BASE, title="Mit"), with_(BASE, title="Deres")
    put = merge(ACTION, base=BASE, mine=mine, theirs=theirs, choices={"title": side})
    assert (put.content, put.overlaps) == (with_(BASE, title=title), ())


def test_removing_a_field_that_the_other_changed_is_a_conflict() -> None:
    mine = {name: value for name, value in BASE.items() if name != "owner"}
    [overlap] = merge(ACTION, base=BASE, mine=mine, theirs=with_(BASE, owner="Vej og Trafik")).overlaps
    assert (overlap.field, overlap.mine, overlap.theirs) == ("owner", {}, {"owner": "Vej og Trafik"})


def test_levers_are_changed_one_by_one_while_nobody_adds_or_removes_one() -> None:
    first, second = BASE["lever"]
    mine = with_(BASE, lever=[{**first, "stream": "z"}, second])
    theirs = with_(BASE, lever=[first, {**second, "stream": "w"}])
    put = merge(ACTION, base=BASE, mine=mine, theirs=theirs)
    assert put.content["lever"] == [{**first, "stream": "z"}, {**second, "stream": "w"}]
    # with one more they can no longer be told apart by their place
    longer = with_(BASE, lever=[first, second, first])
    assert [each.field for each in merge(ACTION, base=BASE, mine=mine, theirs=longer).overlaps] == ["lever"]


def test_another_template_and_other_amounts_are_not_mixed() -> None:
    base = {"key": "a01", "title": "x", "template": "solar", "amounts": {"mw": 1.0}}
    mine = {**base, "template": "wind", "amounts": {"turbines": 2.0}}
    theirs = {**base, "amounts": {"mw": 5.0}}
    [overlap] = merge(ACTION, base=base, mine=mine, theirs=theirs).overlaps
    assert overlap.field == "template"
    assert set(overlap.fields) == {"template", "amounts.mw", "amounts.turbines"}
    chosen = merge(ACTION, base=base, mine=mine, theirs=theirs, choices={"template": "mine"})
    assert chosen.content == mine


def test_a_target_said_in_two_ways_is_not_mixed() -> None:
    """A level by one and a percentage by the other would be both at once, which is no target."""
    base = {"year": 2030, "source": "s", "level": 100.0}
    mine = {"year": 2030, "source": "s", "level": 90.0}
    theirs = {"year": 2030, "source": "s", "base_year": 1990, "base_tonnes": 200.0, "reduction_pct": 60.0}
    put = merge(TARGET, base=base, mine=mine, theirs=theirs)
    assert put.content == theirs
    assert put.overlaps[0].fields == ("level", "base_year", "base_tonnes", "reduction_pct")


# -- laws ------------------------------------------------------------------------------------------------------------

TEXT = st.sampled_from(["a", "b", "c"])
RESOURCES = st.dictionaries(
    st.sampled_from(["capex_dkk", "opex_dkk", "staff_fte"]), st.sampled_from([1.0, 2.0, 3.0]), min_size=1
)
LEVERS = st.lists(st.fixed_dictionaries({"kind": TEXT, "stream": TEXT}), min_size=1, max_size=3)


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    optional = {
        "owner": TEXT, "template": TEXT, "description": TEXT, "resources": RESOURCES, "lever": LEVERS,
        "amounts": st.dictionaries(TEXT, st.sampled_from([1.0, 2.0]), min_size=1),
        "known": st.fixed_dictionaries({"observed": st.dictionaries(
            st.sampled_from(["2026", "2027"]), st.sampled_from([1.0, 2.0]), min_size=1)}),
    }  # fmt: skip
    return draw(st.fixed_dictionaries({"key": st.just("a01"), "title": TEXT}, optional=optional))


@given(contents())
def test_a_content_grows_again_from_its_leaves(content: dict[str, Any]) -> None:
    assert grown(leaves(ACTION, content)) == content
    assert grown(leaves(ACTION, content, steady=False)) == content


@given(contents(), contents())
def test_where_only_one_has_changed_their_change_holds(base: dict[str, Any], changed: dict[str, Any]) -> None:
    alone = merge(ACTION, base=base, mine=changed, theirs=base)
    other = merge(ACTION, base=base, mine=base, theirs=changed)
    same = merge(ACTION, base=base, mine=changed, theirs=changed)
    assert [put.content for put in (alone, other, same)] == [changed] * 3
    assert [put.overlaps for put in (alone, other, same)] == [(), (), ()]


@given(contents(), contents(), contents())
def test_both_see_the_same_conflicts(base: dict[str, Any], one: dict[str, Any], two: dict[str, Any]) -> None:
    here, there = merge(ACTION, base=base, mine=one, theirs=two), merge(ACTION, base=base, mine=two, theirs=one)
    assert {frozenset(each.fields) for each in here.overlaps} == {frozenset(each.fields) for each in there.overlaps}
    for side in ("mine", "theirs"):
        chosen = merge(ACTION, base=base, mine=one, theirs=two, choices={each.field: side for each in here.overlaps})
        other = "theirs" if side == "mine" else "mine"
        turned = merge(ACTION, base=base, mine=two, theirs=one, choices={each.field: other for each in there.overlaps})
        assert chosen.overlaps == turned.overlaps == ()
        assert chosen.content == turned.content


@given(contents(), contents(), contents())
def test_nobodys_change_is_lost(base: dict[str, Any], one: dict[str, Any], two: dict[str, Any]) -> None:
    """Every field that somebody changed says in the end what they wrote, or is named as a conflict."""
    put = merge(ACTION, base=base, mine=one, theirs=two)
    named = {name.partition(".")[0] for each in put.overlaps for name in each.fields}
    for side in (one, two):
        lost = set(changed_fields(ACTION, side, put.content)) & set(changed_fields(ACTION, base, side))
        assert {name.partition(".")[0] for name in lost} <= named


@given(contents(), contents())
def test_a_change_that_was_chosen_whole_is_whole(base: dict[str, Any], mine: dict[str, Any]) -> None:
    theirs = {"key": "a01", "title": "c", "owner": "c"}
    put = merge(ACTION, base=base, mine=mine, theirs=theirs)
    settled = merge(ACTION, base=base, mine=mine, theirs=theirs, choices={each.field: "mine" for each in put.overlaps})
    assert not set(changed_fields(ACTION, settled.content, mine)) & set(changed_fields(ACTION, base, mine))
