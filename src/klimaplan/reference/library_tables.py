"""The library of measures: what 96 plans do, as templates for actions, and the factors they count with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from klimaplan.domain.actions.action import Role
from klimaplan.domain.actions.lever import Kind
from klimaplan.domain.actions.ramp import Shape
from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.domain.inventory.streams import Gas
from klimaplan.reference import tables
from klimaplan.reference.measures import Amount, Basis, Factor, Grounds, LeverTemplate, Measure, Part, Variant
from klimaplan.reference.tables import Row


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a measure is measured by; `is_own` where it is not one of the 16 of Klimaalliancen."""

    code: str
    name: Text
    sector: str
    is_own: bool
    source: str


@cache
def measures() -> tuple[Measure, ...]:
    """All measures, in order of slug.

    >>> len(measures())
    46
    """
    return tuple(_measure(row) for row in tables.rows("library/measures"))


def measure(slug: str) -> Measure:
    """The measure of that name; `UnknownCodeError` with the nearest names.

    >>> measure("organic-soils").title.en
    'Organic farmland taken out of use'
    """
    by_slug = {each.slug: each for each in measures()}
    if slug not in by_slug:
        raise UnknownCodeError(_unknown_measure(slug, list(by_slug)))
    return by_slug[slug]


@cache
def effect_factors() -> Mapping[str, Factor]:
    """The factors by code.

    >>> effect_factors()["dairy-cow-enteric"].central
    4.532248
    """
    return {
        row["factor"]: Factor(
            code=row["factor"],
            name=Text(row["name_da"], row["name_en"]),
            unit=row["unit"],
            low=float(row["low"]),
            central=float(row["central"]),
            high=float(row["high"]),
            grounds=Grounds(row["kind"]),
            derivation=Text(row["derivation_da"], row["derivation_en"]),
            source=row["source"],
        )
        for row in tables.rows("library/effect-factors")
    }


@cache
def forest_uptake() -> tuple[float, ...]:
    """What a hectare of new forest takes up by its age, t CO2 a year; the last one goes on.

    >>> forest_uptake()[0], forest_uptake()[29]
    (-5.1, 15.2)
    """
    return tuple(float(uptake) for uptake in tables.columns("library/forest-uptake")["uptake"])


@cache
def indicators() -> Mapping[str, Indicator]:
    """The indicators of the measures by code."""
    return {
        row["indicator"]: Indicator(
            row["indicator"], Text(row["name_da"], row["name_en"]), row["sector"], row["origin"] == "own", row["source"]
        )
        for row in tables.rows("library/indicators")
    }


@cache
def co_benefits() -> Mapping[str, Text]:
    """The co-benefits by code.

    >>> co_benefits()["health"].da
    'Sundhed'
    """
    return {row["co_benefit"]: Text(row["name_da"], row["name_en"]) for row in tables.rows("library/co-benefits")}


def _measure(row: Row) -> Measure:
    slug = row["measure"]
    variants = [each for each in tables.rows("library/variants") if each["measure"] == slug]
    return Measure(
        slug=slug,
        sector=row["sector"],
        title=Text(row["title_da"], row["title_en"]),
        published_as=row["published_as"],
        share_of_plans=float(row["share_of_plans_pct"]) / 100.0,
        roles=tuple(Role(code) for code in row["roles"].split("+")),
        co_benefits=tuple(row["co_benefits"].split("+")),
        indicator=row["indicator"],
        variants=tuple(_variant(each) for each in sorted(variants, key=lambda each: int(each["position"]))),
        no_effect=Text(row["no_effect_da"], row["no_effect_en"]),
        ramp_shape=Shape(row["ramp_shape"]),
        ramp_years=int(row["ramp_years"]),
        uptake=forest_uptake(),
        source=row["source"],
    )


def _variant(row: Row) -> Variant:
    place = (row["measure"], row["variant"])
    levers: dict[str, list[Row]] = {}
    for each in tables.rows("library/levers"):
        if (each["measure"], each["variant"]) == place:
            levers.setdefault(each["lever"], []).append(each)
    amounts = [each for each in tables.rows("library/amounts") if (each["measure"], each["variant"]) == place]
    return Variant(
        code=row["variant"],
        title=Text(row["title_da"], row["title_en"]),
        amounts=tuple(_amount(each) for each in amounts),
        levers=tuple(LeverTemplate(Kind(parts[0]["kind"]), tuple(map(_part, parts))) for parts in levers.values()),
    )


def _amount(row: Row) -> Amount:
    return Amount(
        code=row["amount"],
        name=Text(row["name_da"], row["name_en"]),
        unit=row["unit"],
        demo_basis=Basis(row["demo_basis"]),
        demo_low=float(row["demo_low"]),
        demo_high=float(row["demo_high"]),
    )


def _part(row: Row) -> Part:
    return Part(
        role=row["role"],
        stream=row["stream"],
        gas=Gas(row["gas"]) if row["gas"] else None,
        amount=row["amount"],
        factor=effect_factors()[row["factor"]] if row["factor"] else None,
    )


def _unknown_measure(slug: str, known: list[str]) -> Finding:
    close = get_close_matches(slug, known, n=3) or known[:6]
    return Finding(
        "measure-unknown", slug or "∅",
        Text("Biblioteket har intet sådant virkemiddel.", "The library has no such measure."),
        Text("", ""),
        Text(f"Mente du {', '.join(close)}?", f"Did you mean {', '.join(close)}?"),
    )  # fmt: skip
