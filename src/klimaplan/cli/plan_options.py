"""What may be asked for of the costs and the draws of a plan; light, because every command line reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SeenFrom(StrEnum):
    """Who looks at the costs."""

    SOCIETY = "socio-economic"
    MUNICIPALITY = "municipal"
    USER = "user"


class Points(StrEnum):
    """How the draws are spread: the names of `Sampling`."""

    LATIN_HYPERCUBE = "latin-hypercube"
    SOBOL = "sobol"
    RANDOM = "random"


SAMPLING_HELP = "How the draws are spread; Sobol points need a power of 2 of them."


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line.

    Parameters
    ----------
    rate_pct : percent a year; None for that of the perspective
    year : of cost per tonne and curve; None for the first target year
    until : the last year of the cost per tonne over all years; None leaves that out
    """

    seen_from: SeenFrom | None = None
    rate_pct: float | None = None
    year: int | None = None
    value_of_co2: bool = False
    until: int | None = None
