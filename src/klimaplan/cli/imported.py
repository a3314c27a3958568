"""What `klimaplan import-account` answers: the snapshot, and what moved against the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from klimaplan.cli.answers import language, print_json, print_table, records, say, sector_name, tonnes
from klimaplan.domain.errors import Finding

if TYPE_CHECKING:  # the database is not set up when this module is imported
    from klimaplan.web.inventories.models import Snapshot
    from klimaplan.web.public.movements import Moved, MovedSum


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did.

    Parameters
    ----------
    is_new : False when the same content had been imported before
    is_shown : whether the pages show this snapshot
    pages : how many pages changed
    moved : against the snapshot before; None for the first, and when nothing was added
    """

    snapshot: Snapshot
    is_new: bool
    is_shown: bool
    pages: int
    moved: Moved | None


def show(outcome: Outcome, findings: Sequence[Finding], *, json: bool) -> None:
    """The outcome as a record for machines, or as a line and two tables for people."""
    if json:
        print_json(_as_record(outcome, findings))
        return
    typer.echo(_sentence(outcome))
    if outcome.moved is not None:
        _show_moved(outcome.moved)
    for finding in findings:
        typer.echo(finding.message(language()))


def _as_record(outcome: Outcome, findings: Sequence[Finding]) -> dict[str, object]:
    return {
        "snapshot": _snapshot_record(outcome.snapshot),
        "is_new": outcome.is_new,
        "is_shown": outcome.is_shown,
        "pages_rebuilt": outcome.pages,
        "moved": outcome.moved and _moved_record(outcome.moved),
        "unit": "t CO2e",
        "findings": records(findings),
    }


def _snapshot_record(snapshot: Snapshot) -> dict[str, object]:
    return {
        "sha256": snapshot.sha256,
        "source": snapshot.source,
        "method_version": snapshot.method_version,
        "retrieved": snapshot.retrieved.isoformat(),
        "complete": snapshot.complete,
    }


def _moved_record(moved: Moved) -> dict[str, object]:
    return {
        "against": _snapshot_record(moved.old),
        "by_sector": {each.label: _sum_record(each) for each in moved.by_sector},
        "by_year": {each.label: _sum_record(each) for each in moved.by_year},
        "changed": moved.changed,
        "added": {str(year): count for year, count in moved.added.items()},
        "withdrawn": moved.withdrawn,
    }


def _sum_record(moved: MovedSum) -> dict[str, float]:
    return {"new_data": moved.new_data, "method_change": moved.method_change, "total": moved.total}


def _sentence(outcome: Outcome) -> str:
    snapshot = outcome.snapshot
    name = f"{snapshot.source}, {snapshot.retrieved}, {snapshot.sha256[:12]}"
    if not outcome.is_new:
        return say(f"Allerede importeret, intet er tilføjet: {name}", f"Imported before, nothing is added: {name}")
    if not snapshot.complete:
        return say(
            f"Gemt, men ikke vist, for tal mangler: {name}", f"Kept but not shown, as figures are missing: {name}"
        )
    if not outcome.is_shown:
        return say(
            f"Gemt, men ikke vist, for der er et nyere: {name}", f"Kept but not shown, as there is a newer: {name}"
        )
    return say(
        f"Nyt øjebliksbillede: {name}; {outcome.pages} sider er regnet om",
        f"New snapshot: {name}; {outcome.pages} pages rebuilt",
    )


def _show_moved(moved: Moved) -> None:
    against = f"{moved.old.source}, {moved.old.retrieved}"
    notes = [
        say(f"{moved.changed} tal er ændret, {moved.withdrawn} er udgået.",
            f"{moved.changed} figures changed, {moved.withdrawn} were withdrawn."),
        *(
            say(f"Nyt: {count} tal for {year}.", f"New: {count} figures for {year}.")
            for year, count in moved.added.items()
        ),
    ]  # fmt: skip
    title = say(f"Hvad der flyttede sig siden {against}, t CO2e", f"What moved since {against}, t CO2e")
    header = [say("ny viden", "new data"), say("ny metode", "method change"), say("i alt", "together")]
    by_sector = _rows((sector_name(each.label), each) for each in moved.by_sector)
    by_year = _rows((each.label, each) for each in moved.by_year)
    if by_sector:
        print_table(title, [say("sektor", "sector"), *header], by_sector)
        print_table(title, [say("år", "year"), *header], by_year)
    for note in notes:
        typer.echo(note)


def _rows(sums: Iterable[tuple[str, MovedSum]]) -> list[list[str]]:
    return [[name, *map(tonnes, (each.new_data, each.method_change, each.total))] for name, each in sums]
