"""What the actions of a plan change: bars to both sides of zero, one piece for every action, coloured by sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.drawing import Chart, Spec, Table, Width, frame, rows
from klimaplan.exports.charts.wording import ZERO_LINE, scale_for
from klimaplan.exports.numbers import amount, plain

SEVERAL = "several"
"""The sector of an action that works on more than one."""

COLOURS = {**palette.SECTORS, SEVERAL: palette.EMPHASIS}
NAMES = {**wording.SECTORS, SEVERAL: Text("Flere sektorer", "Several sectors")}
COLUMNS = {Width.WIDE: 6, Width.HALF: 3, Width.NARROW: 2}
BAR_PX = {Width.WIDE: 90, Width.HALF: 48, Width.NARROW: 28}
MOST_NAMED = 3
ACTION = Text("Tiltag", "Action")
TONNES = Text("ton CO2e", "t CO2e")


@dataclass(frozen=True, slots=True)
class ActionEffect:
    """One action: t CO2e in the years shown, negative where it lessens emissions."""

    name: str
    sector: str
    tonnes: list[float]


def effects(
    actions: Sequence[ActionEffect], years: list[int], *, title: str, language: Language, width: Width
) -> Chart:
    """Stacked from zero in both directions, never an area: what adds emissions stands above the line."""
    scale = scale_for(value for each in actions for value in each.tonnes)
    names = {sector: name.read(language) for sector, name in NAMES.items()}
    order = list(COLOURS)
    values = [
        {"y": str(year), "v": scale.of(value), "s": names[each.sector], "p": order.index(each.sector) * 1000 + place}
        for place, each in enumerate(actions)
        for year, value in zip(years, each.tonnes, strict=True)
        if value
    ]
    used = [sector for sector in order if names[sector] in {value["s"] for value in values}]
    layer: Spec = {
        "data": rows(*values),
        "mark": {"type": "bar", "width": BAR_PX[width], "stroke": "white", "strokeWidth": 0.6},
        "encoding": {
            "x": {"field": "y", "type": "ordinal", "axis": {"title": None, "labelAngle": 0, "domain": False}},
            "y": {
                "field": "v", "type": "quantitative", "stack": "zero", "scale": {"zero": True, "nice": True},
                "axis": {
                    "title": scale.title.read(language), "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
                    "titleY": -12, "titleX": 0, "format": ",~f", "tickCount": 5, "domain": False, "ticks": False,
                    "gridColor": ZERO_LINE,
                },
            },
            "color": {
                "field": "s", "type": "nominal",
                "scale": {"domain": [names[each] for each in used], "range": [COLOURS[each] for each in used]},
                "legend": {
                    "orient": "top", "direction": "horizontal", "columns": COLUMNS[width], "offset": 26,
                    "symbolType": "square", "symbolStrokeWidth": 0,
                },
            },
            "order": {"field": "p", "type": "quantitative"},
        },
    }  # fmt: skip
    return Chart(
        frame(width, [layer]), title, _tell(actions, years, language), _table(actions, years, language), language
    )


def as_demo(chart: Chart) -> Chart:
    """The chart with a mark across it that it shows invented figures, also where the picture is copied away."""
    mark: Spec = {
        "data": rows({"t": "DEMO"}),
        "mark": {
            "type": "text", "x": {"expr": "width / 2"}, "y": {"expr": "height / 2"}, "angle": 340,
            "fontSize": {"expr": "width < 400 ? 64 : 110"}, "fontWeight": "bold", "color": palette.INK, "opacity": 0.13,
        },
        "encoding": {"text": {"field": "t"}},
    }  # fmt: skip
    return replace(chart, spec={**chart.spec, "layer": [*chart.spec["layer"], mark]})


def _tell(actions: Sequence[ActionEffect], years: list[int], language: Language) -> str:
    """The largest actions of the last year by name; all of them stand in the table."""
    largest = sorted(actions, key=lambda each: each.tonnes[-1])[:MOST_NAMED]
    named = "; ".join(
        f"{each.name}: {amount(each.tonnes[-1], language)}" for each in largest if each.tonnes[-1] < 0.0
    )  # fmt: skip
    say = {
        "da": "Hvad hvert tiltag ændrer år for år. Størst i {year}: {named}.",
        "en": "What each action changes year by year. Largest in {year}: {named}.",
    }[language]
    none = {"da": "Ingen tiltag sænker udledningen i {year}.", "en": "No action lowers emissions in {year}."}[language]
    return (say if named else none).format(year=years[-1], named=named)


def _table(actions: Sequence[ActionEffect], years: list[int], language: Language) -> Table:
    headers = [ACTION.read(language), *(f"{year}, {TONNES.read(language)}" for year in years)]
    lines: list[list[str | None]] = [
        [each.name, *(plain(value, language, digits=0) for value in each.tonnes)] for each in actions
    ]
    return Table(headers, lines)
