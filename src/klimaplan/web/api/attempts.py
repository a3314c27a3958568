"""How often the API may be asked, counted for all processes together like every other attempt."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

LIMITS = {"api_refused": "60/5m/ip", "api": "300/m/key"}
"""What one address may ask with tokens that do not work, and what may be asked with one that does."""


def too_many_refused(request: HttpRequest) -> bool:
    """Whether this is one token too many that does not work, from this address."""
    return not ratelimit.consume(request, app="klimaplan.api", action="api_refused", config=LIMITS, limit_get=True)


def too_many(request: HttpRequest, digest: str) -> bool:
    """Whether this is one request too many with this token."""
    return not ratelimit.consume(
        request, app="klimaplan.api", action="api", config=LIMITS, limit_get=True, key=digest
    )  # fmt: skip
