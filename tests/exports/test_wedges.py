"""The wedges of single actions: figures by hand, the small ones together, and what adds emissions above the line."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from klimaplan.domain.errors import Language
from klimaplan.exports import palette
from klimaplan.exports.charts import BySector, Chart, Wedge, Width, svg, wedges
from klimaplan.exports.texts import cut

BASELINE = BySector([2023, 2030], {"total": [1000.0, 900.0]})
NB, THIN = "\u00a0", "\u202f"


def chart(
    actions: list[Wedge], plan: list[float], language: Language = "da", width: Width = Width.HALF,
    baseline: BySector = BASELINE,
) -> Chart:  # fmt: skip
    planned = BySector(baseline.years, {"total": list(plan)})
    return wedges(baseline, planned, actions, title="Bidrag", language=language, width=width)


def pieces(made: Chart) -> list[tuple[int, float, float, str]]:
    """Year, beginning, end in tonnes, and the name beside the colour."""
    return [
        (each["y"], each["v"] * 1000, each["w"] * 1000, each["n"]) for each in made.spec["layer"][0]["data"]["values"]
    ]


def test_the_pieces_hang_from_the_baseline_the_largest_first_and_what_adds_stands_above() -> None:
    made = chart(
        [Wedge("Lille", [0.0, -50.0]), Wedge("Mere", [0.0, 20.0]), Wedge("Stor", [0.0, -200.0])], [1000.0, 670.0]
    )
    assert [(year, pytest.approx(start), pytest.approx(end), name) for year, start, end, name in pieces(made)] == [
        (2030, 0.0, -200.0, "1 Stor"), (2030, -200.0, -250.0, "2 Lille"), (2030, 0.0, 20.0, "3 Mere"),
    ]  # fmt: skip
    total = [(each["y"], each["v"] * 1000) for each in made.spec["layer"][2]["data"]["values"]]
    assert total == [(2023, 0.0), (2030, pytest.approx(-230.0))]


def test_the_table_adds_up_from_the_baseline_to_the_plan() -> None:
    made = chart([Wedge("Stor", [0.0, -200.0]), Wedge("Mere", [0.0, 20.0])], [1000.0, 720.0])
    assert made.table.headers == [
        "År", "Basisfremskrivning, ton CO2e", "1 Stor, ton CO2e", "2 Mere, ton CO2e", "Med planen, ton CO2e",
    ]  # fmt: skip
    assert made.table.rows == [["2023", "1.000", "0", "0", "1.000"], ["2030", "900", "−200", "+20", "720"]]


def test_beyond_the_eight_largest_the_others_stand_together() -> None:
    actions = [Wedge(f"T{number}", [0.0, -100.0 + number]) for number in range(10)]  # −100 … −91
    actions += [Wedge("Øger", [0.0, 7.0]), Wedge("Uden effekt", [0.0, 0.0])]
    made = chart(actions, [1000.0, 900.0 - 955.0 + 7.0])
    names = [name for _year, _start, _end, name in pieces(made)]
    assert names == [*(f"{number + 1} T{number}" for number in range(8)), "Andre tiltag (3)",
                     "Andre tiltag, der øger udledningen"]  # fmt: skip
    [others] = [each for each in pieces(made) if each[3] == "Andre tiltag (3)"]
    assert others[1] - others[2] == pytest.approx(92.0 + 91.0)
    scale = made.spec["layer"][0]["encoding"]["color"]["scale"]
    assert scale["range"] == [*palette.WEDGES, palette.OTHERS, palette.REST]
    assert made.table.rows[1][-3:] == ["−183", "+7", "−48"]


def test_a_municipality_that_takes_up_more_than_it_emits_has_its_wedges_below_zero_as_well() -> None:
    baseline = BySector([2023, 2030], {"total": [-9_000.0, -11_000.0]})
    made = chart([Wedge("Skov", [0.0, -3_000.0])], [-9_000.0, -14_000.0], baseline=baseline)
    assert pieces(made) == [(2030, 0.0, -3000.0, "1 Skov")]
    assert made.table.rows[1] == ["2030", "−11.000", "−3.000", "−14.000"]


def test_the_words_name_the_largest_and_what_all_come_to() -> None:
    actions = [Wedge("Stor", [0.0, -200.0]), Wedge("Lille", [0.0, -50.0])]
    da, en = (chart(actions, [1000.0, 650.0], language).description for language in ("da", "en"))
    assert da.replace(NB, " ").replace(THIN, " ") == (
        "Hvad hvert tiltag ændrer i forhold til fremskrivningen. I 2030 i alt −250 ton CO2e. "
        "Størst er Stor: −200 ton CO2e; Lille: −50,0 ton CO2e."
    )
    assert en.replace(NB, " ").replace(THIN, " ").endswith("The largest are Stor: −200 t CO2e; Lille: −50.0 t CO2e.")
    assert chart([Wedge("Ingen", [0.0, 0.0])], [1000.0, 900.0]).description == "Ingen tiltag ændrer udledningen i 2030."


@pytest.mark.parametrize("width", list(Width))
def test_the_drawing_is_an_image_with_words_and_without_styles(width: Width) -> None:
    drawn = svg(chart([Wedge("Stor & <lang>", [0.0, -200.0])], [1000.0, 700.0], width=width))
    image = ET.fromstring(drawn)
    assert image[0].text == "Bidrag"
    assert "style=" not in drawn
    assert "1 Stor &amp; &lt;lang&gt;" in drawn


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("Varmepumper i skoler", 40, "Varmepumper i skoler"), ("Varmepumper i skoler", 19, "Varmepumper i…"),
     ("Varmepumper, i", 14, "Varmepumper, i"), ("Varmepumper, og mere", 15, "Varmepumper…"),
     ("Ordudenende", 5, "Ordu…")],
)  # fmt: skip
def test_a_long_name_is_cut_between_words(text: str, most: int, shown: str) -> None:
    assert cut(text, most) == shown
