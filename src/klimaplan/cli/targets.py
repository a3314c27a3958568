"""Targets and base years as they are written on the command line. Every fault of every option is collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Severity, Text
from klimaplan.domain.pathway.base_year import BaseYears
from klimaplan.domain.pathway.target import (
    BaseYear,
    IntensityTarget,
    LevelTarget,
    ReductionTarget,
    Scope,
    Target,
    require_valid,
    scope_of,
    sectors_of,
    target_of,
)
from klimaplan.reference.load import PublishedTarget

COMMAND_LINE = "command line"
"""Source of a figure that was given as an option without naming another."""

_T = TypeVar("_T")
_R = TypeVar("_R")
_WHERE = r"(?P<year>\d{4})(?:/(?P<sectors>[^=]*))?"
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Syntax:
    """How the value of an option is written."""

    option: str
    pattern: re.Pattern[str]
    form: str
    example: str


BASE = Syntax("--base", re.compile(_WHERE + "=(?P<tonnes>[^@=]+)"), "YEAR[/SECTOR]=TONNES", "1990=342088")
TARGET = Syntax(
    "--target",
    re.compile(_WHERE + r"=(?P<percent>[^@=]+?)\s*%?(?:@(?P<base_year>\d{4}))?"),
    "YEAR[/SECTOR]=PERCENT[@BASEYEAR]",
    "2030=70@1990",
)
LEVEL = Syntax("--level", re.compile(_WHERE + "=(?P<tonnes>[^@=]+)"), "YEAR[/SECTOR]=TONNES", "2050=0")
INTENSITY = Syntax(
    "--intensity",
    re.compile(_WHERE + "=(?P<per_head>[^@=]+)@(?P<inhabitants>[^@=]+)"),
    "YEAR[/SECTOR]=TONNES@INHABITANTS",
    "2030=1.5@40000",
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A target with the source that names it."""

    target: Target
    source: str


@dataclass(frozen=True, slots=True)
class WrittenReduction:
    """A reduction as it stands in an option, before its base year is looked up; `base_year` None leaves the choice."""

    year: int
    scope: Scope
    percent: float
    base_year: int | None


Written = WrittenReduction | LevelTarget | IntensityTarget


def collect(items: Iterable[_T], read: Callable[[_T], _R], findings: list[Finding]) -> list[_R]:
    """Read every item; what cannot be read leaves its findings in `findings` instead of a result."""
    results = []
    for item in items:
        try:
            results.append(read(item))
        except KlimaplanError as refused:
            findings.extend(refused.findings)
    return results


def read_bases(
    options: Sequence[str], source: str | None, findings: list[Finding]
) -> dict[tuple[int, Scope], BaseYear]:
    """The stated base years by year and scope."""
    if options and source is None:
        findings.append(_source_absent())
    if source is not None and not options:
        findings.append(_source_of_nothing())
    stated: dict[tuple[int, Scope], BaseYear] = {}
    for scope, base in collect(options, lambda text: _read_base(text, source or COMMAND_LINE), findings):
        if (base.year, scope) in stated:
            findings.append(_given_twice(f"--base {base.year}/{sectors_of(scope)}"))
        stated[base.year, scope] = base
    return stated


def read_targets(
    reductions: Iterable[str], levels: Iterable[str], intensities: Iterable[str], findings: list[Finding]
) -> list[Written]:
    """The targets of all options, in the order of the options."""
    return [
        *collect(reductions, _read_reduction, findings),
        *collect(levels, _read_level, findings),
        *collect(intensities, _read_intensity, findings),
    ]


def from_options(written: Iterable[Written], bases: BaseYears, findings: list[Finding]) -> list[Goal]:
    """The targets of the options with their base years."""
    return collect(written, lambda each: Goal(_with_base(each, bases), COMMAND_LINE), findings)


def from_published(published: Iterable[PublishedTarget], bases: BaseYears, findings: list[Finding]) -> list[Goal]:
    """The published targets that name tonnes, or whose base year is stated or stands in the account.

    The others leave a finding that says which figure they lack.
    """
    goals = []
    for row in published:
        target = target_of(_completed(row, bases))
        if target is None:
            findings.append(_no_tonnes(row))
        else:
            goals.append(Goal(target, row.source))
    return goals


def check_goals(bases: BaseYears, goals: Sequence[Goal], *, after: int) -> list[Finding]:
    """Faults of the targets taken together, and base years given for sectors none of them speaks of."""
    findings: list[Finding] = []
    collect([[goal.target for goal in goals]], lambda each: require_valid(each, after=after), findings)
    scopes = {goal.target.scope for goal in goals}
    unused = (key for key in bases.stated if key[1] not in scopes)
    return [*findings, *(_unused(f"--base {year}/{sectors_of(scope)}") for year, scope in unused)]


def _with_base(written: Written, bases: BaseYears) -> Target:
    if not isinstance(written, WrittenReduction):
        return written
    year = bases.default_year(written.scope) if written.base_year is None else written.base_year
    base = bases.find(year, written.scope)
    if base is None:
        raise InputError(_base_unknown(year, written.scope))
    return ReductionTarget(written.year, base, written.percent, written.scope)


def _completed(row: PublishedTarget, bases: BaseYears) -> PublishedTarget:
    """The published target, counted from a stated base year, else its own, else the account's."""
    if row.base_year is None:
        return row
    scope = scope_of(row.sectors)
    base = bases.stated.get((row.base_year, scope))
    if base is None and row.base_tonnes is None:
        base = bases.find(row.base_year, scope)
    return row if base is None else replace(row, base_tonnes=base.tonnes, source=base.source)


def _read_base(text: str, source: str) -> tuple[Scope, BaseYear]:
    parts = _parts(BASE, text)
    return _scope(BASE, parts), BaseYear(int(parts["year"]), _number(BASE, text, parts["tonnes"]), source)


def _read_reduction(text: str) -> WrittenReduction:
    parts = _parts(TARGET, text)
    base_year = parts["base_year"]
    # percent of a whole is never written in thousands, so 12.125 is no riddle here
    percent = _number(TARGET, text, parts["percent"], may_look_grouped=True)
    return WrittenReduction(int(parts["year"]), _scope(TARGET, parts), percent, int(base_year) if base_year else None)


def _read_level(text: str) -> LevelTarget:
    parts = _parts(LEVEL, text)
    return LevelTarget(int(parts["year"]), _number(LEVEL, text, parts["tonnes"]), _scope(LEVEL, parts))


def _read_intensity(text: str) -> IntensityTarget:
    parts = _parts(INTENSITY, text)
    per_head = _number(INTENSITY, text, parts["per_head"], may_look_grouped=True)
    inhabitants = _number(INTENSITY, text, parts["inhabitants"])
    if inhabitants <= 0.0:
        raise InputError(_no_inhabitants(f"{INTENSITY.option} {text}"))
    return IntensityTarget(int(parts["year"]), per_head, inhabitants, _scope(INTENSITY, parts))


def _parts(syntax: Syntax, text: str) -> re.Match[str]:
    found = syntax.pattern.fullmatch(text.strip())
    if found is None:
        raise InputError(Finding(
            "option-malformed", f"{syntax.option} {text}",
            Text(f"Skal skrives {syntax.form}.", f"Must be written {syntax.form}."),
            Text("", ""),
            Text(f"For eksempel {syntax.option} {syntax.example}.", f"For example {syntax.option} {syntax.example}."),
        ))  # fmt: skip
    return found


def _scope(syntax: Syntax, parts: re.Match[str]) -> Scope:
    sectors = parts["sectors"]
    try:
        return scope_of("total" if sectors is None else sectors)
    except KlimaplanError as refused:
        place = f"{syntax.option} {parts.string}"
        raise InputError(replace(finding, place=f"{place}: {finding.place}") for finding in refused.findings) from None


def _number(syntax: Syntax, text: str, written: str, *, may_look_grouped: bool = False) -> float:
    """A number with a decimal point or comma; what may as well be thousands is refused rather than guessed."""
    written = written.strip()
    place = f"{syntax.option} {text}"
    if not _NUMBER.fullmatch(written):
        raise InputError(_not_a_number(place, written))
    if _LOOKS_GROUPED.fullmatch(written) and not may_look_grouped:
        raise InputError(_ambiguous(place, written))
    return float(written.replace(",", "."))


def _not_a_number(place: str, written: str) -> Finding:
    return Finding(
        "not-a-number", place,
        Text(f"{written} er ikke et tal.", f"{written} is not a number."),
        Text("", ""),
        Text("Skriv cifre uden enhed og tusindtalsskilletegn, for eksempel 342088,5.",
             "Write digits without unit and thousands separator, for example 342088.5."),
    )  # fmt: skip


def _ambiguous(place: str, written: str) -> Finding:
    digits = re.sub("[.,]", "", written)
    return Finding(
        "number-ambiguous", place,
        Text(f"{written} kan være både {digits} og et decimaltal.", f"{written} may be {digits} or a decimal number."),
        Text("Det ene er tusind gange det andet.", "One is a thousand times the other."),
        Text(f"Skriv {digits} eller {written}0.", f"Write {digits} or {written}0."),
    )  # fmt: skip


def _no_inhabitants(place: str) -> Finding:
    return Finding(
        "inhabitants-not-positive", place,
        Text("Indbyggertallet skal være over nul.", "The number of inhabitants must be above zero."),
        Text("", ""),
        Text("Angiv befolkningen i målåret.", "Give the population of the target year."),
    )  # fmt: skip


def _given_twice(place: str) -> Finding:
    return Finding(
        "base-given-twice", place,
        Text("Basisåret er angivet to gange.", "The base year is given twice."),
        Text("", ""),
        Text("Behold én af dem.", "Keep one of them."),
    )  # fmt: skip


def _source_absent() -> Finding:
    return Finding(
        "base-without-source", "--base",
        Text("Basisårets tal har ingen kilde.", "The figure of the base year has no source."),
        Text("Hvert tal skal kunne forklares.", "Every number must be explained."),
        Text('Angiv den, for eksempel --base-source "Klimaplan 2045".',
             'Name it, for example --base-source "Klimaplan 2045".'),
        Severity.WARNING,
    )  # fmt: skip


def _source_of_nothing() -> Finding:
    return Finding(
        "source-without-base", "--base-source",
        Text("Der er ingen --base, som kilden kunne høre til.", "There is no --base the source could belong to."),
        Text("", ""),
        Text("Angiv basisåret, eller udelad kilden.", "Give the base year, or leave the source out."),
    )  # fmt: skip


def _base_unknown(year: int, scope: Scope) -> Finding:
    option = _base_option(year, scope)
    return Finding(
        "base-year-unknown", f"{year}/{sectors_of(scope)}",
        Text("Udledningen i basisåret kendes ikke.", "The emissions in the base year are not known."),
        Text("", ""),
        Text(f"Angiv {option}, eller vælg et basisår i regnskabet.",
             f"Give {option}, or choose a base year within the account."),
    )  # fmt: skip


def _no_tonnes(row: PublishedTarget) -> Finding:
    option = _base_option(row.base_year, scope_of(row.sectors))
    return Finding(
        "target-without-tonnes", f"{row.municipality}/{row.year}/{row.sectors}",
        Text(f"Planen ({row.source}) nævner ingen ton for basisåret {row.base_year}.",
             f"The plan ({row.source}) names no tonnes for the base year {row.base_year}."),
        Text("Derfor er målet ikke regnet med.", "So the target is not part of the answer."),
        Text(f"Angiv {option}.", f"Give {option}."),
        Severity.WARNING,
    )  # fmt: skip


def _unused(place: str) -> Finding:
    return Finding(
        "base-not-used", place,
        Text("Intet mål gælder for disse sektorer.", "No target speaks of these sectors."),
        Text("Tallet er ikke brugt.", "The figure is not used."),
        Text("Angiv et mål for dem, eller udelad tallet.", "Give a target for them, or leave the figure out."),
        Severity.WARNING,
    )  # fmt: skip


def _base_option(year: int | None, scope: Scope) -> str:
    return f"--base {year}=TONNES" if sectors_of(scope) == "total" else f"--base {year}/{sectors_of(scope)}=TONNES"
