"""What is asked again and again while one request is answered is asked of the database once, and forgotten after it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

_T = TypeVar("_T")

_KNOWN: ContextVar[dict[Hashable, object] | None] = ContextVar("known", default=None)
"""None outside of requests: commands and services by themselves ask every time."""


@contextmanager
def one_request() -> Iterator[None]:
    """The time in which answers are kept; the next request begins with none."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


def once_a_request(question: Hashable, ask: Callable[[], _T]) -> _T:
    """The answer, asked for once within a request."""
    known = _KNOWN.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return cast("_T", known[question])


def forget() -> None:
    """Ask anew, because somebody's roles have just changed."""
    known = _KNOWN.get()
    if known is not None:
        known.clear()
