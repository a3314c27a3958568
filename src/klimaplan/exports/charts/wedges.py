"""What each action of a plan contributes: bars that hang from the baseline, one piece for every large action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from klimaplan.domain.errors import Language, Text
from klimaplan.exports import palette
from klimaplan.exports.charts import wording
from klimaplan.exports.charts.drawing import Chart, Spec, Table, Width, frame, rows
from klimaplan.exports.charts.figures import BySector, Line
from klimaplan.exports.charts.pathway import Drawn, lines_of
from klimaplan.exports.charts.wording import Scale, amount_axis, scale_for, year_axis
from klimaplan.exports.numbers import amount, plain
from klimaplan.exports.texts import cut

MOST = 8
"""Actions with a colour of their own; the smaller ones stand together."""

BAR_PX = {Width.WIDE: 32, Width.HALF: 15, Width.NARROW: 8}
COLUMNS = {Width.WIDE: 3, Width.HALF: 2, Width.NARROW: 1}
LONGEST = {Width.WIDE: 50, Width.HALF: 38, Width.NARROW: 42}
HEIGHTS = {Width.WIDE: 480, Width.HALF: 480, Width.NARROW: 520}
LEAST_TONNES = 0.5
"""What rounds to nothing needs no piece of its own."""

LEAST_NUMBERED = 0.045
"""Share of the axis from which on a wedge has room for its number."""

BASELINE, PLANNED = wording.BASELINE, Text("Med planen", "With the plan")
TOGETHER = Text("Alle tiltag tilsammen", "All actions together")


@dataclass(frozen=True, slots=True)
class Wedge:
    """One action, or several small ones: t CO2e year by year, negative where it lessens emissions."""

    name: str
    tonnes: Sequence[float]
    colour: str = palette.OTHERS
    number: str = ""


def wedges(
    baseline: BySector, plan: BySector, actions: Sequence[Wedge], *, title: str, language: Language, width: Width
) -> Chart:
    """Down from the baseline what lessens emissions, up from it what adds to them; never an area.

    The baseline is the line at zero: drawn below a baseline that falls by itself the wedges would be too thin to see.

    Parameters
    ----------
    baseline, plan : over the same years
    actions : all of them; they add up to plan minus baseline
    """
    shown = _grouped(actions, language)
    years = baseline.years
    changed = [
        None if before is None or after is None else after - before
        for before, after in zip(baseline.amounts["total"], plan.amounts["total"], strict=True)
    ]
    pieces = [*_pieces(years, shown)]
    scale = scale_for(end for each in pieces for end in (each.start, each.end))
    axis = year_axis(years[0], years[-1], narrow=width is Width.NARROW)
    total = Drawn(TOGETHER, Line(years, changed), palette.TOTAL, [6, 4])
    layers: list[Spec] = [
        _bars(pieces, shown, axis, scale, language, width),
        _numbers(pieces, scale),
        lines_of([total], scale, language, narrow=width is Width.NARROW),
    ]
    return Chart(
        frame(width, layers, height=HEIGHTS[width]), title, _tell(shown, years, language),
        _table(baseline, plan, shown, language), language,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Piece:
    """One wedge in one year, from `start` to `end`."""

    year: int
    start: float
    end: float
    wedge: Wedge


def _grouped(actions: Sequence[Wedge], language: Language) -> list[Wedge]:
    """The largest with number and colour; the others together, what they save apart from what they add."""
    by_size = sorted(actions, key=lambda each: -sum(abs(value) for value in each.tonnes))
    moving = [each for each in by_size if any(each.tonnes)]
    largest = [
        Wedge(each.name, each.tonnes, colour, str(number))
        for number, (each, colour) in enumerate(zip(moving, palette.WEDGES, strict=False), start=1)
    ]
    rest = moving[MOST:]
    if not rest:
        return largest
    years = range(len(rest[0].tonnes))
    name = Text(f"Andre tiltag ({len(rest)})", f"Other actions ({len(rest)})").read(language)
    saving = [sum(min(each.tonnes[at], 0.0) for each in rest) for at in years]
    adding = [sum(max(each.tonnes[at], 0.0) for each in rest) for at in years]
    if max(adding) < LEAST_TONNES:
        saving, adding = [less + more for less, more in zip(saving, adding, strict=True)], []
    found = [Wedge(name, saving)] if any(saving) else []
    if any(adding):
        more = Text("Andre tiltag, der øger udledningen", "Other actions that add emissions").read(language)
        found.append(Wedge(more, adding, palette.REST))
    return [*largest, *found]


def _pieces(years: Sequence[int], shown: Sequence[Wedge]) -> Iterator[_Piece]:
    for at, year in enumerate(years):
        down = up = 0.0
        for wedge in shown:
            value = wedge.tonnes[at]
            if value < 0.0:
                yield _Piece(year, down, down + value, wedge)
                down += value
            elif value > 0.0:
                yield _Piece(year, up, up + value, wedge)
                up += value


def _bars(
    pieces: Sequence[_Piece], shown: Sequence[Wedge], axis: Spec, scale: Scale, language: Language, width: Width
) -> Spec:  # fmt: skip
    named = {each.number + each.name: _label(each, LONGEST[width]) for each in shown}
    return {
        "data": rows(*(
            {
                "y": each.year, "v": scale.of(each.start), "w": scale.of(each.end),
                "n": named[each.wedge.number + each.wedge.name],
            }
            for each in pieces
        )),
        "mark": {"type": "bar", "width": BAR_PX[width], "stroke": "white", "strokeWidth": 0.5},
        "encoding": {
            "x": {"field": "y", **axis},
            "y": {"field": "v", **amount_axis(scale, language)},
            "y2": {"field": "w"},
            "color": {
                "field": "n", "type": "nominal",
                "scale": {"domain": list(named.values()), "range": [each.colour for each in shown]},
                "legend": {
                    "orient": "top", "direction": "horizontal", "columns": COLUMNS[width], "symbolType": "square",
                    "symbolStrokeWidth": 0, "columnPadding": 18, "rowPadding": 2,
                },
            },
        },
    }  # fmt: skip


def _numbers(pieces: Sequence[_Piece], scale: Scale) -> Spec:
    """The number of an action in its wedge, in the year in which that is widest, where there is room."""
    ends = [end for each in pieces for end in (each.start, each.end)]
    span = max((*ends, 0.0)) - min((*ends, 0.0)) if ends else 0.0
    widest: dict[str, _Piece] = {}
    for each in pieces:
        number = each.wedge.number
        known = widest.get(number)
        if number and (known is None or abs(each.end - each.start) > abs(known.end - known.start)):
            widest[number] = each
    wide = [each for each in widest.values() if abs(each.end - each.start) >= LEAST_NUMBERED * span]
    return {
        "data": rows(*(
            {"y": each.year, "v": scale.of((each.start + each.end) / 2.0), "t": each.wedge.number} for each in wide
        )),
        "mark": {"type": "text", "color": "white", "fontWeight": "bold", "fontSize": 12, "baseline": "middle"},
        "encoding": {
            "x": {"field": "y", "type": "quantitative"}, "y": {"field": "v", "type": "quantitative"},
            "text": {"field": "t"},
        },
    }  # fmt: skip


def _label(wedge: Wedge, most: int) -> str:
    return f"{wedge.number} {cut(wedge.name, most)}".strip()


def _tell(shown: Sequence[Wedge], years: list[int], language: Language) -> str:
    """The largest actions of the last year by name, and what all of them come to."""
    da, last = language == "da", years[-1]
    saving = sorted((each for each in shown if each.number and each.tonnes[-1] < 0.0), key=lambda each: each.tonnes[-1])
    if not any(each.tonnes[-1] for each in shown):
        return f"Ingen tiltag ændrer udledningen i {last}." if da else f"No action changes emissions in {last}."
    named = "; ".join(f"{each.name}: {amount(each.tonnes[-1], language, signed=True)}" for each in saving[:3])
    total = amount(sum(each.tonnes[-1] for each in shown), language, signed=True)
    start = (
        f"Hvad hvert tiltag ændrer i forhold til fremskrivningen. I {last} i alt {total}."
        if da else f"What each action changes against the baseline. In {last} {total} in all."
    )  # fmt: skip
    if not named:
        return start
    return f"{start} {'Størst er' if da else 'The largest are'} {named}."


def _table(baseline: BySector, plan: BySector, shown: Sequence[Wedge], language: Language) -> Table:
    """One row a year: the baseline, every wedge, and the plan they lead to."""
    unit = Text("ton CO2e", "t CO2e").read(language)
    names = [BASELINE.read(language), *(_label(each, 200) for each in shown), PLANNED.read(language)]
    lines: list[list[str | None]] = [
        [
            str(year), plain(baseline.amounts["total"][at], language, digits=0),
            *(plain(each.tonnes[at], language, digits=0, signed=True) for each in shown),
            plain(plan.amounts["total"][at], language, digits=0),
        ]
        for at, year in enumerate(baseline.years)
    ]  # fmt: skip
    return Table([wording.YEAR.read(language), *(f"{name}, {unit}" for name in names)], lines)
