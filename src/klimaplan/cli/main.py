"""`klimaplan`: one program, one subcommand per thing to do. Bad input gives one clear line and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import typer

from klimaplan.cli import (
    account,
    assess,
    audit,
    backup,
    change,
    digest,
    forecast,
    installation,
    national,
    pathway,
    people,
    plan,
)
from klimaplan.cli.answers import language
from klimaplan.domain.errors import Finding, KlimaplanError, SourceError, Text

EXIT_BAD_INPUT = 2
EXIT_SOURCE_FAILED = 3
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="klimaplan",
    help="Climate action plans of the 98 Danish municipalities: accounts, baselines, targets and gaps.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(installation.init)
app.command("serve")(installation.serve)
app.command("national")(national.national)
app.command("forecast")(forecast.forecast)
app.command("pathway")(pathway.pathway)
app.command("change")(change.change)
app.command("assess")(assess.assess)
app.command("import-account")(account.import_account)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("invite")(people.invite)
app.command("digest")(digest.digest)
app.add_typer(plan.app)
app.add_typer(audit.app)


def run() -> None:
    """Entry point: run the command and turn what goes wrong into findings and an exit code."""
    try:
        # the parser hands back the code of an `Exit` instead of raising it when it does not stand alone
        code = app(args=sys.argv[1:] or ["--help"], prog_name="klimaplan", standalone_mode=False)
    except typer.TyperException as refused:
        code = _say([_not_understood(refused)])
    except KlimaplanError as error:
        code = _say(error.findings)
        if isinstance(error, SourceError):
            code = EXIT_SOURCE_FAILED
    except OSError as refused:
        code = _say([_not_usable(refused)])
    except (typer.Abort, KeyboardInterrupt):
        code = EXIT_INTERRUPTED
    sys.exit(code if isinstance(code, int) else 0)


def _say(findings: Iterable[Finding]) -> int:
    for finding in findings:
        print(f"klimaplan: {finding.message(language())}", file=sys.stderr)  # noqa: T201  # the command line speaks
    return EXIT_BAD_INPUT


def _not_understood(refused: typer.TyperException) -> Finding:
    """What the parser says of a command line, with the place it speaks of."""
    parameter = getattr(refused, "param", None)
    place = getattr(refused, "option_name", None) or (parameter and parameter.opts[-1]) or " ".join(sys.argv[1:])
    said = refused.message.partition("\n")[0].removeprefix("Value error, ").rstrip(".")
    da, en = _REFUSALS.get(type(refused).__name__, ("Kommandolinjen kan ikke læses ({}).", "{}."))
    return Finding(
        "command-not-understood", place,
        Text(da.format(said), en.format(said)),
        Text("", ""),
        Text("Se `klimaplan --help`.", "See `klimaplan --help`."),
    )  # fmt: skip


_REFUSALS = {
    "NoSuchOption": ("Tilvalget findes ikke.", "There is no such option."),
    "BadOptionUsage": ("Tilvalget mangler en værdi.", "The option lacks its value."),
    "MissingParameter": ("Angivelsen mangler.", "This argument is required."),
    "BadParameter": ("Værdien kan ikke bruges ({}).", "{}."),
}
"""The refusals of the parser by name: Typer keeps their types to itself."""


def _not_usable(refused: OSError) -> Finding:
    said = refused.strerror or str(refused)
    return Finding(
        "file-not-usable", str(refused.filename or "klimaplan"),
        Text(f"Filen eller mappen kan ikke bruges ({said}).", f"The file or folder cannot be used ({said})."),
        Text("", ""),
        Text("Ret stien eller adgangen.", "Mend the path or the access."),
    )  # fmt: skip
