"""What a page shows and the API answers about one subject: one shape for the roll-up, the pages and the API.

All amounts are t CO2e unless the name says otherwise. A null is a value that has no meaning, and the field says why.
Keys of sector tables are the sector codes and ``total``.
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


class AccountTable(Frozen):
    """The published account.

    `per_head` is t CO2e per inhabitant, quotients of sums; `change_pct` is percent of the first year, null where that
    year is zero or less.
    """

    years: list[int]
    emissions: Values
    per_head: Values
    change_pct: Values
    population: list[float]
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
    total: dict[str, list[float]]
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
    allowed: float
    excess: float
    verdict: str
    demo: bool


class PathwayAnswer(Frozen):
    """A target that somebody tries out: what must go between `needed_from` and the target year, and the gap."""

    target: TargetRow
    population: bool
    needed_from: int
    needed: float
    gap: GapTable
    prospect: ProspectFacts


class Comparand(Frozen):
    """One line of the comparison: t CO2e per inhabitant in the last account year, by sector and in total."""

    relation: str
    """``self``, ``type``, ``region``, ``country`` or ``similar``."""
    kind: str
    key: str
    name: Name
    per_head: dict[str, float | None]


class Belonging(Frozen):
    kind: str
    slug: str
    name: Name


class SubjectPicture(Frozen):
    """Everything about the country, a municipality or a group."""

    kind: str
    key: str
    name: Name
    valid_from: date | None
    """The day a group begins, when it lies ahead; its members are those it begins with."""
    belongs_to: list[Belonging]
    members: list[str]
    account: AccountTable
    baseline: BaselineTable
    population_ahead: list[float]
    """Inhabitants in the years of the baseline: a linear continuation of our own, behind the population driver."""
    forecasts: ForecastTable
    targets: list[TargetRow]
    gap: GapTable | None
    development: DevelopmentFacts | None
    prospects: list[ProspectFacts]
    comparison: list[Comparand]


class OverviewRow(Frozen):
    """One municipality of the map and the table."""

    code: str
    name: str
    groups: dict[str, str]
    """``region``, ``dgo`` and ``type`` → slug of the group it belongs to now."""
    emissions: Values
    per_head: Values
    change_pct: Values
    excess: dict[int, float]
    """Target year → t CO2e of the baseline above what is allowed; the years are those of its own targets."""
    demo: bool
    """Whether an invented target stands behind any of them."""


class Overview(Frozen):
    """All municipalities side by side."""

    years: list[int]
    rows: list[OverviewRow]
    explanation: Explanation
