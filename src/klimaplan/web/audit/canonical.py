"""One text for one content: the JSON that the audit log stores and hashes is the same on every database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

GENESIS = "0" * 64
"""What stands as the previous hash of the first event."""


def canonical(content: object) -> str:
    """JSON with sorted keys, no blanks, ASCII only; times in UTC, floats in the shortest form that reads back the same.

    Raises `ValueError` for what JSON cannot carry without loss: NaN, infinity, a time without a zone.

    >>> canonical({"b": 0.1, "a": [1, None, "æ"]})
    '{"a":[1,null,"\\\\u00e6"],"b":0.1}'
    """
    _require_text_keys(content)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain)


def in_utc(moment: datetime) -> str:
    """A moment to the microsecond.

    >>> in_utc(datetime.fromisoformat("2026-03-01T01:30:00+01:00"))
    '2026-03-01T00:30:00.000000Z'
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def hash_of(fields: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of an event, its previous hash among the fields."""
    return hashlib.sha256(canonical(fields).encode("ascii")).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise ValueError(f"not JSON: {type(value).__name__}")


def _require_text_keys(content: object) -> None:
    """JSON would turn the keys 1 and "1" into the same one."""
    if isinstance(content, Mapping):
        if wrong := [key for key in content if not isinstance(key, str)]:
            raise ValueError(f"keys that are no text: {wrong}")
        for value in content.values():
            _require_text_keys(value)
    elif isinstance(content, list | tuple):
        for value in content:
            _require_text_keys(value)
