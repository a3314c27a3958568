"""The map of the 98 municipalities as the built assets hold it, coloured by an arrangement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.contrib.staticfiles import finders

from klimaplan.web.public.arrangement import Arrangement, Line, Measure
from klimaplan.web.public.classes import style_of
from klimaplan.web.public.formatting import measured


class Area(Protocol):
    """What the map says of a municipality besides its colour; `rank` None has no place among the others."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def rank(self) -> int | None: ...
    @property
    def shown(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Shape:
    """One municipality on the map: its outline (SVG path), its label point, and its line of the table.

    `value` is the measured figure as text, empty when it is missing; `course` has a digit per moment, if the map moves.
    """

    d: str
    cx: float
    cy: float
    line: Area
    style: str
    value: str
    course: str = ""


Box = dict[str, float]
"""``x``, ``y``, ``width`` and ``height`` in units of the map."""


@dataclass(frozen=True, slots=True)
class Enlarged:
    """A crowded part of the map, shown again and larger: where it lies, where it is shown, and what is in it."""

    source: Box
    target: Box
    shapes: list[Shape]

    @property
    def view_box(self) -> str:
        return " ".join(str(self.source[side]) for side in ("x", "y", "width", "height"))


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The map; `inset` frames Bornholm, which is moved."""

    view_box: str
    inset: Box
    enlarged: Enlarged
    shapes: list[Shape]


def draw(arrangement: Arrangement) -> DrawnMap:
    """Every municipality with its class; those a filter leaves out stay as outlines."""
    return drawn({
        line.code: Shape(
            **outline(line.code),
            line=line,
            style=style_of(line.map_class, arrangement) if line.shown else "outside",
            value=_text(line, arrangement.wish.measure),
        )
        # in the order of the codes, so that the keyboard goes through the map the same way every time
        for line in sorted(arrangement.lines, key=lambda line: line.code)
    })  # fmt: skip


def outline(code: str) -> dict[str, Any]:
    """Path and label point of a municipality."""
    found: dict[str, Any] = _built()["municipalities"][code]
    return found


def drawn(shapes: Mapping[str, Shape]) -> DrawnMap:
    """The map of shapes by code, in their order."""
    built = _built()
    crowded = built["enlarged"]
    return DrawnMap(
        view_box=built["viewBox"],
        inset=built["inset"],
        enlarged=Enlarged(crowded["from"], crowded["to"], [shapes[code] for code in crowded["codes"]]),
        shapes=list(shapes.values()),
    )


def _text(line: Line, measure: Measure) -> str:
    figure = line.figures[measure]
    return measured(figure, measure) or ""


@cache
def _built() -> dict[str, Any]:
    found = finders.find("built/map.json")
    if found is None:
        raise FileNotFoundError("built/map.json: run `make assets`")
    with open(found, encoding="utf-8") as file:  # noqa: PTH123  # finders give a string
        built: dict[str, Any] = json.load(file)
        return built
