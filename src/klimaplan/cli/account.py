"""`klimaplan import-account`: bring in an edition of the account as a snapshot, and say what it moved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from klimaplan.cli import imported
from klimaplan.cli.figures import database
from klimaplan.domain.errors import Finding, InputError, Text, raise_errors
from klimaplan.domain.inventory.account import Account, check
from klimaplan.reference import load
from klimaplan.reference.accounts import VERSION

if TYPE_CHECKING:  # what talks to the network is slow to import, and no other command needs it
    from klimaplan.sources.account import Collected, Edition, Progress

KEY = "KLIMAPLAN_ACCOUNT_KEY"
ADDRESS = "KLIMAPLAN_ACCOUNT_URL"


def import_account(
    *,
    path: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER|FILE",
            help="Read the answers from here (657-2023.json and so on) instead of fetching them.",
        ),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="A-B",
            help="First and last year. Without it: what the files hold, or every year that may be published by now.",
        ),
    ] = None,
    method_version: Annotated[
        str, typer.Option(help="The publisher's method version; the answers do not say it.")
    ] = VERSION,
    retrieved: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day the figures were fetched, e.g. 2026-05-18. Without it: today, or the day of the newest file. "
            "A day that was begun goes on where it stopped.",
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option(envvar=ADDRESS, metavar="ADDRESS", help="Where the interface answers, if elsewhere.")
    ] = None,
    pause: Annotated[float, typer.Option(min=0.0, max=60.0, help="Seconds between two questions.")] = 0.3,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Import the account of all municipalities as a new snapshot, and show what moved.

    The key of the interface is read from the environment variable KLIMAPLAN_ACCOUNT_KEY and stored nowhere.
    """
    from klimaplan.sources import account as source

    # first of all, so that nobody waits for a download that has nowhere to go
    with database():
        edition = source.Edition(method_version, _day(retrieved, path))
        span = _span(years, edition)
        if path is not None:
            collected = source.read_files(path, edition)
        else:
            collected = _fetched(edition, span or edition.years_published(), url, pause)
        account = source.assemble(collected, edition, span)
        findings = (*collected.findings, *check(account))
        raise_errors(findings)
        imported.show(_import(account), findings, json=json)


def _import(account: Account) -> imported.Outcome:
    """The new snapshot and the pages that follow from it: both, or neither."""
    from django.db import transaction

    from klimaplan.web.inventories import selectors
    from klimaplan.web.inventories.services import import_account as keep
    from klimaplan.web.public import movements
    from klimaplan.web.public.services import rebuild

    with transaction.atomic():
        done = keep(account)
        pages = rebuild() if done.is_new else 0
        before = selectors.previous_snapshot(done.snapshot)
        return imported.Outcome(
            snapshot=done.snapshot,
            is_new=done.is_new,
            is_shown=selectors.current_snapshot() == done.snapshot,
            pages=pages,
            moved=movements.between(before, done.snapshot) if before and done.is_new else None,
        )


def _fetched(edition: Edition, years: Iterable[int], address: str | None, pause: float) -> Collected:
    from klimaplan.sources import account as source
    from klimaplan.web.config.home import home

    places = [(municipality.code, year) for year in years for municipality in load.municipalities()]
    service = source.Service(
        os.environ.get(KEY, ""), address=address or source.ADDRESS, manner=source.Manner(pause=pause)
    )
    with service, _bar(len(places)) as tell:
        return source.download(service, places, edition, home() / "downloads" / edition.name, tell)


@contextmanager
def _bar(total: int) -> Iterator[Callable[[Progress], None]]:
    """A progress bar beside the answer, where there is a terminal to see it."""
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True)
    with bars.Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("klimaregnskabet.dk", total=total)
        yield lambda at: progress.update(task, completed=at.done, description=f"{at.place[0]} {at.place[1]}")


def _day(text: str | None, path: Path | None) -> date:
    from klimaplan.sources import account as source

    today = datetime.now(UTC).astimezone().date()
    if text is None:
        return today if path is None or not path.exists() else min(source.last_change(path), today)
    try:
        day: date | None = date.fromisoformat(text.strip())
    except ValueError:
        day = None
    if day is None or day > today or day.year <= source.FIRST_YEAR:
        raise InputError(Finding(
            "date-malformed", f"--retrieved {text}",
            Text("Det er ikke en dag, tallene kan være hentet.",
                 "The figures cannot have been fetched on this day."),
            Text("", ""),
            Text(f"Skriv den som {today.isoformat()}.", f"Write it as {today.isoformat()}."),
        ))  # fmt: skip
    return day


def _span(text: str | None, edition: Edition) -> Sequence[int] | None:
    if text is None:
        return None
    from klimaplan.sources import account as source

    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not source.FIRST_YEAR <= first <= last <= edition.last_possible_year:
        span = f"{source.FIRST_YEAR}-{edition.last_possible_year}"
        raise InputError(Finding(
            "years-out-of-range", f"--years {text}",
            Text(f"Årene skal ligge i {span}.", f"The years must lie in {span}."),
            Text("", ""),
            Text(f"Skriv for eksempel {span}.", f"Write for example {span}."),
        ))  # fmt: skip
    return range(first, last + 1)
