"""Takes the pictures of the documentation anew: a fresh installation is served, opened and photographed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
DESKTOP, PHONE = 1280, 360
LARGEST_BYTES = 300_000
STARTS_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its file, the address, how wide the screen is, and how much of the page is on it.

    `part` is a selector; without one the picture is as high as `height`.
    """

    name: str
    address: str
    width: int = DESKTOP
    height: int = 1000
    part: str | None = None


SHOTS = [
    Shot("front-da", "/", height=1010),
    Shot("front-en", "/en/", height=1010),
    Shot("map-da", "/?measure=gap&target_year=2030", part=".map-and-table > div"),
    Shot("municipality-da", "/kommune/550/", height=1060),
    Shot("municipality-phone-da", "/kommune/167/", width=PHONE, height=1500),
    Shot("group-en", "/en/groups/region/oestdanmark/", height=1060),
    Shot("data-da", "/data/", height=900),
    Shot("method-en", "/en/methods/baseline/", height=900),
]


def main() -> int:
    """Take every picture; the exit code is 1 where one is too heavy for the documentation."""
    too_heavy = []
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=["--no-sandbox"])
        for shot in SHOTS:
            viewport = ViewportSize(width=shot.width, height=shot.height)
            page = browser.new_page(viewport=viewport, reduced_motion="reduce")
            page.goto(site + shot.address)
            wait_for_pictures(page)
            file = HERE / f"{shot.name}.png"
            if shot.part:
                page.locator(shot.part).first.screenshot(path=file)
            else:
                page.screenshot(path=file)
            page.close()
            if file.stat().st_size > LARGEST_BYTES:
                too_heavy.append(file.name)
        browser.close()
    for name in too_heavy:
        print(f"{name} is larger than {LARGEST_BYTES} bytes", file=sys.stderr)  # noqa: T201  # a program speaks
    return 1 if too_heavy else 0


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a fresh demonstration, gone afterwards."""
    port = free_port()
    klimaplan = Path(sys.executable).with_name("klimaplan")
    environment = {**os.environ, "KLIMAPLAN_HOME": str(home)}
    subprocess.run([klimaplan, "init", "--demo"], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program
    site = f"http://127.0.0.1:{port}"
    running = subprocess.Popen([klimaplan, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        wait_for(site)
        yield site
    finally:
        running.terminate()
        running.wait()


def wait_for(site: str) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            urllib.request.urlopen(site).close()  # noqa: S310  # the address is our own
        except urllib.error.URLError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.2)
        else:
            return


def wait_for_pictures(page: Page) -> None:
    """Charts further down are fetched when they come into view: fetch them all, and the letters too."""
    page.evaluate(
        """async () => {
            const pictures = [...document.images];
            for (const picture of pictures) picture.loading = "eager";
            await Promise.all([document.fonts.ready, ...pictures.map((picture) => picture.decode().catch(() => {}))]);
        }"""
    )


def installed_browser() -> str | None:
    """A browser of the system; None lets Playwright take the one it brought."""
    return shutil.which("chromium") or shutil.which("google-chrome")


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
