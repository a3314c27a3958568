"""The Danish catalogue: complete, with the same placeholders, and spoken by the pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.test import Client

from web.addresses import PAGES, address
from web.reading import Element, page

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "src/klimaplan/web/locale/da/LC_MESSAGES/django.po"

ENGLISH = re.compile(r"\b(the|municipalit\w+|emissions|target|and|with|year|baseline|gap)\b", re.IGNORECASE)


def test_every_text_of_pages_and_code_is_in_danish() -> None:
    done = subprocess.run(["bin/messages", "--check"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_both_languages_have_the_same_placeholders() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="da")
    differing = []
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {placeholder for each in ids for placeholder in re.findall(r"%\(\w+\)[sdg]", each)}
        differing += [string for string in strings if set(re.findall(r"%\(\w+\)[sdg]", string)) - wanted]
    assert differing == []


@pytest.mark.parametrize("kind", PAGES)
def test_no_english_is_left_on_a_danish_page(site: Client, kind: str) -> None:
    body = page(site.get(address(kind, "da"))).one("body")
    assert list(_english_in(body)) == []


@pytest.mark.parametrize("kind", PAGES)
def test_danish_and_english_pages_are_built_alike(site: Client, kind: str) -> None:
    danish, english = (page(site.get(address(kind, language))) for language in ("da", "en"))
    for tag in ("h1", "h2", "table", "figure", "form", "section"):
        assert len(danish.all(tag)) == len(english.all(tag)), tag


def _english_in(element: Element) -> Iterator[str]:
    """Words of English outside what says that it is English, and outside code."""
    if element.tag in {"script", "code"} or element.attributes.get("lang") == "en":
        return
    for each in element.inside:
        if isinstance(each, Element):
            yield from _english_in(each)
        elif ENGLISH.search(each):
            yield each
