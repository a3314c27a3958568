"""The levers of an action on its form: every kind with the fields it takes, each number with its unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.actions.lever import Kind
from klimaplan.domain.errors import Text
from klimaplan.sources.plan_files import model, sheets
from klimaplan.sources.plan_files.levers import per_piece
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.plans.contents.asking import FormField
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace import fields, figures
from klimaplan.web.workspace.fields import Field, last
from klimaplan.web.workspace.wording import read

MOST = 20
"""Levers of one action on a form."""

FORM_OF: Mapping[str, type[model._Lever]] = {
    str(kind): form
    for form in (model.RelativeLever, model.ShiftLever, model.UnitsLever, model.PlantingLever, model.FixedLever)
    for kind in form.model_fields["kind"].annotation.__args__  # type: ignore[union-attr]
}
"""Kind of lever → the model of its entry."""

SHARE, UNIT_OF_LEVER = "share", "*"
FIGURES: Mapping[str, str] = {
    "share": SHARE, "after": UNIT_OF_LEVER, "energy_ratio": "TJ/TJ", "amount": UNIT_OF_LEVER, "hectares": "ha",
    "scale": "factor", "tonnes": "t CO2e/yr",
}  # fmt: skip
"""Field that is a figure → its unit; ``*`` where the lever itself says it."""

COLUMNS = {column.field: column for column in sheets.ACTIONS.columns}
PARTS = {"effects": "effect", "burdens": "burden"}


@dataclass(frozen=True, slots=True)
class PartShown:
    """One effect or burden of a lever; `name` is where its fields stand."""

    name: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class LeverShown:
    """One lever on the form."""

    number: int
    kind: str
    title: str
    fields: tuple[Field, ...]
    parts: tuple[PartShown, ...]
    ramp: tuple[Field, ...]
    removed: bool = False

    @property
    def every_field(self) -> Iterator[Field]:
        yield from self.fields
        for part in self.parts:
            yield from part.fields
        yield from self.ramp


def kinds() -> list[tuple[str, str]]:
    """Kinds of levers to add; the last resort last."""
    return [(str(kind), read(word)) for kind, word in sheets.KIND_WORDS.items()]


def shown(
    number: int, lever: Plain, streams: Sequence[tuple[str, str]], parameters: Sequence[str], *, removed: bool = False
) -> LeverShown:
    """A lever with every field of its kind."""
    kind = str(lever.get("kind", ""))
    names = [name for name in FORM_OF[kind].model_fields if name not in ("kind", "ramp", "source", *PARTS)]
    names.append("source")
    base = f"lever.{number}"
    content = {"lever": {str(number): lever}}
    return LeverShown(
        number, kind, read(sheets.KIND_WORDS[Kind(kind)]),
        tuple(_field(base, f"lever.{name}", content, lever, streams, parameters) for name in names),
        tuple(_parts(base, content, lever, streams, parameters)),
        tuple(ramp_fields(f"{base}.ramp", content)),
        removed,
    )  # fmt: skip


def ramp_fields(base: str, content: Plain) -> Iterator[Field]:
    for name in model.RampEntry.model_fields:
        yield fields.shown(_form(f"{base}.{name}", COLUMNS[f"ramp.{name}"], required=name == "shape"), content)


def put_ramp(content: Plain, base: str, posted: Mapping[str, Any]) -> None:
    for name in model.RampEntry.model_fields:
        fields.put(content, _form(f"{base}.{name}", COLUMNS[f"ramp.{name}"]), posted)


def is_removed(number: int, posted: Mapping[str, Any]) -> bool:
    return bool(last(posted, f"lever.{number}.remove"))


def posted_levers(before: Sequence[Plain], posted: Mapping[str, Any], *, all_of_them: bool = False) -> list[Plain]:
    """The levers as they were typed; those that were taken off are left out.

    Parameters
    ----------
    before : the levers of the version that the form began with
    all_of_them : those that were taken off as well, so that the form can be shown again with the same numbers
    """
    found = []
    for number in range(1, MOST + 1):
        kind = last(posted, f"lever.{number}.kind")
        if kind not in FORM_OF or (is_removed(number, posted) and not all_of_them):
            continue
        old = before[number - 1] if number <= len(before) and before[number - 1].get("kind") == kind else {}
        found.append(_posted(number, kind, old, posted))
    added = last(posted, "lever.add")
    if added in FORM_OF and last(posted, "do") == "lever":
        found.append({"kind": added, **({"effects": [{}]} if "effects" in FORM_OF[added].model_fields else {})})
    return found


def _posted(number: int, kind: str, old: Plain, posted: Mapping[str, Any]) -> Plain:
    base = f"lever.{number}"
    lever: Plain = {**old, "kind": kind}
    content: Plain = {"lever": {str(number): lever}}
    form = FORM_OF[kind].model_fields
    for name in (name for name in form if name not in ("kind", "ramp", *PARTS)):
        if name in FIGURES:
            figures.put(content, f"{base}.{name}", posted, unit=FIGURES[name])
        else:
            fields.put(content, _form(f"{base}.{name}", COLUMNS[f"lever.{name}"]), posted)
    put_ramp(content, f"{base}.ramp", posted)
    lever = content["lever"][str(number)]
    for section in (section for section in PARTS if section in form):
        entries = _posted_parts(base, section, lever.get(section, []), posted)
        if entries:
            lever[section] = entries
        else:
            lever.pop(section, None)
    return lever


def _posted_parts(base: str, section: str, before: Sequence[Plain], posted: Mapping[str, Any]) -> list[Plain]:
    found = []
    for at in range(1, MOST + 1):
        name = f"{base}.{section}.{at}"
        old = dict(before[at - 1]) if at <= len(before) else {}
        content: Plain = {"p": old}
        if not last(posted, f"{name}.there"):
            continue
        renamed = _Renamed(posted, name, "p")
        for field in _part_fields(section):
            if field == "per_unit":
                figures.put(content, "p.per_unit", renamed, unit="")
            else:
                fields.put(content, _form(f"p.{field}", COLUMNS[f"{PARTS[section]}.{field}"]), renamed)
        if entry := content.get("p"):
            found.append(entry)
    return found


class _Renamed(Mapping[str, Any]):
    """Posted values under another beginning of their names."""

    def __init__(self, posted: Mapping[str, Any], long: str, short: str) -> None:
        self._posted, self._long, self._short = posted, long, short

    def getlist(self, name: str) -> list[str]:
        return fields.everything(self._posted, self._long + name.removeprefix(self._short))

    def __getitem__(self, name: str) -> Any:
        return self.getlist(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._posted)

    def __len__(self) -> int:
        return len(self._posted)


def _parts(
    base: str, content: Plain, lever: Plain, streams: Sequence[tuple[str, str]], parameters: Sequence[str]
) -> Iterator[PartShown]:
    """The effects and burdens there are, and room for one more of each."""
    form = FORM_OF[str(lever["kind"])].model_fields
    titles = {"effects": _("Acts on"), "burdens": _("Adds to")}
    for section in (section for section in PARTS if section in form):
        entries = [*lever.get(section, []), {}]
        if section == "effects" and len(entries) > 1 and not entries[-2]:
            entries.pop()
        for at, entry in enumerate(entries, start=1):
            where = {"lever": {base.partition(".")[2]: {section: {str(at): entry}}}}
            yield PartShown(
                f"{base}.{section}.{at}", f"{titles[section]} {at}",
                tuple(_of_part(base, section, at, where, lever, streams, parameters, entry)),
            )  # fmt: skip


def _of_part(  # noqa: PLR0913, PLR0917  # all of it stands on the form
    base: str, section: str, at: int, content: Plain, lever: Plain, streams: Sequence[tuple[str, str]],
    parameters: Sequence[str], entry: Plain,
) -> Iterator[Field]:  # fmt: skip
    unit = str(lever.get("unit") or _("unit"))
    of = "TJ" if section == "burdens" and entry.get("energy") else "t CO2e"
    for name in _part_fields(section):
        full, column = f"{base}.{section}.{at}.{name}", COLUMNS[f"{PARTS[section]}.{name}"]
        if name == "per_unit":
            yield figures.shown(full, read(column.name), content, unit=per_piece(of, unit), parameters=parameters)
        else:
            yield fields.shown(_form(full, column), content, choices=streams if name == "stream" else ())


def _part_fields(section: str) -> tuple[str, ...]:
    form = model.EffectEntry if section == "effects" else model.BurdenEntry
    return tuple(form.model_fields)


def _field(
    base: str, column: str, content: Plain, lever: Plain, streams: Sequence[tuple[str, str]], parameters: Sequence[str]
) -> Field:
    name = column.removeprefix("lever.")
    label = COLUMNS[column].name
    if name in FIGURES:
        unit = FIGURES[name]
        said = str(lever.get("unit", "")) if unit == UNIT_OF_LEVER else unit
        return figures.shown(f"{base}.{name}", read(label), content, unit=said, parameters=parameters)
    required = FORM_OF[str(lever["kind"])].model_fields[name].is_required()
    form = _form(f"{base}.{name}", COLUMNS[column], required=required)
    return fields.shown(form, content, choices=streams if name in ("stream", "target") else ())


def _form(name: str, column: sheets.Column, *, required: bool = False) -> FormField:
    vocabulary = sheets.VOCABULARIES.get(column.choices, {})
    note = Text("", "") if column.cell is Cell.FIGURE else column.note
    return FormField(
        name, column.name, note, column.cell, required, tuple(vocabulary.items()), long=column.field == "lever.reason"
    )
