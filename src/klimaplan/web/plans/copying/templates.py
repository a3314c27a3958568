"""A measure of the library as the content of an action, held against what the measure asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klimaplan.domain.actions.ramp import Ramp
from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.reference import load
from klimaplan.web.plans.contents.reading import Plain


def filled_in(
    slug: str,
    key: str,
    amounts: Mapping[str, Any],
    *,
    start: int | None,
    variant: str = "",
    source: str = "",
    title: str = "",
) -> Plain:
    """The action as a plan file has it.

    Raises
    ------
    UnknownCodeError : no such measure or variant
    InputError : amounts that are absent or unknown, all of them; or no year to begin in
    """
    measure = load.measure(slug)
    chosen = measure.variant(variant) if measure.has_effect else None
    if measure.has_effect and start is None:
        raise InputError(_no_start(key))
    ramp = None if start is None or not measure.has_effect else measure.ramp(start)
    # the library refuses what it does not know; the numbers themselves are read as those of a plan file
    measure.build(key, amounts=dict.fromkeys(amounts, 0.0), ramp=ramp, variant=variant, source=source)
    content: Plain = {
        "key": key,
        "title": title or (chosen.title.da if chosen else measure.title.da),
        "template": slug,
        "variant": chosen.code if chosen else "",
        "amounts": dict(amounts),
        "source": source if chosen else "",
    }
    return content if ramp is None else {**content, "ramp": _ramp(ramp)}


def _ramp(ramp: Ramp) -> Plain:
    given = {"start": ramp.start, "end": ramp.end}
    return {"shape": str(ramp.shape), **{name: year for name, year in given.items() if year is not None}}


def _no_start(key: str) -> Finding:
    return Finding(
        "ramp-absent", key,
        Text("Tiltaget har ikke noget startår.", "The action has no year to begin in."),
        Text("Biblioteket kender indfasningens form og længde, men ikke hvornår den begynder.",
             "The library knows form and length of the ramp, but not when it begins."),
        Text("Angiv det sidste år, hvor intet er på plads.", "Give the last year with nothing in place."),
    )  # fmt: skip
