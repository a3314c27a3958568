import math

import numpy as np
import pytest

from klimaplan.domain.errors import InputError
from klimaplan.domain.uncertainty.distributions import Fixed, Normal, Uniform
from klimaplan.domain.uncertainty.sample import Parameter, Sampling
from klimaplan.domain.uncertainty.sensitivity import Index, analyse

AROUND = Uniform(-math.pi, math.pi)
THREE = [Parameter(name, AROUND) for name in ("one", "two", "three")]
FOUR_ERRORS = 4.0


def ishigami(points: np.ndarray) -> np.ndarray:
    return np.sin(points[:, 0]) + 7.0 * np.sin(points[:, 1]) ** 2 + 0.1 * points[:, 2] ** 4 * np.sin(points[:, 0])


@pytest.mark.parametrize("method", Sampling)
def test_the_function_of_ishigami_has_its_published_indices(method: Sampling) -> None:
    # Ishigami & Homma (1990), a = 7, b = 0.1, by integration: S 0.3139 0.4424 0, ST 0.5576 0.4424 0.2437
    found = analyse(ishigami, THREE, draws=16_384, seed=11, study=(751,), method=method)
    for name, first, total in (("one", 0.3139, 0.5576), ("two", 0.4424, 0.4424), ("three", 0.0, 0.2437)):
        index = found.indices[name]
        assert abs(index.first - first) < FOUR_ERRORS * index.first_error + 5e-5
        assert abs(index.total - total) < FOUR_ERRORS * index.total_error + 5e-5
        assert max(index.first_error, index.total_error) < 0.02
    # mean a/2 and variance a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
    assert found.mean == pytest.approx(3.5, abs=0.1)
    assert found.variance == pytest.approx(49 / 8 + math.pi**4 / 50 + math.pi**8 / 1800 + 0.5, rel=0.03)
    assert found.ranked() == ("one", "two", "three")


def test_the_standard_errors_are_what_repetition_shows() -> None:
    runs = [
        analyse(ishigami, THREE, draws=512, seed=seed, study=(751,), method="random").indices for seed in range(200)
    ]
    for name in ("one", "two", "three"):
        for value, error in (("first", "first_error"), ("total", "total_error")):
            seen = np.std([getattr(run[name], value) for run in runs])
            told = np.mean([getattr(run[name], error) for run in runs])
            # the spread of 200 repetitions is itself known to 1 / sqrt(400) = 5 %
            assert told == pytest.approx(seen, rel=0.25)


def test_in_a_sum_every_part_has_its_share_of_the_variance() -> None:
    # 1·N(0, 3) + 2·N(0, 2): variances 9 and 16 → 0.36 and 0.64, and nothing between them
    parameters = [Parameter("narrow", Normal(5.0, 3.0)), Parameter("wide", Normal(0.0, 2.0))]
    found = analyse(lambda x: x[:, 0] + 2.0 * x[:, 1], parameters, draws=8192, seed=3, study=(751,), method="sobol")
    for name, share in (("narrow", 0.36), ("wide", 0.64)):
        assert found.indices[name].first == pytest.approx(share, abs=0.02)
        assert found.indices[name].total == pytest.approx(share, abs=0.02)
    assert found.variance == pytest.approx(25.0, rel=0.02)
    assert found.ranked() == ("wide", "narrow")


def test_a_group_is_judged_as_one() -> None:
    # heat and power move together: (1 + 2)² · 1/12 against 4² · 1/12 → 9/25 and 16/25
    unit = Uniform(0.0, 1.0)
    parameters = [Parameter("heat", unit, group="prices"), Parameter("power", unit, group="prices"),
                  Parameter("people", unit, shared=True)]  # fmt: skip
    found = analyse(lambda x: x @ np.array([1.0, 2.0, 4.0]), parameters, draws=4096, seed=5, study=(751,))
    assert set(found.indices) == {"prices", "people"}
    assert found.indices["prices"].total == pytest.approx(9 / 25, abs=0.03)
    assert found.indices["people"].first == pytest.approx(16 / 25, abs=0.05)
    assert found.runs == 4096 * 4


def test_what_is_known_and_what_does_not_count_have_no_share() -> None:
    parameters = [Parameter("known", Fixed(2.0)), Parameter("idle", AROUND), Parameter("busy", AROUND)]
    found = analyse(lambda x: x[:, 0] * x[:, 2], parameters, draws=256, seed=1, study=(751,))
    assert found.indices["known"] == found.indices["idle"] == Index(0.0, 0.0, 0.0, 0.0)
    assert found.indices["busy"].total == pytest.approx(1.0, abs=4 * found.indices["busy"].total_error)
    assert found.runs == 256 * 4


def test_where_nothing_varies_no_assumption_matters() -> None:
    found = analyse(lambda x: np.full(len(x), 0.1), THREE, draws=64, seed=1, study=(751,))
    assert (dict(found.indices), found.variance, found.mean) == ({}, 0.0, pytest.approx(0.1))


def test_the_same_seed_gives_the_same_indices() -> None:
    one, two = (analyse(ishigami, THREE, draws=128, seed=9, study=(751,)) for _ in range(2))
    assert one == two


def test_a_sample_that_cannot_be_drawn_is_refused_with_its_findings() -> None:
    with pytest.raises(InputError, match="not a power of 2"):
        analyse(ishigami, THREE, draws=1000, seed=9, study=(751,), method="sobol")


def test_a_parameter_may_not_pass_for_a_group() -> None:
    parameters = [Parameter("heat", AROUND, group="prices"), Parameter("prices", AROUND)]
    with pytest.raises(InputError, match="prices: A parameter without a group has the name of a group"):
        analyse(lambda x: x[:, 0], parameters, draws=8, seed=1, study=(751,))
