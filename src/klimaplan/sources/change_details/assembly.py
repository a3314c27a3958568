"""From entries of the right shape to what the domain splits a change by; every fault of meaning at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, InputError
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.explaining import Detail, Known, Part
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.reference import load
from klimaplan.sources.change_details import findings as own
from klimaplan.sources.change_details import model
from klimaplan.sources.plan_files.document import Document, Path
from klimaplan.sources.plan_files.shaping import Entry

Span = tuple[int, int]


@dataclass
class Parts:
    """Everything of a file that has the right shape, with its number in the file.

    Parameters
    ----------
    faulty : sectors of details that have not; what is known in tonnes of them cannot be placed
    """

    municipality: str | None = None
    people: model.PeopleEntry | None = None
    details: list[Entry[model.DetailEntry]] = field(default_factory=list)
    known: list[Entry[model.KnownEntry]] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class ChangeDetails:
    """What is known of a change, as far as it can be used, and what is wrong with it.

    Parameters
    ----------
    people : Series (year), inhabitants; None leaves those of the account
    entries, people_entry, known_entries : the same as written, with units and sources
    """

    people: Series | None = None
    detail: Mapping[Sector, Detail] = field(default_factory=dict)
    known: Sequence[Known] = ()
    entries: Sequence[model.DetailEntry] = ()
    people_entry: model.PeopleEntry | None = None
    known_entries: Sequence[model.KnownEntry] = ()
    findings: tuple[Finding, ...] = ()


def assemble(
    document: Document, parts: Parts, municipality: Municipality, span: Span, findings: list[Finding]
) -> ChangeDetails:
    """What the domain needs of the two years of `span`."""
    findings += _of_another(document, parts.municipality, municipality)
    people = None
    if parts.people is not None:
        people = _series(document, ("inhabitants",), parts.people, span, findings)
    detail: dict[Sector, Detail] = {}
    entries: dict[Sector, model.DetailEntry] = {}
    faulty = set(parts.faulty)
    for each in parts.details:
        sector, before = each.value.sector, len(findings)
        if sector in entries:
            findings.append(own.sector_twice(document.place(("detail", each.at, "sector")), sector))
            continue
        entries[sector] = each.value
        found = _detail(document, each, span, findings)
        if len(findings) > before or found is None:
            faulty.add(str(sector))
        else:
            detail[sector] = found
    known = [_known(document, each, span, findings) for each in parts.known]
    clear = faulty <= set(Sector)  # a detail of an unknown sector may be meant for any of them
    placed = [each for each in known if clear and each is not None and not faulty.intersection(each.change)]
    return ChangeDetails(
        people, detail, placed, tuple(entries.values()), parts.people,
        tuple(each.value for each in parts.known), tuple(findings),
    )  # fmt: skip


def _of_another(document: Document, given: str | None, asked: Municipality) -> Iterator[Finding]:
    if given is None:
        return
    place = document.place(("municipality",))
    try:
        found = load.find_municipality(given)
    except InputError as refused:
        yield from (
            Finding(each.code, place, each.what, each.why, each.remedy, each.severity) for each in refused.findings
        )
        return
    if found.code != asked.code:
        yield own.municipality_differs(place, found.name, asked.name)


def _detail(document: Document, entry: Entry[model.DetailEntry], span: Span, findings: list[Finding]) -> Detail | None:
    way, given = ("detail", entry.at), entry.value
    if given.energy is not None and given.factor is not None:
        findings.append(own.energy_and_factor(document.place((*way, "factor"))))
    activity, energy, factor = (
        None if held is None else _series(document, (*way, name), held, span, findings)
        for name, held in (("activity", given.activity), ("energy", given.energy), ("factor", given.factor))
    )
    return None if activity is None else Detail(activity, energy, factor)


def _known(document: Document, entry: Entry[model.KnownEntry], span: Span, findings: list[Finding]) -> Known | None:
    way, given = ("known", entry.at), entry.value
    there = (given.first_year, given.last_year)
    if there != span:
        findings.append(own.known_of_other_years(document.place((*way, "first_year")), there, span))
        return None
    return Known(
        Part(given.part), Part(given.taken_from), {given.sector: given.tonnes}, document.place((*way, "taken_from"))
    )


def _series(
    document: Document, way: Path, given: model.Measured | model.PeopleEntry, span: Span, findings: list[Finding]
) -> Series | None:
    """The two years; a unit of the municipality's own falls out of every ratio, so the series counts it as one."""
    faults = [
        own.year_missing(document.place((*way, "by_year", str(year))), year)
        for year in span
        if year not in given.by_year
    ]
    if faults:
        findings += faults
        return None
    unit = units.INHABITANTS if isinstance(given, model.PeopleEntry) else units.DIMENSIONLESS
    seen = Provenance(given.source, document.name, Kind.OBSERVED)
    return Series([given.by_year[year] for year in span], (Axis(axes.YEAR, span),), unit, seen)  # type: ignore[arg-type]
