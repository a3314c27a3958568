"""The page of a region, an advisory network or a type of municipality, and the list of them all."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klimaplan.exports.numbers import percent, plain
from klimaplan.web.config.errors import language
from klimaplan.web.public import charts, selectors, sentences, words
from klimaplan.web.public.arrangement import alphabetical
from klimaplan.web.public.charts import Figure
from klimaplan.web.public.explaining import Explained, Number
from klimaplan.web.public.municipality import TargetLine, key_numbers, own_gap, own_gap_explanation, target_lines
from klimaplan.web.public.rollup import KINDS_OF_GROUP
from klimaplan.web.public.schema import SubjectPicture
from klimaplan.web.public.selectors import Shown
from klimaplan.web.public.sheets import Sheet
from klimaplan.web.public.words import named


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A municipality in the table of a group."""

    code: str
    name: str
    cells: list[str | None]


@dataclass(frozen=True, slots=True)
class GroupPage:
    shown: Shown
    name: str
    lead: str
    numbers: list[Number]
    pathway: Figure
    curve: Figure
    comparison: Figure
    targets: list[TargetLine]
    gap: Sheet | None
    gap_explanation: Explained | None
    members: list[MemberLine]
    last_year: int
    first_year: int

    @property
    def picture(self) -> SubjectPicture:
        return self.shown.picture


@dataclass(frozen=True, slots=True)
class Tile:
    url: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class KindOfGroup:
    title: str
    note: str
    groups: list[Tile]


def group_page(shown: Shown) -> GroupPage:
    """Everything on the page of one group."""
    picture = shown.picture
    return GroupPage(
        shown=shown,
        name=named(picture.name),
        lead=sentences.lead(picture),
        numbers=key_numbers(picture),
        pathway=charts.figure(shown, "pathway"),
        curve=charts.figure(shown, "curve"),
        comparison=charts.figure(shown, "comparison"),
        targets=target_lines(picture),
        gap=own_gap(picture),
        gap_explanation=own_gap_explanation(picture),
        members=_members(picture),
        first_year=picture.account.years[0],
        last_year=picture.account.years[-1],
    )


def kinds_of_group() -> list[KindOfGroup]:
    """All groups that have a page, by kind."""
    return [
        KindOfGroup(
            str(words.GROUP_KINDS[kind]),
            str(words.GROUP_NOTES[kind]),
            [_tile(picture) for picture in selectors.groups(kind)],
        )
        for kind in KINDS_OF_GROUP
    ]


def _tile(picture: SubjectPicture) -> Tile:
    last = picture.account.emissions["total"][-1]
    words_of = {
        "count": len(picture.members),
        "amount": sentences.amount_words(last),
        "year": picture.account.years[-1],
    }
    text = _("%(count)d municipalities, %(amount)s in %(year)d") % words_of
    if picture.valid_from:
        text += ". " + _("Begins on %(day)s.") % {"day": date_format(picture.valid_from, "DATE_FORMAT")}
    return Tile(reverse("group", args=[picture.kind, picture.key]), named(picture.name), text)


def _members(picture: SubjectPicture) -> list[MemberLine]:
    rows = [row for row in selectors.overview().rows if row.code in picture.members]
    reader = language()
    return [
        MemberLine(
            row.code,
            row.name,
            [
                plain(row.emissions["total"][-1], reader, digits=0),
                plain(row.per_head["total"][-1], reader, digits=2),
                percent(row.change_pct["total"][-1], reader, signed=True),
            ],
        )
        for row in sorted(rows, key=lambda row: alphabetical(row.name))
    ]
