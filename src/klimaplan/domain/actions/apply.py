"""From actions to arrays: every lever becomes shares of streams, held against what there is to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.actions import refusals
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.check import check_actions
from klimaplan.domain.actions.lever import (
    Burden,
    Change,
    Effect,
    FixedTonnes,
    Planting,
    Quantity,
    Relative,
    Shift,
    Side,
    Units,
)
from klimaplan.domain.actions.problem import Cut, Driver, Extra, Factor, Move, Problem, Scale
from klimaplan.domain.errors import Finding, raise_errors
from klimaplan.domain.inventory.streams import GASES, Gas, StreamTable
from klimaplan.domain.series import Floats
from klimaplan.domain.uncertainty.sample import Parameter

STOCK = "stock"
"""The pool of everything that takes separate pieces of a stream: they add up, and cannot be more than there is."""


@dataclass(frozen=True)
class BaselineDriver:
    """How far the baseline itself may be off: at the last year it is `size` times higher, from nothing at the first.

    `shared` drivers have one draw for all municipalities.
    """

    streams: tuple[str, ...]
    size: Quantity


@dataclass(frozen=True)
class Setting:
    """What actions are applied to.

    Parameters
    ----------
    table : the streams of the municipality with their baseline; its first year is the last observed one
    supply : stream → (year), t CO2e/TJ of the carrier of that stream, where one is known
    drivers : the uncertainties of the baseline
    """

    table: StreamTable
    supply: Mapping[str, Floats] = field(default_factory=dict)
    drivers: tuple[BaselineDriver, ...] = ()


def apply_actions(actions: Sequence[Action], setting: Setting) -> Problem:
    """The actions of a plan as changes to the streams of a municipality.

    Raises
    ------
    InputError : everything that is wrong with any action, all at once
    """
    raise_errors(check_actions(actions, setting.table, setting.supply))
    built = _Builder(actions, setting)
    raise_errors(more_than_exists(built.problem, actions))
    return built.problem


def more_than_exists(problem: Problem, actions: Sequence[Action]) -> Iterator[Finding]:
    """A stock that is taken more than once: the pieces of a pool add up to more than the stream has."""
    for stream, acting in enumerate(problem.on_streams):
        taken = acting.pools.get(STOCK)
        if taken is None:
            continue
        cuts = [problem.cuts[at] for at in taken]
        shares = sum((cut.scale.at(problem.central) * cut.size for cut in cuts), start=np.zeros(()))
        # the shares of physical amounts are counted from the first year, so rounding is all that may be over
        over = np.argwhere(shares > 1.0 + 1e-9)
        if len(over):
            gas, year = over[0]
            keys = tuple(dict.fromkeys(actions[cut.action].key for cut in cuts))
            yield refusals.more_than_exists(
                problem.streams[stream], keys, str(problem.gases.labels[gas]), str(problem.years.labels[year]),
                float(shares[gas, year]), float(problem.baseline[stream, gas, year]),
            )  # fmt: skip


class _Builder:
    """Collects cuts, moves, factors and extras while it goes through the levers; a class for what they share."""

    def __init__(self, actions: Sequence[Action], setting: Setting) -> None:
        table = setting.table
        self._position = {stream.key: at for at, stream in enumerate(table.streams)}
        self._base = table.emissions.values
        years = table.emissions.axis(axes.YEAR)
        self._span = range(int(str(years.labels[0])), int(str(years.labels[-1])) + 1)
        self._supply = setting.supply
        self._parameters: dict[str, int] = {}
        self._uncertain: list[Quantity] = []
        self._cuts: list[Cut] = []
        self._moves: list[Move] = []
        self._factors: list[Factor] = []
        self._extras: list[Extra] = []
        for number, action in enumerate(actions):
            for lever in action.levers:
                match lever:
                    case Relative():
                        self._relative(number, lever)
                    case Shift():
                        self._shift(number, lever)
                    case Units():
                        self._units(number, lever)
                    case Planting():
                        self._planting(number, lever)
                    case FixedTonnes():
                        self._fixed(number, lever)
        drivers = tuple(self._driver(driver) for driver in setting.drivers)
        self.problem = Problem(
            actions=tuple(action.key for action in actions),
            streams=tuple(self._position),
            gases=GASES,
            years=years,
            baseline=self._base,
            cuts=tuple(self._cuts),
            moves=tuple(self._moves),
            factors=tuple(self._factors),
            extras=tuple(self._extras),
            drivers=drivers,
            parameters=tuple(_parameter(quantity) for quantity in self._uncertain),
            central=np.array([quantity.central for quantity in self._uncertain]),
        )

    def _relative(self, action: int, lever: Relative) -> None:
        stream = self._position[lever.stream]
        gases = _mask(lever.gases)[:, None] * lever.ramp.shares(self._span)
        if isinstance(lever.size, Change):
            scale = self._scale((lever.size.after,), affine=(1.0, -1.0 / lever.size.before))
        else:
            scale = self._scale((lever.size,))
        if lever.side is Side.INTENSITY:
            self._factors.append(Factor(action, stream, scale, gases))
        else:
            self._cuts.append(Cut(action, stream, _own_pool(self._cuts), scale, gases))

    def _shift(self, action: int, lever: Shift) -> None:
        stream = self._position[lever.stream]
        ramp = lever.ramp.shares(self._span)
        self._cuts.append(
            Cut(action, stream, _own_pool(self._cuts), self._scale((lever.share,)), np.tile(ramp, (len(GASES), 1)))
        )
        if lever.target is None or lever.energy_ratio is None:
            return
        # t of the new stream for each t of the old one: TJ for TJ, each at its own t CO2e/TJ
        per_tonne = np.divide(
            self._supply[lever.target], self._supply[lever.stream],
            out=np.zeros(len(self._span)), where=self._supply[lever.stream] > 0.0,
        )  # fmt: skip
        tonnes = self._base[stream].sum(axis=0) * ramp * per_tonne * self._mix(lever.target)
        target = self._position[lever.target]
        self._moves.append(Move(len(self._cuts) - 1, target, self._scale((lever.share, lever.energy_ratio)), tonnes))

    def _units(self, action: int, lever: Units) -> None:
        ramp = lever.ramp.shares(self._span)
        leading = len(self._cuts)
        for stream, effects in _by_stream(lever.effects).items():
            for effect in effects:
                self._cuts.append(self._unit_cut(action, lever, self._position[stream], effect, ramp))
        source = self._base[self._cuts[leading].stream].sum(axis=0)
        # a piece of the stock is worth in each year what the baseline says it is worth
        worth = source / source[0] if source[0] != 0.0 else np.ones_like(source)
        for burden in lever.burdens:
            self._moves.append(self._unit_move(leading, lever, burden, ramp * worth))

    def _unit_cut(self, action: int, lever: Units, stream: int, effect: Effect, ramp: Floats) -> Cut:
        base = self._base[stream][:, 0]
        wanted = _mask(None if effect.gas is None else (effect.gas,))
        whole = float((base * wanted).sum())
        size = wanted[:, None] * ramp / whole
        return Cut(action, stream, STOCK, self._scale((lever.amount, effect.per_unit)), size)

    def _unit_move(self, cut: int, lever: Units, burden: Burden, ramp: Floats) -> Move:
        stream = self._position[burden.stream]
        per_unit = self._supply[burden.stream] if burden.energy else np.ones(len(self._span))
        gases = _mask((burden.gas,))[:, None] if burden.gas else self._mix(burden.stream)
        return Move(cut, stream, self._scale((lever.amount, burden.per_unit)), gases * ramp * per_unit)

    def _planting(self, action: int, lever: Planting) -> None:
        planted = np.diff(lever.ramp.shares(self._span), prepend=0.0)
        uptake = np.array(lever.uptake)
        ages = np.arange(len(self._span))
        by_age = uptake[np.minimum(ages, len(uptake) - 1)]
        taken_up = np.convolve(planted, by_age)[: len(self._span)]
        tonnes = _mask((Gas.CO2,))[:, None] * -taken_up
        scale = self._scale((lever.hectares, lever.scale))
        self._extras.append(Extra(action, self._position[lever.stream], scale, tonnes))

    def _fixed(self, action: int, lever: FixedTonnes) -> None:
        stream = self._position[lever.stream]
        there = self._base[stream].sum(axis=0)
        share = np.divide(lever.ramp.shares(self._span), there, out=np.zeros(len(self._span)), where=there > 0.0)
        self._cuts.append(Cut(action, stream, STOCK, self._scale((lever.tonnes,)), np.tile(share, (len(GASES), 1))))

    def _driver(self, driver: BaselineDriver) -> Driver:
        streams = tuple(self._position[stream] for stream in driver.streams)
        return Driver(streams, self._scale((driver.size,)), np.linspace(0.0, 1.0, len(self._span)))

    def _scale(self, factors: Iterable[Quantity], *, affine: tuple[float, float] = (0.0, 1.0)) -> Scale:
        """The product of quantities; what is certain becomes a constant, so that only the uncertain is drawn."""
        constant, terms = 1.0, []
        offset, slope = affine
        for quantity in factors:
            if quantity.distribution.width_is_zero:
                constant *= offset + slope * quantity.central
            else:
                terms.append((self._parameter_of(quantity), offset, slope))
        return Scale(constant, tuple(terms))

    def _parameter_of(self, quantity: Quantity) -> int:
        if quantity.name not in self._parameters:
            self._parameters[quantity.name] = len(self._uncertain)
            self._uncertain.append(quantity)
        return self._parameters[quantity.name]

    def _mix(self, stream: str) -> Floats:
        """The gases of a stream as shares: (gas, 1) in its first year; CO2 alone where it emits nothing."""
        base = self._base[self._position[stream]][:, 0]
        whole = float(base.sum())
        return (base / whole if whole > 0.0 else _mask((Gas.CO2,)))[:, None]


def _parameter(quantity: Quantity) -> Parameter:
    return Parameter(
        quantity.name, quantity.distribution, group=quantity.group, correlation=quantity.correlation,
        shared=quantity.shared,
    )  # fmt: skip


def _by_stream(effects: Iterable[Effect]) -> dict[str, list[Effect]]:
    found: dict[str, list[Effect]] = {}
    for effect in effects:
        found.setdefault(effect.stream, []).append(effect)
    return found


def _own_pool(cuts: Sequence[Cut]) -> str:
    return f"alone-{len(cuts)}"


def _mask(gases: Iterable[Gas] | None) -> Floats:
    """One for the gases named, nought for the others: (gas)."""
    named = set(Gas) if gases is None else set(gases)
    return np.array([1.0 if gas in named else 0.0 for gas in Gas])
