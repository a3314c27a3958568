"""The page of a municipality: figures, targets, gap and the sliders, reckoned by hand."""

from __future__ import annotations

import pytest
from django.test import Client

from web.addresses import address, at
from web.reading import Element, numbers, page, rows

HVIDOVRE = "municipality"

BASELINE_2030 = 66_929.14
"""78578.8 × 7.03/12.81 + 35360.3 × 6.30/12.04 − 806.3 + 4736.9 × 0.94/1.27 + 3274.9 × 1.28/1.61"""


def read(site: Client, language: str = "en", code: str = "167", **wish: str) -> Element:
    response = site.get(at(language, "municipality", code), wish)
    assert response.status_code == 200
    return page(response)


def tried(site: Client, **wish: str) -> dict[str, str]:
    """The figures of a tried-out target."""
    whole = read(site, **wish)
    [attempt] = [each for each in whole if each.attributes.get("id") == "attempt"]
    return {label: value.replace("\u202f", " ").replace("\u00a0", " ") for label, value in numbers(attempt).items()}


def figure_table(whole: Element, name: str) -> dict[str, list[str]]:
    return rows(whole.one("figure", id=f"figure-{name}").one("table"))


def test_the_key_figures_of_hvidovre(site: Client) -> None:
    shown = {label: value.replace("\u202f", " ") for label, value in numbers(read(site)).items()}
    assert shown["Emitted in 2023"] == "121,000 t CO2e"
    assert shown["Per inhabitant in 2023"] == "2.27 t CO2e"
    assert shown["Change 2018–2023"] == "−42.0 %"
    assert shown["Gap to the target in 2030"] == "−1,490 t CO2e"


def test_the_key_figures_of_laesoe_have_a_minus_and_no_percentage(site: Client) -> None:
    whole = read(site, code="825")
    shown = numbers(whole)
    assert shown["Net in 2023"] == "−9,370 t CO2e"
    assert shown["Per inhabitant in 2023"] == "−5.24 t CO2e"
    assert shown["Change 2018–2023"] == "missing"
    assert "A percentage of a year that is zero or less has no meaning." in whole.one("main").text


def test_danish_says_net_where_more_is_taken_up(site: Client) -> None:
    shown = numbers(read(site, "da", code="825"))
    assert "−9.370 ton CO2e" in shown.values()
    assert "−5,24 ton CO2e" in shown.values()


def test_every_key_figure_explains_itself(site: Client) -> None:
    for number in read(site).one("main").all("div", class_="number"):
        told = {each.one("dt").text: each.one("dd").text for each in number.one("dl").all("div")}
        assert told["Source"]
        assert told["Version"] == "4.1"
        assert told["Kind"] in {"observed", "calculated"}
    change = next(
        number
        for number in read(site).all("div", class_="number")
        if "Change" in number.one("p", class_="number-label").text
    )
    assert {each.one("dt").text: each.one("dd").text for each in change.one("dl").all("div")}["Base year"] == "2018"


def test_the_table_of_the_chart_is_the_published_account(site: Client) -> None:
    shown = figure_table(read(site), "pathway")
    # energy, transport, agriculture, waste, processes as published for 2018 and 2023
    assert shown["2018"][:6] == ["154,784", "41,559", "−915", "6,464", "7,046", "208,938"]
    assert shown["2023"][:6] == ["78,579", "35,360", "−806", "4,737", "3,275", "121,145"]


def test_the_table_goes_on_with_the_baseline_and_its_gap(site: Client) -> None:
    shown = figure_table(read(site), "pathway")
    # each sector × KF25 2030 / KF25 2023, land held; 80 % less than 342,088 t is allowed
    assert shown["2030"] == ["43,123", "18,502", "−806", "3,506", "2,604", "66,929", "68,418", "−1,488"]
    assert list(shown)[-1] == "2050"
    # net zero in 2045 and 2050: the whole baseline is gap
    assert shown["2045"][-2:] == ["0", "37,602"]


def test_tonder_has_its_two_published_targets_without_tonnes_and_two_invented_ones(site: Client) -> None:
    text = read(site, code="550").one("h2", id="targets")
    whole = read(site, code="550")
    table = next(
        each
        for each in whole.all("table")
        if [head.text for head in each.one("thead").all("th")][:3] == ["Year", "Sectors", "Target"]
    )
    told = [[cell.text for cell in row.all("td")] for row in table.one("tbody").all("tr")]
    assert text.text
    farming = [line for line in told if line[0] == "Agriculture and land"]
    assert len(farming) == 2
    assert {line[2] for line in farming} >= {"cannot be computed"}
    assert next(line for line in farming if "demo" in line[1])[1].startswith("−55.0")
    assert any("the plan names no tonnes for that year" in line[1] for line in farming)


def test_the_rules_of_the_baseline_are_named_sector_by_sector(site: Client) -> None:
    told = {cell.attributes["data-rule"]: cell.text for cell in read(site).all("td") if "data-rule" in cell.attributes}
    assert told == {
        "energy": "follows the national sector in percent",
        "transport": "follows the national sector in percent",
        "agriculture": "held at its last value",
        "waste": "follows the national sector in percent",
        "processes": "follows the national sector in percent",
    }


def test_the_comparison_holds_self_type_region_country_and_five_more(site: Client) -> None:
    shown = figure_table(read(site), "comparison")
    assert len(shown) == 9
    assert shown["Hvidovre"] == ["2.27"]
    # 34,039,454 t over the 98 populations behind the published per-head figures, about 5.93 million
    assert float(shown["Denmark"][0]) == pytest.approx(34_039_454 / 5.93e6, abs=0.05)


def test_the_sliders_start_at_the_first_target_of_its_own(site: Client) -> None:
    whole = read(site)
    assert whole.one("input", id="slider-target_year").attributes["value"] == "2030"
    assert whole.one("input", id="slider-percent").attributes["value"] == "80"
    assert [option.text for option in whole.one("select", id="base-year").all("option", selected="")] == ["1990"]


def test_a_stricter_target_widens_the_gap_by_what_it_takes_away(site: Client) -> None:
    # 90 % less than 342,088 t leaves 34,208.8 t: 66,929.1 − 34,208.8 = 32,720.3
    shown = tried(site, target_year="2030", percent="90", base_year="1990")
    assert shown["Gap in 2030"] == "+32,700 t CO2e"
    # 32,720.3 / 342,088
    assert shown["Of the base year 1990"] == "+9.6 %"
    # 121,144.7 − 34,208.8
    assert shown["To be cut from 2023"] == "86,900 t CO2e"


def test_a_target_counted_from_a_year_of_the_account(site: Client) -> None:
    # 70 % less than 208,937.8 t leaves 62,681.3 t: 66,929.1 − 62,681.3 = 4,247.8
    shown = tried(site, target_year="2030", percent="70", base_year="2018")
    assert shown["Gap in 2030"] == "+4,250 t CO2e"
    # 4,247.8 / 208,937.8
    assert shown["Of the base year 2018"] == "+2.0 %"


def test_a_base_year_that_the_reader_types_in(site: Client) -> None:
    shown = tried(
        site, target_year="2030", percent="50", base_year="1990", base_tonnes="100.000", base_source="My plan"
    )
    # half of 100,000 t is allowed
    assert shown["Gap in 2030"] == "+16,900 t CO2e"
    whole = read(site, target_year="2030", percent="50", base_year="1990", base_tonnes="100.000", base_source="My plan")
    said = whole.one("p", data_attempt_base="").text
    assert "My plan" in said
    assert said.endswith("It is not from the account, so a change since then may hold a break in method.")


def test_a_base_year_of_the_account_needs_no_word_on_breaks_in_method(site: Client) -> None:
    said = read(site, target_year="2030", percent="70", base_year="2018").one("p", data_attempt_base="").text
    assert said.startswith("Base year 2018:")
    assert "break in method" not in said


def test_a_decimal_comma_is_a_decimal_comma(site: Client) -> None:
    # 342,088 × (1 − 0.805) = 66,707.2 allowed
    assert tried(site, percent="80,5")["Gap in 2030"] == "+222 t CO2e"
    assert tried(site, percent="80.5")["Gap in 2030"] == "+222 t CO2e"


def test_what_the_reader_types_is_shown_as_text_and_never_as_a_tag(site: Client) -> None:
    response = site.get(
        address(HVIDOVRE, "en"), {"base_year": "1990", "base_tonnes": "9", "base_source": "<b>x</b>\"'"}
    )
    assert b"<b>x" not in response.content
    assert "<b>x</b>\"'" in page(response).one("p", data_attempt_base="").text


def test_the_population_switch_moves_the_baseline_but_not_what_is_allowed(site: Client) -> None:
    without = figure_table(read(site, percent="80"), "attempt")
    driven = figure_table(read(site, percent="80", population="1"), "attempt")
    assert driven["2030"][-2] == without["2030"][-2] == "68,418"
    assert driven["2030"][2] == without["2030"][2] == "−806"
    assert driven["2030"][0] != without["2030"][0]


def test_the_sentence_of_a_tried_out_target(site: Client) -> None:
    said = read(site, percent="90", target_year="2030", base_year="1990").one("p", data_attempt="").text
    assert said.replace("\u00a0", " ") == (
        "In 2030 at most 34,200 t CO2e may be emitted. The baseline gives 66,900 t CO2e, 32,700 t CO2e too much."
    )


def test_laesoe_starts_without_blame(site: Client) -> None:
    whole = read(site, code="825")
    assert whole.all("section", class_="findings") == []
    assert "A percentage needs a base year with emissions" in whole.one("main").text


def test_a_fragment_holds_the_tried_out_target_only(site: Client) -> None:
    response = site.get(address(HVIDOVRE, "da"), {"percent": "90"}, headers={"X-Fragment": "attempt"})
    text = response.content.decode()
    assert "<html" not in text
    assert "data-attempt" in text


@pytest.mark.parametrize("written", ["Hvidovre", "hvidovre", "0167"])
def test_a_name_or_a_longer_code_leads_to_the_one_address(site: Client, written: str) -> None:
    response = site.get(at("da", "municipality", written))
    assert (response.status_code, response["Location"]) == (302, "/kommune/167/")


def test_groups_are_linked(site: Client) -> None:
    listed = read(site, "da").one("ul", class_="belongings")
    assert {link.text: link.attributes["href"] for link in listed.all("a")}["Region Hovedstaden"].endswith(
        "/region/hovedstaden/"
    )


def test_the_region_to_come_says_when_it_begins_and_sums_its_46(site: Client) -> None:
    whole = page(site.get(address("region that has not begun", "en")))
    text = whole.one("main").text
    assert "Begins on 1 January 2027" in text or "Begins on Jan. 1, 2027" in text
    assert "The 46 municipalities in" in text
