"""A measure of the library, and how it becomes an action: the municipality gives the amounts, the library the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from klimaplan.domain.actions.action import Action, Role
from klimaplan.domain.actions.lever import (
    FORM_OF,
    SIDE_OF,
    Burden,
    Effect,
    Kind,
    Lever,
    Planting,
    Quantity,
    Relative,
    Shift,
    Units,
)
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.errors import Finding, InputError, Text, UnknownCodeError, raise_errors
from klimaplan.domain.inventory.streams import Gas
from klimaplan.domain.uncertainty.distributions import Distribution, Fixed, Triangular

Given = float | Distribution | Quantity
"""An amount as the municipality gives it."""


class Grounds(StrEnum):
    """What a factor stands on."""

    CALCULATED = "calculated"
    ASSUMED = "assumed"


class Basis(StrEnum):
    """What the demonstration sizes an amount by; nobody else uses it."""

    SHARE = "share"
    OF_STREAM = "of-stream"
    PER_KM2 = "per-km2"


@dataclass(frozen=True, slots=True)
class Factor:
    """A number that is the same in the whole country.

    Parameters
    ----------
    code : also its name in every plan, so that all plans share one draw
    low, high : our own estimate of the range, whatever the grounds of the central value
    source : key into the bibliography
    """

    code: str
    name: Text
    unit: str
    low: float
    central: float
    high: float
    grounds: Grounds
    derivation: Text
    source: str

    @property
    def distribution(self) -> Distribution:
        return _between(self.low, self.central, self.high)

    @property
    def quantity(self) -> Quantity:
        return Quantity(self.code, self.distribution, self.unit, self.source, shared=True)


@dataclass(frozen=True, slots=True)
class Amount:
    """What the municipality must give.

    Parameters
    ----------
    code : its name in files, ``"hectares"``
    demo_low, demo_high : between which the demonstration sizes it, by `demo_basis`
    """

    code: str
    name: Text
    unit: str
    demo_basis: Basis
    demo_low: float
    demo_high: float


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a lever: an amount, a factor, or (both) an amount times a factor.

    Parameters
    ----------
    role : what it is in the lever: ``size``, ``share``, ``ratio``, ``amount``, ``effect``, ``burden``,
        ``burden-energy``, ``hectares`` or ``scale``
    stream : which it works on; empty where the lever as a whole has none
    """

    role: str
    stream: str
    gas: Gas | None
    amount: str
    factor: Factor | None


@dataclass(frozen=True, slots=True)
class LeverTemplate:
    """A lever without the amounts."""

    kind: Kind
    parts: tuple[Part, ...]

    def the(self, role: str) -> Part:
        return next(part for part in self.parts if part.role == role)

    def all(self, *roles: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.role in roles)


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to carry a measure out."""

    code: str
    title: Text
    amounts: tuple[Amount, ...]
    levers: tuple[LeverTemplate, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A template for actions.

    Parameters
    ----------
    slug : its name in files and addresses
    sector : ``energy``, ``transport``, ``agriculture`` or ``consumption``
    published_as : its name in the analysis of the 96 plans
    share_of_plans : the share of them that use it
    variants : empty for a measure without a computed effect in the territorial account
    no_effect : why there is none; empty texts where there is
    ramp_years : how long it takes, unless the plan says otherwise; 0 for a step
    uptake : t CO2 a hectare and year by age, for new forest
    """

    slug: str
    sector: str
    title: Text
    published_as: str
    share_of_plans: float
    roles: tuple[Role, ...]
    co_benefits: tuple[str, ...]
    indicator: str
    variants: tuple[Variant, ...]
    no_effect: Text
    ramp_shape: Shape
    ramp_years: int
    uptake: tuple[float, ...]
    source: str

    @property
    def has_effect(self) -> bool:
        return bool(self.variants)

    def variant(self, code: str = "") -> Variant:
        """The variant of that code, the first without one; `UnknownCodeError` names those there are."""
        for variant in self.variants:
            if code in ("", variant.code):
                return variant
        raise UnknownCodeError(_no_variant(self.slug, code, [variant.code for variant in self.variants]))

    def ramp(self, start: int) -> Ramp:
        """The usual ramp: nothing in place in `start`, all of it after the usual number of years."""
        if self.ramp_shape is Shape.STEP:
            return Ramp(Shape.STEP, start + 1)
        return Ramp(self.ramp_shape, start, start + self.ramp_years)

    def build(
        self,
        key: str,
        *,
        amounts: Mapping[str, Given] | None = None,
        ramp: Ramp | None = None,
        variant: str = "",
        source: str = "",
        streams: Mapping[str, str] | None = None,
        title: str = "",
        **details: Any,
    ) -> Action:
        """An action by this template.

        Parameters
        ----------
        amounts : amount → number, distribution or quantity; a quantity keeps its own name and source
        ramp : of all its levers; a measure without an effect needs none (`ramp` gives the usual one from a year on)
        source : where the amounts are from; a number without one is refused when the plan is checked
        streams : stream of the template → the municipality's own finer stream
        details : the other fields of `Action`; roles, co-benefits and indicator are those of the library unless given

        Raises
        ------
        InputError : an amount that is absent, unknown or cannot be multiplied; all of them at once
        UnknownCodeError : no such variant
        """
        given, other = dict(amounts or {}), dict(streams or {})
        usual = {"roles": self.roles, "co_benefits": self.co_benefits, "indicator": self.indicator}
        if not self.has_effect:
            raise_errors([*([_no_variant(self.slug, variant, [])] if variant else []), *_unknown(key, given, ())])
            return Action(key, title or self.title.da, (), self.slug, **{**usual, **details})
        chosen = self.variant(variant)
        wanted = [amount.code for amount in chosen.amounts]
        faults = [_absent(key, amount) for amount in chosen.amounts if amount.code not in given]
        raise_errors([*faults, *_unknown(key, given, wanted), *([] if ramp else [_no_ramp(key)])])
        if ramp is None:
            raise ValueError("refused above")
        builder = _Builder(key, chosen, given, source, ramp, self.uptake)
        levers = tuple(builder.lever(template, other) for template in chosen.levers)
        raise_errors(builder.faults)
        return Action(key, title or chosen.title.da, levers, self.slug, **{**usual, **details})


class _Builder:
    """Makes the levers of one action; a class for what they share."""

    def __init__(
        self, key: str, variant: Variant, given: Mapping[str, Given], source: str, ramp: Ramp,
        uptake: tuple[float, ...],
    ) -> None:  # fmt: skip
        self.faults: list[Finding] = []
        self._key, self._source, self._ramp, self._uptake = key, source, ramp, uptake
        self._amounts = {amount.code: self._given(amount, given[amount.code]) for amount in variant.amounts}

    def lever(self, template: LeverTemplate, other: Mapping[str, str]) -> Lever:
        def stream(part: Part) -> str:
            return other.get(part.stream, part.stream)

        kind, form = template.kind, FORM_OF[template.kind]
        if form is Relative:
            size = template.the("size")
            gases = None if size.gas is None else (size.gas,)
            return Relative(kind, stream(size), SIDE_OF[kind], self._number(size), self._ramp, gases)
        if form is Shift:
            share, ratios = template.the("share"), template.all("ratio")
            target = stream(ratios[0]) if ratios else None
            ratio = self._number(ratios[0]) if ratios else None
            return Shift(kind, stream(share), self._number(share), self._ramp, target, ratio)
        if form is Planting:
            hectares, scale = template.the("hectares"), template.the("scale")
            return Planting(
                kind, stream(hectares), self._number(hectares), self._uptake, self._number(scale), self._ramp
            )
        effects = tuple(Effect(stream(part), self._number(part), part.gas) for part in template.all("effect"))
        burdens = tuple(
            Burden(stream(part), self._number(part), part.gas, part.role == "burden-energy")
            for part in template.all("burden", "burden-energy")
        )
        return Units(kind, self._number(template.the("amount")), effects, self._ramp, burdens)

    def _given(self, amount: Amount, value: Given) -> Quantity:
        if isinstance(value, Quantity):
            return value
        shape = value if isinstance(value, Distribution) else Fixed(float(value))
        return Quantity(f"{self._key}.{amount.code}", shape, amount.unit, self._source)

    def _number(self, part: Part) -> Quantity:
        if part.factor is None:
            return self._amounts[part.amount]
        if not part.amount:
            return part.factor.quantity
        amount = self._amounts[part.amount]
        try:
            shape = times(amount.distribution, part.factor)
        except InputError:
            self.faults.append(_not_three_points(f"{self._key}/{part.amount}"))
            return amount
        # the factor is the same in the whole country: all its products take the same quantile of it
        both = f"{amount.source}; {part.factor.source}" if amount.source else ""
        return replace(amount, distribution=shape, source=both, group=part.factor.code, correlation=1.0, shared=True)


def times(share: Distribution, factor: Factor) -> Distribution:
    """A share times a factor, by their three points; `InputError` for a share that has no ends.

    >>> coverage = Factor("x", Text("", ""), "1", 0.5, 0.7, 0.8, Grounds.ASSUMED, Text("", ""), "made-up")
    >>> times(Fixed(0.5), coverage)
    Triangular(low=0.25, central=0.35, high=0.4)
    """
    ends = _ends(share)
    return _between(ends[0] * factor.low, share.central * factor.central, ends[1] * factor.high)


def _ends(share: Distribution) -> tuple[float, float]:
    if share.width_is_zero:
        return share.central, share.central
    low, high = getattr(share, "low", None), getattr(share, "high", None)
    if low is None or high is None:
        raise InputError(_not_three_points(share.kind))
    return float(low), float(high)


def _between(low: float, central: float, high: float) -> Distribution:
    return Fixed(central) if low == high else Triangular(low, central, high)


# -- what can be wrong -----------------------------------------------------------------------------------------------


def _unknown(key: str, given: Iterable[str], wanted: Iterable[str]) -> Iterator[Finding]:
    known = list(wanted)
    for code in given:
        if code not in known:
            close = get_close_matches(code, known, n=1) or known
            remedy = Text(f"Brug {', '.join(close)}.", f"Use {', '.join(close)}.")
            yield Finding(
                "amount-unknown", f"{key}/{code}",
                Text("Skabelonen har ingen sådan mængde.", "The template has no such amount."),
                Text("", ""),
                remedy if close else Text("Tag den ud; virkemidlet regnes ikke.", "Leave it out; nothing is computed."),
            )  # fmt: skip


def _absent(key: str, amount: Amount) -> Finding:
    return Finding(
        "amount-absent", f"{key}/{amount.code}",
        Text(f"Mængden mangler: {amount.name.da.lower()} ({amount.unit}).",
             f"The amount is absent: {amount.name.en.lower()} ({amount.unit})."),
        Text("Biblioteket gætter ikke på, hvor meget kommunen vil.",
             "The library does not guess how much the municipality means to do."),
        Text("Angiv den.", "Give it."),
    )  # fmt: skip


def _no_ramp(key: str) -> Finding:
    return Finding(
        "ramp-absent", key,
        Text("Tiltaget har ingen indfasning.", "The action has no ramp."),
        Text("Biblioteket kender dens form og længde, men ikke startåret.",
             "The library knows its form and length, but not the year it begins."),
        Text("Angiv start og slut.", "Give start and end."),
    )  # fmt: skip


def _no_variant(slug: str, code: str, known: list[str]) -> Finding:
    held = ", ".join(known)
    return Finding(
        "variant-unknown", f"{slug}/{code}",
        Text("Virkemidlet har ingen sådan variant.", "The measure has no such variant."),
        Text("", ""),
        Text(f"Brug en af {held}.", f"Use one of {held}.") if known
        else Text("Virkemidlet har ingen varianter.", "The measure has no variants."),
    )  # fmt: skip


def _not_three_points(place: str) -> Finding:
    return Finding(
        "share-without-ends", place,
        Text("Andelen har ingen laveste og højeste værdi.", "The share has no lowest and highest value."),
        Text("Den skal ganges med en faktor fra biblioteket, og det sker punkt for punkt.",
             "It is multiplied by a factor of the library, point by point."),
        Text("Angiv den som ét tal, eller som lav, midt og høj.",
             "Give it as one number, or as low, central and high."),
    )  # fmt: skip
