"""Charts for notebooks: a Vega-Lite specification that Jupyter draws by itself, with no library for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

VEGA_LITE = "application/vnd.vegalite.v5+json"


@dataclass(frozen=True)
class Chart:
    """A specification; shown as a drawing at the end of a cell."""

    spec: dict[str, Any]

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """What a notebook asks for to show a value."""
        return {VEGA_LITE: self.spec, "text/plain": f"<{self.spec.get('title', 'chart')}>"}


def lines(rows: Iterable[Mapping[str, Any]], *, x: str, y: str, by: str, title: str, unit: str = "t CO2e") -> Chart:
    """A line for every value of `by`.

    >>> lines([{"year": 2030, "tonnes": 1.0, "name": "A"}], x="year", y="tonnes", by="name", title="T").spec["title"]
    'T'
    """
    return Chart(_spec(rows, title) | {
        "mark": {"type": "line", "strokeWidth": 1},
        "encoding": {
            "x": {"field": x, "type": "quantitative", "axis": {"format": "d", "title": None}},
            "y": {"field": y, "type": "quantitative", "title": unit},
            "detail": {"field": by},
            "color": {"field": by, "type": "nominal", "legend": None},
            "tooltip": [{"field": by}, {"field": x}, {"field": y, "format": ",.0f"}],
        },
    })  # fmt: skip


def bars(rows: Iterable[Mapping[str, Any]], *, x: str, y: str, title: str, unit: str = "t CO2e") -> Chart:
    """A bar for every row, the longest first.

    >>> bars([{"name": "A", "tonnes": 1.0}], x="tonnes", y="name", title="T").spec["mark"]
    'bar'
    """
    return Chart(_spec(rows, title) | {
        "mark": "bar",
        "encoding": {
            "x": {"field": x, "type": "quantitative", "title": unit},
            "y": {"field": y, "type": "nominal", "sort": "-x", "title": None},
        },
    })  # fmt: skip


def _spec(rows: Iterable[Mapping[str, Any]], title: str) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "title": title, "width": 640, "height": 360,
        "data": {"values": [dict(row) for row in rows]},
    }  # fmt: skip
