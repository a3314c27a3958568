"""The whole flow on one page: read this first.

::

    account ──────────────┬─ forecast ──▶ forecasts     if the account's own trend goes on
                          │
    national projection ──┴─ project_baseline ──▶ baseline     what happens without the plan
                                                     │
                          split ──▶ streams          │          the smallest things an action can change
                                       │             │
    actions ───────────────── apply_actions ──▶ pathway         what happens with the plan
                                       │             │
                              attribute ──▶ effects  │          who contributes what, exactly
                                                     │
    targets ─────────────────────────────── measure_gap ──▶ gap, manko, residual     what is left to be done

All 98 municipalities are computed in one go; a municipality, a region or the country is a slice or a sum of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.apply import Setting, apply_actions
from klimaplan.domain.actions.problem import Problem, emissions
from klimaplan.domain.errors import Finding
from klimaplan.domain.inventory.account import SECTORS, Account, Sector, check, national, of_group, total
from klimaplan.domain.inventory.streams import NationalStreams, OwnDetail, StreamTable, split
from klimaplan.domain.pathway.attribution import Attribution, attribute, first_in
from klimaplan.domain.pathway.ensemble import Limit, Study
from klimaplan.domain.pathway.gap import Gap, measure_gap
from klimaplan.domain.pathway.residual import Residual, residual
from klimaplan.domain.pathway.target import ALL_SECTORS, LAST_YEAR, Target
from klimaplan.domain.projection.baseline import Baseline, project_baseline
from klimaplan.domain.projection.national import NationalProjection, cross_check
from klimaplan.domain.projection.trends import Method, forecast
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Floats, Series
from klimaplan.domain.uncertainty.sample import Sampling


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


@dataclass(frozen=True)
class Plan:
    """What one municipality has decided, and what it is applied to.

    Parameters
    ----------
    code : of the municipality
    demo : whether it is invented; said wherever it shows
    setting : the streams of the municipality with their baseline, as `set_out` makes them
    """

    code: str
    title: str
    actions: tuple[Action, ...]
    targets: tuple[Target, ...]
    setting: Setting
    demo: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a plan comes to, at the central values of its assumptions.

    Parameters
    ----------
    baseline, pathway : Series (sector, year), t CO2e: without the plan, and with it
    effects : the joint effect, split among the actions
    overlap : Series (year), t CO2e: what the actions would do one by one, less what they do together
    manko : what the pathway leaves above the target path; None without targets
    residual : what is left in the last year
    """

    plan: Plan
    problem: Problem
    baseline: Series
    pathway: Series
    effects: Attribution
    overlap: Series
    manko: Gap | None
    residual: Residual


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


def measure_gap_of(outlook: Outlook, codes: Iterable[str], targets: Sequence[Target]) -> Gap:
    """What targets leave to be done in a municipality, or in several taken together."""
    together = outlook.baseline.emissions.take(axes.MUNICIPALITY, tuple(codes)).sum(axes.MUNICIPALITY)
    return measure_gap(together, targets)


def set_out(
    outlook: Outlook,
    national_streams: NationalStreams,
    code: str,
    *,
    supply: Mapping[str, Floats],
    own: Sequence[OwnDetail] = (),
) -> Setting:
    """The streams of one municipality with their baseline: what its actions are applied to.

    Parameters
    ----------
    supply : stream → (year), t CO2e/TJ of its carrier, over the years of the baseline
    own : what the municipality knows of its streams; it replaces what national shares estimate

    Raises
    ------
    InputError : own detail that does not fit the account
    """
    account = outlook.account
    inhabitants = account.population.at(code, account.last_year)
    baseline = of_group(outlook.baseline.emissions, [code])
    return Setting(split(baseline, national_streams, own=own, inhabitants=inhabitants), supply)


def evaluate(plan: Plan) -> Outcome:
    """Everything a plan comes to.

    Raises
    ------
    InputError : actions or targets that cannot be computed, all findings at once
    """
    table = plan.setting.table
    problem = apply_actions(plan.actions, plan.setting)
    seen = table.emissions.provenance
    effects = attribute(problem, seen)
    pathway = by_sector(emissions(problem), table).explained(
        "actions applied to the streams", kind=Kind.EXPECTED, method="actions"
    )
    alone = first_in(problem, seen).sum(axes.ACTION)
    joint = effects.by_action.sum(axes.ACTION)
    years = problem.years.labels
    return Outcome(
        plan=plan,
        problem=problem,
        baseline=by_sector(problem.baseline, table),
        pathway=pathway,
        effects=effects,
        overlap=(joint - alone).explained(
            "sum of single effects less the joint effect", kind=Kind.EXPECTED, method="attribution"
        ),
        manko=measure_gap(pathway, plan.targets) if plan.targets else None,
        residual=residual(problem, table, year=int(str(years[-1]))),
    )


def study_of(outcome: Outcome, *, draws: int, seed: int, sampling: Sampling = Sampling.LATIN_HYPERCUBE) -> Study:
    """The plan ready to be drawn: the chance of every target that has been set, for all sectors or some."""
    table = outcome.plan.setting.table
    milestones = outcome.manko.milestones if outcome.manko else {}
    return Study(
        code=outcome.plan.code,
        problem=outcome.problem,
        sectors=tuple(stream.sector for stream in table.streams),
        provenance=table.emissions.provenance,
        limits=tuple(
            Limit(year, scope, allowed)
            for scope, allowed_by_year in sorted(milestones.items(), key=lambda item: item[0] != ALL_SECTORS)
            for year, allowed in sorted(allowed_by_year.items())
        ),
        draws=draws,
        seed=seed,
        sampling=sampling,
    )


def by_sector(values: Floats, table: StreamTable) -> Series:
    """Streams and gases as the sectors of the account: (stream, gas, year) → Series (sector, year)."""
    rows = {sector: row for row, sector in enumerate(Sector)}
    together = np.zeros((len(rows), values.shape[2]))
    for stream, tonnes in zip(table.streams, values.sum(axis=1), strict=True):
        together[rows[stream.sector]] += tonnes
    years = table.emissions.axis(axes.YEAR)
    return Series(together, (SECTORS, years), units.TONNES, table.emissions.provenance)


def _cross_check(account: Account, projection: NationalProjection) -> tuple[Finding, ...]:
    if not account.is_complete:  # a sum over some of the municipalities is not the country
        return ()
    return cross_check(national(total(account.emissions)), projection)
