"""A backup to take apart: an installation with the demonstration, evidence files and somebody logged in."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.running import Installation

EVIDENCE = {name: name.encode() * 1000 for name in ("ab/abcd", "ef/efgh æ.pdf")}


@contextmanager
def database(vendor: str) -> Iterator[dict[str, str]]:
    """The variables of a new, empty database of a kind; skips where there is no server."""
    if vendor == "sqlite":
        yield {}
        return
    server = os.environ.get("DATABASE_URL")
    if server is None:
        pytest.skip("no PostgreSQL here; `bin/with-postgres` starts one")
    import psycopg

    folder, name = server.rpartition("/")[0], f"drill_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {"DATABASE_URL": f"{folder}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def query(installation: Installation, statement: str) -> list[tuple[Any, ...]]:
    """Ask the database, or change it, as somebody does who needs no program for it."""
    if address := installation.variables.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(address) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []
    connection = sqlite3.connect(installation.home / "klimaplan.sqlite3")
    with connection:
        found = connection.execute(statement).fetchall()
    connection.close()
    return found


def pages(installation: Installation) -> list[tuple[Any, ...]]:
    return sorted(query(installation, "SELECT kind, key, digest, content FROM public_picture"))


def filled(home: Path, variables: dict[str, str], *options: str) -> Installation:
    made = Installation(home, variables)
    assert made.run("init", *options).code == 0
    for name, content in EVIDENCE.items():
        path = home / "evidence" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    (home / "evidence" / ".half-written").write_bytes(b"?")
    return made


def evidence(home: Path) -> dict[str, bytes]:
    folder = home / "evidence"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None], *, rehash: bool = True) -> Path:
    """Another archive of changed members; with `rehash`, its manifest tells of them as if they had always been so."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    before = members["manifest.json"]
    change(members)
    if rehash and members.get("manifest.json") == before:
        manifest = json.loads(before)
        manifest["members"] = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in members.items()
            if name != "manifest.json"
        }
        members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target
