"""What a page shows and the API answers about one subject: one shape for the roll-up, the pages and the API.

All amounts are t CO2e unless the name says otherwise. A missing value is null and stands in `missing` with its
notation key. Keys of sector tables are the sector codes and ``total``.
"""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

Values = dict[str, list[float | None]]
"""Sector code or ``total`` → one value per year."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(Frozen):
    da: str
    en: str


class Explanation(Frozen):
    """Where a number comes from; `method` is the slug of its method page."""

    source: str
    version: str
    kind: str
    retrieved: date | None
    gwp: str | None
    method: str | None
    steps: list[str]


class MissingFigure(Frozen):
    sector: str
    year: int
    notation: str


class AccountTable(Frozen):
    """The published account; `per_head` is t CO2e per inhabitant, quotients of sums."""

    years: list[int]
    emissions: Values
    per_head: Values
    population: list[float | None]
    missing: list[MissingFigure]
    explanation: Explanation
    population_explanation: Explanation


class BaselineTable(Frozen):
    """The baseline, without and with the local population driver; `rules` is empty for groups."""

    years: list[int]
    emissions: Values
    emissions_with_population: Values
    rules: dict[str, str]
    explanation: Explanation


class ForecastTable(Frozen):
    """The trends of the account by method: totals over sectors."""

    years: list[int]
    total: dict[str, list[float | None]]
    explanation: Explanation


class TargetRow(Frozen):
    """A target; `allowed` is null where the plan names no tonnes for its base year."""

    year: int
    kind: str
    sectors: str
    base_year: int | None
    base_tonnes: float | None
    base_estimated: bool
    reduction_pct: float | None
    allowed: float | None
    source: str
    demo: bool


class GapTable(Frozen):
    """What the targets leave: path and excess over all sectors, and the excess shared by effort.

    `pct_of_base` is null without one base year that holds for all sectors, or where it is zero or less.
    """

    years: list[int]
    path: list[float]
    excess: list[float]
    by_sector: Values
    per_head: list[float | None]
    base_year: int | None
    pct_of_base: list[float] | None
    by_target_scope: dict[str, dict[int, float]]
    explanation: Explanation


class DevelopmentFacts(Frozen):
    """`change_pct` is null where the first year is zero or less."""

    first_year: int
    last_year: int
    first: float
    last: float
    change: float
    change_pct: float | None
    direction: str


class ProspectFacts(Frozen):
    year: int
    expected: float
    allowed: float | None
    excess: float | None
    verdict: str
    demo: bool


class Comparand(Frozen):
    """One line of the comparison: t CO2e per inhabitant in the last account year."""

    relation: str
    """``self``, ``type``, ``region``, ``country`` or ``similar``."""
    kind: str
    key: str
    name: Name
    per_head: float | None


class Belonging(Frozen):
    kind: str
    slug: str
    name: Name


class SubjectPicture(Frozen):
    """Everything about the country, a municipality or a group."""

    kind: str
    key: str
    name: Name
    belongs_to: list[Belonging]
    members: list[str]
    account: AccountTable
    baseline: BaselineTable
    forecasts: ForecastTable
    targets: list[TargetRow]
    gap: GapTable | None
    development: DevelopmentFacts | None
    prospects: list[ProspectFacts]
    comparison: list[Comparand]


class OverviewRow(Frozen):
    """One municipality of the map and the table: emissions by sector and year, gap by target year."""

    code: str
    name: str
    type: str
    region: str
    dgo: str
    emissions: Values
    population: list[float | None]
    excess: dict[int, float]
    """Target year → t CO2e above the target path; the years are those of the municipality's own targets."""


class Overview(Frozen):
    """All municipalities side by side."""

    years: list[int]
    rows: list[OverviewRow]
    explanation: Explanation
