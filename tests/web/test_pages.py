"""What holds for every page type in both languages."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from klimaplan.web.inventories.models import Snapshot
from web.addresses import address, at, every_page
from web.reading import page


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_every_page_is_whole(site: Client, kind: str, language: str) -> None:
    response = site.get(address(kind, language))
    assert response.status_code == 200
    read = page(response)
    assert read.one("html").attributes["lang"] == language
    assert len(read.all("h1")) == 1
    assert read.one("h1").text
    assert read.one("head").one("title").text.endswith(" – klimaplan")
    ids = [each.attributes["id"] for each in read if "id" in each.attributes]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_every_page_has_its_twin_in_the_other_language(site: Client, kind: str, language: str) -> None:
    other = {"da": "en", "en": "da"}[language]
    read = page(site.get(address(kind, language)))
    [switch] = [link for link in read.all("a") if link.attributes.get("hreflang")]
    assert (switch.attributes["href"], switch.attributes["hreflang"]) == (address(kind, other), other)


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_nothing_on_a_page_is_forbidden_by_its_own_policy(site: Client, kind: str, language: str) -> None:
    read = page(site.get(address(kind, language)))
    assert read.all("style") == []
    assert [each.tag for each in read if "style" in each.attributes] == []
    assert [name for each in read for name in each.attributes if name.startswith("on")] == []
    assert all(script.attributes.get("src", "").startswith("/static/") for script in read.all("script"))
    loaded = [
        each.attributes[name]
        for each in read
        for name in ("src", "srcset", "data")
        if name in each.attributes and each.tag != "a"
    ]
    loaded += [link.attributes["href"] for link in read.all("link") if link.attributes["rel"] != "alternate"]
    assert loaded
    assert [address for address in loaded if not address.startswith("/") or address.startswith("//")] == []


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_no_placeholder_and_no_raw_value_reaches_a_reader(site: Client, kind: str, language: str) -> None:
    text = page(site.get(address(kind, language))).one("body").text
    assert not re.search(r"\bNone\b|\bnan\b|%\(|\{\{|\{%|&amp;", text)
    # a hyphen in front of a digit would be a minus nobody can trust
    assert not re.search(r"(?<![\w\d–-])-\d[\d.,]* ?(t|ton|%)", text)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_of_differences_is_whole(site: Client, language: str) -> None:
    old, new = (snapshot.sha256[:12] for snapshot in Snapshot.objects.all())
    response = site.get(at(language, "differences"), {"old": old, "new": new})
    assert response.status_code == 200
    read = page(response)
    assert len(read.all("figure")) == 1
    # by year, by sector, the largest, by municipality
    assert len(read.all("table", class_="figures")) == 5


def test_no_link_of_any_page_leads_nowhere(site: Client) -> None:
    asked: dict[str, int] = {}
    for kind, language in every_page():
        for link in page(site.get(address(kind, language))).all("a"):
            href = link.attributes["href"].partition("#")[0]
            if href.startswith("/static/"):
                asked[href] = 200 if finders.find(href.removeprefix("/static/")) else 404
            elif href.startswith("/") and href not in asked:
                asked[href] = site.head(href).status_code
    assert len(asked) > 150
    # whoever is not signed in is led to the login before their tokens
    behind = {f"/{path}/" for path in ("konto/adgangsnoegler", "en/account/tokens")}
    assert {href: status for href, status in asked.items() if status != 200} == dict.fromkeys(behind & set(asked), 302)


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_every_figure_has_words_a_table_and_its_drawings(site: Client, kind: str, language: str) -> None:
    for figure in page(site.get(address(kind, language))).all("figure"):
        assert figure.one("figcaption").text
        image = figure.one("img")
        assert len(image.attributes["alt"]) > 40
        assert len(figure.all("table")) == 1
        assert len(figure.one("tbody").all("tr")) >= 1
        for source in (image.attributes["src"], *(each.attributes["srcset"] for each in figure.all("source"))):
            drawn = site.get(source)
            assert drawn.status_code == 200
            assert drawn["Content-Type"] == "image/svg+xml"
            assert "immutable" in drawn["Cache-Control"]
            assert f'lang="{language}"' in drawn.content.decode()[:2000]


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_every_field_has_a_label(site: Client, kind: str, language: str) -> None:
    read = page(site.get(address(kind, language)))
    labelled = {label.attributes["for"] for label in read.all("label")}
    fields = [each for each in read if each.tag in {"select", "input", "textarea"}]
    assert [each.attributes.get("id") for each in fields if each.attributes.get("id") not in labelled] == []


def test_a_page_that_was_asked_for_twice_is_the_same(site: Client) -> None:
    for kind, language in every_page():
        first, second = (site.get(address(kind, language)).content for _ in range(2))
        assert first == second


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("kind", ["front", "municipality", "data", "glossary", "region"])
def test_pages_are_for_reading_only(site: Client, kind: str, method: str) -> None:
    response = getattr(site, method)(address(kind, "da"))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_head_answers_as_get_does_without_the_page(site: Client, kind: str, language: str) -> None:
    response = site.head(address(kind, language))
    assert response.status_code == 200
    assert response.content == b""
