"""From what the domain computes to what a page shows: one picture for the country, a municipality or a group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Account, of_group, total
from klimaplan.domain.pathway.gap import Gap, measure_gap, pct_of_base
from klimaplan.domain.pathway.target import ALL_SECTORS, LAST_YEAR, Scope, common_base, sectors_of
from klimaplan.domain.plan import Outlook, look_ahead
from klimaplan.domain.projection.baseline import project_baseline
from klimaplan.domain.projection.drivers import population_trend
from klimaplan.domain.projection.national import NationalProjection
from klimaplan.domain.projection.trends import Method
from klimaplan.domain.provenance import Provenance
from klimaplan.domain.series import Series
from klimaplan.domain.status.comparison import change_since_first, per_head, per_head_by_sector
from klimaplan.domain.status.summary import describe_development, describe_prospect
from klimaplan.web.plans.bridge import computable, to_domain
from klimaplan.web.plans.models import Target
from klimaplan.web.public import schema


@dataclass(frozen=True)
class Basis:
    """What every picture is cut from: the outlook of all municipalities, and the baseline with its driver on."""

    account: Account
    outlook: Outlook
    with_population: Series
    population_ahead: Series


def basis(account: Account, projection: NationalProjection) -> Basis:
    """Compute everything for all municipalities at once."""
    ahead = population_trend(account.population, until=LAST_YEAR)
    driven = project_baseline(account, projection, until=LAST_YEAR, population=ahead)
    return Basis(account, look_ahead(account, projection), driven.emissions, ahead)


@dataclass(frozen=True)
class Subject:
    """Whose picture it is: the municipalities taken together, and how they are named."""

    kind: str
    key: str
    name: Text
    codes: tuple[str, ...]
    belongs_to: tuple[Subject, ...] = ()
    valid_from: date | None = None
    """The day a group begins, when it lies ahead."""


def picture(
    subject: Subject, basis: Basis, targets: Sequence[Target], comparison: Iterable[schema.Comparand] = ()
) -> schema.SubjectPicture:
    """Everything that a page shows about one subject."""
    emissions = of_group(basis.account.emissions, subject.codes)
    baseline = of_group(basis.outlook.baseline.emissions, subject.codes)
    people_ahead = of_group(basis.population_ahead, subject.codes)
    gap = gap_between(baseline, targets)
    return schema.SubjectPicture(
        kind=subject.kind,
        key=subject.key,
        name=name(subject.name),
        valid_from=subject.valid_from,
        belongs_to=[
            schema.Belonging(kind=group.kind, slug=group.key, name=name(group.name)) for group in subject.belongs_to
        ],
        members=[] if subject.kind == "municipality" else list(subject.codes),
        account=account_table(emissions, of_group(basis.account.population, subject.codes)),
        baseline=_baseline_table(subject, basis, baseline),
        population_ahead=_complete(people_ahead),
        forecasts=_forecast_table(subject, basis),
        targets=[target_row(target) for target in targets],
        gap=None if gap is None else gap_table(gap, targets, people_ahead),
        development=_development(total(emissions)),
        prospects=[] if gap is None else _prospects(total(baseline), gap, targets),
        comparison=list(comparison),
    )


def gap_between(baseline: Series, targets: Sequence[Target]) -> Gap | None:
    """The gap to the computable targets; None without any."""
    wanted = computable(targets)
    return measure_gap(baseline, wanted) if wanted else None


def account_table(emissions: Series, population: Series) -> schema.AccountTable:
    """An account (sector, year) with its population (year)."""
    together = total(emissions)
    return schema.AccountTable(
        years=_years(together),
        emissions=values(emissions, together),
        per_head=values(per_head_by_sector(emissions, population), per_head(together, population)),
        change_pct=values(change_since_first(emissions), change_since_first(together)),
        population=_complete(population),
        explanation=explanation(emissions.provenance),
        population_explanation=explanation(population.provenance),
    )


def gap_table(gap: Gap, targets: Sequence[Target], people_ahead: Series) -> schema.GapTable | None:
    """The gap of all sectors together; None where the targets speak of single sectors only."""
    if gap.by_sector is None:
        return None
    excess = gap.excess[ALL_SECTORS]
    years = _years(excess)
    base = common_base(computable(targets))
    percent = None if base is None else pct_of_base(excess, base)
    return schema.GapTable(
        years=years,
        path=_complete(gap.path[ALL_SECTORS]),
        excess=_complete(excess),
        by_sector=values(gap.by_sector, excess),
        per_head=_list(per_head(excess, people_ahead.take(axes.YEAR, years))),
        base_year=None if base is None else base.year,
        pct_of_base=None if percent is None else _complete(percent),
        by_target_scope={
            sectors_of(scope): {target.year: series.at(target.year) for target in targets if _speaks_of(target, scope)}
            for scope, series in gap.excess.items()
            if scope != ALL_SECTORS
        },
        explanation=explanation(excess.provenance),
    )


def prospect(baseline: Series, gap: Gap, year: int, targets: Iterable[Target]) -> schema.ProspectFacts:
    """What the baseline says of a year that all sectors have a target in."""
    seen = describe_prospect(baseline, gap, year=year)
    return schema.ProspectFacts(
        year=year,
        expected=seen.expected,
        allowed=gap.milestones[ALL_SECTORS][year],
        excess=gap.excess[ALL_SECTORS].at(year),
        verdict=str(seen.verdict),
        demo=any(target.demo and target.year == year for target in targets),
    )


def target_row(row: Target) -> schema.TargetRow:
    target = to_domain(row)
    return schema.TargetRow(
        year=row.year,
        kind=row.kind,
        sectors=row.sectors,
        base_year=row.base_year,
        base_tonnes=row.base_tonnes,
        base_estimated=row.base_estimated,
        reduction_pct=row.reduction_pct,
        allowed=None if target is None else target.allowed,
        source=row.source,
        demo=row.demo,
    )


def overview_row(picture: schema.SubjectPicture, groups: Mapping[str, str]) -> schema.OverviewRow:
    """The line of a municipality in the map and the table."""
    return schema.OverviewRow(
        code=picture.key,
        name=picture.name.da,
        groups=dict(groups),
        emissions=picture.account.emissions,
        per_head=picture.account.per_head,
        change_pct=picture.account.change_pct,
        excess={each.year: each.excess for each in picture.prospects},
        demo=any(each.demo for each in picture.prospects),
    )


def comparand(relation: str, subject: Subject, account: Account) -> schema.Comparand:
    """A line of the comparison; per head is the quotient of the sums of a group."""
    emissions = of_group(account.emissions, subject.codes)
    people = of_group(account.population, subject.codes)
    quotients = values(per_head_by_sector(emissions, people), per_head(total(emissions), people))
    return schema.Comparand(
        relation=relation,
        kind=subject.kind,
        key=subject.key,
        name=name(subject.name),
        per_head={sector: by_year[-1] for sector, by_year in quotients.items()},
    )


def name(text: Text) -> schema.Name:
    return schema.Name(da=text.da, en=text.en)


def explanation(provenance: Provenance) -> schema.Explanation:
    return schema.Explanation.model_validate(provenance.as_record())


def values(by_sector: Series, together: Series) -> schema.Values:
    """A table (sector, year) and its total (year) by sector code."""
    return {str(sector): _list(by_sector.select(sector=sector)) for sector in by_sector.axes[0].labels} | {
        "total": _list(together)
    }


def _baseline_table(subject: Subject, basis: Basis, baseline: Series) -> schema.BaselineTable:
    driven = of_group(basis.with_population, subject.codes)
    rules = basis.outlook.baseline.rules
    return schema.BaselineTable(
        years=_years(baseline),
        emissions=values(baseline, total(baseline)),
        emissions_with_population=values(driven, total(driven)),
        rules={
            str(sector): str(rules[subject.key, sector]) for sector in ALL_SECTORS if (subject.key, sector) in rules
        },
        explanation=explanation(baseline.provenance),
    )


def _forecast_table(subject: Subject, basis: Basis) -> schema.ForecastTable:
    together = {method: total(of_group(series, subject.codes)) for method, series in basis.outlook.forecasts.items()}
    any_trend = together[Method.LINEAR]
    return schema.ForecastTable(
        years=_years(any_trend),
        total={str(method): _complete(series) for method, series in together.items()},
        explanation=explanation(any_trend.provenance),
    )


def _development(observed: Series) -> schema.DevelopmentFacts | None:
    seen = describe_development(observed)
    if seen is None:
        return None
    return schema.DevelopmentFacts(
        first_year=seen.first_year,
        last_year=seen.last_year,
        first=seen.first,
        last=seen.last,
        change=seen.change,
        change_pct=seen.change_pct,
        direction=str(seen.direction),
    )


def _prospects(baseline: Series, gap: Gap, targets: Sequence[Target]) -> list[schema.ProspectFacts]:
    """One for every year in which the targets cover all sectors."""
    return [prospect(baseline, gap, year, targets) for year in sorted(gap.milestones.get(ALL_SECTORS, {}))]


def _speaks_of(row: Target, scope: Scope) -> bool:
    target = to_domain(row)
    return target is not None and target.scope == scope


def _years(series: Series) -> list[int]:
    return [int(str(label)) for label in series.axis(axes.YEAR).labels]


def _list(series: Series) -> list[float | None]:
    """Values in order; a missing one is None."""
    return [None if np.isnan(value) else value for value in series.values.tolist()]


def _complete(series: Series) -> list[float]:
    """Values in order of what has no holes by its making: populations, trends, paths."""
    return [float(value) for value in series.values.tolist()]
