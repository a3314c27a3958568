"""How often a link may be tried, counted for all processes together."""

from __future__ import annotations

import hashlib

from allauth.core.internal import ratelimit
from django.http import HttpRequest

LIMITS = {"progress_open": "60/5m/ip,60/5m/key", "progress_send": "30/10m/ip,20/10m/key"}
"""What one address and one link may ask for; a link that does not exist is counted like one that does."""


def too_many(request: HttpRequest, token: str) -> bool:
    """Whether this is one attempt too many, from this address or on this link."""
    action = "progress_send" if request.method == "POST" else "progress_open"
    used = ratelimit.consume(
        request, app="klimaplan.progress", action=action, config=LIMITS, limit_get=True,
        key=hashlib.sha256(token.encode()).hexdigest(),
    )  # fmt: skip
    return not used
