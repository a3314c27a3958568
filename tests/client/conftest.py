"""A demonstration that is really served, for programs to ask; what they change is seen by no other test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

KLIMAPLAN = [sys.executable, "-m", "klimaplan"]
MAKE_TOKEN = """
import django
django.setup()
from klimaplan.web.accounts.models import User
from klimaplan.web.tokens.services import make_token
from klimaplan.web.tokens.scopes import Scope
kaja = User.objects.get(email="kaja@demo.example")
print(make_token(by=kaja, name="test", scopes=list(Scope), days=1).secret)
"""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Address, and the token of the invented coordinator of Hvidovre."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["KLIMAPLAN_HOME"] = str(tmp_path_factory.mktemp("home"))
    environment["DJANGO_SETTINGS_MODULE"] = "klimaplan.web.config.settings"
    subprocess.run([*KLIMAPLAN, "init", "--demo"], env=environment, check=True, capture_output=True)
    made = subprocess.run(
        [sys.executable, "-c", MAKE_TOKEN], env=environment, check=True, capture_output=True, text=True
    )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*KLIMAPLAN, "serve", "--port", str(port), "--workers", "1"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield SimpleNamespace(
            address=f"http://127.0.0.1:{port}", token=made.stdout.split()[-1], home=Path(environment["KLIMAPLAN_HOME"])
        )
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server has stopped"
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(url)
