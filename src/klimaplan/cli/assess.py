"""`klimaplan assess`: a plan file, or the plan of a municipality that is stored here, against a set of criteria."""

from __future__ import annotations

from typing import Annotated

import typer


def assess(
    what: Annotated[str, typer.Argument(help="A plan file, or the code or name of a municipality.")],
    *,
    framework: Annotated[
        str | None,
        typer.Option(metavar="SET", help="CCTF-2024, CAPF-2020 …; without it the one in force on the day."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day on which ages are counted; today without it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Hold a plan against the criteria of certification: what is met, what lacks something, what people judge."""
    from klimaplan.cli.plan_assess import answer

    answer(what, framework, on, json=json)
