"""The map of stakeholders: three groups on two tracks, and who of them was heard, when, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.domain.assessment.rules.words import GROUPS
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.workspace.matrices.board import NEW, Board, FieldSet, Slot
from klimaplan.web.workspace.wording import first_large, read

SETS = (
    FieldSet("place", "stakeholder", ("group", "tracks")),
    FieldSet("heard", "stakeholder", ("involvement", "heard_on", "effect_on_plan", "why_not")),
    FieldSet("new", "stakeholder", ("name", "external", "vulnerable", "group", "tracks"), ("group", "tracks")),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A stakeholder where it stands on the map."""

    slot: Slot
    badges: tuple[str, ...]
    action: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """A group on a track, with a place for one more."""

    track: str
    label: str
    chips: tuple[Chip, ...]
    new: Slot
    group: str


@dataclass(frozen=True, slots=True)
class MapRow:
    group: str
    label: str
    cells: tuple[MapCell, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """Whether a stakeholder was involved, and what came of it."""

    slot: Slot
    groups: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class StakeholdersPage:
    """Everything on the page."""

    sentence: str
    involvement: str
    tracks: tuple[str, ...]
    rows: tuple[MapRow, ...]
    unplaced: tuple[Chip, ...]
    heard: tuple[Heard, ...]

    @property
    def slots(self) -> list[Slot]:
        new = [cell.new for row in self.rows for cell in row.cells]
        return [*new, *(each.slot for each in self.heard)]


def page(board: Board) -> StakeholdersPage:
    there = {part.key: board.content("stakeholder", part.key) for part in board.of("stakeholder")}
    rows = tuple(_row(board, there, code, read(word)) for code, word in GROUPS.items())
    unplaced = tuple(_chip(board, key) for key, content in there.items()
                     if not content.get("group") or not content.get("tracks"))  # fmt: skip
    heard = tuple(_heard(board, key) for key in there)
    cells = [cell for row in rows for cell in row.cells]
    filled = sum(bool(cell.chips) for cell in cells)
    sentence = _("Somebody stands in %(filled)d of the %(whole)d cells of the map.") % {
        "filled": filled, "whole": len(cells),
    }  # fmt: skip
    told = {
        "whole": len(heard), "heard": sum(each.state == "heard" for each in heard),
        "reason": sum(each.state == "reason" for each in heard),
    }  # fmt: skip
    involvement = _(
        "Of %(whole)d stakeholders %(heard)d have been involved with what it changed, and %(reason)d are left out with "
        "a reason."
    ) % told  # fmt: skip
    tracks = tuple(first_large(read(word)) for word in CHOICES["tracks"].values())
    return StakeholdersPage(sentence, involvement if heard else "", tracks, rows, unplaced, heard)


def _row(board: Board, there: Mapping[str, Mapping[str, object]], group: str, label: str) -> MapRow:
    cells = []
    for track, word in CHOICES["tracks"].items():
        chips = tuple(_chip(board, key) for key, content in there.items()
                      if content.get("group") == group and track in (content.get("tracks") or ()))  # type: ignore[operator]  # fmt: skip
        new = board.slot("new", f"{NEW}{group}-{track}", given={"group": group, "tracks": [track]},
                         title=_("New stakeholder"))  # fmt: skip
        cells.append(MapCell(track, first_large(read(word)), chips, new, group))
    return MapRow(group, first_large(label), tuple(cells))


def _chip(board: Board, key: str) -> Chip:
    slot = board.slot("place", key, title=_name(board, key))
    badges = {"external": _("outside the municipality"), "vulnerable": _("vulnerable")}
    return Chip(
        slot, tuple(word for name, word in badges.items() if slot.content.get(name)),
        board.action_titles.get(str(slot.content.get("action", "")), ""),
    )  # fmt: skip


def _heard(board: Board, key: str) -> Heard:
    slot = board.slot("heard", key, title=_name(board, key))
    said = slot.content
    words = {"heard": _("Involved"), "partly": _("Not told to the end"), "reason": _("Left out with a reason"),
             "empty": _("Not told yet")}  # fmt: skip
    if said.get("involvement") and said.get("effect_on_plan"):
        state = "heard"
    elif said.get("why_not"):
        state = "reason"
    else:
        state = "partly" if said.get("involvement") or said.get("effect_on_plan") else "empty"
    group = GROUPS.get(str(said.get("group")))
    return Heard(slot, read(group) if group else "", state, words[state])


def _name(board: Board, key: str) -> str:
    """All of it: two associations may differ in their last words only."""
    return str(board.content("stakeholder", key).get("name", key))
