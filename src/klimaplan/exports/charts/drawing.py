"""From a Vega-Lite specification to SVG: three widths, two languages, the same bytes for the same figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Any

from klimaplan.domain.errors import Language
from klimaplan.exports import palette
from klimaplan.exports.numbers import MINUS, THIN

Spec = dict[str, Any]

VEGA_LITE = "5.20"
HALO = {"color": "white", "stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}
"""Drawn under words that stand on bars and lines."""

FONT = "Arial, Helvetica, sans-serif"


class Width(StrEnum):
    """A chart for the whole page, one for half of it (or a tablet), and one for a phone."""

    WIDE = "wide"
    HALF = "half"
    NARROW = "narrow"


SIZES = {Width.WIDE: (1180, 460), Width.HALF: (600, 420), Width.NARROW: (340, 400)}
"""Pixels; about what the page gives, so that the letters have the size of its own."""


@dataclass(frozen=True, slots=True)
class Table:
    """What *Show as table* shows: text ready to read; None is missing."""

    headers: list[str]
    rows: list[list[str | None]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with everything that stands for it where it cannot be seen."""

    spec: Spec
    title: str
    description: str
    table: Table
    language: Language


def svg(chart: Chart) -> str:
    """Draw a chart. The SVG holds its title and description, no scripts and no style attributes."""
    import vl_convert  # half a second to import: only who draws pays for it

    drawn = vl_convert.vegalite_to_svg(
        chart.spec, vl_version=VEGA_LITE, format_locale=_FORMATS[chart.language], show_warnings=False
    )
    plain = re.sub(r'\sstyle="([^"]*)"', _as_attributes, drawn)
    head, separator, body = plain.partition(">")
    named = f"<title>{escape(chart.title)}</title><desc>{escape(chart.description)}</desc>"
    return f'{head} role="img" lang="{chart.language}"{separator}{named}{body}'


def frame(width: Width, layers: list[Spec], *, height: int | None = None, margin: int = 12) -> Spec:
    """A layered specification in the house style, fitted with its labels into one of the widths.

    `margin` is kept free on the right, where words stand: the reader's letters may be wider than those measured here.
    """
    across, down = SIZES[width]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.20.1.json",
        "width": across,
        "height": height or down,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": {"left": 4, "top": 8, "right": margin, "bottom": 4},
        "background": "white",
        "layer": layers,
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelFontSize": 13,
                "titleFontSize": 13,
                "titleFontWeight": "normal",
                "labelColor": palette.INK_LIGHT,
                "titleColor": palette.INK_LIGHT,
                "gridColor": palette.GRID,
                "domainColor": palette.INK_LIGHT,
                "tickColor": palette.INK_LIGHT,
            },
            "legend": {
                "labelFontSize": 13,
                "labelColor": palette.INK,
                "labelLimit": 400,
                "title": None,
                "symbolStrokeWidth": 3,
                # room for wider letters than those measured here
                "columnPadding": 30,
                "rowPadding": 4,
                "layout": {"top": {"anchor": "start", "direction": "vertical", "margin": 2, "bounds": "full"}},
            },
            "text": {"fontSize": 13, "font": FONT},
        },
    }


def rows(*records: dict[str, Any]) -> Spec:
    return {"values": list(records)}


def _as_attributes(match: re.Match[str]) -> str:
    """A style attribute as presentation attributes: a strict content policy forbids inline styles."""
    declared = [part.partition(":") for part in match[1].split(";") if ":" in part]
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _colon, value in declared)


_FORMATS: dict[Language, Spec] = {
    "da": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", f"{THIN}kr."], "minus": MINUS},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["DKK ", ""], "minus": MINUS},
}
