"""What a tonne of CO2 is worth to society, as the authorities publish it."""

from __future__ import annotations

from functools import cache

from klimaplan.domain.actions.abatement import PricePath
from klimaplan.domain.actions.cost_findings import price_years_differ
from klimaplan.domain.errors import InputError
from klimaplan.reference import tables


@cache
def co2_price_path(edition: str = "soeb25") -> PricePath:
    """The value of a tonne of CO2e from 2025 to 2050; the years between the published ones lie on a straight line.

    >>> co2_price_path().at(2035)
    Money(dkk=795.0, price_year=2025)
    """
    name = f"prices/co2-{edition}"
    columns = tables.columns(name)
    price_years = sorted({int(year) for year in columns["price_year"]})
    if len(price_years) > 1:
        raise InputError(price_years_differ(*price_years))
    points = {int(year): float(price) for year, price in zip(columns["year"], columns["dkk_per_tonne"], strict=True)}
    return PricePath(tables.edition(name).method_version, price_years[0], points, columns["source"][0])
