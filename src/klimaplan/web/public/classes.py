"""The legend of the map: a class, its colour and the borders it holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from klimaplan.domain.status.classes import NEGATIVE
from klimaplan.web.public.arrangement import Arrangement
from klimaplan.web.public.formatting import measured


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One class: `style` names its colour in the style sheet."""

    style: str
    label: str


def legend(arrangement: Arrangement) -> list[LegendEntry]:
    """The classes that occur, from the lowest; negative and missing by themselves."""
    measure = arrangement.wish.measure
    borders = [measured(border, measure) for border in arrangement.classes.borders]
    labels = (
        [_("under %(to)s") % {"to": borders[0]}]
        + [f"{low} – {high}" for low, high in pairwise(borders)]
        + [_("%(from)s and over") % {"from": borders[-1]}]
        if borders
        else [_("all")]
    )
    entries = [LegendEntry(style_of(index, arrangement), label) for index, label in enumerate(labels)]
    seen = {line.map_class for line in arrangement.shown}
    if NEGATIVE in seen and not arrangement.diverging:
        entries.insert(0, LegendEntry("negative", _("takes up more than it emits")))
    if None in seen:
        entries.append(LegendEntry("missing", _("cannot be computed")))
    return entries


def style_of(map_class: int | None, arrangement: Arrangement) -> str:
    """The style of a class; a missing figure is hatched, never the lowest colour.

    Around zero the styles count outwards: ``below-1`` and ``above-1`` lie next to it.
    """
    if map_class is None:
        return "missing"
    if map_class == NEGATIVE:
        return "negative"
    if not arrangement.diverging:
        return f"sequential-{map_class + 1}"
    from_zero = map_class - arrangement.classes.borders.index(0.0)
    return f"above-{from_zero}" if from_zero > 0 else f"below-{1 - from_zero}"
