"""`klimaplan audit verify`: prove that the audit log is whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from klimaplan.cli.answers import print_json, records, say
from klimaplan.cli.figures import database
from klimaplan.domain.errors import Finding, InputError, Text, raise_errors

if TYPE_CHECKING:
    from klimaplan.web.audit.selectors import Link

app = typer.Typer(name="audit", help="The audit log: who did what, when and why.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """The audit log: who did what, when and why."""


@app.command("verify")
def verify(
    noted: Annotated[
        str | None,
        typer.Option(
            metavar="NUMBER:HASH",
            help="A head that an earlier run or a backup named; the log must still pass through it.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Prove that the audit log is whole: no event changed, removed, added in between or moved.

    Exit code 0 when it is, 2 when it is not; then the first broken place is named.
    """
    with database():
        from klimaplan.web.audit import selectors

        head, findings = selectors.head(), selectors.verify(_link(noted))
    if json:
        print_json({"events": head.seq, "head": head.hash, "findings": records(findings)})
        raise typer.Exit(2 if findings else 0)
    raise_errors(findings)
    typer.echo(say(f"{head.seq} hændelser, kæden er hel; slutning {head}",
                   f"{head.seq} events, the chain is whole; head {head}"))  # fmt: skip


def _link(text: str | None) -> Link | None:
    from klimaplan.web.audit.selectors import Link

    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text.strip())
    if match is None:
        raise InputError(Finding(
            "audit-head-malformed", f"--noted {text}",
            Text("Det er ikke en slutning på loggen.", "This is no head of the log."),
            Text("", ""),
            Text("Skriv den, som `klimaplan audit verify` viser den.",
                 "Write it as `klimaplan audit verify` shows it."),
        ))  # fmt: skip
    return Link(int(match[1]), match[2])
