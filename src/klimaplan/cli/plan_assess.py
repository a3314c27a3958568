"""`klimaplan plan assess`: a plan file held against a set of criteria; what a file cannot hold is left to a person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import typer

from klimaplan.cli.answers import language, print_json, print_table, records, say
from klimaplan.cli.plan_ground import ground, usable
from klimaplan.domain import axes
from klimaplan.domain import plan as domain
from klimaplan.domain.actions.lever import Lever, Units
from klimaplan.domain.assessment.assess import Assessed, Assessment, assess
from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.assessment.evidence import Course, Evidence
from klimaplan.domain.assessment.result import Verdict
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import total
from klimaplan.domain.pathway.target import ALL_SECTORS
from klimaplan.domain.plan import Outcome
from klimaplan.domain.series import Series
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground, PlanFile, read_plan_file
from klimaplan.web.certification.assessing.account import account_of, is_c40_member
from klimaplan.web.certification.assessing.gathering import Surroundings, from_file, parts_of_file

VERDICTS = {
    Verdict.MET: ("opfyldt", "met"), Verdict.PARTIAL: ("delvist", "partly"),
    Verdict.NOT_MET: ("ikke opfyldt", "not met"), Verdict.NEEDS_PERSON: ("et menneske", "a person"),
    Verdict.NOT_APPLICABLE: ("gælder ikke", "does not apply"),
}  # fmt: skip


def held_file(
    path: Path, against: Ground, criteria_set: CriteriaSet, on: date
) -> tuple[Assessment, tuple[Finding, ...]]:
    """What the rules say of a plan file on a day, and what is to be said of the file.

    Raises
    ------
    InputError : the file cannot be read as a plan at all
    """
    read = read_plan_file(path, against)
    plan, file = usable(read)
    outcome = domain.evaluate(plan)
    return assess(criteria_set, _evidence(file, outcome, against, on)), read.findings


def as_record(found: Assessment, findings: tuple[Finding, ...], name: str, on: date) -> dict[str, object]:
    """Stable keys; every text in both languages."""
    chosen = found.criteria_set
    return {
        "plan": name,
        "on": on.isoformat(),
        "set": chosen.slug,
        "official": chosen.official,
        "reservation": {"da": chosen.reservation.da, "en": chosen.reservation.en},
        "summary": {
            "overall": None if found.overall is None else str(found.overall),
            "counts": {str(verdict): number for verdict, number in found.counts.items()},
        },
        "criteria": [_row(row) for row in found.rows],
        "findings": records(findings),
    }


def _row(row: Assessed) -> dict[str, object]:
    criterion, result = row.criterion, row.result
    return {
        "id": criterion.id,
        "criterion": {"da": criterion.wording.da, "en": criterion.wording.en},
        "essential": criterion.is_essential,
        "rule": criterion.rule or None,
        "result": str(result.verdict),
        "counted_as": str(row.counted_as),
        "finding": {"da": result.why.da, "en": result.why.en},
        "remedy": {"da": result.remedy.da, "en": result.remedy.en},
        "evidence": [
            {
                "kind": each.at.kind, "key": each.at.key, "field": each.at.field or None,
                "label": {"da": each.label.da, "en": each.label.en},
                "lacks": [{"da": what.da, "en": what.en} for what in each.lacks],
            }
            for each in result.seen
        ],
    }  # fmt: skip


def show(found: Assessment, name: str, on: date) -> None:
    chosen = found.criteria_set
    print_table(
        f"{name}: {chosen.name.read(language())}, {on}",
        ["", say("svar", "answer"), say("hvorfor", "why"), say("hvad nu", "what now")],
        [
            [row.criterion.id, say(*VERDICTS[row.counted_as]), row.result.why.read(language()),
             row.result.remedy.read(language())]
            for row in found.rows
        ],
        [] if chosen.official else [chosen.reservation.read(language())],
        words=(0, 1, 2, 3),
    )  # fmt: skip
    counted = ", ".join(f"{say(*VERDICTS[verdict])} {number}" for verdict, number in found.counts.items() if number)
    if found.overall is not None:
        typer.echo(say("Samlet: ", "Overall: ") + f"{say(*VERDICTS[found.overall])} ({counted})")


def answer(what: str, slug: str | None, on: str | None, *, json: bool) -> None:
    """Read a plan file, or the plan of a municipality that is stored here, hold it and print.

    Parameters
    ----------
    what : path of a file, or code or name of a municipality
    slug : of a set, or how its name begins; None for the one in force on the day
    """
    day = _day(on)
    criteria_set = load.set_in_force(day) if slug is None else _set(slug)
    path = Path(what)
    if path.suffix.lower() in (".toml", ".json", ".xlsx") or path.is_file():
        found, findings = held_file(path, ground(), criteria_set, day)
        name = path.name
    else:
        municipality = load.find_municipality(what)
        found, findings = _held_stored(municipality.code, criteria_set, day), ()
        name = municipality.name
    if json:
        print_json(as_record(found, findings, name, day))
    else:
        show(found, name, day)


def _set(slug: str) -> CriteriaSet:
    """By its slug, or by the beginning of it where that is one set only: ``CCTF-2024``."""
    begun = [each for each in load.criteria_sets() if each.startswith(slug.lower())]
    return load.criteria_set(begun[0] if len(begun) == 1 else slug)


def _held_stored(code: str, criteria_set: CriteriaSet, on: date) -> Assessment:
    from klimaplan.cli.figures import database

    with database():
        from klimaplan.web.certification.assessing.bridge import assessment
        from klimaplan.web.plans.models import Plan

        plans = Plan.objects.filter(organisation__code=code, organisation__kind="municipality", variant_of=None)
        plan = plans.order_by("demo", "pk").first()
        if plan is None:
            raise InputError(_no_plan(code))
        return assessment(plan, criteria_set, on)


def _evidence(file: PlanFile, outcome: Outcome, against: Ground, on: date) -> Evidence:
    inventory, weighing = account_of(against, outcome.plan.code)
    sector_of = {stream.ref: str(stream.sector) for stream in against.national.streams}
    around = Surroundings(
        inventory=inventory,
        weighing=weighing,
        course=_course(outcome),
        c40_member=is_c40_member(outcome.plan.code),
        sectors={
            action.key: frozenset(
                sector_of[ref] for lever in action.levers for ref in map(_ref, _streams(lever)) if ref in sector_of
            )
            for action in outcome.plan.actions
        },
    )
    return from_file(list(parts_of_file(file.model_dump(exclude_defaults=True))), around, on)


def _streams(lever: Lever) -> list[str]:
    return [effect.stream for effect in lever.effects] if isinstance(lever, Units) else [lever.stream]


def _ref(stream: str) -> str:
    return stream.partition("/")[0]


def _course(outcome: Outcome) -> Course:
    manko = outcome.manko
    overall = {} if manko is None else manko.milestones.get(ALL_SECTORS, {})
    return Course(
        baseline=_by_year(total(outcome.baseline)),
        pathway=_by_year(total(outcome.pathway)),
        allowed=dict(overall),
        manko=_by_year(manko.excess[ALL_SECTORS]) if manko is not None and overall else None,
        effects={
            action.key: _by_year(outcome.effects.by_action.select(action=action.key)) for action in outcome.plan.actions
        },
        residual_year=outcome.residual.year,
    )


def _by_year(series: Series) -> dict[int, float]:
    years = series.axis(axes.YEAR).labels
    return {int(str(year)): series.at(year) for year in years if (year,) not in series.missing}


def _day(on: str | None) -> date:
    """The day that is asked for, or today."""
    if on is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(on)
    except ValueError as wrong:
        raise InputError(_no_day(on)) from wrong


def _no_day(given: str) -> Finding:
    return Finding(
        "not-a-day", "--on",
        Text(f"»{given}« er ingen dato.", f"“{given}” is no day."),
        Text("", ""),
        Text("Skriv den som 2026-11-24.", "Write it as 2026-11-24."),
    )  # fmt: skip


def _no_plan(code: str) -> Finding:
    return Finding(
        "no-plan-stored", code,
        Text("Kommunen har ingen plan her.", "The municipality has no plan here."),
        Text("", ""),
        Text("Opret en i arbejdsrummet, eller angiv en planfil.", "Begin one in the workspace, or name a plan file."),
    )  # fmt: skip
