"""What a refusal looks like."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from klimaplan.domain.errors import Finding, Language
from klimaplan.web.api.answers.shapes import FindingSeen, Seen, Spoken, example
from klimaplan.web.plans.merging import Overlap
from klimaplan.web.plans.staleness import Clash

CONTENT = {"key": "a01", "title": "Ladestandere", "owner": "Teknik og Miljø"}
CONFLICT = {
    "field": "owner", "fields": ["owner"], "base": {"owner": "Teknik"}, "theirs": {"owner": "Miljø"},
    "yours": {"owner": "Plan"},
}  # fmt: skip
CLASH = {
    "kind": "action", "key": "a01", "base_version": 1, "current_version": 2, "base": {**CONTENT, "owner": "Teknik"},
    "theirs": {**CONTENT, "owner": "Miljø"}, "yours": {**CONTENT, "owner": "Plan"},
    "merged": {**CONTENT, "owner": "Miljø"}, "conflicts": [CONFLICT], "by": "Karl",
}  # fmt: skip
FINDING = {
    "code": "key-taken", "severity": "error", "place": "action",
    "message": {"da": "action: a01 findes allerede i planen.", "en": "action: a01 is in the plan already."},
    "text": "action: a01 is in the plan already.",
}  # fmt: skip


class RefusedFinding(FindingSeen):
    """One thing that was wrong; `text` is the message in the language of `Accept-Language`."""

    model_config = example(**FINDING)

    text: str

    @classmethod
    def told(cls, finding: Finding, language: Language) -> RefusedFinding:
        return cls(
            code=finding.code, severity=str(finding.severity), place=finding.place,
            message=Spoken(da=finding.message("da"), en=finding.message("en")), text=finding.message(language),
        )  # fmt: skip


class Refused(Seen):
    """Everything that was wrong, all at once; nothing was changed."""

    model_config = example(findings=[FINDING])

    findings: list[RefusedFinding]


class Conflict(Seen):
    """Fields that both sides changed, each in another way; `field` is the name to choose under."""

    model_config = example(**CONFLICT)

    field: str
    fields: list[str]
    base: dict[str, Any]
    theirs: dict[str, Any]
    yours: dict[str, Any]

    @classmethod
    def of(cls, overlap: Overlap) -> Conflict:
        return cls(field=overlap.field, fields=list(overlap.fields), base=overlap.base, theirs=overlap.theirs,
                   yours=overlap.mine)  # fmt: skip


class ClashSeen(Seen):
    """A part that was changed meanwhile: what both began with, theirs and yours; null where a side removes it."""

    model_config = example(**CLASH)

    kind: str
    key: str
    base_version: int
    current_version: int = Field(description="Send it as `If-Match` to merge")
    base: dict[str, Any] | None
    theirs: dict[str, Any] | None
    yours: dict[str, Any] | None
    merged: dict[str, Any] | None = Field(description="Both together, with theirs where they conflict")
    conflicts: list[Conflict]
    by: str

    @classmethod
    def of(cls, clash: Clash) -> ClashSeen:
        return cls(
            kind=clash.kind, key=clash.key, base_version=clash.base_version, current_version=clash.current_version,
            base=clash.base, theirs=clash.theirs, yours=clash.mine, merged=clash.merged,
            conflicts=[Conflict.of(each) for each in clash.overlaps], by=clash.by,
        )  # fmt: skip


class Clashed(Refused):
    """Somebody else was faster: what the merge view of the site shows. Nothing was changed."""

    model_config = example(findings=[FINDING], clashes=[CLASH])

    clashes: list[ClashSeen] = Field(default_factory=list)
