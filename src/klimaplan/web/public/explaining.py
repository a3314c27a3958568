"""What stands behind a number, in the words of the page: the source by its title instead of its key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klimaplan.reference import load
from klimaplan.web.public.schema import Explanation


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation ready to read; `method` is the slug of the method page."""

    source: str
    version: str
    kind: str
    retrieved: date | None
    gwp: str | None
    method: str | None
    base_year: int | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that stands by itself; `value` is None when it has no meaning, and `note` says why."""

    label: str
    value: str | None
    unit: str
    explanation: Explained
    note: str = ""
    tone: str = ""
    demo: bool = False


def explained(explanation: Explanation, *, method: str | None = None, base_year: int | None = None) -> Explained:
    """An explanation with its source by title; `method` where the page computes further than the explanation says."""
    return Explained(
        source=title_of(explanation.source),
        version=explanation.version,
        kind=explanation.kind,
        retrieved=explanation.retrieved,
        gwp=explanation.gwp,
        method=method or explanation.method,
        base_year=base_year,
    )


def title_of(source: str) -> str:
    """A source by its title and publisher; the key itself for what a reader typed in."""
    entry = load.bibliography().get(source)
    return source if entry is None else f"{entry.title} ({entry.publisher})"
