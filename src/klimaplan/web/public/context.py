"""What every page needs: the data behind it, the other language, and whether invented figures are on show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import translate_url

from klimaplan.web.config.errors import language
from klimaplan.web.public import selectors
from klimaplan.web.public.explaining import title_of
from klimaplan.web.public.selectors import SiteState


def every_page(request: HttpRequest) -> dict[str, Any]:
    other = "da" if language() == "en" else "en"
    state = _state()
    return {
        "language": language(),
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
        "state": state,
        "state_source": title_of(state.source) if state else "",
        "demo": state is not None and state.demo,
        "version": settings.VERSION,
    }


def _state() -> SiteState | None:
    """None before the first account, and where the database fails: the page that says so must still be drawn."""
    try:
        return selectors.site_state()
    except DatabaseError:
        return None
