"""`klimaplan import-account`: bring in a new edition of the account as a snapshot."""

from __future__ import annotations

from klimaplan.domain.errors import Finding, InputError, Text


def import_account() -> None:
    """Import the account of all municipalities."""
    raise InputError(Finding(
        "command-not-ready", "import-account",
        Text("Kommandoen er ikke færdig.", "The command is not ready."),
        Text("", ""),
        Text("Brug `klimaplan init`.", "Use `klimaplan init`."),
    ))  # fmt: skip
