"""Invented plans for all municipalities, so that every part of the system has realistic volume. All of it is Demo.

The same seed gives the same plans, and the plan of one municipality does not depend on which others are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from klimaplan.domain import axes
from klimaplan.domain.actions.action import Action, Decision, KnownEffect, Progress, Resources
from klimaplan.domain.actions.apply import Setting
from klimaplan.domain.actions.ramp import Ramp, Shape
from klimaplan.domain.geography import Municipality
from klimaplan.domain.inventory.streams import Gas
from klimaplan.domain.pathway.target import (
    ALL_SECTORS,
    BaseYear,
    LevelTarget,
    ReductionTarget,
    Target,
    target_of,
)
from klimaplan.domain.plan import Outlook, Plan, set_out
from klimaplan.reference.geography import municipalities
from klimaplan.reference.library_tables import measures
from klimaplan.reference.measures import Amount, Basis, Measure, Part, Variant
from klimaplan.reference.projections import national_projection
from klimaplan.reference.published import municipal_targets, type_averages
from klimaplan.reference.stream_tables import national_streams
from klimaplan.reference.supply_tables import supply_factors

SOURCE = "klimaplan-demo"
FEWEST, MOST = 40, 100
BASE_YEAR, FIRST_TARGET, INTERIM, LAST = 1990, 2030, 2040, 2050
TODAY = 2026
"""The year the plans are written in: what began before it is under way or done."""

MOST_OF_STOCK = 0.95
"""What all pieces taken from a stream may come to together, with every factor at its high end."""

VARIANT_CHANCE = 0.8
"""How often a plan that has a measure also has each of its variants."""

LARGE_SHARE = 0.1
"""A stream with more than this part of all that is emitted in the last year is a large one."""

SOON_CHANCE = 0.1
"""How often the first piece of a measure is carried out already."""

PRICE_YEAR = 2025
INVENTED_DKK_PER_TONNE = (500.0, 8000.0)
"""Between which the invented investments lie, for each tonne a year at full size."""

BEGINNINGS = (
    "Prøve", "Eksempel", "Opdigt", "Tænke", "Skitse", "Model", "Kladde", "Fantasi", "Papir", "Attrap", "Mønster",
    "Pladsholder",
)  # fmt: skip
ENDINGS = ("lev", "strup", "by", "rup", "lund", "skov", "holm", "ager")
OWNERS = {
    "energy": ("Plan og Byg", "Klima og Bæredygtighed", "Ejendomme"),
    "transport": ("Vej og Trafik", "Klima og Bæredygtighed", "Indkøb og Logistik"),
    "agriculture": ("Natur og Vand", "Plan og Byg", "Klima og Bæredygtighed"),
    "consumption": ("Indkøb og Logistik", "Affald og Genbrug", "Børn og Kultur"),
}

Budget = dict[tuple[str, Gas | None], float]
"""(stream, gas) → what of it is still free to be taken piece by piece."""


@dataclass(frozen=True, slots=True)
class _Choice:
    """A variant that a plan has, how far it goes, and in how many pieces it is written down."""

    measure: Measure
    variant: Variant | None
    pieces: int


@dataclass(frozen=True, slots=True)
class Filled:
    """How the template of an action was filled in: what the action says, before the library made levers of it."""

    variant: str
    amounts: Mapping[str, float]
    ramp: Ramp


def plans(outlook: Outlook, seed: int, *, codes: Iterable[str] | None = None) -> Iterator[Plan]:
    """A plan for every municipality, in the order of the account; lazily, one at a time.

    Parameters
    ----------
    codes : only these; their plans are the same as among all
    """
    return (plan for plan, _ in filled_plans(outlook, seed, codes=codes))


def filled_plans(
    outlook: Outlook, seed: int, *, codes: Iterable[str] | None = None
) -> Iterator[tuple[Plan, Mapping[str, Filled]]]:
    """The same plans, each with action → how its template was filled in, to write them down as a person would."""
    national = national_streams()
    supply = supply_factors("kf25", outlook.baseline.emissions.axis(axes.YEAR))
    known = {each.code: each for each in municipalities()}
    for code in outlook.account.codes if codes is None else codes:
        setting = set_out(outlook, national, code, supply=supply)
        author = _Author(known[code], setting, seed)
        plan = Plan(
            code=code,
            title=f"Demo: klimaplan for {known[code].name}",
            actions=tuple(author.actions()),
            targets=targets(outlook, known[code]),
            setting=setting,
            demo=True,
        )
        yield plan, author.filled


def base_year(outlook: Outlook, code: str) -> BaseYear:
    """What the municipality may have emitted in 1990: an estimate, and marked as one.

    E(1990) = Σ_s E_s(last) · N_s(1990) / N_s(last); a sector that is zero or less is held.
    """
    projection, last = national_projection(), outlook.account.last_year
    tonnes = 0.0
    for sector, followed in projection.mapping.items():
        now = outlook.account.emissions.at(code, str(sector), last)
        then, after = (
            sum(projection.emissions[name].at(year) for name in followed.national_sectors) for year in (BASE_YEAR, last)
        )
        tonnes += now * then / after if now > 0.0 else now
    return BaseYear(BASE_YEAR, tonnes, SOURCE)


def targets(outlook: Outlook, municipality: Municipality) -> tuple[Target, ...]:
    """The published targets for all sectors where there are some, the average of the type for 2030, and half of the
    rest by 2040.

    Where more is taken up than is emitted, percent has no meaning; such a municipality is to stay where it is.
    """
    code = municipality.code
    published = {
        target.year: target
        for record in municipal_targets()
        if record.municipality == code and (target := target_of(record)) is not None and target.scope == ALL_SECTORS
    }
    if FIRST_TARGET not in published:
        base, stands = base_year(outlook, code), _stands(outlook, code)
        if base.tonnes > 0.0 and stands > 0.0:
            [average] = [each for each in type_averages() if each.type == municipality.type]
            published[FIRST_TARGET] = ReductionTarget(FIRST_TARGET, base, average.reduction_pct)
        else:
            published = {FIRST_TARGET: LevelTarget(FIRST_TARGET, stands), LAST: LevelTarget(LAST, stands)}
    published.setdefault(LAST, LevelTarget(LAST, 0.0))
    between = (published[FIRST_TARGET].allowed + published[LAST].allowed) / 2.0
    published.setdefault(INTERIM, LevelTarget(INTERIM, between))
    return tuple(published[year] for year in sorted(published))


def _stands(outlook: Outlook, code: str) -> float:
    return outlook.account.published_total.at(code, outlook.account.last_year)


class _Author:
    """Writes the plan of one municipality; a class for the chance and the budgets its actions share."""

    def __init__(self, municipality: Municipality, setting: Setting, seed: int) -> None:
        self._municipality = municipality
        self._rng = np.random.default_rng(np.random.SeedSequence([seed, int(municipality.code)]))
        table = setting.table
        self._base = {stream.key: row for stream, row in zip(table.streams, table.emissions.values, strict=True)}
        self._first = int(str(table.emissions.axis(axes.YEAR).labels[0]))
        self._free: Budget = {(key, gas): MOST_OF_STOCK for key in self._base for gas in Gas}
        last = {key: float(row[:, -1].sum()) for key, row in self._base.items()}
        together = sum(max(tonnes, 0.0) for tonnes in last.values())
        self._large = {key for key, tonnes in last.items() if tonnes > LARGE_SHARE * together}
        self.filled: dict[str, Filled] = {}
        self._places = [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]

    def actions(self) -> Iterator[Action]:
        for choice in self._choices():
            if choice.variant is None:
                for _ in range(choice.pieces):
                    yield self._write(choice.measure, None, {}, 0)
                continue
            for number, amounts in enumerate(self._sizes(choice.variant, choice.pieces)):
                yield self._write(choice.measure, choice.variant, amounts, number)

    # -- what the plan has -------------------------------------------------------------------------------------------

    def _choices(self) -> Iterator[_Choice]:
        """Measures by how many plans have them; more pieces of them until the plan is as long as it shall be."""
        chosen = [
            (measure, variant)
            for measure in measures()
            if self._rng.random() < self._chance(measure)
            for variant in self._variants(measure)
        ]
        weights = np.array([measure.share_of_plans for measure, _ in chosen])
        extra = max(int(self._rng.integers(FEWEST, MOST + 1)) - len(chosen), 0)
        pieces = 1 + self._rng.multinomial(extra, weights / weights.sum())
        for (measure, variant), number in zip(chosen[:MOST], pieces, strict=False):
            yield _Choice(measure, variant, int(number))

    def _chance(self, measure: Measure) -> float:
        """The share of plans that have it; its square root where it meets a stream that is large here in the end."""
        met = {part.stream for variant in measure.variants for part in _cuts(variant)}
        return float(np.sqrt(measure.share_of_plans)) if met & self._large else measure.share_of_plans

    def _variants(self, measure: Measure) -> list[Variant | None]:
        if not measure.has_effect:
            return [None]
        return [
            variant
            for variant in measure.variants
            if self._rng.random() < VARIANT_CHANCE and all(map(self._is_there, _cuts(variant)))
        ]

    def _is_there(self, part: Part) -> bool:
        """Whether the municipality has something for a part of a lever to take."""
        row = self._base.get(part.stream)
        if row is None:
            return False
        if part.role == "hectares":
            return True
        first = row[:, 0] if part.gas is None else row[list(Gas).index(part.gas), :1]
        return bool((row >= 0.0).all() and first.sum() > 0.0)

    # -- how much ----------------------------------------------------------------------------------------------------

    def _sizes(self, variant: Variant, pieces: int) -> Iterator[Mapping[str, float]]:
        """The amounts of each piece; together they come to what was drawn for the whole."""
        [amount] = variant.amounts
        ambition = float(self._rng.uniform(amount.demo_low, amount.demo_high))
        for part in self._rng.dirichlet(np.full(pieces, 4.0)):
            yield {amount.code: _rounded(self._size(variant, amount, ambition * float(part)))}

    def _size(self, variant: Variant, amount: Amount, wanted: float) -> float:
        if amount.demo_basis is Basis.SHARE:
            return wanted
        if amount.demo_basis is Basis.PER_KM2:
            return wanted * self._municipality.area_km2
        effects = [part for part in _cuts(variant) if part.factor is not None]
        # by the share of the stream that one piece takes, most of all at the high end
        central, high = (max(self._taken(part, end) for part in effects) for end in ("central", "high"))
        free = min(self._free[part.stream, gas] for part in effects for gas in _gases(part))
        size = min(wanted / central, max(free, 0.0) / high)
        for part in effects:
            for gas in _gases(part):
                self._free[part.stream, gas] -= size * self._taken(part, "high")
        return size

    def _taken(self, part: Part, end: str) -> float:
        row = self._base[part.stream][:, 0]
        there = row.sum() if part.gas is None else row[list(Gas).index(part.gas)]
        return float(getattr(part.factor, end) / there)

    # -- one action --------------------------------------------------------------------------------------------------

    def _write(self, measure: Measure, variant: Variant | None, amounts: Mapping[str, float], number: int) -> Action:
        key, code = f"a{len(self.filled) + 1:03d}", variant.code if variant else ""
        ramp = self._ramp(measure, number)
        self.filled[key] = Filled(code, amounts, ramp)
        start, end = _span(ramp)
        progress = self._progress(start, end)
        name = (variant.title if variant else measure.title).da
        return measure.build(
            key,
            amounts=amounts,
            ramp=ramp,
            variant=code,
            source=SOURCE,
            title=f"{name}, {self._pick(self._places)}",
            description="Opdigtet tiltag i demonstrationen.",
            owner=self._pick(OWNERS[measure.sector]),
            decision=self._decision(progress, start),
            progress=progress,
            resources=self._resources(variant, amounts),
            known=self._known(variant, amounts, ramp, progress),
        )

    def _ramp(self, measure: Measure, number: int) -> Ramp:
        """Most begin soon; further pieces of the same begin later."""
        start = min(self._first + int(self._rng.integers(0, 5)) + 2 * min(number, 6), LAST - 12)
        if measure.ramp_shape is Shape.STEP:
            return Ramp(Shape.STEP, start + 1 + int(self._rng.integers(1, 5)))
        length = max(round(measure.ramp_years * float(self._rng.uniform(0.7, 1.2))), 2)
        if number == 0 and self._rng.random() < SOON_CHANCE:
            start, length = self._first, TODAY - 1 - self._first
        return Ramp(measure.ramp_shape, start, min(start + length, LAST))

    def _progress(self, start: int, end: int) -> Progress:
        chance = float(self._rng.random())
        if end < TODAY:
            return Progress.DONE
        if start < TODAY:
            return Progress.UNDER_WAY if chance < 0.7 else Progress.DECIDED
        return Progress.DECIDED if chance < 0.4 else Progress.IDEA

    def _decision(self, progress: Progress, start: int) -> Decision:
        month, day = int(self._rng.integers(1, 13)), int(self._rng.integers(1, 29))
        if progress is Progress.IDEA:
            return Decision()
        return Decision("Kommunalbestyrelsen (Demo)", date(min(start, TODAY - 1), month, day), "Opdigtet sag (Demo)")

    def _resources(self, variant: Variant | None, amounts: Mapping[str, float]) -> Resources:
        known, dear, years, staff = self._rng.random(4)
        if known > 0.45 or variant is None:
            return Resources()
        low, high = INVENTED_DKK_PER_TONNE
        capex = self._tonnes(variant, amounts) * (low + (high - low) * float(dear))
        return Resources(
            price_year=PRICE_YEAR,
            capex_dkk=float(round(capex, -4)),
            opex_dkk=float(round(0.02 * capex, -3)),
            lifetime_years=int(10 + 20 * years),
            staff_fte=round(0.1 + float(staff), 1),
        )

    def _tonnes(self, variant: Variant, amounts: Mapping[str, float]) -> float:
        """About what it takes a year at full size, as something to size the invented costs by."""
        [amount] = variant.amounts
        size = amounts[amount.code]
        if amount.demo_basis is Basis.SHARE:
            return size * sum(abs(float(self._base[part.stream][:, 0].sum())) for part in _cuts(variant))
        if amount.demo_basis is Basis.PER_KM2:
            return 10.0 * size
        return size * sum(part.factor.central for part in _cuts(variant) if part.factor is not None)

    def _known(
        self, variant: Variant | None, amounts: Mapping[str, float], ramp: Ramp, progress: Progress
    ) -> KnownEffect:
        """What is in place of an action that has begun: somewhat less or more than the plan says."""
        pace = float(self._rng.uniform(0.6, 1.1))
        if variant is None or progress not in (Progress.UNDER_WAY, Progress.DONE):
            return KnownEffect()
        [amount] = variant.amounts
        years = range(self._first + 1, TODAY)
        in_place = min(pace, 1.0) if progress is Progress.DONE else pace
        shares = ramp.shares(years)
        implemented = {
            year: _rounded(amounts[amount.code] * in_place * float(share))
            for year, share in zip(years, shares, strict=True)
        }
        return KnownEffect(implemented_activity=implemented, activity_unit=amount.unit)

    def _pick(self, from_these: Iterable[str]) -> str:
        held = tuple(from_these)
        return held[int(self._rng.integers(len(held)))]


def _cuts(variant: Variant) -> tuple[Part, ...]:
    """The parts of its levers that take something from a stream, or plant on it."""
    return tuple(part for lever in variant.levers for part in lever.all("size", "share", "effect", "hectares"))


def _gases(part: Part) -> tuple[Gas, ...]:
    return tuple(Gas) if part.gas is None else (part.gas,)


def _span(ramp: Ramp) -> tuple[int, int]:
    if ramp.start is None:
        raise ValueError("the ramps of the demonstration have a start")
    return ramp.start, ramp.start if ramp.end is None else ramp.end


def _rounded(value: float) -> float:
    """Three digits, as people write an amount; downwards, so that no budget is overdrawn."""
    if value <= 0.0:
        return 0.0
    step = 10.0 ** (np.floor(np.log10(value)) - 2)
    return float(round(float(np.floor(value / step) * step), 9))
