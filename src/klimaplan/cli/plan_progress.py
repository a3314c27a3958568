"""A bar while draws take their time: on a terminal only, on standard error, and only after a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE_S = 1.0
"""Nobody needs a bar for less."""


@contextmanager
def bar(steps: int) -> Iterator[Callable[[], None]]:
    """What is to be called after every step; a single step cannot tell how far it is, so its bar only moves."""
    if not sys.stderr.isatty():
        yield _nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from klimaplan.cli.answers import say

    progress = Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=Console(file=sys.stderr),
        transient=True,
    )  # fmt: skip
    task = progress.add_task(say("udtræk", "draws"), total=steps if steps > 1 else None)
    begin = Timer(PATIENCE_S, progress.start)
    begin.daemon = True
    begin.start()
    try:
        yield lambda: progress.advance(task)
    finally:
        begin.cancel()
        begin.join()
        progress.stop()


def _nothing() -> None:
    """No terminal, no bar."""
