from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import InputError
from klimaplan.domain.inventory.decomposition import decompose

LEVEL = st.floats(1e-3, 1e6)
MAYBE_ZERO = st.one_of(st.just(0.0), LEVEL)
PAIRS = st.lists(st.tuples(LEVEL, LEVEL), min_size=1, max_size=6)
PAIRS_WITH_ZEROS = st.lists(st.tuples(MAYBE_ZERO, MAYBE_ZERO), min_size=1, max_size=6)


def split(pairs: list[tuple[float, float]]) -> list[float]:
    first = {f"x{row}": pair[0] for row, pair in enumerate(pairs)}
    last = {f"x{row}": pair[1] for row, pair in enumerate(pairs)}
    return [float(effect) for effect in decompose(first, last).values()]


def change(pairs: list[tuple[float, float]]) -> float:
    before, after = (np.prod(side) for side in zip(*pairs, strict=True))
    return float(after - before)


def scale(pairs: list[tuple[float, float]]) -> float:
    return float(max(np.prod(side) for side in zip(*pairs, strict=True)))


def test_doubling_and_doubling_twice_share_as_one_to_two() -> None:
    # 1 · 1 → 2 · 4: the change is 7, and ln 2 : ln 4 = 1 : 2
    assert split([(1.0, 2.0), (1.0, 4.0)]) == pytest.approx([7 / 3, 14 / 3])


def test_a_change_reckoned_by_hand() -> None:
    # 100 · 2 → 110 · 1.8: 200 → 198, L = 2 / ln(200/198)
    mean = 2.0 / log(200 / 198)
    assert split([(100.0, 110.0), (2.0, 1.8)]) == pytest.approx([mean * log(1.1), mean * log(0.9)])


@given(PAIRS)
def test_the_effects_add_up_to_the_change(pairs: list[tuple[float, float]]) -> None:
    assert sum(split(pairs)) == pytest.approx(change(pairs), abs=1e-12 * scale(pairs) * len(pairs))


@given(PAIRS_WITH_ZEROS)
def test_they_add_up_with_zeros_too(pairs: list[tuple[float, float]]) -> None:
    assert sum(split(pairs)) == pytest.approx(change(pairs), abs=1e-12 * scale(pairs) * len(pairs))


@given(PAIRS_WITH_ZEROS)
def test_swapping_the_years_flips_every_sign(pairs: list[tuple[float, float]]) -> None:
    back = split([(last, first) for first, last in pairs])
    assert split(pairs) == pytest.approx([-effect for effect in back], abs=1e-12 * scale(pairs))


@given(PAIRS, LEVEL)
def test_a_factor_that_stays_has_no_effect(pairs: list[tuple[float, float]], level: float) -> None:
    assert split([*pairs, (level, level)])[-1] == 0.0


@given(PAIRS)
def test_the_order_of_the_factors_is_immaterial(pairs: list[tuple[float, float]]) -> None:
    assert split(pairs[::-1]) == pytest.approx(split(pairs)[::-1], rel=1e-9, abs=1e-12 * scale(pairs))


def test_nearly_equal_years_lose_no_digits() -> None:
    # d = 2^−30: the levels are exact, the effects ln(1 + d) and ln(1 − d), and their sum is −d² to first order
    d = 2.0**-30
    up, down = split([(1.0, 1.0 + d), (1.0, 1.0 - d)])
    assert (up, down) == (pytest.approx(d - d**2 / 2, rel=1e-15), pytest.approx(-d - d**2 / 2, rel=1e-15))
    assert up + down == pytest.approx(-(d**2), rel=1e-4)


def test_what_comes_from_nothing_came_by_what_was_nothing() -> None:
    assert split([(0.0, 3.0), (2.0, 4.0)]) == [12.0, 0.0]
    assert split([(3.0, 0.0), (2.0, 4.0)]) == [-6.0, 0.0]
    assert split([(0.0, 3.0), (0.0, 4.0), (1.0, 2.0)]) == [12.0, 12.0, 0.0]
    assert split([(0.0, 3.0), (4.0, 0.0)]) == [0.0, 0.0]
    assert split([(0.0, 0.0), (4.0, 8.0)]) == [0.0, 0.0]


@pytest.mark.parametrize("pairs", [
    [(0.0, 3.0), (2.0, 4.0)], [(3.0, 0.0), (2.0, 4.0)], [(0.0, 3.0), (0.0, 4.0), (1.0, 2.0)],
    [(0.0, 3.0), (4.0, 0.0)],
])  # fmt: skip
def test_a_zero_is_the_limit_of_small_values(pairs: list[tuple[float, float]]) -> None:
    # the same small value in place of every zero; the limit is approached as slowly as 1 / ln
    small = [tuple(1e-250 if level == 0.0 else level for level in pair) for pair in pairs]
    names = range(len(small))
    logs = [log(after) - log(before) for before, after in small]
    before, after = (float(np.prod(side)) for side in zip(*small, strict=True))
    total = sum(logs)
    expected = [(after - before) / total * logs[name] for name in names] if total else [0.0] * len(small)
    assert split(pairs) == pytest.approx(expected, abs=0.1)


def test_whole_arrays_are_split_place_by_place() -> None:
    effects = decompose({"a": np.array([1.0, 0.0]), "b": 1.0}, {"a": np.array([2.0, 5.0]), "b": 4.0})
    assert effects["a"] == pytest.approx([7 / 3, 20.0])
    assert effects["b"] == pytest.approx([14 / 3, 0.0])


def test_everything_that_cannot_be_split_is_named_at_once() -> None:
    with pytest.raises(InputError) as refused:
        decompose({"soil": -2.0, "heat": float("nan"), "cars": 1.0}, {"soil": 3.0, "heat": 1.0, "bikes": 1.0})
    assert [(finding.code, finding.place) for finding in refused.value.findings] == [
        ("factor-negative", "soil/first"), ("factor-not-a-number", "heat/first"),
        ("factor-of-one-year", "cars"), ("factor-of-one-year", "bikes"),
    ]  # fmt: skip


def test_nothing_cannot_be_split() -> None:
    with pytest.raises(InputError):
        decompose({}, {})
