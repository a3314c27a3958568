"""What a reference table says of itself: the TOML beside each CSV, which the reader holds the CSV against."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from klimaplan.domain.errors import Text


class CellType(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    meaning : what the cells say
    unit : unit of every cell, where the table has no column for it
    optional : whether a cell may be empty
    choices : the only cells allowed; empty means any
    references : where the cells must exist, ``"denmark/municipalities.code"`` or ``"sources"``
    separator : the sign between several codes in one cell, e.g. ``"+"``
    """

    name: str
    type: CellType
    meaning: Text
    unit: str | None = None
    optional: bool = False
    choices: tuple[str, ...] = ()
    references: str | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of the publisher's figures a table holds."""

    method_version: str
    retrieved: date | None
    gwp: str | None


@dataclass(frozen=True, slots=True)
class Schema:
    """What a table is, who keeps it, and what its columns mean.

    Parameters
    ----------
    method : slug of the method page that uses the table; None for plain facts
    key : the columns that name a row; the rows are sorted by them and no two are alike
    """

    title: Text
    maintainer: str
    method: str | None
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    edition: Edition | None = None

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def read_schema(path: Path) -> Schema:
    """Read ``<set>.toml``."""
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    return Schema(
        title=Text(said["title"]["da"], said["title"]["en"]),
        maintainer=said["maintainer"],
        method=said.get("method"),
        key=tuple(said["key"]),
        columns=tuple(_column(name, column) for name, column in said["columns"].items()),
        edition=_edition(said["edition"]) if "edition" in said else None,
    )


def _column(name: str, said: Mapping[str, Any]) -> Column:
    return Column(
        name=name,
        type=CellType(said["type"]),
        meaning=Text(said["da"], said["en"]),
        unit=said.get("unit"),
        optional=said.get("optional", False),
        choices=tuple(said.get("choices", ())),
        references=said.get("references"),
        separator=said.get("separator"),
    )


def _edition(said: Mapping[str, Any]) -> Edition:
    return Edition(said["method_version"], said.get("retrieved"), said.get("gwp"))
