"""The fields of a form: what a part says as text to change, and what was typed as content, with nothing lost between.

A field that was not changed keeps exactly what was stored, however it is written on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import Finding, Text
from klimaplan.sources.plan_files.numbers import Part
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.asking import FormField
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace.wording import number, read

_SPACES = re.compile("[\u00a0\u202f ]")
_GROUPED = {"da": re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?"), "en": re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")}
NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """A field ready to show.

    Parameters
    ----------
    shape : how it is drawn: ``"line"``, ``"long"``, ``"select"``, ``"checks"``, ``"flag"``, ``"day"`` or ``"figure"``
    text : what stands in it
    chosen : the codes that are ticked
    unit : written behind it
    error : what is wrong with it, in the reader's language
    kinds : the distributions that take this figure; empty for what is always asked
    inner : of a figure its lowest and highest value, and the shared assumption it is taken from
    """

    name: str
    label: str
    shape: str
    text: str = ""
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    chosen: frozenset[str] = frozenset()
    unit: str = ""
    most: int | None = None
    numeric: bool = False
    error: str = ""
    inner: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    note: str = ""
    kinds: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "f-" + self.name.replace(".", "-")

    @property
    def described_by(self) -> str:
        """The ids of what is said about the field."""
        said = [f"{self.id}-help"] if self.help or self.unit else []
        return " ".join([*said, f"{self.id}-error"] if self.error else said)


SHAPES = {
    Cell.CHOICE: "select", Cell.CHOICES: "checks", Cell.FLAG: "flag", Cell.DAY: "day", Cell.FIGURE: "line",
}  # fmt: skip


def shown(form: FormField, content: Plain, *, choices: Sequence[tuple[str, str]] = (), default: str = "") -> Field:
    """A field with what the content says.

    Parameters
    ----------
    choices : the plan's own, where the form has none
    default : what holds where the content says nothing
    """
    value = within(content, form.name)
    words = [(code, read(word)) for code, word in form.choices] or list(choices)
    shape = "long" if form.long else SHAPES.get(form.cell, "line")
    if shape == "select" and not default and not (form.required and value is not None):
        words = [("", "–"), *words]
    text = written(value, form.cell) or default
    if shape == "select" and text not in dict(words):
        words.append((text, text))  # what is not among the choices stays what it is, and is refused where it is used
    ticked = frozenset(value or ()) if form.cell is Cell.CHOICES else frozenset()
    said = "" if shape == "checks" else read(form.help)
    return Field(
        form.name, read(form.label), shape, text, said, form.required, tuple(words), ticked, most=form.most,
        numeric=form.cell in (Cell.NUMBER, Cell.WHOLE),
    )  # fmt: skip


def put(content: Plain, form: FormField, posted: Mapping[str, Any], *, default: str = "") -> None:
    """Write what was typed into a field, in place; what is empty is taken out, what did not change stays.

    Parameters
    ----------
    posted : a `QueryDict`, or lists of texts by name
    """
    before = within(content, form.name)
    if form.cell is Cell.CHOICES:
        given: Any = [each for each in everything(posted, form.name) if each]
        if sorted(given) != sorted(before or ()):
            set_within(content, form.name, given or None)
        return
    if form.cell is Cell.FLAG:
        given = bool(last(posted, form.name))
        if given != bool(before):
            set_within(content, form.name, given or None)
        return
    text = last(posted, form.name).replace("\r\n", "\n").strip()
    if text != (written(before, form.cell).strip() or default):
        set_within(content, form.name, understood(text, form.cell) if text else None)


def written(value: Any, cell: Cell) -> str:  # noqa: PLR0911  # a shape each
    """A value as the text that stands in its field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        if cell is Cell.PAIRS:
            return "; ".join(f"{name} = {each}" for name, each in value.items())
        return "; ".join(f"{name}: {written(each, Cell.NUMBER)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(written(each, Cell.NUMBER) for each in value)
    return str(value)


def understood(text: str, cell: Cell) -> Any:  # noqa: PLR0911  # a shape each
    """What a text means in its field; what cannot be understood stays as it is, and is refused with its field."""
    match cell:
        case Cell.NUMBER | Cell.FIGURE:
            return number_in(text)
        case Cell.WHOLE:
            return int(text) if re.fullmatch(r"-?\d{1,9}", text) else text
        case Cell.ITEMS:
            return [each.strip() for each in text.split(";") if each.strip()]
        case Cell.NUMBERS:
            return [number_in(each) for each in text.split(";") if each.strip()]
        case Cell.BY_YEAR:
            return _pairs(text, ":", number_in)
        case Cell.PAIRS:
            return _pairs(text, "=", str)
    return text


def number_in(text: str) -> float | str:
    """A number with the marks of the reader's language; anything else as it was written."""
    plain = _SPACES.sub("", text.replace("\N{MINUS SIGN}", "-"))
    reader = language()
    if _GROUPED[reader].fullmatch(plain):
        plain = plain.replace("." if reader == "da" else ",", "")
    plain = plain.replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", plain) else text


def defaults_of(model: type[Part]) -> dict[str, str]:
    """Field → the choice that holds where nothing is said."""
    found = {name: info.default for name, info in model.model_fields.items()}
    return {name: str(value) for name, value in found.items() if isinstance(value, str) and value}


def within(content: Mapping[str, Any], name: str) -> Any:
    """The value under a name with dots; None where there is none."""
    at: Any = content
    for step in name.split("."):
        at = at.get(step) if isinstance(at, Mapping) else None
    return at


def set_within(content: Plain, name: str, value: Any) -> None:
    """Write a value under a name with dots; None takes it out, with what is empty around it."""
    outer, _, inner = name.partition(".")
    if inner:
        table = dict(content.get(outer) or {})
        set_within(table, inner, value)
        value = table or None
        inner = ""
    if value is None:
        content.pop(outer, None)
    else:
        content[outer] = value


def with_errors(fields: Iterable[Field], findings: Sequence[Finding]) -> tuple[list[Field], list[Finding]]:
    """The fields with what is wrong with each, and the findings that belong to none of them."""
    asked = list(fields)
    said: dict[str, list[str]] = {}
    rest = []
    names = {each.name for each in asked}
    for finding in findings:
        name = field_at(finding.place, names)
        if name is None:
            rest.append(finding)
        else:
            said.setdefault(name, []).append(told(finding))
    return [replace(each, error=" ".join(dict.fromkeys(said.get(each.name, ())))) for each in asked], rest


def told(finding: Finding) -> str:
    """A finding without its place, for where the place is seen; what is absent is not called by its name in a file."""
    if finding.code == "field-missing":
        return _("This must be filled in.")
    parts = (finding.what, finding.why, finding.remedy)
    return " ".join(filter(None, (part.read(language()) for part in parts)))


def field_at(place: str, names: Iterable[str]) -> str | None:
    """The field that a place speaks of.

    >>> field_at("action a07!action a07!lever 1!share", ["lever.1.share", "title"])
    'lever.1.share'
    >>> field_at("action a07!resources!capex_dkk", ["resources.capex_dkk"])
    'resources.capex_dkk'
    """
    steps = [re.sub(r" (\d+)$", r".\1", step) for step in place.split("!")[1:]]
    known = set(names)
    for start in range(len(steps)):
        way = ".".join(steps[start:]).split(".")
        for length in range(len(way), 0, -1):
            if (name := ".".join(way[:length])) in known:
                return name
    return None


def _pairs(text: str, mark: str, read_value: Any) -> Any:
    """``2026: 0,2; 2030: 1`` as a table; the whole text where a piece of it has no mark."""
    found: dict[str, Any] = {}
    for piece in filter(None, (each.strip() for each in text.split(";"))):
        name, there, value = piece.partition(mark)
        if not there:
            return text
        found[name.strip()] = read_value(value.strip())
    return found


def everything(posted: Mapping[str, Any], name: str) -> list[str]:
    getlist = getattr(posted, "getlist", None)
    if getlist is not None:
        return list(getlist(name))
    value = posted.get(name, [])
    return [value] if isinstance(value, str) else list(value)


def last(posted: Mapping[str, Any], name: str) -> str:
    found = everything(posted, name)
    return found[-1] if found else ""
