"""Which actions use an assumption, and which assumptions an action uses."""

from __future__ import annotations

from collections.abc import Iterator

from klimaplan.web.plans import selectors
from klimaplan.web.plans.contents.kinds import ACTION, kind_of
from klimaplan.web.plans.contents.reading import Plain, read_stored
from klimaplan.web.plans.copying.bringing import parameters_in, streams_in
from klimaplan.web.plans.models import Plan, PlanPart

KINDS = ("parameter", "stream", "supply", "driver")


def users(plan: Plan) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Kind and key of every assumption that is used → key and title of the actions that use it."""
    known = {name: part.content for name, part in _assumptions(plan).items()}
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for part in selectors.parts(plan, ACTION) if known else ():
        for name in _used(part, known):
            found.setdefault(name, []).append((part.key, str(part.content.get("title", part.key))))
    return found


def used_by(plan: Plan, action: PlanPart) -> list[PlanPart]:
    """The assumptions that an action uses, in the order of their kinds."""
    there = _assumptions(plan)
    used = set(_used(action, {name: part.content for name, part in there.items()}))
    return [part for name, part in there.items() if name in used]


def _assumptions(plan: Plan) -> dict[tuple[str, str], PlanPart]:
    """By kind and key, in the order of the kinds."""
    there = [part for part in selectors.parts_of_kinds(plan, *KINDS) if not part.removed]
    return {(part.kind, part.key): part for part in sorted(there, key=lambda part: KINDS.index(part.kind))}


def _used(action: PlanPart, known: dict[tuple[str, str], Plain]) -> Iterator[tuple[str, str]]:
    """The kinds and keys among those known that an action uses."""
    names = set(parameters_in(read_stored(kind_of(ACTION), action.content)))
    streams = set(streams_in(action.content))
    for (kind, key), content in known.items():
        own = {
            "parameter": {key} & names,
            "stream": {key} & streams,
            "supply": {key} & streams,
            "driver": set(content.get("streams", ())) & streams,
        }[kind]
        if own:
            yield kind, key
