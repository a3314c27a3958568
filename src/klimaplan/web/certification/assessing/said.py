"""A part of a plan as it is read for evidence: its kind, its key and what it says, wherever it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from klimaplan.domain.assessment.evidence import Pointer
from klimaplan.domain.assessment.result import plain
from klimaplan.domain.errors import Text
from klimaplan.web.plans.contents.choices import CHOICES


@dataclass(frozen=True, slots=True)
class Said:
    """One part, of a stored plan or of a plan file."""

    kind: str
    key: str
    content: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.content.get(name)


def at(part: Said, field: str = "") -> Pointer:
    return Pointer(part.kind, part.key, field)


def titled(part: Said, *coded: tuple[str, str]) -> dict[str, Any]:
    """Where a part stands and what it is called.

    Parameters
    ----------
    coded : fields that hold a code, each with its vocabulary; the first that says something is the title
    """
    for name, vocabulary in coded:
        if code := part[name]:
            return {"at": at(part), "title": _first_large(CHOICES[vocabulary].get(code) or plain(code))}
    for name in ("title", "name", "text", "description"):
        if text := part[name]:
            return {"at": at(part), "title": plain(str(text)[:80])}
    return {"at": at(part), "title": plain(part.key)}


def _first_large(word: Text) -> Text:
    return Text(word.da[:1].upper() + word.da[1:], word.en[:1].upper() + word.en[1:])


def filled(part: Said, **fields: str) -> frozenset[str]:
    """What a part says, by the names that rules use.

    Parameters
    ----------
    fields : name of a rule → the field that must say something
    """
    return frozenset(name.replace("_", "-") for name, field in fields.items() if part[field] not in (None, "", [], ()))


def day(value: Any) -> date | None:
    """A day as it is stored, or as a plan file has it."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def of_kind(parts: Iterable[Said], kind: str) -> list[Said]:
    return [part for part in parts if part.kind == kind]
