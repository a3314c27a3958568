"""Without scripts: links, forms and details do everything but the sliders' echo and the map's tip."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]
PLAIN = {"java_script_enabled": False}


def test_choosing_a_measure_by_the_button(visit: Visit) -> None:
    page = visit("/en/", **PLAIN)
    page.get_by_label("Show", exact=True).select_option("total")
    page.get_by_label("Region", exact=True).select_option("nordjylland")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("table[data-overview] tbody tr")).to_have_count(11)
    expect(page.locator("table[data-overview]")).to_contain_text("−9,374")


def test_trying_a_target_by_the_button(visit: Visit) -> None:
    page = visit("/en/municipality/167/", **PLAIN)
    page.get_by_label("Base year", exact=True).select_option("2018")
    slider = page.get_by_label("Reduction since the base year")
    slider.focus()
    # from 80 down to 70, as anyone can with the keys
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Compute").click()
    # 66,929.1 − 208,937.8 × 0.30
    expect(page.locator("#attempt")).to_contain_text(re.compile(r"\+4,250"))


def test_the_map_leads_on_and_names_what_it_shows(visit: Visit) -> None:
    page = visit("/en/?measure=total", **PLAIN)
    hvidovre = page.locator('[data-map] a[data-name="Hvidovre"]').first
    assert hvidovre.locator("title").text_content() == "Hvidovre: 121,145"
    hvidovre.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvidovre")


def test_details_open_by_themselves(visit: Visit) -> None:
    page = visit("/kommune/167/", **PLAIN)
    table = page.locator("#figure-pathway table")
    expect(table).to_be_hidden()
    page.locator("#figure-pathway summary").filter(has_text="tabel").click()
    expect(table).to_be_visible()
    expect(table).to_contain_text("121.145")
