"""Who takes part besides the municipalities: regions, geographic organisations, partners, and in which periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.reference import tables


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """A region, a geographic organisation (DGO) or a partner of a programme.

    Parameters
    ----------
    kind : ``region``, ``dgo``, ``kl``, ``realdania``, ``concito`` or ``c40``
    code : the official code; empty where there is none
    valid_from, valid_to : first and last day; None where none is recorded
    """

    slug: str
    kind: str
    name: Text
    code: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PartnerPeriod:
    """An organisation, by its slug, was a partner of a programme from one day to another; None means no set end."""

    organisation: str
    programme: str
    role: str
    valid_from: date
    valid_to: date | None
    source: str


@cache
def organisations() -> tuple[KnownOrganisation, ...]:
    """Everyone but the municipalities, the region of next year included.

    >>> [each.slug for each in organisations() if each.kind == "kl"]
    ['kl']
    """
    groups = [
        KnownOrganisation(
            row["slug"],
            row["kind"],
            Text(row["name_da"], row["name_en"]),
            row["code"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
        )
        for row in tables.rows("denmark/groups")
        if row["kind"] in ("region", "dgo")
    ]
    partners = [
        KnownOrganisation(row["slug"], row["kind"], Text(row["name_da"], row["name_en"]), "", None, None)
        for row in tables.rows("programme/partners")
    ]
    return (*groups, *partners)


@cache
def partner_periods() -> tuple[PartnerPeriod, ...]:
    """Who was a partner of DK2020 and of the alliance, and when.

    >>> sorted({period.programme for period in partner_periods()})
    ['dk2020', 'klimaalliancen']
    """
    return tuple(
        PartnerPeriod(
            organisation=row["organisation"],
            programme=row["programme"],
            role=row["role"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            source=row["source"],
        )
        for row in tables.rows("programme/partner-periods")
    )


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
