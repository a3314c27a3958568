"""The sliders: the gap follows, and says what can be reckoned by hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

# 78578.8 × 7.03/12.81 + 35360.3 × 6.30/12.04 − 806.3 + 4736.9 × 0.94/1.27 + 3274.9 × 1.28/1.61
BASELINE_2030 = 66_929.14


def gap(page: Page) -> object:
    return page.locator("#attempt .number").filter(has_text=re.compile(r"Gap in 20\d\d")).locator(".number-value")


def test_a_stricter_target_widens_the_gap(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    # 66,929.1 − 342,088 × 0.20
    expect(gap(page)).to_have_text(re.compile("^−1,490 t CO2e"))
    slider = page.get_by_label("Reduction since the base year")
    slider.fill("90")
    # 66,929.1 − 342,088 × 0.10
    expect(gap(page)).to_have_text(re.compile("^\\+32,700 t CO2e"))
    expect(page.locator("output[for=slider-percent]")).to_have_text(re.compile("90"))
    expect(page).to_have_url(re.compile("percent=90"))


def test_the_keyboard_moves_a_slider_and_the_gap(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    slider = page.get_by_label("Reduction since the base year")
    slider.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_value("90")
    expect(gap(page)).to_have_text(re.compile("^\\+32,700 t CO2e"))
    expect(slider).to_be_focused()


def test_another_base_year(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    page.get_by_label("Base year", exact=True).select_option("2018")
    page.get_by_label("Reduction since the base year").fill("70")
    # 66,929.1 − 208,937.8 × 0.30
    expect(gap(page)).to_have_text(re.compile("^\\+4,250 t CO2e"))
    expect(page.locator("[data-attempt]")).to_contain_text("at most 62,700")


def test_another_target_year(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    page.get_by_label("Target year").fill("2050")
    page.get_by_label("Reduction since the base year").fill("100")
    # 78578.8 × 4.53/12.81 + 35360.3 × 0.56/12.04 − 806.3 + 4736.9 × 0.90/1.27 + 3274.9 × 1.30/1.61 = 34,627.4
    expect(gap(page)).to_have_text(re.compile("^\\+34,600 t CO2e"))


def test_the_chart_of_the_attempt_follows(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    page.get_by_label("Reduction since the base year").fill("95")
    chart = page.locator("#attempt figure img")
    expect(chart).to_have_attribute("src", re.compile("percent=95"))
    expect(chart).to_have_attribute("alt", re.compile("Gap in 2030"))
    expect(page.locator("#attempt figure")).to_contain_text("95")


def test_a_base_year_with_a_figure_of_ones_own(visit: Visit) -> None:
    page = visit("/en/municipality/825/")
    page.get_by_label("Base year", exact=True).select_option("1990")
    page.get_by_label("Emissions in the base year").fill("10000")
    page.get_by_label("Reduction since the base year").fill("70")
    # Læsø is below zero in 2030 whatever the target: 3,000 t are allowed
    expect(page.locator("[data-attempt]")).to_contain_text("at most 3,000")
    expect(gap(page)).to_have_text(re.compile("^−"))


def test_what_cannot_be_used_is_said_beside_the_form(visit: Visit) -> None:
    page = visit("/en/municipality/167/", refused=True)
    page.get_by_label("Emissions in the base year").fill("many")
    expect(page.locator("#attempt .findings")).to_contain_text("That value cannot be used.")
    expect(page.get_by_label("Emissions in the base year")).to_be_focused()
    page.get_by_label("Emissions in the base year").fill("")
    expect(page.locator("#attempt .findings")).to_have_count(0)
