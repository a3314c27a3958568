"""The four attributes of an indicator in words: they stand wherever one is shown."""

from __future__ import annotations

from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace.wording import read

ATTRIBUTES = ("reach", "detail", "nature", "basis")
TOP_DOWN = "top-down"
"""National data that were scaled down say little about local change."""


def attributes_of(content: Plain) -> tuple[str, ...]:
    """Those that are told."""
    return tuple(
        read(words[content[name]])
        for name, words in ((name, CHOICES[f"indicator_{name}"]) for name in ATTRIBUTES)
        if content.get(name) in words
    )
