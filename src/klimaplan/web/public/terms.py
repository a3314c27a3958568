"""The glossary of the site: the table of reference, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass

from klimaplan.domain.errors import Language
from klimaplan.reference import load


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: here, in the other language, and what it means."""

    slug: str
    word: str
    other: str
    meaning: str


def terms(language: Language) -> list[Term]:
    """Every term, in the alphabet of the page."""
    other: Language = "da" if language == "en" else "en"
    found = [
        Term(entry.code, entry.word.read(language), entry.word.read(other), entry.meaning.read(language))
        for entry in load.glossary()
    ]
    return sorted(found, key=lambda term: term.word.casefold())
