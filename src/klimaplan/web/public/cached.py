"""Pages without parameters are kept until any figure, target or version behind them changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from klimaplan.web.config.errors import language
from klimaplan.web.public import selectors

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]

SECONDS = 24 * 60 * 60


def until_figures_change(view: View[Arguments]) -> View[Arguments]:
    """Keep the answer under the stamp of the roll-up. Pages with parameters are many, so they are made anew."""

    def answer(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        state = selectors.site_state()
        # a fragment has the address of its page: one must never be kept for the other
        is_whole = request.method == "GET" and not request.GET and "X-Fragment" not in request.headers
        if not is_whole or state is None or settings.DEBUG:
            return view(request, *args, **kwargs)
        named = f"{settings.VERSION}:{state.stamp}:{language()}:{request.path}"
        key = f"page:{hashlib.sha256(named.encode()).hexdigest()}"
        body = caches["pages"].get(key)
        if body is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                caches["pages"].set(key, response.content, SECONDS)
            return response
        return HttpResponse(body)

    update_wrapper(answer, view)
    return answer
