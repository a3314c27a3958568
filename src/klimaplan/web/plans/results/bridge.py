"""From what is stored to what the domain computes with, and from what it answers to plain figures."""

from __future__ import annotations

from functools import lru_cache

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding
from klimaplan.domain.inventory.account import total
from klimaplan.domain.pathway.target import ALL_SECTORS
from klimaplan.domain.plan import Outcome, evaluate, look_ahead
from klimaplan.domain.series import Series
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground, PlanRead
from klimaplan.sources.plan_files.assembly import assemble
from klimaplan.sources.plan_files.document import Document
from klimaplan.sources.plan_files.shaping import shape
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.results.figures import TOTAL, ByName, Figures, Remaining

PLACE = "plan"
"""What findings of a stored plan name in place of a file."""


@lru_cache(maxsize=2)  # snapshots never change
def ground_of(snapshot: int) -> Ground:
    """What plans are computed against: the account of a snapshot."""
    account = inventories.account_with(snapshot)
    return Ground(look_ahead(account, load.national_projection()), load.national_streams())


def read(data: Plain, snapshot: int) -> PlanRead:
    """The plan of the plain values of a plan file, with everything that is wrong with it."""
    document = Document(PLACE, data)
    found: list[Finding] = []
    parts = shape(document, found)
    return assemble(document, parts, ground_of(snapshot), found)


def compute(data: Plain, snapshot: int, *, digest: str, account: str) -> Figures:
    """Everything a plan comes to; where errors stand in the way only they."""
    found = read(data, snapshot)
    if found.plan is None:
        return Figures(digest, account, found.findings)
    return _figures(evaluate(found.plan), digest, account, found.findings)


def _figures(outcome: Outcome, digest: str, account: str, findings: tuple[Finding, ...]) -> Figures:
    effects, left, manko = outcome.effects.by_action, outcome.residual, outcome.manko
    path = None if manko is None else manko.path.get(ALL_SECTORS)
    return Figures(
        digest,
        account,
        findings,
        years=_years(outcome.pathway),
        baseline=_by_sector(outcome.baseline),
        pathway=_by_sector(outcome.pathway),
        effects={action.key: _values(effects.select(action=action.key)) for action in outcome.plan.actions},
        overlap=_values(outcome.overlap),
        target_years=() if path is None else _years(path),
        target_path=() if path is None else _values(path),
        manko=() if path is None or manko is None else _values(manko.excess[ALL_SECTORS]),
        allowed=None if manko is None else dict(manko.milestones.get(ALL_SECTORS, {})),
        residual_year=left.year,
        emitted=left.emitted,
        taken_up=left.taken_up,
        remaining=tuple(
            Remaining(each.stream, each.name, each.tonnes, each.baseline, str(each.reason), each.solver, each.estimated)
            for each in left.remainders
        ),
    )


def _by_sector(series: Series) -> ByName:
    found = {str(sector): _values(series.select(sector=sector)) for sector in series.axis(axes.SECTOR).labels}
    return {**found, TOTAL: _values(total(series))}


def _years(series: Series) -> tuple[int, ...]:
    return tuple(int(str(year)) for year in series.axis(axes.YEAR).labels)


def _values(series: Series) -> tuple[float, ...]:
    return tuple(float(value) for value in series.values.tolist())
