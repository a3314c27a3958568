"""`klimaplan plan`: begin, check, evaluate and compare plan files (TOML, JSON, XLSX)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klimaplan.cli import programme
from klimaplan.cli.plan_options import SAMPLING_HELP, Points, SeenFrom, Wish
from klimaplan.domain.errors import Finding, InputError, Text, raise_errors

if TYPE_CHECKING:  # what reads plan files takes a while to import, and only these commands need it
    from klimaplan.cli.plan_answer import Answer
    from klimaplan.domain.uncertainty.sensitivity import Sensitivity
    from klimaplan.sources.plan_files import Ground, PlanFile

EXIT_BAD_INPUT = 2

app = typer.Typer(name="plan", help="Begin, check, evaluate and compare plan files (TOML, JSON, XLSX).")

FILE = typer.Argument(help="The plan file: .toml, .json or .xlsx.")
JSON = typer.Option("--json", help="Answer as JSON.")
OUT = typer.Option(metavar="FILE", help="Where to write: .toml, .json or .xlsx. Never over a file that is there.")


class Tongue(StrEnum):
    """The language of a workbook."""

    DA = "da"
    EN = "en"


@app.command("new")
def new(
    code: Annotated[str | None, typer.Argument(help="The municipality: code (167, 0167) or name.")] = None,
    *,
    out: Annotated[Path | None, OUT] = None,
) -> None:
    """Begin a plan: a file with the published targets and the streams of the municipality."""
    from klimaplan.cli import plan_skeleton
    from klimaplan.cli.plan_ground import ground
    from klimaplan.domain.plan import set_out
    from klimaplan.reference import load

    against = ground()
    municipality = None if code is None else load.find_municipality(code)
    begun = plan_skeleton.skeleton(municipality, against)
    if out is not None and out.suffix.lower() != ".toml":
        _write(out, begun, against, None)
        return
    table = None
    if municipality is not None:
        table = set_out(against.outlook, against.national, municipality.code, supply={}).table
    _put(out, plan_skeleton.as_toml(begun, table).encode())


@app.command("check")
def check(path: Annotated[Path, FILE], *, json: Annotated[bool, JSON] = False) -> None:
    """Name everything that is wrong with a plan file, each with its place; nothing is computed."""
    from klimaplan.cli.answers import language, print_json, records, say
    from klimaplan.cli.plan_ground import ground, has_errors
    from klimaplan.sources.plan_files import read_plan_file

    read = read_plan_file(path, ground())
    failed = has_errors(read)
    if json:
        print_json({
            "file": path.name,
            "usable": not failed,
            "actions": None if read.plan is None else len(read.plan.actions),
            "targets": None if read.plan is None else len(read.plan.targets),
            "findings": records(read.findings),
        })  # fmt: skip
        if failed:
            raise typer.Exit(EXIT_BAD_INPUT)
        return
    if failed or read.plan is None:
        raise InputError(read.findings)
    for finding in read.findings:
        typer.echo(finding.message(language()))
    actions, targets = len(read.plan.actions), len(read.plan.targets)
    typer.echo(
        say(f"{path.name}: {actions} tiltag og {targets} mål; planen kan beregnes.",
            f"{path.name}: {actions} actions and {targets} targets; the plan can be computed.")
    )  # fmt: skip


@app.command("evaluate")
def evaluate(
    path: Annotated[Path, FILE],
    *,
    draws: Annotated[
        int | None, typer.Option(metavar="N", help="Draws of the uncertain numbers; without it none.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Of the draws: the same seed gives the same figures.")] = 0,
    sampling: Annotated[
        Points | None, typer.Option(help=f"{SAMPLING_HELP} Without it latin-hypercube; needs --draws.")
    ] = None,
    sensitivity: Annotated[
        bool, typer.Option("--sensitivity", help="Also which assumptions matter; needs --draws.")
    ] = False,
    perspective: Annotated[
        SeenFrom | None, typer.Option(help="Who looks at the costs; without it costs are left out.")
    ] = None,
    discount_rate: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT", help="Real, a year, e.g. 3.5; without it that of the perspective, if it has one."
        ),
    ] = None,
    cost_year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", help="Of cost per tonne and cost curve; without it the first target year."),
    ] = None,
    cost_until: Annotated[
        int | None,
        typer.Option(metavar="YEAR", help="Also what a tonne costs over all years of the plan to this one."),
    ] = None,
    value_of_co2: Annotated[
        bool, typer.Option("--value-of-co2", help="Let net benefits count the value of CO2 (SØB25).")
    ] = False,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Compute a plan: pathway, effect of each action, overlap, gap, residual, budget, and costs where asked for.

    Effects are negative where they lessen emissions, and add up to pathway minus baseline.
    """
    from klimaplan.cli import plan_answer, plan_tables
    from klimaplan.cli.answers import print_json
    from klimaplan.cli.plan_costs import perspective_of
    from klimaplan.cli.plan_ground import ground

    wish = Wish(perspective, discount_rate, cost_year, value_of_co2, cost_until)
    faults = [_needs_draws()] if sensitivity and draws is None else []
    faults += [_nothing_to_spread()] if sampling is not None and draws is None else []
    try:
        perspective_of(wish)
    except InputError as refused:
        faults += refused.findings
    raise_errors(faults)
    against = ground()
    _file, answer = _evaluated(path, against, draws=draws, seed=seed, sampling=sampling, sensitivity=sensitivity)
    answer = _completed(answer, path, against, wish)
    if json:
        print_json(plan_answer.as_record(answer))
    else:
        plan_tables.show(answer)


@app.command("compare")
def compare(
    first: Annotated[Path, FILE], second: Annotated[Path, FILE], *, json: Annotated[bool, JSON] = False
) -> None:
    """Say what differs between two plan files: pathways, effects by key, targets, and every field in words."""
    from klimaplan.cli import plan_comparison
    from klimaplan.cli.answers import print_json
    from klimaplan.cli.plan_comparison import Side
    from klimaplan.cli.plan_ground import ground

    against = ground()
    faults: list[Finding] = []
    sides = []
    for path in (first, second):
        try:
            sides.append(Side(path, *_evaluated(path, against)))
        except InputError as refused:
            faults += refused.findings
    if faults:
        raise InputError(faults)
    if json:
        print_json(plan_comparison.as_record(*sides))
    else:
        plan_comparison.show(*sides)


@app.command("assess")
def assess(
    path: Annotated[Path, FILE],
    *,
    criteria_set: Annotated[
        str | None,
        typer.Option("--set", metavar="SET", help="cctf-2024-dk, capf-2020 …; without it the one in force on the day."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="Day on which ages are counted; today without it.")
    ] = None,
    json: Annotated[bool, JSON] = False,
) -> None:
    """Hold a plan against the criteria of certification: what is met, what lacks something, what people judge.

    What a plan file has no place for (stakeholders, hazards, adoption …) is left to a person, with the reason.
    """
    from klimaplan.cli.plan_assess import answer

    answer(str(path), criteria_set, on, json=json)


@app.command("template")
def template(
    *,
    out: Annotated[Path, OUT] = Path("plan.xlsx"),
    language: Annotated[Tongue | None, typer.Option(help="Of the workbook; without it the reader's own.")] = None,
    municipality: Annotated[
        str | None, typer.Option(metavar="CODE", help="Its streams and targets are put in.")
    ] = None,
    source: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help="Fill in a plan file, in any of the three forms.")
    ] = None,
) -> None:
    """Write the workbook that a coordinator fills in, empty or filled in from another plan file."""
    from klimaplan.cli.plan_ground import ground
    from klimaplan.cli.plan_skeleton import skeleton
    from klimaplan.reference import load
    from klimaplan.sources.plan_files import read_shape

    against = ground()
    if source is not None:
        parts, findings = read_shape(source.read_bytes(), source.name)
        if findings:
            raise InputError(findings)
        _write(out, parts.file, against, language)
        return
    found = None if municipality is None else load.find_municipality(municipality)
    _write(out, skeleton(found, against), against, language)


@app.command("schema")
def schema(*, out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to write.")] = None) -> None:
    """Print the JSON Schema of plan files."""
    from klimaplan.sources.plan_files.schema import schema_text

    _put(out, schema_text().encode())


app.command("programme")(programme.programme)


def _evaluated(
    path: Path,
    against: Ground,
    *,
    draws: int | None = None,
    seed: int = 0,
    sampling: Points | None = None,
    sensitivity: bool = False,
) -> tuple[PlanFile, Answer]:
    from klimaplan.cli.plan_answer import Answer
    from klimaplan.cli.plan_ground import read_usable
    from klimaplan.cli.plan_progress import bar
    from klimaplan.domain import plan as domain
    from klimaplan.domain.pathway.ensemble import assumptions_that_matter, draw
    from klimaplan.domain.uncertainty.sample import Sampling
    from klimaplan.reference import load

    read, plan, file = read_usable(path, against)
    outcome = domain.evaluate(plan)
    ensemble = None
    matters: dict[int, Sensitivity] = {}
    if draws is not None:
        spread = Sampling(sampling or Sampling.LATIN_HYPERCUBE)
        study = domain.study_of(outcome, draws=draws, seed=seed, sampling=spread)
        years = sorted({target.year for target in plan.targets}) or [outcome.residual.year]
        with bar(1 + len(years) if sensitivity else 1) as done:
            ensemble = draw(study)
            for year in years if sensitivity else ():
                done()
                matters[year] = assumptions_that_matter(study, year=year)
    municipality = load.find_municipality(plan.code)
    return file, Answer(municipality, outcome, read.findings, seed, ensemble, matters)


def _completed(answer: Answer, path: Path, against: Ground, wish: Wish) -> Answer:
    """The answer with what only `evaluate` says: costs, the test of the 2030 target, planned and measured."""
    from klimaplan.cli import plan_interval, plan_known
    from klimaplan.cli.plan_costs import costing

    costs = costing(answer.outcome, wish)
    measured, found = plan_known.measured(answer.outcome, path.name)
    return replace(
        answer,
        findings=(*answer.findings, *found, *(costs.costs.findings if costs else ())),
        costs=costs,
        interval=plan_interval.hold(answer.outcome.plan, against),
        measured=measured,
    )


def _write(out: Path, file: PlanFile, against: Ground, language: Tongue | None) -> None:
    from klimaplan.cli import answers
    from klimaplan.domain.plan import set_out
    from klimaplan.reference import load
    from klimaplan.sources.plan_files.writing import to_json, to_toml
    from klimaplan.web.plans.exchange.book import write_book

    match out.suffix.lower():
        case ".xlsx":
            streams = against.national.streams
            if file.plan.municipality:
                code = load.find_municipality(file.plan.municipality).code
                streams = set_out(against.outlook, against.national, code, supply={}).table.streams
            tongue = answers.language() if language is None else language.value
            _put(out, write_book(file, streams, load.measures(), tongue))
        case ".json":
            _put(out, to_json(file).encode())
        case ".toml":
            _put(out, to_toml(file).encode())
        case _:
            raise InputError(_kind_unknown(out))


def _put(out: Path | None, content: bytes) -> None:
    """Write a new file, or to standard output."""
    import sys

    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    try:
        with out.open("xb") as file:
            file.write(content)
    except FileExistsError as there:
        raise InputError(_file_there(out)) from there


def _kind_unknown(out: Path) -> Finding:
    return Finding(
        "file-kind-unknown", str(out),
        Text("Filens art kan ikke ses af navnet.", "The name does not say what kind of file it is."),
        Text("", ""),
        Text("Kald den .xlsx, .toml eller .json.", "Call it .xlsx, .toml or .json."),
    )  # fmt: skip


def _file_there(out: Path) -> Finding:
    return Finding(
        "file-exists", str(out),
        Text("Filen findes allerede.", "The file is there already."),
        Text("Den er ikke rørt.", "It was not touched."),
        Text("Vælg et andet navn.", "Choose another name."),
    )  # fmt: skip


def _needs_draws() -> Finding:
    return Finding(
        "sensitivity-without-draws", "--sensitivity",
        Text("Følsomheden beregnes af udtræk.", "Sensitivities are computed from draws."),
        Text("", ""),
        Text("Angiv også --draws, for eksempel 1024.", "Also give --draws, for example 1024."),
    )  # fmt: skip


def _nothing_to_spread() -> Finding:
    return Finding(
        "sampling-without-draws", "--sampling",
        Text("Uden udtræk er der ingen punkter at sprede.", "Without draws there are no points to spread."),
        Text("", ""),
        Text("Angiv også --draws, for eksempel 1024.", "Also give --draws, for example 1024."),
    )  # fmt: skip
