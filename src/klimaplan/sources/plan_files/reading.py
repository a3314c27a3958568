"""One door for plan files of all three kinds; what comes in is not trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from klimaplan.domain.errors import Finding, InputError
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files.assembly import Ground, PlanRead, assemble
from klimaplan.sources.plan_files.document import Document
from klimaplan.sources.plan_files.shaping import Parts, shape
from klimaplan.sources.plan_files.sheets import Sheet
from klimaplan.sources.plan_files.text_files import read_json, read_toml

LARGEST = 5_000_000
"""Bytes of a plan file."""


def read_plan_file(path: Path, ground: Ground) -> PlanRead:
    """The plan of a file on disk; an unreadable file is an `OSError` like any other."""
    if path.stat().st_size > LARGEST:
        return PlanRead(None, None, None, (said.too_large(path.name, LARGEST),))
    return read_plan(path.read_bytes(), path.name, ground)


def read_plan(content: bytes, name: str, ground: Ground) -> PlanRead:
    """The plan of an uploaded file; its name says only what kind of file it is."""
    try:
        document = read_document(content, name)
    except InputError as refused:
        return PlanRead(None, None, None, refused.findings)
    findings: list[Finding] = [*document.findings]
    parts = shape(document, findings)
    return assemble(document, parts, ground, findings)


def read_shape(content: bytes, name: str) -> tuple[Parts, tuple[Finding, ...]]:
    """What a file says, without asking whether it can be computed.

    Raises
    ------
    InputError : the file cannot be read at all
    """
    document = read_document(content, name)
    findings: list[Finding] = [*document.findings]
    return shape(document, findings), tuple(findings)


def read_shape_beside(
    content: bytes, name: str, beside: Sequence[Sheet]
) -> tuple[Parts, Document, tuple[Finding, ...]]:
    """The same, and what stands in other sheets of a workbook: section → entries in the data of the document.

    Raises
    ------
    InputError : the file cannot be read at all
    """
    document = read_document(content, name, beside)
    sections = {sheet.section for sheet in beside if sheet.section in document.data and document.cells}
    own = {section: entries for section, entries in document.data.items() if section not in sections}
    findings: list[Finding] = [*document.findings]
    parts = shape(replace(document, data=own), findings)
    others = {section: document.data[section] for section in sections}
    return parts, replace(document, data=others, findings=()), tuple(findings)


def read_document(content: bytes, name: str, beside: Sequence[Sheet] = ()) -> Document:
    """The plain values of a file; `InputError` where it cannot be read."""
    last = name.replace("\\", "/").rpartition("/")[2] or "plan"
    if len(content) > LARGEST:
        raise InputError(said.too_large(last, LARGEST))
    match Path(last).suffix.lower():
        case ".toml":
            return read_toml(content, last)
        case ".json":
            return read_json(content, last)
        case ".xlsx":
            from klimaplan.sources.plan_files.workbook import read_workbook

            return read_workbook(content, last, beside)
        case _:
            raise InputError(said.kind_of_file_unknown(last))
