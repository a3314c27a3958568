"""`klimaplan`: one program, one subcommand per thing to do. Bad input gives one clear line and exit code 2."""

from __future__ import annotations

import os
import sys

import click
import typer

from klimaplan.cli import account, forecast, installation, national, pathway
from klimaplan.domain.errors import KlimaplanError, Language, SourceError

EXIT_BAD_INPUT = 2
EXIT_SOURCE_FAILED = 3

app = typer.Typer(
    name="klimaplan",
    help="Climate action plans of the 98 Danish municipalities: accounts, baselines, targets and gaps.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(installation.init)
app.command("serve")(installation.serve)
app.command("national")(national.national)
app.command("forecast")(forecast.forecast)
app.command("pathway")(pathway.pathway)
app.command("import-account")(account.import_account)


def run() -> None:
    """Entry point: run the command and turn what goes wrong into findings and an exit code."""
    try:
        # click hands back the code of an `Exit` instead of raising it when it does not stand alone
        code = app(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as shown:
        shown.show()
        code = EXIT_BAD_INPUT
    except click.ClickException as refused:
        _say(f"klimaplan: {refused.format_message()}")
        code = EXIT_BAD_INPUT
    except KlimaplanError as error:
        for finding in error.findings:
            _say(f"klimaplan: {finding.message(language())}")
        code = EXIT_SOURCE_FAILED if isinstance(error, SourceError) else EXIT_BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        code = 130
    sys.exit(code if isinstance(code, int) else 0)


def language() -> Language:
    """The reader's language: `KLIMAPLAN_LANGUAGE`, else the locale; English unless it says Danish."""
    variables = ("KLIMAPLAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    named = next((value for name in variables if (value := os.environ.get(name))), "")
    return "da" if named.lower().startswith("da") else "en"


def _say(line: str) -> None:
    print(line, file=sys.stderr)  # noqa: T201  # the command line speaks
