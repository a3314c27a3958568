"""Targets: what a municipality has decided to emit at most, for all sectors or some, in one year or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Protocol

from klimaplan.domain.errors import Finding, Text, UnknownCodeError, comma, raise_errors
from klimaplan.domain.inventory.account import Sector

Scope = tuple[Sector, ...]
"""The sectors a target speaks of, in the order of `Sector`."""

ALL_SECTORS: Scope = tuple(Sector)
ALL_BUT_AGRICULTURE: Scope = tuple(sector for sector in Sector if sector is not Sector.AGRICULTURE)
"""The other half of a target that treats agriculture by itself, as Tønder's does; its key is ``"other"``."""

LAST_YEAR = 2050
"""Net zero is due by 2050 at the latest; no target lies beyond it."""

LARGEST_REDUCTION_PCT = 200.0
"""More than twice the base year taken out again is a slip of the keyboard, not a target."""


@dataclass(frozen=True, slots=True)
class BaseYear:
    """What was emitted in the year a reduction is counted from.

    The account begins in 2018; an earlier year (1990) is input with a source of its own.

    Parameters
    ----------
    tonnes : t CO2e in `year`, for the sectors of the target that uses it
    source : where the figure stands
    """

    year: int
    tonnes: float
    source: str


@dataclass(frozen=True, slots=True)
class ReductionTarget:
    """At most (1 − reduction) of the base year.

    >>> hvidovre = ReductionTarget(2030, BaseYear(1990, 342_088.0, "climate plan 2022"), reduction_pct=80.0)
    >>> round(hvidovre.allowed, 1)
    68417.6
    """

    year: int
    base: BaseYear
    reduction_pct: float
    scope: Scope = ALL_SECTORS

    @property
    def allowed(self) -> float:
        """t CO2e."""
        return self.base.tonnes * (1.0 - self.reduction_pct / 100.0)


@dataclass(frozen=True, slots=True)
class LevelTarget:
    """At most a fixed level, e.g. net zero: ``LevelTarget(2050, 0.0)``."""

    year: int
    allowed: float
    scope: Scope = ALL_SECTORS


@dataclass(frozen=True, slots=True)
class IntensityTarget:
    """At most so many tonnes per inhabitant, with the population of the target year as stated input.

    >>> IntensityTarget(2030, tonnes_per_inhabitant=1.5, inhabitants=40_000.0).allowed
    60000.0
    """

    year: int
    tonnes_per_inhabitant: float
    inhabitants: float
    scope: Scope = ALL_SECTORS

    @property
    def allowed(self) -> float:
        """t CO2e."""
        return self.tonnes_per_inhabitant * self.inhabitants


Target = ReductionTarget | LevelTarget | IntensityTarget


class TargetRecord(Protocol):
    """A target as it is written down: a row of a table, with None where the plan is silent.

    `kind` is ``"reduction"``, ``"level"`` or ``"intensity"``; `sectors` is a key that `scope_of` reads; `level` is
    t CO2e, or t CO2e per inhabitant for an intensity.
    """

    @property
    def kind(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def sectors(self) -> str: ...
    @property
    def base_year(self) -> int | None: ...
    @property
    def base_tonnes(self) -> float | None: ...
    @property
    def reduction_pct(self) -> float | None: ...
    @property
    def level(self) -> float | None: ...
    @property
    def inhabitants(self) -> float | None: ...
    @property
    def source(self) -> str: ...


def target_of(record: TargetRecord) -> Target | None:
    """A written target as one to compute with; None where its plan names no tonnes to count from."""
    scope = scope_of(record.sectors)
    if record.kind == "level" and record.level is not None:
        return LevelTarget(record.year, record.level, scope)
    if record.kind == "intensity" and record.level is not None and record.inhabitants is not None:
        return IntensityTarget(record.year, record.level, record.inhabitants, scope)
    if record.base_year is not None and record.base_tonnes is not None and record.reduction_pct is not None:
        base = BaseYear(record.base_year, record.base_tonnes, record.source)
        return ReductionTarget(record.year, base, record.reduction_pct, scope)
    return None


def require_valid(targets: Sequence[Target], *, after: int) -> None:
    """Raise one `InputError` with every fault of a set of targets.

    Parameters
    ----------
    after : last observed year; a target lies ahead of it
    """
    findings = [_year_not_ahead(target.year, after) for target in targets if not after < target.year <= LAST_YEAR]
    for target in targets:
        if isinstance(target, ReductionTarget):
            findings.extend(_check_reduction(target))
    findings.extend(_check_overlap(targets))
    raise_errors(findings)


def allowed_by_year(targets: Iterable[Target]) -> dict[int, float]:
    """What all sectors together may emit, for the years whose targets cover every sector exactly once.

    >>> allowed_by_year([LevelTarget(2030, 10.0, (Sector.AGRICULTURE,)), LevelTarget(2030, 5.0, ALL_BUT_AGRICULTURE),
    ...                  LevelTarget(2040, 3.0, (Sector.ENERGY,))])
    {2030: 15.0}
    """
    by_year: dict[int, list[Target]] = {}
    for target in targets:
        by_year.setdefault(target.year, []).append(target)
    return {
        year: fsum(target.allowed for target in by_year[year])
        for year in sorted(by_year)
        if {sector for target in by_year[year] for sector in target.scope} == set(Sector)
    }


def common_base(targets: Iterable[Target]) -> BaseYear | None:
    """The base year of all sectors together, when the targets agree on one; None when they name none or several.

    Targets by sector count together: their base tonnes are added where they cover every sector and share the year.

    >>> farms = ReductionTarget(2030, BaseYear(1990, 60.0, "plan"), 55.0, (Sector.AGRICULTURE,))
    >>> others = ReductionTarget(2030, BaseYear(1990, 40.0, "plan"), 70.0, ALL_BUT_AGRICULTURE)
    >>> common_base([farms, others, LevelTarget(2050, 0.0)])
    BaseYear(year=1990, tonnes=100.0, source='plan')
    """
    by_year: dict[int, list[ReductionTarget]] = {}
    for target in targets:
        if isinstance(target, ReductionTarget):
            by_year.setdefault(target.year, []).append(target)
    bases = {
        BaseYear(rows[0].base.year, fsum(row.base.tonnes for row in rows), rows[0].base.source)
        for rows in by_year.values()
        if {sector for row in rows for sector in row.scope} == set(Sector) and len({row.base.year for row in rows}) == 1
    }
    return bases.pop() if len(bases) == 1 else None


def sectors_of(scope: Scope) -> str:
    """A scope as a stable key for files and the API: ``"total"``, ``"agriculture"``, ``"energy+waste"``.

    >>> sectors_of(ALL_SECTORS), sectors_of((Sector.AGRICULTURE,))
    ('total', 'agriculture')
    """
    return "total" if scope == ALL_SECTORS else "+".join(scope)


def scope_of(key: str) -> Scope:
    """The sectors behind a key: ``"total"``, ``"other"`` (all but agriculture), or sector codes joined by ``+``.

    >>> scope_of("waste+energy") == (Sector.ENERGY, Sector.WASTE)
    True
    >>> scope_of("farming")
    Traceback (most recent call last):
    klimaplan.domain.errors.UnknownCodeError: farming: There is no such sector. Use total, other, energy, ...
    """
    if key in _NAMED_SCOPES:
        return _NAMED_SCOPES[key]
    named = set(key.split("+"))
    if not named <= set(Sector):
        known = ", ".join((*_NAMED_SCOPES, *Sector))
        raise UnknownCodeError(Finding(
            "unknown-sector", key or "∅",
            Text("Sektoren findes ikke.", "There is no such sector."),
            Text("", ""),
            Text(f"Brug {known}, eller flere sektorer med + imellem.", f"Use {known}, or several sectors joined by +."),
        ))  # fmt: skip
    return tuple(sector for sector in Sector if sector in named)


_NAMED_SCOPES = {"total": ALL_SECTORS, "other": ALL_BUT_AGRICULTURE}


def _check_reduction(target: ReductionTarget) -> Iterable[Finding]:
    place = f"{target.year}={target.reduction_pct:g}@{target.base.year}"
    if not 0.0 < target.reduction_pct <= LARGEST_REDUCTION_PCT:
        yield Finding(
            "reduction-out-of-range", place,
            Text("Reduktionen skal ligge mellem 0 og 200 %.", "The reduction must lie between 0 and 200 %."),
            Text("", ""),
            Text("Skriv 70 for 70 %.", "Write 70 for 70 %."),
        )  # fmt: skip
    if target.base.tonnes <= 0.0:
        yield Finding(
            "base-year-not-positive", place,
            Text(f"Basisåret {target.base.year} er {comma(target.base.tonnes, '.1f')} t.",
                 f"The base year {target.base.year} is {target.base.tonnes:.1f} t."),
            Text("Procent af nul eller mindre har ingen mening.", "A percentage of zero or less has no meaning."),
            Text("Sæt et mål i ton i stedet.", "Set a target in tonnes instead."),
        )  # fmt: skip
    if target.base.year >= target.year:
        yield Finding(
            "base-year-after-target", place,
            Text("Basisåret ligger ikke før målåret.", "The base year does not lie before the target year."),
            Text("", ""),
            Text("Byt årene, eller vælg et tidligere basisår.", "Swap the years, or choose an earlier base year."),
        )  # fmt: skip


def _check_overlap(targets: Sequence[Target]) -> Iterable[Finding]:
    seen: set[tuple[int, Sector]] = set()
    for target in targets:
        for sector in target.scope:
            if (target.year, sector) in seen:
                yield Finding(
                    "targets-overlap", f"{target.year}/{sector}",
                    Text("To mål gælder for samme sektor og år.", "Two targets hold for the same sector and year."),
                    Text("", ""),
                    Text("Behold ét af dem.", "Keep one of them."),
                )  # fmt: skip
            seen.add((target.year, sector))


def _year_not_ahead(year: int, after: int) -> Finding:
    return Finding(
        "target-year-not-ahead", str(year),
        Text(f"Et målår skal ligge fra {after + 1} til {LAST_YEAR}.",
             f"A target year must lie between {after + 1} and {LAST_YEAR}."),
        Text("", ""),
        Text("Vælg et år, som regnskabet endnu ikke har nået, og senest 2050.",
             "Choose a year the account has not reached yet, 2050 at the latest."),
    )  # fmt: skip
