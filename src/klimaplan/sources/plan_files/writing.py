"""A plan file as text: TOML for people, JSON for machines. Reading it again gives the same file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from klimaplan.sources.plan_files.model import PlanFile

_BARE = re.compile(r"[A-Za-z0-9_-]+")
SECTIONS = ("target", "stream", "parameter", "supply", "driver", "action")
TABLES = ("decision", "resources", "known")
"""Parts of an action that stand under a heading of their own."""


def plain(file: PlanFile) -> dict[str, Any]:
    """The file as plain values, without what is left at its default."""
    return file.model_dump(exclude_defaults=True)


def to_json(file: PlanFile) -> str:
    return json.dumps(file.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=1) + "\n"


def to_toml(file: PlanFile) -> str:
    """One block for every entry, levers under their action."""
    data = plain(file)
    lines = [f"format = {inline(data['format'])}", "", "[plan]", *_fields(data["plan"])]
    for section in SECTIONS:
        for entry in data.get(section, []):
            own = {name: value for name, value in entry.items() if name not in ("lever", *TABLES)}
            lines += ["", f"[[{section}]]", *_fields(own)]
            for table in TABLES:
                if table in entry:
                    lines += ["", f"[{section}.{table}]", *_fields(entry[table])]
            for lever in entry.get("lever", []):
                lines += ["", f"[[{section}.lever]]", *_fields(lever)]
    return "\n".join(lines) + "\n"


def inline(value: Any) -> str:
    """A value of TOML on one line.

    >>> inline({"low": 0.1, "high": 2.0, "unit": "%"})
    '{ low = 0.1, high = 2.0, unit = "%" }'
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {inline(each)}" for name, each in value.items()) + " }"
    return "[" + ", ".join(inline(each) for each in value) + "]"


def _fields(entry: Mapping[str, Any]) -> Iterator[str]:
    for name, value in entry.items():
        yield f"{_key(name)} = {inline(value)}"


def _key(name: object) -> str:
    text = str(name)
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)
