"""The addresses of every page type, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import override

PAGES: dict[str, tuple[str, Sequence[str]]] = {
    "front": ("front", ()),
    "municipality": ("municipality", ("167",)),
    "municipality that takes up": ("municipality", ("825",)),
    "municipality with targets by sector": ("municipality", ("550",)),
    "groups": ("groups", ()),
    "region": ("group", ("region", "hovedstaden")),
    "region that has not begun": ("group", ("region", "oestdanmark")),
    "network": ("group", ("dgo", "dgo-nordjylland")),
    "type": ("group", ("type", "land")),
    "methods": ("methods", ()),
    "method": ("method", ("account",)),
    "data": ("data", ()),
    "about": ("about", ()),
    "accessibility": ("accessibility", ()),
    "glossary": ("glossary", ()),
    "api": ("api-guide", ()),
    "programme": ("programme", ()),
}


def address(kind: str, language: str) -> str:
    """The address of a page type."""
    name, arguments = PAGES[kind]
    return at(language, name, *arguments)


def at(language: str, name: str, *arguments: str, **named: str) -> str:
    with override(language):
        return reverse(name, args=arguments, kwargs=named)


def every_page() -> list[tuple[str, str]]:
    """Page type and language of all pages."""
    return [(kind, language) for kind in PAGES for language in ("da", "en")]
