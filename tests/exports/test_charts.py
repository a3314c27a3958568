"""Charts: every one has a title, words and a table that say the same, and draws the same bytes each time."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from klimaplan.domain.errors import Language
from klimaplan.exports.charts import (
    Aim,
    Bar,
    BySector,
    Chart,
    Line,
    MovedBar,
    TargetPath,
    Width,
    comparison,
    curve,
    movements,
    pathway,
    svg,
)

NB = "\u00a0"
SVG = "{http://www.w3.org/2000/svg}"

ACCOUNT = BySector(
    [2022, 2023],
    {
        "energy": [5_000.0, 4_000.0],
        "transport": [3_000.0, 3_000.0],
        "agriculture": [-18_000.0, -17_000.0],
        "waste": [200.0, 200.0],
        "processes": [100.0, None],
        "total": [-9_700.0, None],
    },
)
BASELINE = BySector(
    [2023, 2024, 2030],
    {
        "energy": [4_000.0, 3_500.0, 2_000.0],
        "transport": [3_000.0, 2_900.0, 1_500.0],
        "agriculture": [-17_000.0] * 3,
        "waste": [200.0] * 3,
        "processes": [100.0] * 3,
        "total": [-9_700.0, -10_300.0, -13_200.0],
    },
)
TARGET = TargetPath(Line([2023, 2024, 2030], [-9_700.0, -9_800.0, -10_400.0]), {2030: -10_400.0}, 2030, -2_800.0)


def a_pathway(language: Language = "da", width: Width = Width.WIDE) -> Chart:
    return pathway(ACCOUNT, BASELINE, TARGET, title="Læsø & <co>", language=language, width=width)


def a_curve(language: Language = "da", width: Width = Width.WIDE) -> Chart:
    return curve(
        Line([2021, 2022, 2023], [3_000_000.0, None, 2_500_000.0]),
        Line([2023, 2024, 2050], [2_500_000.0, 2_400_000.0, 900_000.0]),
        {"linear": Line([2024, 2030], [2_300_000.0, 1_000_000.0])},
        {2030: Aim(800_000.0)},
        title="Kurve",
        language=language,
        width=width,
    )


def a_comparison(language: Language = "da", width: Width = Width.WIDE) -> Chart:
    bars = [
        Bar("Læsø's", "self", -5.24, True),
        Bar("Landkommuner", "type", 9.87, False),
        Bar("Ingen", "similar", None, False),
    ]
    return comparison(bars, year=2023, title="Sammenligning", language=language, width=width)


def some_movements(language: Language = "da", width: Width = Width.WIDE) -> Chart:
    bars = [MovedBar("2021", 0.0, -1_500.0), MovedBar("2022", 250.0, 0.0), MovedBar("2023", 0.0, 0.0)]
    return movements(bars, title="Ændringer", language=language, width=width)


CHARTS = [a_pathway, a_curve, a_comparison, some_movements]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("width", list(Width))
@pytest.mark.parametrize("make", CHARTS)
def test_a_chart_is_named_described_and_safe(
    make: Callable[[Language, Width], Chart], width: Width, language: Language
) -> None:
    chart = make(language, width)
    drawn = svg(chart)
    root = ET.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert (root[0].text, root[1].text) == (chart.title, chart.description)
    assert chart.table.rows
    assert all(len(row) == len(chart.table.headers) for row in chart.table.rows)
    # a strict content policy forbids each of these
    assert not re.search(r"<style|\sstyle=|<script|\son\w+=|href=", drawn)


@pytest.mark.parametrize("make", CHARTS)
def test_the_same_figures_make_the_same_bytes(make: Callable[[], Chart]) -> None:
    assert svg(make()) == svg(make())


@pytest.mark.parametrize("make", CHARTS)
def test_a_drawing_keeps_within_its_width(make: Callable[[Language, Width], Chart]) -> None:
    for width, pixels in ((Width.WIDE, 1180), (Width.HALF, 600), (Width.NARROW, 340)):
        assert float(ET.fromstring(svg(make("da", width))).attrib["width"]) == pytest.approx(pixels, abs=2)


def test_numbers_on_the_axis_are_written_as_the_language_does() -> None:
    danish, english = (_texts(svg(a_curve(language))) for language in ("da", "en"))
    assert "0,5" in danish
    assert "0.5" in english
    assert "mio. ton CO2e" in danish
    assert "million t CO2e" in english


@pytest.mark.parametrize(
    ("language", "landmark", "target"), [("da", "Pejlemærke", "Mål"), ("en", "Landmark", "Target")]
)
def test_a_level_that_nobody_has_decided_is_no_target(language: Language, landmark: str, target: str) -> None:
    account = Line([2022, 2023], [3_000_000.0, 2_500_000.0])
    baseline = Line([2023, 2050], [2_500_000.0, 900_000.0])
    aims = {2030: Aim(800_000.0, is_landmark=True), 2035: Aim(400_000.0), 2040: Aim(200_000.0)}
    chart = curve(account, baseline, {}, aims, title="", language=language, width=Width.WIDE)
    # 2040 shares the word with its neighbour, and 2035 does not share the one of 2030
    assert {f"{landmark} 2030", f"{target} 2035", "2040"} <= set(_texts(svg(chart)))


def test_negative_numbers_on_the_axis_have_a_minus_sign() -> None:
    texts = _texts(svg(a_pathway()))
    assert any(text.startswith("−") for text in texts)
    assert not [text for text in texts if re.match(r"-\d", text)]


def test_a_sector_that_takes_up_is_drawn_below_zero_and_told() -> None:
    chart = a_pathway()
    assert "Optager mere, end der udledes: landbrug og arealer." in chart.description
    heights = [
        value["v"]
        for layer in chart.spec["layer"]
        for value in layer["data"]["values"]
        if value.get("s") == "agriculture"
    ]
    assert heights == [-18.0, -17.0, -17.0, -17.0]


def test_a_missing_year_is_missing_in_words_and_table_and_not_drawn() -> None:
    chart = a_pathway()
    # the account's total ends in 2022: 2023 has no processes
    assert chart.description.startswith(f"Fra −9.700{NB}ton CO2e i 2022 til −9.700{NB}ton CO2e i 2022.")
    [row] = [row for row in chart.table.rows if row[0] == "2023"]
    assert row[5:7] == [None, None]
    drawn = [
        value["y"]
        for layer in chart.spec["layer"]
        for value in layer["data"]["values"]
        if value.get("s") == "processes"
    ]
    assert drawn == [2022, 2024, 2030]


def test_the_words_of_a_pathway_in_english() -> None:
    assert a_pathway("en").description == (
        f"From −9,700{NB}t CO2e in 2022 to −9,700{NB}t CO2e in 2022. "
        f"The largest sector in 2023 is energy with 4,000{NB}t CO2e. "
        "Takes up more than is emitted: agriculture and land. "
        f"The baseline ends at −13,200{NB}t CO2e in 2030. "
        f"Gap in 2030: −2,800{NB}t CO2e."
    )


def test_the_table_of_a_pathway_holds_path_and_gap_from_the_last_year_on() -> None:
    rows = {row[0]: row for row in a_pathway("en").table.rows}
    assert rows["2022"][-2:] == ["–", "–"]
    # −13,200 − (−10,400)
    assert rows["2030"][-3:] == ["−13,200", "−10,400", "−2,800"]


def test_a_curve_skips_the_hole_and_tells_the_trend_of_2030() -> None:
    chart = a_curve()
    assert f"Lineær tendens i 2030: 1,00{NB}mio. ton CO2e." in chart.description
    rows = {row[0]: row for row in chart.table.rows}
    assert "2022" not in rows
    assert rows["2021"][1:] == ["3.000.000", "–", "–"]
    assert rows["2050"][1:] == ["–", "900.000", "–"]


def test_a_comparison_is_sorted_and_names_who_has_no_figure() -> None:
    chart = a_comparison()
    assert chart.description == (
        "Udledning pr. indbygger i 2023, i ton CO2e. Læsø's: −5,2; Landkommuner: 9,9; Ingen: mangler."
    )
    assert chart.table.rows == [["Læsø's", "−5,24"], ["Landkommuner", "9,87"], ["Ingen", None]]
    assert [value["l"] for value in chart.spec["layer"][0]["data"]["values"]] == ["Landkommuner", "Læsø's"]


def test_movements_tell_each_cause_by_itself() -> None:
    chart = some_movements("en")
    assert chart.description == (
        f"2021: method change −1,500{NB}t CO2e; 2022: new data +250{NB}t CO2e; 2023: unchanged."
    )
    assert [value["s"] for value in chart.spec["layer"][0]["data"]["values"]] == ["Method change", "New data"]


def _texts(drawn: str) -> set[str]:
    return {text.text for text in ET.fromstring(drawn).iter(f"{SVG}text") if text.text}
