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
from klimaplan.sources.plan_files.numbers import Figures, Number

SHARE = "share"
PERCENT = "%"
SCALED = ("value", "low", "central", "high", "mean", "sd", "median", "values")
"""What changes with the unit; a spread is a factor, and probabilities are none."""

WORDS = {
    "år": "yr", "year": "yr", "andel": SHARE, "pct": PERCENT, "procent": PERCENT, "percent": PERCENT, "dyr": "head",
    "hektar": "ha", "hectare": "ha", "bil": "car", "biler": "car", "faktor": "factor", "ton": "t", "tonnes": "t",
    "t co₂e": "t co2e", "t co2": "t co2e", "t co₂": "t co2e", "ton co2e": "t co2e",
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

    def quantity(self, number: Number, path: Path, name: str, unit: str, source: str) -> Quantity:
        """The number in the unit of its field.

        Where it cannot be one, the findings say so, and a nought stands in for it: all else is checked all the same,
        and no plan comes of it.

        Parameters
        ----------
        unit : the one that is calculated with; a share may also be written in percent
        source : of the lever, where the number names none
        """
        place = self.document.place(path)
        figures: Figures = number
        given = number.unit
        if number.parameter is not None:
            found = self._parameter(number, number.parameter, place)
            if found is None:
                return _stand_in(name, unit)
            figures, given, name = found, found.unit, found.name
            unit = unit if unit == SHARE or normal(unit) != normal(given) else given  # one spelling for all its uses
        made = self._made(figures, given, unit, place, is_own=number.parameter is None)
        if made is None:
            return _stand_in(f"{place}!", unit)
        self.places.setdefault(name, path)
        return Quantity(
            name, made, unit, figures.source or source,
            group=figures.group, correlation=figures.correlation, shared=figures.shared,
        )  # fmt: skip

    def _parameter(self, number: Number, name: str, place: str) -> model.ParameterEntry | None:
        if number.described is not None:
            self.findings.append(said.number_unclear(place))
            return None
        if name not in self.parameters:
            self.findings.append(said.unknown_parameter(place, name, self.parameters))
            return None
        self.used.add(name)
        _at, entry = self.parameters[name]
        return entry

    def _made(
        self, figures: Figures, given: str | None, unit: str, place: str, *, is_own: bool
    ) -> Distribution | None:  # fmt: skip
        """The distribution; what is wrong with a shared assumption is said where that stands."""
        if figures.described is None:
            self.findings += [said.number_unclear(place)] if is_own else []
            return None
        kind, numbers = figures.described
        if faults := distributions.check(kind, numbers, place=place):
            self.findings += faults if is_own else ()
            return None
        return self._in_unit(distributions.KINDS[kind](**numbers), given, unit, place)

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


def lever_of(entry: model.LeverEntry, numbers: Numbers, path: Path, name: str) -> Lever:
    """A lever of the domain.

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
    return FixedTonnes(Kind(entry.kind), entry.stream, tonnes, entry.reason, ramp_of(entry.ramp))


def ramp_of(entry: model.RampEntry) -> Ramp:
    return Ramp(entry.shape, entry.start, entry.end, entry.until, entry.table)


def _relative(entry: model.RelativeLever, numbers: Numbers, path: Path, name: str) -> Lever:
    kind = Kind(entry.kind)
    return Relative(
        kind, entry.stream, SIDE_OF[kind], _size(entry, numbers, path, name), ramp_of(entry.ramp), entry.gases
    )


def _size(entry: model.RelativeLever, numbers: Numbers, path: Path, name: str) -> Quantity | Change:
    """A share, or from one level to another; exactly one of the two."""
    level = (entry.before, entry.after, entry.unit)
    if entry.share is not None and level == (None, None, None):
        return numbers.quantity(entry.share, (*path, "share"), f"{name}.share", SHARE, entry.source)
    if entry.share is None and entry.before is not None and entry.after is not None and entry.unit is not None:
        after = numbers.quantity(entry.after, (*path, "after"), f"{name}.after", entry.unit, entry.source)
        return Change(entry.before, after)
    numbers.findings.append(said.size_unclear(numbers.document.place((*path, "share"))))
    return _stand_in(f"{name}.share", SHARE)


def _shift(entry: model.ShiftLever, numbers: Numbers, path: Path, name: str) -> Lever:
    share = numbers.quantity(entry.share, (*path, "share"), f"{name}.share", SHARE, entry.source)
    ratio = None
    if entry.energy_ratio is not None:
        where = (*path, "energy_ratio")
        ratio = numbers.quantity(entry.energy_ratio, where, f"{name}.energy_ratio", "TJ/TJ", entry.source)
    return Shift(Kind(entry.kind), entry.stream, share, ramp_of(entry.ramp), entry.target, ratio)


def _units(entry: model.UnitsLever, numbers: Numbers, path: Path, name: str) -> Lever:
    kind, unit = Kind(entry.kind), entry.unit
    wanted = COUNTED_IN.get(kind, ())
    if wanted and normal(unit) not in {normal(each) for each in wanted}:
        numbers.findings.append(said.unit_unexpected(numbers.document.place((*path, "unit")), unit, wanted))
    amount = numbers.quantity(entry.amount, (*path, "amount"), f"{name}.amount", unit, entry.source)

    def per_unit(part: model.EffectEntry | model.BurdenEntry, section: str, at: int, of: str) -> Quantity:
        where = (*path, section, at, "per_unit")
        return numbers.quantity(
            part.per_unit, where, f"{name}.{section}.{at + 1}", per_piece(of, unit), entry.source
        )  # fmt: skip

    effects = tuple(
        Effect(each.stream, per_unit(each, "effects", at, "t CO2e"), each.gas) for at, each in enumerate(entry.effects)
    )
    burdens = tuple(
        Burden(each.stream, per_unit(each, "burdens", at, "TJ" if each.energy else "t CO2e"), each.gas, each.energy)
        for at, each in enumerate(entry.burdens)
    )
    return Units(kind, amount, effects, ramp_of(entry.ramp), burdens)


def _planting(entry: model.PlantingLever, numbers: Numbers, path: Path, name: str) -> Lever:
    hectares = numbers.quantity(entry.hectares, (*path, "hectares"), f"{name}.hectares", "ha", entry.source)
    scale = Quantity(f"{name}.scale", Fixed(1.0), "factor", entry.source or "–")
    if entry.scale is not None:
        scale = numbers.quantity(entry.scale, (*path, "scale"), f"{name}.scale", "factor", entry.source)
    return Planting(Kind(entry.kind), entry.stream, hectares, entry.uptake, scale, ramp_of(entry.ramp))


def _stand_in(name: str, unit: str) -> Quantity:
    """In place of a number that cannot be used; it fits every check and is never calculated with."""
    return Quantity(name, Fixed(0.0), unit, "–")


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
