"""The figures a command works on: the current snapshot of the database, or the reference account before `init`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.account import Account
from klimaplan.reference import load


def current_account() -> Account:
    """The account in force; a fresh machine without a database answers from the reference tables.

    Raises `InputError` when there is a database that cannot be read.
    """
    from klimaplan.web.config import home

    if not home.is_configured():
        return load.account()
    with database():
        from klimaplan.web.inventories import selectors

        return selectors.current_account() or load.account()


@contextmanager
def database() -> Iterator[None]:
    """The database for as long as the block lasts; what it refuses becomes an `InputError`."""
    start_django()
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as refused:
        raise InputError(_database_not_usable(refused)) from refused


def start_django() -> None:
    """Make the database usable from a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")
    try:
        import django
    except ModuleNotFoundError as absent:
        raise InputError(_web_part_missing()) from absent
    django.setup()


def _database_not_usable(refused: Exception) -> Finding:
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
