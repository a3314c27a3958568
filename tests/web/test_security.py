"""What every answer tells the browser to keep to."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from web.addresses import address, at

POLICY = {
    "default-src": {"'self'"},
    "object-src": {"'none'"},
    "base-uri": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
}


@pytest.mark.parametrize(
    "path", [*(address(kind, "da") for kind in ("front", "municipality", "data")), "/nowhere/", "/api/v1/national"]
)
def test_the_content_policy_allows_this_site_and_nothing_else(site: Client, path: str) -> None:
    told = site.get(path)["Content-Security-Policy"]
    policy = {name: set(sources) for name, *sources in (part.split() for part in told.split(";") if part.strip())}
    assert policy == POLICY


@pytest.mark.parametrize("path", ["/", "/kommune/167/", "/api/v1/national", "/kommune/167/download.csv"])
def test_the_other_headers(site: Client, path: str) -> None:
    response = site.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "dur=" in response["Server-Timing"]


def test_no_page_sets_a_cookie(site: Client) -> None:
    for path in ("/", "/en/", "/kommune/167/", "/data/", "/api/v1/national"):
        assert not site.get(path).cookies


def test_another_host_is_refused(site: Client) -> None:
    assert site.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_nothing_secret_stands_in_the_settings_and_debugging_is_off() -> None:
    assert settings.DEBUG is False
    assert len(settings.SECRET_KEY) >= 50
    assert "elsewhere" not in settings.ALLOWED_HOSTS
    assert "*" not in settings.ALLOWED_HOSTS


def test_a_page_is_sent_compressed_and_not_sent_again_when_it_is_the_same(site: Client) -> None:
    first = site.get(at("da", "glossary"), headers={"Accept-Encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    assert len(first.content) < 40_000
    again = site.get(at("da", "glossary"), headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert again.status_code == 304
