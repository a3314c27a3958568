"""All pictures of the site, computed in one go from an account, the targets and a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from klimaplan.domain.errors import Text
from klimaplan.domain.geography import Group, Membership, Municipality, members
from klimaplan.domain.inventory.account import Account
from klimaplan.domain.status.comparison import most_similar
from klimaplan.reference import load
from klimaplan.web.plans.models import Target
from klimaplan.web.public import bridge, schema
from klimaplan.web.public.bridge import Basis, Subject

NATIONAL = "national"
MUNICIPALITY = "municipality"
OVERVIEW = "overview"
KINDS_OF_GROUP = ("region", "dgo", "type")
"""The groups that have pages of their own."""

COUNTRY = Text("Danmark", "Denmark")


@dataclass(frozen=True)
class Places:
    """Municipalities and groups as they are on a day."""

    municipalities: Mapping[str, Municipality]
    groups: tuple[Subject, ...]

    def of(self, code: str) -> dict[str, Subject]:
        """The group of each kind that a municipality belongs to now."""
        return {group.kind: group for group in self.groups if code in group.codes and group.valid_from is None}


def places_on(day: date) -> Places:
    """Groups with the members they have on a day; a group that begins later has the members it begins with."""
    groups = []
    for kind in KINDS_OF_GROUP:
        memberships = load.memberships(kind)
        for group in load.groups(kind):
            if begins := _begins(group, memberships, day):
                codes = members(memberships, group.slug, on=begins)
                upcoming = begins if begins > day else None
                groups.append(Subject(kind, group.slug, group.name, codes, valid_from=upcoming))
    return Places({each.code: each for each in load.municipalities()}, tuple(groups))


def _begins(group: Group, memberships: Sequence[Membership], day: date) -> date | None:
    """The day to read the members on: today, else the day the group begins; None for a group of the past."""
    own = [membership for membership in memberships if membership.group == group.slug]
    if any(membership.covers(day) for membership in own):
        return day
    return min((membership.valid_from for membership in own if membership.valid_from > day), default=None)


def pictures(
    account: Account, targets: Mapping[str, Sequence[Target]], *, day: date
) -> Iterator[tuple[str, str, schema.Frozen]]:
    """Every picture with its kind and key; the overview last."""
    computed = bridge.basis(account, load.national_projection())
    places = places_on(day)
    country = Subject(NATIONAL, "dk", COUNTRY, account.codes)
    rows = []
    for code, municipality in places.municipalities.items():
        groups = places.of(code)
        subject = Subject(
            MUNICIPALITY, code, Text(municipality.name, municipality.name), (code,), tuple(groups.values())
        )
        compared = list(_compared(subject, groups, country, computed, places))
        picture = bridge.picture(subject, computed, targets.get(code, ()), compared)
        rows.append(bridge.overview_row(picture, {kind: group.key for kind, group in groups.items()}))
        yield MUNICIPALITY, code, picture
    for group in places.groups:
        compared = [
            bridge.comparand(relation, each, account) for relation, each in (("self", group), ("country", country))
        ]
        yield group.kind, group.key, bridge.picture(group, computed, _together(targets, group.codes), compared)
    national = bridge.picture(country, computed, _national_targets(), [bridge.comparand("self", country, account)])
    yield NATIONAL, country.key, national
    yield (
        OVERVIEW,
        country.key,
        schema.Overview(years=national.account.years, rows=rows, explanation=national.account.explanation),
    )


def _compared(
    subject: Subject, groups: Mapping[str, Subject], country: Subject, computed: Basis, places: Places
) -> Iterator[schema.Comparand]:
    account = computed.account
    yield bridge.comparand("self", subject, account)
    for relation in ("type", "region"):
        if group := groups.get(relation):
            yield bridge.comparand(relation, group, account)
    yield bridge.comparand("country", country, account)
    area = {code: municipality.area_km2 for code, municipality in places.municipalities.items()}
    for code in most_similar(account, area, subject.key):
        name = places.municipalities[code].name
        yield bridge.comparand("similar", Subject(MUNICIPALITY, code, Text(name, name), (code,)), account)


def _together(targets: Mapping[str, Sequence[Target]], codes: Sequence[str]) -> list[Target]:
    """The targets that a group has because every member has the same level: together they may emit the sum."""
    shared: dict[tuple[int, str, str], list[Target]] = {}
    for code in codes:
        for target in targets.get(code, ()):
            if target.kind == Target.Kind.LEVEL and target.sectors == "total" and not target.demo:
                shared.setdefault((target.year, target.sectors, target.source), []).append(target)
    return [
        Target(year=year, kind=Target.Kind.LEVEL, sectors=sectors, source=source, level=sum(_levels(rows)))
        for (year, sectors, source), rows in sorted(shared.items())
        if len(rows) == len(codes)
    ]


def _levels(rows: Sequence[Target]) -> list[float]:
    return [row.level for row in rows if row.level is not None]


def _national_targets() -> list[Target]:
    return [
        Target(
            year=target.year,
            kind=target.kind,
            sectors="total",
            base_year=target.base_year,
            base_tonnes=target.base_tonnes,
            reduction_pct=target.reduction_pct,
            level=target.level,
            source=target.source,
        )
        for target in load.national_targets()
    ]
