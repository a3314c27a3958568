"""The installed site, the plan of Hvidovre of the tests of the workspace, and people around it."""

from __future__ import annotations

import pytest

from klimaplan.web.accounts.models import User
from web.workspace.conftest import kaja, karl, nothing_kept, person, plan  # noqa: F401  # fixtures


@pytest.fixture
def reader(kaja: User) -> User:  # noqa: F811
    return person("Rita", reader="hvidovre")


@pytest.fixture
def adviser(kaja: User) -> User:  # noqa: F811
    return person("Rune", dgo_adviser="dgo-hovedstaden")


@pytest.fixture
def stranger(kaja: User) -> User:  # noqa: F811
    """Who works elsewhere."""
    return person("Ole", coordinator="koebenhavn")
