"""What is to become of every chosen action: the fields that were filled in, over what the action says itself."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.plans.contents.asking import FormField, form_of
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace import fields
from klimaplan.web.workspace.fields import Field, everything, last
from klimaplan.web.workspace.wording import read

SET = ("owner", "progress", "indicator", "decision.by", "decision.on", "decision.document")
"""Fields that are written over where something was typed."""

ADDED = ("roles", "co_benefits")
"""Fields to which something is added."""

SHIFT, HAZARDS = "shift", "hazards"
MOST_YEARS = 30
"""Longer than that is a slip of the hand."""

_YEARS = ("start", "end", "until")


@dataclass(frozen=True)
class Edit:
    """What was filled in.

    Parameters
    ----------
    values : field → what it says from now on
    added : field → what comes to it
    shift : years by which every ramp moves
    hazards : that the actions answer from now on
    """

    values: Mapping[str, Any]
    added: Mapping[str, tuple[str, ...]]
    shift: int
    hazards: tuple[str, ...]
    wrong_shift: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.added or self.shift or self.hazards or self.wrong_shift)

    def of(self, content: Plain) -> Plain:
        """What an action says when this is done to it."""
        changed = copy.deepcopy(content)
        for name, value in self.values.items():
            fields.set_within(changed, name, value)
        for name, more in self.added.items():
            changed[name] = list(dict.fromkeys((*changed.get(name, ()), *more)))
        if self.shift:
            for ramp in _ramps(changed):
                _move(ramp, self.shift)
        return changed


def edit_in(posted: Mapping[str, Any]) -> Edit:
    """What was filled in; an empty field leaves the actions as they are."""
    asked = {each.name: each for each in form_of(kind_of(ACTION))}
    values = {
        name: fields.understood(text, asked[name].cell) for name in SET if (text := last(posted, name).strip())
    }  # fmt: skip
    added = {name: tuple(found) for name in ADDED if (found := _added(asked[name], posted))}
    text = last(posted, SHIFT).strip().replace("\N{MINUS SIGN}", "-")
    is_whole = bool(re.fullmatch(r"[+-]?\d{1,2}", text)) and abs(int(text)) <= MOST_YEARS
    return Edit(
        values, added, int(text) if is_whole else 0, tuple(each for each in everything(posted, HAZARDS) if each),
        wrong_shift=bool(text) and not is_whole,
    )  # fmt: skip


def shown(posted: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of the form with what was typed so far."""
    asked = {each.name: each for each in form_of(kind_of(ACTION))}
    typed = edit_in(posted)
    content: Plain = {}
    for name in (*SET, *ADDED):
        if name in ADDED:
            fields.set_within(content, name, list(typed.added.get(name, ())) or None)
        else:
            fields.set_within(content, name, last(posted, name).strip() or None)
    for name in ("owner", "progress"):
        yield _field(asked[name], content, posted)
    yield Field(
        SHIFT, _("Move the years of the effect"), "line", last(posted, SHIFT), numeric=True,
        help=_("2 for two years later, −1 for a year earlier. Milestones keep their dates."),
        error=_("Write a whole number of years, at most 30 to either side.") if typed.wrong_shift else "",
    )  # fmt: skip
    for name in ("decision.by", "decision.on", "decision.document", "indicator", "roles", "co_benefits"):
        yield _field(asked[name], content, posted)
    answer = next(each for each in form_of(kind_of("answer")) if each.name == HAZARDS)
    field = fields.shown(answer, {HAZARDS: list(typed.hazards)})
    yield Field(HAZARDS, _("Add to climate adaptation: answers the hazards"), "checks", choices=field.choices,
                chosen=field.chosen)  # fmt: skip


def _field(form: FormField, content: Plain, posted: Mapping[str, Any]) -> Field:
    label = read(form.label)
    if form.name in ADDED:
        label = {"roles": _("Add a role of the municipality"), "co_benefits": _("Add co-benefits")}[form.name]
    made = fields.shown(FormField(
        form.name, form.label, form.help, form.cell, False, form.choices, form.of_plan, form.long, form.most,
    ), content)  # fmt: skip
    return Field(
        made.name, label, made.shape, made.text, made.help, False, made.choices, made.chosen, numeric=made.numeric,
    )  # fmt: skip


def _added(form: FormField, posted: Mapping[str, Any]) -> list[str]:
    if form.cell is Cell.CHOICES:
        return [each for each in everything(posted, form.name) if each]
    return [str(each) for each in fields.understood(last(posted, form.name), Cell.ITEMS)]


def _ramps(content: Plain) -> Iterator[Plain]:
    if isinstance(content.get("ramp"), dict):
        yield content["ramp"]
    for lever in content.get("lever", []):
        if isinstance(lever.get("ramp"), dict):
            yield lever["ramp"]


def _move(ramp: Plain, years: int) -> None:
    for name in _YEARS:
        if isinstance(ramp.get(name), int):
            ramp[name] += years
    if isinstance(ramp.get("table"), dict):
        ramp["table"] = {str(int(year) + years): share for year, share in ramp["table"].items()}
