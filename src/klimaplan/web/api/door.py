"""Who asks: a personal token in the header and nothing else. No cookie is read, so nothing can be asked in the name of
somebody whose browser happens to be logged in, and there is no form to guard.
"""

from __future__ import annotations

import json
import math
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.security import HttpBearer

from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.api import attempts, findings
from klimaplan.web.api.refusals import ApiError, BodyTooLarge, TokenNotUsable, TooManyRequests
from klimaplan.web.plans.evidence import store
from klimaplan.web.tokens import selectors, services
from klimaplan.web.tokens.models import PersonalToken

LARGEST = 2_000_000
"""Bytes of one request that brings no file."""
AROUND_A_FILE = 100_000
LONGEST_HEADER = 200


class Bearer(HttpBearer):
    """The door of one operation.

    Parameters
    ----------
    scope : what the token must be good for; empty where any will do
    accepts : the names of the parameters that the operation has
    brings_file : whether a file comes with it
    """

    openapi_bearerFormat = "klp_…"  # noqa: N815  # the name that OpenAPI gives it
    openapi_description = "A personal token, made on the page My account. It does what its scopes and your roles allow."

    def __init__(self, scope: str, accepts: frozenset[str], *, brings_file: bool = False) -> None:
        super().__init__()
        self.scope, self._accepts, self._brings_file = scope, accepts, brings_file

    def __call__(self, request: HttpRequest) -> PersonalToken:
        request.personal = True  # type: ignore[attr-defined]  # refusals of this part say more than those of the open one
        token = self.authenticate(request, request.headers.get("Authorization", ""))
        if attempts.too_many(request, token.sha256):
            raise TooManyRequests(findings.too_many_requests())
        services.require_second_factor(token.user)
        if self.scope and self.scope not in token.scope_set:
            raise NotAllowed(self.scope, *findings.scope_missing(self.scope))
        self._require_fitting(request)
        services.note_use(token)
        return token

    def authenticate(self, request: HttpRequest, token: str) -> PersonalToken:
        word, _, secret = token.partition(" ")
        found = None
        if word.lower() == "bearer" and len(token) <= LONGEST_HEADER:
            found = selectors.shown(secret.strip())
        if found is not None:
            return found
        if attempts.too_many_refused(request):
            raise TooManyRequests(findings.too_many_requests())
        raise TokenNotUsable(findings.token_not_usable())

    def _require_fitting(self, request: HttpRequest) -> None:
        """No more than one request may hold, and no parameter that nobody reads."""
        most = store.largest() + AROUND_A_FILE if self._brings_file else LARGEST
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdecimal() and int(length) > most:
            raise BodyTooLarge(findings.body_too_large(most))
        if unknown := sorted(set(request.GET) - self._accepts):
            raise ApiError([findings.parameter_unknown(name) for name in unknown])


def who(request: HttpRequest) -> User:
    """Whose token it is."""
    user: User = request.auth.user  # type: ignore[attr-defined]  # put there by the door
    return user


class StrictJson(Parser):
    """JSON as the standard has it: no NaN, nothing beyond any number, no name twice in one object."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(
            request.body, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_each_once
        )  # fmt: skip


def _refuse(written: str) -> Any:
    raise ValueError(written)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found
