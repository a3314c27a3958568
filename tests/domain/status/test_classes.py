import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.status.classes import NEGATIVE, Classes, diverging_classes, quantile_classes

VALUES = st.dictionaries(st.text(min_size=1, max_size=3), st.none() | st.floats(-1e6, 1e6), max_size=98)


def test_ten_places_in_five_classes_are_two_in_each() -> None:
    classes = quantile_classes({f"{place}": float(place) for place in range(1, 11)})
    # quantiles of 1 … 10: 2.8, 4.6, 6.4, 8.2
    assert classes.borders == pytest.approx((2.8, 4.6, 6.4, 8.2))
    assert [classes.members[f"{place}"] for place in range(1, 11)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_a_value_on_the_border_belongs_to_the_class_above() -> None:
    # the median of 1, 3, 5 is 3
    assert quantile_classes({"a": 1.0, "b": 3.0, "c": 5.0}, count=2) == Classes((3.0,), {"a": 0, "b": 1, "c": 1})


def test_negative_totals_stand_apart_and_do_not_move_the_borders() -> None:
    without = quantile_classes({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0})
    beside = quantile_classes({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0, "Læsø": -9_374.2})
    assert beside.borders == without.borders
    assert beside.members["Læsø"] == NEGATIVE


def test_zero_is_not_negative() -> None:
    assert quantile_classes({"a": 0.0, "b": 5.0}, count=2).members == {"a": 0, "b": 1}


def test_missing_is_in_no_class() -> None:
    assert quantile_classes({"a": None, "b": 5.0}).members["a"] is None
    assert diverging_classes({"a": None, "b": 5.0}).members["a"] is None


@pytest.mark.parametrize("values", [{}, {"a": None}, {"a": 7.0}, {"a": 7.0, "b": 7.0}, {"a": -7.0}])
def test_too_little_to_tell_apart_gives_no_borders(values: dict[str, float | None]) -> None:
    assert quantile_classes(values).borders == ()


def test_change_is_classed_around_zero() -> None:
    # the median of −4, −1 is −2.5, of 2, 8 is 5
    classes = diverging_classes({"a": -4.0, "b": -1.0, "c": 2.0, "d": 8.0})
    assert classes == Classes((-2.5, 0.0, 5.0), {"a": 0, "b": 1, "c": 2, "d": 3})


def test_where_all_fall_there_is_no_class_above_zero_but_its_border() -> None:
    classes = diverging_classes({"a": -4.0, "b": -2.0})
    assert (classes.borders, classes.members) == ((-3.0, 0.0), {"a": 0, "b": 1})


@given(VALUES)
def test_more_is_never_in_a_lower_class(values: dict[str, float | None]) -> None:
    for classes in (quantile_classes(values), diverging_classes(values)):
        assert classes.members.keys() == values.keys()
        known = sorted((value, classes.members[place]) for place, value in values.items() if value is not None)
        ranks = [rank for _, rank in known if rank is not None]
        assert len(ranks) == len(known)
        assert ranks == sorted(ranks)


@given(VALUES)
def test_borders_rise_and_no_class_is_impossible(values: dict[str, float | None]) -> None:
    classes = quantile_classes(values)
    assert list(classes.borders) == sorted(set(classes.borders))
    assert len(classes.borders) < 5
    if emitting := [value for value in values.values() if value is not None and value >= 0.0]:
        assert all(min(emitting) < border <= max(emitting) for border in classes.borders)


@given(VALUES)
def test_zero_is_the_border_between_falling_and_rising(values: dict[str, float | None]) -> None:
    classes = diverging_classes(values)
    zero = classes.borders.index(0.0)
    for place, value in values.items():
        rank = classes.members[place]
        if value is None or rank is None:
            assert value is rank is None
        else:
            assert (rank > zero) == (value >= 0.0)
