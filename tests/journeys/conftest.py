"""The real site of a demonstration, served by its own command, and a real browser in front of it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

WAIT_MS = 8000
DESKTOP = {"width": 1280, "height": 900}
KLIMAPLAN = [sys.executable, "-m", "klimaplan"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")


@dataclass(frozen=True)
class Served:
    """A site that answers, with the environment of its commands and the password of its invented people."""

    address: str
    environment: dict[str, str]
    password: str

    def run(self, *arguments: str) -> str:
        """What a command says of this installation."""
        done = subprocess.run(
            [*KLIMAPLAN, *arguments], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def told(self, code: str, *arguments: str) -> str:
        """What Python code prints that works on this installation."""
        environment = {**self.environment, "DJANGO_SETTINGS_MODULE": "klimaplan.web.config.settings"}
        begun = f"import sys\nimport django\ndjango.setup()\n{code}"
        command = [sys.executable, "-c", begun, *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Every process of the test run serves its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["KLIMAPLAN_HOME"] = str(tmp_path_factory.mktemp("home"))
    made = subprocess.run([*KLIMAPLAN, "init", "--demo"], env=environment, check=True, capture_output=True, text=True)
    [password] = re.findall(r"with the password (\S+)", made.stdout)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*KLIMAPLAN, "serve", "--port", str(port), "--workers", "1"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        # by name: browsers give passkeys to names, never to numbers
        _wait_for(f"http://localhost:{port}/", server)
        yield Served(f"http://localhost:{port}", environment, password)
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="session")
def address(served: Served) -> str:
    """Where the site is."""
    return served.address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome of the machine, else the one Playwright has brought.

    Closed after each module: while it runs, its event loop would keep Django's tests from their database.
    """
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield started
        started.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens a page of the site; afterwards nothing may have failed, and nobody else may have been asked."""
    contexts, troubles = [], []

    def open_page(path: str, *, refused: bool = False, **options: object) -> Page:
        context = browser.new_context(base_url=address, **{"viewport": DESKTOP, **options})
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        page = context.new_page()

        def heard(message: ConsoleMessage) -> None:
            # the browser calls every answer from 400 up an error; a refusal is one that the test asks for
            if message.type == "error" and not (refused and "server responded with a status of 4" in message.text):
                troubles.append(f"{message.text} ({message.location.get('url')})")

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc not in ("", urlsplit(address).netloc):
                troubles.append(f"asked elsewhere: {request.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", asked)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


SignedIn = Callable[..., Page]


@pytest.fixture
def signed_in(visit: Visit, served: Served) -> SignedIn:
    """Signs one of the invented people in, as they would do it themselves."""

    def sign_in(email: str = "kaja@demo.example", **options: object) -> Page:
        page = visit("/konto/log-ind/", refused=True, **options)
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Adgangskode").fill(served.password)
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mit arbejde")
        return page

    return sign_in


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
