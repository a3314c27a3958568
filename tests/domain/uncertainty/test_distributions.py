import math
import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.errors import InputError
from klimaplan.domain.uncertainty.distributions import (
    KINDS,
    Discrete,
    Distribution,
    Fixed,
    LogNormal,
    Normal,
    Pert,
    Triangular,
    Uniform,
    check,
    make,
)

SHARES = np.array([0.0, 0.01, 0.25, 0.5, 0.75, 0.99, 1.0])
INNER = st.lists(st.floats(1e-6, 1.0 - 1e-6), min_size=1, max_size=20).map(np.array)
REAL = st.floats(-1e6, 1e6)

WIDE: list[Distribution] = [
    Triangular(1.0, 2.0, 4.0), Pert(0.0, 3.0, 4.0), Normal(5.0, 2.0), LogNormal(3.0, 1.5), Uniform(-1.0, 4.0),
    Discrete((1.0, 5.0, 3.0), (0.2, 0.5, 0.3)),
]  # fmt: skip


def codes(kind: str, parameters: Mapping[str, object]) -> list[str]:
    return [finding.code for finding in check(kind, parameters, place="plan.xlsx!parameters!C7")]


def test_a_triangle_is_cut_by_area() -> None:
    # 1, 2, 4: height 2/3; the left part has area (2 − 1)² / (3 · 1) = 1/3
    # u = 1/12: 1 + sqrt(1/12 · 3 · 1) = 1.5;  u = 5/6: 4 − sqrt(1/6 · 3 · 2) = 3
    triangle = Triangular(1.0, 2.0, 4.0)
    shares = np.array([0.0, 1 / 12, 1 / 3, 5 / 6, 1.0])
    assert triangle.quantile(shares) == pytest.approx([1.0, 1.5, 2.0, 3.0, 4.0])
    assert (triangle.central, triangle.mean) == (2.0, pytest.approx(7 / 3))


@pytest.mark.parametrize(("central", "half"), [(0.0, 4.0 - math.sqrt(8.0)), (4.0, math.sqrt(8.0))])
def test_a_triangle_may_lean_all_the_way(central: float, half: float) -> None:
    # the median cuts the area of a right triangle of base 4 in two: base · sqrt(1/2)
    assert Triangular(0.0, central, 4.0).quantile(np.array([0.5])) == pytest.approx([half])


def test_pert_with_the_most_likely_value_at_the_end_is_a_power() -> None:
    # low = central: alpha 1, beta 5, F(x) = 1 − (1 − x)⁵, so u = 31/32 gives x = 1/2
    assert Pert(0.0, 0.0, 1.0).quantile(np.array([31 / 32])) == pytest.approx([0.5])
    # central = high: alpha 5, beta 1, F(x) = x⁵
    assert Pert(10.0, 12.0, 12.0).quantile(np.array([1 / 32])) == pytest.approx([11.0])


def test_pert_in_the_middle_is_symmetric() -> None:
    # alpha = beta = 3: F(1/4) = 10/64 · (1 − …) by the binomial sum: Σ_{j=3..5} C(5, j) 3^(5−j) / 4⁵ = 106/1024
    symmetric = Pert(0.0, 0.5, 1.0)
    assert symmetric.quantile(np.array([106 / 1024, 0.5, 918 / 1024])) == pytest.approx([0.25, 0.5, 0.75])
    assert symmetric.mean == 0.5


def test_the_mean_of_pert_weighs_the_central_value_four_times() -> None:
    assert Pert(0.0, 3.0, 6.0).mean == 3.0
    assert Pert(1.0, 2.0, 9.0).mean == pytest.approx((1 + 8 + 9) / 6)


def test_the_bell_curve_has_the_quantiles_of_every_table() -> None:
    # 1.959964 and 1.281552: standard normal quantiles of 97.5 % and 90 %
    bell = Normal(100.0, 10.0)
    assert bell.quantile(np.array([0.5, 0.975, 0.1])) == pytest.approx([100.0, 119.59964, 87.18448], abs=1e-4)
    assert (bell.central, bell.mean) == (100.0, 100.0)


def test_a_lognormal_is_multiplied_and_divided_by_its_spread() -> None:
    # one standard deviation is the share 0.841345: 8 · 2 and 8 / 2
    skew = LogNormal(8.0, 2.0)
    assert skew.quantile(np.array([0.5, 0.8413447461, 0.1586552539])) == pytest.approx([8.0, 16.0, 4.0])
    assert skew.central == 8.0
    assert skew.mean == pytest.approx(8.0 * math.exp(math.log(2.0) ** 2 / 2))


def test_a_uniform_is_even() -> None:
    even = Uniform(-2.0, 6.0)
    assert even.quantile(np.array([0.0, 0.25, 1.0])).tolist() == [-2.0, 0.0, 6.0]
    assert (even.central, even.mean) == (2.0, 2.0)


def test_discrete_values_come_in_rising_order_whatever_the_order_given() -> None:
    # cumulated: 1 → 0.2, 3 → 0.5, 5 → 1; the value at a step is the lower one
    few = Discrete((5.0, 1.0, 3.0), (0.5, 0.2, 0.3))
    assert few.quantile(np.array([0.0, 0.1, 0.2, 0.21, 0.5, 0.51, 1.0])).tolist() == [1, 1, 1, 3, 3, 5, 5]
    assert (few.central, few.mean) == (5.0, pytest.approx(5 * 0.5 + 1 * 0.2 + 3 * 0.3))


def test_what_has_no_probability_is_never_drawn() -> None:
    assert Discrete((0.0, 1.0, 2.0), (0.0, 1.0, 0.0)).quantile(SHARES).tolist() == [1.0] * len(SHARES)


def test_of_equally_probable_values_the_first_one_named_is_central() -> None:
    assert Discrete((7.0, 3.0), (0.5, 0.5)).central == 7.0


@given(REAL, st.lists(st.floats(0.0, 1.0), min_size=1, max_size=9).map(np.array))
def test_without_width_every_quantile_is_exactly_the_central_value(value: float, shares: np.ndarray) -> None:
    narrow: list[Distribution] = [
        Fixed(value), Triangular(value, value, value), Pert(value, value, value), Normal(value, 0.0),
        Uniform(value, value), Discrete((value, value), (0.5, 0.5)), LogNormal(abs(value) + 1.0, 1.0),
    ]  # fmt: skip
    for shape in narrow:
        assert shape.width_is_zero
        assert shape.quantile(shares).tolist() == [shape.central] * len(shares)
    assert {shape.central for shape in narrow[:-1]} == {value}


@pytest.mark.parametrize("shape", WIDE, ids=lambda shape: shape.kind)
@given(shares=INNER)
def test_a_larger_share_never_has_a_smaller_value(shape: Distribution, shares: np.ndarray) -> None:
    assert not shape.width_is_zero
    assert np.all(np.diff(shape.quantile(np.sort(shares))) >= 0.0)


@pytest.mark.parametrize("shape", WIDE, ids=lambda shape: shape.kind)
def test_the_mean_is_that_of_evenly_spread_quantiles(shape: Distribution) -> None:
    middles = (np.arange(200_000) + 0.5) / 200_000
    assert shape.quantile(middles).mean() == pytest.approx(shape.mean, rel=1e-4)


@given(REAL, REAL, REAL, st.floats(0.0, 1.0))
def test_three_points_stay_between_their_ends(one: float, two: float, three: float, share: float) -> None:
    low, central, high = sorted((one, two, three))
    for shape in (Triangular(low, central, high), Pert(low, central, high)):
        assert low <= shape.quantile(np.array([share]))[0] <= high


def test_shape_of_the_answer_is_that_of_the_question() -> None:
    assert Normal(0.0, 1.0).quantile(np.full((3, 2), 0.5)).tolist() == [[0.0, 0.0]] * 3


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share: float) -> None:
    with pytest.raises(InputError, match="lies outside 0 to 1"):
        Uniform(0.0, 1.0).quantile(np.array([0.5, share]))


@pytest.mark.parametrize(("kind", "parameters", "wrong"), [
    ("triangular", {"low": 3, "central": 2, "high": 1}, ["distribution-reversed"] * 3),
    ("pert", {"low": 1, "central": 5, "high": 4}, ["distribution-reversed"]),
    ("uniform", {"low": 2, "high": 1}, ["distribution-reversed"]),
    ("normal", {"mean": 1, "sd": -1}, ["distribution-spread-negative"]),
    ("lognormal", {"median": 0, "spread": 0.5}, ["distribution-median-not-positive", "distribution-spread-below-one"]),
    ("fixed", {"value": float("nan")}, ["distribution-not-a-number"]),
    ("normal", {"mean": "five", "sd": math.inf}, ["distribution-not-a-number"] * 2),
    ("discrete", {"values": [1, 2], "probabilities": [0.5, 0.4]}, ["distribution-probabilities-off"]),
    ("discrete", {"values": [1, 2], "probabilities": [1.5, -0.5]}, ["distribution-probability-negative"]),
    ("discrete", {"values": [1], "probabilities": [0.5, 0.4]},
     ["distribution-probabilities-uneven", "distribution-probabilities-off"]),
    ("discrete", {"values": [], "probabilities": "12"}, ["distribution-not-a-number"] * 2),
    ("pert", {"low": 1, "mode": 2}, ["distribution-parameter-absent"] * 2 + ["distribution-parameter-unknown"]),
    ("gamma", {"shape": 1}, ["distribution-unknown"]),
])  # fmt: skip
def test_everything_wrong_is_named_at_once(kind: str, parameters: Mapping[str, object], wrong: list[str]) -> None:
    assert codes(kind, parameters) == wrong
    with pytest.raises(InputError) as refused:
        make(kind, parameters, place="plan.xlsx!parameters!C7")
    assert [finding.code for finding in refused.value.findings] == wrong
    for finding in refused.value.findings:
        assert finding.place == "plan.xlsx!parameters!C7"
        assert finding.what.da != finding.what.en
        assert finding.remedy.da
        assert finding.remedy.en


def test_a_shape_that_is_made_directly_checks_itself() -> None:
    with pytest.raises(InputError, match=r"low end 4\.0 lies above the central value 2\.0"):
        Triangular(4.0, 2.0, 5.0)


@pytest.mark.parametrize("shape", [Fixed(3.0), *WIDE], ids=lambda shape: shape.kind)
def test_a_described_shape_is_the_shape(shape: Distribution) -> None:
    assert make(shape.kind, vars(shape), place="here") == shape
    assert set(KINDS) == {"fixed", "triangular", "pert", "normal", "lognormal", "uniform", "discrete"}


def test_probabilities_in_a_list_are_kept_as_a_tuple() -> None:
    made = make("discrete", {"values": [1, 2], "probabilities": [0.5, 0.5]}, place="here")
    assert made == Discrete((1, 2), (0.5, 0.5))
    assert hash(made) == hash(Discrete((1, 2), (0.5, 0.5)))


def test_thirds_may_be_rounded() -> None:
    assert codes("discrete", {"values": [1, 2, 3], "probabilities": [0.3333333333] * 3}) == []


def test_importing_the_shapes_does_not_import_scipy() -> None:
    asked = "import sys, klimaplan.domain.uncertainty.sample; print('scipy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
