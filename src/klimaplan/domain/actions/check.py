"""Everything that keeps actions from being computed, named all at once: place, what, why and how to mend it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from klimaplan.domain import axes
from klimaplan.domain.actions import ramp as ramps
from klimaplan.domain.actions import refusals
from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.lever import (
    FORM_OF,
    SIDE_OF,
    Change,
    FixedTonnes,
    Lever,
    Planting,
    Quantity,
    Relative,
    Shift,
    Units,
    quantities,
    streams_cut,
    streams_fed,
)
from klimaplan.domain.errors import Finding
from klimaplan.domain.inventory.streams import Gas, StreamTable
from klimaplan.domain.series import Floats


def check_actions(actions: Sequence[Action], table: StreamTable, supply: Mapping[str, Floats]) -> tuple[Finding, ...]:
    """All findings on the actions of a plan; what they take together is judged when they are applied."""
    known = {stream.key for stream in table.streams}
    findings = [refusals.key_twice(key) for key, count in Counter(a.key for a in actions).items() if count > 1]
    for action in actions:
        findings += _check_resources(action)
        for number, lever in enumerate(action.levers, start=1):
            place = f"{action.key}/lever {number}"
            unknown = [key for key in dict.fromkeys((*streams_cut(lever), *streams_fed(lever))) if key not in known]
            findings += [refusals.unknown_stream(place, key, sorted(known)) for key in unknown]
            findings += _check_lever(lever, place, table)
            if not unknown:
                findings += _check_streams(lever, place, table, supply)
    findings += _check_names(actions)
    findings += _check_twice(actions)
    findings += _check_circle(actions)
    return tuple(findings)


def _check_lever(lever: Lever, place: str, table: StreamTable) -> Iterator[Finding]:
    years = table.emissions.axis(axes.YEAR).labels
    yield from ramps.check(lever.ramp, place, first=int(str(years[0])), last=int(str(years[-1])))
    if FORM_OF[lever.kind] is not type(lever):
        yield refusals.wrong_form(place, lever.kind)
    for quantity in quantities(lever):
        if not quantity.source:
            yield refusals.no_source(f"{place}/{quantity.name}")
    match lever:
        case Relative():
            yield from _check_relative(lever, place)
        case Shift():
            yield from _check_shift(lever, place)
        case Units() | Planting():
            amount, worth = (
                (lever.amount, lever.effects) if isinstance(lever, Units) else (lever.hectares, lever.uptake)
            )
            yield from _not_negative(amount, place)
            if not worth:
                yield refusals.no_effect(place)
        case FixedTonnes():
            yield from _not_negative(lever.tonnes, place)
            if not lever.reason:
                yield refusals.no_reason(place)


def _check_shift(lever: Shift, place: str) -> Iterator[Finding]:
    yield from _share(lever.share, place)
    if lever.stream == lever.target:
        yield refusals.shift_to_itself(place, lever.stream)
    if (lever.target is None) != (lever.energy_ratio is None):
        yield refusals.shift_incomplete(place)
    if lever.energy_ratio is not None:
        yield from _not_negative(lever.energy_ratio, place)


def _check_relative(lever: Relative, place: str) -> Iterator[Finding]:
    if SIDE_OF.get(lever.kind, lever.side) is not lever.side:
        yield refusals.wrong_form(place, lever.kind)
    if isinstance(lever.size, Change):
        if lever.size.before <= 0.0:
            yield refusals.not_positive(f"{place}/before", lever.size.before)
        elif not 0.0 <= lever.size.after.central <= lever.size.before:
            yield refusals.change_upwards(place, lever.size.before, lever.size.after.central)
    else:
        yield from _share(lever.size, place)


def _check_streams(lever: Lever, place: str, table: StreamTable, supply: Mapping[str, Floats]) -> Iterator[Finding]:
    by_key = {stream.key: stream for stream in table.streams}
    first = table.emissions.values[:, :, 0]
    position = {stream.key: at for at, stream in enumerate(table.streams)}
    for key in streams_cut(lever):
        base = first[position[key]]
        if isinstance(lever, Planting):
            if not by_key[key].is_sink:
                yield refusals.planting_outside_sink(place, key)
        elif (table.emissions.values[position[key]] < 0.0).any():
            yield refusals.lever_on_sink(place, key)
        elif isinstance(lever, Units):
            gases = {effect.gas for effect in lever.effects if effect.stream == key}
            absent = [gas for gas in gases if (base.sum() if gas is None else base[list(Gas).index(gas)]) <= 0.0]
            yield from (refusals.nothing_to_take(place, key, str(gas or "CO2e")) for gas in absent)
        elif isinstance(lever, FixedTonnes) and _takes_from_nothing(
            lever, table.emissions.values[position[key]], table
        ):
            yield refusals.nothing_to_take(place, key, "CO2e")
    carriers = [lever.stream, lever.target] if isinstance(lever, Shift) and lever.target else []
    if isinstance(lever, Units):
        carriers += [burden.stream for burden in lever.burdens if burden.energy]
    for key in carriers:
        if key not in supply:
            yield refusals.no_supply_factor(place, key)


def _takes_from_nothing(lever: FixedTonnes, emitted: Floats, table: StreamTable) -> bool:
    """Whether tonnes are to be taken in a year in which the stream has none; a share of nothing would hide them."""
    years = table.emissions.axis(axes.YEAR).labels
    first, last = int(str(years[0])), int(str(years[-1]))
    if any(ramps.check(lever.ramp, "", first=first, last=last)):  # already told; such a ramp has no shares
        return False
    taken = lever.ramp.shares(range(first, last + 1)) * lever.tonnes.central
    return bool(((taken > 0.0) & (emitted.sum(axis=0) <= 0.0)).any())


def _check_names(actions: Iterable[Action]) -> Iterator[Finding]:
    seen: dict[str, Quantity] = {}
    for action in actions:
        for quantity in action.quantities:
            first = seen.setdefault(quantity.name, quantity)
            if first != quantity:
                yield refusals.parameter_differs(action.key, quantity.name)


def _check_twice(actions: Sequence[Action]) -> Iterator[Finding]:
    """An action may meet a stream in one way only; else the effect would not be linear in the action."""
    sources: dict[str, set[str]] = defaultdict(set)
    for action in actions:
        for lever in action.levers:
            for fed in streams_fed(lever):
                sources[fed].update(streams_cut(lever)[:1])
    for action in actions:
        met = Counter(key for lever in action.levers for key in (*streams_cut(lever), *streams_fed(lever)))
        twice = {key for key, count in met.items() if count > 1}
        scaled = {lever.stream for lever in action.levers if isinstance(lever, Relative)}
        cut = {key for lever in action.levers for key in streams_cut(lever)}
        # what it scales must not be fed from where it cuts: an action would then be met twice on that way
        crossed = {key for key in scaled if key in sources and sources[key] & cut - {key}}
        for key in sorted(twice | crossed):
            yield refusals.lever_twice(action.key, key)


def _check_circle(actions: Iterable[Action]) -> Iterator[Finding]:
    """Shifts that lead back to where they began have no order in which they could be computed."""
    graph: dict[str, set[str]] = defaultdict(set)
    for action in actions:
        for lever in action.levers:
            for fed in streams_fed(lever):
                graph[fed].update(key for key in streams_cut(lever) if key != fed)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        yield refusals.circle(tuple(circle.args[1]))


def _check_resources(action: Action) -> Iterator[Finding]:
    resources = action.resources
    money = {"capex": resources.capex_dkk, "opex": resources.opex_dkk, "saved": resources.saved_dkk}
    for name, amount in money.items():
        if amount is not None and amount < 0.0 and not resources.may_be_negative:
            yield refusals.cost_negative(f"{action.key}/{name}", amount)
    # taxes may be below zero: a subsidy is
    if any(amount is not None for amount in (*money.values(), resources.taxes_dkk)) and resources.price_year is None:
        yield refusals.no_price_year(action.key)


def _share(quantity: Quantity, place: str) -> Iterator[Finding]:
    if not 0.0 <= quantity.central <= 1.0:
        yield refusals.share_outside(f"{place}/{quantity.name}", quantity.central)


def _not_negative(quantity: Quantity, place: str) -> Iterator[Finding]:
    if quantity.central < 0.0:
        yield refusals.not_positive(f"{place}/{quantity.name}", quantity.central)
