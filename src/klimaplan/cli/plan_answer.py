"""What `klimaplan plan evaluate` answers, as a record for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from klimaplan.cli import plan_costs, plan_interval, plan_known
from klimaplan.cli.answers import by_sector, by_year, records
from klimaplan.cli.pathway_answer import KINDS
from klimaplan.cli.plan_costs import Costing
from klimaplan.cli.plan_interval import Held
from klimaplan.cli.plan_known import Measured
from klimaplan.domain import axes, units
from klimaplan.domain.actions.problem import emissions
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import total
from klimaplan.domain.pathway.attribution import first_in, last_in, leave_one_out
from klimaplan.domain.pathway.budget import Summing, cumulate
from klimaplan.domain.pathway.ensemble import Ensemble
from klimaplan.domain.pathway.target import ALL_SECTORS, sectors_of
from klimaplan.domain.plan import Outcome
from klimaplan.domain.provenance import Kind
from klimaplan.domain.series import Series
from klimaplan.domain.uncertainty.sensitivity import Sensitivity

SIGN = Text(
    "Negative virkninger mindsker udledningen; lagt sammen er de udledningen med planen minus basisfremskrivningen.",
    "Negative effects lessen emissions; they add up to pathway minus baseline.",
)
SHARES = {"p05": 0.05, "p50": 0.50, "p95": 0.95}


@dataclass(frozen=True)
class Answer:
    """What the command found out.

    Parameters
    ----------
    ensemble : None without draws
    sensitivity : year → indices; empty unless asked for
    costs : None without a perspective
    interval : the test of the 2030 target; None where it was not held
    measured : actions of which more is known than the plan computes
    """

    municipality: Municipality
    outcome: Outcome
    findings: tuple[Finding, ...]
    seed: int
    ensemble: Ensemble | None = None
    sensitivity: Mapping[int, Sensitivity] | None = None
    costs: Costing | None = None
    interval: Held | None = None
    measured: tuple[Measured, ...] = ()

    @property
    def years(self) -> list[int]:
        return [int(str(year)) for year in self.outcome.problem.years.labels]

    @cached_property
    def baseline(self) -> Series:
        return total(self.outcome.baseline)

    @cached_property
    def pathway(self) -> Series:
        return total(self.outcome.pathway)

    @cached_property
    def by_stream(self) -> Series:
        """(stream, gas, year), t CO2e: with the plan."""
        problem = self.outcome.problem
        seen = self.outcome.plan.setting.table.emissions.provenance.after(
            "actions applied to the streams", kind=Kind.EXPECTED, method="actions"
        )
        shape = (Axis(axes.STREAM, problem.streams), problem.gases, problem.years)
        return Series(emissions(problem), shape, units.TONNES, seen)

    @property
    def excess(self) -> Series | None:
        """What the pathway leaves above the target path of all sectors."""
        return None if self.outcome.manko is None else self.outcome.manko.excess.get(ALL_SECTORS)

    @property
    def path(self) -> Series | None:
        """The target path of all sectors."""
        return None if self.outcome.manko is None else self.outcome.manko.path.get(ALL_SECTORS)

    @cached_property
    def first_in(self) -> Series:
        return first_in(self.outcome.problem, self.pathway.provenance)

    @cached_property
    def last_in(self) -> Series:
        return last_in(self.outcome.problem, self.pathway.provenance)

    @cached_property
    def leave_one_out(self) -> Series:
        return leave_one_out(self.outcome.problem, self.pathway.provenance)

    @property
    def budgets(self) -> list[tuple[Summing, int, int]]:
        """The budgets to be told: both ways of summing, to the last target and to the last year."""
        last = {self.years[-1]} | ({int(str(self.path.axes[0].labels[-1]))} if self.path else set())
        return [(summing, self.years[0], year) for year in sorted(last) for summing in Summing]

    def budget_of(self, series: Series | None, summing: Summing, first: int, last: int) -> float | None:
        """The budget of a span; None where the series does not reach its end."""
        if series is None or last not in {int(str(year)) for year in series.axis(axes.YEAR).labels}:
            return None
        return cumulate(series, first=first, last=last, summing=summing)

    @property
    def quantiles(self) -> dict[str, Series]:
        if self.ensemble is None:
            return {}
        return {name: self.ensemble.quantiles[share] for name, share in SHARES.items()}

    @property
    def probability(self) -> dict[int, float]:
        """Target year → the share of the draws that meet the target of all sectors."""
        chances = self.ensemble.chances if self.ensemble else ()
        return {chance.limit.year: chance.probability for chance in chances if chance.limit.scope == ALL_SECTORS}


def as_record(answer: Answer) -> dict[str, object]:
    """The answer with stable keys; what was not asked for, or does not exist, is empty."""
    outcome, plan = answer.outcome, answer.outcome.plan
    quantiles = answer.quantiles
    explained: dict[str, Series | None] = {
        "baseline": answer.baseline, "pathway": answer.pathway, "effects": outcome.effects.by_action,
        "overlap": outcome.overlap, "manko": answer.excess, "quantiles": quantiles.get("p50"),
        "first_in": answer.first_in, "last_in": answer.last_in, "leave_one_out": answer.leave_one_out,
    }  # fmt: skip
    return {
        "municipality": {"code": answer.municipality.code, "name": answer.municipality.name},
        "title": plan.title,
        "demo": plan.demo,
        "unit": str(answer.pathway.unit),
        "baseline": by_year(answer.baseline),
        "pathway": by_year(answer.pathway),
        "baseline_by_sector": by_sector(outcome.baseline),
        "pathway_by_sector": by_sector(outcome.pathway),
        "pathway_by_gas": _by(axes.GAS, answer.by_stream.sum(axes.STREAM)),
        "effects": _effects(answer),
        "sign_of_effects": {"da": SIGN.da, "en": SIGN.en},
        "overlap": by_year(outcome.overlap),
        "manko": {} if answer.excess is None else by_year(answer.excess),
        "manko_by_sector": _manko_by_sector(answer),
        "manko_by_target_sectors": _by_scope(answer),
        "target_path": {} if answer.path is None else by_year(answer.path),
        "targets": [
            {"year": target.year, "sectors": sectors_of(target.scope), "kind": KINDS[type(target)],
             "allowed": target.allowed}
            for target in plan.targets
        ],
        "quantiles": {name: by_year(quantiles[name]) if name in quantiles else {} for name in SHARES},
        "mean": {} if answer.ensemble is None else by_year(answer.ensemble.mean),
        "probability": {str(year): chance for year, chance in answer.probability.items()},
        "probability_by_target": _chances(answer),
        "residual": _residual(answer),
        "budget": _budgets(answer),
        "streams": _streams(answer),
        "first_in": _by_action(answer.first_in),
        "last_in": _by_action(answer.last_in),
        "leave_one_out": _by_action(answer.leave_one_out),
        "sensitivity": _sensitivity(answer),
        "costs": plan_costs.as_record(answer.costs),
        "interval_test": {} if answer.interval is None else plan_interval.as_record(answer.interval),
        "planned_and_measured": plan_known.as_record(answer.measured),
        "findings": records(answer.findings),
        "explanation": {name: found.provenance.as_record() for name, found in explained.items() if found is not None},
        "seed": answer.seed,
        "draws": 0 if answer.ensemble is None else answer.ensemble.draws,
        "sampling": None if answer.ensemble is None else str(answer.ensemble.sampling),
    }  # fmt: skip


def _by(axis: str, series: Series) -> dict[str, object]:
    return {str(label): by_year(series.select(**{axis: label})) for label in series.axis(axis).labels}


def _by_action(series: Series) -> list[dict[str, object]]:
    return [
        {"action": action, "by_year": by_year(series.select(action=action))}
        for action in series.axis(axes.ACTION).labels
    ]


def _effects(answer: Answer) -> list[dict[str, object]]:
    effects = answer.outcome.effects.by_action
    return [
        {
            "action": action.key,
            "by_year": by_year(effects.select(action=action.key)),
            "title": action.title,
            "template": action.template,
            "progress": str(action.progress),
            "last_resort": action.is_last_resort,
        }
        for action in answer.outcome.plan.actions
    ]


def _manko_by_sector(answer: Answer) -> dict[str, object]:
    gap = answer.outcome.manko
    return {} if gap is None or gap.by_sector is None else dict(by_sector(gap.by_sector))


def _by_scope(answer: Answer) -> dict[str, object]:
    gap = answer.outcome.manko
    if gap is None:
        return {}
    return {
        sectors_of(scope): {"path": by_year(gap.path[scope]), "manko": by_year(gap.excess[scope])}
        for scope in gap.path
        if scope != ALL_SECTORS
    }


def _chances(answer: Answer) -> list[dict[str, object]]:
    chances = answer.ensemble.chances if answer.ensemble else ()
    return [
        {
            "year": chance.limit.year,
            "sectors": sectors_of(chance.limit.scope),
            "allowed": chance.limit.allowed,
            "probability": chance.probability,
            "standard_error": chance.standard_error,
        }
        for chance in chances
    ]


def _residual(answer: Answer) -> dict[str, object]:
    left = answer.outcome.residual
    return {
        "year": left.year,
        "emitted": left.emitted,
        "taken_up": left.taken_up,
        "net": left.net,
        "streams": [
            {
                "stream": each.stream,
                "name": _text(each.name),
                "tonnes": each.tonnes,
                "baseline": each.baseline,
                "reason": str(each.reason),
                "solver": _text(each.solver),
                "estimated": each.estimated,
            }
            for each in left.remainders
        ],
    }


def _budgets(answer: Answer) -> list[dict[str, object]]:
    return [
        {
            "method": str(summing),
            "first": first,
            "last": last,
            "baseline": answer.budget_of(answer.baseline, summing, first, last),
            "pathway": answer.budget_of(answer.pathway, summing, first, last),
            "target_path": answer.budget_of(answer.path, summing, first, last),
        }
        for summing, first, last in answer.budgets
    ]


def _streams(answer: Answer) -> list[dict[str, object]]:
    table = answer.outcome.plan.setting.table
    before, after = table.emissions.sum(axes.GAS), answer.by_stream.sum(axes.GAS)
    return [
        {
            "stream": stream.key,
            "name": _text(stream.name),
            "sector": str(stream.sector),
            "estimated": stream.key in table.estimated,
            "source": table.provenance(stream.key).source,
            "baseline": by_year(before.select(stream=stream.key)),
            "pathway": by_year(after.select(stream=stream.key)),
        }
        for stream in table.streams
    ]


def _sensitivity(answer: Answer) -> dict[str, object]:
    return {
        str(year): [
            {
                "parameter": name,
                "first": found.indices[name].first,
                "total": found.indices[name].total,
                "first_error": found.indices[name].first_error,
                "total_error": found.indices[name].total_error,
            }
            for name in found.ranked()
        ]
        for year, found in (answer.sensitivity or {}).items()
    }


def _text(text: Text) -> dict[str, str]:
    return {"da": text.da, "en": text.en}


def notable_years(years: Iterable[int], aimed_at: Iterable[int]) -> list[int]:
    """The first year, every fifth, and the years of the targets."""
    span, aims = list(years), set(aimed_at)
    return [year for year in span if year == span[0] or year % 5 == 0 or year in aims]
