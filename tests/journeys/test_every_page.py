"""What holds for every page type in both languages: no barrier, no sideways scroll, readable when enlarged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from web.addresses import address as path_of
from web.addresses import every_page

Visit = Callable[..., Page]

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
ENLARGED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
"""A window of 1280 × 900 at 200 per cent: half as many pixels of the style sheet."""

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {[node['target'] for node in each['nodes']][:3]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_no_barrier_and_no_sideways_scroll(visit: Visit, kind: str, language: str) -> None:
    page = visit(path_of(kind, language))
    page.evaluate(OPEN_ALL)
    assert serious(page) == []
    page.set_viewport_size({"width": 640, "height": 450})
    assert page.evaluate(WIDER) <= 0
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate(WIDER) <= 0


def test_a_barrier_would_be_found(visit: Visit) -> None:
    page = visit("/en/glossary/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [found.split()[0] for found in serious(page)] == ["image-alt"]


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_on_a_phone(visit: Visit, kind: str, language: str) -> None:
    page = visit(path_of(kind, language), **PHONE)
    assert page.evaluate(WIDER) <= 0
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input, summary")]
          .filter(each => each.getClientRects().length && !each.closest("p, li, td, th, dd, svg, .skipnav, label"))
          .map(each => [each.tagName, each.textContent.trim().slice(0, 40), each.getBoundingClientRect().height])
          .filter(([, , height]) => height < 24)"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/en/?year=1999", "/kommune/167/?percent=mange"])
def test_refusals_have_no_barrier_either(visit: Visit, path: str) -> None:
    page = visit(path, refused=True, viewport=PHONE["viewport"])
    assert serious(page) == []
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", ["/en/", "/en/municipality/167/"])
def test_at_200_percent_nothing_is_lost(visit: Visit, path: str) -> None:
    page = visit(path, **ENLARGED)
    assert page.evaluate(WIDER) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, p.lead, .number-value, .number-label, label, summary")]
          .filter(each => each.getClientRects().length && each.scrollWidth > each.clientWidth + 1
                          && getComputedStyle(each).overflow !== "visible" && !each.closest(".sr-only"))
          .map(each => each.textContent.trim().slice(0, 60))"""
    )
    assert cut == []


def test_text_twice_as_large_still_fits(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    page.evaluate("() => { document.documentElement.style.fontSize = '125%' }")
    assert page.evaluate(WIDER) <= 0
