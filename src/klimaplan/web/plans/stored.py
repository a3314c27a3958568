"""The whole of a plan as one content: what a version freezes, what its digest is of, and the plan file within it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from klimaplan.sources.plan_files.model import FORMAT, PlanFile
from klimaplan.web.audit.canonical import canonical
from klimaplan.web.plans.contents.kinds import COMPUTED, HEAD, KINDS, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion

STORED = "klimaplan-stored-plan/1"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part without its place in the database."""

    kind: str
    key: str
    content: Plain
    origin: Any = None

    @property
    def name(self) -> tuple[str, str]:
        return self.kind, self.key


def pieces_of(whose: Plan | PlanVersion) -> tuple[Piece, ...]:
    """The parts in the order of the kinds, and each kind in its own order."""
    if isinstance(whose, PlanVersion):
        return pieces_in(whose.content)
    order = {code: number for number, code in enumerate(KINDS)}
    rows = PlanPart.objects.filter(plan=whose, removed=False).values_list(
        "kind", "key", "content", "origin", "position", "pk"
    )
    return tuple(
        Piece(kind, key, content, origin)
        for kind, key, content, origin, *_ in sorted(rows, key=lambda row: (order[row[0]], row[4], row[5]))
    )


def pieces_in(content: Plain) -> tuple[Piece, ...]:
    return tuple(Piece(each["kind"], each["key"], each["content"], each.get("origin")) for each in content["parts"])


def whole(pieces: Iterable[Piece]) -> Plain:
    """One content; the order of the parts is part of it."""
    return {"format": STORED, "parts": [_written(each) for each in pieces]}


def digest(content: Plain) -> str:
    """SHA-256 of the canonical JSON.

    >>> digest(whole([]))[:12]
    'b066c1ac373a'
    """
    return hashlib.sha256(canonical(content).encode("ascii")).hexdigest()


def file_data(pieces: Iterable[Piece]) -> Plain:
    """What is computed with, as the plain values of a plan file."""
    data: Plain = {"format": FORMAT}
    for each in pieces:
        if each.kind == HEAD:
            data["plan"] = each.content
        elif each.kind in COMPUTED:
            data.setdefault(kind_of(each.kind).section, []).append(each.content)
    return data


def file_of(pieces: Iterable[Piece]) -> PlanFile:
    """The plan file; the qualitative parts have no place in it."""
    return PlanFile.model_validate(file_data(pieces))


def _written(piece: Piece) -> Plain:
    record = {"kind": piece.kind, "key": piece.key, "content": piece.content}
    return record if piece.origin is None else {**record, "origin": piece.origin}
