"""What a workbook would change: held against what the plan was when it went out, and what it is now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from klimaplan.domain.errors import Finding
from klimaplan.web.plans.contents.kinds import COMPUTED, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import Overlap, Side, merge
from klimaplan.web.plans.results.comparing import FieldChange, field_changes, title_of
from klimaplan.web.plans.stored import Piece

WHOLE = "*"
"""The name of an overlap of a whole part: one side removed it, the other changed it."""

Name = tuple[str, str]
Choices = Mapping[Name, Mapping[str, Side]]
"""Kind and key of a part → name of the overlap → whose holds; ``mine`` is what the workbook says."""


class Coming(StrEnum):
    """What would become of a part."""

    ADDED = "added"
    CHANGED = "changed"
    CONFLICTING = "conflicting"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Row:
    """One part that the workbook would change.

    Parameters
    ----------
    fields : what would be changed, from what the plan says now
    overlaps : what must be chosen
    result : what the part would say; None where it would go
    """

    kind: str
    key: str
    title: str
    coming: Coming
    result: Plain | None
    fields: tuple[FieldChange, ...] = ()
    overlaps: tuple[Overlap, ...] = ()

    @property
    def name(self) -> Name:
        return self.kind, self.key


@dataclass(frozen=True)
class Preview:
    """What a workbook would do to a plan.

    Parameters
    ----------
    base_known : whether the workbook says what it was written from; without that nothing is ever removed by it
    revision : of the plan when this was computed; applying it later asks anew
    """

    rows: tuple[Row, ...]
    base_known: bool
    revision: int
    findings: tuple[Finding, ...] = ()

    def of(self, coming: Coming) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.coming is coming)


def rows(
    base: Sequence[Piece] | None,
    file: Sequence[Piece],
    now: Sequence[Piece],
    choices: Choices | None = None,
    kinds: Collection[str] = COMPUTED,
) -> Iterator[Row]:
    """Every part of the file that differs, in the order of the workbook; what goes last.

    Parameters
    ----------
    base : None where nobody knows it: then the plan as it is now, and nothing is removed
    kinds : those that the file speaks of; of others nothing is removed
    """
    theirs = {each.name: each for each in now if each.kind in kinds}
    was = theirs if base is None else {each.name: each for each in base if each.kind in kinds}
    mine = {each.name: _settled(each, was.get(each.name)) for each in file}
    chosen = choices or {}
    names = dict.fromkeys((*mine, *(() if base is None else was)))
    for name in names:
        row = _row(was.get(name), mine.get(name), theirs.get(name), chosen.get(name, {}))
        if row is not None:
            yield row


DIGITS = ".15g"
"""As many digits as a spreadsheet keeps of a number that was typed into it."""


def _settled(mine: Piece, base: Piece | None) -> Piece:
    """What the workbook says, with the numbers of the base where a spreadsheet has only rounded them off."""
    return mine if base is None else replace(mine, content=_digits_of(mine.content, base.content))


def _digits_of(mine: Any, base: Any) -> Any:
    if isinstance(mine, Mapping) and isinstance(base, Mapping):
        return {name: _digits_of(value, base.get(name)) for name, value in mine.items()}
    if isinstance(mine, list) and isinstance(base, list) and len(mine) == len(base):
        return [_digits_of(*pair) for pair in zip(mine, base, strict=True)]
    if isinstance(mine, float) and isinstance(base, float) and format(mine, DIGITS) == format(base, DIGITS):
        return base
    return mine


def _row(base: Piece | None, mine: Piece | None, theirs: Piece | None, chosen: Mapping[str, Side]) -> Row | None:
    if mine is None:
        return _gone(base, theirs, chosen)
    kind, title = kind_of(mine.kind), title_of(mine)
    if theirs is None:
        if base is None:
            return Row(mine.kind, mine.key, title, Coming.ADDED, mine.content, field_changes(kind, {}, mine.content))
        if base.content == mine.content:
            return None  # removed from the plan meanwhile, and untouched in the workbook
        return _whole(mine, base.content, mine.content, None, chosen)
    put = merge(
        kind, base={} if base is None else base.content, mine=mine.content, theirs=theirs.content, choices=chosen
    )
    if put.content == theirs.content and not put.overlaps:
        return None
    coming = Coming.CONFLICTING if put.overlaps else Coming.CHANGED
    fields = field_changes(kind, theirs.content, put.content)
    return Row(mine.kind, mine.key, title, coming, put.content, fields, put.overlaps)


def _gone(base: Piece | None, theirs: Piece | None, chosen: Mapping[str, Side]) -> Row | None:
    """A part that the workbook no longer has."""
    if theirs is None or base is None:
        return None
    if theirs.content == base.content:
        return Row(theirs.kind, theirs.key, title_of(theirs), Coming.REMOVED, None)
    return _whole(theirs, base.content, None, theirs.content, chosen)


def _whole(
    piece: Piece, base: Plain, mine: Plain | None, theirs: Plain | None, chosen: Mapping[str, Side]
) -> Row | None:
    """One side has removed what the other has changed."""
    side = chosen.get(WHOLE)
    title = title_of(piece)
    if side is None:
        overlap = Overlap(WHOLE, (WHOLE,), base, mine or {}, theirs or {})
        return Row(piece.kind, piece.key, title, Coming.CONFLICTING, theirs, overlaps=(overlap,))
    if side == "theirs":
        return None
    return Row(piece.kind, piece.key, title, Coming.REMOVED if mine is None else Coming.CHANGED, mine)
