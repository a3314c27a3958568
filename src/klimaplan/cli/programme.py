"""`klimaplan plan programme`: the demonstration plans of all municipalities at once, with what is unsure of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from klimaplan.cli.plan_options import SAMPLING_HELP, Points

if TYPE_CHECKING:  # what computes plans takes a while to import, and only this command needs it
    from klimaplan.domain.pathway.ensemble import Ensemble, Programme, Spread, Study
    from klimaplan.domain.plan import Plan
    from klimaplan.domain.series import Series

PLANS_SEED = 1
"""Of the demonstration plans, which are the same whatever is drawn."""

SHARES = {"p05": 0.05, "p50": 0.50, "p95": 0.95}


@dataclass(frozen=True)
class Row:
    """One municipality's plan, computed at its central values: Series (year), t CO2e."""

    code: str
    title: str
    demo: bool
    actions: int
    baseline: Series
    pathway: Series


@dataclass(frozen=True)
class Computed:
    """A whole programme: the plans, and what the draws say of each and of all together, in the same order."""

    rows: tuple[Row, ...]
    drawn: Programme


def run_programme(
    plans: Iterable[Plan], *, draws: int, seed: int, spread: Spread, sampling: str = Points.LATIN_HYPERCUBE
) -> Computed:
    """Compute plans and draw them, however the work is spread; of each plan only its row is kept.

    Raises
    ------
    InputError : draws or seed cannot be used, or a plan cannot be computed
    """
    from klimaplan.domain.errors import raise_errors
    from klimaplan.domain.inventory.account import total
    from klimaplan.domain.pathway.ensemble import draw_programme
    from klimaplan.domain.plan import evaluate, study_of
    from klimaplan.domain.uncertainty.sample import Sampling, check

    raise_errors(check((), draws=draws, seed=seed, study=(), method=sampling))
    rows: list[Row] = []

    def studies() -> Iterator[Study]:
        for plan in plans:
            outcome = evaluate(plan)
            baseline, pathway = total(outcome.baseline), total(outcome.pathway)
            rows.append(Row(plan.code, plan.title, plan.demo, len(plan.actions), baseline, pathway))
            yield study_of(outcome, draws=draws, seed=seed, sampling=Sampling(sampling))

    return Computed(drawn=draw_programme(studies(), spread=spread), rows=tuple(rows))


def programme(
    *,
    draws: Annotated[int, typer.Option(metavar="N", help="Draws of the uncertain numbers of each plan.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="S", help="Of the draws: the same seed gives the same figures.")] = 0,
    sampling: Annotated[Points, typer.Option(help=SAMPLING_HELP)] = Points.LATIN_HYPERCUBE,
    workers: Annotated[
        int | None, typer.Option(metavar="N", help="Processes; without it as many as there are processors.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Of a Dask cluster, as in tcp://10.0.0.5:8786.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Compute the invented plans of all municipalities: pathways, how sure they are, and the country as their sum.

    The figures are the same to the last bit however many processes or machines do the work.
    """
    from klimaplan.cli.answers import print_json
    from klimaplan.cli.plan_ground import ground
    from klimaplan.cli.spreading import spread
    from klimaplan.reference import demonstration

    outlook = ground().outlook
    plans = demonstration.plans(outlook, PLANS_SEED)
    with spread(workers, scheduler, municipalities=len(outlook.account.codes)) as spread_:
        computed = run_programme(plans, draws=draws, seed=seed, spread=spread_, sampling=sampling)
    if json:
        print_json(as_record(computed))
    else:
        _show(computed)


def as_record(computed: Computed) -> dict[str, object]:
    """The answer with stable keys; the country is the sum of the municipalities, draw by draw."""
    together, ensembles = computed.drawn.together, computed.drawn.ensembles
    first = ensembles[0] if ensembles else None
    return {
        "demo": any(row.demo for row in computed.rows),
        "unit": str(first.mean.unit) if first else None,
        "draws": first.draws if first else 0,
        "seed": first.seed if first else None,
        "sampling": str(first.sampling) if first else None,
        "together": {} if together is None else _drawn(together),
        "municipalities": [
            {
                "code": row.code,
                "title": row.title,
                "demo": row.demo,
                "actions": row.actions,
                "baseline": _by_year(row.baseline),
                "pathway": _by_year(row.pathway),
                **_drawn(ensemble),
                "probability_by_target": _chances(ensemble),
            }
            for row, ensemble in zip(computed.rows, ensembles, strict=True)
        ],
        "explanation": first.mean.provenance.as_record() if first else None,
    }


def _drawn(ensemble: Ensemble) -> dict[str, object]:
    return {
        "quantiles": {name: _by_year(ensemble.quantiles[share]) for name, share in SHARES.items()},
        "mean": _by_year(ensemble.mean),
    }


def _chances(ensemble: Ensemble) -> list[dict[str, object]]:
    from klimaplan.domain.pathway.target import sectors_of

    return [
        {
            "year": chance.limit.year,
            "sectors": sectors_of(chance.limit.scope),
            "allowed": chance.limit.allowed,
            "probability": chance.probability,
            "standard_error": chance.standard_error,
        }
        for chance in ensemble.chances
    ]


def _by_year(series: Series) -> Mapping[str, float | None]:
    from klimaplan.cli.answers import by_year

    return by_year(series)


def _show(computed: Computed) -> None:
    from klimaplan.cli.answers import explain, print_table, say, tonnes
    from klimaplan.domain import axes

    ensembles, together = computed.drawn.ensembles, computed.drawn.together
    if together is None:
        return
    last = together.mean.axis(axes.YEAR).labels[-1]
    rows = [
        [
            row.title, str(row.actions), tonnes(row.baseline.at(last)), tonnes(row.pathway.at(last)),
            *(tonnes(ensemble.quantiles[share].at(last)) for share in SHARES.values()), _chance(ensemble),
        ]
        for row, ensemble in zip(computed.rows, ensembles, strict=True)
    ]  # fmt: skip
    rows.append([
        say("alle tilsammen", "all together"), str(sum(row.actions for row in computed.rows)),
        tonnes(sum(row.baseline.at(last) for row in computed.rows)),
        tonnes(sum(row.pathway.at(last) for row in computed.rows)),
        *(tonnes(together.quantiles[share].at(last)) for share in SHARES.values()), "",
    ])  # fmt: skip
    print_table(
        say(f"Demo: {len(ensembles)} planer i {last}, t CO2e", f"Demo: {len(ensembles)} plans in {last}, t CO2e"),
        ["", say("tiltag", "actions"), say("uden planen", "without the plan"), say("med planen", "with the plan"),
         "5 %", "50 %", "95 %", say("første mål nået", "first target met")],
        rows,
        [explain(together.mean)],
    )  # fmt: skip


def _chance(ensemble: Ensemble) -> str:
    """The probability of the first target of all sectors."""
    from klimaplan.cli.answers import percent
    from klimaplan.domain.pathway.target import ALL_SECTORS

    chances = [chance for chance in ensemble.chances if chance.limit.scope == ALL_SECTORS]
    return percent(100.0 * chances[0].probability).lstrip("+") if chances else "–"
