"""A plan file as plain values, and where each of them stands in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from klimaplan.domain.errors import Finding

Path = tuple[str | int, ...]
"""The way to a value: ``("action", 6, "lever", 0, "share")``."""

NAMED_BY = {"action": ("key",), "parameter": ("name",), "driver": ("name",), "stream": ("ref", "carrier"),
            "supply": ("stream",), "detail": ("sector",)}  # fmt: skip
"""What an entry of a list is called by in a place; the others by their number."""

LONGEST_NAME = 60


@dataclass(frozen=True)
class Document:
    """What was read.

    Parameters
    ----------
    name : of the file
    data : the plain values
    cells : way → sheet and cell, of a workbook; empty for a text file
    findings : what was wrong with single cells
    """

    name: str
    data: Mapping[str, Any]
    cells: Mapping[Path, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def place(self, path: Path) -> str:
        """Where it stands: ``plan.toml!action a07!lever 1!share`` or ``plan.xlsx!Tiltag!F12``.

        >>> Document("p.toml", {"action": [{"key": "a07"}]}).place(("action", 0, "lever", 1, "share"))
        'p.toml!action a07!lever 2!share'
        >>> Document("p.xlsx", {}, {("action", 0): "Tiltag!A2"}).place(("action", 0, "title"))
        'p.xlsx!Tiltag!A2'
        """
        for length in range(len(path), 0, -1):
            if path[:length] in self.cells:
                return f"{self.name}!{self.cells[path[:length]]}"
        return "!".join((self.name, *self._steps(path)))

    def _steps(self, path: Path) -> list[str]:
        steps: list[str] = []
        at: Any = self.data
        for step in path:
            at = _within(at, step)
            if isinstance(step, int) and steps:
                name = _name(steps[-1], at) if len(steps) == 1 else ""
                unique = self._named[steps[-1]][name] == 1 if name else False
                steps[-1] = f"{steps[-1]} {name if unique else step + 1}"
            else:
                steps.append(str(step))
        return steps

    @cached_property
    def _named(self) -> Mapping[str, Counter[str]]:
        """Section → how often each name stands in it; two of one name are told apart by their number."""
        return {section: Counter(_name(section, each) for each in _entries(self.data, section)) for section in NAMED_BY}


def _entries(data: Mapping[str, Any], section: str) -> list[Any]:
    entries = data.get(section)
    return entries if isinstance(entries, list) else []


def _within(at: Any, step: str | int) -> Any:
    if isinstance(step, str) and isinstance(at, Mapping):
        return at.get(step)
    if isinstance(step, int) and isinstance(at, Sequence) and not isinstance(at, str) and step < len(at):
        return at[step]
    return None


def _name(section: str, entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    parts = [entry.get(field) for field in NAMED_BY.get(section, ())]
    return "/".join(part for part in parts if isinstance(part, str) and part.strip() and len(part) <= LONGEST_NAME)
