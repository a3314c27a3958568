"""An action owner with an account: one's own actions first, progress and a file handed in; the rest may be read."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from journeys.conftest import SignedIn
from journeys.test_every_page import serious

IVAN = "Ivan Indsatsejer (demo)"
DECISION = {"name": "beslutning.txt", "mimeType": "text/plain", "buffer": b"Udvalget sagde ja.\n"}


def demonstration(page: Page) -> Page:
    """The invented plan of the municipality, opened from *My work*."""
    page.goto("/arbejde/")
    page.locator("article", has_text="demo").get_by_role("link").first.click()
    return page


def test_an_action_owner_reports_progress_and_hands_in_a_file(signed_in: SignedIn) -> None:
    kaja = demonstration(signed_in())
    # the demonstration has named him for the first three
    kaja.locator("table.table--actions tbody a").nth(4).click()
    title = kaja.get_by_role("heading", level=1).inner_text().removesuffix(" demo")
    kaja.get_by_label("Vælg en person").select_option(IVAN)
    kaja.get_by_role("button", name="Tilføj personen").click()
    expect(kaja.locator(".responsible")).to_contain_text(IVAN)

    ivan = signed_in("ivan@demo.example")
    own = ivan.get_by_role("region", name="Tiltag, du holder opdateret")
    expect(own.get_by_role("link")).to_have_count(4)
    assert serious(ivan) == []
    own.get_by_role("link", name=title, exact=True).click()
    expect(ivan.get_by_role("main")).to_contain_text("Du kan melde fremdrift på tiltaget.")
    expect(ivan.get_by_label("Titel")).not_to_be_editable()
    ivan.get_by_label("Fremdrift").select_option("i gang")
    ivan.get_by_label("Hvorfor det ændres").fill("Udbuddet er sendt")
    ivan.get_by_role("button", name="Gem", exact=True).click()
    expect(ivan.get_by_role("status").first).to_contain_text("Gemt.")

    ivan.get_by_role("link", name="Læg en fil op").click()
    ivan.get_by_label("Fil", exact=True).set_input_files(DECISION)
    ivan.get_by_label("Titel").fill("Udvalgets beslutning")
    about = ivan.get_by_label("Tiltag", exact=True)
    expect(about.locator("option:checked")).to_have_text(title)
    # his own four, and none
    expect(about.locator("option")).to_have_count(5)
    ivan.get_by_role("button", name="Læg op").click()
    expect(ivan.get_by_role("row", name=re.compile("Udvalgets beslutning"))).to_contain_text(title)
    assert serious(ivan) == []

    # whoever wrote the plan sees both, with the reason
    kaja.reload()
    expect(kaja.get_by_label("Fremdrift")).to_have_value("under-way")
    expect(kaja.get_by_role("main")).to_contain_text("Udvalgets beslutning")
    kaja.get_by_role("link", name="Aktivitet").click()
    expect(kaja.get_by_role("main")).to_contain_text("Udbuddet er sendt")


def test_an_action_of_somebody_else_may_be_read(signed_in: SignedIn) -> None:
    page = demonstration(signed_in("ivan@demo.example"))
    page.locator("table.table--actions tbody a").last.click()
    expect(page.get_by_role("main")).to_contain_text("Du læser planen.")
    expect(page.get_by_role("button", name="Gem", exact=True)).to_have_count(0)
