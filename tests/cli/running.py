"""Commands run as a person runs them, each in a home of its own and with a database of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ENTRY_POINT = Path(sys.executable).parent / "klimaplan"
OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LANG", "LC_ALL", "LC_MESSAGES")
"""What the surroundings may say and a test must not depend on; with every variable of klimaplan itself."""


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """The JSON on standard output of a command that succeeded, with nothing beside it."""
        assert (self.code, self.err) == (0, ""), self
        return json.loads(self.out)

    @property
    def refusal(self) -> str:
        """The one line of a command that was refused for bad input."""
        assert (self.code, self.out) == (2, ""), self
        [line] = self.err.splitlines()
        assert line.startswith("klimaplan: ")
        return line.removeprefix("klimaplan: ")


@dataclass(frozen=True)
class Installation:
    """A home with the environment in which its commands run."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KLIMAPLAN_")}
        for name in OWN:
            kept.pop(name, None)
        return {**kept, "KLIMAPLAN_HOME": str(self.home), **self.variables, **variables}

    def run(self, *arguments: str, **variables: str) -> Ran:
        """Run the installed program; variables are added to its environment."""
        done = subprocess.run(
            [ENTRY_POINT, *arguments], env=self.environment(**variables), capture_output=True, timeout=60, check=False
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextmanager
def own_database(like: Installation | None = None) -> Iterator[dict[str, str]]:
    """The variables of a database nobody else uses: on the server of `DATABASE_URL` if there is one, else embedded.

    On the server it may begin as a copy of another one; the embedded one is copied with its home.
    """
    server = os.environ.get("DATABASE_URL")
    if server is None:
        yield {}
        return
    import psycopg

    folder, name = server.rpartition("/")[0], f"cli_{uuid.uuid4().hex}"
    template = like.variables["DATABASE_URL"].rpartition("/")[2] if like else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield {"DATABASE_URL": f"{folder}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
