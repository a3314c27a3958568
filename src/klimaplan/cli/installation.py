"""`klimaplan init` and `klimaplan serve`: make the database and open the site."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from klimaplan.cli.figures import database, start_django


def init(
    demo: Annotated[
        bool, typer.Option(help="Also load a demonstration programme, marked Demo wherever it shows.")
    ] = False,
) -> None:
    """Create the embedded database and load the reference data; safe to run again."""
    with database():
        from django.core.management import call_command

        from klimaplan.web.public import services

        call_command("migrate", verbosity=0, interactive=False)
        for line in services.load_installation(demo_programme=demo):
            typer.echo(line)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 2,
) -> None:
    """Start the site."""
    start_django()
    from django.core.management import call_command

    from klimaplan.web.config.server import Site

    call_command("collectstatic", verbosity=0, interactive=False)
    typer.echo(f"klimaplan: http://{host}:{port}/")
    sys.stdout.flush()
    Site(host=host, port=port, workers=workers).run()
