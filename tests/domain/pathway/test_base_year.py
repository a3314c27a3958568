"""Base years: where the figure is found, and what must be said before a change since then is read."""

from __future__ import annotations

import numpy as np
import pytest

from klimaplan.domain import axes, units
from klimaplan.domain.inventory.account import SECTORS
from klimaplan.domain.pathway.base_year import BaseYears
from klimaplan.domain.pathway.target import ALL_SECTORS, BaseYear, LevelTarget, ReductionTarget, Scope
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series

ACCOUNT = Series(
    np.full((5, 2), 10.0), (SECTORS, axes.years(2018, 2019)), units.TONNES,
    Provenance("the-account", "4.1", Kind.OBSERVED),
)  # fmt: skip
"""Five sectors of 10 t: 50 t a year."""

IN_1990 = BaseYear(1990, 80.0, "the-plan")
IN_2018 = BaseYear(2018, 45.0, "the-plan")
TARGETS = [ReductionTarget(2030, IN_1990, 70.0), ReductionTarget(2045, IN_1990, 100.0), LevelTarget(2050, 0.0)]


def bases(*stated: BaseYear, scope: Scope = ALL_SECTORS) -> BaseYears:
    return BaseYears({(base.year, scope): base for base in stated}, ACCOUNT)


def test_a_base_year_before_the_account_is_said_to_be_of_another_one_once() -> None:
    [finding] = bases(IN_1990).check_editions(TARGETS)
    assert finding.message("en") == (
        "1990/total: The base year and the years from 2018 on have different sources (the-plan; the-account). "
        "A change since 1990 may hold a break in method. "
        "Also give the source's own figure for a year from 2018 on, so that the difference shows."
    )
    assert finding.message("da") == (
        "1990/total: Basisåret og årene fra 2018 har hver sin kilde (the-plan; the-account). "
        "En ændring siden 1990 kan rumme et metodespring. "
        "Angiv også kildens tal for et år fra 2018, så forskellen kan ses."
    )


def test_where_the_source_has_a_year_of_the_account_the_difference_is_said_instead() -> None:
    both = bases(IN_1990, IN_2018)
    assert both.check_editions(TARGETS) == ()
    [finding] = both.check()
    assert (finding.code, finding.place) == ("base-differs-from-account", "2018/total")


def test_a_year_stated_for_other_sectors_compares_nothing() -> None:
    assert bases(IN_2018, scope=ALL_SECTORS[:1]).check_editions(TARGETS)


@pytest.mark.parametrize("target", [ReductionTarget(2030, BaseYear(2018, 50.0, "x"), 70.0), LevelTarget(2030, 9.0)])
def test_a_base_year_within_the_account_or_none_needs_no_word(target: ReductionTarget | LevelTarget) -> None:
    assert bases().check_editions([target]) == ()
