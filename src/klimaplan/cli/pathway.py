"""`klimaplan pathway`: where one municipality is heading, what its targets allow, and what is left to be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from klimaplan.cli import targets
from klimaplan.cli.answers import print_json
from klimaplan.cli.figures import current_account
from klimaplan.cli.pathway_answer import Answer, as_record, show
from klimaplan.cli.targets import Goal
from klimaplan.domain.errors import Finding, InputError, raise_errors
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Account, Sector, check, of_group
from klimaplan.domain.pathway.base_year import BaseYears
from klimaplan.domain.pathway.gap import check_gap, measure_gap
from klimaplan.domain.pathway.target import LAST_YEAR
from klimaplan.domain.projection.baseline import project_baseline
from klimaplan.domain.projection.drivers import population_trend
from klimaplan.reference import load


def pathway(
    code: Annotated[str, typer.Argument(help="The municipality: code (167, 0167) or name.")],
    *,
    base: Annotated[
        list[str] | None,
        typer.Option(metavar=targets.BASE.form, help="What was emitted in a base year, e.g. 1990=342088. Repeatable."),
    ] = None,
    base_source: Annotated[str | None, typer.Option(help="Where the figures of --base stand.")] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar=targets.TARGET.form,
            help="A reduction, e.g. 2030=70@1990 or 2030/other=70 (all sectors but agriculture). It counts from the "
            "earliest --base, else from the account's first year. Repeatable.",
        ),
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(metavar=targets.LEVEL.form, help="A fixed level, e.g. 2050=0. Repeatable."),
    ] = None,
    intensity: Annotated[
        list[str] | None,
        typer.Option(metavar=targets.INTENSITY.form, help="Tonnes per inhabitant, e.g. 2030=1.5@40000. Repeatable."),
    ] = None,
    population: Annotated[
        bool, typer.Option("--population", help="Let the baseline follow the local population.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Baseline, target path and gap of one municipality; without target options those it has published."""
    account = current_account()
    findings: list[Finding] = []
    found = targets.collect([code], load.find_municipality, findings)
    stated = targets.read_bases(base or [], base_source, findings)
    written = targets.read_targets(target or [], level or [], intensity or [], findings)
    if not found:
        raise InputError(findings)
    [municipality] = found
    bases = BaseYears(stated, of_group(account.emissions, [municipality.code]))
    findings += bases.check()
    if target or level or intensity:
        goals = targets.from_options(written, bases, findings)
    else:
        goals = targets.from_published(_published(municipality), bases, findings)
    findings += targets.check_goals(bases, goals, after=account.last_year)
    raise_errors(findings)
    findings += bases.check_editions(goal.target for goal in goals)
    answer = _answer(municipality, account, bases, goals, findings, population=population)
    if json:
        print_json(as_record(answer))
    else:
        show(answer)


def _published(municipality: Municipality) -> list[load.PublishedTarget]:
    return [row for row in load.municipal_targets() if row.municipality == municipality.code]


def _answer(
    municipality: Municipality,
    account: Account,
    bases: BaseYears,
    goals: Sequence[Goal],
    findings: Sequence[Finding],
    *,
    population: bool,
) -> Answer:
    ahead = population_trend(account.population, until=LAST_YEAR)
    projected = project_baseline(
        account, load.national_projection(), until=LAST_YEAR, population=ahead if population else None
    )
    baseline = of_group(projected.emissions, [municipality.code])
    gap = measure_gap(baseline, [goal.target for goal in goals])
    own = [finding for finding in check(account) if finding.place.startswith(f"{municipality.code}/")]
    return Answer(
        municipality=municipality,
        baseline=baseline,
        rules={sector: projected.rules[municipality.code, sector] for sector in Sector},
        inhabitants=ahead.select(municipality=municipality.code),
        follows_population=population,
        bases=bases,
        goals=goals,
        gap=gap,
        findings=(*findings, *own, *check_gap(gap)),
    )
