"""What `klimaplan plan evaluate` answers, as tables for people."""

from __future__ import annotations

from klimaplan.cli import plan_costs, plan_interval, plan_known
from klimaplan.cli.answers import explain, language, percent, print_table, say, sector_name, tonnes
from klimaplan.cli.plan_answer import SIGN, Answer, notable_years
from klimaplan.domain import axes
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.budget import Summing
from klimaplan.domain.pathway.residual import Reason
from klimaplan.domain.series import Series

REASONS = {
    Reason.NO_ACTION: Text("intet tiltag", "no action"),
    Reason.PARTLY: Text("delvist løst", "partly solved"),
    Reason.ADDED_BY_ACTIONS: Text("kommet til ved tiltag", "added by actions"),
    Reason.UPTAKE: Text("optag", "uptake"),
}
SUMMINGS = {
    Summing.ANNUAL: Text("hele år lagt sammen", "whole years added"),
    Summing.TRAPEZOID: Text("arealet under linjen", "area under the line"),
}
MOST_STREAMS = 15


def show(answer: Answer) -> None:
    """The way to the targets, what every action does, what is left, and the budget."""
    plan = answer.outcome.plan
    name = f"{answer.municipality.name}: {plan.title}"
    if plan.demo and not plan.title.startswith("Demo"):
        name = f"Demo · {name}"
    years = notable_years(answer.years, (target.year for target in plan.targets))
    _show_way(answer, name, years)
    _show_effects(answer, name, years)
    _show_sectors(answer, name, years)
    _show_residual(answer, name)
    if answer.measured:
        plan_known.show(answer.measured, name)
    if answer.costs is not None:
        plan_costs.show(answer.costs, name)
    if answer.interval is not None:
        plan_interval.show(answer.interval, name)
    _show_budget(answer, name)
    if answer.sensitivity:
        _show_sensitivity(answer, name)


def _show_way(answer: Answer, name: str, years: list[int]) -> None:
    drawn = answer.quantiles
    header = [
        say("år", "year"), say("uden planen, t", "without the plan, t"), say("med planen, t", "with the plan, t"),
        say("reduktionssti, t", "target path, t"), say("manko, t", "gap, t"),
    ]  # fmt: skip
    if drawn:
        header += ["5 %", "50 %", "95 %", say("mål nået", "target met")]
    rows = []
    for year in years:
        row = [str(year), tonnes(answer.baseline.at(year)), tonnes(answer.pathway.at(year))]
        row += [_at(answer.path, year), _at(answer.excess, year)]
        if drawn:
            chance = answer.probability.get(year)
            row += [tonnes(series.at(year)) for series in drawn.values()]
            row.append("–" if chance is None else percent(100.0 * chance).lstrip("+"))
        rows.append(row)
    notes = [explain(answer.pathway)]
    if answer.ensemble is not None:
        notes.append(
            say(
                f"{answer.ensemble.draws} udtræk ({answer.ensemble.sampling}), frø {answer.seed}",
                f"{answer.ensemble.draws} draws ({answer.ensemble.sampling}), seed {answer.seed}",
            )
        )
    print_table(f"{name}: " + say("med og uden planen", "with and without the plan"), header, rows, notes)


def _show_effects(answer: Answer, name: str, years: list[int]) -> None:
    effects = answer.outcome.effects.by_action
    at = years[-1] if not answer.outcome.plan.targets else min(target.year for target in answer.outcome.plan.targets)
    rows = [
        [
            action.key,
            action.title + (say(" (faste ton)", " (fixed tonnes)") if action.is_last_resort else ""),
            *(tonnes(effects.at(action.key, year)) for year in years),
            tonnes(answer.first_in.at(action.key, at)),
            tonnes(answer.last_in.at(action.key, at)),
        ]
        for action in answer.outcome.plan.actions
    ]
    joint, overlap = effects.sum(axes.ACTION), answer.outcome.overlap
    rows.append(["", say("i alt", "together"), *(tonnes(joint.at(year)) for year in years), "", ""])
    rows.append(["", say("overlap", "overlap"), *(tonnes(overlap.at(year)) for year in years), "", ""])
    print_table(
        f"{name}: " + say("virkning pr. tiltag, t CO2e om året", "effect of each action, t CO2e a year"),
        [
            "", say("tiltag", "action"), *map(str, years),
            say(f"alene {at}", f"alone {at}"), say(f"oven i de andre {at}", f"on top of the others {at}"),
        ],
        rows,
        [SIGN.read(language()), explain(effects)],
        words=(0, 1),
    )  # fmt: skip


def _show_sectors(answer: Answer, name: str, years: list[int]) -> None:
    pathway = answer.outcome.pathway
    print_table(
        f"{name}: " + say("med planen efter sektor, t CO2e", "with the plan by sector, t CO2e"),
        ["", *map(str, years)],
        [[sector_name(sector), *(tonnes(pathway.at(sector, year)) for year in years)] for sector in Sector],
        [explain(pathway)],
    )


def _show_residual(answer: Answer, name: str) -> None:
    left = answer.outcome.residual
    shown = left.remainders if len(left.remainders) <= MOST_STREAMS else left.remainders[:MOST_STREAMS]
    estimated = say("skønnet", "estimated")
    rows = [
        [
            each.name.read(language()), tonnes(each.tonnes), tonnes(each.baseline),
            REASONS[each.reason].read(language()), each.solver.read(language()), estimated if each.estimated else "",
        ]
        for each in shown
    ]  # fmt: skip
    notes = [
        say(f"Udledt {tonnes(left.emitted)} t, optaget {tonnes(left.taken_up)} t, netto {tonnes(left.net)} t.",
            f"Emitted {tonnes(left.emitted)} t, taken up {tonnes(left.taken_up)} t, net {tonnes(left.net)} t."),
    ]  # fmt: skip
    if len(shown) < len(left.remainders):
        more = len(left.remainders) - len(shown)
        notes.append(say(f"{more} mindre strømme er ikke vist.", f"{more} smaller streams are not shown."))
    print_table(
        f"{name}: " + say(f"restudledning {left.year}, t CO2e", f"residual {left.year}, t CO2e"),
        [
            say("strøm", "stream"), say("med planen", "with the plan"), say("uden planen", "without the plan"),
            say("hvorfor", "why"), say("hvem kan løse den", "who could solve it"), "",
        ],
        rows,
        notes,
        words=(0, 3, 4, 5),
    )  # fmt: skip


def _show_budget(answer: Answer, name: str) -> None:
    columns = (answer.baseline, answer.pathway, answer.path)
    print_table(
        f"{name}: " + say("samlet udledning, t CO2e", "cumulative emissions, t CO2e"),
        [
            say("år", "years"), say("metode", "method"), say("uden planen", "without the plan"),
            say("med planen", "with the plan"), say("reduktionssti", "target path"),
        ],
        [
            [
                f"{first}–{last}", SUMMINGS[summing].read(language()),
                *(tonnes(answer.budget_of(series, summing, first, last)) for series in columns),
            ]
            for summing, first, last in answer.budgets
        ],
        [finding.message(language()) for finding in answer.findings],
        words=(0, 1),
    )  # fmt: skip


def _show_sensitivity(answer: Answer, name: str) -> None:
    for year, found in (answer.sensitivity or {}).items():
        print_table(
            f"{name}: " + say(f"hvilke forudsætninger betyder mest i {year}", f"which assumptions matter in {year}"),
            [say("forudsætning", "assumption"), say("alene", "alone"), say("i alt", "in total")],
            [
                [each, *(percent(100.0 * share) for share in (found.indices[each].first, found.indices[each].total))]
                for each in found.ranked()
            ],
        )


def _at(series: Series | None, year: int) -> str:
    if series is None or year not in {int(str(each)) for each in series.axis(axes.YEAR).labels}:
        return "–"
    return tonnes(series.at(year))
