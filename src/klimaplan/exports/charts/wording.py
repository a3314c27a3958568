"""Words and scales that the charts share, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette

SECTORS = {
    "energy": Text("Energi", "Energy"),
    "transport": Text("Transport", "Transport"),
    "agriculture": Text("Landbrug og arealer", "Agriculture and land"),
    "waste": Text("Affald og spildevand", "Waste and wastewater"),
    "processes": Text("Processer", "Processes"),
}
TOTAL = Text("I alt", "Total")
TOTAL_OBSERVED = Text("I alt, regnskab", "Total, account")
TOTAL_PROJECTED = Text("I alt, basisfremskrivning (lyse søjler)", "Total, baseline (light bars)")
TOTAL_PLANNED = Text("I alt med planen (lyse søjler)", "Total with the plan (light bars)")
YEAR = Text("År", "Year")
BASELINE = Text("Basisfremskrivning", "Baseline")
ACCOUNT = Text("Regnskab", "Account")
TARGET = Text("Mål", "Target")
LANDMARK = Text("Pejlemærke", "Landmark")
TARGET_PATH = Text("Vej til målet", "Path to the target")
GAP = Text("Manko", "Gap")
FORECASTS = {
    "linear": Text("Lineær", "Linear"),
    "exponential": Text("Dæmpet", "Damped"),
    "conservative": Text("Konservativ", "Conservative"),
}
CAUSES = {
    "new_data": Text("Nye data", "New data"),
    "method_change": Text("Ændret metode", "Method change"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """Thousands or millions of tonnes, whichever reads best."""

    divisor: float
    title: Text

    def of(self, value: float) -> float:
        return value / self.divisor


ZERO_LINE = {"condition": {"test": "datum.value === 0", "value": palette.INK_LIGHT}, "value": palette.GRID}
"""Zero stands out among the lines of a grid, also where amounts lie on both sides of it."""

_THOUSANDS = Scale(1e3, Text("1.000 ton CO2e", "1,000 t CO2e"))
_MILLIONS = Scale(1e6, Text("mio. ton CO2e", "million t CO2e"))
MILLIONS_FROM_T = 2e6


def scale_for(values: Iterable[float]) -> Scale:
    """The scale of an axis that shows these tonnes."""
    return _MILLIONS if max((abs(value) for value in values), default=0.0) >= MILLIONS_FROM_T else _THOUSANDS


def amount_axis(scale: Scale, language: Language) -> dict[str, object]:
    """The vertical axis of an amount; it holds zero, above or below the bars."""
    return {
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {
            "title": scale.title.read(language), "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end",
            "titleY": -12, "titleX": 0, "format": ",~f", "tickCount": 6, "domain": False, "ticks": False,
            "gridColor": ZERO_LINE,
        },
    }  # fmt: skip


def year_axis(first: int, last: int, *, narrow: bool) -> dict[str, object]:
    """The horizontal axis; every fifth year, every tenth on a phone."""
    step = 10 if narrow else 5
    named = [year for year in range(first, last + 1) if year % step == 0]
    return {
        "type": "quantitative",
        "scale": {"domain": [first - 0.6, last + 0.9], "nice": False, "zero": False},
        "axis": {
            "title": None,
            "values": sorted({first, *[y for y in named if y - first > step / 2]}),
            "format": "d",
            "grid": False,
        },
    }
