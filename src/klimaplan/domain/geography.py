"""Municipalities and the groups they belong to. Regions, KKR and DGO are three different things, each with dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from klimaplan.domain.errors import Finding, Text, UnknownCodeError


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the 98 municipalities.

    Parameters
    ----------
    code : three digits as Statistics Denmark and the account write it, ``"101"``
    name : official name
    aliases : other spellings met in registers and packages, e.g. ``"Århus"``
    type : Statistics Denmark's municipality group: land, opland, provinsby, storby, hovedstad
    area_km2 : land area, km²
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    type: str
    area_km2: float

    @property
    def code4(self) -> str:
        """Four digits with a leading zero, as the address register writes it."""
        return self.code.zfill(4)

    @property
    def api_code(self) -> int:
        """The number the account's API wants, without leading zero."""
        return int(self.code)


@dataclass(frozen=True, slots=True)
class Group:
    """A set of municipalities with a name: a region, a DGO, a KKR or a municipality type."""

    kind: str
    slug: str
    name: Text
    code: str | None = None
    """The official code; None where none has been published (Region Østdanmark)."""


@dataclass(frozen=True, slots=True)
class Membership:
    """That a municipality belongs to a group in a period; `valid_to` None means still."""

    municipality: str
    group: str
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """Whether the membership holds on that day, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def members(memberships: Iterable[Membership], group: str, *, on: date) -> tuple[str, ...]:
    """Codes of the municipalities in a group on a day, in code order.

    >>> moved = [Membership("101", "hovedstaden", date(2007, 1, 1), date(2026, 12, 31)),
    ...          Membership("101", "oestdanmark", date(2027, 1, 1), None)]
    >>> members(moved, "oestdanmark", on=date(2027, 1, 1))
    ('101',)
    >>> members(moved, "oestdanmark", on=date(2026, 12, 31))
    ()
    """
    return tuple(sorted(m.municipality for m in memberships if m.group == group and m.covers(on)))


def resolve(text: str, municipalities: Iterable[Municipality]) -> Municipality:
    """Find a municipality by code ("751", "0751") or by name or alias, whatever the letter case.

    Raises `UnknownCodeError` with the nearest names when nothing fits.
    """
    wanted = text.strip()
    index: dict[str, Municipality] = {}
    for municipality in municipalities:
        keys = (municipality.code, municipality.code4, municipality.name, *municipality.aliases)
        index.update({key.casefold(): municipality for key in keys})
    if found := index.get(wanted.casefold()):
        return found
    raise UnknownCodeError(_unknown(wanted, index))


def _unknown(wanted: str, index: Mapping[str, Municipality]) -> Finding:
    from difflib import get_close_matches

    close = dict.fromkeys(index[key] for key in get_close_matches(wanted.casefold(), index, n=5))
    hint = ", ".join(f"{municipality.code} {municipality.name}" for municipality in close)
    return Finding(
        "unknown-municipality", wanted or "∅",
        Text("Kommunen findes ikke.", "There is no such municipality."),
        Text("", ""),
        Text(f"Mente du {hint}?" if hint else "Brug en kommunekode fra 101 til 860.",
             f"Did you mean {hint}?" if hint else "Use a municipality code from 101 to 860."),
    )  # fmt: skip
