"""The reference tables as objects. Every function reads a file that comes with the program, and keeps the answer.

>>> len(municipalities())
98
>>> find_municipality("Århus").code
'751'
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

import numpy as np

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.geography import Group, Membership, Municipality, resolve
from klimaplan.domain.inventory.account import SECTORS, Account, Sector
from klimaplan.domain.projection.national import Fallback, NationalProjection, SectorMapping
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series
from klimaplan.domain.units import Unit
from klimaplan.reference import tables

METHOD_PAGES = tables.FOLDER / "method"
ACCOUNT_VERSION = "4.1"
MEGATONNE_T = 1e6


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography."""

    key: str
    title: str
    publisher: str
    url: str
    licence: str
    version: str
    accessed: date
    note: str


@dataclass(frozen=True, slots=True)
class PublishedTarget:
    """A target as it was published; tonnes are None where the plan names none."""

    municipality: str
    year: int
    kind: str
    sectors: str
    base_year: int | None
    base_tonnes: float | None
    reduction_pct: float | None
    level: float | None
    inhabitants: float | None
    source: str


@dataclass(frozen=True, slots=True)
class TypeAverage:
    """The average target of a type of municipality."""

    type: str
    year: int
    base_year: int
    reduction_pct: float
    source: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row of the national projection that no municipality follows, and why."""

    national_sector: str
    reason: Text


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 98, in code order."""
    aliases = {
        code: tuple(row["alias"] for row in found)
        for code, found in groupby(tables.rows("denmark/aliases"), key=lambda row: row["municipality"])
    }
    return tuple(
        Municipality(row["code"], row["name"], aliases.get(row["code"], ()), row["type"], float(row["area_km2"]))
        for row in tables.rows("denmark/municipalities")
    )


def find_municipality(text: str) -> Municipality:
    """By code in any form, name or alias; `UnknownCodeError` with the nearest names."""
    return resolve(text, municipalities())


@cache
def groups(kind: str) -> tuple[Group, ...]:
    """All groups of a kind (region, dgo, kkr, type), past and future ones included."""
    return tuple(
        Group(kind, row["slug"], Text(row["name_da"], row["name_en"]), row["code"] or None)
        for row in tables.rows("denmark/groups")
        if row["kind"] == kind
    )


@cache
def memberships(kind: str) -> tuple[Membership, ...]:
    """Who belongs to which group of a kind, and when."""
    return tuple(
        Membership(row["municipality"], row["group"], _day(row["valid_from"]), _day_or_none(row["valid_to"]))
        for row in tables.rows("denmark/memberships")
        if row["kind"] == kind
    )


@cache
def account() -> Account:
    """The account of all municipalities, version 4.1, with the population behind its per-head figures."""
    source = bibliography()[f"energy-account-{ACCOUNT_VERSION}"]
    seen = Provenance("energy-account-4.1", ACCOUNT_VERSION, Kind.OBSERVED, source.accessed, "AR5")
    people = seen.after("published total over published per-head figure", kind=Kind.CALCULATED, method="per-head")
    figures = tables.rows(f"account/figures-{ACCOUNT_VERSION}")
    codes = Axis(axes.MUNICIPALITY, tuple(dict.fromkeys(row["municipality"] for row in figures)))
    span = axes.years(int(figures[0]["year"]), int(figures[-1]["year"]))
    # the files are sorted by municipality, year and sector; the total follows its sectors
    values = np.array([float(row["value"]) for row in figures]).reshape(len(codes), len(span), len(SECTORS) + 1)
    population = [float(row["value"]) for row in tables.rows(f"account/population-{ACCOUNT_VERSION}")]
    return Account(
        Series(values[:, :, :-1].swapaxes(1, 2), (codes, SECTORS, span), units.TONNES, seen),
        Series(values[:, :, -1], (codes, span), units.TONNES, seen),
        Series(np.array(population).reshape(len(codes), len(span)), (codes, span), units.INHABITANTS, people),
    )


@cache
def renewable_ratio() -> Series:
    """Renewable electricity over own consumption (municipality, year); 1 is self-sufficient, more is exported."""
    shape = account().published_total
    values = [float(row["value"]) for row in tables.rows(f"account/renewable-electricity-{ACCOUNT_VERSION}")]
    return Series(np.array(values).reshape(shape.values.shape), shape.axes, units.DIMENSIONLESS, shape.provenance)


@cache
def national_projection(edition: str = "kf25") -> NationalProjection:
    """The national inventory and projection with its mapping to the sectors of the account."""
    seen = Provenance(edition, edition.upper(), Kind.PROJECTED, bibliography()[edition].accessed, "AR5")
    found: dict[str, dict[int, float]] = {}
    for row in tables.rows(f"projection/{edition}"):
        found.setdefault(row["sector"], {})[int(row["year"])] = float(row["value"]) * MEGATONNE_T
    series = {sector: _by_year(values, units.TONNES, seen) for sector, values in found.items()}
    observed = [int(row["year"]) for row in tables.rows(f"projection/{edition}") if row["kind"] == Kind.OBSERVED]
    mapping = {
        Sector(row["sector"]): SectorMapping(
            Sector(row["sector"]),
            tuple(row["national_sectors"].split("+")),
            Fallback(row["fallback"]),
            row["follows_population"] == "true",
            Text(row["note_da"], row["note_en"]),
        )
        for row in tables.rows(f"projection/{edition}-mapping")
    }
    total = series.pop("total")
    return NationalProjection(edition.upper(), max(observed), series, total, mapping)


def left_out(edition: str = "kf25") -> tuple[LeftOut, ...]:
    """What of the national projection is not carried to the municipalities."""
    return tuple(
        LeftOut(row["national_sector"], Text(row["reason_da"], row["reason_en"]))
        for row in tables.rows(f"projection/{edition}-left-out")
    )


def municipal_targets() -> tuple[PublishedTarget, ...]:
    """Every published target, in order of municipality, year and sectors."""
    return tuple(_target(row, row["municipality"], row["sectors"]) for row in tables.rows("targets/municipal-targets"))


def national_targets() -> tuple[PublishedTarget, ...]:
    """Landmarks for the country as the sum of its municipalities."""
    return tuple(_target(row, "", "total") for row in tables.rows("targets/national-targets"))


def type_averages() -> tuple[TypeAverage, ...]:
    return tuple(
        TypeAverage(row["type"], int(row["year"]), int(row["base_year"]), float(row["reduction_pct"]), row["source"])
        for row in tables.rows("targets/type-averages")
    )


@cache
def bibliography() -> dict[str, Source]:
    """Every source by its key."""
    entries = tomllib.loads((tables.FOLDER / "sources.toml").read_text(encoding="utf-8"))
    return {key: Source(key, **entry) for key, entry in entries.items()}


def _target(row: tables.Row, municipality: str, sectors: str) -> PublishedTarget:
    return PublishedTarget(
        municipality,
        int(row["year"]),
        row["kind"],
        sectors,
        int(row["base_year"]) if row["base_year"] else None,
        _number(row["base_tonnes"]),
        _number(row["reduction_pct"]),
        _number(row["level"]),
        None,
        row["source"],
    )


def _by_year(values: dict[int, float], unit: Unit, seen: Provenance) -> Series:
    return Series(np.array(list(values.values())), (axes.years(min(values), max(values)),), unit, seen)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str) -> date | None:
    return _day(text) if text else None
