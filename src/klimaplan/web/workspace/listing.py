"""The actions of a plan as rows: filtered, with what each does, and when; for table, board, Gantt and cards alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.public.words import SECTORS
from klimaplan.web.workspace.wording import PROGRESS, read, whole

YEARS = (2030, 2050)
"""The years whose effect is shown."""

FIRST, LAST = 2020, 2050
"""The years of the Gantt chart."""

VIEWS = ("table", "board", "gantt", "cards")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader wants to see.

    Parameters
    ----------
    every : with all of them ticked
    """

    view: str = "table"
    sector: str = ""
    progress: str = ""
    owner: str = ""
    text: str = ""
    hazard: str = ""
    every: bool = False

    @property
    def query(self) -> str:
        """The same wish as an address has it, without the ticks."""
        named = ("view", "sector", "progress", "owner", "text", "hazard")
        return urlencode({name: value for name in named if (value := getattr(self, name))})

    @property
    def narrows(self) -> bool:
        return any((self.sector, self.progress, self.owner, self.text, self.hazard))


@dataclass(frozen=True, slots=True)
class Bar:
    """When an action grows to its full size and until when it works, as places on a strip of one unit a year."""

    start: int
    full: int
    until: int

    @property
    def ramp_x(self) -> int:
        return max(self.start, FIRST) - FIRST

    @property
    def ramp_width(self) -> int:
        return max(min(self.full, LAST) - max(self.start, FIRST), 0)

    @property
    def work_x(self) -> int:
        return min(max(self.full, FIRST), LAST) - FIRST

    @property
    def work_width(self) -> int:
        return max(min(self.until, LAST) - max(self.full, FIRST), 0)

    @property
    def words(self) -> str:
        if self.start == self.full:
            return _("from %(year)d") % {"year": self.full}
        return _("%(start)d to %(full)d") % {"start": self.start, "full": self.full}


@dataclass(frozen=True, slots=True)
class Row:
    """One action.

    Parameters
    ----------
    effects : in each of `YEARS`, as text; None where it was not computed
    """

    key: str
    title: str
    owner: str
    progress: str
    progress_word: str
    sectors: tuple[tuple[str, str], ...]
    effects: tuple[str | None, ...]
    bar: Bar | None
    version: int
    description: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board."""

    code: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows that are shown, of all there are."""

    wish: Wish
    rows: tuple[Row, ...]
    count: int
    owners: tuple[str, ...]
    hazards: tuple[tuple[str, str], ...]
    removed: tuple[Row, ...]
    titles: Mapping[str, str]

    @property
    def board(self) -> tuple[Column, ...]:
        return tuple(
            Column(code, read(word), tuple(row for row in self.rows if row.progress == code))
            for code, word in PROGRESS.items()
        )

    @property
    def years(self) -> tuple[int, ...]:
        return YEARS

    @property
    def axis(self) -> tuple[int, ...]:
        return tuple(range(FIRST, LAST + 1, 5))

    @property
    def span(self) -> int:
        return LAST - FIRST


def wish_of(query: Mapping[str, str]) -> Wish:
    """What is asked for; what is unknown is passed over, since it narrows nothing."""
    view = query.get("view", "table")
    sector, progress = query.get("sector", ""), query.get("progress", "")
    return Wish(
        view if view in VIEWS else "table",
        sector if sector in SECTORS and sector != "total" else "",
        progress if progress in PROGRESS else "",
        query.get("owner", "").strip()[:300],
        query.get("text", "").strip()[:200],
        query.get("hazard", "") if query.get("hazard", "") in CHOICES["hazards"] else "",
        every=bool(query.get("every")),
    )


def listing(plan: Plan, figures: Figures, wish: Wish) -> Listing:
    there = selectors.parts_of_kinds(plan, "action", "hazard", "answer")
    everything = [part for part in there if part.kind == "action" and not part.removed]
    shown = everything if not wish.narrows else selectors.parts(
        plan, "action", sector=wish.sector, owner=wish.owner, progress=wish.progress, text=wish.text,
        hazard=wish.hazard,
    )  # fmt: skip
    return Listing(
        wish,
        tuple(row_of(part, figures) for part in shown),
        len(everything),
        tuple(sorted({part.content["owner"] for part in everything if part.content.get("owner")})),
        tuple(_hazards(part for part in there if not part.removed)),
        tuple(row_of(part, figures) for part in there if part.kind == "action" and part.removed),
        titles_of(everything),
    )


def titles_of(actions: Iterable[PlanPart]) -> dict[str, str]:
    """Key → title."""
    return {part.key: str(part.content.get("title", "")) for part in actions}


def _hazards(there: Iterable[PlanPart]) -> list[tuple[str, str]]:
    """The hazards that a plan speaks of, to filter by; first those it has judged."""
    by_kind: dict[str, list[str]] = {"hazard": [], "answer": []}
    for part in there:
        if part.kind in by_kind:
            by_kind[part.kind] += [part.content["hazard"]] if part.kind == "hazard" else part.content["hazards"]
    return [(code, read(CHOICES["hazards"][code])) for code in dict.fromkeys((*by_kind["hazard"], *by_kind["answer"]))]


def row_of(part: PlanPart, figures: Figures) -> Row:
    content = part.content
    progress = content.get("progress", "idea")
    order = list(SECTORS)
    sectors = sorted(selectors.sectors_of(content), key=order.index)
    return Row(
        part.key,
        content.get("title", ""),
        content.get("owner", ""),
        progress,
        read(PROGRESS[progress]),
        tuple((sector, str(SECTORS[sector])) for sector in sectors),
        tuple(whole(figures.effect_in(part.key, year), signed=True) for year in YEARS) if sectors else (None, None),
        _bar(content),
        part.version,
        content.get("description", ""),
    )


def _bar(content: Plain) -> Bar | None:
    """From the first year of any of its ramps to the year in which all of them are in place."""
    own = [lever["ramp"] for lever in content.get("lever", []) if "ramp" in lever]
    ends = [_ends(ramp) for ramp in own or filter(None, [content.get("ramp")])]
    known = [each for each in ends if each is not None]
    if not known:
        return None
    starts, fulls, untils = zip(*known, strict=True)
    return Bar(min(starts), max(fulls), max(untils))


def _ends(ramp: Plain) -> tuple[int, int, int] | None:
    """Where a ramp begins, where it is full and how long it works."""
    years: Iterable[int] = [int(year) for year in ramp.get("table", {})]
    years = [*years, *(ramp[name] for name in ("start", "end") if isinstance(ramp.get(name), int))]
    if not years:
        return None
    until = ramp.get("until")
    return min(years), max(years), until if isinstance(until, int) else LAST
