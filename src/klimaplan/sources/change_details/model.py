"""The format `klimaplan-change/1`: one model for TOML and JSON. Its JSON Schema is published from here."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from klimaplan.domain.inventory.account import Sector
from klimaplan.sources.plan_files.model import as_code
from klimaplan.sources.plan_files.numbers import Part, Real, Whole, Words

FORMAT: Final = "klimaplan-change/1"

Said = Annotated[Words, Field(min_length=1)]
Positive = Annotated[Real, Field(gt=0.0)]


class Measured(Part):
    """A figure of the municipality in each of the years that are compared."""

    what: Annotated[Words, Field(description="e.g. heated floor area")] = ""
    unit: Annotated[Said, Field(description="any; the same in all years")]
    by_year: Annotated[dict[int, Positive], Field(description="year → figure, above zero")]
    source: Said


class PeopleEntry(Part):
    """Inhabitants as the municipality counts them; they replace those of the account."""

    by_year: Annotated[dict[int, Positive], Field(description="year → inhabitants")]
    source: Said


class DetailEntry(Part):
    """What the emission of a sector came from: an activity, and its energy or the factor of that energy."""

    sector: Sector
    activity: Measured
    energy: Annotated[Measured | None, Field(description="what the activity used; not beside a factor")] = None
    factor: Annotated[Measured | None, Field(description="emission per unit of energy; not beside an energy")] = None


class KnownEntry(Part):
    """A part of the change known in tonnes, and the part in which it hides and from which it is taken."""

    part: Literal["national-policy", "local-action"]
    sector: Sector
    taken_from: Literal[
        "population", "national-development", "local-remainder", "activity", "intensity", "factor",
        "intensity-and-factor",
    ]  # fmt: skip
    tonnes: Annotated[Real, Field(description="t CO2e from the first to the last year; a saving is negative")]
    first_year: Whole
    last_year: Whole
    what: Said
    source: Said


class ChangeDetailFile(Part):
    """A whole file."""

    format: Literal["klimaplan-change/1"]
    municipality: Annotated[Words, BeforeValidator(as_code), Field(description="code or name")]
    inhabitants: PeopleEntry | None = None
    detail: tuple[DetailEntry, ...] = ()
    known: tuple[KnownEntry, ...] = ()
