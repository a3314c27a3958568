"""The format `klimaplan-plan/1`: one model for TOML, JSON and workbooks. Its JSON Schema is published from here."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from klimaplan.domain.actions.action import Progress, Role
from klimaplan.domain.actions.ramp import Shape
from klimaplan.domain.inventory.streams import Gas
from klimaplan.sources.plan_files.numbers import ByYear, Figures, Flag, Number, Part, Real, Whole, Words

FORMAT: Final = "klimaplan-plan/1"

Key = Annotated[Words, Field(pattern=r"^[A-Za-z0-9æøåÆØÅ_-]+$", description="letters, digits, - and _")]
Item = Annotated[Words, Field(pattern=r"^[^;]+$", description="without semicolon")]


def as_code(given: Any) -> Any:
    """A municipality code is written as a number by many; leading zeros mean nothing in it."""
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else given


def _day(given: Any) -> Any:
    """JSON has no days: `2026-03-14` as text is one."""
    if isinstance(given, str):
        try:
            return date.fromisoformat(given.strip())
        except ValueError:
            return given
    return given


Day = Annotated[date, BeforeValidator(_day)]


class Head(Part):
    """What the plan is of."""

    municipality: Annotated[Words, BeforeValidator(as_code), Field(description="code or name")]
    title: Annotated[Words, Field(min_length=1)]
    demo: Annotated[Flag, Field(description="whether the plan is invented; said wherever it shows")] = False
    gwp: Annotated[Words | None, Field(description="set of warming potentials; must be that of the account")] = None
    price_year: Annotated[Whole | None, Field(description="of all amounts that name none")] = None
    notes: Words = ""


class TargetEntry(Part):
    """At most so much in a year: a reduction from a base year, a level, or tonnes per inhabitant."""

    year: Whole
    sectors: Annotated[Words, Field(description="total, other (all but agriculture), or sector codes joined by +")] = (
        "total"
    )
    base_year: Whole | None = None
    base_tonnes: Annotated[Real | None, Field(description="t CO2e in the base year")] = None
    reduction_pct: Annotated[Real | None, Field(description="percent of the base year, 70 for 70 %")] = None
    level: Annotated[Real | None, Field(description="t CO2e")] = None
    tonnes_per_inhabitant: Real | None = None
    inhabitants: Real | None = None
    source: Words


class StreamEntry(Part):
    """What the municipality knows of one of its streams; it replaces the national share."""

    ref: Annotated[Words, Field(description="GPC reference, e.g. I.1.1")]
    carrier: Words
    sector: Annotated[Words | None, Field(description="only where the reference has streams in several")] = None
    tonnes: Annotated[Real, Field(description="t CO2e in the year")]
    year: Whole
    gases: Annotated[
        dict[Gas, Real] | None, Field(description="parts adding up to 1; without them those of the country")
    ] = None
    source: Words


class ParameterEntry(Figures):
    """A shared assumption: one value wherever its name is used."""

    name: Key
    unit: Words
    source: Annotated[Words, Field(min_length=1)]


class SupplyEntry(Part):
    """What the energy of a stream emits, year by year; a straight line between the years, held outside them."""

    stream: Words
    unit: Words
    factors: ByYear
    source: Annotated[Words, Field(min_length=1)]


class DriverEntry(Part):
    """How far the baseline may be off in the last year, as a share around 0, growing from nothing."""

    name: Key
    streams: Annotated[tuple[Words, ...], Field(min_length=1)]
    size: Number
    source: Words = ""


class RampEntry(Part):
    """How the action grows to its full size."""

    shape: Shape
    start: Annotated[Whole | None, Field(description="last year with nothing in place; of a step the first")] = None
    end: Annotated[Whole | None, Field(description="first year with all of it in place")] = None
    until: Annotated[Whole | None, Field(description="last year in which it works")] = None
    table: Annotated[ByYear | None, Field(description="year → share in place, 0 to 1")] = None


class _Lever(Part):
    ramp: RampEntry
    source: Annotated[Words, Field(description="of every number of the lever that names none itself")] = ""


class RelativeLever(_Lever):
    """A stream loses a share of its activity or intensity, or goes from one level to another."""

    kind: Literal[
        "reduce-activity", "change-intensity", "change-supply", "feed", "slurry", "process", "waste"
    ]  # fmt: skip
    stream: Words
    share: Annotated[Number | None, Field(description="0 to 1, or with unit %")] = None
    before: Real | None = None
    after: Number | None = None
    unit: Annotated[Words | None, Field(description="of before and after")] = None
    gases: tuple[Gas, ...] | None = None


class ShiftLever(_Lever):
    """A share of the activity goes to another stream, or out of the account."""

    kind: Literal["shift-share"]
    stream: Words
    share: Number
    target: Words | None = None
    energy_ratio: Annotated[Number | None, Field(description="TJ of the new carrier per TJ of the old")] = None


class EffectEntry(Part):
    """What one unit takes from a stream, t CO2e a year."""

    stream: Words
    per_unit: Number
    gas: Gas | None = None


class BurdenEntry(Part):
    """What one unit adds to another stream: t CO2e a year, or TJ a year of its carrier."""

    stream: Words
    per_unit: Number
    gas: Gas | None = None
    energy: Flag = False


class UnitsLever(_Lever):
    """So many pieces of a stock, each worth so much."""

    kind: Literal["replace-units", "take-out-soil", "livestock", "biogas", "capture"]
    amount: Number
    unit: Annotated[Words, Field(description="what the pieces are counted in: ha, head, t, TJ, boiler …")]
    effects: Annotated[tuple[EffectEntry, ...], Field(min_length=1)]
    burdens: tuple[BurdenEntry, ...] = ()


class PlantingLever(_Lever):
    """Hectares of new forest that take up by their age."""

    kind: Literal["afforest"]
    stream: Words
    hectares: Number
    uptake: Annotated[tuple[Real, ...], Field(min_length=1, description="t CO2/ha/yr by age from 0; the last goes on")]
    scale: Annotated[Number | None, Field(description="a factor on the curve, around 1")] = None


class FixedLever(_Lever):
    """So many tonnes a year with nothing behind them; the last resort."""

    kind: Literal["fixed-tonnes"]
    stream: Words
    tonnes: Number
    reason: Words


LeverEntry = Annotated[
    RelativeLever | ShiftLever | UnitsLever | PlantingLever | FixedLever, Field(discriminator="kind")
]


class DecisionEntry(Part):
    """Who decided it, when, and where it stands."""

    by: Words = ""
    on: Day | None = None
    document: Words = ""


class ResourcesEntry(Part):
    """What it takes; what nobody has said is left out."""

    price_year: Whole | None = None
    capex_dkk: Real | None = None
    opex_dkk: Real | None = None
    saved_dkk: Real | None = None
    taxes_dkk: Annotated[Real | None, Field(description="change in taxes less subsidies a year")] = None
    lifetime_years: Whole | None = None
    staff_fte: Real | None = None
    may_be_negative: Flag = False


class KnownEntry(Part):
    """What is known of the effect besides what the plan computes; the figures are never mixed."""

    implemented_activity: ByYear = Field(default_factory=dict)
    activity_unit: Words = ""
    calculated: Annotated[ByYear, Field(description="t CO2e a year")] = Field(default_factory=dict)
    observed: Annotated[ByYear, Field(description="t CO2e a year")] = Field(default_factory=dict)


class ActionEntry(Part):
    """One action: what it changes by levers of its own, or by a template of the library with amounts."""

    key: Key
    title: Annotated[Words, Field(min_length=1)]
    description: Words = ""
    template: Annotated[Words, Field(description="a measure of the library")] = ""
    variant: Annotated[Words, Field(description="of the measure, where it has several")] = ""
    amounts: Annotated[dict[str, Number], Field(description="numbers of the template by name")] = Field(
        default_factory=dict
    )
    streams: Annotated[
        dict[str, Item], Field(description="stream of the template → the municipality's own finer stream")
    ] = Field(default_factory=dict)
    source: Annotated[Words, Field(description="of the amounts that name none themselves")] = ""
    ramp: Annotated[RampEntry | None, Field(description="of the levers that come from the template")] = None
    lever: tuple[LeverEntry, ...] = ()
    roles: tuple[Role, ...] = ()
    owner: Words = ""
    decision: DecisionEntry = DecisionEntry()
    resources: ResourcesEntry = ResourcesEntry()
    progress: Progress = Progress.IDEA
    known: KnownEntry = KnownEntry()
    co_benefits: tuple[Item, ...] = ()
    indicator: Words = ""


class PlanFile(Part):
    """A whole plan file."""

    format: Literal["klimaplan-plan/1"]
    plan: Head
    target: tuple[TargetEntry, ...] = ()
    stream: tuple[StreamEntry, ...] = ()
    parameter: tuple[ParameterEntry, ...] = ()
    supply: tuple[SupplyEntry, ...] = ()
    driver: tuple[DriverEntry, ...] = ()
    action: tuple[ActionEntry, ...] = ()
