"""What moved between two snapshots: bars to both sides of zero, by cause."""

from __future__ import annotations

from klimaplan.domain.errors import Language
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.describing import table_of_movements, tell_movements
from klimaplan.exports.charts.drawing import Chart, Width, frame, rows
from klimaplan.exports.charts.figures import MovedBar
from klimaplan.exports.charts.wording import ZERO_LINE, scale_for

COLOURS = {"new_data": palette.NEW_DATA, "method_change": palette.METHOD_CHANGE}


def movements(bars: list[MovedBar], *, title: str, language: Language, width: Width) -> Chart:
    """One bar per year (or sector); nothing is drawn for what did not move."""
    scale = scale_for(value for bar in bars for value in (bar.new_data, bar.method_change))
    names = {cause: wording.CAUSES[cause].read(language) for cause in COLOURS}
    values = [
        {"l": bar.label, "v": scale.of(value), "s": names[cause]}
        for bar in bars
        for cause, value in (("new_data", bar.new_data), ("method_change", bar.method_change))
        if value
    ]
    used = [cause for cause in COLOURS if names[cause] in {value["s"] for value in values}]
    bar_layer = {
        "data": rows(*values),
        "mark": {"type": "bar", "width": 26},
        "encoding": {
            "x": {"field": "l", "type": "ordinal", "axis": {"title": None, "labelAngle": 0}},
            "y": {
                "field": "v", "type": "quantitative", "scale": {"zero": True, "nice": True},
                "axis": {
                    "title": scale.title.read(language), "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
                    "titleY": -14, "titleX": 0, "format": ",~f", "tickCount": 5, "domain": False, "ticks": False,
                    "gridColor": ZERO_LINE,
                },
            },
            "color": {
                "field": "s", "type": "nominal",
                "scale": {"domain": [names[cause] for cause in used], "range": [COLOURS[cause] for cause in used]},
                "legend": {"orient": "top", "offset": 34},
            },
        },
    }  # fmt: skip
    return Chart(
        frame(width, [bar_layer], height=280),
        title,
        tell_movements(bars, language),
        table_of_movements(bars, language),
        language,
    )
