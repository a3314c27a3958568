"""The front page: the map of 98 municipalities beside a table of the same, the country's curve, and what moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from klimaplan.web.public import charts, classes, map_shapes, movements, queries, selectors, sentences, words
from klimaplan.web.public.arrangement import Arrangement, Line, Measure, Wish, arrange, target_years
from klimaplan.web.public.charts import Figure
from klimaplan.web.public.explaining import Explained, explained
from klimaplan.web.public.formatting import measured
from klimaplan.web.public.map_shapes import DrawnMap
from klimaplan.web.public.movements import Moved
from klimaplan.web.public.schema import Overview, SubjectPicture
from klimaplan.web.public.words import named


@dataclass(frozen=True, slots=True)
class Select:
    """A choice in a form: (value, label) pairs and which one is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True, slots=True)
class Column:
    """A sortable column: the address that sorts by it, and how it is sorted now, as `aria-sort` says it."""

    key: str
    label: str
    unit: str
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """A row of the table, ready to read."""

    code: str
    name: str
    cells: list[str | None]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything on the front page."""

    lead: str
    country: SubjectPicture
    overview: Overview
    arrangement: Arrangement
    selects: list[Select]
    columns: list[Column]
    lines: list[TableLine]
    ranked: int
    map: DrawnMap
    legend: list[classes.LegendEntry]
    caption: str
    explanation: Explained
    curve: Figure
    moved: Moved | None
    moved_sentence: str
    moved_figure: Figure | None


def front_page(query: Mapping[str, str]) -> FrontPage:
    """Everything on the front page; `InputError` for a measure, year or filter that does not exist."""
    country = selectors.national()
    overview = selectors.overview()
    regions = selectors.groups("region")
    dgos = selectors.groups("dgo")
    wish = queries.overview_wish(
        query, overview, regions=[each.key for each in regions], dgos=[each.key for each in dgos]
    )
    arrangement = arrange(overview, wish)
    moved = movements.since_last_snapshot()
    base_year = overview.years[0] if wish.measure is Measure.CHANGE else None
    return FrontPage(
        lead=sentences.lead(country.picture),
        country=country.picture,
        overview=overview,
        arrangement=arrangement,
        selects=_selects(wish, overview, regions, dgos),
        columns=[_column(key, wish) for key in ("name", *_measures(wish))],
        lines=[_table_line(line, _measures(wish)) for line in arrangement.shown],
        ranked=sum(line.rank is not None for line in arrangement.lines),
        map=map_shapes.draw(arrangement),
        legend=classes.legend(arrangement),
        caption=caption(wish),
        explanation=explained(overview.explanation, method="account", base_year=base_year),
        curve=charts.figure(country, "curve"),
        moved=moved,
        moved_sentence=movements.sentence(moved) if moved else "",
        moved_figure=charts.movements(moved) if moved else None,
    )


def caption(wish: Wish) -> str:
    """What the map shows, in words."""
    named_by = {
        "measure": words.TITLES[wish.measure],
        "sector": str(words.SECTORS[wish.sector]).lower(),
        "year": wish.target_year if wish.measure is Measure.GAP else wish.year,
        "unit": words.UNITS[wish.measure],
    }
    if wish.measure is Measure.GAP:
        return _("%(measure)s for %(year)d, %(unit)s") % named_by
    return _("%(measure)s, %(sector)s, %(year)d, %(unit)s") % named_by


def _measures(wish: Wish) -> list[str]:
    """The columns of figures: what the map shows stands first, also where a narrow screen shows one only."""
    return sorted(map(str, Measure), key=lambda key: key != wish.measure)


def _table_line(line: Line, measures: list[str]) -> TableLine:
    return TableLine(line.code, line.name, [measured(line.figures[key], key) for key in measures])


def _selects(wish: Wish, overview: Overview, regions: list[SubjectPicture], dgos: list[SubjectPicture]) -> list[Select]:
    def groups(found: list[SubjectPicture]) -> list[tuple[str, str]]:
        # a region that has not begun has no municipality to show yet
        return [("", _("All")), *((each.key, named(each.name)) for each in found if each.valid_from is None)]

    years = [(str(year), str(year)) for year in reversed(overview.years)]
    ahead = [(str(year), str(year)) for year in target_years(overview)]
    is_gap = wish.measure is Measure.GAP
    return [
        Select("measure", _("Show"), [(key, str(label)) for key, label in words.MEASURES.items()], wish.measure),
        *([] if is_gap else [
            Select("sector", _("Sector"), [(key, str(label)) for key, label in words.SECTORS.items()], wish.sector),
            Select("year", _("Year"), years, str(wish.year)),
        ]),
        *([Select("target_year", _("Target year"), ahead, str(wish.target_year))] if is_gap else []),
        Select("region", _("Region"), groups(regions), wish.region),
        Select("dgo", _("Advisory network (DGO)"), groups(dgos), wish.dgo),
    ]  # fmt: skip


def _column(key: str, wish: Wish) -> Column:
    sorted_now = wish.sort == key
    # amounts are most interesting from the top, names from A
    first_descending = key != "name"
    descending = not wish.descending if sorted_now else first_descending
    return Column(
        key=key,
        label=_("Municipality") if key == "name" else str(words.MEASURES[key]),
        unit=str(words.UNITS.get(key, "")),
        url=f"{reverse('front')}?{_parameters(replace(wish, sort=key, descending=descending))}",
        direction=("descending" if wish.descending else "ascending") if sorted_now else "none",
    )


def _parameters(wish: Wish) -> str:
    values = {
        "measure": wish.measure,
        "sector": wish.sector,
        "year": wish.year,
        "target_year": wish.target_year,
        "region": wish.region,
        "dgo": wish.dgo,
        "sort": wish.sort,
        "desc": "1" if wish.descending else "",
    }
    return urlencode({name: value for name, value in values.items() if value != ""})
