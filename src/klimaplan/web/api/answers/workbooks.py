"""What a workbook would change in a plan, as the API shows it, and what is chosen where both sides changed it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, RootModel, ValidationError

from klimaplan.web.api import findings
from klimaplan.web.api.answers.refused import CONFLICT, Conflict
from klimaplan.web.api.answers.results import FieldDiffers
from klimaplan.web.api.answers.shapes import FindingSeen, Seen, Spoken, example
from klimaplan.web.api.refusals import ApiError
from klimaplan.web.plans.exchange.previewing import Choices, Preview, Row

ROW = {
    "kind": "action", "key": "a01", "title": "Ladestandere", "coming": "conflicting", "result": {"key": "a01"},
    "fields": [], "conflicts": [CONFLICT],
}  # fmt: skip


class WorkbookRow(Seen):
    """A part that the workbook would add, change or remove; `conflicts` is what is still to be chosen."""

    model_config = example(**ROW)

    kind: str
    key: str
    title: str
    coming: Literal["added", "changed", "conflicting", "removed"]
    result: dict[str, Any] | None = Field(description="What the part would say; null where it goes")
    fields: list[FieldDiffers]
    conflicts: list[Conflict]

    @classmethod
    def of(cls, row: Row) -> WorkbookRow:
        return cls(
            kind=row.kind, key=row.key, title=row.title, coming=row.coming.value, result=row.result,
            fields=[
                FieldDiffers(name=each.name, label=Spoken.of(each.label), before=each.before, after=each.after)
                for each in row.fields
            ],
            conflicts=[Conflict.of(each) for each in row.overlaps],
        )  # fmt: skip


class WorkbookPreview(Seen):
    """What a workbook would do to a plan; nothing is changed yet. Its tag is what it is applied with."""

    model_config = example(revision=7, base_known=True, rows=[ROW], findings=[])

    revision: int
    base_known: bool = Field(
        description="Whether the workbook says what it was written from; without that nothing is ever removed by it"
    )
    rows: list[WorkbookRow]
    findings: list[FindingSeen]

    @classmethod
    def of(cls, found: Preview) -> WorkbookPreview:
        return cls(
            revision=found.revision, base_known=found.base_known, rows=[WorkbookRow.of(each) for each in found.rows],
            findings=[FindingSeen.of(each) for each in found.findings],
        )  # fmt: skip


class _Chosen(RootModel[dict[str, dict[str, dict[str, Literal["yours", "theirs"]]]]]):
    """Kind → key → field of a conflict → whose holds."""


def chosen_in(written: str) -> Choices:
    """What was chosen, from JSON.

    Raises
    ------
    ApiError : it is no such JSON
    """
    try:
        read = _Chosen.model_validate_json(written)
    except ValidationError:
        raise ApiError(findings.value_not_usable("choices", 'like {"action": {"a01": {"owner": "yours"}}}')) from None
    return {
        (kind, key): {field: "mine" if side == "yours" else "theirs" for field, side in fields.items()}
        for kind, keys in read.root.items()
        for key, fields in keys.items()
    }
