"""Budgets by hand in both ways, and what must hold between them whatever the years."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain import axes, units
from klimaplan.domain.errors import AxisError, CoverageError
from klimaplan.domain.pathway.budget import Summing, cumulate
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import NotationKey, Series

SEEN = Provenance("made-up", "1", Kind.PROJECTED)


def path(*tonnes: float, first: int = 2023, missing: dict[tuple[int], NotationKey] | None = None) -> Series:
    years = axes.years(first, first + len(tonnes) - 1)
    return Series(np.array(tonnes), (years,), units.TONNES, SEEN, missing or {})


def test_every_year_counts_whole() -> None:
    # 100 + 80 + 60 + 10
    assert cumulate(path(100.0, 80.0, 60.0, 10.0), first=2023, last=2026, summing=Summing.ANNUAL) == 250.0


def test_the_area_under_the_line_counts_the_ends_half() -> None:
    # 90 + 70 + 35
    assert cumulate(path(100.0, 80.0, 60.0, 10.0), first=2023, last=2026, summing=Summing.TRAPEZOID) == 195.0


def test_a_span_within_the_series_leaves_the_rest_out() -> None:
    pathway = path(100.0, 80.0, 60.0, 10.0)
    assert cumulate(pathway, first=2024, last=2025, summing=Summing.ANNUAL) == 140.0
    assert cumulate(pathway, first=2024, last=2025, summing=Summing.TRAPEZOID) == 70.0


def test_one_year_is_a_year_or_no_area() -> None:
    assert cumulate(path(100.0, 80.0), first=2024, last=2024, summing=Summing.ANNUAL) == 80.0
    assert cumulate(path(100.0, 80.0), first=2024, last=2024, summing=Summing.TRAPEZOID) == 0.0


def test_uptake_is_taken_off() -> None:
    assert cumulate(path(30.0, -10.0, -50.0), first=2023, last=2025, summing=Summing.ANNUAL) == -30.0
    assert cumulate(path(30.0, -10.0, -50.0), first=2023, last=2025, summing=Summing.TRAPEZOID) == -20.0


@pytest.mark.parametrize("summing", list(Summing))
def test_a_missing_year_is_named_and_nothing_is_added(summing: Summing) -> None:
    holed = path(100.0, np.nan, 60.0, missing={(2024,): NotationKey.NOT_ESTIMATED})
    with pytest.raises(CoverageError, match="2024"):
        cumulate(holed, first=2023, last=2025, summing=summing)
    assert cumulate(holed, first=2025, last=2025, summing=Summing.ANNUAL) == 60.0


def test_a_year_outside_is_refused() -> None:
    with pytest.raises(AxisError, match="2026"):
        cumulate(path(100.0, 80.0, 60.0), first=2023, last=2026, summing=Summing.ANNUAL)


YEARLY = st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=30)


@given(YEARLY)
def test_the_trapezoid_is_the_annual_sum_less_half_of_both_ends(tonnes: list[float]) -> None:
    pathway, last = path(*tonnes), 2023 + len(tonnes) - 1
    annual = cumulate(pathway, first=2023, last=last, summing=Summing.ANNUAL)
    trapezoid = cumulate(pathway, first=2023, last=last, summing=Summing.TRAPEZOID)
    assert trapezoid == pytest.approx(annual - (tonnes[0] + tonnes[-1]) / 2.0, abs=1e-6)


@given(YEARLY, st.data())
def test_adjoining_spans_add_up(tonnes: list[float], data: st.DataObject) -> None:
    pathway, last = path(*tonnes), 2023 + len(tonnes) - 1
    middle = data.draw(st.integers(2024, last - 1))

    def budget(first: int, until: int, summing: Summing) -> float:
        return cumulate(pathway, first=first, last=until, summing=summing)

    areas = budget(2023, middle, Summing.TRAPEZOID) + budget(middle, last, Summing.TRAPEZOID)
    assert areas == pytest.approx(budget(2023, last, Summing.TRAPEZOID), abs=1e-6)
    # whole years adjoin with the next one; with a year in common it would count twice
    sums = budget(2023, middle, Summing.ANNUAL) + budget(middle + 1, last, Summing.ANNUAL)
    assert sums == pytest.approx(budget(2023, last, Summing.ANNUAL), abs=1e-6)
