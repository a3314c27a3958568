"""What cannot be used is refused with place and remedy, in the language of the reader, and never with a traceback."""

from __future__ import annotations

import pytest
from django.test import Client

from web.addresses import at
from web.reading import page


@pytest.mark.parametrize(
    ("given", "danish", "english"),
    [
        ({"year": "1999"}, "year=1999: Den værdi kan ikke bruges. Vælg: 2018, 2019", "year=1999: That value cannot"),
        ({"measure": "mood"}, "measure=mood: Den værdi", "Choose: total, per_head, change, gap."),
        ({"sector": "shipping"}, "Vælg: total, energy, transport, agriculture", "sector=shipping: That value"),
        ({"sort": "1; drop"}, "sort=1; drop: Den værdi", "Choose: name, total, per_head"),
        ({"region": "skåne"}, "region=skåne: Den værdi", "region=skåne: That value cannot be used. Choose:"),
        ({"desc": "maybe"}, "desc=maybe: Den værdi", "desc=maybe: That value"),
        ({"target_year": "2031"}, "target_year=2031: Den værdi", "target_year=2031: That value"),
    ],
)
def test_the_front_page_refuses(site: Client, given: dict[str, str], danish: str, english: str) -> None:
    for language, expected in (("da", danish), ("en", english)):
        response = site.get(at(language, "front"), given)
        assert response.status_code == 422
        assert expected in page(response).one("main").text


def test_all_faults_are_told_at_once(site: Client) -> None:
    response = site.get(at("en", "front"), {"year": "1999", "measure": "mood", "sort": "mood"})
    text = page(response).one("main").text
    assert [fault for fault in ("year=1999", "measure=mood", "sort=mood") if fault in text] == [
        "year=1999", "measure=mood", "sort=mood",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"percent": "many"}, "percent=many"),
        ({"percent": "nan"}, "percent=nan"),
        ({"percent": "inf"}, "percent=inf"),
        ({"percent": "-5"}, "percent=-5"),
        ({"percent": "0"}, "percent=0"),
        ({"percent": "201"}, "percent=201"),
        ({"target_year": "2023"}, "target_year=2023"),
        ({"target_year": "2051"}, "target_year=2051"),
        ({"base_year": "1989"}, "base_year=1989"),
        ({"base_year": "2024"}, "base_year=2024"),
        ({"base_year": "1990", "base_tonnes": "-1"}, "base_tonnes=-1"),
        ({"base_year": "1990", "base_tonnes": "1e12"}, "base_tonnes=1e12"),
        ({"population": "perhaps"}, "population=perhaps"),
        # known years, but nobody knows what was emitted
        ({"base_year": "1995"}, "1995"),
    ],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_sliders_refuse(site: Client, given: dict[str, str], place: str, language: str) -> None:
    response = site.get(at(language, "municipality", "167"), given)
    assert response.status_code == 422
    findings = page(response).all("section", class_="findings")
    assert len(findings) == 1
    assert findings[0].one("code").text == place
    remedy = {"da": ("Vælg", "vælg", "Angiv"), "en": ("Choose", "choose", "Give")}[language]
    assert any(word in findings[0].text for word in remedy)


def test_the_rest_of_the_page_stands_beside_a_refusal(site: Client) -> None:
    whole = page(site.get(at("en", "municipality", "167"), {"percent": "many"}))
    assert whole.one("h1").text == "Hvidovre"
    assert len(whole.all("figure")) == 3


@pytest.mark.parametrize(
    ("written", "danish", "english"),
    [
        ("Hvidover", "Mente du 167 Hvidovre", "Did you mean 167 Hvidovre"),
        ("168", "Kommunen findes ikke.", "There is no such municipality."),
        ("Xqzw", "Brug en kommunekode fra 101 til 860.", "Use a municipality code from 101 to 860."),
    ],
)
def test_an_unknown_municipality_is_not_found_with_a_suggestion(
    site: Client, written: str, danish: str, english: str
) -> None:
    for language, expected in (("da", danish), ("en", english)):
        response = site.get(at(language, "municipality", written))
        assert response.status_code == 404
        assert expected in page(response).one("main").text


@pytest.mark.parametrize(
    "path",
    [
        "/kommune/167/download.pdf",
        "/kommune/999/download.csv",
        "/grupper/region/skaane/",
        "/grupper/kkr/hovedstaden/",
        "/grupper/overview/dk/",
        "/grupper/municipality/167/",
        "/figur/0/overview/dk/curve/wide.svg",
        "/figur/0/municipality/999/curve/wide.svg",
        "/metoder/guesswork/",
        "/data/forskelle/?old=00&new=11",
        "/data/forskelle/",
        "/nowhere/",
        "/en/nowhere/",
        "/figur/0/municipality/167/pathway/enormous.svg",
    ],
)
def test_what_does_not_exist_is_not_found(site: Client, path: str) -> None:
    response = site.get(path)
    assert response.status_code == 404
    read = page(response)
    assert len(read.all("h1")) == 1
    assert read.one("html").attributes["lang"] == ("en" if path.startswith("/en/") else "da")


@pytest.mark.parametrize("given", [{"old": ""}, {"old": "%"}, {"old": "' or 1=1 --"}, {"old": "z" * 500}])
def test_a_fingerprint_that_is_none_is_not_found(site: Client, given: dict[str, str]) -> None:
    assert site.get(at("da", "differences"), given).status_code == 404


@pytest.mark.parametrize("written", ["<script>alert(1)<", "%3Cscript%3E", "\u202e861", "a" * 5000])
def test_what_was_asked_for_comes_back_as_text(site: Client, written: str) -> None:
    response = site.get(at("da", "municipality", written))
    assert response.status_code == 404
    assert b"<script>alert" not in response.content


def test_nothing_is_half_answered(site: Client) -> None:
    response = site.get("/en/", {"year": "1999"})
    assert b"<table" not in response.content
    assert "Traceback" not in response.content.decode()
