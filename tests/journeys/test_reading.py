"""A stranger reads real numbers, chooses, sorts, changes language and takes figures home."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

ANY_SPACE = re.compile("[\u00a0\u202f\u2009]")


def words(page: Page, selector: str) -> str:
    """The words of an element as they can be typed."""
    return " ".join(ANY_SPACE.sub(" ", page.locator(selector).inner_text()).split())


def cells(page: Page, name: str) -> list[str]:
    row = page.locator("table[data-overview] tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))
    return [ANY_SPACE.sub(" ", cell) for cell in row.locator("td").all_inner_texts()]


def test_the_country_and_a_municipality_in_danish(visit: Visit) -> None:
    page = visit("/")
    assert words(page, "[data-lead]").startswith(
        "De 98 kommuner udledte 34,0 mio. ton CO2e i 2023, 25,2 % mindre end i 2018."
    )
    assert {"2,27", "121.145", "−42,0 %"} <= set(cells(page, "Hvidovre"))
    page.locator("table[data-overview]").get_by_role("link", name="Hvidovre", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvidovre")
    assert words(page, "[data-lead]").startswith(
        "Hvidovre Kommune udledte 121.000 ton CO2e i 2023, 42,0 % mindre end i 2018."
    )


def test_the_table_behind_the_chart_holds_the_published_account(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    figure = page.locator("#figure-pathway")
    figure.get_by_text("Show as table").click()
    row = figure.locator("tbody tr").filter(has=page.get_by_role("rowheader", name="2023", exact=True))
    # as published: 78,578.8 · 35,360.3 · −806.3 · 4,736.9 · 3,274.9
    assert row.locator("td").all_inner_texts()[:6] == ["78,579", "35,360", "−806", "4,737", "3,275", "121,145"]


def test_the_charts_are_drawn(visit: Visit) -> None:
    page = visit("/kommune/825/")
    for image in page.locator("figure.chart img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 300


def test_choosing_a_measure_changes_map_and_table_without_a_new_page(visit: Visit) -> None:
    page = visit("/en/")
    page.evaluate("window.sameDocument = true")
    page.get_by_label("Show", exact=True).select_option("total")
    page.get_by_label("Sector", exact=True).select_option("transport")
    page.get_by_label("Year", exact=True).select_option("2018")
    # as published for 2018
    expect(page.locator('[data-map] a[data-name="Aarhus"]').first).to_have_attribute(
        "data-value", re.compile("402,940")
    )
    assert "402,940" in cells(page, "Aarhus")
    assert page.evaluate("window.sameDocument") is True
    expect(page).to_have_url(re.compile("measure=total.*sector=transport.*year=2018"))


def test_the_address_keeps_what_was_chosen(visit: Visit) -> None:
    page = visit("/en/?measure=total&sector=transport&year=2018")
    assert "402,940" in cells(page, "Aarhus")
    expect(page.get_by_label("Sector", exact=True)).to_have_value("transport")


def test_filtering_by_region(visit: Visit) -> None:
    page = visit("/en/")
    expect(page.locator("table[data-overview] tbody tr")).to_have_count(98)
    page.get_by_label("Region", exact=True).select_option("nordjylland")
    expect(page.locator("table[data-overview] tbody tr")).to_have_count(11)
    expect(page.locator("[data-map] path.area--outside").first).to_be_visible()


def test_sorting_by_a_heading_and_turning_it_round(visit: Visit) -> None:
    page = visit("/en/?measure=total")
    first = page.locator("table[data-overview] tbody tr th").first
    heading = page.get_by_role("columnheader").filter(has=page.get_by_role("link", name=re.compile("^Total")))
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(first).not_to_have_text("Læsø")
    heading.get_by_role("link").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(first).to_have_text("Læsø")


def test_the_language_switch_keeps_the_page(visit: Visit) -> None:
    page = visit("/kommune/167/?percent=90&target_year=2030")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/municipality/167/\?percent=90&target_year=2030$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Hvidovre")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Dansk").click()
    expect(page).to_have_url(re.compile(r"/kommune/167/\?percent=90&target_year=2030$"))


def test_downloads_hold_the_numbers_of_the_page(visit: Visit) -> None:
    page = visit("/en/municipality/167/")

    def fetch(format_: str) -> bytes:
        with page.expect_download() as coming:
            page.get_by_role("link", name=f"All figures as {format_}").click()
        return Path(coming.value.path()).read_bytes()

    rows = list(csv.DictReader(io.StringIO(fetch("CSV").decode("utf-8-sig"))))
    [energy] = [
        row["value"] for row in rows if (row["measure"], row["sector"], row["year"]) == ("account", "energy", "2023")
    ]
    assert energy == "78578.8"
    assert len(json.loads(fetch("JSON"))["facts"]) == len(rows)
    assert fetch("XLSX").startswith(b"PK")


def test_what_moved_leads_to_every_difference(visit: Visit) -> None:
    page = visit("/en/")
    page.get_by_role("link", name="See every difference").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Differences between two snapshots")
    expect(page.get_by_text("New: 490 figures for 2023.")).to_be_visible()


def test_a_number_explains_itself_one_click_away(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    number = page.locator(".number").first
    expect(number.get_by_text("observed")).to_be_hidden()
    number.get_by_text("About the number").click()
    expect(number.get_by_text("observed")).to_be_visible()
    expect(number.get_by_text("4.1", exact=True)).to_be_visible()


def test_the_demonstration_is_marked(visit: Visit) -> None:
    page = visit("/")
    expect(page.locator(".demo-banner")).to_be_visible()
    page = visit("/en/municipality/550/")
    expect(page.locator(".badge-demo").first).to_be_visible()


def test_a_page_that_does_not_exist_helps_on(visit: Visit) -> None:
    page = visit("/en/municipality/Hvidover/", refused=True)
    expect(page.get_by_text("Did you mean 167 Hvidovre?")).to_be_visible()
    page.get_by_role("link", name="To the overview").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
