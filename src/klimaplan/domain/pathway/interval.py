"""The sector-interval test of the 2030 target: is it at least what the municipality's own sectors are expected to give?

The bounds are ranges of reduction from 2019 to 2030 by sector. Weighed by what the municipality emitted in 2019 they
become one range for its total. That the bounds are weighed exactly like this is read from a secondary source and is
shown as unofficial. Method page: `interval`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.domain.inventory.streams import StreamTable

REFERENCE_YEAR = 2019
TARGET_YEAR = 2030


class IntervalSector(StrEnum):
    """The sectors of the test, which are not those of the account."""

    ENERGY = "energy"
    TRANSPORT = "transport"
    INDUSTRY = "industry"
    AGRICULTURE = "agriculture"
    OTHER = "other"


class Verdict(StrEnum):
    """What the test says; a failed rule is a question, not a judgement."""

    BELOW_LOW = "below-low"
    NEEDS_REASON = "needs-reason"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Reduction from 2019 to 2030 of a sector, as shares of 2019."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, slots=True)
class IntervalTest:
    """The range of the municipality, as shares of its own 2019, and what its target is in the same measure."""

    low: float
    mid: float
    high: float
    reduction: float
    verdict: Verdict


def sector_of(ref: str) -> IntervalSector:
    """The sector of the test that a GPC reference belongs to.

    >>> sector_of("I.3.1"), sector_of("II.1.1"), sector_of("III.1.1")
    (<IntervalSector.INDUSTRY: 'industry'>, <IntervalSector.TRANSPORT: 'transport'>, <IntervalSector.OTHER: 'other'>)
    """
    if ref.startswith(("I.3.", "IV.")):
        return IntervalSector.INDUSTRY
    chapter = ref.partition(".")[0]
    return _CHAPTERS.get(chapter, IntervalSector.OTHER)


_CHAPTERS = {"I": IntervalSector.ENERGY, "II": IntervalSector.TRANSPORT, "V": IntervalSector.AGRICULTURE}


def by_interval_sector(table: StreamTable) -> Mapping[IntervalSector, float]:
    """What was emitted in 2019 in every sector of the test, t CO2e: the weights of its ranges.

    Parameters
    ----------
    table : streams with 2019 among their years, e.g. the account of one municipality split

    Raises
    ------
    AxisError : 2019 is not among its years
    """
    in_2019 = table.emissions.sum(axes.GAS).select(year=REFERENCE_YEAR)
    return {
        sector: fsum(in_2019.at(stream.key) for stream in table.streams if sector_of(stream.ref) is sector)
        for sector in IntervalSector
    }


def weigh_bounds(emissions_2019: Mapping[IntervalSector, float], bounds: Mapping[IntervalSector, Bounds]) -> Bounds:
    """The range of the total: Σ_s E_s · b_s / Σ_s E_s.

    Parameters
    ----------
    emissions_2019 : t CO2e by sector

    Raises
    ------
    InputError : the sectors add up to nothing or less, so that shares of them have no meaning
    """
    whole = fsum(emissions_2019.values())
    if whole <= 0.0:
        raise InputError(_no_reference(whole))

    def weighed(name: str) -> float:
        return fsum(tonnes * float(getattr(bounds[sector], name)) for sector, tonnes in emissions_2019.items()) / whole

    return Bounds(weighed("low"), weighed("mid"), weighed("high"))


def interval_test(
    emissions_2019: Mapping[IntervalSector, float], bounds: Mapping[IntervalSector, Bounds], *, allowed_2030: float
) -> IntervalTest:
    """Hold a 2030 target against the range of the municipality's own sectors.

    Parameters
    ----------
    allowed_2030 : t CO2e that the target allows, whatever base year it is written in: a target of −70 % since 1990
        becomes a reduction since 2019 by way of its tonnes

    Returns
    -------
    below `low`: cannot be approved; from `low` to below `mid`: needs a reason; from `mid`: accepted
    """
    total = weigh_bounds(emissions_2019, bounds)
    reduction = 1.0 - allowed_2030 / fsum(emissions_2019.values())
    if reduction < total.low:
        verdict = Verdict.BELOW_LOW
    elif reduction < total.mid:
        verdict = Verdict.NEEDS_REASON
    else:
        verdict = Verdict.ACCEPTED
    return IntervalTest(total.low, total.mid, total.high, reduction, verdict)


def _no_reference(whole: float) -> Finding:
    return Finding(
        "reference-year-not-positive", str(REFERENCE_YEAR),
        Text(f"Sektorerne giver {whole:.0f} t i alt.", f"The sectors add up to {whole:.0f} t."),
        Text("Andele af nul eller mindre har ingen mening.", "Shares of zero or less have no meaning."),
        Text("Lad en person vurdere målet.", "Let a person judge the target."),
    )  # fmt: skip
