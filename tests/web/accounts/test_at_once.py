"""Several people do the same to roles, invitations and accounts at the same time, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.running import Installation, own_database

PROGRAM = Path(__file__).with_name("giving.py")
OTHERS = 7
"""All but one."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with own_database() as variables:
        installation = Installation(tmp_path_factory.mktemp("given"), variables)
        assert installation.run("init").code == 0
        yield installation


def test_a_role_is_given_once_a_link_works_once_and_one_administrator_stays(made: Installation) -> None:
    done = subprocess.run(
        [sys.executable, PROGRAM], env=made.environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "give": {"done": 1, "role-already-held": OTHERS},
        "accept": {"done": 1, "invitation-not-usable": OTHERS},
        "close": {"done": OTHERS, "last-administrator": 1},
        "roles": ["bo@example.org", "ny@example.org"],
        "people": 1, "administrators": 1, "given": 2, "verify": [],
    }  # fmt: skip
