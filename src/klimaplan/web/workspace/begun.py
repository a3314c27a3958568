"""Which version a form began with, and what the part said then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import PlanPart
from klimaplan.web.workspace.fields import last


def version_in(posted: Mapping[str, Any], part: PlanPart) -> int:
    """The version that the form began with."""
    return whole_in(last(posted, "version"), part.version)


def base_of(part: PlanPart, posted: Mapping[str, Any]) -> Plain:
    """What the part said at the version that the form began with."""
    wanted = version_in(posted, part)
    kept = next((each for each in selectors.history(part) if each.version == wanted), None)
    return dict(part.content if kept is None else kept.content)


def whole_in(text: str, default: int) -> int:
    return int(text) if text.isdigit() and len(text) < 9 else default
