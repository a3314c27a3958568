"""The sheets of a workbook for what is not computed with: one for every kind, a column for every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from klimaplan.domain.errors import Finding, InputError, Language, Text
from klimaplan.sources.plan_files.document import Document
from klimaplan.sources.plan_files.shaping import listed
from klimaplan.sources.plan_files.sheets import BESIDE, NAME_SEPARATOR, Column, Sheet
from klimaplan.sources.plan_files.to_sheets import cell_of
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.kinds import ACTION, KINDS, Kind
from klimaplan.web.plans.contents.reading import plain_of, read_content, read_stored
from klimaplan.web.plans.stored import Piece

KEY = Column(
    "key", Text("Nr.", "No."),
    note=Text("Lad den stå tom på en ny række. Ret den ikke.", "Leave it empty on a new row. Do not change it."),
)  # fmt: skip
"""What tells the rows apart of kinds that nothing in them names."""

KINDS_BESIDE: tuple[Kind, ...] = tuple(kind for kind in KINDS.values() if kind.code in BESIDE)

OF_PLAN = {"actions": ACTION, "goals": "adaptation_goal"}
"""List of the plan's own → the kind whose parts are in it."""


def sheet_of(kind: Kind) -> Sheet:
    """The sheet of a kind; of one that its fields do not name with a column for the key."""
    own = () if kind.named_by else (KEY,)
    return Sheet(kind.code, BESIDE[kind.code], (*own, *(_column(field) for field in form_of(kind))))


def rows_of(kind: Kind, pieces: Sequence[Piece], language: Language) -> list[list[Any]]:
    """The parts of a kind as rows of cells; what is at its default is written out."""
    columns = sheet_of(kind).columns
    found = []
    for piece in pieces:
        if piece.kind == kind.code:
            said = {"key": piece.key, **read_stored(kind, piece.content).model_dump()}
            found.append([_cell(column, said[column.field], language) for column in columns])
    return found


def lists_of(pieces: Sequence[Piece], language: Language) -> dict[str, list[str]]:
    """What may be chosen in these sheets: name of a list → words."""
    used = {column.choices for kind in KINDS_BESIDE for column in sheet_of(kind).columns}
    found = {name: [word.read(language) for word in words.values()] for name, words in CHOICES.items() if name in used}
    for name, kind in OF_PLAN.items():
        found[name] = [
            f"{each.key}{NAME_SEPARATOR}{each.content.get('title', '')}" for each in pieces if each.kind == kind
        ]
    return found


def pieces_beside(document: Document, taken: Mapping[str, Sequence[str]], findings: list[Finding]) -> Iterator[Piece]:
    """What the sheets say; a row without a number gets the next one of its kind.

    Parameters
    ----------
    taken : kind → the keys that the plan has or had
    """
    for kind in KINDS_BESIDE:
        numbers = [int(tail) for key in taken.get(kind.code, ()) if (tail := key.rpartition("-")[2]).isdigit()]
        last = max(numbers, default=0)
        for at, row in listed(document, kind.code, findings):
            given = dict(row)
            key = str(given.pop("key", "")) if not kind.named_by else ""
            try:
                content = plain_of(read_content(kind, given, kind.code))
            except InputError as refused:
                findings += (_at_its_cell(document, kind, at, each) for each in refused.findings)
                continue
            if key and key not in taken.get(kind.code, ()):
                findings.append(_unknown_number(document.place((kind.code, at, "key")), key))
                continue
            if not key and not (key := kind.key_of(content)):
                last += 1
                key = f"{kind.code}-{last}"
            yield Piece(kind.code, key, content)


def _cell(column: Column, value: Any, language: Language) -> Any:
    return None if value in ("", ()) else cell_of(column, value, language)


def _column(field: FormField) -> Column:
    name = next(
        (name for name, words in CHOICES.items() if field.choices and tuple(words.items()) == field.choices), ""
    )
    return Column(field.name, field.label, field.cell, field.help, name or field.of_plan, field.choices)


def _at_its_cell(document: Document, kind: Kind, at: int, finding: Finding) -> Finding:
    """A finding that names a field, at the cell of that field."""
    steps = [step for step in finding.place.split("!")[1:] if step]
    return replace(finding, place=document.place((kind.code, at, *steps)))


def _unknown_number(place: str, key: str) -> Finding:
    return Finding(
        "part-number-unknown", place,
        Text(f"Planen har ingen {key}.", f"The plan has no {key}."),
        Text("Numrene gives af klimaplan.", "The numbers are given by klimaplan."),
        Text("Lad cellen stå tom, hvis rækken er ny.", "Leave the cell empty if the row is new."),
    )  # fmt: skip
