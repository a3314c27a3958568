import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import AxisError


@given(st.lists(st.integers(), unique=True, min_size=1))
def test_every_label_is_found_where_it_stands(labels: list[int]) -> None:
    axis = Axis(axes.YEAR, tuple(labels))
    assert [axis.position(label) for label in labels] == list(range(len(labels)))


@given(st.lists(st.integers(), unique=True, min_size=1), st.data())
def test_a_label_that_stands_twice_is_refused(labels: list[int], data: st.DataObject) -> None:
    twice = data.draw(st.sampled_from(labels))
    with pytest.raises(AxisError, match=f"The label {twice} stands twice"):
        Axis(axes.YEAR, (*labels, twice))


def test_an_unknown_axis_lists_the_known_ones() -> None:
    with pytest.raises(AxisError) as caught:
        Axis("colour", ("red",))
    assert (
        str(caught.value)
        == "colour: The axis is unknown. Use one of municipality, action, sector, stream, gas, year, draw."
    )
    assert caught.value.findings[0].code == "unknown-axis"


def test_an_absent_label_says_what_the_axis_holds() -> None:
    with pytest.raises(AxisError, match=r"year: 1990 does not exist. The axis runs 2018 … 2023\."):
        axes.years(2018, 2023).position(1990)


def test_an_absent_label_on_an_empty_axis_is_still_one_message() -> None:
    with pytest.raises(AxisError, match="The axis runs ∅"):
        Axis(axes.YEAR, ()).position(2023)


def test_years_include_both_ends() -> None:
    assert axes.years(2018, 2020).labels == (2018, 2019, 2020)
    assert len(axes.years(2023, 2050)) == 28


@pytest.mark.parametrize(
    ("right", "message"),
    [
        ((axes.years(2018, 2022),), r"year \[2018 … 2023; 6\] against year \[2018 … 2022; 5\]"),
        ((Axis(axes.SECTOR, ("energy",)),), r"against sector \[energy\]"),
        ((axes.years(2018, 2023), Axis(axes.SECTOR, ("energy",))), "The number of axes differs"),
    ],
)
def test_axes_that_differ_are_shown_side_by_side(right: tuple[Axis, ...], message: str) -> None:
    with pytest.raises(AxisError, match=message):
        axes.require_same((axes.years(2018, 2023),), right)


def test_the_order_of_labels_counts() -> None:
    with pytest.raises(AxisError):
        axes.require_same((Axis(axes.YEAR, (2022, 2023)),), (Axis(axes.YEAR, (2023, 2022)),))


def test_an_axis_that_must_be_last_is_asked_for_in_the_right_order() -> None:
    axes.require_last(axes.YEAR, (Axis(axes.SECTOR, ("energy",)), axes.years(2018, 2023)))
    with pytest.raises(AxisError, match="Put it last: sector, year") as caught:
        axes.require_last(axes.YEAR, (axes.years(2018, 2023), Axis(axes.SECTOR, ("energy",))))
    assert caught.value.findings[0].code == "axis-not-last"
