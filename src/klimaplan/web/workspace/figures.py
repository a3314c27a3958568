"""A number of a lever on a form: one figure, a range, or the name of a shared assumption; with its unit beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.sources.plan_files.writing import inline
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace.fields import Field, last, number_in, set_within, within, written
from klimaplan.web.workspace.wording import unit_words

SHARE = "share"
PERCENT = "%"
ENDS = ("low", "high")
FIGURES = ("value", "low", "central", "high", "distribution")


def shown(name: str, label: str, content: Plain, *, unit: str, parameters: Sequence[str] = ()) -> Field:
    """The field of a figure; a share stands in percent whatever it is stored as."""
    stored = within(content, name)
    centre, ends, parameter, note = _read(stored, unit)
    return Field(
        name, label, "figure", centre, unit=unit_words(unit), numeric=True,
        inner={**ends, "parameter": parameter}, parameters=tuple(parameters), note=note,
    )  # fmt: skip


def put(content: Plain, name: str, posted: Mapping[str, Any], *, unit: str) -> None:
    """Write what was typed, in place; a figure that was not changed stays as it was stored."""
    before = within(content, name)
    centre, ends, parameter, _note = _read(before, unit)
    typed = {each: last(posted, f"{name}.{each}").strip() for each in (*ENDS, "parameter")}
    middle = last(posted, name).strip()
    if (middle, typed["low"], typed["high"], typed["parameter"]) == (centre, ends["low"], ends["high"], parameter):
        return
    if typed["parameter"]:
        set_within(content, name, typed["parameter"])
        return
    if not any((middle, typed["low"], typed["high"])):
        set_within(content, name, None)
        return
    kept = {key: value for key, value in before.items() if key not in FIGURES} if isinstance(before, Mapping) else {}
    kept.pop("parameter", None)
    if unit == SHARE:
        kept["unit"] = PERCENT
    if typed["low"] or typed["high"]:
        numbers = {"low": typed["low"], "central": middle, "high": typed["high"]}
        figure = {key: number_in(text) for key, text in numbers.items() if text}
    else:
        figure = {"value": number_in(middle)}
    alone = not kept and isinstance(figure.get("value"), float)
    set_within(content, name, figure["value"] if alone else {**kept, **figure})


def _read(stored: Any, unit: str) -> tuple[str, dict[str, str], str, str]:
    """What stands in the middle, at the ends, as name of an assumption, and what cannot stand in any of them."""
    none = {"low": "", "high": ""}
    if stored is None:
        return "", none, "", ""
    if isinstance(stored, str):
        return "", none, stored, ""
    if isinstance(stored, int | float):
        return _shown(stored, unit, None), none, "", ""
    given = stored.get("unit")
    ends = {end: _shown(stored.get(end), unit, given) for end in ENDS}
    centre = stored["value"] if "value" in stored else stored.get("central")
    note = ""
    if "distribution" in stored:
        note = _("Stored as a distribution: %(text)s") % {"text": inline(stored["distribution"])}
    return _shown(centre, unit, given), ends, str(stored.get("parameter") or ""), note


def _shown(value: Any, unit: str, given: str | None) -> str:
    if isinstance(value, int | float) and unit == SHARE and given in (None, SHARE):
        value = value * 100.0
    return written(value, Cell.NUMBER)
