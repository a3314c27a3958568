"""The main chart of a municipality: the account by sector, the baseline, the path to the target and the gap."""

from __future__ import annotations

from collections.abc import Iterator

from klimaplan.domain.errors import Language
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.describing import table_by_sector, tell_pathway
from klimaplan.exports.charts.drawing import Chart, Spec, Width, frame, rows
from klimaplan.exports.charts.figures import BySector, Line, TargetPath, known
from klimaplan.exports.charts.wording import Scale, amount_axis, scale_for, year_axis
from klimaplan.exports.numbers import amount

OBSERVED, PROJECTED = 0.95, 0.42
"""Opacity: what was observed is solid, what is projected is lighter (and its total dashed)."""


def pathway(
    account: BySector, baseline: BySector, target: TargetPath | None, *, title: str, language: Language, width: Width
) -> Chart:
    """Stacked bars that go below zero where a sector takes up more than it emits, never a stacked area.

    Parameters
    ----------
    baseline : begins in the last year of the account
    """
    scale = scale_for(value for value in (*account.amounts["total"], *baseline.amounts["total"]) if value is not None)
    narrow = width is Width.NARROW
    axis = year_axis(account.years[0], baseline.years[-1], narrow=narrow)
    ahead = BySector(baseline.years[1:], {name: values[1:] for name, values in baseline.amounts.items()})
    layers: list[Spec] = [
        _bars(
            [*_stack(account, scale, OBSERVED), *_stack(ahead, scale, PROJECTED)], axis, scale, language, narrow=narrow
        ),
        _line(Line(account.years, account.amounts["total"]), scale, palette.TOTAL, dash=[1, 0]),
        _line(Line(baseline.years, baseline.amounts["total"]), scale, palette.TOTAL, dash=[6, 4]),
    ]
    if target is not None:
        layers += list(_target(target, baseline, scale, language, narrow=narrow))
    return Chart(
        frame(width, layers),
        title,
        tell_pathway(account, baseline, target, language),
        table_by_sector(account, ahead, target, language),
        language,
    )


def _stack(source: BySector, scale: Scale, opacity: float) -> Iterator[Spec]:
    for position, sector in enumerate(palette.SECTORS):
        for year, value in known(Line(source.years, source.amounts[sector])):
            yield {"y": year, "s": sector, "v": scale.of(value), "o": opacity, "p": position}


def _bars(values: list[Spec], axis: Spec, scale: Scale, language: Language, *, narrow: bool) -> Spec:
    names = [wording.SECTORS[sector].read(language) for sector in palette.SECTORS]
    labels = ", ".join(f"'{sector}': '{name}'" for sector, name in zip(palette.SECTORS, names, strict=True))
    return {
        "data": rows(*values),
        "mark": {"type": "bar", "width": 6 if narrow else 17},
        "encoding": {
            "x": {"field": "y", **axis},
            "y": {"field": "v", "stack": "zero", **amount_axis(scale, language)},
            "color": {
                "field": "s",
                "type": "nominal",
                "scale": {"domain": list(palette.SECTORS), "range": list(palette.SECTORS.values())},
                "legend": {
                    "orient": "top", "direction": "horizontal", "columns": 2 if narrow else 5, "offset": 34,
                    "labelExpr": f"{{{labels}}}[datum.value]", "symbolOpacity": OBSERVED, "symbolStrokeWidth": 0,
                },
            },
            "opacity": {"field": "o", "type": "quantitative", "scale": None, "legend": None},
            "order": {"field": "p", "type": "quantitative"},
        },
    }  # fmt: skip


def _line(line: Line, scale: Scale, colour: str, *, dash: list[int]) -> Spec:
    return {
        "data": rows(*({"y": year, "v": scale.of(value)} for year, value in known(line))),
        "mark": {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": dash},
        "encoding": {"x": {"field": "y", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}},
    }


def _target(
    target: TargetPath, baseline: BySector, scale: Scale, language: Language, *, narrow: bool
) -> Iterator[Spec]:
    place = {"x": {"field": "y", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"}}
    yield _line(target.path, scale, palette.TARGET, dash=[1, 0])
    yield {
        "data": rows(*({"y": year, "v": scale.of(value)} for year, value in target.milestones.items())),
        "mark": {"type": "point", "filled": True, "size": 90, "color": palette.TARGET, "stroke": "white", "opacity": 1},
        "encoding": place,
    }
    expected = baseline.amounts["total"][baseline.years.index(target.gap_year)]
    allowed = target.path.amounts[target.path.years.index(target.gap_year)]
    if expected is None or allowed is None:
        return
    low, high = sorted((scale.of(expected), scale.of(allowed)))
    label = f"{wording.GAP.read(language)} {target.gap_year}: {amount(target.excess, language, signed=True)}"
    yield {
        "data": rows({"y": target.gap_year, "v": low, "w": high}),
        "mark": {"type": "rule", "strokeWidth": 4, "color": palette.TARGET, "strokeCap": "butt"},
        "encoding": {**place, "y2": {"field": "w"}},
    }
    yield {
        "data": rows({"y": target.gap_year, "v": high, "t": label}),
        "mark": {
            "type": "text", "align": "left", "baseline": "bottom", "dx": -4 if narrow else 8, "dy": -14,
            "fontWeight": "bold", "color": palette.TARGET, "fontSize": 12 if narrow else 14,
        },
        "encoding": {**place, "text": {"field": "t"}},
    }  # fmt: skip
