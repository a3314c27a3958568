"""Reading the tables: a CSV file and, beside it, a TOML file that says what each column holds."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of a table, as text. `name` is the path without ending, e.g. ``"denmark/municipalities"``."""
    return tuple(read(path_of(name)))


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def schema(name: str) -> dict[str, Any]:
    """Title, maintainer, method page and columns of a table."""
    return tomllib.loads(path_of(name).with_suffix(".toml").read_text(encoding="utf-8"))


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.csv"


def names() -> list[str]:
    """Every table there is."""
    return sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.glob("*/*.csv"))
