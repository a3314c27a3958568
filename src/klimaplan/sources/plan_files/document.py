"""A plan file as plain values, and where each of them stands in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from klimaplan.domain.errors import Finding

Path = tuple[str | int, ...]
"""The way to a value: ``("action", 6, "lever", 0, "share")``."""

NAMED_BY = {"action": ("key",), "parameter": ("name",), "driver": ("name",), "stream": ("ref", "carrier"),
            "supply": ("stream",)}  # fmt: skip
"""What an entry of a list is called by in a place; the others by their number."""


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
                steps[-1] = f"{steps[-1]} {_called(steps[-1], at) or step + 1}"
            else:
                steps.append(str(step))
        return steps


def _within(at: Any, step: str | int) -> Any:
    if isinstance(step, str) and isinstance(at, Mapping):
        return at.get(step)
    if isinstance(step, int) and isinstance(at, Sequence) and not isinstance(at, str) and step < len(at):
        return at[step]
    return None


def _called(section: str, entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    parts = [entry.get(name) for name in NAMED_BY.get(section, ())]
    return "/".join(part for part in parts if isinstance(part, str) and part.strip() and len(part) <= 60)
