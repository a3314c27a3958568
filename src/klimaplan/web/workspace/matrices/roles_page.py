"""The matrix of roles: what the municipality does in each sector, role by role, and to phase out fossil fuels."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.domain.assessment.rules.words import ROLES
from klimaplan.web.certification.assessing.parts_seen import powers
from klimaplan.web.certification.assessing.said import Said
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.workspace.fields import Field
from klimaplan.web.workspace.matrices.board import Board, FieldSet, Slot
from klimaplan.web.workspace.wording import first_large, read

FOSSIL = "fossil"
COLUMNS = (
    ("operator", ("operator",)), ("supplier", ("supplier",)), ("authority", ("authority",)),
    ("facilitator", ("advocacy", "partnership", "opinion")),
)  # fmt: skip
"""Role → the fields it is written in; a facilitator is one in three ways."""

CELLS = tuple(name for _code, names in COLUMNS for name in names)
SETS = (
    FieldSet("row", "powers", (*CELLS, "not_used", "why_not", "conclusion")),
    FieldSet(FOSSIL, "powers", (*CELLS, "not_used", "why_not", "conclusion", "no_coal", "coal_until")),
)


@dataclass(frozen=True, slots=True)
class RoleCell:
    """A role in a sector.

    Parameters
    ----------
    state : ``"used"``, ``"justified"`` or ``"empty"``
    """

    code: str
    label: str
    state: str
    fields: tuple[tuple[Field, str], ...]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A sector, or the phasing out of fossil fuels."""

    slot: Slot
    code: str
    title: str
    fossil: bool
    cells: tuple[RoleCell, ...]

    @property
    def answered(self) -> int:
        return sum(each.state != "empty" for each in self.cells)


@dataclass(frozen=True, slots=True)
class RolesPage:
    """Everything on the page."""

    sentence: str
    fossil: str
    columns: tuple[str, ...]
    rows: tuple[RoleRow, ...]

    @property
    def slots(self) -> list[Slot]:
        return [each.slot for each in self.rows]


def page(board: Board) -> RolesPage:
    rows = tuple(_row(board, code, first_large(read(word))) for code, word in CHOICES["matrix_rows"].items())
    states = [cell.state for row in rows for cell in row.cells]
    numbers = {
        "whole": len(states), "used": states.count("used"), "justified": states.count("justified"),
        "empty": states.count("empty"),
    }  # fmt: skip
    sentence = _(
        "Of %(whole)d cells %(used)d are used, %(justified)d are left out with a reason, and %(empty)d are empty."
    )
    return RolesPage(
        sentence % numbers, _fossil(next(row for row in rows if row.fossil)),
        tuple(first_large(read(ROLES[code])) for code, _names in COLUMNS), rows,
    )  # fmt: skip


def _fossil(row: RoleRow) -> str:
    """How far the one row is in which nothing may be left open."""
    lacking = [cell.label.lower() for cell in row.cells if cell.state == "empty"]
    if not lacking:
        return _("All four roles are answered for phasing out fossil fuels.")
    return _("Phasing out fossil fuels still lacks: %(roles)s.") % {"roles": ", ".join(lacking)}


def _row(board: Board, code: str, title: str) -> RoleRow:
    fossil = code == FOSSIL
    slot = board.slot(FOSSIL if fossil else "row", code, given={"sector": code}, title=title)
    [seen] = powers([Said("powers", code, slot.content)])
    cells = []
    for role, names in COLUMNS:
        state = "used" if role in seen.used else "justified" if role in seen.justified else "empty"
        inside = tuple((slot.fields[name], slot.said[name]) for name in names)
        cells.append(RoleCell(role, first_large(read(ROLES[role])), state, inside))
    return RoleRow(slot, code, title, fossil, tuple(cells))
