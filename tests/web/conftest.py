"""The site on a database with the reference account, its targets and the demonstration.

Each module loads them inside one transaction and takes them back at its end, so that no other test sees them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.plans.results import selectors as results
from klimaplan.web.public import movements, pathways, services

MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(scope="session", autouse=True)
def settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing is written into the home of an installation, and files are served as they are built."""
    kept: Path = tmp_path_factory.mktemp("static")
    with override_settings(
        CACHES={name: {"BACKEND": MEMORY, "LOCATION": name} for name in ("default", "pages", "charts")},
        STATIC_ROOT=kept,
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    ):
        yield


def forget() -> None:
    """Empty what a process keeps; rows of a test that was taken back may come again under the same key."""
    for kept in (inventories.account_with, movements._recalculation, pathways._basis):
        kept.cache_clear()
    results.forget()
    for name in ("default", "pages", "charts"):
        caches[name].clear()


@pytest.fixture(scope="module")
def installed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The reference account in force, the invented earlier edition before it, and all targets."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget()
        assert list(services.load_installation(demo_programme=True))
        yield
        transaction.set_rollback(True)
    forget()


@pytest.fixture
def site(installed: None, db: None) -> Client:
    """A reader of the installed site."""
    return Client()


@pytest.fixture
def afresh() -> Iterator[None]:
    """For tests that write: nothing kept from before, nothing left for after."""
    forget()
    yield
    forget()
