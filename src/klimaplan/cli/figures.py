"""The figures a command works on: the current snapshot of the database, or the reference account before `init`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import Account, fingerprint
from klimaplan.reference import load

WHOLE_SITE = "klimaplan.web.config.settings"
READING = "klimaplan.web.config.reading"
"""Enough to read the account, and a third of the time to start."""


def current_account() -> Account:
    """The account in force; a fresh machine without a database answers from the reference tables.

    Raises `InputError` when there is a database that cannot be read.
    """
    from klimaplan.web.config import home

    if not home.is_configured() or _is_reference_in_force():
        return load.account()
    with database(settings=READING):
        from klimaplan.web.inventories import selectors

        return selectors.current_account() or load.account()


def _is_reference_in_force() -> bool:
    """Whether the embedded database shows the reference account; then the tables answer, and much sooner."""
    from klimaplan.web.config import home
    from klimaplan.web.inventories.glance import in_force

    if os.environ.get("DATABASE_URL"):
        return False
    account = load.account()
    return in_force(home.embedded_database()) == (fingerprint(account), account.emissions.provenance.retrieved)


@contextmanager
def database(*, may_be_new: bool = False, settings: str = WHOLE_SITE) -> Iterator[None]:
    """The database for as long as the block lasts; what it refuses becomes an `InputError`.

    Only who makes the database says that it may be new: merely looking would leave an empty one behind.
    """
    from klimaplan.web.config import home

    if not (may_be_new or home.is_configured()):
        raise InputError(_database_absent())
    start_django(settings)
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as refused:
        raise InputError(_database_not_usable(refused)) from refused


def start_django(settings: str = WHOLE_SITE) -> None:
    """Make the database usable from a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    try:
        import django
    except ModuleNotFoundError as absent:
        raise InputError(_web_part_missing()) from absent
    try:
        django.setup()
    except ValueError:
        # not chained: what was refused may hold a password
        raise InputError(_address_not_usable()) from None


def _database_absent() -> Finding:
    return Finding(
        "database-absent", "KLIMAPLAN_HOME",
        Text("Der er ingen database endnu.", "There is no database yet."),
        Text("", ""),
        Text("Kør `klimaplan init`.", "Run `klimaplan init`."),
    )  # fmt: skip


def _address_not_usable() -> Finding:
    return Finding(
        "database-address-malformed", "DATABASE_URL",
        Text("Databasens adresse kan ikke læses.", "The address of the database cannot be read."),
        Text("", ""),
        Text("Skriv den som postgresql://navn@vært/database.", "Write it as postgresql://name@host/database."),
    )  # fmt: skip


def _database_not_usable(error: Exception) -> Finding:
    refused = " ".join(str(error).split()).rstrip(".")
    return Finding(
        "database-not-usable", "DATABASE_URL" if os.environ.get("DATABASE_URL") else "KLIMAPLAN_HOME",
        Text(f"Databasen kan ikke læses: {refused}.", f"The database cannot be read: {refused}."),
        Text("", ""),
        Text("Kør `klimaplan init`, eller peg på en anden.", "Run `klimaplan init`, or point to another one."),
    )  # fmt: skip


def _web_part_missing() -> Finding:
    return Finding(
        "web-part-missing", "klimaplan",
        Text("Databasen og webstedet er ikke installeret.", "The database and the site are not installed."),
        Text("", ""),
        Text("Kør `pip install 'klimaplan[web]'`.", "Run `pip install 'klimaplan[web]'`."),
    )  # fmt: skip
