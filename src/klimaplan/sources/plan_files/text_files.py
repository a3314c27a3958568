"""TOML and JSON as plain values. Whatever the text holds, it ends in values or in findings."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from klimaplan.domain.errors import Finding, InputError
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files.document import Document

_LINE = re.compile(r"line (\d+)")


def read_toml(content: bytes, name: str) -> Document:
    """A TOML file; `InputError` where it is none."""
    text = _text(content, name)
    try:
        return Document(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as refused:
        raise InputError(_syntax(name, "TOML", str(refused))) from refused
    except (RecursionError, ValueError) as refused:
        raise InputError(said.syntax(name, "TOML", _short(refused))) from None


def read_json(content: bytes, name: str) -> Document:
    """A JSON file; `InputError` where it is none, or where a key stands twice."""
    text = _text(content, name)
    twice: list[Finding] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in found]
        twice.extend(said.key_twice(name, key) for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(found)

    try:
        data = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as refused:
        raise InputError(_syntax(name, "JSON", str(refused))) from refused
    except (RecursionError, ValueError) as refused:
        raise InputError(said.syntax(name, "JSON", _short(refused))) from None
    if twice:
        raise InputError(twice)
    if not isinstance(data, dict):
        raise InputError(said.wrong_shape(name))
    return Document(name, data)


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        raise InputError(said.not_utf8(name)) from refused


def _syntax(name: str, language: str, message: str) -> Finding:
    line = _LINE.search(message)
    return said.syntax(f"{name}!{line[1]}" if line else name, language, message)


def _short(refused: BaseException) -> str:
    return "nested too deeply" if isinstance(refused, RecursionError) else str(refused)[:120]
