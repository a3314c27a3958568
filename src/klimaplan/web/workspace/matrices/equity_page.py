"""The tables of fairness: who bears and who gains in each sector and at each hazard, and the goals for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.workspace.matrices.board import NEW, Board, FieldSet, Slot
from klimaplan.web.workspace.wording import first_large, read

TOLD = ("who", "burden", "gain", "theme", "why_not")
SETS = (
    FieldSet("sector", "fairness", ("sector", *TOLD), ("sector",)),
    FieldSet("hazard", "fairness", ("hazard", *TOLD), ("hazard",)),
    FieldSet("goal", "equity_goal", ("title", "theme", "who", "year", "action", "indicator")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sector or a hazard.

    Parameters
    ----------
    mark : the field that says which one it is
    state : ``"told"``, ``"reason"`` or ``"empty"``
    """

    slot: Slot
    title: str
    mark: str
    code: str
    state: str


@dataclass(frozen=True, slots=True)
class Goal:
    slot: Slot
    lacks: str
    new: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """What burdens and benefits are shared by, and how often the tables speak of it."""

    word: str
    told: int
    goals: int


@dataclass(frozen=True, slots=True)
class EquityPage:
    """Everything on the page."""

    sentence: str
    sectors: tuple[Line, ...]
    hazards: tuple[Line, ...]
    goals: tuple[Goal, ...]
    themes: tuple[Theme, ...]

    @property
    def slots(self) -> list[Slot]:
        return [each.slot for each in (*self.sectors, *self.hazards)] + [each.slot for each in self.goals]


def page(board: Board) -> EquityPage:
    hazards = [str(part.content["hazard"]) for part in selectors.parts(board.plan, "hazard")]
    others = [str(part.content["hazard"]) for part in board.of("fairness") if part.content.get("hazard")]
    by_sector = tuple(_lines(board, "sector", CHOICES["sectors"]))
    by_hazard = tuple(_lines(board, "hazard", dict.fromkeys((*hazards, *others))))
    every = (*by_sector, *by_hazard)
    goals = tuple(_goal(board, part.key) for part in board.of("equity_goal"))
    numbers = {
        "told": sum(each.state != "empty" for each in every), "whole": len(every),
        "goals": sum(not each.lacks for each in goals),
    }  # fmt: skip
    new = (_goal(board, f"{NEW}goal"),) if board.editing else ()
    sentence = _(
        "%(told)d of %(whole)d rows say who bears and who gains, or why not; %(goals)d goals are tied to an action and "
        "an indicator."
    )
    return EquityPage(
        sentence % numbers,
        by_sector, by_hazard, (*goals, *new),
        tuple(_theme(code, read(word), every, goals) for code, word in CHOICES["distribution"].items()),
    )  # fmt: skip


def _lines(board: Board, mark: str, codes: Iterable[str]) -> Iterable[Line]:
    vocabulary = CHOICES["sectors" if mark == "sector" else "hazards"]
    for code in codes:
        keys = [part.key for part in board.of("fairness") if part.content.get(mark) == code]
        for key in keys or [f"{NEW}{mark}-{code}"]:
            title = first_large(read(vocabulary[code]))
            slot = board.slot(mark, key, given={mark: code}, title=title)
            said = slot.content
            told = "told" if said.get("burden") or said.get("gain") else "reason" if said.get("why_not") else "empty"
            yield Line(slot, title, mark, code, told)


def _goal(board: Board, key: str) -> Goal:
    new = key.startswith(NEW)
    slot = board.slot(
        "goal", key, title=_("New goal") if new else str(board.content("equity_goal", key).get("title", key))
    )
    lacks = [] if new else [slot.fields[name].label.lower() for name in ("action", "indicator")
                            if not slot.content.get(name)]  # fmt: skip
    return Goal(slot, ", ".join(lacks), new)


def _theme(code: str, word: str, lines: Iterable[Line], goals: Iterable[Goal]) -> Theme:
    return Theme(
        first_large(word), sum(each.slot.content.get("theme") == code and each.state == "told" for each in lines),
        sum(each.slot.content.get("theme") == code for each in goals),
    )  # fmt: skip
