"""Rows as lines of JSON that say the same on either database, and back again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection
from django.db.models import Field, JSONField, Model, Value
from django.utils.duration import duration_string

LEFT_OUT = frozenset({"sessions.session", "usersessions.usersession"})
"""Who is logged in where; whoever reads a backup shall not be."""

CHUNK = 500


class RowsUnusable(Exception):  # noqa: N818  # an answer for the reader of the file, who makes a finding of it
    """What stands on a line cannot become a row."""

    def __init__(self, line: int, said: object) -> None:
        super().__init__(f"{line}: {said}")
        self.line, self.said = line, " ".join(str(said).split())


def tables(apps: Apps) -> dict[str, type[Model]]:
    """The models whose rows are kept, by their label; those without a table of their own are none."""
    there = set(connection.introspection.table_names())
    models = (model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy)
    kept = {model._meta.label_lower: model for model in models if model._meta.db_table in there}
    return {label: kept[label] for label in sorted(kept) if label not in LEFT_OUT}


def lines(model: type[Model]) -> Iterator[bytes]:
    """A line with the names of the fields, then a line for each row in the order of their keys."""
    names = [field.attname for field in _fields(model)]
    yield _line(names)
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=2000):
        yield _line(row)


def load(model: type[Model], written: Iterable[bytes]) -> int:
    """Put the rows of the lines into the table in place of what is in it; says how many."""
    model._base_manager.all()._raw_delete(connection.alias)
    numbered = enumerate(written, start=1)
    fields = _named(model, next(numbered, (1, b""))[1])
    chunk: list[Model] = []
    count = 0
    for number, line in numbered:
        chunk.append(model(**_values(fields, line, number)))
        if len(chunk) == CHUNK:
            count += _insert(model, chunk, number)
            chunk = []
    return count + (_insert(model, chunk, count + len(chunk) + 1) if chunk else 0)


def restart_numbering(models: Iterable[type[Model]]) -> None:
    """Let keys that the database gives begin after those that were loaded."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def _named(model: type[Model], line: bytes) -> list[Field[Any, Any]]:
    by_name = {field.attname: field for field in _fields(model)}
    names = _read(line, 1)
    if sorted(map(str, names)) != sorted(by_name):
        raise RowsUnusable(1, f"{', '.join(map(str, names))} ≠ {', '.join(by_name)}")
    return [by_name[name] for name in names]


def _values(fields: list[Field[Any, Any]], line: bytes, number: int) -> dict[str, object]:
    row = _read(line, number)
    if len(row) != len(fields):
        raise RowsUnusable(number, f"{len(row)} ≠ {len(fields)}")
    try:
        return {field.attname: _value(field, value) for field, value in zip(fields, row, strict=True)}
    except (ValidationError, ValueError, TypeError, ArithmeticError) as refused:
        raise RowsUnusable(number, refused) from None


def _value(field: Field[Any, Any], value: object) -> object:
    if value is None and isinstance(field, JSONField) and not field.null:
        return Value(None, JSONField())  # the null of JSON, which is a value
    return field.to_python(value)


def _insert(model: type[Model], chunk: list[Model], last: int) -> int:
    """As the rows are: nothing that a field would set by itself when it is saved."""
    fields = _fields(model)
    most = max(connection.ops.bulk_batch_size(fields, chunk), 1)
    try:
        for start in range(0, len(chunk), most):
            model._base_manager.all()._insert(  # type: ignore[attr-defined]  # the only way that sets nothing
                chunk[start : start + most], fields=fields, using=connection.alias, raw=True
            )
    except (DatabaseError, ValueError, TypeError, OverflowError) as refused:
        raise RowsUnusable(last, refused) from refused
    return len(chunk)


def _read(line: bytes, number: int) -> list[Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as refused:
        raise RowsUnusable(number, refused) from None
    if not isinstance(row, list):
        raise RowsUnusable(number, type(row).__name__)
    return row


def _line(row: Iterable[object]) -> bytes:
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":"), default=_plain).encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    raise TypeError(f"no JSON: {type(value).__name__}")
