"""The figures a command works on: the current snapshot of the database, or the reference account before `init`."""

from __future__ import annotations

import os

from klimaplan.domain.inventory.account import Account
from klimaplan.reference import load


def current_account() -> Account:
    """The account in force; a fresh machine without a database answers from the reference tables."""
    from klimaplan.web.config import home

    if not home.is_configured():
        return load.account()
    start_django()
    from klimaplan.web.inventories import selectors

    return selectors.current_account() or load.account()


def start_django() -> None:
    """Make the database usable from a command."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klimaplan.web.config.settings")
    django.setup()
