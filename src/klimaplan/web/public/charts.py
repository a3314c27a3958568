"""The charts of the pages: which figures they show, where they are found, and the drawn SVG kept by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.cache import caches
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.exports import charts as drawn
from klimaplan.exports.charts import Aim, Bar, BySector, Chart, Line, MovedBar, Table, TargetPath, Width
from klimaplan.exports.charts.drawing import SIZES
from klimaplan.reference import load
from klimaplan.web.config.errors import language
from klimaplan.web.public import pathways, queries
from klimaplan.web.public.explaining import Explained, explained
from klimaplan.web.public.movements import Moved
from klimaplan.web.public.pathways import Wish
from klimaplan.web.public.schema import PathwayAnswer, SubjectPicture
from klimaplan.web.public.selectors import Shown
from klimaplan.web.public.words import named

STYLE = "12"
"""Raised when the drawing changes, so that charts kept here and in browsers are drawn anew."""


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart on a page: the addresses of its drawings, its words, its table and its explanation."""

    id: str
    title: str
    wide: str
    half: str
    narrow: str
    description: str
    table: Table
    explanation: Explained
    downloads: list[Link]
    wide_size: Size | None = None
    half_size: Size | None = None
    narrow_size: Size | None = None
    base_year: int | None = None


def figure(shown: Shown, name: str) -> Figure:
    """A chart of a subject."""
    return _figure(shown, name, {}, _chart(shown.picture, name, Width.WIDE))


def attempt(shown: Shown, wish: Wish, answer: PathwayAnswer) -> Figure:
    """The chart of a tried-out target; its address holds the wish."""
    query = {
        "target_year": str(wish.year),
        "percent": f"{wish.percent:g}",
        "base_year": str(wish.base_year),
        **({"base_tonnes": repr(wish.base_tonnes)} if wish.base_tonnes is not None else {}),
        **({"population": "1"} if wish.population else {}),
    }
    return _figure(shown, "attempt", query, _attempt_chart(shown.picture, answer, Width.WIDE))


def svg(shown: Shown, name: str, width: str, query: Mapping[str, str]) -> str:
    """The SVG of a chart, drawn once per content.

    Raises
    ------
    UnknownCodeError : there is no such chart or width
    """
    if name not in (*_TITLES, "attempt") or width not in list(Width):
        raise UnknownCodeError(_no_chart(f"{name}-{width}"))
    named_by = (STYLE, shown.digest, name, width, language(), urlencode(sorted(query.items())))
    key = hashlib.sha256("|".join(named_by).encode()).hexdigest()
    kept = caches["charts"].get(key)
    if isinstance(kept, str):
        return kept
    picture = shown.picture
    if name == "attempt":
        answer = pathways.try_out(picture, queries.target_wish(query, picture))
        chart = _attempt_chart(picture, answer, Width(width))
    else:
        chart = _chart(picture, name, Width(width))
    image = drawn.svg(chart)
    caches["charts"].set(key, image)
    return image


def movements(moved: Moved) -> Figure | None:
    """What moved between two snapshots, by year; None when no figure of the same year changed."""
    if not moved.by_year:
        return None
    chart = _movements_chart(moved, Width.WIDE)
    pair = {"old": moved.old.sha256[:12], "new": moved.new.sha256[:12]}
    addresses = {width: f"{reverse('movements-chart', args=[STYLE, width])}?{urlencode(pair)}" for width in Width}
    return Figure(
        id="movements",
        title=chart.title,
        wide=addresses[Width.WIDE],
        half=addresses[Width.HALF],
        narrow=addresses[Width.NARROW],
        description=chart.description,
        table=chart.table,
        explanation=Explained(
            moved.new.source, moved.new.method_version, "calculated", moved.new.retrieved, None, "recalculation"
        ),
        downloads=[],
    )


def movements_svg(moved: Moved, width: str) -> str:
    """The SVG of what moved, drawn once per pair of snapshots."""
    if width not in list(Width):
        raise UnknownCodeError(_no_chart(f"movements-{width}"))
    key = f"movements-{STYLE}-{moved.old.sha256[:20]}-{moved.new.sha256[:20]}-{width}-{language()}"
    kept = caches["charts"].get(key)
    if isinstance(kept, str):
        return kept
    image = drawn.svg(_movements_chart(moved, Width(width)))
    caches["charts"].set(key, image)
    return image


_TITLES = {
    "pathway": gettext_lazy("The account, the baseline and the path to the target"),
    "curve": gettext_lazy("Where it is heading: baseline and trends"),
    "comparison": gettext_lazy("Compared per inhabitant"),
}


def _chart(picture: SubjectPicture, name: str, width: Width) -> Chart:
    title, reader = str(_TITLES[name]), language()
    account, baseline = picture.account, picture.baseline
    if name == "pathway":
        return drawn.pathway(
            BySector(account.years, account.emissions),
            BySector(baseline.years, baseline.emissions),
            _target_path(picture),
            title=title,
            language=reader,
            width=width,
        )
    if name == "curve":
        trends = {key: Line(picture.forecasts.years, list(values)) for key, values in picture.forecasts.total.items()}
        return drawn.curve(
            Line(account.years, account.emissions["total"]),
            Line(baseline.years, baseline.emissions["total"]),
            trends,
            _aims(picture),
            title=title,
            language=reader,
            width=width,
        )
    bars = [
        Bar(named(each.name), each.relation, each.per_head["total"], each.relation == "self")
        for each in picture.comparison
    ]
    return drawn.comparison(bars, year=account.years[-1], title=title, language=reader, width=width)


def _attempt_chart(picture: SubjectPicture, answer: PathwayAnswer, width: Width) -> Chart:
    baseline = picture.baseline
    emissions = baseline.emissions_with_population if answer.population else baseline.emissions
    gap, target = answer.gap, answer.target
    path = TargetPath(
        Line(gap.years, list(gap.path)),
        {target.year: answer.prospect.allowed},
        target.year,
        gap.excess[gap.years.index(target.year)],
    )
    title = _("The tried-out target: %(percent)g %% less in %(year)d than in %(base)s") % {
        "percent": target.reduction_pct, "year": target.year, "base": target.base_year,
    }  # fmt: skip
    return drawn.pathway(
        BySector(picture.account.years, picture.account.emissions),
        BySector(baseline.years, emissions),
        path,
        title=title,
        language=language(),
        width=width,
    )


def _aims(picture: SubjectPicture) -> dict[int, Aim]:
    """What is aimed at by year; of the country also the landmark that others have added up."""
    landmarks = load.landmark_years() if picture.kind == "national" else frozenset()
    return {each.year: Aim(each.allowed, each.year in landmarks) for each in picture.prospects}


def _target_path(picture: SubjectPicture) -> TargetPath | None:
    """The path of the municipality's own targets; the gap is drawn at the first of them."""
    if picture.gap is None:
        return None
    first = picture.prospects[0]
    allowed = {each.year: each.allowed for each in picture.prospects}
    return TargetPath(Line(picture.gap.years, list(picture.gap.path)), allowed, first.year, first.excess, first.demo)


def _movements_chart(moved: Moved, width: Width) -> Chart:
    bars = [MovedBar(each.label, each.new_data, each.method_change) for each in moved.by_year]
    title = _("Changed figures by year, all municipalities together")
    return drawn.movements(bars, title=title, language=language(), width=width)


def _figure(shown: Shown, name: str, query: Mapping[str, str], chart: Chart) -> Figure:
    picture = shown.picture
    behind = {
        "pathway": picture.gap.explanation if picture.gap else picture.baseline.explanation,
        "attempt": picture.gap.explanation if picture.gap else picture.baseline.explanation,
        "curve": picture.forecasts.explanation,
        "comparison": picture.account.explanation,
    }[name]
    addresses = {
        width: reverse("chart", args=[f"{STYLE}-{shown.digest[:16]}", picture.kind, picture.key, name, width])
        + (f"?{urlencode(query)}" if query else "")
        for width in Width
    }
    sizes = {width: Size(*SIZES[width]) for width in Width}
    return Figure(
        id=f"figure-{name}",
        title=chart.title,
        wide=addresses[Width.WIDE],
        half=addresses[Width.HALF],
        narrow=addresses[Width.NARROW],
        description=chart.description,
        table=chart.table,
        explanation=explained(behind, method="comparison" if name == "comparison" else None),
        downloads=[Link(addresses[Width.WIDE], _("Drawing (SVG)"))],
        wide_size=sizes[Width.WIDE],
        half_size=sizes[Width.HALF],
        narrow_size=sizes[Width.NARROW],
        base_year=picture.gap.base_year if picture.gap and name in {"pathway", "attempt"} else None,
    )


def _no_chart(name: str) -> Finding:
    return Finding(
        "unknown-chart", name,
        Text("Den figur findes ikke.", "There is no such chart."),
        Text("", ""),
        Text("Gå tilbage til siden.", "Go back to the page."),
    )  # fmt: skip
