"""The API against its own description: valid OpenAPI, and whatever is asked, an answer that keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from klimaplan.web.public.api import api

EXAMPLES = 25


@cache
def _site() -> Callable[..., Iterable[bytes]]:
    return get_wsgi_application()


def site_in_this_process(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The site as a WSGI application, made when it is first asked and not when the tests are collected."""
    return _site()(environment, start)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """What the site reads stands in a transaction of the test, so a request must not end the connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


described = schemathesis.openapi.from_dict(api.get_openapi_schema())
described.app = site_in_this_process


def test_the_description_is_valid(site: Client) -> None:
    raw = site.get("/api/v1/openapi.json").json()
    assert raw["openapi"].startswith("3.1")
    described.validate()
    assert described.raw_schema == raw


def test_every_operation_says_what_it_answers(site: Client) -> None:
    raw = site.get("/api/v1/openapi.json").json()
    assert set(raw["paths"]) == {
        "/api/v1/national",
        "/api/v1/municipalities",
        "/api/v1/municipalities/{code}",
        "/api/v1/municipalities/{code}/pathway",
        "/api/v1/municipalities/{code}/plan",
        "/api/v1/groups/{kind}",
        "/api/v1/groups/{kind}/{slug}",
        "/api/v1/snapshots",
        "/api/v1/differences",
        "/api/v1/sources",
    }
    for path, operations in raw["paths"].items():
        assert list(operations) == ["get"], path
        assert operations["get"]["summary"]
        assert set(operations["get"]["responses"]) == {"200", "404", "422"}


@described.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_keeps_to_the_description(site: Client, case: schemathesis.Case) -> None:
    case.call_and_validate(
        headers={"Accept-Encoding": "identity"},
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
        ],
    )
