"""How sure a number is, as fields of a form: which distribution, and the figures that this one takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pydantic import ValidationError

from klimaplan.domain.errors import Finding, Text
from klimaplan.domain.uncertainty import distributions
from klimaplan.sources.plan_files import sheets
from klimaplan.sources.plan_files.numbers import Figures
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.workspace.fields import Field, last, set_within, understood, within, written
from klimaplan.web.workspace.wording import read

OF_KIND: Mapping[str, tuple[str, ...]] = {
    "fixed": ("value",),
    "triangular": ("low", "central", "high"),
    "pert": ("low", "central", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("median", "spread"),
    "uniform": ("low", "high"),
    "discrete": ("values", "probabilities"),
}
"""Distribution → the figures that it takes."""

KIND = "distribution"
NAMES = tuple(dict.fromkeys(name for names in OF_KIND.values() for name in names))
LISTS = ("values", "probabilities")
_PLAIN = ("fixed", "triangular")
"""Said without the word: a value, or low–central–high."""


def shown(content: Plain, base: str, *, unit: str = "") -> Iterator[Field]:
    """The choice of a distribution and every figure that any of them takes; those of the others are not looked at.

    Parameters
    ----------
    base : where the number stands in the content, with a dot at the end; empty for the content itself
    """
    kind, texts = _stored(content, base)
    words = {code: read(word) for code, word in sheets.DISTRIBUTION_WORDS.items()}
    choices = tuple((code, f"{capfirst(words[code])}: {_takes(code)}") for code in OF_KIND)
    yield Field(
        f"{base}{KIND}", _("How sure the number is"), "select", kind, choices=choices, required=True,
        help=_("Fill in the figures of the one that is chosen."),
    )  # fmt: skip
    for name in NAMES:
        kinds = tuple(code for code, names in OF_KIND.items() if name in names)
        yield Field(
            f"{base}{name}", label_of(name), "line", texts.get(name, ""), numeric=True, kinds=kinds,
            unit=unit if name not in ("spread", "probabilities") else "",
            help=_("Several with semicolons between.") if name in LISTS else "",
        )  # fmt: skip


def put(content: Plain, base: str, posted: Mapping[str, Any]) -> None:
    """Write what was typed, in place; a number that was not changed stays as it was stored."""
    kind = last(posted, f"{base}{KIND}")
    if kind not in OF_KIND:
        return
    typed = {name: text for name in OF_KIND[kind] if (text := last(posted, f"{base}{name}").strip())}
    if (kind, typed) == _stored(content, base):
        return
    if base and not isinstance(content.get(base.rstrip(".")), Mapping):
        content.pop(base.rstrip("."), None)  # a number alone, or the name of an assumption
    for name in (*NAMES, KIND):
        set_within(content, f"{base}{name}", None)
    figures = {name: understood(text, Cell.NUMBERS if name in LISTS else Cell.NUMBER) for name, text in typed.items()}
    if kind in _PLAIN:
        for name, figure in figures.items():
            set_within(content, f"{base}{name}", figure)
    else:
        set_within(content, f"{base}{KIND}", {"kind": kind, **figures})


def faults(content: Plain, base: str, place: str) -> list[Finding]:
    """What is wrong with a number, at the fields of the form."""
    stored = content if not base else within(content, base.rstrip("."))
    way = "!".join((place, *filter(None, base.split("."))))
    kind, texts = _stored(content, base)
    if absent := [name for name in OF_KIND[kind] if name not in texts]:
        return [_absent(f"{way}!{name}") for name in absent]
    given = {name: stored.get(name) for name in Figures.model_fields if isinstance(stored, Mapping) and name in stored}
    given = given if isinstance(stored, Mapping) else {"value": stored}
    try:
        described = Figures.model_validate(given).described
    except ValidationError:
        return []  # no numbers at all: the part itself is refused for it, field by field
    if described is None:
        return []
    first = OF_KIND[kind][0]
    return [replace(each, place=f"{way}!{first}") for each in distributions.check(*described, place=way)]


def placed(finding: Finding) -> Finding:
    """A finding of a distribution at the field that the form has for it."""
    return replace(finding, place=finding.place.replace(f"!{KIND}!", "!"))


def said(content: Plain, base: str) -> str:
    """A number in one line: ``PERT: lav 4, central 7, høj 11``, or only the number where it is fixed."""
    kind, texts = _stored(content, base)
    if kind == "fixed":
        return texts.get("value", "")
    figures = ", ".join(f"{label_of(name).lower()} {text}" for name, text in texts.items())
    return f"{capfirst(read(sheets.DISTRIBUTION_WORDS[kind]))}: {figures}"


def label_of(name: str) -> str:
    column = next(
        each for each in sheets.PARAMETERS.columns if each.field in (name, f"{KIND}.{name}")
    )  # fmt: skip
    return read(column.name)


def _takes(kind: str) -> str:
    return ", ".join(label_of(name).lower() for name in OF_KIND[kind])


def _stored(content: Plain, base: str) -> tuple[str, dict[str, str]]:
    """Which distribution is stored, and its figures as text."""
    number: Any = content if not base else within(content, base.rstrip("."))
    if isinstance(number, int | float) and not isinstance(number, bool):
        number = {"value": number}
    if not isinstance(number, Mapping):
        return "fixed", {}
    inner = number.get(KIND)
    figures: Mapping[str, Any] = inner if isinstance(inner, Mapping) else number
    three = any(name in number for name in OF_KIND["triangular"])
    kind = str(inner["kind"]) if isinstance(inner, Mapping) else "triangular" if three else "fixed"
    kind = kind if kind in OF_KIND else "fixed"
    found = {name: figures.get(name) for name in OF_KIND[kind]}
    return kind, {
        name: value if isinstance(value, str) else written(value, Cell.NUMBERS if name in LISTS else Cell.NUMBER)
        for name, value in found.items() if value is not None
    }  # fmt: skip


def _absent(place: str) -> Finding:
    return Finding(
        "field-missing", place,
        Text("Tallet mangler.", "The figure is missing."),
        Text("", ""),
        Text("Skriv det.", "Write it."),
    )  # fmt: skip
