"""Small tables that pages show by themselves, ready to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimaplan.exports.numbers import percent, plain
from klimaplan.web.config.errors import language
from klimaplan.web.public import words
from klimaplan.web.public.schema import GapTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to read; a cell that is None is missing."""

    caption: str
    headers: list[str]
    rows: list[list[str | None]]


def gap_sheet(gap: GapTable, years: Iterable[int], *, caption: str) -> Sheet:
    """The gap in the target years: by sector and together, of the base year, and per inhabitant."""
    shown = list(years)
    at = [gap.years.index(year) for year in shown]
    reader = language()
    sectors = [key for key in gap.by_sector if key != "total"]
    rows: list[list[str | None]] = [
        [
            str(words.SECTORS[sector]),
            *(plain(gap.by_sector[sector][place], reader, digits=0, signed=True) for place in at),
        ]
        for sector in (*sectors, "total")
    ]
    if gap.pct_of_base is not None:
        share = [percent(gap.pct_of_base[place], reader, signed=True) for place in at]
        rows.append([_("Of the base year %(year)s") % {"year": gap.base_year}, *share])
    per_head = [plain(gap.per_head[place], reader, digits=2, signed=True) for place in at]
    rows.append([_("Per inhabitant, t CO2e"), *per_head])
    return Sheet(caption, [_("Sector"), *(_("%(year)d, t CO2e") % {"year": year} for year in shown)], rows)
