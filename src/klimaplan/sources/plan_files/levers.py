"""The levers of a file as levers of the domain: every number with its unit, its source and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from klimaplan.domain.actions.lever import (
    SIDE_OF,
    Burden,
    Change,
    Effect,
    FixedTonnes,
    Kind,
    Lever,
    Planting,
    Quantity,
    Relative,
    Shift,
    Units,
)
from klimaplan.domain.actions.ramp import Ramp
from klimaplan.domain.errors import Finding
from klimaplan.domain.uncertainty import distributions
from klimaplan.domain.uncertainty.distributions import Distribution, Fixed
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.document import Document, Path
from klimaplan.sources.plan_files.numbers import Number

SHARE = "share"
PERCENT = "%"
SCALED = ("value", "low", "central", "high", "mean", "sd", "median", "values")
"""What changes with the unit; a spread is a factor, and probabilities are none."""

WORDS = {
    "år": "yr", "year": "yr", "andel": SHARE, "pct": PERCENT, "procent": PERCENT, "percent": PERCENT, "dyr": "head",
    "hektar": "ha", "bil": "car", "biler": "car", "hectare": "ha", "co₂e": "co2e", "faktor": "factor", "t co₂e": "t co2e", "t co2": "t co2e",
    "t co₂": "t co2e", "ton": "t", "tonnes": "t", "ton co2e": "t co2e",
}  # fmt: skip
"""Other ways to write the parts of a unit."""

COUNTED_IN = {
    Kind.TAKE_OUT_SOIL: ("ha",), Kind.LIVESTOCK: ("head", "head/yr"), Kind.CAPTURE: ("t", "t/yr", "t CO2", "t CO2/yr"),
    Kind.BIOGAS: ("TJ", "TJ/yr", "t", "t/yr"),
}  # fmt: skip
"""What the pieces of a stock are counted in, where only that makes sense."""


@dataclass
class Numbers:
    """Makes quantities and remembers where they stand; a class for what all levers of a file share.

    Parameters
    ----------
    parameters : name → shared assumption, with its number in the file
    places : name of a quantity → way to it
    used : names of the shared assumptions that something uses
    """

    document: Document
    findings: list[Finding]
    parameters: Mapping[str, tuple[int, model.ParameterEntry]]
    places: dict[str, Path] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def quantity(self, number: Number, path: Path, name: str, unit: str, source: str) -> Quantity | None:
        """The number in the unit of its field; None, with findings, where it cannot be one.

        Parameters
        ----------
        unit : the one that is calculated with; a share may also be written in percent
        source : of the lever, where the number names none
        """
        if number.parameter is not None:
            return self._shared(number, path, unit)
        place = self.document.place(path)
        if number.described is None:
            self.findings.append(said.number_unclear(place))
            return None
        kind, figures = number.described
        if faults := distributions.check(kind, figures, place=place):
            self.findings += faults
            return None
        made = self._in_unit(distributions.KINDS[kind](**figures), number.unit, unit, place)
        if made is None:
            return None
        self.places[name] = path
        return Quantity(
            name, made, unit, number.source or source,
            group=number.group, correlation=number.correlation, shared=number.shared,
        )  # fmt: skip

    def _shared(self, number: Number, path: Path, unit: str) -> Quantity | None:
        name = number.parameter or ""
        place = self.document.place(path)
        if number.described is not None:
            self.findings.append(said.number_unclear(place))
            return None
        if name not in self.parameters:
            self.findings.append(said.unknown_parameter(place, name, self.parameters))
            return None
        self.used.add(name)
        _at, entry = self.parameters[name]
        if entry.described is None or distributions.check(*entry.described, place=place):
            return None  # said where the parameter stands
        kind, figures = entry.described
        made = self._in_unit(distributions.KINDS[kind](**figures), entry.unit, unit, place)
        if made is None:
            return None
        self.places.setdefault(name, path)
        return Quantity(
            name, made, unit, entry.source, group=entry.group, correlation=entry.correlation, shared=entry.shared
        )

    def _in_unit(self, made: Distribution, given: str | None, unit: str, place: str) -> Distribution | None:
        if unit == SHARE and given is None and _may_be_percent(made):
            self.findings.append(said.share_ambiguous(place, made.central))
            return None
        if unit == SHARE and given is not None and normal(given) == PERCENT:
            return _hundredth(made)
        if given is not None and normal(given) != normal(unit):
            self.findings.append(said.unit_unexpected(place, given, (SHARE, PERCENT) if unit == SHARE else (unit,)))
            return None
        return made


def normal(unit: str) -> str:
    """A unit in the spelling in which units are compared.

    >>> normal("t CO₂e / ha / år") == normal("t CO2e/ha/yr")
    True
    """
    parts = (" ".join(part.split()).lower() for part in unit.split("/"))
    return "/".join(WORDS.get(part, part) for part in parts)


def per_piece(amount: str, unit: str) -> str:
    """The unit of what one piece is worth a year; a piece that is itself counted by the year says so once.

    >>> per_piece("t CO2e", "ha"), per_piece("t CO2e", "head/yr")
    ('t CO2e/ha/yr', 't CO2e/head')
    """
    if normal(unit).endswith("/yr"):
        return f"{amount}/{unit.rpartition('/')[0].strip()}"
    return f"{amount}/{unit}/yr"


def lever_of(entry: model.LeverEntry, numbers: Numbers, path: Path, name: str) -> Lever | None:
    """A lever of the domain; None, with findings, where one of its numbers cannot be used.

    Parameters
    ----------
    name : of the action and the lever, as in ``"a07.1"``
    """
    if isinstance(entry, model.RelativeLever):
        return _relative(entry, numbers, path, name)
    if isinstance(entry, model.ShiftLever):
        return _shift(entry, numbers, path, name)
    if isinstance(entry, model.UnitsLever):
        return _units(entry, numbers, path, name)
    if isinstance(entry, model.PlantingLever):
        return _planting(entry, numbers, path, name)
    tonnes = numbers.quantity(entry.tonnes, (*path, "tonnes"), f"{name}.tonnes", "t CO2e/yr", entry.source)
    if tonnes is None:
        return None
    return FixedTonnes(Kind(entry.kind), entry.stream, tonnes, entry.reason, ramp_of(entry.ramp))


def ramp_of(entry: model.RampEntry) -> Ramp:
    return Ramp(entry.shape, entry.start, entry.end, entry.until, entry.table)


def _relative(entry: model.RelativeLever, numbers: Numbers, path: Path, name: str) -> Lever | None:
    level = (entry.before, entry.after, entry.unit)
    by_share = entry.share is not None
    if by_share == all(each is not None for each in level) or (by_share and any(each is not None for each in level)):
        numbers.findings.append(said.size_unclear(numbers.document.place((*path, "share"))))
        return None
    size: Quantity | Change | None = None
    if entry.share is not None:
        size = numbers.quantity(entry.share, (*path, "share"), f"{name}.share", SHARE, entry.source)
    elif entry.before is not None and entry.after is not None and entry.unit is not None:
        after = numbers.quantity(entry.after, (*path, "after"), f"{name}.after", entry.unit, entry.source)
        size = None if after is None else Change(entry.before, after)
    if size is None:
        return None
    kind = Kind(entry.kind)
    return Relative(kind, entry.stream, SIDE_OF[kind], size, ramp_of(entry.ramp), entry.gases)


def _shift(entry: model.ShiftLever, numbers: Numbers, path: Path, name: str) -> Lever | None:
    share = numbers.quantity(entry.share, (*path, "share"), f"{name}.share", SHARE, entry.source)
    ratio = None
    if entry.energy_ratio is not None:
        ratio = numbers.quantity(
            entry.energy_ratio, (*path, "energy_ratio"), f"{name}.energy_ratio", "TJ/TJ", entry.source
        )
        if ratio is None:
            return None
    if share is None:
        return None
    return Shift(Kind(entry.kind), entry.stream, share, ramp_of(entry.ramp), entry.target, ratio)


def _units(entry: model.UnitsLever, numbers: Numbers, path: Path, name: str) -> Lever | None:
    kind = Kind(entry.kind)
    wanted = COUNTED_IN.get(kind, ())
    if wanted and normal(entry.unit) not in {normal(unit) for unit in wanted}:
        numbers.findings.append(said.unit_unexpected(numbers.document.place((*path, "unit")), entry.unit, wanted))
        return None
    amount = numbers.quantity(entry.amount, (*path, "amount"), f"{name}.amount", entry.unit, entry.source)
    effects = [
        numbers.quantity(
            each.per_unit, (*path, "effects", at, "per_unit"), f"{name}.effect{at + 1}",
            per_piece("t CO2e", entry.unit), entry.source,
        )
        for at, each in enumerate(entry.effects)
    ]  # fmt: skip
    burdens = [
        numbers.quantity(
            each.per_unit, (*path, "burdens", at, "per_unit"), f"{name}.burden{at + 1}",
            per_piece("TJ" if each.energy else "t CO2e", entry.unit), entry.source,
        )
        for at, each in enumerate(entry.burdens)
    ]  # fmt: skip
    if amount is None or None in effects or None in burdens:
        return None
    return Units(
        kind,
        amount,
        tuple(Effect(each.stream, size, each.gas) for each, size in zip(entry.effects, effects, strict=True) if size),
        ramp_of(entry.ramp),
        tuple(
            Burden(each.stream, size, each.gas, each.energy)
            for each, size in zip(entry.burdens, burdens, strict=True)
            if size
        ),
    )


def _planting(entry: model.PlantingLever, numbers: Numbers, path: Path, name: str) -> Lever | None:
    hectares = numbers.quantity(entry.hectares, (*path, "hectares"), f"{name}.hectares", "ha", entry.source)
    scale: Quantity | None = Quantity(f"{name}.scale", Fixed(1.0), "factor", entry.source)
    if entry.scale is not None:
        scale = numbers.quantity(entry.scale, (*path, "scale"), f"{name}.scale", "factor", entry.source)
    if hectares is None or scale is None:
        return None
    return Planting(Kind(entry.kind), entry.stream, hectares, entry.uptake, scale, ramp_of(entry.ramp))


def _may_be_percent(made: Distribution) -> bool:
    """Whether a share without a unit may be meant in percent: 1 is all of it, or one in a hundred."""
    figures = [figure for name, figure in vars(made).items() if name in SCALED and isinstance(figure, float)]
    return made.central >= 1.0 or any(figure > 1.0 for figure in figures)


def _hundredth(made: Distribution) -> Distribution:
    def scaled(name: str, figure: object) -> object:
        if name not in SCALED:
            return figure
        return tuple(each / 100.0 for each in figure) if isinstance(figure, tuple) else float(str(figure)) / 100.0

    return type(made)(**{name: scaled(name, figure) for name, figure in vars(made).items()})
