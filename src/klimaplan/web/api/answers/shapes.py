"""What all shapes of the API share: unknown fields are refused, examples stand with them, no text hides signs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from klimaplan.domain.errors import Finding, Text

Item = TypeVar("Item")

LARGEST_ID = 2**31 - 1
_VISIBLE = r"^[^\x00-\x1f\x7f]*$"
_WRITTEN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Line = Annotated[str, Field(max_length=300, pattern=_VISIBLE)]
"""One line of text."""
Paragraphs = Annotated[str, Field(max_length=5_000, pattern=_WRITTEN)]
Written = Annotated[str, Field(max_length=4_000, pattern=_WRITTEN)]
Why = Annotated[str, Field(max_length=500, pattern=_WRITTEN, description="Why; it stands in the log")]
Slug = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]+$")]
Code = Annotated[str, Field(max_length=80, pattern=_VISIBLE)]


def _in_our_time(moment: datetime) -> datetime:
    if not datetime(2000, 1, 1, tzinfo=UTC) <= moment <= datetime(2200, 1, 1, tzinfo=UTC):
        raise ValueError("a moment between 2000 and 2200")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]


def example(**fields: Any) -> ConfigDict:
    """What a shape looks like, for the description of the API."""
    return ConfigDict(json_schema_extra={"examples": [fields]})


class Asked(BaseModel):
    """What somebody sends; a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class Seen(BaseModel):
    """What is answered."""

    model_config = ConfigDict(frozen=True)


class Spoken(Seen):
    """A text in both languages."""

    model_config = example(da="Hvidovre Kommune", en="Hvidovre Municipality")

    da: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Spoken:
        return cls(da=text.da, en=text.en)


class FindingSeen(Seen):
    """Something there is to say of what was sent or is stored: what, where, and what to do."""

    model_config = example(
        code="target-missed", severity="warning", place="plan",
        message={"da": "Planen når ikke målet.", "en": "The plan does not reach the target."},
    )  # fmt: skip

    code: str
    severity: str
    place: str
    message: Spoken

    @classmethod
    def of(cls, finding: Finding) -> FindingSeen:
        return cls(
            code=finding.code, severity=str(finding.severity), place=finding.place,
            message=Spoken(da=finding.message("da"), en=finding.message("en")),
        )  # fmt: skip


class Listed(Seen, Generic[Item]):
    """Some of a list, in the order in which they came to be; `next` is the cursor of the rest, null at the end."""

    items: list[Item]
    next: str | None = Field(description="Send it as `cursor` to get the rest")
