"""What the API answers, where that is not a picture as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import Field

from klimaplan.domain.errors import Finding, Text
from klimaplan.reference import load
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.public import movements, pathways, queries, schema, selectors


class PathwayQuery(Schema):
    """The target to try out; what is left out is taken from the municipality's own first target."""

    target_year: int | None = Field(None, description="A year after the account, 2050 at the latest")
    percent: float | None = Field(None, description="Reduction since the base year, percent")
    base_year: int | None = Field(None, description="1990 or later, no later than the account")
    base_tonnes: float | None = Field(None, description="t CO2e in the base year; needed where it is not known")
    base_source: str = Field("", max_length=queries.LONGEST_SOURCE, description="Where `base_tonnes` stands, in words")
    population: bool = Field(False, description="Let the local population drive the sectors that follow people")


class GroupLine(Schema):
    kind: str
    slug: str
    name: schema.Name
    valid_from: date | None
    members: list[str]


class SnapshotLine(Schema):
    sha256: str
    source: str
    method_version: str
    retrieved: date
    imported_at: datetime
    complete: bool
    demo: bool


class FigureMoved(Schema):
    """One figure; `old` is null for a new one, `new` for one that was withdrawn."""

    municipality: str
    sector: str
    year: int
    old: float | None
    new: float | None
    cause: str


class SumMoved(Schema):
    label: str
    new_data: float
    method_change: float
    total: float


class Differences(Schema):
    """Sums hold figures that stand in both snapshots; the two causes add up to the total."""

    old: SnapshotLine
    new: SnapshotLine
    by_year: list[SumMoved]
    by_sector: list[SumMoved]
    by_municipality: list[SumMoved]
    figures: list[FigureMoved]


class SourceLine(Schema):
    key: str
    title: str
    publisher: str
    url: str
    licence: str
    version: str
    accessed: date
    note: str


def national() -> schema.SubjectPicture:
    return selectors.national().picture


def overview() -> schema.Overview:
    return selectors.overview()


def municipality(code: str) -> schema.SubjectPicture:
    return selectors.municipality(code).picture


def group(kind: str, slug: str) -> schema.SubjectPicture:
    return selectors.group(kind, slug).picture


def groups(kind: str) -> list[GroupLine]:
    return [
        GroupLine(kind=each.kind, slug=each.key, name=each.name, valid_from=each.valid_from, members=each.members)
        for each in selectors.groups(kind)
    ]


def pathway(code: str, query: PathwayQuery) -> schema.PathwayAnswer:
    """Hold a tried-out target against the baseline; the same reading of parameters as the sliders of the page."""
    picture = selectors.municipality(code).picture
    given = {name: str(value) for name, value in query.model_dump(exclude={"population"}).items() if value is not None}
    if query.population:
        given["population"] = "1"
    return pathways.try_out(picture, queries.target_wish(given, picture))


def snapshots() -> list[SnapshotLine]:
    return [SnapshotLine.from_orm(snapshot) for snapshot in inventories.snapshots()]


def differences(old: str, new: str) -> Differences:
    earlier, later = inventories.snapshot_by_digest(old), inventories.snapshot_by_digest(new)
    moved = movements.between(earlier, later)
    return Differences(
        old=SnapshotLine.from_orm(earlier),
        new=SnapshotLine.from_orm(later),
        by_year=[SumMoved.from_orm(each) for each in moved.by_year],
        by_sector=[SumMoved.from_orm(each) for each in moved.by_sector],
        by_municipality=[SumMoved.from_orm(each) for each in moved.by_municipality],
        figures=[FigureMoved.from_orm(each) for each in inventories.recalculation(earlier, later).movements],
    )


def sources() -> list[SourceLine]:
    return [SourceLine.from_orm(entry) for entry in load.bibliography().values()]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API can be asked."""

    method: str
    path: str
    summary: str
    needs_token: bool


def operations(openapi: Mapping[str, Any]) -> list[Operation]:
    """The operations of an OpenAPI document, in its order."""
    return [
        Operation(method.upper(), path, operation["summary"], "security" in operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]


def refusal(findings: Iterable[Finding]) -> dict[str, object]:
    return {"findings": [finding.as_record() for finding in findings]}


def refused_parameters(errors: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Parameters that could not even be read, as findings."""
    return refusal(
        Finding(
            "bad-parameter", ".".join(map(str, error["loc"][1:])),
            Text("Parameteren kan ikke læses.", "The parameter cannot be read."),
            Text("", ""),
            Text("Se beskrivelsen af den i OpenAPI.", f"Expected: {error['msg']}."),
        )
        for error in errors
    )  # fmt: skip
