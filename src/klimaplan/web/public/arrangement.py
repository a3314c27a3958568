"""The 98 municipalities side by side, as map and table show them: one measure, one sector, one year, one order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain.status.classes import Classes, diverging_classes, quantile_classes
from klimaplan.web.public.schema import Overview, OverviewRow


class Measure(StrEnum):
    """What the map colours; the table shows all of them."""

    TOTAL = "total"
    PER_HEAD = "per_head"
    CHANGE = "change"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked for; `target_year` is the year of the gap."""

    measure: Measure
    sector: str
    year: int
    target_year: int
    region: str = ""
    dgo: str = ""
    sort: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality: its figure by measure, its place among those shown (1 is highest) and its class on the map."""

    code: str
    name: str
    figures: dict[str, float | None]
    rank: int | None
    map_class: int | None
    shown: bool
    demo: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The lines in the order of the table, and the borders of the map's classes.

    The map holds every municipality; the classes are cut over those the filter shows.
    """

    wish: Wish
    lines: list[Line]
    classes: Classes
    diverging: bool

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if line.shown]


def target_years(overview: Overview) -> list[int]:
    """The years in which some municipality has a target that can be computed."""
    return sorted({year for row in overview.rows for year in row.excess})


def arrange(overview: Overview, wish: Wish) -> Arrangement:
    """Pick, class and order; a filter leaves a municipality on the map but takes it out of table and classes."""
    figures = {row.code: _figures(overview, row, wish) for row in overview.rows}
    shown = {row.code for row in overview.rows if _fits(row, wish)}
    measured = {code: figures[code][wish.measure] for code in shown}
    diverging = wish.measure in {Measure.CHANGE, Measure.GAP}
    classes = (diverging_classes if diverging else quantile_classes)(measured)
    ranks = _ranks(measured)
    lines = [
        Line(
            row.code,
            row.name,
            figures[row.code],
            ranks.get(row.code),
            classes.members.get(row.code),
            row.code in shown,
            row.demo,
        )
        for row in overview.rows
    ]
    return Arrangement(wish, _ordered(lines, wish), classes, diverging)


def _figures(overview: Overview, row: OverviewRow, wish: Wish) -> dict[str, float | None]:
    at = overview.years.index(wish.year)
    return {
        Measure.TOTAL: row.emissions[wish.sector][at],
        Measure.PER_HEAD: row.per_head[wish.sector][at],
        Measure.CHANGE: row.change_pct[wish.sector][at],
        Measure.GAP: row.excess.get(wish.target_year),
    }


def _fits(row: OverviewRow, wish: Wish) -> bool:
    return all(
        not wanted or row.groups.get(kind) == wanted for kind, wanted in (("region", wish.region), ("dgo", wish.dgo))
    )


def _ranks(measured: dict[str, float | None]) -> dict[str, int]:
    known = sorted(((value, code) for code, value in measured.items() if value is not None), reverse=True)
    return {code: place for place, (_, code) in enumerate(known, start=1)}


def _ordered(lines: list[Line], wish: Wish) -> list[Line]:
    """Missing figures stand last in either direction; equal ones in order of name."""
    by_name = sorted(lines, key=lambda line: alphabetical(line.name))
    if wish.sort == "name":
        return by_name[::-1] if wish.descending else by_name
    unknown = [line for line in by_name if line.figures[wish.sort] is None]
    known = [(value, line) for line in by_name if (value := line.figures[wish.sort]) is not None]
    known.sort(key=lambda pair: pair[0], reverse=wish.descending)
    return [line for _, line in known] + unknown


def alphabetical(name: str) -> str:
    """Danish order: Æ, Ø and Å come last, and Aa is Å.

    >>> sorted(["Ærø", "Aabenraa", "Allerød", "Odense"], key=alphabetical)
    ['Allerød', 'Odense', 'Ærø', 'Aabenraa']
    """
    return name.casefold().replace("aa", "å").translate(str.maketrans("æøå", "{|}"))
