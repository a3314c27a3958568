"""Charts as Vega-Lite specifications and SVG, each with a title, a description in words and a table."""

from klimaplan.exports.charts.comparison import comparison
from klimaplan.exports.charts.curve import curve
from klimaplan.exports.charts.drawing import Chart, Table, Width, svg
from klimaplan.exports.charts.figures import Aim, Bar, BySector, Line, MovedBar, TargetPath
from klimaplan.exports.charts.movements import movements
from klimaplan.exports.charts.pathway import pathway
from klimaplan.exports.charts.wedges import Wedge, wedges

__all__ = [
    "Aim", "Bar", "BySector", "Chart", "Line", "MovedBar", "Table", "TargetPath", "Wedge", "Width", "comparison",
    "curve", "movements", "pathway", "svg", "wedges",
]  # fmt: skip
