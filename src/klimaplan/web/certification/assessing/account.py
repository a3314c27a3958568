"""What the account says when a plan is held against criteria: its years, its sectors, and the weights of 2019."""

from __future__ import annotations

from math import fsum

from klimaplan.domain import axes
from klimaplan.domain.assessment.evidence import Inventory, Weighing
from klimaplan.domain.errors import KlimaplanError
from klimaplan.domain.inventory.account import SECTORS
from klimaplan.domain.inventory.streams import StreamTable, split
from klimaplan.domain.pathway.interval import REFERENCE_YEAR, by_interval_sector
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground

C40 = "c40-member"
"""The cohort of those that are members themselves."""


def account_of(against: Ground, code: str) -> tuple[Inventory | None, Weighing | None]:
    """The account of a municipality, and what the sector intervals are weighed by; None for what is not there."""
    account = against.outlook.account
    if code not in account.codes:
        return None, None
    last = account.last_year
    emissions = account.emissions.select(municipality=code)
    by_sector = {
        str(sector): emissions.at(sector, last)
        for sector in SECTORS.labels
        if (sector, last) not in emissions.missing
    }  # fmt: skip
    table = _split_in(against, code, last)
    seen = account.emissions.provenance
    told = {"source": seen.source, "method": seen.version, "gwp": seen.gwp}
    inventory = Inventory(
        years=tuple(account.years),
        by_sector=by_sector,
        gases=None if table is None else _gases(table),
        said=frozenset(name for name, value in told.items() if value),
    )
    reference = _split_in(against, code, REFERENCE_YEAR)
    weighing = None if reference is None else Weighing(by_interval_sector(reference), load.sector_intervals())
    return inventory, weighing


def is_c40_member(code: str) -> bool:
    """Whether a municipality is a member of C40 in its own right."""
    return any(each.municipality == code and each.cohort == C40 for each in load.intakes())


def _split_in(against: Ground, code: str, year: int) -> StreamTable | None:
    """The streams of a year; None where the account has not the year, or it cannot be split."""
    account = against.outlook.account
    if year not in account.years:
        return None
    try:
        by_sector = account.emissions.select(municipality=code).take(axes.YEAR, (year,))
        return split(by_sector, against.national, inhabitants=account.population.at(code, year))
    except KlimaplanError:
        return None


def _gases(table: StreamTable) -> frozenset[str]:
    """The gases that any stream emits or takes up."""
    by_gas = table.emissions
    gases = by_gas.axis(axes.GAS).labels
    place = by_gas.axes.index(by_gas.axis(axes.GAS))
    amounts = abs(by_gas.values).sum(axis=tuple(each for each in range(by_gas.values.ndim) if each != place))
    return frozenset(str(gas) for gas, amount in zip(gases, amounts.tolist(), strict=True) if fsum([amount]) > 0.0)
