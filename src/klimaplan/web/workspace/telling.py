"""What differs inside a field, in words: of a lever only what was changed, under the names of its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from klimaplan.sources.plan_files import sheets
from klimaplan.web.plans.contents.asking import FormField
from klimaplan.web.workspace.wording import read, spoken

FIGURE = {"value", "low", "central", "high", "distribution", "parameter", "unit"}
"""Names in a table that is one number."""

COLUMNS = {column.field: column for column in sheets.ACTIONS.columns}
OUTER = {"ramp": "ramp", "effects": "effect", "burdens": "burden"}


def differing(label: str, *sides: Any, form: FormField | None = None) -> Iterator[tuple[str, ...]]:
    """Label and what each side says; of tables once for everything that is not the same on all sides."""
    tables = [_table(side) for side in sides]
    known = [table for table in tables if table is not None]
    if len(known) < len(sides) or not any(known):
        yield (label, *(spoken(side, form) for side in sides))
        return
    flat = [dict(_leaves(table)) for table in known]
    for name in dict.fromkeys(name for side in flat for name in side):
        values = [side.get(name) for side in flat]
        if any(value != values[0] for value in values):
            yield (f"{label}, {_named(name)}", *(_said(name, value) for value in values))


def _table(value: Any) -> Mapping[str, Any] | None:
    """A value as a table of fields: nothing is an empty one, levers stand under their numbers; None for all else."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return None if _is_figure(value) else value
    if isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
        return {str(number): each for number, each in enumerate(value, start=1)}
    return None


def _leaves(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        where = f"{before}{name}"
        if isinstance(value, Mapping) and not _is_figure(value) and name != "table":
            yield from _leaves(value, f"{where}.")
        elif isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
            for at, each in enumerate(value, start=1):
                yield from _leaves(each, f"{where}.{at}.")
        else:
            yield where, value


def _is_figure(table: Mapping[str, Any]) -> bool:
    return bool(FIGURE & set(table)) and "kind" not in table


def _column(name: str) -> sheets.Column | None:
    steps = [step for step in name.split(".") if not step.isdigit()]
    if not steps:
        return None
    outer = OUTER.get(steps[0], "lever")
    # the ramp of a template stands by itself, and so its fields come without the word before them
    return COLUMNS.get(f"{outer}.{steps[-1]}") or (COLUMNS.get(f"ramp.{name}") if len(steps) == 1 else None)


def _named(name: str) -> str:
    """The words of the form for a field inside a lever; its own name where the form has none."""
    column = _column(name)
    numbers = [step for step in name.split(".") if step.isdigit()]
    words = read(column.name) if column else name
    return " ".join([words, *numbers]) if column else words


def _said(name: str, value: Any) -> str:
    column = _column(name)
    words = sheets.VOCABULARIES.get(column.choices, {}) if column else {}
    return read(words[value]) if isinstance(value, str) and value in words else spoken(value)
