"""Fetching the account: every answer is kept as a file at once, so that a broken run goes on where it stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from klimaplan.domain.errors import SourceError
from klimaplan.sources.account import failures, findings
from klimaplan.sources.account.edition import Edition
from klimaplan.sources.account.files import file_name
from klimaplan.sources.account.key_figures import Collected, Place, is_sound, parse, read_rows, rows_of
from klimaplan.sources.account.service import Service


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is: what is done, and the place that was just dealt with."""

    done: int
    total: int
    place: Place


def download(
    service: Service,
    places: Iterable[Place],
    edition: Edition,
    folder: Path,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Collected:
    """Fetch what is not in the folder yet, and read all of it.

    Parameters
    ----------
    folder : holds one file per municipality and year, written whole or not at all; made when missing
    tell : is told of every place that is done

    Raises
    ------
    SourceError : the provider failed; what had been answered is kept, and the finding says how to go on
    """
    wanted = list(places)
    folder.mkdir(parents=True, exist_ok=True)
    collected = Collected()
    asked = False
    for done, place in enumerate(wanted):
        file = folder / file_name(place)
        content = _kept(file)
        if content is None:
            if asked:
                time.sleep(service.manner.pause)
            try:
                content, asked = service.ask(place), True
            except SourceError as failed:
                if not done:
                    raise
                left = failures.download_unfinished(folder.name, done, len(wanted), edition.retrieved.isoformat())
                raise SourceError((*failed.findings, left)) from None
        _take(place, content, file, collected)
        tell(Progress(done + 1, len(wanted), place))
    return collected


def _kept(file: Path) -> bytes | None:
    """What an earlier run kept; None when there is nothing, or when it is cut off or no answer."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return content if is_sound(content) else None


def _take(place: Place, content: bytes, file: Path, collected: Collected) -> None:
    rows = rows_of(parse(content, file.name), file.name)
    if not rows:
        # not kept: what is not published today may be tomorrow
        collected.findings.append(findings.answer_empty(file.name))
        return
    _keep(file, content)
    figures, found = read_rows(rows, file.name)
    collected.figures[place] = figures
    collected.findings.extend(found)


def _keep(file: Path, content: bytes) -> None:
    if file.exists() and file.read_bytes() == content:
        return
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
