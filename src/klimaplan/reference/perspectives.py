"""Who looks at a cost, and the discount rate that goes with it where somebody has fixed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from klimaplan.domain.errors import Text
from klimaplan.reference import tables


@dataclass(frozen=True, slots=True)
class KnownPerspective:
    """A perspective of the table.

    Parameters
    ----------
    discount_rate : real, a share per year; None where whoever calculates must give it
    later_rates : after how many years which rate holds instead, where somebody has fixed that
    with_taxes : whether taxes and subsidies count
    source : key into the bibliography
    """

    key: str
    title: Text
    discount_rate: float | None
    with_taxes: bool
    note: Text
    source: str
    later_rates: tuple[tuple[int, float], ...] = ()


LATER = {35: "rate_after_35_pct", 70: "rate_after_70_pct"}
"""Years → the column of the rate that holds after them."""


@cache
def perspectives() -> Mapping[str, KnownPerspective]:
    """The perspectives by key.

    >>> perspectives()["socio-economic"].discount_rate, perspectives()["user"].discount_rate
    (0.035, None)
    """
    return {
        row["perspective"]: KnownPerspective(
            key=row["perspective"],
            title=Text(row["title_da"], row["title_en"]),
            discount_rate=float(row["discount_rate_pct"]) / 100.0 if row["discount_rate_pct"] else None,
            with_taxes=row["with_taxes"] == "true",
            note=Text(row["note_da"], row["note_en"]),
            source=row["source"],
            later_rates=tuple((years, float(row[name]) / 100.0) for years, name in LATER.items() if row[name]),
        )
        for row in tables.rows("prices/perspectives")
    }
