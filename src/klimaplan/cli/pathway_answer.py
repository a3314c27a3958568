"""What `klimaplan pathway` answers: as a record for machines, as tables for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from klimaplan.cli.answers import (
    by_sector,
    by_year,
    explain,
    language,
    percent,
    print_table,
    records,
    say,
    sector_name,
    tonnes,
    tonnes_per_head,
)
from klimaplan.cli.targets import Goal
from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Sector, total
from klimaplan.domain.pathway.base_year import BaseYears, change_pct
from klimaplan.domain.pathway.gap import Gap, pct_of_base, reduction_needed
from klimaplan.domain.pathway.target import (
    ALL_SECTORS,
    BaseYear,
    IntensityTarget,
    LevelTarget,
    ReductionTarget,
    Target,
    common_base,
    sectors_of,
)
from klimaplan.domain.projection.baseline import Rule
from klimaplan.domain.series import Series
from klimaplan.domain.status.comparison import per_head

KINDS: Mapping[type[Target], str] = {ReductionTarget: "reduction", LevelTarget: "level", IntensityTarget: "intensity"}

RULES = {
    Rule.INDEX: Text("følger landets sektor i procent", "follows the national sector in percent"),
    Rule.PER_HEAD: Text("følger landets ændring pr. indbygger", "follows the national change per inhabitant"),
    Rule.HELD: Text("holdes på sin seneste værdi", "held at its last value"),
}


@dataclass(frozen=True)
class Answer:
    """What the command found out.

    Parameters
    ----------
    baseline : Series (sector, year), t CO2e
    rules : sector → the rule of the baseline
    inhabitants : Series (year), our own continuation of the municipality's population
    """

    municipality: Municipality
    baseline: Series
    rules: Mapping[Sector, Rule]
    inhabitants: Series
    follows_population: bool
    bases: BaseYears
    goals: Sequence[Goal]
    gap: Gap
    findings: Sequence[Finding]

    @property
    def path(self) -> Series | None:
        """The target path of all sectors together; None where the targets speak of some of them only."""
        return self.gap.path.get(ALL_SECTORS)

    @property
    def excess(self) -> Series | None:
        """The gap of all sectors together."""
        return self.gap.excess.get(ALL_SECTORS)

    @property
    def base(self) -> BaseYear | None:
        """The base year that all targets share."""
        return common_base(goal.target for goal in self.goals)

    @property
    def excess_pct(self) -> Series | None:
        """The gap in percent of the base year; None without one, or where it is zero or less."""
        return None if self.base is None or self.excess is None else pct_of_base(self.excess, self.base)

    @property
    def excess_per_head(self) -> Series | None:
        """The gap over the population of each year."""
        if self.excess is None:
            return None
        return per_head(self.excess, self.inhabitants.take(axes.YEAR, self.excess.axes[0].labels))


def as_record(answer: Answer) -> dict[str, object]:
    """The answer with stable keys; a series that does not exist is an empty object."""
    together, gap = total(answer.baseline), answer.gap
    explained = {
        "baseline": together,
        "path": answer.path,
        "gap": answer.excess,
        "gap_by_sector": gap.by_sector,
        "gap_pct_of_base": answer.excess_pct,
        "gap_per_head": answer.excess_per_head,
    }
    return {
        "municipality": {"code": answer.municipality.code, "name": answer.municipality.name},
        "baseline": by_year(together),
        "baseline_by_sector": by_sector(answer.baseline),
        "rules": {str(sector): str(rule) for sector, rule in answer.rules.items()},
        "follows_population": answer.follows_population,
        "targets": [_target_record(goal, answer.bases) for goal in answer.goals],
        "path": _by_year_or_empty(answer.path),
        "gap": _by_year_or_empty(answer.excess),
        "gap_by_sector": {} if gap.by_sector is None else by_sector(gap.by_sector),
        "gap_base_year": answer.base and answer.base.year,
        "gap_pct_of_base": _by_year_or_empty(answer.excess_pct),
        "gap_per_head": _by_year_or_empty(answer.excess_per_head),
        "by_target_sectors": {
            sectors_of(scope): {"path": by_year(gap.path[scope]), "gap": by_year(gap.excess[scope])}
            for scope in gap.path
            if scope != ALL_SECTORS
        },
        "unit": str(together.unit),
        "explanation": {name: found.provenance.as_record() for name, found in explained.items() if found is not None},
        "findings": records(answer.findings),
    }


def show(answer: Answer) -> None:
    """The answer as tables: the targets, the way to them, and the baseline by sector."""
    name = f"{answer.municipality.code} {answer.municipality.name}"
    _show_targets(answer, name)
    _show_way(answer, name)
    _show_sectors(answer, name)


def _by_year_or_empty(series: Series | None) -> dict[str, float | None]:
    return {} if series is None else by_year(series)


def _target_record(goal: Goal, bases: BaseYears) -> dict[str, object]:
    """A target with what must disappear from each year one may count from; what it does not speak of is null."""
    target = goal.target
    base = target.base if isinstance(target, ReductionTarget) else None
    intensity = target if isinstance(target, IntensityTarget) else None
    held_against = bases.of_interest(target)
    return {
        "year": target.year,
        "kind": KINDS[type(target)],
        "sectors": sectors_of(target.scope),
        "base_year": base and base.year,
        "base_tonnes": base and base.tonnes,
        "base_source": base and base.source,
        "reduction_pct": target.reduction_pct if isinstance(target, ReductionTarget) else None,
        "tonnes_per_inhabitant": intensity and intensity.tonnes_per_inhabitant,
        "inhabitants": intensity and intensity.inhabitants,
        "allowed": target.allowed,
        "needed_from": {str(each.year): reduction_needed(target, each) for each in held_against},
        "change_since_base_pct": {str(each.year): base and change_pct(base, each) for each in held_against},
        "source": goal.source,
    }


def _show_targets(answer: Answer, name: str) -> None:
    print_table(
        f"{name}: " + say("mål, t CO2e", "targets, t CO2e"),
        [
            say("mål", "target"), say("sektorer", "sectors"), say("ændring", "change"),
            say("basisår", "base year"), say("tilladt", "allowed"),
            say("mangler (ændring siden basisår)", "needed (change since base year)"), say("kilde", "source"),
        ],
        [_target_row(goal, answer.bases) for goal in answer.goals],
        words=(0, 1, 3, 5, 6),
    )  # fmt: skip


def _target_row(goal: Goal, bases: BaseYears) -> list[str]:
    target = goal.target
    change, base = "–", "–"
    if isinstance(target, ReductionTarget):
        change = percent(-target.reduction_pct)
        base = f"{target.base.year}: {tonnes(target.base.tonnes)} ({target.base.source})"
    return [
        str(target.year),
        sector_name(sectors_of(target.scope)),
        change,
        base,
        tonnes(target.allowed),
        " · ".join(_since(target, each) for each in bases.of_interest(target)),
        goal.source,
    ]


def _since(target: Target, observed: BaseYear) -> str:
    needed = say(f"fra {observed.year}: ", f"from {observed.year}: ") + tonnes(reduction_needed(target, observed))
    if not isinstance(target, ReductionTarget) or observed.year == target.base.year:
        return needed
    return f"{needed} ({percent(change_pct(target.base, observed))})"


def _show_way(answer: Answer, name: str) -> None:
    together = total(answer.baseline)
    columns = (answer.path, answer.excess, answer.excess_pct, answer.excess_per_head)
    writers = (tonnes, tonnes, percent, tonnes_per_head)
    of_base = f" {answer.base.year}" if answer.base else ""
    print_table(
        f"{name}: " + say("basisfremskrivning, reduktionssti og manko", "baseline, target path and gap"),
        [
            say("år", "year"), say("basisfremskrivning, t", "baseline, t"), say("reduktionssti, t", "target path, t"),
            say("manko, t", "gap, t"), say("manko, % af basisår", "gap, % of base year") + of_base,
            say("manko, t pr. indbygger", "gap, t per inhabitant"),
        ],
        [
            [
                str(year),
                tonnes(together.at(year)),
                *(write(_at_or_none(series, year)) for series, write in zip(columns, writers, strict=True)),
            ]
            for year in _shown_years(answer)
        ],
        [explain(answer.excess or together)],
    )  # fmt: skip


def _show_sectors(answer: Answer, name: str) -> None:
    years = _shown_years(answer)
    print_table(
        f"{name}: " + say("basisfremskrivning efter sektor, t CO2e", "baseline by sector, t CO2e"),
        ["", *map(str, years), say("regel", "rule")],
        [
            [
                sector_name(sector),
                *(tonnes(answer.baseline.at(sector, year)) for year in years),
                RULES[rule].read(language()),
            ]
            for sector, rule in answer.rules.items()
        ],
        [explain(answer.baseline), *(finding.message(language()) for finding in answer.findings)],
        words=(0, len(years) + 1),
    )


def _shown_years(answer: Answer) -> list[int]:
    """The first year, every fifth, and the years of the targets."""
    years = [int(str(year)) for year in answer.baseline.axis(axes.YEAR).labels]
    aimed_at = {goal.target.year for goal in answer.goals}
    return [year for year in years if year == years[0] or year % 5 == 0 or year in aimed_at]


def _at_or_none(series: Series | None, year: int) -> float | None:
    return None if series is None else by_year(series).get(str(year))
