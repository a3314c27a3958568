"""What a TJ emits in the streams that a shift can start from or end in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Text
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Floats
from klimaplan.reference import tables
from klimaplan.reference.stream_tables import carriers, national_streams

METHOD = "library"


class Grounds(StrEnum):
    """What a factor stands on; a fallback comes from another country, because no Danish table was found."""

    CALCULATED = "calculated"
    PUBLISHED = "published"
    FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class SupplyFactor:
    """The factor of a stream.

    Parameters
    ----------
    value : t CO2e/TJ in `year`
    follows_stream : whether it develops as the national stream after `year`; before, and without it, it is held
    note : what was chosen, and what follows from the choice
    source : key into the bibliography
    """

    stream: str
    value: float
    year: int
    follows_stream: bool
    grounds: Grounds
    note: Text
    source: str
    provenance: Provenance

    def over(self, years: Axis, edition: str = "kf25") -> Floats:
        """The factor in every year: (year), t CO2e/TJ.

        f(t) = f(0) · N(t) / N(0) after its own year 0, with N the national stream; f(0) before.
        """
        asked = [int(str(year)) for year in years.labels]
        if not self.follows_stream:
            return np.full(len(asked), self.value)
        national = national_streams(edition).emissions.select(stream=self.stream)
        span = national.axis(axes.YEAR)
        line = np.nansum(national.values, axis=0)  # a gas the publisher does not list has no share
        followed = line[[span.position(max(year, self.year)) for year in asked]]
        base = line[span.position(self.year)]
        return np.asarray(self.value * followed / base)


@cache
def supply() -> Mapping[str, SupplyFactor]:
    """The factors by stream.

    >>> supply()["I.1.1/fossil_heating"].value
    57.1
    """
    return {row["stream"]: _factor(row) for row in tables.rows("supply/supply-factors")}


def supply_factors(edition: str, years: Axis, *, own: Iterable[str] = ()) -> Mapping[str, Floats]:
    """Stream → (year), t CO2e/TJ, as `plan.set_out` takes it.

    Parameters
    ----------
    edition : of the national streams that the factors develop with, ``"kf25"``
    own : streams that the municipality knows by carrier, ``"I.1.1/oil"``; they get the factor of the carrier where the
        vocabulary has one, held in all years
    """
    found = {stream: factor.over(years, edition) for stream, factor in supply().items()}
    for key in own:
        carrier = carriers().get(key.partition("/")[2])
        if key not in found and carrier is not None and carrier.factor is not None:
            found[key] = np.full(len(years), carrier.factor)
    return found


def _factor(row: tables.Row) -> SupplyFactor:
    held, grounds = tables.edition("supply/supply-factors"), Grounds(row["kind"])
    follows = row["development"] == "index"
    how = f"follows the national stream after {row['year']}, held before" if follows else "held in all years"
    kind = Kind.CALCULATED if grounds is Grounds.CALCULATED else Kind.ESTIMATED
    steps = (f"{row['factor']} t CO2e/TJ in {row['year']}", how)
    return SupplyFactor(
        stream=row["stream"],
        value=float(row["factor"]),
        year=int(row["year"]),
        follows_stream=follows,
        grounds=grounds,
        note=Text(row["note_da"], row["note_en"]),
        source=row["source"],
        provenance=Provenance(row["source"], held.method_version, kind, held.retrieved, held.gwp, METHOD, steps),
    )
