"""Base years: the figures a reduction is counted from, stated by the municipality or read in the account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from klimaplan.domain import axes
from klimaplan.domain.errors import Finding, Severity, Text, comma
from klimaplan.domain.inventory.account import ROUNDING_T
from klimaplan.domain.pathway.target import BaseYear, ReductionTarget, Scope, Target, sectors_of
from klimaplan.domain.series import Series


@dataclass(frozen=True)
class BaseYears:
    """Where a municipality's base years come from; a stated figure goes before the account's.

    Parameters
    ----------
    stated : (year, scope) → what the municipality says it emitted, e.g. in 1990, before the account begins
    observed : Series (sector, year), t CO2e, the account of the municipality
    """

    stated: Mapping[tuple[int, Scope], BaseYear]
    observed: Series

    def find(self, year: int, scope: Scope) -> BaseYear | None:
        """The figure of a year; None where neither side has one. `CoverageError` if the account has a hole there."""
        return self.stated.get((year, scope)) or self._in_account(year, scope)

    def default_year(self, scope: Scope) -> int:
        """The year a target counts from when it names none: the earliest stated, else the account's first."""
        return min((year for year, stated in self.stated if stated == scope), default=self._years[0])

    def of_interest(self, target: Target) -> tuple[BaseYear, ...]:
        """The years a target is held against, in order: those stated, and the account's first and last."""
        stated = {year for year, scope in self.stated if scope == target.scope}
        found = (self.find(year, target.scope) for year in sorted({*stated, self._years[0], self._years[-1]}))
        return tuple(base for base in found if base is not None)

    def check(self) -> tuple[Finding, ...]:
        """Findings on stated figures: they lie in the past, and say so where the account says something else."""
        return tuple(finding for base, scope in self._by_scope() for finding in self._check_one(base, scope))

    def check_editions(self, targets: Iterable[Target]) -> tuple[Finding, ...]:
        """One finding per base year before the account that nothing stated within the account can be held against."""
        comparable = {scope for year, scope in self.stated if year in self._years}
        bases = {
            (target.base.year, target.scope): target.base
            for target in targets
            if isinstance(target, ReductionTarget)
            and target.base.year < self._years[0]
            and target.scope not in comparable
        }
        return tuple(
            _other_edition(f"{year}/{sectors_of(scope)}", base, self.observed.provenance.source, self._years[0])
            for (year, scope), base in bases.items()
        )

    @property
    def _years(self) -> tuple[int, ...]:
        return tuple(int(str(year)) for year in self.observed.axis(axes.YEAR).labels)

    def _in_account(self, year: int, scope: Scope) -> BaseYear | None:
        if year not in self._years:
            return None
        tonnes = self.observed.select(year=year).take(axes.SECTOR, scope).sum(axes.SECTOR).at()
        return BaseYear(year, tonnes, self.observed.provenance.source)

    def _by_scope(self) -> Iterator[tuple[BaseYear, Scope]]:
        return ((base, scope) for (_, scope), base in self.stated.items())

    def _check_one(self, base: BaseYear, scope: Scope) -> Iterator[Finding]:
        place = f"{base.year}/{sectors_of(scope)}"
        if base.year > self._years[-1]:
            yield _not_observed(place, self._years[-1])
        account = self._in_account(base.year, scope)
        if account is not None and abs(account.tonnes - base.tonnes) > ROUNDING_T:
            yield _differs(place, base, account)


def change_pct(base: BaseYear, later: BaseYear) -> float | None:
    """Change between two years in percent of the first; None where that is zero or less and has no percentage.

    >>> change_pct(BaseYear(1990, 342_088.0, "climate plan"), BaseYear(2018, 192_202.0, "climate plan"))
    -43.8...
    """
    return (later.tonnes / base.tonnes - 1.0) * 100.0 if base.tonnes > 0.0 else None


def _not_observed(place: str, last: int) -> Finding:
    return Finding(
        "base-year-not-observed", place,
        Text(f"Et basisår kan ikke ligge efter {last}.", f"A base year cannot lie after {last}."),
        Text("Så langt går regnskabet.", "That is how far the account goes."),
        Text("Vælg et tidligere år.", "Choose an earlier year."),
    )  # fmt: skip


def _other_edition(place: str, base: BaseYear, account: str, first: int) -> Finding:
    return Finding(
        "base-year-of-another-account", place,
        Text(f"Basisåret og årene fra {first} har hver sin kilde ({base.source}; {account}).",
             f"The base year and the years from {first} on have different sources ({base.source}; {account})."),
        Text(f"En ændring siden {base.year} kan rumme et metodespring.",
             f"A change since {base.year} may hold a break in method."),
        Text(f"Angiv også kildens tal for et år fra {first}, så forskellen kan ses.",
             f"Also give the source's own figure for a year from {first} on, so that the difference shows."),
        Severity.INFO,
    )  # fmt: skip


def _differs(place: str, base: BaseYear, account: BaseYear) -> Finding:
    return Finding(
        "base-differs-from-account", place,
        Text(f"Angivet {comma(base.tonnes, '.1f')} t, "
             f"men regnskabet ({account.source}) siger {comma(account.tonnes, '.1f')} t.",
             f"Stated as {base.tonnes:.1f} t, but the account ({account.source}) says {account.tonnes:.1f} t."),
        Text("Det angivne tal er brugt; de øvrige år følger regnskabet, så udviklingen kan rumme et metodespring.",
             "The stated figure is used; other years follow the account, so a change may hold a break in method."),
        Text("Udelad tallet for at regne med regnskabet alene.", "Leave it out to count with the account alone."),
        Severity.WARNING,
    )  # fmt: skip
