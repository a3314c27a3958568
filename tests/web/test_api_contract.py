"""The API against its own description: valid OpenAPI, and whatever is asked, an answer that keeps to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.api.answers.shapes import Asked, Seen
from klimaplan.web.api.site import api
from klimaplan.web.certification.cases import services as cases
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan
from klimaplan.web.tokens.scopes import Scope
from klimaplan.web.tokens.services import make_token

EXAMPLES, WITH_TOKEN = 25, 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@cache
def _site() -> Callable[..., Iterable[bytes]]:
    return get_wsgi_application()


def site_in_this_process(environment: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """The site as a WSGI application, made when it is first asked and not when the tests are collected."""
    return _site()({"REMOTE_ADDR": "127.0.0.1", **environment}, start)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """What the site reads stands in a transaction of the test, so a request must not end the connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


whole = api.get_openapi_schema()


def part_of_it(personal: bool) -> Any:
    """The operations that ask for a token, or those that do not, as a description of their own."""
    paths = {
        path: {method: each for method, each in methods.items() if ("security" in each) is personal}
        for path, methods in whole["paths"].items()
    }
    made = schemathesis.openapi.from_dict({**whole, "paths": {path: kept for path, kept in paths.items() if kept}})
    made.app = site_in_this_process
    return made


opened, personal = part_of_it(False), part_of_it(True)


def operations(described: Any) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described.raw_schema["paths"].items()
        for method, operation in methods.items()
    }


def test_the_description_is_valid(site: Client) -> None:
    raw = site.get("/api/v1/openapi.json").json()
    assert raw["openapi"].startswith("3.1")
    described = schemathesis.openapi.from_dict(raw)
    described.validate()
    assert set(operations(described)) == {*operations(opened), *operations(personal)}


def test_every_open_operation_says_what_it_answers() -> None:
    assert set(operations(opened)) == {
        "GET /api/v1/national",
        "GET /api/v1/municipalities",
        "GET /api/v1/municipalities/{code}",
        "GET /api/v1/municipalities/{code}/pathway",
        "GET /api/v1/municipalities/{code}/plan",
        "GET /api/v1/groups/{kind}",
        "GET /api/v1/groups/{kind}/{slug}",
        "GET /api/v1/snapshots",
        "GET /api/v1/differences",
        "GET /api/v1/sources",
        "GET /api/v1/programme",
        "GET /api/v1/criteria-sets",
        "GET /api/v1/criteria-sets/{slug}",
        "GET /api/v1/certificates/{sha256}",
        "GET /api/v1/municipalities/{code}/revision",
    }
    for name, operation in operations(opened).items():
        assert operation["summary"], name
        assert {str(status) for status in operation["responses"]} == {"200", "404", "422"}


def test_every_operation_with_a_token_describes_itself_whole() -> None:
    shapes = whole["components"]["schemas"]
    assert len(operations(personal)) > 50
    for name, operation in operations(personal).items():
        assert operation["operationId"], name
        assert operation["summary"], name
        assert "Takes " in operation["description"], name
        assert operation["security"] == [{"Bearer": []}], name
        statuses = {str(status) for status in operation["responses"]}
        assert {"400", "401", "403", "404", "413", "422", "429"} < statuses, name
        assert statuses & {"200", "201"}, name
        bodies = [each["content"] for each in operation["responses"].values()]
        bodies += [operation["requestBody"]["content"]] if "requestBody" in operation else []
        for shape in (media["schema"] for content in bodies for media in content.values()):
            if "$ref" in shape:
                assert shape["$ref"].rpartition("/")[2] in shapes, name
    without = [
        name for name, shape in shapes.items()
        if "properties" in shape and "examples" not in shape and not name.startswith("Listed") and name in _own(shapes)
    ]  # fmt: skip
    assert without == []


def test_every_example_is_what_it_is_an_example_of() -> None:
    asked = 0
    waiting: list[Any] = [Asked, Seen]
    while waiting:
        shape = waiting.pop()
        waiting += shape.__subclasses__()
        for example in (shape.model_config.get("json_schema_extra") or {}).get("examples", []):
            shape.model_validate(example)
            asked += 1
    assert asked > 40


def _own(shapes: dict[str, Any]) -> set[str]:
    """The shapes that operations with a token use, directly or through others."""
    found: set[str] = set()
    waiting = [personal.raw_schema["paths"]]
    while waiting:
        at = waiting.pop()
        for value in at.values() if isinstance(at, dict) else at:
            if isinstance(value, dict | list):
                waiting.append(value)
            elif isinstance(value, str) and value.startswith("#/components/schemas/"):
                name = value.rpartition("/")[2]
                if name not in found:
                    found.add(name)
                    waiting.append(shapes[name])
    return found


@opened.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_the_answer_keeps_to_the_description(site: Client, case: schemathesis.Case) -> None:
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=CHECKS)


@pytest.fixture
def token(site: Client, tmp_path: Path) -> Iterator[str]:
    """Of a coordinator of Hvidovre who has begun a plan and opened its case."""
    with override_settings(HOME=tmp_path):
        hvidovre = organisation("hvidovre")
        kaja = User.objects.create(email="kaja@example.org", name="Kaja")
        RoleAssignment.objects.create(
            user=kaja, role="coordinator", organisation=hvidovre, valid_from=date(2024, 1, 1)
        )  # fmt: skip
        cases.open_case(plan=plans.create_plan(organisation=hvidovre, title="Klimaplan", by=kaja), by=kaja)
        yield make_token(by=kaja, name="contract", scopes=list(Scope), days=1).secret


@personal.parametrize()
@settings(max_examples=WITH_TOKEN, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_whatever_is_asked_with_a_token_the_answer_keeps_to_the_description(
    token: str, case: schemathesis.Case
) -> None:
    plan = Plan.objects.filter(variant_of=None).earliest("pk")
    known = {"plan_id": plan.pk, "other_id": plan.pk, "part_id": plan.parts.get(kind="head").pk, "slug": "hvidovre"}
    known |= {"case_id": plan.cases.get().pk, "code": "K1"}
    for name in known.keys() & (case.path_parameters or {}).keys():
        case.path_parameters[name] = known[name]
    headers = {"Accept-Encoding": "identity", "Authorization": f"Bearer {token}"}
    case.call_and_validate(headers=headers, checks=CHECKS)
