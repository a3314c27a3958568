"""The curve of the country or a group: the account, the baseline, three trends and the landmarks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.describing import table_of_lines, tell_curve
from klimaplan.exports.charts.drawing import HALO, Chart, Spec, Width, frame, rows
from klimaplan.exports.charts.figures import Aim, Line, known
from klimaplan.exports.charts.wording import Scale, amount_axis, scale_for, year_axis

TRENDS_UNTIL = 2035
"""A trend of six years says little after twelve; the table and the downloads go on to the end."""

LABEL_GAP = 0.055
"""Smallest distance between two labels, as a share of the axis."""

NEAR_YEARS = 10
"""Targets closer than this share the word before their years."""

SOLID, DASHED, DOTTED = [1, 0], [6, 4], [2, 3]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line with its name and style."""

    key: str
    name: Text
    line: Line
    colour: str
    dash: list[int]


def curve(
    account: Line,
    baseline: Line,
    forecasts: Mapping[str, Line],
    aims: Mapping[int, Aim],
    *,
    title: str,
    language: Language,
    width: Width,
) -> Chart:
    """Observed solid, projected dashed; every line is named at its end, on a phone in a legend."""
    narrow = width is Width.NARROW
    drawn = [
        Drawn("account", wording.ACCOUNT, account, palette.TOTAL, SOLID),
        Drawn("baseline", wording.BASELINE, baseline, palette.BASELINE, DASHED),
        *(
            Drawn(key, wording.FORECASTS[key], _anchored(account, line), palette.FORECASTS[key], DOTTED)
            for key, line in forecasts.items()
        ),
    ]
    every = [value for each in drawn for _year, value in known(each.line)]
    scale = scale_for(every)
    last = baseline.years[-1]
    layers = [_lines(drawn, scale, year_axis(account.years[0], last, narrow=narrow), language, narrow=narrow)]
    if aims:
        layers.append(_aims(aims, scale, language))
    if not narrow:
        layers.append(_labels(drawn, scale, language))
    return Chart(
        frame(width, layers, margin=12 if narrow else 40),
        title,
        tell_curve(account, baseline, forecasts, language),
        table_of_lines(account, baseline, forecasts, language),
        language,
    )


def _anchored(account: Line, line: Line) -> Line:
    """A trend drawn from the last observed value, so that the eye sees where it takes off."""
    pairs = [known(account)[-1], *((year, value) for year, value in known(line) if year <= TRENDS_UNTIL)]
    return Line([year for year, _ in pairs], [value for _, value in pairs])


def _lines(drawn: list[Drawn], scale: Scale, axis: Spec, language: Language, *, narrow: bool) -> Spec:
    names = [each.name.read(language) for each in drawn]
    legend = (
        {"orient": "top", "columns": 2, "symbolType": "stroke", "symbolSize": 300, "offset": 30} if narrow else None
    )
    values = [
        {"y": year, "v": scale.of(value), "s": name}
        for each, name in zip(drawn, names, strict=True)
        for year, value in known(each.line)
    ]
    return {
        "data": rows(*values),
        "mark": {"type": "line", "strokeWidth": 2.4},
        "encoding": {
            "x": {"field": "y", **axis},
            "y": {"field": "v", **amount_axis(scale, language)},
            "color": {
                "field": "s", "type": "nominal", "legend": legend,
                "scale": {"domain": names, "range": [each.colour for each in drawn]},
            },
            "strokeDash": {
                "field": "s", "type": "nominal", "legend": legend,
                "scale": {"domain": names, "range": [each.dash for each in drawn]},
            },
        },
    }  # fmt: skip


def _aims(aims: Mapping[int, Aim], scale: Scale, language: Language) -> Spec:
    """Dots with their year: below the dot, where no line is, but above the axis."""
    values = []
    last: tuple[int, Text] | None = None
    for year, aim in sorted(aims.items()):
        name = wording.LANDMARK if aim.is_landmark else wording.TARGET
        # the word once for neighbours: their labels would lie on each other
        is_near = last is not None and last[1] is name and year - last[0] < NEAR_YEARS
        text = f"{year}" if is_near else f"{name.read(language)} {year}"
        values.append({"y": year, "v": scale.of(aim.allowed), "t": text, "d": 18 if aim.allowed > 0.0 else -16})
        last = (year, name)
    place = {"x": {"field": "y", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}}
    dot = {"type": "point", "filled": True, "size": 90, "color": palette.TARGET, "opacity": 1}
    label: Spec = {"type": "text", "dy": {"expr": "datum.d"}, "color": palette.TARGET, "fontWeight": "bold"}
    named = {**place, "text": {"field": "t"}}
    return {
        "data": rows(*values),
        "layer": [
            {"mark": dot, "encoding": place},
            {"mark": {**label, **HALO}, "encoding": named},
            {"mark": label, "encoding": named},
        ],
    }


def _labels(drawn: list[Drawn], scale: Scale, language: Language) -> Spec:
    """Names beside the last value of each projected line, moved apart where they would lie on each other."""
    ends = [(each, known(each.line)[-1]) for each in drawn if each.dash != SOLID]
    every = [scale.of(value) for each in drawn for _year, value in known(each.line)]
    least = LABEL_GAP * (max(*every, 0.0) - min(*every, 0.0))
    by_year: dict[int, list[tuple[Drawn, float]]] = {}
    for each, (year, value) in ends:
        by_year.setdefault(year, []).append((each, scale.of(value)))
    values = [
        {"y": year, "v": height, "t": each.name.read(language), "s": each.colour, "d": 0}
        for year, found in by_year.items()
        for each, height in spread(found, least)
    ]
    for each in drawn:
        if each.dash == SOLID:
            # the account is named where it begins, above all of it: at its end the others take off
            year, top = known(each.line)[0][0], max(value for _year, value in known(each.line))
            values.append({"y": year, "v": scale.of(top), "t": each.name.read(language), "s": each.colour, "d": -12})
    mark = {"type": "text", "align": "left", "baseline": "middle", "dx": 7, "dy": {"expr": "datum.d"}}
    place = {
        "x": {"field": "y", "type": "quantitative"},
        "y": {"field": "v", "type": "quantitative"},
        "text": {"field": "t"},
    }
    ink = {"field": "s", "type": "nominal", "scale": None, "legend": None}
    return {
        "data": rows(*values),
        "layer": [{"mark": {**mark, **HALO}, "encoding": place}, {"mark": mark, "encoding": {**place, "color": ink}}],
    }


def spread(labels: list[tuple[Drawn, float]], least: float) -> list[tuple[Drawn, float]]:
    """Labels in order of height, each at least so far above the one below; the lowest stays where it is."""
    placed: list[tuple[Drawn, float]] = []
    for each, height in sorted(labels, key=lambda label: label[1]):
        above = placed[-1][1] + least if placed else height
        placed.append((each, max(height, above)))
    return placed
