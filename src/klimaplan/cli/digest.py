"""`klimaplan digest`: send what is new to those who have asked for letters."""

from __future__ import annotations

from typing import Annotated

import typer

from klimaplan.cli.answers import print_json, say
from klimaplan.cli.figures import database
from klimaplan.domain.errors import Finding, SourceError, Text


def digest(
    site: Annotated[str, typer.Option(help="Where the site is, for the addresses in the letters.")] = (
        "http://localhost:8000"
    ),
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Send a letter to everybody who has asked for one, with what is new since their last. Run it once a day.

    Running it again sends nothing twice. Exit code 3 when a letter could not be handed over; it goes with the next run.
    """
    with database():
        from klimaplan.web.digest import services

        done = services.send(site=site)
    if json:
        print_json({
            "sent": done.sent, "nothing_new": done.nothing_new, "not_due": done.not_due, "failed": len(done.failed),
        })  # fmt: skip
    else:
        typer.echo(say(
            f"{done.sent} mails sendt; {done.nothing_new} uden nyt, {done.not_due} ikke endnu",
            f"{done.sent} letters sent; {done.nothing_new} with nothing new, {done.not_due} not due yet",
        ))  # fmt: skip
    if done.failed:
        raise SourceError([_not_sent(key) for key in done.failed])


def _not_sent(key: int) -> Finding:
    """By the key of the account: an address of somebody has no place in a log."""
    return Finding(
        "letter-not-sent", f"person/{key}",
        Text("Mailen kunne ikke sendes.", "The letter could not be sent."),
        Text("Mailserveren tog ikke imod den.", "The mail server did not take it."),
        Text("Se efter KLIMAPLAN_SMTP_HOST, og kør igen.", "Look at KLIMAPLAN_SMTP_HOST and run it again."),
    )  # fmt: skip
