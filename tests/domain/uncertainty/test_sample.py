from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from scipy.stats import spearmanr

from klimaplan.domain.errors import InputError
from klimaplan.domain.uncertainty.distributions import Fixed, Normal, Triangular, Uniform
from klimaplan.domain.uncertainty.sample import Parameter, Sampling, check, points, quantiles

UNIT = Uniform(0.0, 1.0)
HEAT, CARS, GRID = Parameter("heat", UNIT), Parameter("cars", UNIT), Parameter("grid", UNIT, shared=True)
INDEPENDENT = (Sampling.LATIN_HYPERCUBE, Sampling.RANDOM)


def column(parameters: Sequence[Parameter], name: str, *, draws: int = 64, seed: int = 7, study: int = 751,
           method: Sampling = Sampling.LATIN_HYPERCUBE) -> list[float]:  # fmt: skip
    names = [parameter.name for parameter in parameters]
    drawn = quantiles(parameters, draws=draws, seed=seed, study=(study,), method=method)
    return drawn[:, names.index(name)].tolist()


@pytest.mark.parametrize("method", Sampling)
def test_the_same_seed_gives_the_same_bits(method: Sampling) -> None:
    assert column([HEAT, GRID], "heat", method=method) == column([HEAT, GRID], "heat", method=method)
    assert column([HEAT, GRID], "heat", method=method) != column([HEAT, GRID], "heat", seed=8, method=method)


@pytest.mark.parametrize("method", Sampling)
def test_the_order_of_the_parameters_moves_no_point(method: Sampling) -> None:
    expected = column([HEAT, CARS, GRID], "cars", method=method)
    for order in permutations([HEAT, CARS, GRID]):
        assert column(order, "cars", method=method) == expected


@pytest.mark.parametrize("method", INDEPENDENT)
def test_a_parameter_more_moves_no_point_of_the_others(method: Sampling) -> None:
    among_others = [Parameter("bikes", UNIT, group="traffic"), HEAT, GRID, CARS]
    assert column(among_others, "cars", method=method) == column([CARS], "cars", method=method)
    assert column(among_others, "grid", method=method) == column([GRID], "grid", method=method)


@pytest.mark.parametrize("method", Sampling)
def test_national_drivers_are_alike_in_every_municipality_and_own_ones_are_not(method: Sampling) -> None:
    assert column([HEAT, GRID], "grid", study=101, method=method) == column([HEAT, GRID], "grid", method=method)
    assert column([HEAT, GRID], "heat", study=101, method=method) != column([HEAT, GRID], "heat", method=method)
    assert column([HEAT, GRID], "heat", method=method) != column([HEAT, GRID], "grid", method=method)


def test_with_sobol_national_drivers_do_not_depend_on_what_a_municipality_has_of_its_own() -> None:
    alone = column([GRID], "grid", method=Sampling.SOBOL)
    assert column([CARS, HEAT, GRID], "grid", study=101, method=Sampling.SOBOL) == alone


@pytest.mark.parametrize("method", [Sampling.LATIN_HYPERCUBE, Sampling.SOBOL])
@pytest.mark.parametrize("draws", [1, 2, 64, 1024])
def test_every_slice_of_a_parameter_holds_one_point(method: Sampling, draws: int) -> None:
    drawn = quantiles([HEAT, CARS, GRID], draws=draws, seed=3, study=(751,), method=method)
    slices = np.sort((drawn * draws).astype(int), axis=0)
    assert slices.tolist() == [[place] * 3 for place in range(draws)]


def test_sobol_fills_every_square_of_a_board() -> None:
    # a two-dimensional net: 64 points put exactly one in each of the 8 × 8 squares
    drawn = quantiles([HEAT, CARS], draws=64, seed=3, study=(751,), method="sobol")
    assert len({tuple(square) for square in (drawn * 8).astype(int).tolist()}) == 64


def test_a_slice_is_hit_anywhere_and_not_in_its_middle() -> None:
    places = (np.array(column([HEAT], "heat", draws=5000)) * 5000) % 1.0
    # uniform on 0..1: mean 1/2, variance 1/12; four standard errors of each
    assert places.mean() == pytest.approx(0.5, abs=4 * np.sqrt(1 / 12 / 5000))
    assert places.var() == pytest.approx(1 / 12, abs=4 * np.sqrt(1 / 180 / 5000))


@pytest.mark.parametrize("method", Sampling)
def test_points_stay_inside_so_that_no_bell_curve_is_infinite(method: Sampling) -> None:
    drawn = points([Parameter("bell", Normal(0.0, 1.0))], draws=4096, seed=0, study=(751,), method=method)
    assert np.isfinite(drawn).all()


def test_values_are_the_quantiles_of_the_distribution() -> None:
    triangle = Parameter("heat", Triangular(1.0, 2.0, 4.0))
    shares = quantiles([triangle], draws=50, seed=2, study=(751,))
    values = points([triangle], draws=50, seed=2, study=(751,))
    assert values.tolist() == triangle.distribution.quantile(shares).tolist()


@pytest.mark.parametrize("method", Sampling)
def test_without_width_every_draw_is_the_central_value(method: Sampling) -> None:
    narrow = [Parameter("a", Fixed(0.1)), Parameter("b", Normal(3.3, 0.0), group="both", correlation=0.4)]
    assert points(narrow, draws=8, seed=1, study=(751,), method=method).tolist() == [[0.1, 3.3]] * 8


def test_no_parameter_is_a_sample_without_columns() -> None:
    for method in Sampling:
        assert points([], draws=8, seed=1, study=(751,), method=method).shape == (8, 0)


# -- groups ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", Sampling)
def test_a_group_takes_the_same_share_unless_told_otherwise(method: Sampling) -> None:
    both = [Parameter("a", UNIT, group="wind"), Parameter("b", UNIT, group="wind")]
    assert column(both, "a", method=method) == column(both, "b", method=method)


@pytest.mark.parametrize("method", Sampling)
def test_a_correlation_of_minus_one_is_the_mirror(method: Sampling) -> None:
    both = [Parameter("a", UNIT, group="wind"), Parameter("b", UNIT, group="wind", correlation=-1.0)]
    mirrored = [1.0 - share for share in column(both, "a", method=method)]
    assert column(both, "b", method=method) == mirrored


@pytest.mark.parametrize("method", Sampling)
@pytest.mark.parametrize("correlation", [-0.7, 0.0, 0.3, 0.9])
def test_the_rank_correlation_with_the_common_factor_is_the_one_asked_for(method: Sampling, correlation: float) -> None:
    factor = Parameter("a", UNIT, group="wind")  # with 1, a parameter is the factor itself
    follower = Parameter("b", UNIT, group="wind", correlation=correlation)
    drawn = quantiles([factor, follower], draws=8192, seed=5, study=(751,), method=method)
    # the standard error of a rank correlation is at most 1 / sqrt(n − 1) = 0.011
    assert spearmanr(drawn[:, 0], drawn[:, 1]).statistic == pytest.approx(correlation, abs=0.035)


def test_correlated_points_still_hold_one_point_a_slice() -> None:
    follower = Parameter("b", UNIT, group="wind", correlation=0.6)
    shares = np.sort(column([follower], "b", draws=500))
    assert (shares * 500).astype(int).tolist() == list(range(500))


def test_a_member_more_moves_no_point_of_the_group() -> None:
    one, two = (Parameter(name, UNIT, group="wind", correlation=0.6) for name in "ab")
    assert column([one], "a") == column([two, one], "a")


def test_a_shared_group_is_alike_in_every_municipality() -> None:
    one = Parameter("a", UNIT, group="wind", correlation=0.6, shared=True)
    assert column([one], "a", study=101) == column([one], "a", study=751)


def test_independent_parameters_do_not_correlate() -> None:
    many = [Parameter(f"p{number}", UNIT) for number in range(20)]
    drawn = quantiles(many, draws=4000, seed=1, study=(751,))
    between = np.abs(np.corrcoef(drawn, rowvar=False) - np.eye(20))
    # 190 pairs, standard error 1 / sqrt(4000) = 0.0158: the largest stays below four of them
    assert between.max() < 4 * 0.0158


# -- refusals --------------------------------------------------------------------------------------------------


def test_everything_wrong_is_named_at_once() -> None:
    parameters = [
        HEAT, HEAT, Parameter("a", UNIT, correlation=0.5), Parameter("b", UNIT, group="g", correlation=1.5),
        Parameter("c", UNIT, group="g", shared=True),
    ]  # fmt: skip
    with pytest.raises(InputError) as refused:
        points(parameters, draws=0, seed=-1, study=(0,), method="dice")
    assert [finding.code for finding in refused.value.findings] == [
        "sample-no-draws", "sample-seed-unusable", "sample-study-reserved", "sample-method-unknown",
        "parameter-named-twice", "correlation-without-group", "correlation-outside", "group-mixes-shared-and-own",
    ]  # fmt: skip


def test_more_draws_than_the_memory_holds_are_refused_before_any_is_made() -> None:
    with pytest.raises(InputError, match="10000000000 draws are too many") as caught:
        points([HEAT], draws=10_000_000_000, seed=1, study=(751,))
    assert [finding.code for finding in caught.value.findings] == ["sample-too-many-draws"]


def test_sobol_asks_for_a_power_of_two_and_names_the_nearest() -> None:
    (finding,) = check([HEAT], draws=10_000, seed=1, study=(751,), method="sobol")
    assert finding.code == "sample-sobol-needs-power-of-two"
    assert "8192 or 16384" in finding.message("en")
    assert check([HEAT], draws=8192, seed=1, study=(751,), method="sobol") == ()
