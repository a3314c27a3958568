"""Parts of plans as the API shows them, and what is sent to change them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from klimaplan.reference.measures import Measure
from klimaplan.web.api.answers.shapes import Asked, Code, Line, Seen, Spoken, Why, example
from klimaplan.web.audit.canonical import canonical
from klimaplan.web.plans.contents.kinds import KINDS, Kind
from klimaplan.web.plans.models import PartRevision, PlanPart

CONTENT = {"key": "a01", "title": "Ladestandere ved rådhuset"}
PART = {
    "id": 12, "kind": "action", "key": "a01", "version": 1, "removed": False, "content": CONTENT, "origin": None,
    "updated_at": "2026-11-24T09:00:00Z", "updated_by": "Kaja",
}  # fmt: skip
KIND = {
    "code": "vision", "name": {"da": "Vision", "en": "Vision"}, "single": False, "named_by": [],
    "content": {"type": "object"},
}  # fmt: skip
MEASURE = {
    "slug": "business-accounts", "sector": "energy", "has_effect": False, "variants": [],
    "title": {"da": "Klimaregnskaber", "en": "Business accounts"},
}  # fmt: skip
KindCode = Annotated[str, Field(max_length=20, json_schema_extra={"enum": list(KINDS)})]


class PartSeen(Seen):
    """A part of a plan; `content` is without what is at its default, `version` grows with every change of it."""

    model_config = example(**PART)

    id: int
    kind: str
    key: str
    version: int
    removed: bool
    content: dict[str, Any] = Field(description="As the schema of its kind describes it")
    origin: dict[str, Any] | None = Field(description="Where it was copied from; null for what was written here")
    updated_at: datetime
    updated_by: str = Field(description="Empty for whoever had a link, and for what was loaded")

    @classmethod
    def of(cls, part: PlanPart) -> PartSeen:
        return cls(
            id=part.pk, kind=part.kind, key=part.key, version=part.version, removed=part.removed,
            content=json.loads(canonical(part.content)),
            origin=part.origin, updated_at=part.updated_at,
            updated_by="" if part.updated_by is None else part.updated_by.name,
        )  # fmt: skip


class PartsSeen(Seen):
    """Several parts that were made or changed together."""

    model_config = example(parts=[PART])

    parts: list[PartSeen]


class RevisionSeen(Seen):
    """What a part said at one of its versions."""

    model_config = example(version=1, removed=False, content=CONTENT, at="2026-11-24T09:00:00Z", by="Kaja")

    version: int
    removed: bool
    content: dict[str, Any]
    at: datetime
    by: str

    @classmethod
    def of(cls, kept: PartRevision) -> RevisionSeen:
        return cls(
            version=kept.version, removed=kept.removed, content=kept.content, at=kept.at,
            by="" if kept.by is None else kept.by.name,
        )  # fmt: skip


class KindSeen(Seen):
    """A kind of part, with the JSON Schema of its content."""

    model_config = example(**KIND)

    code: str
    name: Spoken
    single: bool = Field(description="Whether a plan has one of it at most")
    named_by: list[str] = Field(description="Fields that name it; without any it gets the next number")
    content: dict[str, Any]

    @classmethod
    def of(cls, kind: Kind) -> KindSeen:
        return cls(
            code=kind.code, name=Spoken.of(kind.name), single=kind.single, named_by=list(kind.named_by),
            content=kind.model.model_json_schema(),
        )  # fmt: skip


class KindsSeen(Seen):
    """Every kind of part that a plan can have."""

    model_config = example(kinds=[KIND])

    kinds: list[KindSeen]

    @classmethod
    def all(cls) -> KindsSeen:
        return cls(kinds=[KindSeen.of(kind) for kind in KINDS.values()])


class NewPart(Asked):
    """A part of any kind."""

    model_config = Asked.model_config | example(kind="action", content=CONTENT)

    kind: KindCode
    content: dict[str, Any]
    why: Why = ""


class ChangedPart(Asked):
    """What a part says from now on, whole."""

    model_config = Asked.model_config | example(content={**CONTENT, "progress": "in-progress"}, why="Udbud afholdt")

    content: dict[str, Any]
    why: Why = ""


class MergedPart(Asked):
    """My change put together with the others'; where both conflict, whose holds."""

    model_config = Asked.model_config | example(content=CONTENT, base_version=1, choices={"owner": "yours"})

    content: dict[str, Any]
    base_version: int = Field(ge=1, le=10**9, description="The version that my change began with")
    choices: dict[Line, Literal["yours", "theirs"]] = Field(default_factory=dict, max_length=500)
    why: Why = ""


class BulkChange(Asked):
    """The same fields of several parts; all of them are changed, or none."""

    model_config = Asked.model_config | example(kind="action", expected={"a01": 1}, fields={"owner": "Miljø"})

    kind: KindCode
    expected: dict[Line, int] = Field(min_length=1, max_length=2_000, description="Key → the version that is changed")
    fields: dict[Line, Any] = Field(min_length=1, max_length=50, description="Null puts a field back to its default")
    why: Why = ""


class FromLibrary(Asked):
    """A measure of the library as an action: how much, and from when; the library says the rest."""

    model_config = Asked.model_config | example(measure="business-accounts", amounts={})

    measure: Line
    amounts: dict[Line, Any] = Field(default_factory=dict, max_length=50)
    start: int | None = Field(None, ge=1990, le=2100, description="The last year with nothing in place")
    variant: Code = ""
    source: Line = ""
    title: Line = ""
    key: Code = ""
    why: Why = ""


class AmountSeen(Seen):
    """Something that a measure asks for."""

    model_config = example(code="cars", name={"da": "Biler", "en": "Cars"}, unit="stk.")

    code: str
    name: Spoken
    unit: str


class MeasureVariantSeen(Seen):
    """One way in which a measure is computed."""

    model_config = example(code="standard", title={"da": "Standard", "en": "Standard"}, amounts=[])

    code: str
    title: Spoken
    amounts: list[AmountSeen]


class MeasureSeen(Seen):
    """A measure of the library."""

    model_config = example(**MEASURE)

    slug: str
    sector: str
    title: Spoken
    has_effect: bool
    variants: list[MeasureVariantSeen]

    @classmethod
    def of(cls, measure: Measure) -> MeasureSeen:
        variants = [
            MeasureVariantSeen(code=each.code, title=Spoken.of(each.title), amounts=[
                AmountSeen(code=amount.code, name=Spoken.of(amount.name), unit=amount.unit) for amount in each.amounts
            ])
            for each in measure.variants
        ]  # fmt: skip
        return cls(
            slug=measure.slug, sector=measure.sector, title=Spoken.of(measure.title), has_effect=measure.has_effect,
            variants=variants,
        )  # fmt: skip


class LibrarySeen(Seen):
    """The measures of the library."""

    model_config = example(measures=[MEASURE])

    measures: list[MeasureSeen]
