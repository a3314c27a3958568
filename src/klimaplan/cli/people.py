"""`klimaplan invite`: offer somebody a role, as for the first administrator of an installation."""

from __future__ import annotations

from typing import Annotated

import typer

from klimaplan.cli.answers import print_json
from klimaplan.cli.figures import database


def invite(
    email: Annotated[str, typer.Argument(help="Whom to invite.")],
    role: Annotated[str, typer.Option(help="The role, such as administrator or coordinator.")],
    organisation: Annotated[str, typer.Option(help="Where, by short name: kl, hvidovre, dgo-syddanmark …")],
    site: Annotated[str, typer.Option(help="Where the site is.")] = "http://localhost:8000",
    language: Annotated[str, typer.Option(help="Language of the pages behind the link: da or en.")] = "da",
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Print a link that makes the account and gives the role; it works once, for 14 days. No letter is sent."""
    with database():
        from django.urls import reverse
        from django.utils.translation import override

        from klimaplan.web.accounts import services
        from klimaplan.web.organisations.selectors import organisation as organisation_of

        spoken = "en" if language == "en" else "da"
        made = services.invite(
            by=None, email=email, role=role, organisation=organisation_of(organisation), language=spoken
        )
        with override(spoken):
            link = site.rstrip("/") + reverse("invitation", args=[made.token])
    if json:
        print_json({"link": link, "expires": made.invitation.expires_at.isoformat()})
    else:
        typer.echo(link)
