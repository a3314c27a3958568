"""`klimaplan backup` and `klimaplan restore`: the whole installation in one file, and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from klimaplan.cli.answers import print_json, say
from klimaplan.cli.figures import database


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, e.g. klimaplan-2026-11-24.zip.")],
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Write every row and every evidence file into one file; the site may run meanwhile.

    The secret key and the sessions of those who are logged in are left out. The file holds personal data: keep it as
    safe as the database. It restores into either kind of database.
    """
    with database():
        from klimaplan.web.backup.making import backup as make

        made = make(file)
    if json:
        print_json({
            "file": str(made.file), "rows": made.rows, "tables": made.tables, "evidence": made.evidence,
            "audit": {"events": made.audit.seq, "head": made.audit.hash, "whole": made.whole},
        })  # fmt: skip
        return
    typer.echo(say(
        f"{made.file}: {made.rows} rækker i {made.tables} tabeller, {made.evidence} bilag",
        f"{made.file}: {made.rows} rows in {made.tables} tables, {made.evidence} evidence files",
    ))  # fmt: skip
    typer.echo(say(f"Loggens slutning: {made.audit}. Ikke med: secret-key og sessioner.",
                   f"Head of the audit log: {made.audit}. Left out: secret-key and sessions."))  # fmt: skip
    if not made.whole:
        typer.echo(say("Loggens kæde er ikke hel: kør `klimaplan audit verify`.",
                       "The chain of the audit log is not whole: run `klimaplan audit verify`."), err=True)  # fmt: skip


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `klimaplan backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there is something already; it is kept aside.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Put a backup in place, bring it up to date and prove its audit log; all of it, or nothing.

    Everything in the file is checked before anything is touched. Stop the site first and start it afterwards.
    """
    with database(may_be_new=True):
        from klimaplan.web.backup.restoring import restore as put_back

        done = put_back(file, replace=replace)
    if json:
        print_json({
            "made": done.made.isoformat(), "rows": done.rows, "evidence": done.evidence, "aside": done.aside
        })  # fmt: skip
        return
    moment = f"{done.made:%Y-%m-%d %H:%M} UTC"
    typer.echo(say(f"Genskabt fra {moment}: {done.rows} rækker, {done.evidence} bilag.",
                   f"Restored from {moment}: {done.rows} rows, {done.evidence} evidence files."))  # fmt: skip
    if done.aside:
        typer.echo(say(f"Det gamle er gemt som {done.aside}.", f"What was there is kept as {done.aside}."))
