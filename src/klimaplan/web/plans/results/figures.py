"""What a plan comes to, as plain numbers for pages and other machines."""

from __future__ import annotations

from dataclasses import dataclass

from klimaplan.domain.errors import Finding, Severity, Text

TOTAL = "total"

ByName = dict[str, tuple[float, ...]]
"""Name → t CO2e, year by year."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """A stream that still emits, or takes up, in the last year; t CO2e."""

    stream: str
    name: Text
    tonnes: float
    baseline: float
    reason: str
    solver: Text
    estimated: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The result of a plan at the central values of its assumptions.

    Parameters
    ----------
    digest : of what was computed with; the same digest and account give the same figures
    account : digest of the snapshot of the account; empty where there is none yet
    years : of every series here
    baseline, pathway : sector or ``total`` → t CO2e; empty where errors stand in the way
    effects : action → t CO2e, negative where it lessens emissions; they add up to pathway minus baseline
    overlap : what the actions would do one by one, less what they do together
    target_path, manko : of all sectors, over `target_years`; empty without targets for all sectors
    allowed : target year → t CO2e of all sectors
    residual_year, emitted, taken_up, remaining : what is left in the last year
    findings : everything there is to say of the plan, errors too
    """

    digest: str
    account: str
    findings: tuple[Finding, ...]
    years: tuple[int, ...] = ()
    baseline: ByName | None = None
    pathway: ByName | None = None
    effects: ByName | None = None
    overlap: tuple[float, ...] = ()
    target_years: tuple[int, ...] = ()
    target_path: tuple[float, ...] = ()
    manko: tuple[float, ...] = ()
    allowed: dict[int, float] | None = None
    residual_year: int | None = None
    emitted: float | None = None
    taken_up: float | None = None
    remaining: tuple[Remaining, ...] = ()

    @property
    def computed(self) -> bool:
        return self.pathway is not None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    def pathway_in(self, year: int, sector: str = TOTAL) -> float | None:
        """t CO2e with the plan; None where it was not computed or the year lies outside."""
        return self._at(self.pathway, sector, year)

    def effect_in(self, action: str, year: int) -> float | None:
        return self._at(self.effects, action, year)

    def manko_in(self, year: int) -> float | None:
        return self.manko[self.target_years.index(year)] if year in self.target_years else None

    def _at(self, table: ByName | None, name: str, year: int) -> float | None:
        if table is None or name not in table or year not in self.years:
            return None
        return table[name][self.years.index(year)]
