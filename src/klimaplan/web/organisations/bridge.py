"""From the reference tables to organisations: whom there is, and under which short name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.reference import load, partners

KINDS_OF_GROUP = ("region", "dgo")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-"})


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation as the reference tables have it."""

    slug: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Belongs:
    """A municipality in a group, by their short names."""

    member: str
    group: str
    kind: str
    valid_from: date
    valid_to: date | None


def slug_of(name: str) -> str:
    """The short name of a municipality.

    >>> slug_of("Ærø"), slug_of("Høje-Taastrup"), slug_of("Faaborg-Midtfyn")
    ('aeroe', 'hoeje-taastrup', 'faaborg-midtfyn')
    """
    return name.lower().translate(_LETTERS)


def organisations() -> Iterator[Known]:
    """Everyone the tables know: 98 municipalities, the regions of now and next year, five DGO, and the partners."""
    for municipality in load.municipalities():
        begins = min(each.valid_from for each in load.memberships("region") if each.municipality == municipality.code)
        yield Known(
            slug_of(municipality.name),
            {
                "kind": "municipality",
                "name_da": f"{municipality.name} Kommune",
                "name_en": f"{municipality.name} Municipality",
                "code": municipality.code,
                "valid_from": begins,
                "valid_to": None,
            },
        )
    for each in partners.organisations():
        yield Known(
            each.slug,
            {
                "kind": each.kind,
                "name_da": each.name.da,
                "name_en": each.name.en,
                "code": each.code,
                "valid_from": each.valid_from,
                "valid_to": each.valid_to,
            },
        )


def belongings() -> Iterator[Belongs]:
    """Which municipality belongs to which region and which DGO, and when."""
    slugs = {municipality.code: slug_of(municipality.name) for municipality in load.municipalities()}
    for kind in KINDS_OF_GROUP:
        for each in load.memberships(kind):
            yield Belongs(slugs[each.municipality], each.group, kind, each.valid_from, each.valid_to)


def unknown_organisation(slug: str) -> UnknownCodeError:
    return UnknownCodeError(Finding(
        "organisation-unknown", slug,
        Text("Organisationen findes ikke.", "There is no such organisation."),
        Text("", ""),
        Text("Vælg en organisation fra listen.", "Choose an organisation from the list."),
    ))  # fmt: skip
