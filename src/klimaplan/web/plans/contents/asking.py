"""The words beside a field of a form: they stand with the field of the model, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic.fields import FieldInfo

from klimaplan.domain.errors import Text
from klimaplan.sources.plan_files import sheets
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.plans.contents.choices import CHOICES

if TYPE_CHECKING:
    from klimaplan.web.plans.contents.kinds import Kind

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field is asked for.

    Parameters
    ----------
    help : what stands below the label
    choices : a vocabulary of `CHOICES`, or ``"actions"``, ``"goals"``: what the plan itself has
    long : whether it takes several lines
    """

    label: Text
    help: Text = NOTHING
    choices: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form, as data.

    Parameters
    ----------
    name : in the content, with dots: ``"decision.by"``
    cell : what it holds
    choices : code → word; empty for what is written freely
    of_plan : ``"actions"`` or ``"goals"`` where the plan's own are chosen from, ``"streams"``, ``"templates"``
    most : the longest text; None where there is no such end
    """

    name: str
    label: Text
    help: Text
    cell: Cell
    required: bool
    choices: tuple[tuple[str, Text], ...] = ()
    of_plan: str = ""
    long: bool = False
    most: int | None = None


def form_of(kind: Kind) -> tuple[FormField, ...]:
    """The fields of a kind in the order they are asked for."""
    if kind.section:
        return tuple(_of_column(kind, column) for column in _columns(kind.section))
    fields = []
    for name, info in kind.model.model_fields.items():
        ask = next((each for each in info.metadata if isinstance(each, Ask)), None)
        if ask is None:
            raise ValueError(f"{kind.code}.{name} does not say how it is asked for")
        vocabulary = CHOICES.get(ask.choices, {})
        cell = _cell(info, bool(ask.choices))
        fields.append(FormField(
            name, ask.label, ask.help, cell, info.is_required(), tuple(vocabulary.items()),
            "" if vocabulary else ask.choices, ask.long, _longest(info),
        ))  # fmt: skip
    return tuple(fields)


def _columns(section: str) -> tuple[sheets.Column, ...]:
    return next(sheet.columns for sheet in sheets.SHEETS if sheet.section == section)


def _of_column(kind: Kind, column: sheets.Column) -> FormField:
    """Parts that a plan file has are asked for in the words of its workbook."""
    vocabulary = sheets.VOCABULARIES.get(column.choices, {})
    info = kind.model.model_fields.get(column.field)
    return FormField(
        column.field, column.name, column.note, column.cell, info is not None and info.is_required(),
        tuple(vocabulary.items()), "" if vocabulary else column.choices, column.field in LONG,
    )  # fmt: skip


LONG = {"description", "notes", "lever.reason"}


def _cell(info: FieldInfo, chosen: bool) -> Cell:
    kinds = _plain_types(info.annotation)
    if tuple in kinds:
        return Cell.CHOICES if chosen else Cell.ITEMS
    if chosen or any(isinstance(each, type) and issubclass(each, StrEnum) for each in kinds):
        return Cell.CHOICE
    for plain, cell in ((bool, Cell.FLAG), (int, Cell.WHOLE), (float, Cell.NUMBER), (date, Cell.DAY)):
        if plain in kinds:
            return cell
    return Cell.TEXT


def _plain_types(annotation: Any) -> set[Any]:
    """The types of an annotation, without None and what is written around them."""
    origin = get_origin(annotation)
    if origin is tuple:
        return {tuple}
    if origin is UnionType or str(origin) == "typing.Union":
        return {each for part in get_args(annotation) for each in _plain_types(part)} - {type(None)}
    if hasattr(annotation, "__metadata__"):
        return _plain_types(get_args(annotation)[0])
    return {annotation}


def _longest(info: FieldInfo) -> int | None:
    return next((each.max_length for each in info.metadata if getattr(each, "max_length", None)), None)
