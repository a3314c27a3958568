"""A worker that dies once, as when a machine goes away; in a module of its own, so that processes can import it."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from klimaplan.domain.pathway.ensemble import Piece, Study, draw_piece


def killed_once(mark: Path) -> partial[Piece]:
    """The work of `draw_piece`, except that the first process that begins it is killed; `mark` remembers that."""
    return partial(_draw_or_die, mark)


def _draw_or_die(mark: Path, studies: Sequence[Study]) -> Piece:
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return draw_piece(studies)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")
