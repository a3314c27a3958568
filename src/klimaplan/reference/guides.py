"""The guides: how something is done, in Danish and English, one section per step, with its edition and publisher."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from klimaplan.domain.errors import Finding, Language, Text, UnknownCodeError
from klimaplan.reference import tables

FOLDER = tables.FOLDER / "guides"

_SECTION = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One step of a guide: what it is called in the system, its heading, and its text as Markdown."""

    step: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide in one language.

    Parameters
    ----------
    official : whether the alliance stands behind it; what does not is shown as our own
    lead : the paragraph before the first step, as Markdown
    """

    slug: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    version: str
    published: date
    publisher: str
    official: bool
    note: Text


@cache
def guide(slug: str, language: Language) -> Guide:
    """A guide by its name.

    Raises
    ------
    UnknownCodeError : there is none of that name

    >>> found = guide("revision", "en")
    >>> found.version, found.sections[0].step, found.sections[0].title
    ('1.0', 'trigger', 'Say why the plan is revised')
    """
    row = next((each for each in tables.rows("guides/guides") if each["guide"] == slug), None)
    if row is None:
        raise UnknownCodeError(_unknown(slug))
    head, *parts = _SECTION.split((FOLDER / f"{slug}.{language}.md").read_text(encoding="utf-8"))
    title, _, lead = head.partition("\n")
    sections = tuple(
        Section(step, heading, text.strip())
        for step, heading, text in zip(row["steps"].split("+"), parts[1::3], parts[2::3], strict=True)
    )
    return Guide(
        slug, title.removeprefix("# ").strip(), lead.strip(), sections, row["version"],
        date.fromisoformat(row["published"]), row["publisher"], row["official"] == "true",
        Text(row["note_da"], row["note_en"]),
    )  # fmt: skip


@cache
def guides() -> tuple[str, ...]:
    """The names of all guides.

    >>> guides()
    ('revision',)
    """
    return tuple(each["guide"] for each in tables.rows("guides/guides"))


def _unknown(slug: str) -> Finding:
    return Finding(
        "unknown-guide", slug,
        Text("Der er ingen guide med det navn.", "There is no guide of that name."),
        Text("", ""),
        Text(f"Der er {', '.join(guides())}.", f"There are {', '.join(guides())}."),
    )  # fmt: skip
