"""Coming in, staying safe and going out, in a real browser: no barrier on any page, and passkeys that work."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import urlsplit

from playwright.sync_api import Page

from journeys.conftest import Served
from journeys.test_every_page import PHONE, WIDER, serious

Visit = Callable[..., Page]


def no_barrier(page: Page) -> None:
    assert serious(page) == [], page.url
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate(WIDER) <= 0, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()


def inside(page: Page) -> None:
    """Signed in, wherever that leads; on to one's own account."""
    page.wait_for_url(lambda url: not re.search("/(log-ind|kode)/$", urlsplit(url).path))
    page.goto("/konto/")
    assert path(page) == "/konto/"


def path(page: Page) -> str:
    return urlsplit(page.url).path


def test_a_refused_form_has_no_barrier_and_leads_to_the_field(visit: Visit, served: Served) -> None:
    page = visit("/konto/log-ind/")
    sign_in(page, "kaja@demo.example", served.password)
    page.goto("/konto/adgangskode/")
    page.get_by_label("Nuværende adgangskode").fill("forkert")
    page.get_by_label("Ny adgangskode", exact=True).fill("kort")
    page.get_by_label("Ny adgangskode igen").fill("en anden")
    page.get_by_role("button", name="Gem adgangskoden").click()
    no_barrier(page)
    page.get_by_role("alert").get_by_role("link", name="Ny adgangskode", exact=True).click()
    assert page.evaluate("() => location.hash") == "#id_password1"


def test_on_a_phone_the_header_holds_its_words_apart(visit: Visit) -> None:
    page = visit("/konto/log-ind/", **{**PHONE, "viewport": {"width": 320, "height": 740}})
    boxes = [page.locator(each).first.bounding_box() for each in (".site-name", ".site-language", ".site-account")]
    for left, right in pairwise(boxes):
        assert left is not None
        assert right is not None
        assert left["x"] + left["width"] <= right["x"]
    assert page.locator(".site-account").evaluate("each => each.scrollWidth <= each.clientWidth")


def test_from_an_invitation_to_ones_own_page_with_the_keyboard_only(visit: Visit, served: Served) -> None:
    link = served.run(
        "invite", "tove@example.org", "--role", "action_owner", "--organisation", "hvidovre", "--site", served.address
    ).strip()
    page = visit(urlsplit(link).path)
    no_barrier(page)
    page.get_by_label("Dit navn").focus()
    page.keyboard.type("Tove")
    for _ in range(2):
        page.keyboard.press("Tab")
        page.keyboard.type("torsk-cykel-lampe-42")
    page.keyboard.press("Enter")
    page.wait_for_url("**/konto/log-ind/")
    assert "Din konto er klar." in page.get_by_role("status").inner_text()
    page.get_by_label("E-mail").focus()
    page.keyboard.type("tove@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("torsk-cykel-lampe-42")
    page.keyboard.press("Enter")
    inside(page)
    assert "Indsatsejer" in page.get_by_role("main").inner_text()


def test_a_reviewer_sets_up_a_passkey_before_anything_else_and_comes_in_with_it(visit: Visit, served: Served) -> None:
    page = visit("/konto/log-ind/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page, "bent@demo.example", served.password)
    assert path(page) == "/konto/to-trin/"
    page.goto("/konto/")
    assert path(page) == "/konto/to-trin/"
    page.get_by_role("link", name="Tilføj en adgangsnøgle").click()
    page.get_by_role("button", name="Tilføj adgangsnøglen").click()
    page.wait_for_url("**/koder/")
    no_barrier(page)
    codes = re.findall(r"\b\d{8}\b", page.get_by_role("main").inner_text())
    assert len(set(codes)) == 10
    page.goto("/konto/")
    page.get_by_role("main").get_by_role("button", name="Log ud").click()

    page.goto("/konto/log-ind/")
    sign_in(page, "bent@demo.example", served.password)
    assert path(page) == "/konto/to-trin/kode/"
    no_barrier(page)
    page.get_by_role("button", name="Brug adgangsnøglen").click()
    inside(page)
    assert "Bedømmer" in page.get_by_role("main").inner_text()

    page.goto("/konto/to-trin/adgangsnoegler/")
    no_barrier(page)
    page.goto("/arbejde/bord/")
    no_barrier(page)
