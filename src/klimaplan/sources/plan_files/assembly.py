"""From a file of the right shape to a plan that can be computed: all findings at once, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.actions.apply import BaselineDriver, Setting, apply_actions
from klimaplan.domain.actions.check import check_actions
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Severity, Text
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.streams import NationalStreams, OwnDetail
from klimaplan.domain.inventory.streams.own import check as check_own
from klimaplan.domain.pathway.gap import check_gap, measure_gap
from klimaplan.domain.pathway.target import (
    BaseYear,
    IntensityTarget,
    LevelTarget,
    ReductionTarget,
    Target,
    require_valid,
    scope_of,
)
from klimaplan.domain.plan import Outlook, Plan, by_sector, set_out
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty import distributions
from klimaplan.reference import load
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.actions import place_actions
from klimaplan.sources.plan_files.document import Document, Path
from klimaplan.sources.plan_files.levers import SHARE, Numbers, normal
from klimaplan.sources.plan_files.relocating import Placed, Whereabouts
from klimaplan.sources.plan_files.shaping import Parts

SUPPLY_UNIT = "t CO2e/TJ"


@dataclass(frozen=True)
class Ground:
    """What a plan file is read against."""

    outlook: Outlook
    national: NationalStreams


@dataclass(frozen=True)
class PlanRead:
    """What was read.

    Parameters
    ----------
    plan : None where an error stands in its way
    findings : all of them, those that stop the plan and those that do not
    """

    municipality: Municipality | None
    plan: Plan | None
    file: model.PlanFile | None
    findings: tuple[Finding, ...]


def assemble(document: Document, parts: Parts, ground: Ground, found: Sequence[Finding]) -> PlanRead:
    """The plan of a file; what was found on the way in `found` comes first.

    Nothing raises: everything that is wrong stands in the findings.
    """
    findings = list(found)
    municipality = _municipality(document, parts, ground, findings)
    numbers = Numbers(document, findings, _parameters(document, parts, findings))
    targets = _targets(document, parts, ground, findings)
    actions = place_actions(parts, numbers)
    setting = None if municipality is None else _setting(document, parts, ground, municipality.code, numbers)
    if setting is not None:
        _check_actions(document, actions, setting, numbers, findings)
        findings += _check_targets(document, parts, targets, setting)
    for name, (at, _entry) in numbers.parameters.items():
        if name not in numbers.used:
            findings.append(said.parameter_unused(document.place(("parameter", at, "name")), name))
    findings = list(dict.fromkeys(findings))
    if setting is None or municipality is None or parts.head is None or _stop(findings):
        return PlanRead(municipality, None, None, tuple(findings))
    made = Plan(
        municipality.code, parts.head.title, tuple(placed.action for placed in actions),
        tuple(target for _, target in targets), setting, parts.head.demo,
    )  # fmt: skip
    return PlanRead(municipality, made, parts.file, tuple(findings))


def _stop(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _municipality(document: Document, parts: Parts, ground: Ground, findings: list[Finding]) -> Municipality | None:
    head = parts.head
    if head is None:
        return None
    held = ground.outlook.account.emissions.provenance.gwp
    if head.gwp is not None and head.gwp != held:
        findings.append(said.gwp_differs(document.place(("plan", "gwp")), head.gwp, held or ""))
    try:
        return load.find_municipality(head.municipality)
    except KlimaplanError as refused:
        place = document.place(("plan", "municipality"))
        findings += [
            replace(each, place=place, what=Text(f"{head.municipality}: {each.what.da}",
                                                 f"{head.municipality}: {each.what.en}"))
            for each in refused.findings
        ]  # fmt: skip
        return None


def _parameters(
    document: Document, parts: Parts, findings: list[Finding]
) -> dict[str, tuple[int, model.ParameterEntry]]:
    known: dict[str, tuple[int, model.ParameterEntry]] = {}
    for entry in parts.parameters:
        at, parameter = entry.at, entry.value
        if parameter.name in known:
            findings.append(said.parameter_twice(document.place(("parameter", at, "name")), parameter.name))
            continue
        known[parameter.name] = (at, parameter)
        if parameter.described is None:
            findings.append(said.number_unclear(document.place(("parameter", at, "value"))))
        else:
            findings += distributions.check(*parameter.described, place=document.place(_figures_of(at, parameter)))
    return known


def _figures_of(at: int, parameter: model.ParameterEntry) -> Path:
    """Where the figures of a parameter begin."""
    if parameter.distribution is not None:
        first = next(iter(parameter.distribution.given), "kind")
        return ("parameter", at, "distribution", first)
    return ("parameter", at, next(iter(parameter.three), "value"))


# -- targets ---------------------------------------------------------------------------------------------------------


def _targets(document: Document, parts: Parts, ground: Ground, findings: list[Finding]) -> list[tuple[int, Target]]:
    found = []
    after = ground.outlook.account.last_year
    for entry in parts.targets:
        path: Path = ("target", entry.at)
        try:
            scope = scope_of(entry.value.sectors)
        except KlimaplanError as refused:
            place = document.place((*path, "sectors"))
            findings += [replace(each, place=place) for each in refused.findings]
            continue
        target = target_in(entry.value, scope)
        if target is None:
            findings.append(said.target_unclear(document.place(path)))
            continue
        try:
            require_valid([target], after=after)
        except InputError as refused:
            findings += [
                replace(each, place=document.place((*path, _FIELD_OF_TARGET[each.code]))) for each in refused.findings
            ]
            continue
        found.append((entry.at, target))
    return found


_FIELD_OF_TARGET = {
    "target-year-not-ahead": "year", "reduction-out-of-range": "reduction_pct", "base-year-not-positive": "base_tonnes",
    "base-year-after-target": "base_year",
}  # fmt: skip


def target_in(entry: model.TargetEntry, scope: tuple[Sector, ...]) -> Target | None:
    """The target that an entry describes in exactly one way."""
    reduction = (entry.base_year, entry.base_tonnes, entry.reduction_pct)
    intensity = (entry.tonnes_per_inhabitant, entry.inhabitants)
    given = [any(each is not None for each in way) for way in (reduction, (entry.level,), intensity)]
    if sum(given) != 1:
        return None
    if entry.level is not None:
        return LevelTarget(entry.year, entry.level, scope)
    if entry.tonnes_per_inhabitant is not None and entry.inhabitants is not None and entry.inhabitants > 0.0:
        return IntensityTarget(entry.year, entry.tonnes_per_inhabitant, entry.inhabitants, scope)
    if entry.base_year is not None and entry.base_tonnes is not None and entry.reduction_pct is not None:
        return ReductionTarget(
            entry.year, BaseYear(entry.base_year, entry.base_tonnes, entry.source), entry.reduction_pct, scope
        )
    return None


def _check_targets(
    document: Document, parts: Parts, targets: Sequence[tuple[int, Target]], setting: Setting
) -> list[Finding]:
    """Targets against each other, and what must be said before their gap is read."""
    if not targets:
        return []
    years = {(target.year, sector): at for at, target in targets for sector in target.scope}
    try:
        gap = measure_gap(by_sector(setting.table.emissions.values, setting.table), [target for _, target in targets])
    except InputError as refused:
        moved = []
        for finding in refused.findings:
            year, _, sector = finding.place.partition("/")
            at = years.get((int(year), Sector(sector)))
            place = document.place(("target",) if at is None else ("target", at, "year"))
            moved.append(replace(finding, place=place))
        return list(dict.fromkeys(moved))
    return [replace(each, place=f"{document.place(('target',))}!{each.place}") for each in check_gap(gap)]


# -- the ground: streams, supply, drivers ----------------------------------------------------------------------------


def _setting(document: Document, parts: Parts, ground: Ground, code: str, numbers: Numbers) -> Setting | None:
    findings = numbers.findings
    own = _own_detail(document, parts, ground.national, findings)
    span = ground.outlook.baseline.emissions.axis(axes.YEAR)
    named = [detail.key for _, detail in own]
    known_factors = load.supply_factors(ground.national.edition.lower(), span, own=named)
    supply = {**known_factors, **_supply(document, parts, span, findings)}
    try:
        setting = set_out(ground.outlook, ground.national, code, supply=supply, own=[detail for _, detail in own])
    except InputError as refused:
        findings += [replace(each, place=_place_of_sector(document, own, each.place)) for each in refused.findings]
        setting = set_out(ground.outlook, ground.national, code, supply=supply)
    findings += [replace(each, place=_place_of_sector(document, own, each.place)) for each in setting.table.findings]
    known = {stream.key for stream in setting.table.streams}
    for entry in parts.supplies:
        if entry.value.stream not in known:
            place = document.place(("supply", entry.at, "stream"))
            findings.append(said.unknown_stream(place, entry.value.stream, sorted(known)))
    return replace(setting, drivers=tuple(_drivers(document, parts, known, numbers)))


def _own_detail(
    document: Document, parts: Parts, national: NationalStreams, findings: list[Finding]
) -> list[tuple[int, OwnDetail]]:
    found: list[tuple[int, OwnDetail]] = []
    for entry in parts.streams:
        given, path = entry.value, ("stream", entry.at)
        sectors = {stream.sector for stream in national.streams if stream.ref == given.ref}
        if given.sector is not None and given.sector not in set(Sector):
            findings.append(said.unknown_choice(document.place((*path, "sector")), given.sector, list(Sector)))
            continue
        if given.sector is None and len(sectors) != 1:
            findings.append(said.sector_unclear(document.place((*path, "sector")), given.ref))
            continue
        sector = Sector(given.sector) if given.sector is not None else next(iter(sectors))
        key = f"{given.ref}/{given.carrier}"
        detail = OwnDetail(key, given.ref, given.carrier, sector, given.tonnes, given.year, given.source, given.gases)
        faults = [*check_own([detail], national)]
        if key in {each.key for _, each in found}:
            faults += [each for each in check_own([detail, detail], national) if each.code == "own-detail-twice"]
        findings += [
            replace(each, place=document.place((*path, _FIELD_OF_OWN.get(each.code, "ref")))) for each in faults
        ]
        if not faults:
            found.append((entry.at, detail))
    return found


_FIELD_OF_OWN = {
    "own-not-a-number": "tonnes", "own-negative": "tonnes", "own-year-outside": "year", "own-source-absent": "source",
    "own-gases-unknown": "gases", "own-gases-differ": "gases", "own-sector-differs": "sector",
    "unknown-carrier": "carrier",
}  # fmt: skip


def _place_of_sector(document: Document, own: Sequence[tuple[int, OwnDetail]], place: str) -> str:
    """The first own figure of the sector that a finding of the split speaks of."""
    sector = place.partition("/")[0]
    at = next((at for at, detail in own if detail.sector == sector), None)
    return f"{document.name}!{place}" if at is None else document.place(("stream", at, "tonnes"))


def _supply(document: Document, parts: Parts, span: Axis, findings: list[Finding]) -> dict[str, Floats]:
    """Own factors over the years: straight lines between them, held outside."""
    years = [int(str(year)) for year in span.labels]
    found: dict[str, Floats] = {}
    for entry in parts.supplies:
        path, given = ("supply", entry.at), entry.value
        before = len(findings)
        if normal(given.unit) != normal(SUPPLY_UNIT):
            findings.append(said.unit_unexpected(document.place((*path, "unit")), given.unit, (SUPPLY_UNIT,)))
        for year, factor in given.factors.items():
            place = document.place((*path, "factors", str(year)))
            if not years[0] <= year <= years[-1]:
                findings.append(said.year_outside(place, year, years[0], years[-1]))
            if factor < 0.0:
                findings.append(said.factor_negative(place, year))
        if not given.factors:
            findings.append(said.field_missing(document.place((*path, "factors")), "factors"))
        if given.stream in found:
            findings.append(said.supply_twice(document.place((*path, "stream")), given.stream))
        if len(findings) == before:
            named = sorted(given.factors)
            found[given.stream] = np.interp(years, named, [given.factors[year] for year in named])
    return found


def _drivers(document: Document, parts: Parts, known: set[str], numbers: Numbers) -> list[BaselineDriver]:
    made = []
    for entry in parts.drivers:
        path, given = ("driver", entry.at), entry.value
        unknown = [(at, key) for at, key in enumerate(given.streams) if key not in known]
        numbers.findings += [
            said.unknown_stream(document.place((*path, "streams", at)), key, sorted(known)) for at, key in unknown
        ]
        size = numbers.quantity(given.size, (*path, "size"), given.name, SHARE, given.source)
        if size.central != 0.0:
            numbers.findings.append(said.driver_not_centred(document.place((*path, "size")), size.central))
        if not size.source:
            numbers.findings.append(said.field_missing(document.place((*path, "source")), "source"))
        if not unknown:
            made.append(BaselineDriver(given.streams, size))
    return made


# -- actions ---------------------------------------------------------------------------------------------------------


def _check_actions(
    document: Document, placed: Sequence[Placed], setting: Setting, numbers: Numbers, findings: list[Finding]
) -> None:
    where = Whereabouts(document, placed, numbers.places)
    actions = [each.action for each in placed]
    faults = check_actions(actions, setting.table, setting.supply)
    given = {(entry.get("ref"), entry.get("carrier")) for entry in _mappings(document.data.get("stream", []))}
    refused_own = {f"{ref}/{carrier}" for ref, carrier in given}
    # a stream of the file's own that was refused is known all the same: it is not a second fault
    faults = tuple(
        each for each in faults
        if not (each.code == "unknown-stream" and any(f" {key}." in each.what.en for key in refused_own))
    )  # fmt: skip
    findings += where.relocate(faults)
    if not _stop(findings):
        try:
            apply_actions(actions, setting)
        except InputError as refused:
            findings += where.relocate(refused.findings)


def _mappings(entries: object) -> list[Mapping[str, object]]:
    return [each for each in entries if isinstance(each, Mapping)] if isinstance(entries, list) else []
