"""The whole flow on one page: read this first.

::

    account ──────────────┬─ forecast ──▶ forecasts     if the account's own trend goes on
                          │
    national projection ──┴─ project_baseline ──▶ baseline     what happens without the plan
                                                     │
    targets ─────────────────────────────── measure_gap ──▶ gap     what is left to be done

All 98 municipalities are computed in one go; a municipality, a region or the country is a slice or a sum of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding
from klimaplan.domain.inventory.account import Account, check, national, total
from klimaplan.domain.pathway.gap import Gap, measure_gap
from klimaplan.domain.pathway.target import LAST_YEAR, Target
from klimaplan.domain.projection.baseline import Baseline, project_baseline
from klimaplan.domain.projection.national import NationalProjection, cross_check
from klimaplan.domain.projection.trends import Method, forecast
from klimaplan.domain.series import Series


@dataclass(frozen=True)
class Outlook:
    """Where all municipalities stand and where they are heading without a plan.

    Parameters
    ----------
    baseline : emissions Series (municipality, sector, year), t CO2e, from the last account year to 2050
    forecasts : method → Series (municipality, sector, year), t CO2e, from the year after the account to 2050
    findings : what the checks had to say about the account
    """

    account: Account
    baseline: Baseline
    forecasts: Mapping[Method, Series]
    findings: tuple[Finding, ...]


def look_ahead(
    account: Account, projection: NationalProjection, *, until: int = LAST_YEAR, population: Series | None = None
) -> Outlook:
    """Check the account, project the baseline and carry the trends on, for all municipalities at once.

    Parameters
    ----------
    population : Series (municipality, year) from the last account year to `until`, to switch the local
        population driver on; None leaves it off
    """
    return Outlook(
        account=account,
        baseline=project_baseline(account, projection, until=until, population=population),
        forecasts={method: forecast(account.emissions, method=method, until=until) for method in Method},
        findings=(*check(account), *_cross_check(account, projection)),
    )


def _cross_check(account: Account, projection: NationalProjection) -> tuple[Finding, ...]:
    if not account.is_complete:  # a sum over some of the municipalities is not the country
        return ()
    return cross_check(national(total(account.emissions)), projection)


def measure_gap_of(outlook: Outlook, codes: Iterable[str], targets: Sequence[Target]) -> Gap:
    """What targets leave to be done in a municipality, or in several taken together."""
    together = outlook.baseline.emissions.take(axes.MUNICIPALITY, tuple(codes)).sum(axes.MUNICIPALITY)
    return measure_gap(together, targets)
