"""Why the account of one municipality changed between two years, sector by sector, in parts that add up exactly.

What is not known of a municipality is not guessed: with the account alone, the change is split into population, the
national development per inhabitant, and a local remainder. Method page: `decomposition`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Text, comma, raise_errors
from klimaplan.domain.inventory.account import Account, Sector
from klimaplan.domain.inventory.decomposition import decompose
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series

NOT_POSITIVE = Text(
    "Sektoren er nul eller negativ i et af årene, og så kan ændringen ikke deles op.",
    "The sector is zero or negative in one of the years, and then the change cannot be split.",
)
NATIONAL_NOT_POSITIVE = Text(
    "Landets tal for sektoren er nul eller negativt i et af årene, så udviklingen pr. indbygger siger ingenting.",
    "The national figure of the sector is zero or negative in one of the years, so its development says nothing.",
)


class Part(StrEnum):
    """What a change is put down to."""

    POPULATION = "population"
    NATIONAL_DEVELOPMENT = "national-development"
    """Per inhabitant, as in the whole country: intensity, factor and national policy together."""
    LOCAL_REMAINDER = "local-remainder"
    ACTIVITY = "activity"
    INTENSITY = "intensity"
    FACTOR = "factor"
    INTENSITY_AND_FACTOR = "intensity-and-factor"
    NATIONAL_POLICY = "national-policy"
    LOCAL_ACTION = "local-action"
    NOT_DECOMPOSED = "not-decomposed"


@dataclass(frozen=True)
class Detail:
    """What else is known of a sector of the municipality in both years.

    Parameters
    ----------
    activity : Series (year), e.g. heated area or kilometres, in any unit
    energy : Series (year), what the activity used; None leaves intensity and factor together
    factor : Series (year), emission per unit of energy, where that is known instead of the energy
    """

    activity: Series
    energy: Series | None = None
    factor: Series | None = None


@dataclass(frozen=True)
class Known:
    """A part known in tonnes from elsewhere: the effect of a national policy, or of local actions by indicators.

    Parameters
    ----------
    part : `Part.NATIONAL_POLICY` or `Part.LOCAL_ACTION`
    taken_from : the part in which it hides and from which it is taken, so that nothing counts twice
    change : sector → change from the first to the last year, t CO2e; a saving is negative
    place : where it was written, for findings
    """

    part: Part
    taken_from: Part
    change: Mapping[Sector, float]
    place: str = ""


@dataclass(frozen=True)
class Explanation:
    """A change and its parts, t CO2e.

    Parameters
    ----------
    parts : sector → part → effect; the effects of a sector add up to its change
    reasons : sector → why it is not decomposed
    """

    municipality: str
    first_year: int
    last_year: int
    change: Mapping[Sector, float]
    parts: Mapping[Sector, Mapping[Part, float]]
    reasons: Mapping[Sector, Text]
    provenance: Provenance

    def by_part(self) -> dict[Part, float]:
        """Effects summed over the sectors, in the order of `Part`; only parts that occur."""
        return {
            part: sum(effects[part] for effects in self.parts.values() if part in effects)
            for part in Part
            if any(part in effects for effects in self.parts.values())
        }

    @property
    def total(self) -> float:
        """Change of all sectors."""
        return sum(self.change.values())


def explain_change(
    account: Account,
    national: Mapping[Sector, Series],
    *,
    code: str,
    span: tuple[int, int],
    detail: Mapping[Sector, Detail] | None = None,
    known: Sequence[Known] = (),
    people: Series | None = None,
) -> Explanation:
    """Split the change of every sector of a municipality between two years of the account.

    without detail   E = P · (N / P_c) · (E / P) / (N / P_c)    population · national development · local remainder
    activity         E = P · (A / P) · (E / A)                  population · activity · intensity and factor
    with energy      E = P · (A / P) · (Q / A) · (E / Q)        population · activity · intensity · factor
    with factor      E = P · (A / P) · (E / (A · F)) · F        population · activity · intensity · factor

    with E emissions of a sector, P inhabitants, N national emissions of the sector, P_c inhabitants of the country
    (the sum of the account), A activity, Q energy, F emission per unit of energy.

    Parameters
    ----------
    national : sector → Series (year), t CO2e, the national inventory as the sector of the account follows it
    span : first and last year
    detail : sector → what else is known
    known : parts known in tonnes; in a sector that is not decomposed they are taken from its whole change
    people : Series (year), inhabitants as the municipality counts them; without it those of the account

    Raises
    ------
    CoverageError : an emission, a population or a national figure of the two years is missing
    InputError : a detail is negative, or a known part is taken from a part that its sector does not have
    """
    years = tuple(span)
    emissions = account.emissions.select(municipality=code).take(axes.YEAR, years)
    emissions.sum(axes.SECTOR)  # names every hole at once
    country = account.population.take(axes.YEAR, years).sum(axes.MUNICIPALITY)
    if people is None:
        people = account.population.select(municipality=code).take(axes.YEAR, years)
    detail = detail or {}
    raise_errors((*_check_people(people, code, years), *_check_detail(detail, years)))
    inhabitants = [people.at(year) for year in years]
    change: dict[Sector, float] = {}
    parts: dict[Sector, Levels] = {}
    reasons: dict[Sector, Text] = {}
    for sector in Sector:
        levels = [emissions.at(str(sector), year) for year in years]
        change[sector] = levels[1] - levels[0]
        split = _sector_split(levels, inhabitants, detail.get(sector), country, national[sector])
        if isinstance(split, Text):
            reasons[sector] = split
            parts[sector] = {Part.NOT_DECOMPOSED: change[sector]}
        else:
            parts[sector] = split
    _take_out(known, parts)
    explained = account.emissions.provenance.after(
        f"change {years[0]}–{years[1]} decomposed", kind=Kind.CALCULATED, method="decomposition"
    )
    return Explanation(code, years[0], years[1], change, parts, reasons, explained)


Levels = dict[Part, float]


def _sector_split(
    emissions: Sequence[float], people: Sequence[float], detail: Detail | None, country: Series, national: Series
) -> Levels | Text:
    """The parts of one sector, or why it has none; `country` is the inhabitants of the country in the two years."""
    years = country.axis(axes.YEAR).labels
    if min(emissions) <= 0.0:
        return NOT_POSITIVE
    if detail is not None:
        return _split(_with_detail(emissions, people, detail, years))
    nationwide = [national.at(year) for year in years]
    if min(nationwide) <= 0.0:
        return NATIONAL_NOT_POSITIVE
    per_head = [tonnes / country.at(year) for tonnes, year in zip(nationwide, years, strict=True)]
    return _split(_with_country(emissions, people, per_head))


def _take_out(known: Sequence[Known], parts: Mapping[Sector, Levels]) -> None:
    """Move what is known from the part where it hides to its own."""
    raise_errors(_check(known, parts))
    for each in known:
        for sector, tonnes in each.change.items():
            held = parts[sector]
            held[Part.NOT_DECOMPOSED if Part.NOT_DECOMPOSED in held else each.taken_from] -= tonnes
            held[each.part] = held.get(each.part, 0.0) + tonnes


def _with_country(emissions: Sequence[float], people: Sequence[float], per_head: Sequence[float]) -> list[Levels]:
    return [
        {Part.POPULATION: p, Part.NATIONAL_DEVELOPMENT: n, Part.LOCAL_REMAINDER: e / (p * n)}
        for e, p, n in zip(emissions, people, per_head, strict=True)
    ]


def _with_detail(
    emissions: Sequence[float], people: Sequence[float], detail: Detail, years: Sequence[Hashable]
) -> list[Levels]:
    found: list[Levels] = []
    for e, p, year in zip(emissions, people, years, strict=True):
        a = detail.activity.at(year)
        start = {Part.POPULATION: p, Part.ACTIVITY: a / p}
        if (f := _factor(detail, e, year)) is None:
            found.append({**start, Part.INTENSITY_AND_FACTOR: e / a})
        else:
            found.append({**start, Part.INTENSITY: e / (a * f), Part.FACTOR: f})
    return found


def _factor(detail: Detail, emission: float, year: Hashable) -> float | None:
    """Emission per unit of energy: as it is known, else by the energy; None where neither is."""
    if detail.factor is not None:
        return detail.factor.at(year)
    return None if detail.energy is None else emission / detail.energy.at(year)


def _split(levels: Sequence[Levels]) -> Levels:
    first, last = levels
    effects = decompose(
        {str(part): level for part, level in first.items()}, {str(part): level for part, level in last.items()}
    )
    return {Part(name): float(effect) for name, effect in effects.items()}


def _check_people(people: Series, code: str, years: Sequence[int]) -> Iterator[Finding]:
    for year in years:
        if people.at(year) <= 0.0:
            yield detail_not_positive(f"{code}/population/{year}", people.at(year))


def _check_detail(detail: Mapping[Sector, Detail], years: Sequence[int]) -> Iterator[Finding]:
    for sector, each in detail.items():
        for name, series in (("activity", each.activity), ("energy", each.energy), ("factor", each.factor)):
            for year in years:
                if series is not None and series.at(year) <= 0.0:
                    yield detail_not_positive(f"{sector}/{name}/{year}", series.at(year))


def _check(known: Sequence[Known], parts: Mapping[Sector, Mapping[Part, float]]) -> Iterator[Finding]:
    for each in known:
        if each.part not in KNOWN_PARTS:
            yield _not_a_known_part(each.part)
        for sector in each.change:
            if each.taken_from not in parts[sector] and Part.NOT_DECOMPOSED not in parts[sector]:
                yield _taken_from_nothing(each.place or f"{sector}/{each.part}", each.taken_from, tuple(parts[sector]))


KNOWN_PARTS = (Part.NATIONAL_POLICY, Part.LOCAL_ACTION)


def detail_not_positive(place: str, level: float) -> Finding:
    return Finding(
        "detail-not-positive", place,
        Text(f"Tallet er {comma(level, 'g')}, men skal være over nul.",
             f"The figure is {level:g}, but must be above zero."),
        Text("Udledningen i sektoren kan ikke skyldes en aktivitet, der ikke var der.",
             "The emission of the sector cannot come from an activity that was not there."),
        Text("Ret tallet, eller udelad det.", "Correct the figure, or leave it out."),
    )  # fmt: skip


def _not_a_known_part(part: Part) -> Finding:
    known = ", ".join(KNOWN_PARTS)
    return Finding(
        "part-not-known-in-tonnes", part,
        Text("Delen kan ikke oplyses i ton.", "The part cannot be given in tonnes."),
        Text("Den følger af de andre tal.", "It follows from the other figures."),
        Text(f"Brug en af {known}.", f"Use one of {known}."),
    )  # fmt: skip


def _taken_from_nothing(place: str, taken_from: Part, there: Sequence[Part]) -> Finding:
    held = ", ".join(there)
    return Finding(
        "taken-from-absent-part", place,
        Text(f"Sektoren har ingen del {taken_from}.", f"The sector has no part {taken_from}."),
        Text("Så ville effekten tælle to gange.", "So the effect would count twice."),
        Text(f"Tag den fra en af {held}.", f"Take it from one of {held}."),
    )  # fmt: skip
