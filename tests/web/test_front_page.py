"""The front page: map and table show the same figures, and do what the reader asks."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

import klimaplan
from klimaplan.reference import load
from web.addresses import at
from web.reading import Element, page, rows

TABLES = Path(klimaplan.__file__).parent / "reference" / "account"


def published(year: str, sector: str) -> dict[str, float]:
    """Tonnes by municipality, straight from the table of figures."""
    with (TABLES / "figures-4.1.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["municipality"]: float(row["value"])
            for row in csv.DictReader(file)
            if (row["year"], row["sector"]) == (year, sector)
        }


def ask(site: Client, language: str = "da", **wish: str) -> Element:
    response = site.get(at(language, "front"), wish)
    assert response.status_code == 200
    return page(response)


def table(read: Element) -> dict[str, dict[str, str]]:
    """The table by name and measure; a heading says its measure in the address that sorts by it."""
    whole = read.one("table", data_overview="")
    addresses = [heading.one("a").attributes["href"] for heading in whole.one("thead").all("th")]
    measures = [parse_qs(urlsplit(address).query)["sort"][0] for address in addresses]
    assert measures[0] == "name"
    return {name: dict(zip(measures[1:], cells, strict=True)) for name, cells in rows(whole).items()}


def written(value: float, digits: int = 0) -> str:
    """A figure as Danish writes it."""
    text = f"{abs(value):,.{digits}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"−{text}" if value < 0 else text


def test_every_total_of_2023_is_the_published_one(site: Client) -> None:
    shown = table(ask(site, measure="total"))
    names = {each.code: each.name for each in load.municipalities()}
    assert len(shown) == 98
    for code, tonnes in published("2023", "total").items():
        # the sum of sectors and the published total may differ by rounding, and so may their last digit
        number = float(shown[names[code]]["total"].replace(".", "").replace("−", "-"))
        assert number == pytest.approx(tonnes, abs=1.0), names[code]


def test_hvidovre_and_laesoe_are_right_to_the_letter(site: Client) -> None:
    shown = table(ask(site))
    hvidovre, laesoe = shown["Hvidovre"], shown["Læsø"]
    assert (hvidovre["per_head"], hvidovre["total"]) == ("2,27", "121.145")
    # 121,144.7 / 208,937.8 − 1
    assert hvidovre["change"].replace("\u202f", " ") == "−42,0 %"
    assert (laesoe["per_head"], laesoe["total"]) == ("−5,24", "−9.374")
    assert not any(letter.isdigit() for letter in laesoe["change"])


def test_english_writes_the_same_figures_its_own_way(site: Client) -> None:
    shown = table(ask(site, "en"))
    assert (shown["Hvidovre"]["per_head"], shown["Hvidovre"]["total"]) == ("2.27", "121,145")
    assert (shown["Læsø"]["per_head"], shown["Læsø"]["total"]) == ("−5.24", "−9,374")


def test_a_sector_of_an_earlier_year(site: Client) -> None:
    shown = table(ask(site, measure="total", sector="transport", year="2018"))
    expected = published("2018", "transport")
    assert shown["Aarhus"]["total"] == written(expected["751"]) == "402.940"
    assert shown["Tønder"]["total"] == written(expected["550"]) == "68.620"


def test_a_filter_leaves_the_region_in_the_table_and_the_others_as_outlines(site: Client) -> None:
    read = ask(site, region="nordjylland")
    assert set(table(read)) == {
        "Aalborg", "Brønderslev", "Frederikshavn", "Hjørring", "Jammerbugt", "Læsø", "Mariagerfjord", "Morsø",
        "Rebild", "Thisted", "Vesthimmerlands",
    }  # fmt: skip
    drawing = read.one("div", class_="map")
    assert len(main_shapes(drawing)) == 11
    assert len(drawing.all("path", class_="area--outside")) >= 87


def test_two_filters_hold_together(site: Client) -> None:
    assert table(ask(site, region="nordjylland", dgo="dgo-sjaelland")) == {}


@pytest.mark.parametrize("descending", ["", "1"])
@pytest.mark.parametrize("sort", ["total", "per_head"])
def test_sorting_by_a_figure(site: Client, sort: str, descending: str) -> None:
    shown = [
        float(cells[sort].replace(".", "").replace(",", ".").replace("−", "-"))
        for cells in table(ask(site, sort=sort, desc=descending)).values()
    ]
    assert shown == sorted(shown, reverse=bool(descending))


def test_names_are_sorted_as_danes_do(site: Client) -> None:
    names = list(table(ask(site)))
    assert (names[0], names[-1]) == ("Albertslund", "Aarhus")
    assert names.index("Ærø") < names.index("Aabenraa") < names.index("Aalborg")
    assert names.index("Vordingborg") < names.index("Ærø")


def test_who_has_no_figure_stands_last_whichever_way(site: Client) -> None:
    for descending in ("", "1"):
        assert list(table(ask(site, sort="change", desc=descending)))[-1] == "Læsø"


def test_the_heading_says_how_the_table_is_sorted_and_turns_it_round(site: Client) -> None:
    read = ask(site, measure="total", sort="total", desc="1")
    headings = read.one("table", data_overview="").one("thead").all("th")
    assert [each.attributes["aria-sort"] for each in headings].count("descending") == 1
    [sorted_by] = [each for each in headings if each.attributes["aria-sort"] == "descending"]
    turned = page(site.get(sorted_by.one("a").attributes["href"]))
    # the least of all is Læsø, below zero
    assert next(iter(table(turned))) == "Læsø"


def test_the_map_has_98_shapes_and_each_is_named_with_its_figure(site: Client) -> None:
    shapes = main_shapes(ask(site, measure="total").one("div", class_="map"))
    assert len(shapes) == 98
    names = {shape.attributes["data-name"] for shape in shapes}
    assert names == {each.name for each in load.municipalities()}
    for shape in shapes:
        assert shape.attributes["href"].startswith("/kommune/")
        assert shape.one("title").text == f"{shape.attributes['data-name']}: {shape.attributes['data-value']}"
        assert shape.one("path").attributes["d"].startswith("M")


def test_map_and_table_show_the_same(site: Client) -> None:
    for measure in ("per_head", "total", "change", "gap"):
        read = ask(site, measure=measure)
        shown = table(read)
        for shape in main_shapes(read.one("div", class_="map")):
            cell, value = shown[shape.attributes["data-name"]][measure], shape.attributes["data-value"]
            assert value == cell or "data-rank" not in shape.attributes


def test_ranks_go_from_the_highest(site: Client) -> None:
    ranks = {
        shape.attributes["data-name"]: shape.attributes["data-rank"]
        for shape in main_shapes(ask(site, "en", measure="total").one("div", class_="map"))
    }
    # Kalundborg has the refinery and the power station; Læsø takes up more than it emits
    figures = published("2023", "total")
    highest = max(figures, key=lambda code: figures[code])
    names = {each.code: each.name for each in load.municipalities()}
    assert ranks[names[highest]] == "number 1 of 98"
    assert ranks["Læsø"] == "number 98 of 98"


def test_below_zero_has_a_class_and_words_of_its_own(site: Client) -> None:
    read = ask(site, "en", measure="total")
    laesoe = next(
        shape for shape in main_shapes(read.one("div", class_="map")) if shape.attributes["data-name"] == "Læsø"
    )
    assert "area--negative" in laesoe.one("path").attributes["class"]
    assert "takes up more than it emits" in read.one("div", class_="legend").text


def test_a_missing_change_is_hatched_and_never_the_lowest_colour(site: Client) -> None:
    read = ask(site, "en", measure="change")
    laesoe = next(
        shape for shape in main_shapes(read.one("div", class_="map")) if shape.attributes["data-name"] == "Læsø"
    )
    assert "area--missing" in laesoe.one("path").attributes["class"]
    assert "cannot be computed" in read.one("div", class_="legend").text


def test_the_gap_is_told_by_target_year(site: Client) -> None:
    shown = table(ask(site, "en", measure="gap", target_year="2030"))
    # 66,929.1 − 68,417.6, and Læsø has no target in 2030
    assert shown["Hvidovre"]["gap"] == "−1,488"
    in_2045 = table(ask(site, "en", measure="gap", target_year="2045"))
    # energy 78578.8 × 4.84/12.81 + transport 35360.3 × 0.96/12.04 − 806.3 + waste 4736.9 × 0.90/1.27
    # + processes 3274.9 × 1.25/1.61, and nothing is allowed
    assert in_2045["Hvidovre"]["gap"] == "+37,602"


def test_the_selects_hold_what_was_asked(site: Client) -> None:
    read = ask(site, measure="change", sector="waste", year="2021", region="syddanmark")
    chosen = {
        select.attributes["name"]: [option.attributes["value"] for option in select.all("option", selected="")]
        for select in read.all("select")
    }
    assert chosen == {
        "measure": ["change"], "sector": ["waste"], "year": ["2021"], "region": ["syddanmark"], "dgo": [""],
    }  # fmt: skip


def test_only_the_part_that_changes_is_sent_to_a_page_that_is_alive(site: Client) -> None:
    response = site.get(at("da", "front"), {"measure": "total"}, headers={"X-Fragment": "overview"})
    text = response.content.decode()
    assert "<html" not in text
    assert text.count("<table") == 1


def test_a_fragment_is_never_kept_as_the_page(site: Client, afresh: None) -> None:
    fragment = site.get(at("da", "front"), headers={"X-Fragment": "overview"}).content
    whole = site.get(at("da", "front")).content
    assert b"<html" not in fragment
    assert b"<html" in whole
    assert site.get(at("da", "front"), headers={"X-Fragment": "overview"}).content == fragment


def main_shapes(drawing: Element) -> list[Element]:
    """The links of the map that the keyboard reaches: the enlarged copy is for the pointer."""
    return [link for link in drawing.all("a") if link.attributes.get("tabindex") != "-1"]


def test_the_enlarged_copy_is_out_of_the_way_of_the_keyboard(site: Client) -> None:
    again = [link for link in ask(site).one("div", class_="map").all("a") if link.attributes.get("tabindex") == "-1"]
    assert len(again) >= 16
    assert {link.attributes["aria-hidden"] for link in again} == {"true"}


def test_what_moved_is_told_and_marked_as_demonstration(site: Client) -> None:
    moved: Any = ask(site, "en").one("h2", id="moved")
    text = ask(site, "en").one("main").text
    assert moved.text == "What moved since the last snapshot"
    # the invented earlier edition has no 2023: 98 municipalities × 5 sectors are new
    assert "New: 490 figures for 2023." in text
    assert "demo" in text
