"""Which edition of the account the answers are: the interface does not say it, so whoever asks must."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from klimaplan.domain.errors import InputError
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.sources.account import findings

FIRST_YEAR = 2018
"""The account begins here; earlier years were never published."""

GWP = "AR5"
"""The account weighs gases by AR5 in every edition so far; it is not delivered with the figures."""

LAG_YEARS = 2
"""The newest year is published in the spring of the second year after it."""

LONGEST_VERSION = 20


@dataclass(frozen=True, slots=True)
class Edition:
    """The publisher's method version and the day the figures were fetched.

    Raises
    ------
    InputError : the version is empty or could not be a version
    """

    version: str
    retrieved: date

    def __post_init__(self) -> None:
        shape = self.version.replace(".", "").replace("-", "")
        if not (shape.isascii() and shape.isalnum()) or len(self.version) > LONGEST_VERSION:
            raise InputError(findings.version_malformed(self.version))

    @property
    def source(self) -> str:
        """Key into the bibliography.

        >>> Edition("4.1", date(2026, 5, 18)).source
        'energy-account-4.1'
        """
        return f"energy-account-{self.version}"

    @property
    def name(self) -> str:
        """The edition as one word, for a folder.

        >>> Edition("4.1", date(2026, 5, 18)).name
        'energy-account-4.1-2026-05-18'
        """
        return f"{self.source}-{self.retrieved.isoformat()}"

    @property
    def last_possible_year(self) -> int:
        """A year is counted when it is over."""
        return self.retrieved.year - 1

    def years_published(self) -> range:
        """The years that may be published by then.

        >>> Edition("4.1", date(2026, 5, 18)).years_published()
        range(2018, 2025)
        """
        return range(FIRST_YEAR, self.retrieved.year - LAG_YEARS + 1)

    def provenance(self) -> Provenance:
        """Where the published figures come from."""
        return Provenance(self.source, self.version, Kind.OBSERVED, self.retrieved, GWP)

    def derived_population(self) -> Provenance:
        """Where the population comes from: the interface gives it only through the per-head figures."""
        return self.provenance().after(
            "published total over published per-head figure", kind=Kind.CALCULATED, method="per-head"
        )
