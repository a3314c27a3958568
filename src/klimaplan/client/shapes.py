"""What the site answers, as values. Fields that a newer site adds are left aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

Shape = TypeVar("Shape")


def made(shape: type[Shape], data: Mapping[str, Any], etag: str = "") -> Shape:
    """A value of what was answered; where the shape keeps a tag, with that of the answer."""
    known = {each.name for each in fields(shape)}  # type: ignore[arg-type]  # every shape is a dataclass
    given = {name: value for name, value in data.items() if name in known}
    return shape(**given, **({"etag": etag} if "etag" in known else {}))


@dataclass(frozen=True)
class Me:
    """Who asks; `roles` and `token` as the API describes them."""

    id: int
    name: str
    email: str
    language: str
    roles: list[dict[str, Any]]
    token: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """A working plan or a variant; `etag` is the version that was seen, and `may` is empty in lists."""

    id: int
    organisation: str
    title: str
    state: str
    demo: bool
    variant_of: int | None
    revision: int
    may: list[str] = field(default_factory=list)
    etag: str = field(default="", compare=False)


@dataclass(frozen=True)
class Part:
    """A part of a plan: `content` is what it says, `etag` the version that was seen."""

    id: int
    kind: str
    key: str
    version: int
    removed: bool
    content: dict[str, Any]
    updated_at: str
    updated_by: str
    origin: dict[str, Any] | None = None
    plan: int = 0
    etag: str = field(default="", compare=False)


@dataclass(frozen=True)
class Outcome:
    """What a plan comes to, in t CO2e over `years`; empty or None where it could not be computed."""

    computed: bool
    findings: list[dict[str, Any]]
    years: list[int]
    baseline: dict[str, list[float]] | None
    pathway: dict[str, list[float]] | None
    effects: dict[str, list[float]] | None
    target_years: list[int]
    target_path: list[float]
    manko: list[float]
    allowed: dict[str, float] | None
    residual_year: int | None
    emitted: float | None
    taken_up: float | None
    remaining: list[dict[str, Any]]

    def pathway_in(self, year: int, sector: str = "total") -> float | None:
        """t CO2e with the plan; None where it was not computed or the year lies outside."""
        return self._at(self.pathway, sector, year)

    def effect_in(self, action: str, year: int) -> float | None:
        """What an action contributes, negative where it lessens emissions."""
        return self._at(self.effects, action, year)

    def _at(self, table: dict[str, list[float]] | None, name: str, year: int) -> float | None:
        if table is None or name not in table or year not in self.years:
            return None
        return table[name][self.years.index(year)]


@dataclass(frozen=True)
class Version:
    """A version of a plan: named, or published and frozen."""

    plan: int
    number: int
    name: str
    state: str
    sha256: str
    at: str
    by: str


@dataclass(frozen=True)
class Published(Version):
    """The latest published version of a plan, open to everyone."""

    organisation: str
    title: str
    demo: bool


@dataclass(frozen=True)
class Comment:
    """What somebody said about a plan."""

    id: int
    part: int | None
    text: str
    by: str
    at: str
    resolved_at: str | None


@dataclass(frozen=True)
class Case:
    """A case of certification; `steps_taken` is what a step is taken from, and lists leave out what follows it."""

    id: int
    plan: int
    organisation: str
    title: str
    state: str
    owner: str | None
    deadline: str | None
    criteria: str
    round: int
    version: int | None
    reviewer: str | None
    certificate: str | None
    steps_taken: int
    demo: bool
    next_steps: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """What a workbook would change; `etag` is what it is applied with."""

    revision: int
    base_known: bool
    rows: list[dict[str, Any]]
    etag: str = field(default="", compare=False)


def id_of(plan: int | Plan) -> int:
    """The number of a plan."""
    return plan.id if isinstance(plan, Plan) else plan
