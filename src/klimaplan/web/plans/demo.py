"""Invented targets, so that a demonstration has a gap to show in every municipality. Marked Demo wherever they show.

The percentages are the published simple averages by municipality type, counted from a 1990 that is estimated by
`backcast`. Where a municipality has published its own percentages, those are used on the estimated base year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from klimaplan.domain.inventory.account import Account, total
from klimaplan.domain.pathway.target import scope_of
from klimaplan.domain.projection.baseline import backcast
from klimaplan.domain.projection.national import NationalProjection
from klimaplan.domain.series import Series
from klimaplan.web.plans import bridge
from klimaplan.web.plans.models import Target

BASE_YEAR = 1990
TARGET_YEAR = 2030
SOURCE = "klimaplan-demo"


def invent_targets(
    account: Account,
    projection: NationalProjection,
    *,
    reduction_pct: Mapping[str, float],
    published: Iterable[Target],
) -> Iterator[Target]:
    """One set of computable targets for every municipality that has none of its own in the target year.

    Parameters
    ----------
    reduction_pct : municipality code → average reduction of its type, percent of the base year
    published : the published targets
    """
    estimated = backcast(account, projection, to=BASE_YEAR)
    emitted_now = total(account.emissions).select(year=account.last_year)
    own = {
        code: [row for row in published if row.municipality == code and row.year == TARGET_YEAR]
        for code in account.codes
    }
    for code in account.codes:
        if any(bridge.to_domain(row) for row in own[code]):
            continue
        wanted = [(row.sectors, row.reduction_pct) for row in own[code]] or [("total", reduction_pct[code])]
        for sectors, percent in wanted:
            base = _base(estimated, code, sectors)
            # where more is taken up than emitted (Læsø) a percentage has no meaning: net zero is target enough
            if percent is not None and base > 0.0 and emitted_now.at(code) > 0.0:
                yield _target(code, sectors, percent, base)


def _base(estimated: Series, code: str, sectors: str) -> float:
    return sum(estimated.at(code, str(sector)) for sector in scope_of(sectors))


def _target(code: str, sectors: str, percent: float, base: float) -> Target:
    return Target(
        municipality=code,
        year=TARGET_YEAR,
        kind=Target.Kind.REDUCTION,
        sectors=sectors,
        base_year=BASE_YEAR,
        base_tonnes=base,
        base_estimated=True,
        reduction_pct=percent,
        source=SOURCE,
        demo=True,
    )
