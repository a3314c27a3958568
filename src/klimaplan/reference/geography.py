"""The municipalities and the groups they belong to, from the tables."""

from __future__ import annotations

from datetime import date
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.domain.geography import Group, Membership, Municipality, resolve
from klimaplan.reference import tables


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 98, in code order.

    >>> len(municipalities())
    98
    """
    aliases: dict[str, tuple[str, ...]] = {}
    for row in tables.rows("denmark/aliases"):
        aliases[row["municipality"]] = (*aliases.get(row["municipality"], ()), row["alias"])
    return tuple(
        Municipality(row["code"], row["name"], aliases.get(row["code"], ()), row["type"], float(row["area_km2"]))
        for row in tables.rows("denmark/municipalities")
    )


def find_municipality(text: str) -> Municipality:
    """By code in any form, name or alias; `UnknownCodeError` with the nearest names.

    >>> find_municipality("Århus").code
    '751'
    """
    return resolve(text, municipalities())


@cache
def groups(kind: str) -> tuple[Group, ...]:
    """All groups of a kind (``region``, ``dgo``, ``kkr``, ``type``), past and future ones included.

    >>> [group.slug for group in groups("region") if group.code is None]
    ['oestdanmark']
    """
    return tuple(
        Group(kind, row["slug"], Text(row["name_da"], row["name_en"]), row["code"] or None)
        for row in tables.rows("denmark/groups")
        if row["kind"] == kind
    )


@cache
def memberships(kind: str) -> tuple[Membership, ...]:
    """Who belongs to which group of a kind, and when; in order of municipality and day."""
    return tuple(
        Membership(
            municipality=row["municipality"],
            group=row["group"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in sorted(
            tables.rows("denmark/memberships"), key=lambda row: (row["municipality"], row["kind"], row["valid_from"])
        )
        if row["kind"] == kind
    )
