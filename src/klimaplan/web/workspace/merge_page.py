"""Two changes of the same part beside each other: what both began with, mine, theirs; what overlaps is chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from klimaplan.domain.errors import Finding, InputError, Text
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import Kind, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import Overlap
from klimaplan.web.plans.results.comparing import field_changes, label_of
from klimaplan.web.plans.staleness import Clash
from klimaplan.web.workspace.telling import differing
from klimaplan.web.workspace.wording import read


@dataclass(frozen=True, slots=True)
class Line:
    """One field on one side."""

    label: str
    base: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What both changed: a choice between two."""

    name: str
    label: str
    base: str
    mine: str
    theirs: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class MergePage:
    """The view; `mine` travels with the form as text."""

    who: str
    choices: tuple[Choice, ...]
    only_mine: tuple[Line, ...]
    only_theirs: tuple[Line, ...]
    mine: str
    base_version: int
    expected_version: int
    removed: bool
    removing: bool


def merge_page(clash: Clash, chosen: Mapping[str, str] | None = None) -> MergePage:
    kind = kind_of(clash.kind)
    base, mine, theirs = clash.base or {}, clash.mine or {}, clash.theirs or {}
    both = {name for overlap in clash.overlaps for name in overlap.fields}
    return MergePage(
        clash.by,
        tuple(choice_of(kind, overlap, chosen or {}, f"choice.{overlap.field}") for overlap in clash.overlaps),
        tuple(_lines(kind, base, mine, both)),
        tuple(_lines(kind, base, theirs, both)) if clash.theirs is not None else (),
        json.dumps(mine, ensure_ascii=False),
        clash.base_version,
        clash.current_version,
        clash.theirs is None,
        clash.mine is None,
    )


def content_in(text: str) -> Plain:
    """My change as the form carried it.

    Raises
    ------
    InputError : it is no content
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(Finding(
            "merge-unreadable", "content",
            Text("Din ændring kom ikke med.", "Your change did not come along."),
            Text("Intet er gemt.", "Nothing was kept."),
            Text("Gå tilbage, og gem igen.", "Go back, and save again."),
        ))  # fmt: skip
    return found


def chosen_in(posted: Mapping[str, Any]) -> dict[str, Any]:
    """Field → ``mine`` or ``theirs``."""
    return {
        name.removeprefix("choice."): posted[name]
        for name in posted
        if name.startswith("choice.") and posted[name] in ("mine", "theirs")
    }


def choice_of(kind: Kind, overlap: Overlap, chosen: Mapping[str, str], name: str) -> Choice:
    """What both changed, as a choice; `name` is that of the field on the form."""
    named = {each.name: each for each in form_of(kind)}
    label = ", ".join(dict.fromkeys(read(label_of(kind, field)) for field in overlap.fields))
    base: list[str] = []
    mine: list[str] = []
    theirs: list[str] = []
    for field in overlap.fields:
        sides = [side.get(field) for side in (overlap.base, overlap.mine, overlap.theirs)]
        for what, was, ours, other in differing(read(label_of(kind, field)), *sides, form=named.get(field)):
            start = f"{what}: " if what != label else ""
            for texts, text in ((base, was), (mine, ours), (theirs, other)):
                texts.append(f"{start}{text}")
    return Choice(name, label, "\n".join(base), "\n".join(mine), "\n".join(theirs), chosen.get(overlap.field, ""))


def _lines(kind: Kind, base: Plain, side: Plain, both: set[str]) -> Iterator[Line]:
    named = {each.name: each for each in form_of(kind)}
    for each in field_changes(kind, base, side):
        if each.name not in both:
            for found in differing(read(each.label), each.before, each.after, form=named.get(each.name)):
                yield Line(*found)
