"""The words of the field, Danish and English: one word per idea, on screen and in the documentation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.reference import tables


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means."""

    code: str
    word: Text
    meaning: Text


@cache
def glossary() -> tuple[Term, ...]:
    """Every term, by code."""
    return tuple(
        Term(row["code"], Text(row["word_da"], row["word_en"]), Text(row["meaning_da"], row["meaning_en"]))
        for row in tables.rows("words/glossary")
    )
