"""Horizontal bars per inhabitant: a municipality beside its type, its region, the country and the most similar."""

from __future__ import annotations

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette
from klimaplan.exports.charts.describing import table_of_bars, tell_comparison
from klimaplan.exports.charts.drawing import Chart, Width, frame, rows
from klimaplan.exports.charts.figures import Bar
from klimaplan.exports.charts.wording import ZERO_LINE
from klimaplan.exports.numbers import plain

BAR_PX = 34
UNIT = Text("ton CO2e pr. indbygger", "t CO2e per inhabitant")
LONGEST_NAME = {Width.WIDE: 46, Width.HALF: 30, Width.NARROW: 20}
"""Letters; a longer name is cut on the chart and whole in the table."""

NAMES_PX = {Width.WIDE: 250, Width.HALF: 200, Width.NARROW: 140}
"""Room for the names, also in wider letters than those measured here."""


def comparison(bars: list[Bar], *, year: int, title: str, language: Language, width: Width) -> Chart:
    """Sorted from the highest; the subject stands out by colour and weight, the axis holds zero."""
    known = [(bar, bar.amount) for bar in bars if bar.amount is not None]
    shown = sorted(known, key=lambda pair: pair[1], reverse=True)
    values = [
        {
            "n": f"{position}",
            "l": _cut(bar.name, LONGEST_NAME[width]),
            "v": value,
            "c": palette.EMPHASIS if bar.is_subject else palette.REST,
            "t": plain(value, language, digits=1),
        }
        for position, (bar, value) in enumerate(shown)
    ]
    names = ", ".join(f"'{each['n']}': '{_quoted(str(each['l']))}'" for each in values)
    # a label left of a negative bar must not run into the names
    room = {"padding": 40, "nice": False} if any(value < 0.0 for _bar, value in shown) else {"nice": True}
    across = {"field": "v", "type": "quantitative", "scale": {"zero": True, **room}}
    down = {"field": "n", "type": "ordinal", "sort": None}
    layers = [
        {
            "data": rows(*values),
            "mark": {"type": "bar", "height": 20},
            "encoding": {
                "x": {
                    **across,
                    "axis": {
                        "title": UNIT.read(language), "format": ",~f", "tickCount": 3 if width is Width.NARROW else 5,
                        "domain": False, "gridColor": ZERO_LINE,
                    },
                },
                "y": {
                    **down,
                    "axis": {
                        "title": None, "labelExpr": f"{{{names}}}[datum.value]", "labelLimit": 400, "domain": False,
                        "ticks": False, "labelPadding": 8, "minExtent": NAMES_PX[width],
                    },
                },
                "color": {"field": "c", "type": "nominal", "scale": None, "legend": None},
            },
        },
        {
            "data": rows(*values),
            "mark": {
                "type": "text",
                "align": {"expr": "datum.v < 0 ? 'right' : 'left'"},
                "dx": {"expr": "datum.v < 0 ? -5 : 5"},
            },
            "encoding": {"x": {"field": "v", "type": "quantitative"}, "y": down, "text": {"field": "t"}},
        },
    ]  # fmt: skip
    return Chart(
        frame(width, layers, height=70 + BAR_PX * len(values)),
        title,
        tell_comparison(bars, year, language),
        table_of_bars(bars, language),
        language,
    )


def _cut(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def _quoted(text: str) -> str:
    """A name inside an expression of Vega."""
    return text.replace("\\", "\\\\").replace("'", "\\'")
