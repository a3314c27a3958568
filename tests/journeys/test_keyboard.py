"""Everything can be reached and used without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from journeys.conftest import Served

Visit = Callable[..., Page]

MOST_STOPS = 120
"""Presses of Tab after which somebody gives up; the page of a plan has two stops for each of its actions."""


def focused(page: Page) -> dict[str, str]:
    """What has the focus: its words, its place and whether it can be seen."""
    found: dict[str, str] = page.evaluate(
        """() => {
          const it = document.activeElement;
          const outline = getComputedStyle(it).outlineStyle;
          return {tag: it.tagName.toLowerCase(), name: it.dataset?.name ?? "", text: it.textContent.trim(),
                  href: it.getAttribute("href") ?? "", id: it.id, outline};
        }"""
    )
    return found


def test_the_first_stop_leads_past_the_frame(visit: Visit) -> None:
    page = visit("/en/")
    page.keyboard.press("Tab")
    assert focused(page)["text"] == "Skip to the content"
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "main-content"


def test_tab_goes_through_every_municipality_of_the_map_once(visit: Visit) -> None:
    page = visit("/en/")
    page.locator("[data-map] a").first.focus()
    names = [focused(page)["name"]]
    while True:
        page.keyboard.press("Tab")
        if not focused(page)["name"]:
            break
        names.append(focused(page)["name"])
        assert len(names) <= 98
    assert len(names) == len(set(names)) == 98


def test_a_focused_municipality_tells_its_name_and_figure(visit: Visit) -> None:
    page = visit("/en/?measure=total")
    tip = page.locator("[data-map-tip]")
    expect(tip).to_be_hidden()
    page.locator('[data-map] a[data-name="Læsø"]').first.focus()
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("Læsø")
    expect(tip).to_contain_text("−9,374")
    expect(tip).to_contain_text("number 98 of 98")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_enter_on_the_map_opens_the_municipality(visit: Visit) -> None:
    page = visit("/en/")
    page.locator('[data-map] a[data-name="Hvidovre"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvidovre")


def test_the_table_is_scrolled_and_sorted_by_keys(visit: Visit) -> None:
    page = visit("/en/")
    region = page.locator(".table-region:has(table[data-overview])")
    region.focus()
    expect(region).to_be_focused()
    before = region.evaluate("element => element.scrollTop")
    page.keyboard.press("PageDown")
    page.wait_for_timeout(400)
    assert region.evaluate("element => element.scrollTop") > before
    page.keyboard.press("Tab")
    assert re.match(r"Municipality", focused(page)["text"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("table[data-overview] th[aria-sort=descending]")).to_have_count(1)


def test_a_choice_keeps_the_focus(visit: Visit) -> None:
    page = visit("/en/")
    choice = page.get_by_label("Show", exact=True)
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(600)
    expect(choice).to_be_focused()
    expect(choice).not_to_have_value("per_head")


def test_what_has_the_focus_can_be_seen(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    unseen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        now = focused(page)
        if now["tag"] == "body":
            break
        if now["outline"] == "none":
            unseen.append(now["text"] or now["id"])
    assert unseen == []


def reach(page: Page, words: str) -> None:
    """Tab on until the focus, which must be seen, stands on a link, a button or the field of a label."""
    passed = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        now = focused(page)
        label = page.evaluate("() => [...document.activeElement.labels ?? []].map(each => each.textContent).join()")
        passed.append(now["text"] or label or now["id"])
        if words in (now["text"], label.strip()) or now["text"].startswith(words):
            assert now["outline"] != "none", words
            return
    raise AssertionError(f"{words} was not among {passed}")


def test_from_signing_in_to_a_published_plan_without_a_mouse(visit: Visit, served: Served) -> None:
    page = visit("/konto/log-ind/")
    reach(page, "E-mail")
    page.keyboard.type("kaja@demo.example")
    page.keyboard.press("Tab")
    page.keyboard.type(served.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mit arbejde")
    reach(page, "Demo: klimaplan for Hvidovre")
    page.keyboard.press("Enter")
    expect(page.locator("[data-lead]")).to_be_visible()

    first = page.locator("table.table--actions tbody a").first.inner_text()
    reach(page, first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(first)
    reach(page, "Ansvarlig")
    page.keyboard.press("Control+A")
    page.keyboard.type("Uden mus")
    reach(page, "Gem")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").first).to_contain_text("Gemt.")
    expect(page.get_by_label("Ansvarlig")).to_have_value("Uden mus")

    reach(page, "Versioner")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Versioner")
    reach(page, "Navn, hvis den har et")
    page.keyboard.type("Uden mus")
    reach(page, "Offentliggør planen")
    page.keyboard.press("Space")
    expect(page.get_by_role("status").first).to_contain_text("Offentliggjort.")
    expect(page.get_by_role("main")).to_contain_text("Uden mus")
