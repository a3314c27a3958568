"""Sets of criteria: a folder each under ``criteria/``, so that a new set is new files and nothing else.

``set.toml`` says what the set is and when it holds, ``criteria.csv`` has its rows, ``mapping.csv`` where they come from
in the set before. What the columns mean stands once, in ``criteria/schema/``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from klimaplan.domain.assessment.criteria import Checkable, Citation, CriteriaSet, Criterion, Predecessor, Weight
from klimaplan.domain.assessment.parameters import read_parameters
from klimaplan.domain.assessment.rules import RULES
from klimaplan.domain.errors import Finding, Text, UnknownCodeError, raise_errors
from klimaplan.reference import criteria_findings as findings
from klimaplan.reference import tables
from klimaplan.reference.bibliography import bibliography
from klimaplan.reference.rules import references
from klimaplan.reference.schema import Schema, read_schema
from klimaplan.reference.tables import Columns, by_row, place_of

FOLDER = tables.FOLDER / "criteria"
SCHEMAS = FOLDER / "schema"
TEXTS = ("name", "reservation")
WANTED = (*TEXTS, "publisher", "valid_from", "official", "source", "components")


@cache
def criteria_sets(folder: Path = FOLDER) -> Mapping[str, CriteriaSet]:
    """Every set by its slug, the oldest first.

    Raises
    ------
    InputError : everything that is wrong with any of them

    >>> [(each.slug, len(each.criteria)) for each in criteria_sets().values()]
    [('capf-2020', 42), ('cctf-2024-dk', 31)]
    """
    sets, faults = read_sets(folder, bibliography())
    raise_errors(faults)
    return sets


def criteria_set(slug: str, folder: Path = FOLDER) -> CriteriaSet:
    """One set; `UnknownCodeError` where there is none."""
    known = criteria_sets(folder)
    if slug not in known:
        raise UnknownCodeError(findings.set_unknown(slug, known))
    return known[slug]


def set_in_force(day: date, folder: Path = FOLDER) -> CriteriaSet:
    """What a plan submitted that day is held against, also when it is looked at again years later.

    Raises
    ------
    UnknownCodeError : no set held that day

    >>> set_in_force(date(2024, 11, 6)).slug, set_in_force(date(2024, 11, 7)).slug
    ('capf-2020', 'cctf-2024-dk')
    """
    for each in criteria_sets(folder).values():
        if each.holds_on(day):
            return each
    raise UnknownCodeError(findings.no_set_in_force(day, criteria_sets(folder)))


def read_sets(folder: Path, sources: Collection[str]) -> tuple[dict[str, CriteriaSet], list[Finding]]:
    """Read every folder, with everything that is wrong; a set with a fault is left out.

    Parameters
    ----------
    sources : the keys of the bibliography
    """
    found: list[Finding] = []
    sets = []
    for path in sorted(each for each in folder.iterdir() if each.is_dir() and each.name != SCHEMAS.name):
        made, faults = _read_set(path, sources)
        found.extend(faults)
        if made is not None and not faults:
            sets.append(made)
    sets.sort(key=lambda each: each.valid_from)
    by_slug = {each.slug: each for each in sets}
    found.extend(_together(sets, by_slug))
    return by_slug, found


def _read_set(path: Path, sources: Collection[str]) -> tuple[CriteriaSet | None, list[Finding]]:
    head, found = _read_head(path / "set.toml", sources)
    cells, faults = _read_table(path / "criteria.csv", _schema("criteria"), sources)
    found.extend(faults)
    mapped: Columns = {}
    if (path / "mapping.csv").is_file():
        mapped, faults = _read_table(path / "mapping.csv", _schema("mapping"), sources)
        found.extend(faults)
    if found or head is None:
        return None, found
    criteria, faults = _criteria(f"{path.name}/criteria.csv", cells, head["components"])
    return _made(path.name, head, criteria, by_row(mapped)), faults


def _read_head(path: Path, sources: Collection[str]) -> tuple[dict[str, Any] | None, list[Finding]]:
    place = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return None, [findings.set_head_absent(place)]
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        return None, [findings.set_head_unreadable(place, str(wrong))]
    lacking = [name for name in WANTED if name not in said]
    lacking += [name for name in TEXTS if name in said and not _is_text(said[name])]
    days = [said.get("valid_from"), said.get("valid_to", date.max)]
    if not all(isinstance(day, date) for day in days):
        lacking.append("valid_from")
    components = said.get("components")
    if components is not None and not (isinstance(components, dict) and all(map(_is_text, components.values()))):
        lacking.append("components")
    if lacking:
        return None, [findings.set_head_incomplete(place, name) for name in dict.fromkeys(lacking)]
    found = [findings.set_source_unknown(place, said["source"])] if said["source"] not in sources else []
    if days[1] < days[0]:
        found.append(findings.period_reversed(place))
    return said, found


def _read_table(path: Path, schema: Schema, sources: Collection[str]) -> tuple[Columns, list[Finding]]:
    file = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return {}, [findings.criteria_absent(file)]
    cells, faults = tables.inspect(path, schema)
    if not faults:
        faults = list(references(file, schema.column("source"), cells["source"], sources))
    return cells, faults


def _criteria(file: str, cells: Columns, components: Mapping[str, Any]) -> tuple[tuple[Criterion, ...], list[Finding]]:
    found: list[Finding] = []
    made: list[Criterion] = []
    for index, row in enumerate(by_row(cells)):
        place = place_of(file, index)
        if row["id"] in {each.id for each in made}:
            found.append(findings.criterion_twice(place, row["id"]))
        if row["component"] not in components:
            found.append(findings.component_unknown(place, row["component"], components))
        pages = row["page"].split("+") if row["page"] else []
        cited = row["source"].split("+")
        if pages and len(pages) != len(cited):
            found.append(findings.pages_differ(place))
        rule = RULES.get(row["rule"])
        parameters: Mapping[str, Any] = {}
        if (row["checkable"] == Checkable.NO) != (row["rule"] == ""):
            found.append(findings.rule_and_mark_differ(place, row["checkable"]))
        elif row["rule"] and rule is None:
            found.append(findings.rule_unknown(place, row["rule"], RULES))
        elif rule is not None:
            parameters, faults = read_parameters(row["parameters"], rule.asks, place, rule.optional)
            found.extend(faults)
        made.append(_criterion(row, parameters, tuple(map(Citation, cited, pages or [""] * len(cited)))))
    return tuple(made), found


def _criterion(row: tables.Row, parameters: Mapping[str, Any], citations: tuple[Citation, ...]) -> Criterion:
    return Criterion(
        id=row["id"],
        component=row["component"],
        wording=Text(row["wording_da"], row["wording_en"]),
        asked_for=Text(row["asked_for_da"], row["asked_for_en"]),
        weight=Weight(row["weight"]),
        basis=row["basis"],
        checkable=Checkable(row["checkable"]),
        rule=row["rule"],
        parameters=parameters,
        confidence=row["confidence"],
        citations=citations,
    )


def _made(
    slug: str, head: Mapping[str, Any], criteria: tuple[Criterion, ...], mapped: tuple[tables.Row, ...]
) -> CriteriaSet:
    return CriteriaSet(
        slug=slug,
        name=_text(head["name"]),
        publisher=head["publisher"],
        valid_from=head["valid_from"],
        valid_to=head.get("valid_to"),
        official=bool(head["official"]),
        reservation=_text(head["reservation"]),
        source=head["source"],
        components={code: _text(said) for code, said in head["components"].items()},
        criteria=criteria,
        follows=head.get("follows", ""),
        predecessors=tuple(
            Predecessor(row["id"], tuple(filter(None, row["earlier"].split("+"))), row["confidence"]) for row in mapped
        ),
    )


def _together(sets: list[CriteriaSet], by_slug: Mapping[str, CriteriaSet]) -> Iterator[Finding]:
    """What several sets must agree on: one at a time, and a mapping from criteria to criteria that exist."""
    for number, each in enumerate(sets):
        place = f"{each.slug}/set.toml"
        for other in sets[:number]:
            if other.valid_to is None or each.valid_from <= other.valid_to:
                yield findings.periods_overlap(place, other.slug)
        if each.follows and each.follows not in by_slug:
            yield findings.set_unknown(each.follows, by_slug, place)
            continue
        own = {criterion.id for criterion in each.criteria}
        before = {criterion.id for criterion in by_slug[each.follows].criteria} if each.follows else set()
        for index, row in enumerate(each.predecessors):
            at = place_of(f"{each.slug}/mapping.csv", index)
            yield from (
                findings.criterion_unknown(at, code)
                for code in (row.criterion, *row.earlier)
                if code not in (own if code == row.criterion else before)
            )


@cache
def _schema(name: str) -> Schema:
    return read_schema(SCHEMAS / f"{name}.toml")


def _text(said: Mapping[str, str]) -> Text:
    return Text(said["da"], said["en"])


def _is_text(said: Any) -> bool:
    return isinstance(said, dict) and all(isinstance(said.get(each), str) and said[each] for each in ("da", "en"))
