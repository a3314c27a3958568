"""The matrix of consumption: for each category what is avoided, shifted and improved, and in which roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.workspace.fields import Field
from klimaplan.web.workspace.matrices.board import Board, FieldSet, Slot
from klimaplan.web.workspace.wording import first_large, read

LEAST = 2
"""Categories that the guide asks for."""

WAYS = (
    ("avoid", gettext_lazy("Avoid")), ("shift", gettext_lazy("Shift")), ("improve", gettext_lazy("Improve")),
)  # fmt: skip
STRATEGY = ("target", "target_year", "indicator")
ASKED = ("vision", "target", "indicator")
"""What a category is whole with."""

SETS = (
    FieldSet("category", "consumption",
             ("vision", *(name for way, _word in WAYS for name in (way, f"{way}_roles")), *STRATEGY)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tick:
    """A role in a way: whether it is used there."""

    way: str
    word: str
    name: str
    value: str
    on: bool
    id: str


@dataclass(frozen=True, slots=True)
class RoleLine:
    role: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A category of consumption.

    Parameters
    ----------
    lacks : what it is not whole without
    """

    slot: Slot
    title: str
    ways: tuple[tuple[str, Field, str], ...]
    roles: tuple[RoleLine, ...]
    strategy: tuple[tuple[Field, str], ...]
    lacks: str
    new: bool


@dataclass(frozen=True, slots=True)
class ConsumptionPage:
    """Everything on the page."""

    sentence: str
    enough: bool
    categories: tuple[Category, ...]
    left: tuple[tuple[str, str], ...]

    @property
    def slots(self) -> list[Slot]:
        return [each.slot for each in self.categories]


def page(board: Board, query: Mapping[str, str]) -> ConsumptionPage:
    words = CHOICES["consumption"]
    typed = [key for kind, key in board.typed if kind == "consumption"]
    there = [part.key for part in board.of("consumption")]
    wanted = query.get("add", "")
    added = [wanted] if board.editing and wanted in words else []
    codes = list(dict.fromkeys((*there, *typed, *added)))
    categories = tuple(_category(board, code, new=code not in there) for code in codes)
    whole = sum(not each.lacks for each in categories)
    sentence = _("%(whole)d of %(count)d categories are whole; at least %(least)d are asked for.") % {
        "whole": whole, "count": len(categories), "least": LEAST,
    }  # fmt: skip
    left = tuple((code, first_large(read(word))) for code, word in words.items() if code not in codes)
    return ConsumptionPage(sentence, whole >= LEAST, categories, left)


def _category(board: Board, code: str, *, new: bool) -> Category:
    title = first_large(read(CHOICES["consumption"][code]))
    slot = board.slot("category", code, given={"category": code}, title=title)
    lacks = [slot.fields[name].label.lower() for name in ASKED if not slot.content.get(name)]
    return Category(
        slot, title, tuple((str(word), slot.fields[way], slot.said[way]) for way, word in WAYS),
        tuple(_line(slot, role, first_large(read(word))) for role, word in CHOICES["municipal_roles"].items()),
        tuple((slot.fields[name], slot.said[name]) for name in STRATEGY), ", ".join(lacks), new,
    )  # fmt: skip


def _line(slot: Slot, role: str, word: str) -> RoleLine:
    ticks = []
    for way, said in WAYS:
        field = slot.fields[f"{way}_roles"]
        ticks.append(
            Tick(way, str(said), field.name, role, role in field.chosen, f"{field.id}-{role.replace('.', '-')}")
        )
    return RoleLine(word, tuple(ticks))
