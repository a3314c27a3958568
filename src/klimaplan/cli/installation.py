"""`klimaplan init` and `klimaplan serve`: make the database and open the site."""

from __future__ import annotations

import socket
import sys
from typing import Annotated

import typer

from klimaplan.cli.figures import database
from klimaplan.domain.errors import Finding, InputError, Text


def init(
    demo: Annotated[
        bool, typer.Option(help="Also load a demonstration programme, marked Demo wherever it shows.")
    ] = False,
) -> None:
    """Create the embedded database and load the reference data; safe to run again."""
    with database(may_be_new=True):
        from django.core.management import call_command
        from django.db import connection

        from klimaplan.web.config import home
        from klimaplan.web.public import services

        if connection.vendor == "sqlite":
            home.made_private(home.embedded_database())
        call_command("migrate", verbosity=0, interactive=False)
        for line in services.load_installation(demo_programme=demo):
            typer.echo(line)
        if demo:
            _say_demo_people()
            _say_demo_plans()
            _say_demo_cases()


def _say_demo_people() -> None:
    """Their password is made here and told here, once: it is kept nowhere."""
    from klimaplan.web.accounts.services import load_demo_people

    new, password = load_demo_people()
    if new:
        typer.echo(f"{new} invented people, such as kaja@demo.example, with the password {password}")


def _say_demo_plans() -> None:
    from klimaplan.web.plans.services import load_demo_plans

    if new := load_demo_plans():
        typer.echo(f"{new} invented plans")


def _say_demo_cases() -> None:
    from klimaplan.web.certification.demonstration.services import load_demo_cases
    from klimaplan.web.certification.revisions.demonstration.services import load_demo_revision

    if new := load_demo_cases():
        typer.echo(f"{new} invented cases of certification")
    if new := load_demo_revision():
        typer.echo(f"{new} invented revision")


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 2,
) -> None:
    """Start the site."""
    with database():
        from django.db import connections

        from klimaplan.web.inventories.selectors import current_snapshot

        current_snapshot()
        # the processes that answer make connections of their own
        connections.close_all()
    _require_free(host, port)
    from django.core.management import call_command

    from klimaplan.web.config.server import Site

    call_command("collectstatic", verbosity=0, interactive=False)
    typer.echo(f"klimaplan: http://{host}:{port}/")
    sys.stdout.flush()
    Site(host=host, port=port, workers=workers).run()


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), port), family=family).close()
    except OSError as refused:
        said = (refused.strerror or str(refused)).partition(" (")[0]
        raise InputError(Finding(
            "address-not-free", f"{host}:{port}",
            Text(f"Webstedet kan ikke åbne her ({said}).", f"The site cannot open here ({said})."),
            Text("", ""),
            Text("Vælg en anden port med --port.", "Choose another port with --port."),
        )) from None  # fmt: skip
