"""Behind a proxy with HTTPS, by a real server and real headers: believed only where the installation says so."""

from __future__ import annotations

import http.client
import socket
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cli.running import ENTRY_POINT, Installation, own_database

LOGIN = "/konto/log-ind/"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with own_database() as variables:
        made = Installation(tmp_path_factory.mktemp("https"), variables)
        assert made.run("init").code == 0
        yield made


@contextmanager
def served(made: Installation, **variables: str) -> Iterator[Callable[..., http.client.HTTPResponse]]:
    """The site as the command serves it; asked by path and headers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [ENTRY_POINT, "serve", "--port", str(port), "--workers", "1"],
        env=made.environment(**variables), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def ask(path: str, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": "plan.example.dk", **named})
        answer = connection.getresponse()
        answer.read()
        return answer

    try:
        until = time.monotonic() + 40
        while time.monotonic() < until:
            try:
                ask(LOGIN)
                break
            except OSError:
                time.sleep(0.1)
        yield ask
    finally:
        server.terminate()
        server.wait(timeout=20)


def cookies(answer: http.client.HTTPResponse) -> list[str]:
    return [value for name, value in answer.getheaders() if name.lower() == "set-cookie"]


def test_behind_a_proxy_with_https_everything_goes_over_https(installed: Installation) -> None:
    with served(installed, KLIMAPLAN_HTTPS="1", KLIMAPLAN_HOSTS="plan.example.dk") as ask:
        # whoever comes without is sent on, whatever the page
        for path in ("/", LOGIN, "/api/v1/national"):
            sent = ask(path)
            assert (sent.status, sent.getheader("Location")) == (301, f"https://plan.example.dk{path}")
            assert not cookies(sent)
        over = ask(LOGIN, X_Forwarded_Proto="https")
        assert over.status == 200
        assert over.getheader("Strict-Transport-Security") == "max-age=31536000"
        [csrf] = cookies(over)
        assert csrf.startswith("__Host-csrf=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(csrf.split("; "))
        assert "Domain=" not in csrf
        # any other word is not HTTPS, and another host is none of ours
        assert ask(LOGIN, X_Forwarded_Proto="http").status == 301
        assert ask(LOGIN, X_Forwarded_Proto="https", Host="evil.example").status == 400


def test_without_the_setting_the_header_is_not_believed(installed: Installation) -> None:
    with served(installed, KLIMAPLAN_HOSTS="plan.example.dk") as ask:
        answer = ask(LOGIN, X_Forwarded_Proto="https")
        assert answer.status == 200
        assert answer.getheader("Strict-Transport-Security") is None
        [csrf] = cookies(answer)
        assert csrf.startswith("csrf=")
        assert "Secure" not in csrf.split("; ")


def test_the_embedded_database_is_for_its_owner_only_also_where_it_was_open_before(tmp_path: Path) -> None:
    made = Installation(tmp_path)  # the embedded one, whatever the others use
    file = tmp_path / "klimaplan.sqlite3"
    assert made.run("init").code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    assert made.run("init").code == 0
    for each in tmp_path.glob("klimaplan.sqlite3*"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
    saved, other = tmp_path / "saved.zip", tmp_path / "other"
    other.mkdir()
    assert made.run("backup", str(saved)).code == 0
    restored = Installation(other)
    assert restored.run("restore", str(saved)).code == 0
    for each in other.glob("klimaplan.sqlite3*"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each.name
