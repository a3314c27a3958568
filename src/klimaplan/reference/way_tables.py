"""The way to an approved plan: pieces of work in order, what each criterion takes, and what reviewers can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from klimaplan.domain.assessment.criteria import CriteriaSet
from klimaplan.domain.certification.remaining import Effort, Piece
from klimaplan.domain.errors import Text
from klimaplan.reference import tables


@dataclass(frozen=True, slots=True)
class WayPiece:
    """A piece of the work, its name, and the step of the guide that says how; empty where none does."""

    piece: Piece
    name: Text
    guide_step: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """A number that we assume, with how low and high it may be, and what it is."""

    low: int
    value: int
    high: int
    note: Text
    source: str


@cache
def way() -> tuple[WayPiece, ...]:
    """In our own order, which the pieces that build on each other allow.

    >>> [each.piece.key for each in way()][:3]
    ['commitment', 'account', 'risk']
    """
    return tuple(
        WayPiece(
            Piece(row["step"], tuple(filter(None, row["after"].split("+")))), Text(row["name_da"], row["name_en"]),
            row["guide_step"],
        )
        for row in tables.rows("assessment/way")
    )  # fmt: skip


@cache
def effort() -> Mapping[str, Effort]:
    """Criterion of the set in force → person-days from nothing to done."""
    return {
        row["criterion"]: Effort(float(row["low"]), float(row["days"]), float(row["high"]))
        for row in tables.rows("assessment/way-effort")
    }


@cache
def piece_of() -> Mapping[str, str]:
    """Criterion → the piece of work it belongs to.

    >>> piece_of()["K9.4"]
    'targets'
    """
    return {row["criterion"]: row["step"] for row in tables.rows("assessment/way-effort")}


def unplaced(criteria: CriteriaSet) -> tuple[str, ...]:
    """Criteria of a set that no piece of work is known for: those of another set than the one it was written for."""
    return tuple(each.id for each in criteria.criteria if each.id not in piece_of())


@cache
def review_load() -> Mapping[str, Assumed]:
    """What the forecast of reviewers' work assumes.

    >>> {name: each.value for name, each in review_load().items()}
    {'capacity': 4, 'lead-months': 6}
    """
    return {
        row["parameter"]: Assumed(
            int(row["low"]), int(row["value"]), int(row["high"]), Text(row["note_da"], row["note_en"]), row["source"]
        )
        for row in tables.rows("assessment/review-load")
    }
