"""How the map turned green: by the keyboard, by the button that plays, with less motion, and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

LAST = "24 November 2026: 98 with a plan"
FIRST = "Spring 2019: 0 with a plan, 20 under way, 77 not in."
ROUND_1 = "19 November 2020: 3 with a plan, 63 under way, 31 not in."
STEP_MS = 1800


def said(page: Page) -> object:
    return page.locator("[data-course-say]")


def samsoe(page: Page) -> object:
    return page.locator('[data-map] a[data-name="Samsø"] path').first


def test_the_keyboard_moves_the_map_and_the_page_says_what_came(visit: Visit) -> None:
    page = visit("/en/programme/", reduced_motion="reduce")
    expect(said(page)).to_contain_text(LAST)
    slider = page.get_by_role("slider", name="Moment")
    slider.focus()
    page.keyboard.press("Home")
    expect(said(page)).to_contain_text(FIRST)
    expect(samsoe(page)).to_have_class("area area--under-way-found")
    page.keyboard.press("ArrowRight")
    expect(said(page)).to_contain_text(ROUND_1)
    expect(said(page)).to_contain_text("Roskilde, Samsø and Sønderborg have a plan now.")
    expect(said(page)).to_have_attribute("aria-live", "polite")
    expect(slider).to_have_attribute("aria-valuetext", "19 November 2020")
    expect(slider).to_be_focused()
    expect(samsoe(page)).to_have_class("area area--with-plan-found")
    expect(page.locator('[data-style="under-way-found"] [data-course-count]')).to_have_text("63")
    expect(page).to_have_url(re.compile(r"\?on=2020-11-19"))
    # who has asked for less motion is offered none
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    assert samsoe(page).evaluate("each => getComputedStyle(each).transitionDuration") == "0s"


def test_nothing_plays_until_the_button_is_pressed_and_it_pauses(visit: Visit) -> None:
    page = visit("/en/programme/")
    page.clock.install()
    page.clock.run_for(3 * STEP_MS)
    expect(said(page)).to_contain_text(LAST)
    page.get_by_role("button", name="Play").press("Enter")
    expect(said(page)).to_contain_text(FIRST)
    expect(said(page)).to_have_attribute("aria-live", "off")
    page.clock.run_for(STEP_MS)
    expect(said(page)).to_contain_text(ROUND_1)
    page.get_by_role("button", name="Pause").press("Enter")
    page.clock.run_for(3 * STEP_MS)
    expect(said(page)).to_contain_text(ROUND_1)
    expect(said(page)).to_have_attribute("aria-live", "polite")


def test_without_a_script_links_lead_through_the_moments(visit: Visit) -> None:
    page = visit("/en/programme/?on=2020-11-19", java_script_enabled=False)
    expect(said(page)).to_contain_text(ROUND_1)
    expect(page.get_by_role("button", name="Play")).to_have_count(0)
    page.get_by_role("link", name="Earlier").click()
    expect(said(page)).to_contain_text(FIRST)
    expect(samsoe(page)).to_have_class("area area--under-way-found")
