"""The main chart of a municipality: the account by sector, the baseline, the path to the target and the gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.describing import table_by_sector, tell_pathway
from klimaplan.exports.charts.drawing import HALO, Chart, Spec, Width, frame, rows
from klimaplan.exports.charts.figures import BySector, Line, TargetPath, known
from klimaplan.exports.charts.wording import Scale, amount_axis, scale_for, year_axis
from klimaplan.exports.numbers import amount

OBSERVED, PROJECTED = 0.95, 0.42
"""Opacity: what was observed is solid, what is projected is lighter (and its total dashed)."""


BAR_PX = {Width.WIDE: 24, Width.HALF: 11, Width.NARROW: 6}
COLUMNS = {Width.WIDE: 5, Width.HALF: 3, Width.NARROW: 2}
"""Of the legend of the sectors."""

BRACKET = 0.62
"""How far beside its year the bracket of the gap stands."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line with its name and style."""

    name: Text
    line: Line
    colour: str
    dash: list[int]


def pathway(
    account: BySector,
    baseline: BySector,
    target: TargetPath | None,
    *,
    plan: BySector | None = None,
    title: str,
    language: Language,
    width: Width,
) -> Chart:
    """Stacked bars that go below zero where a sector takes up more than it emits, never a stacked area.

    Parameters
    ----------
    baseline : begins in the last year of the account
    plan : what is expected with a plan, over the years of the baseline; the bars and the gap are then the plan's
    """
    scale = scale_for(value for value in (*account.amounts["total"], *baseline.amounts["total"]) if value is not None)
    narrow = width is Width.NARROW
    axis = year_axis(account.years[0], baseline.years[-1], narrow=narrow)
    expected = plan or baseline
    ahead = BySector(expected.years[1:], {name: values[1:] for name, values in expected.amounts.items()})
    lines = [
        Drawn(wording.TOTAL_OBSERVED, Line(account.years, account.amounts["total"]), palette.TOTAL, [1, 0]),
        *_projected(baseline, plan),
    ]
    if target is not None:
        lines.append(Drawn(wording.TARGET_PATH, target.path, palette.TARGET, [1, 0]))
    layers: list[Spec] = [
        _bars([*_stack(account, scale, OBSERVED), *_stack(ahead, scale, PROJECTED)], axis, scale, language, width),
        lines_of(lines, scale, language, narrow=narrow),
    ]
    if target is not None:
        layers += list(_target(target, expected, scale, language, narrow=narrow))
    return Chart(
        frame(width, layers),
        title,
        tell_pathway(account, baseline, target, language, plan),
        table_by_sector(account, ahead, target, language),
        language,
    )


def _projected(baseline: BySector, plan: BySector | None) -> Iterator[Drawn]:
    """The baseline, and with a plan where that leads; the bars belong to the latter."""
    line = Line(baseline.years, baseline.amounts["total"])
    if plan is None:
        yield Drawn(wording.TOTAL_PROJECTED, line, palette.TOTAL, [6, 4])
    else:
        yield Drawn(wording.TOTAL_PLANNED, Line(plan.years, plan.amounts["total"]), palette.TOTAL, [6, 4])
        yield Drawn(wording.BASELINE, line, palette.BASELINE, [2, 3])


def _stack(source: BySector, scale: Scale, opacity: float) -> Iterator[Spec]:
    for position, sector in enumerate(palette.SECTORS):
        for year, value in known(Line(source.years, source.amounts[sector])):
            yield {"y": year, "s": sector, "v": scale.of(value), "o": opacity, "p": position}


def _bars(values: list[Spec], axis: Spec, scale: Scale, language: Language, width: Width) -> Spec:
    names = [wording.SECTORS[sector].read(language) for sector in palette.SECTORS]
    labels = ", ".join(f"'{sector}': '{name}'" for sector, name in zip(palette.SECTORS, names, strict=True))
    return {
        "data": rows(*values),
        "mark": {"type": "bar", "width": BAR_PX[width]},
        "encoding": {
            "x": {"field": "y", **axis},
            "y": {"field": "v", "stack": "zero", **amount_axis(scale, language)},
            "color": {
                "field": "s",
                "type": "nominal",
                "scale": {"domain": list(palette.SECTORS), "range": list(palette.SECTORS.values())},
                "legend": {
                    "orient": "top", "direction": "horizontal", "columns": COLUMNS[width],
                    "labelExpr": f"{{{labels}}}[datum.value]", "symbolOpacity": OBSERVED, "symbolStrokeWidth": 0,
                    "symbolType": "square", "columnPadding": 14 if width is Width.NARROW else 30,
                },
            },
            "opacity": {"field": "o", "type": "quantitative", "scale": None, "legend": None},
            "order": {"field": "p", "type": "quantitative"},
        },
    }  # fmt: skip


def lines_of(drawn: list[Drawn], scale: Scale, language: Language, *, narrow: bool) -> Spec:
    """The totals and the path to the target, named in a legend of their own."""
    names = [each.name.read(language) for each in drawn]
    legend = {
        "orient": "top", "direction": "horizontal", "columns": 1 if narrow else min(len(drawn), 3), "offset": 30,
        "symbolType": "stroke", "symbolSize": 250 if narrow else 400, "columnPadding": 56,
    }  # fmt: skip
    values = [
        {"y": year, "v": scale.of(value), "n": name}
        for each, name in zip(drawn, names, strict=True)
        for year, value in known(each.line)
    ]
    return {
        "data": rows(*values),
        "mark": {"type": "line", "strokeWidth": 2.4},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"},
            "y": {"field": "v", "type": "quantitative"},
            "stroke": {
                "field": "n", "type": "nominal", "legend": legend,
                "scale": {"domain": names, "range": [each.colour for each in drawn]},
            },
            "strokeDash": {
                "field": "n", "type": "nominal", "legend": legend,
                "scale": {"domain": names, "range": [each.dash for each in drawn]},
            },
        },
    }  # fmt: skip


def _target(
    target: TargetPath, baseline: BySector, scale: Scale, language: Language, *, narrow: bool
) -> Iterator[Spec]:
    place = {"x": {"field": "y", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}}
    yield {
        "data": rows(*({"y": year, "v": scale.of(value)} for year, value in target.milestones.items())),
        "mark": {
            "type": "point", "filled": True, "size": 100, "color": palette.TARGET, "stroke": "white", "opacity": 1,
        },
        "encoding": place,
    }  # fmt: skip
    expected = baseline.amounts["total"][baseline.years.index(target.gap_year)]
    allowed = target.path.amounts[target.path.years.index(target.gap_year)]
    if expected is None or allowed is None:
        return
    low, high = sorted((scale.of(expected), scale.of(allowed)))
    right = target.gap_year + BRACKET
    yield _rule([{"y": right, "v": low, "x2": right, "y2": high}])
    yield _rule([{"y": target.gap_year, "v": end, "x2": right, "y2": end} for end in (low, high)])
    space = "\n" if narrow else " "
    label = f"{wording.GAP.read(language)} {target.gap_year}:{space}{amount(target.excess, language, signed=True)}"
    yield from _gap_label(label, target.gap_year, high, baseline, narrow=narrow)


def _rule(ends: list[Spec]) -> Spec:
    """Straight lines of the bracket round the gap."""
    return {
        "data": rows(*ends),
        "mark": {"type": "rule", "strokeWidth": 3, "color": palette.TARGET, "strokeCap": "square"},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"}, "x2": {"field": "x2"},
            "y": {"field": "v", "type": "quantitative"}, "y2": {"field": "y2"},
        },
    }  # fmt: skip


def _gap_label(text: str, year: int, height: float, baseline: BySector, *, narrow: bool) -> Iterator[Spec]:
    """The gap in words above its bracket, to the side where there is room, readable above bars and lines."""
    is_late = year > (baseline.years[0] + baseline.years[-1]) / 2
    mark = {
        "type": "text", "align": "right" if is_late else "left", "baseline": "bottom", "dx": 8 if is_late else -8,
        "dy": -26 if narrow else -10, "lineBreak": "\n", "fontWeight": "bold", "fontSize": 13 if narrow else 15,
    }  # fmt: skip
    encoding = {
        "x": {"field": "y", "type": "quantitative"},
        "y": {"field": "v", "type": "quantitative"},
        "text": {"field": "t"},
    }
    for ink in (HALO, {"color": palette.TARGET}):
        yield {"data": rows({"y": year, "v": height, "t": text}), "mark": {**mark, **ink}, "encoding": encoding}
