"""The words for codes on the pages of a plan, and amounts as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimaplan.domain.errors import Text
from klimaplan.exports.numbers import THIN, amount, plain
from klimaplan.web.config.errors import language
from klimaplan.web.plans.contents.asking import FormField
from klimaplan.web.plans.contents.choices import CHOICES

STATES = {
    "draft": gettext_lazy("Draft"),
    "submitted": gettext_lazy("Submitted"),
    "certified": gettext_lazy("Certified"),
    "published": gettext_lazy("Published"),
    "named": gettext_lazy("Named version"),
}
PROGRESS = CHOICES["progress"]
GROUPED_FROM = 10_000


def read(text: Text) -> str:
    """A text in the language of the page."""
    return text.read(language())


def first_large(word: str) -> str:
    """A word as it stands at the beginning of a line."""
    return word[:1].upper() + word[1:]


def tonnes(value: float | None, *, signed: bool = False) -> str:
    """An amount in words; a missing one is called so."""
    return _("missing") if value is None else amount(value, language(), signed=signed)


def whole(value: float | None, *, signed: bool = False) -> str | None:
    """Tonnes for a cell of a table, without the unit."""
    return plain(value, language(), digits=0, signed=signed)


def spoken(value: Any, field: FormField | None = None) -> str:
    """What a field says, for somebody who compares two of them."""
    if value is None or value in ("", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        return _grouped(value)
    words = dict(field.choices) if field else {}
    if isinstance(value, str):
        return read(words[value]) if value in words else value
    if isinstance(value, Mapping):
        return _figure(value)
    return ", ".join(spoken(each, field) for each in value)


def number(value: float) -> str:
    """Every digit that was given, with the comma of the reader."""
    text = f"{value:.12g}"
    if "e" in text:
        text = f"{value:f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "da" else text


def unit_words(unit: str) -> str:
    """A unit as people say it; what is counted in something of the plan's own keeps its name."""
    if unit == "share":
        return "%"
    da = language() == "da"
    parts = unit.split("/")
    a_year = parts[-1] == "yr" and len(parts) > 1
    said = [_UNITS[part].read(language()) if part in _UNITS else part for part in (parts[:-1] if a_year else parts)]
    words = (" pr. " if da else " per ").join(said)
    return words + (" om året" if da else " a year") if a_year else words


_UNITS = {
    "t CO2e": Text("ton CO2e", "t CO2e"), "t CO2": Text("ton CO2", "t CO2"), "t": Text("ton", "t"),
    "head": Text("dyr", "head"), "car": Text("bil", "car"), "factor": Text("faktor", "factor"),
}  # fmt: skip


def _grouped(value: float) -> str:
    """A figure to read; from ten thousand up its thousands are marked, so that years never are."""
    if abs(value) < GROUPED_FROM:
        return number(value)
    decimals = len(f"{value:.12g}".partition(".")[2]) if "e" not in f"{value:.12g}" else 0
    return plain(float(value), language(), digits=decimals) or ""


def _figure(value: Mapping[str, Any]) -> str:
    """A number with its range and unit, or any other table, in one line."""
    if {"low", "high"} <= set(value):
        range_ = f"{number(value['low'])} – {number(value.get('central', value['low']))} – {number(value['high'])}"
        return f"{range_}{THIN}{value.get('unit', '')}".strip()
    if "value" in value and isinstance(value["value"], int | float):
        return f"{number(value['value'])}{THIN}{value.get('unit', '')}".strip()
    return "; ".join(f"{name}: {spoken(each)}" for name, each in value.items())
