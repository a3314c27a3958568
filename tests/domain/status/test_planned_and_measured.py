from dataclasses import replace

import numpy as np
import pytest

from domain.small import by_year
from klimaplan.domain import axes, units
from klimaplan.domain.errors import AxisError, InputError, UnitError
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import NotationKey, Series
from klimaplan.domain.status.planned_and_measured import Factor, Records, compare, records

AREA = units.SQUARE_KILOMETRES
WET = Factor(2000.0, units.TONNES / AREA, "example")
NE, NO = NotationKey.NOT_ESTIMATED, NotationKey.NOT_OCCURRING


def series(values: list[float | None], kind: Kind, *, unit: units.Unit = units.TONNES) -> Series:
    span = axes.years(2024, 2023 + len(values))
    missing = {(year,): NE for year, value in zip(span.labels, values, strict=True) if value is None}
    numbers = np.array([np.nan if value is None else value for value in values])
    return Series(numbers, (span,), unit, Provenance("plan", "1", kind), missing)


EXPECTED = series([0, 400, 800, 1000], Kind.EXPECTED)
DONE = series([0.0, 0.1, 0.5, None], Kind.OBSERVED, unit=AREA)
SEEN = series([None, 150, None, 900], Kind.OBSERVED)
FOUND = records("wetland", expected=EXPECTED, activity=DONE, factor=WET, observed=SEEN)


def test_what_was_done_times_the_factor_is_what_it_should_have_saved() -> None:
    # 0.1 km² · 2,000 t/km² = 200 t
    assert FOUND.calculated.values[:3].tolist() == [0.0, 200.0, 1000.0]
    assert FOUND.calculated.missing == {(2027,): NE}
    assert FOUND.calculated.unit == units.TONNES
    assert FOUND.calculated.provenance.kind == Kind.CALCULATED
    assert FOUND.calculated.provenance.steps == ("times the factor of example",)


def test_the_records_stay_as_they_were() -> None:
    assert (FOUND.expected, FOUND.activity, FOUND.observed) == (EXPECTED, DONE, SEEN)


def test_difference_and_ratio_exist_only_where_both_records_do() -> None:
    # seen less planned: 150 − 400 and 900 − 1,000; 150/400 and 900/1000
    held = compare(FOUND.observed, FOUND.expected)
    assert (held.difference.at(2025), held.difference.at(2027)) == (-250.0, -100.0)
    assert (held.ratio.at(2025), held.ratio.at(2027)) == (pytest.approx(0.375), pytest.approx(0.9))
    assert held.difference.missing == held.ratio.missing == {(2024,): NE, (2026,): NE}
    assert held.difference.provenance.steps == ("observed against expected",)


def test_nothing_was_planned_so_there_is_a_difference_but_no_ratio() -> None:
    held = compare(FOUND.calculated, FOUND.expected)
    assert held.difference.at(2024) == 0.0
    assert held.ratio.missing == {(2024,): NE, (2027,): NE}
    assert (held.difference.at(2026), held.ratio.at(2026)) == (200.0, pytest.approx(1.25))


def test_a_reason_that_was_given_is_kept() -> None:
    none = replace(SEEN, missing=dict.fromkeys(SEEN.missing, NO))
    assert compare(none, EXPECTED).ratio.missing == {(2024,): NO, (2026,): NO}


@pytest.mark.parametrize(("name", "kind"), [
    ("expected", Kind.OBSERVED), ("expected", Kind.PROJECTED), ("activity", Kind.EXPECTED),
    ("observed", Kind.CALCULATED), ("observed", Kind.ESTIMATED), ("calculated", Kind.OBSERVED),
])  # fmt: skip
def test_the_four_records_are_never_mixed(name: str, kind: Kind) -> None:
    before: Series = getattr(FOUND, name)
    with pytest.raises(InputError, match=f"wetland/{name}"):
        replace(FOUND, **{name: replace(before, provenance=replace(before.provenance, kind=kind))})


def test_records_share_years_and_unit() -> None:
    with pytest.raises(AxisError):
        records("wetland", expected=EXPECTED, activity=DONE, factor=WET, observed=series([1.0], Kind.OBSERVED))
    with pytest.raises(UnitError):
        records("wetland", expected=EXPECTED, activity=DONE, factor=Factor(1.0, units.TONNES, "x"), observed=SEEN)
    with pytest.raises(UnitError):
        Records("wetland", by_year([1, 2, 3, 4], first=2024, unit=AREA), DONE, FOUND.calculated, SEEN)


def test_a_factor_is_a_number() -> None:
    with pytest.raises(InputError, match="effect factor nan"):
        records("wetland", expected=EXPECTED, activity=DONE, factor=replace(WET, per_unit=np.nan), observed=SEEN)
