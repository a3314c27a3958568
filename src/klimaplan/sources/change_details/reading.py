"""The door for change details: TOML or JSON, from disk or as bytes; what comes in is not trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from klimaplan.domain.errors import Finding, InputError
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.inventory.explaining import detail_not_positive
from klimaplan.sources.change_details import findings as own
from klimaplan.sources.change_details import model
from klimaplan.sources.change_details.assembly import ChangeDetails, Parts, assemble
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files.document import Document
from klimaplan.sources.plan_files.document import Path as Way
from klimaplan.sources.plan_files.model import as_code
from klimaplan.sources.plan_files.numbers import Part
from klimaplan.sources.plan_files.shaping import Entry, finding_of, listed, once
from klimaplan.sources.plan_files.text_files import read_json, read_toml

LARGEST = 200_000
"""Bytes of a file."""

_T = TypeVar("_T", bound=Part)


def read_change_file(path: Path, municipality: Municipality, span: tuple[int, int]) -> ChangeDetails:
    """The details of a file on disk."""
    if not path.is_file():
        return ChangeDetails(findings=(own.file_missing(path.name),))
    if path.stat().st_size > LARGEST:
        return ChangeDetails(findings=(own.too_large(path.name, LARGEST),))
    return read_change_detail(path.read_bytes(), path.name, municipality, span)


def read_change_detail(content: bytes, name: str, municipality: Municipality, span: tuple[int, int]) -> ChangeDetails:
    """The details of an uploaded file; its name says only what kind of file it is."""
    try:
        document = _document(content, name)
    except InputError as refused:
        return ChangeDetails(findings=refused.findings)
    findings: list[Finding] = []
    parts = _shape(document, findings)
    return assemble(document, parts, municipality, span, findings)


def _document(content: bytes, name: str) -> Document:
    last = name.replace("\\", "/").rpartition("/")[2] or "change"
    if len(content) > LARGEST:
        raise InputError(own.too_large(last, LARGEST))
    match Path(last).suffix.lower():
        case ".toml":
            return read_toml(content, last)
        case ".json":
            return read_json(content, last)
        case _:
            raise InputError(own.kind_of_file_unknown(last))


def _shape(document: Document, findings: list[Finding]) -> Parts:
    """What has the right shape, entry by entry, so that one fault does not hide the next."""
    data, parts = document.data, Parts()
    if data.get("format") != model.FORMAT:
        findings.append(said.unknown_format(document.place(("format",)), data.get("format"), model.FORMAT))
    known = list(model.ChangeDetailFile.model_fields)
    findings += [said.unknown_field(document.place((name,)), name, known) for name in data if name not in known]
    if "municipality" not in data:
        findings.append(said.field_missing(document.place(("municipality",)), "municipality"))
    elif isinstance(given := as_code(data["municipality"]), str):
        parts.municipality = given
    else:
        findings.append(said.not_text(document.place(("municipality",)), given))
    if "inhabitants" in data:
        parts.people = next(
            iter(_one(document, model.PeopleEntry, ("inhabitants",), data["inhabitants"], findings)), None
        )
    for at, given in listed(document, "detail", findings):
        read = _one(document, model.DetailEntry, ("detail", at), given, findings)
        parts.details += [Entry(at, each) for each in read]
        if not read and isinstance(given, Mapping):
            parts.faulty.add(str(given.get("sector")))
    for at, given in listed(document, "known", findings):
        parts.known += [Entry(at, each) for each in _one(document, model.KnownEntry, ("known", at), given, findings)]
    return parts


def _one(document: Document, kind: type[_T], way: Way, given: Any, findings: list[Finding]) -> list[_T]:
    try:
        return [kind.model_validate(given)]
    except ValidationError as refused:
        findings += [_finding(document, way, error) for error in once(refused)]
        return []


def _finding(document: Document, way: Way, error: ErrorDetails) -> Finding:
    """What is said of a refusal: units, sources, sectors and parts have words of their own."""
    field = str(error["loc"][-1]) if error["loc"] else ""
    place, given = document.place((*way, *error["loc"])), str(error["input"])[:60]
    match field, error["type"]:
        case "unit", "missing" | "string_too_short":
            return own.unit_missing(place)
        case "source", "missing" | "string_too_short":
            return own.source_missing(place)
        case "sector", "enum":
            return own.unknown_sector(place, given, list(Sector))
        case "part" | "taken_from", "literal_error":
            return own.unknown_part(place, given, model.KnownEntry.model_fields[field].annotation.__args__)  # type: ignore[union-attr]
        case _, "greater_than":
            return detail_not_positive(place, float(error["input"]))
    return finding_of(document, way, error, _fields_at)


def _fields_at(_document: Document, way: Way) -> Sequence[str]:
    """The names that are known where an unknown one stands."""
    section = next(step for step in reversed(way) if isinstance(step, str))
    forms: Mapping[str, type[Part]] = {
        "inhabitants": model.PeopleEntry, "detail": model.DetailEntry, "known": model.KnownEntry,
    }  # fmt: skip
    return list(forms.get(section, model.Measured).model_fields)
