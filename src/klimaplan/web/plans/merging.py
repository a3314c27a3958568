"""Two people's changes of the same part put together, field by field, against what both began with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from klimaplan.web.plans.contents.kinds import ACTION, Kind
from klimaplan.web.plans.contents.reading import Plain

Way = tuple[str, ...]
Side = Literal["mine", "theirs"]

INSIDE: Mapping[str, Mapping[str, int]] = {
    ACTION: {"decision": 1, "resources": 1, "known": 2, "amounts": 1, "streams": 1},
}
"""Kind → the fields that are made of fields themselves, and how deep; all others are changed as one."""

LISTS: Mapping[str, frozenset[str]] = {ACTION: frozenset({"lever"})}
"""Kind → lists whose entries are told apart by their place, as long as nobody adds or removes one."""


class _Absent:
    """What stands where a field is at its default; a class of its own because None may be written."""

    def __repr__(self) -> str:
        return "absent"


ABSENT: Any = _Absent()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Something that both changed, each in another way.

    Parameters
    ----------
    field : its name, with dots; of several that only make sense together the first
    fields : all of them
    base, mine, theirs : field → value; what is at its default is left out
    """

    field: str
    fields: tuple[str, ...]
    base: Plain
    mine: Plain
    theirs: Plain


@dataclass(frozen=True, slots=True)
class Merged:
    """What two changes come to.

    Parameters
    ----------
    content : where they overlap and nobody has chosen, theirs
    overlaps : what somebody has to choose
    taken : the fields in which my change is in the content
    """

    content: Plain
    overlaps: tuple[Overlap, ...]
    taken: tuple[str, ...] = ()


def merge(kind: Kind, *, base: Plain, mine: Plain, theirs: Plain, choices: Mapping[str, Side] | None = None) -> Merged:
    """Everything that only one of the two changed, and what was chosen where both did.

    Parameters
    ----------
    choices : name of an overlap → whose change holds
    """
    chosen = choices or {}
    steady = len({_length(kind, content) for content in (base, mine, theirs)}) == 1
    b, m, t = (leaves(kind, content, steady=steady) for content in (base, mine, theirs))
    merged: dict[Way, Any] = {}
    overlaps: list[Overlap] = []
    taken: list[str] = []
    for ways in _units(kind, b, m, t):
        was, ours, other = ([side.get(way, ABSENT) for way in ways] for side in (b, m, t))
        if other != was and ours not in (was, other):
            overlap = _overlap(ways, was, ours, other)
            side = chosen.get(overlap.field)
            if side is None:
                overlaps.append(overlap)
            result = ours if side == "mine" else other
        else:
            result = other if ours == was else ours
        merged.update(zip(ways, result, strict=True))
        taken += [_name(way) for way, value, before in zip(ways, result, other, strict=True) if value != before]
    return Merged(grown(merged), tuple(overlaps), tuple(taken))


def changed_fields(kind: Kind, before: Plain, after: Plain) -> tuple[str, ...]:
    """The names of the fields in which two contents differ."""
    steady = _length(kind, before) == _length(kind, after)
    old, new = leaves(kind, before, steady=steady), leaves(kind, after, steady=steady)
    return tuple(_name(way) for way in dict.fromkeys((*old, *new)) if old.get(way, ABSENT) != new.get(way, ABSENT))


def leaves(kind: Kind, content: Plain, *, steady: bool = True) -> dict[Way, Any]:
    """The smallest things that are changed as one: way → value.

    Parameters
    ----------
    steady : whether entries of lists are taken one by one
    """
    found: dict[Way, Any] = {}
    for name, value in content.items():
        depth = INSIDE.get(kind.code, {}).get(name, 0)
        if steady and name in LISTS.get(kind.code, ()) and isinstance(value, list):
            found.update({(name, str(number)): each for number, each in enumerate(value, start=1)})
        else:
            found.update(_inside((name,), value, depth))
    return found


def grown(flat: Mapping[Way, Any]) -> Plain:
    """The content of its leaves."""
    content: Plain = {}
    for way, value in flat.items():
        if value is ABSENT:
            continue
        holder = content
        for step in way[:-1]:
            holder = holder.setdefault(step, {})
        holder[way[-1]] = value
    for name in {name for names in LISTS.values() for name in names} & set(content):
        if isinstance(content[name], dict):
            content[name] = [content[name][number] for number in sorted(content[name], key=int)]
    return content


def _inside(way: Way, value: Any, depth: int) -> dict[Way, Any]:
    if depth == 0 or not isinstance(value, dict) or not value:
        return {way: value}
    return {key: leaf for name, each in value.items() for key, leaf in _inside((*way, name), each, depth - 1).items()}


def _units(kind: Kind, *sides: Mapping[Way, Any]) -> Iterable[tuple[Way, ...]]:
    """The leaves, those together that must not be mixed."""
    base, mine, theirs = sides
    ways = dict.fromkeys(way for side in sides for way in side)
    grouped: set[Way] = set()
    for fields, turned_by in kind.whole:
        group = tuple(way for way in ways if way[0] in fields)
        turned = [way for way in group if way[0] in turned_by]
        if any(side.get(way, ABSENT) != base.get(way, ABSENT) for way in turned for side in (mine, theirs)):
            grouped.update(group)
            yield group
    yield from ((way,) for way in ways if way not in grouped)


def _overlap(ways: tuple[Way, ...], base: list[Any], mine: list[Any], theirs: list[Any]) -> Overlap:
    differing = [number for number in range(len(ways)) if not base[number] == mine[number] == theirs[number]]
    names = [_name(ways[number]) for number in differing]
    sides = [
        {name: side[number] for name, number in zip(names, differing, strict=True) if side[number] is not ABSENT}
        for side in (base, mine, theirs)
    ]
    return Overlap(names[0], tuple(names), *sides)


def _length(kind: Kind, content: Plain) -> tuple[int, ...]:
    return tuple(len(content.get(name, ())) for name in sorted(LISTS.get(kind.code, ())))


def _name(way: Way) -> str:
    return ".".join(way)
