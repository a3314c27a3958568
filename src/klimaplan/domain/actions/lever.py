"""Levers: the physical quantity an action changes, from what to what, where and when. Never just tonnes.

Five forms carry all kinds of lever:

=============  ==========================================================  =====================================
form           what it says                                                kinds
=============  ==========================================================  =====================================
`Relative`     a share less activity, or a share less per unit of it       savings, efficiency, supply, feed, slurry
`Shift`        a share of the activity goes to another carrier or mode     heat pumps, district heat, bicycles
`Units`        so many pieces of a stock are changed, each worth so much   cars, boilers, hectares, animals, capture
`Planting`     hectares of forest take up by their age                     afforestation
`FixedTonnes`  a number of tonnes and nothing behind it                    the declared last resort
=============  ==========================================================  =====================================
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain.actions.ramp import Ramp
from klimaplan.domain.inventory.streams import Gas
from klimaplan.domain.uncertainty.distributions import Distribution


class Kind(StrEnum):
    """What sort of change it is; every kind has one form (`FORM_OF`)."""

    REDUCE_ACTIVITY = "reduce-activity"
    CHANGE_INTENSITY = "change-intensity"
    CHANGE_SUPPLY = "change-supply"
    SHIFT_SHARE = "shift-share"
    REPLACE_UNITS = "replace-units"
    TAKE_OUT_SOIL = "take-out-soil"
    LIVESTOCK = "livestock"
    FEED = "feed"
    SLURRY = "slurry"
    BIOGAS = "biogas"
    PROCESS = "process"
    CAPTURE = "capture"
    WASTE = "waste"
    AFFOREST = "afforest"
    FIXED_TONNES = "fixed-tonnes"


class Side(StrEnum):
    """What a relative lever acts on: how much is done, or what each unit of it emits."""

    ACTIVITY = "activity"
    INTENSITY = "intensity"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a lever.

    Parameters
    ----------
    name : unique in the plan, as in ``"a07.share"``; a shared assumption has one name wherever it is used
    distribution : what it may be; its central value is used in the deterministic run
    unit : as people write it, e.g. ``"ha"``, ``"t CO2e/ha/yr"``, ``"share"``
    source : key into the bibliography, or where the municipality has it from
    group, correlation, shared : as in `uncertainty.sample.Parameter`
    """

    name: str
    distribution: Distribution
    unit: str
    source: str
    group: str | None = None
    correlation: float = 1.0
    shared: bool = False

    @property
    def central(self) -> float:
        return self.distribution.central


@dataclass(frozen=True, slots=True)
class Change:
    """From what to what: the share that disappears is 1 − to / from, both in the same unit."""

    before: float
    after: Quantity


@dataclass(frozen=True, slots=True)
class Relative:
    """A stream loses a share of its activity, or of what each unit of it emits.

    Parameters
    ----------
    size : the share at full size, 0 to 1; or the change from one level to another
    gases : the gases it works on; None for all of them
    """

    kind: Kind
    stream: str
    side: Side
    size: Quantity | Change
    ramp: Ramp
    gases: tuple[Gas, ...] | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A share of the activity of a stream goes to another stream, or out of the account (`target` None).

    Parameters
    ----------
    share : of the activity of `stream` at full size, 0 to 1
    energy_ratio : TJ of the new carrier for each TJ of the old one, e.g. 0.30 from gas boiler to heat pump; None
        where nothing is emitted instead (bicycles)
    """

    kind: Kind
    stream: str
    share: Quantity
    ramp: Ramp
    target: str | None = None
    energy_ratio: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What one unit takes from a stream, t CO2e a year; of one gas, or (`gas` None) of all in the stream's own mix."""

    stream: str
    per_unit: Quantity
    gas: Gas | None = None


@dataclass(frozen=True, slots=True)
class Burden:
    """What one unit adds to another stream: t CO2e a year, or (`energy`) TJ a year of that stream's carrier."""

    stream: str
    per_unit: Quantity
    gas: Gas | None = None
    energy: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """A number of pieces of a stock: hectares, animals, cars, boilers, tonnes captured.

    The pieces of one stock are separate ones: two such levers on a stream add up, and together they cannot take more
    than there is.
    """

    kind: Kind
    amount: Quantity
    effects: tuple[Effect, ...]
    ramp: Ramp
    burdens: tuple[Burden, ...] = ()


@dataclass(frozen=True, slots=True)
class Planting:
    """New forest: what is planted in a year takes up by its age.

    Parameters
    ----------
    hectares : at full size; the ramp says how many of them are planted by each year
    uptake : t CO2 a hectare and year, by age from 0; the last one goes on
    scale : a factor on the whole curve, 1 in the deterministic run
    """

    kind: Kind
    stream: str
    hectares: Quantity
    uptake: tuple[float, ...]
    scale: Quantity
    ramp: Ramp


@dataclass(frozen=True, slots=True)
class FixedTonnes:
    """So many tonnes a year less, with no physical quantity behind it.

    Parameters
    ----------
    reason : why there is none; shown wherever the effect is
    """

    kind: Kind
    stream: str
    tonnes: Quantity
    reason: str
    ramp: Ramp


Lever = Relative | Shift | Units | Planting | FixedTonnes

FORM_OF: dict[Kind, type[Lever]] = {
    Kind.REDUCE_ACTIVITY: Relative,
    Kind.CHANGE_INTENSITY: Relative,
    Kind.CHANGE_SUPPLY: Relative,
    Kind.FEED: Relative,
    Kind.SLURRY: Relative,
    Kind.PROCESS: Relative,
    Kind.WASTE: Relative,
    Kind.SHIFT_SHARE: Shift,
    Kind.REPLACE_UNITS: Units,
    Kind.TAKE_OUT_SOIL: Units,
    Kind.LIVESTOCK: Units,
    Kind.BIOGAS: Units,
    Kind.CAPTURE: Units,
    Kind.AFFOREST: Planting,
    Kind.FIXED_TONNES: FixedTonnes,
}

SIDE_OF: dict[Kind, Side] = {
    Kind.REDUCE_ACTIVITY: Side.ACTIVITY,
    Kind.WASTE: Side.ACTIVITY,
    Kind.CHANGE_INTENSITY: Side.INTENSITY,
    Kind.CHANGE_SUPPLY: Side.INTENSITY,
    Kind.FEED: Side.INTENSITY,
    Kind.SLURRY: Side.INTENSITY,
    Kind.PROCESS: Side.INTENSITY,
}


def quantities(lever: Lever) -> tuple[Quantity, ...]:
    """Every number of a lever."""
    if isinstance(lever, Relative):
        return (lever.size.after if isinstance(lever.size, Change) else lever.size,)
    if isinstance(lever, Shift):
        return (lever.share,) if lever.energy_ratio is None else (lever.share, lever.energy_ratio)
    if isinstance(lever, Units):
        effects, burdens = (each.per_unit for each in lever.effects), (each.per_unit for each in lever.burdens)
        return (lever.amount, *effects, *burdens)
    if isinstance(lever, Planting):
        return (lever.hectares, lever.scale)
    return (lever.tonnes,)


def streams_cut(lever: Lever) -> tuple[str, ...]:
    """The streams whose own emissions a lever lessens."""
    if isinstance(lever, Units):
        return tuple(dict.fromkeys(each.stream for each in lever.effects))
    return (lever.stream,)


def streams_fed(lever: Lever) -> tuple[str, ...]:
    """The streams that get emissions from a lever."""
    if isinstance(lever, Units):
        return tuple(dict.fromkeys(each.stream for each in lever.burdens))
    if isinstance(lever, Shift) and lever.target not in {None, lever.stream}:
        return (str(lever.target),)
    return ()
