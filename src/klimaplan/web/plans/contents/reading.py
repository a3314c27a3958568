"""From what a form or a file brings to the content of a part, or to findings with the field they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.sources.plan_files import findings as said
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.document import Document
from klimaplan.sources.plan_files.numbers import Part
from klimaplan.sources.plan_files.shaping import LEVERS, shape
from klimaplan.web.plans.contents.kinds import HEAD, Kind

Plain = dict[str, Any]
"""The content of a part as JSON has it, without what is left at its default."""


LARGEST = 200_000
"""Characters of one part: more is a document, and belongs among the evidence."""


def read_content(kind: Kind, given: Mapping[str, Any], place: str) -> Part:
    """The content that was given, as its model.

    Raises
    ------
    InputError : all that is wrong with it, each with its field
    """
    if len(repr(given)) > LARGEST:
        raise InputError(_too_much(place))
    try:
        return kind.model.model_validate(given)
    except ValidationError as refused:
        if kind.section and (findings := _as_in_a_file(kind, given, place)):
            raise InputError(findings) from None
        raise InputError([_finding(place, error) for error in refused.errors(include_url=False)]) from None


def read_stored(kind: Kind, content: Mapping[str, Any]) -> Part:
    """What lies in the database; it was checked when it was written."""
    return kind.model.model_validate(content)


def plain_of(part: Part) -> Plain:
    return part.model_dump(mode="json", exclude_defaults=True)


def same(kind: Kind, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents say the same, however they are written."""
    return one == other or kind.model.model_validate(one) == kind.model.model_validate(other)


def _as_in_a_file(kind: Kind, given: Mapping[str, Any], place: str) -> list[Finding]:
    """What the reader of plan files says of an entry, with the part as its place."""
    head = {"municipality": "", "title": "x"}
    data: dict[str, Any] = {"format": model.FORMAT, "plan": head}
    data.update({"plan": dict(given)} if kind.code == HEAD else {kind.section: [dict(given)]})
    found: list[Finding] = []
    shape(Document(place, data), found)
    return found


def _finding(place: str, error: ErrorDetails) -> Finding:
    steps = [str(step) for step in error["loc"] if step not in LEVERS]
    at, given = "!".join((place, *steps)), str(error["input"])[:60]
    kind = error["type"]
    match kind:
        case "missing":
            return said.field_missing(at, steps[-1])
        case "extra_forbidden":
            return said.unknown_field(at, steps[-1], ())
        case "string_too_long":
            return _too_long(at, error["ctx"]["max_length"])
        case "string_too_short" | "too_short":
            return said.field_missing(at, steps[-1] if steps else "")
        case "value_error":
            return _not_usable(at, given)
    known = next((say for start, say in _SAID.items() if kind.startswith(start)), None)
    return said.wrong_shape(at) if known is None else known(at, given)


_SAID = {
    "float": said.not_a_number, "finite": said.not_a_number, "int": said.not_whole, "string_type": said.not_text,
    "string": said.text_not_usable, "bool": said.not_yes_or_no, "date": said.not_a_day,
}  # fmt: skip


def _too_long(place: str, most: int) -> Finding:
    return Finding(
        "text-too-long", place,
        Text(f"Teksten er længere end {most} tegn.", f"The text is longer than {most} characters."),
        Text("", ""),
        Text("Kort den af, eller vedlæg den som bilag.", "Shorten it, or attach it as evidence."),
    )  # fmt: skip


def _too_much(place: str) -> Finding:
    return Finding(
        "part-too-large", place,
        Text("Der står mere, end én del af en plan kan rumme.", "There is more than one part of a plan can hold."),
        Text("", ""),
        Text("Del den, eller vedlæg en fil som bilag.", "Split it, or attach a file as evidence."),
    )  # fmt: skip


def _not_usable(place: str, given: str) -> Finding:
    return Finding(
        "value-not-usable", place,
        Text(f"»{given}« kan ikke bruges her.", f"“{given}” cannot be used here."),
        Text("", ""),
        Text("Vælg en af mulighederne, eller ret teksten.", "Choose one of the choices, or mend the text."),
    )  # fmt: skip
