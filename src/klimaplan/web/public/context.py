"""What every page needs: the data behind it, the other language, and whether invented figures are on show."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

from klimaplan.web.config.errors import language
from klimaplan.web.public import selectors


def every_page(request: HttpRequest) -> dict[str, Any]:
    other = "da" if language() == "en" else "en"
    state = selectors.site_state()
    return {
        "language": language(),
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
        "state": state,
        "demo": state is not None and state.demo,
        "version": settings.VERSION,
    }
