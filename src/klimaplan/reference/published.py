"""What others have published about targets and the country: shown beside our own figures, never mixed with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.domain.provenance import Kind
from klimaplan.domain.units import Unit
from klimaplan.reference import tables
from klimaplan.reference.scales import canonical

ADDED_UP = "sum of municipal targets"
"""Status of a level that nobody has decided: the targets of the plans, added up by somebody else."""


@dataclass(frozen=True, slots=True)
class PublishedTarget:
    """A target as it was published.

    Parameters
    ----------
    municipality : its code; empty for a target of the country
    kind : ``reduction`` from a base year, ``level`` in t CO2e, or ``intensity`` in t CO2e per inhabitant
    sectors : ``total``, ``other`` (all but agriculture) or a sector code
    base_tonnes : t CO2e in the base year; None where the publisher names none, and then no tonnes can be computed
    reduction_pct : percent of the base year
    inhabitants : the population of the target year that an intensity counts with
    status : who stands by it: ``adopted``, ``commitment``, or `ADDED_UP`
    source : key into the bibliography
    """

    municipality: str
    year: int
    kind: str
    sectors: str
    base_year: int | None
    base_tonnes: float | None
    reduction_pct: float | None
    level: float | None
    inhabitants: float | None
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class TypeAverage:
    """The simple average of the targets of a type of municipality, percent of the base year."""

    type: str
    year: int
    base_year: int
    reduction_pct: float
    source: str


@dataclass(frozen=True, slots=True)
class Headline:
    """A national figure that somebody else has published.

    Parameters
    ----------
    period : the year or years it is about, ``"2030"``
    value : in `unit`; a percentage as a share, so 70 % is 0.7
    base_year : what a percentage is counted from
    note : the reservation that belongs beside it
    """

    key: str
    period: str
    value: float
    unit: Unit
    base_year: int | None
    kind: Kind
    label: Text
    source: str
    note: str


@cache
def municipal_targets() -> tuple[PublishedTarget, ...]:
    """Every published target, in order of municipality, year and sectors.

    >>> [target.base_tonnes for target in municipal_targets() if target.municipality == "167" and target.year == 2030]
    [342088.0]
    """
    return tuple(_target(row, row["municipality"], row["sectors"]) for row in tables.rows("targets/municipal-targets"))


@cache
def national_targets() -> tuple[PublishedTarget, ...]:
    """Landmarks for the country as the sum of its municipalities; none of them is the Climate Act."""
    return tuple(_target(row, "", "total") for row in tables.rows("targets/national-targets"))


@cache
def landmark_years() -> frozenset[int]:
    """The years in which the country's level is the plans' targets added up, and so nobody's own target.

    >>> sorted(landmark_years())
    [2030]
    """
    return frozenset(target.year for target in national_targets() if target.status == ADDED_UP)


@cache
def type_averages() -> tuple[TypeAverage, ...]:
    """The average target of every type of municipality."""
    return tuple(
        TypeAverage(row["type"], int(row["year"]), int(row["base_year"]), float(row["reduction_pct"]), row["source"])
        for row in tables.rows("targets/type-averages")
    )


@cache
def headlines() -> tuple[Headline, ...]:
    """Published national figures, in order of key and period.

    >>> [line.value for line in headlines() if line.key == "forecast-linear"]
    [20800000.0]
    """
    return tuple(_headline(row) for row in tables.rows("status/published-headlines"))


def _headline(row: tables.Row) -> Headline:
    [value], unit = canonical([row["value"]], [row["unit"]])
    return Headline(
        key=row["key"],
        period=row["period"],
        value=value,
        unit=unit,
        base_year=_whole(row["base_year"]),
        kind=Kind(row["kind"]),
        label=Text(row["label_da"], row["label_en"]),
        source=row["source"],
        note=row["note"],
    )


def _target(row: tables.Row, municipality: str, sectors: str) -> PublishedTarget:
    return PublishedTarget(
        municipality=municipality,
        year=int(row["year"]),
        kind=row["kind"],
        sectors=sectors,
        base_year=_whole(row["base_year"]),
        base_tonnes=_number(row["base_tonnes"]),
        reduction_pct=_number(row["reduction_pct"]),
        level=_number(row["level"]),
        inhabitants=_number(row["inhabitants"]),
        status=row["status"],
        source=row["source"],
    )


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None
