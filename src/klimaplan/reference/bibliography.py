"""The bibliography: where every figure of the reference tables comes from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from klimaplan.domain.errors import Finding, raise_errors
from klimaplan.reference import findings
from klimaplan.reference.tables import FOLDER

SOURCES = FOLDER / "sources.toml"


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography.

    Parameters
    ----------
    key : what a `source` column says
    url : the publisher's own address; empty for what klimaplan says itself
    accessed : the day the figures were fetched where it is known, else the day they were entered
    note : what was not read in the original, and other reservations; may be empty
    language : of the title; Danish unless the entry says otherwise
    """

    key: str
    title: str
    publisher: str
    url: str
    licence: str
    version: str
    accessed: date
    note: str
    language: str = "da"


@cache
def bibliography() -> Mapping[str, Source]:
    """Every source by its key; `InputError` when an entry lacks a field.

    >>> bibliography()["kf25"].publisher
    'Klima-, Energi- og Forsyningsministeriet'
    """
    sources, faults = read_bibliography(SOURCES)
    raise_errors(faults)
    return sources


def read_bibliography(path: Path) -> tuple[dict[str, Source], list[Finding]]:
    """Read a bibliography; entries that lack a field are findings and are left out."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    faults = [
        findings.source_incomplete(f"{path.name}!{key}", field)
        for key, entry in said.items()
        for field in _lacking(entry)
    ]
    return {key: Source(key=key, **entry) for key, entry in said.items() if not any(_lacking(entry))}, faults


def _lacking(entry: Mapping[str, Any]) -> list[str]:
    wanted = [field.name for field in fields(Source) if field.name != "key" and field.default is MISSING]
    may_be_empty = ("url", "note")
    return [name for name in wanted if name not in entry or (not entry[name] and name not in may_be_empty)]
