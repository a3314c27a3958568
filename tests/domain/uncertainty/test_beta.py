import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv

from klimaplan.domain.uncertainty.beta import inverse

SHARES = np.concatenate(
    [10.0 ** -np.arange(1.0, 60.0), np.linspace(0.0, 1.0, 5001), 1.0 - 10.0 ** -np.arange(1.0, 16.0)]
)


@given(st.floats(1.0, 5.0))
def test_the_curve_lies_on_the_solved_values(alpha: float) -> None:
    found, solved = inverse(alpha, 6.0 - alpha, SHARES), betaincinv(alpha, 6.0 - alpha, SHARES)
    assert np.abs(found - solved).max() < 1e-10
    small = solved > 0.0
    assert np.abs(found[small] / solved[small] - 1.0).max() < 1e-8


@given(st.floats(1.0, 5.0))
def test_it_never_turns_back(alpha: float) -> None:
    assert np.all(np.diff(inverse(alpha, 6.0 - alpha, np.sort(SHARES))) >= -1e-15)


def test_powers_by_hand() -> None:
    # beta 1: u = x⁵; alpha 1: u = 1 − (1 − x)⁵
    assert inverse(5.0, 1.0, np.array([1 / 32, 1 / 1024, 1.0])) == pytest.approx([0.5, 0.25, 1.0], abs=1e-11)
    assert inverse(1.0, 5.0, np.array([0.0, 31 / 32])) == pytest.approx([0.0, 0.5], abs=1e-11)
