"""What differs between two plans or versions: in words, field by field, and in tonnes and kroner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from klimaplan.domain.errors import Text
from klimaplan.exports.texts import cut
from klimaplan.sources.plan_files.writing import inline
from klimaplan.web.plans.contents.asking import form_of
from klimaplan.web.plans.contents.kinds import ACTION, HEAD, Kind, kind_of
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import ABSENT, changed_fields, leaves
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.plans.stored import Piece

YEARS = (2030, 2050)
"""The years whose tonnes are told."""

LONGEST_TITLE = 80
NOTHING = Text("intet", "nothing")


class Change(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; None where it is at its default."""

    name: str
    label: Text
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that differs."""

    kind: str
    key: str
    title: str
    change: Change
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A number on both sides; None where one has none, and then there is no difference either."""

    first: float | None
    second: float | None

    @property
    def difference(self) -> float | None:
        return None if self.first is None or self.second is None else self.second - self.first


@dataclass(frozen=True, slots=True)
class Spending:
    """What actions cost together in DKK of one price year; an action without a figure is left out, not nought.

    Parameters
    ----------
    named_first, named_second : how many actions have a figure
    """

    price_year: int | None
    capex: Pair
    opex: Pair
    named_first: int
    named_second: int


@dataclass(frozen=True)
class Comparison:
    """Two plans or versions; every difference is the second less the first.

    Parameters
    ----------
    pathway, manko : year → t CO2e of all sectors
    effects : action → year → t CO2e
    """

    parts: tuple[PartChange, ...]
    pathway: Mapping[int, Pair]
    manko: Mapping[int, Pair]
    effects: Mapping[str, Mapping[int, Pair]]
    costs: tuple[Spending, ...]

    @property
    def words(self) -> tuple[Text, ...]:
        """One sentence for every difference."""
        return tuple(sentence for part in self.parts for sentence in _in_words(part))


def compared(
    first: Sequence[Piece], second: Sequence[Piece], figures_first: Figures, figures_second: Figures
) -> Comparison:
    sides = figures_first, figures_second
    actions = dict.fromkeys(each.key for side in (first, second) for each in side if each.kind == ACTION)
    return Comparison(
        tuple(part_changes(first, second)),
        {year: Pair(*(side.pathway_in(year) for side in sides)) for year in YEARS},
        {year: Pair(*(side.manko_in(year) for side in sides)) for year in YEARS},
        {key: {year: Pair(*(side.effect_in(key, year) for side in sides)) for year in YEARS} for key in actions},
        tuple(_spending(first, second)),
    )


def part_changes(first: Sequence[Piece], second: Sequence[Piece]) -> Iterator[PartChange]:
    """What was removed, changed and added, in that order within the order of the parts."""
    old, new = {each.name: each for each in first}, {each.name: each for each in second}
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            yield PartChange(*name, title_of(after), Change.ADDED)
        elif after is None and before is not None:
            yield PartChange(*name, title_of(before), Change.REMOVED)
        elif before is not None and after is not None and before.content != after.content:
            fields = field_changes(kind_of(before.kind), before.content, after.content)
            yield PartChange(*name, title_of(after), Change.CHANGED, fields)


def field_changes(kind: Kind, before: Plain, after: Plain) -> tuple[FieldChange, ...]:
    names = changed_fields(kind, before, after)
    # lists of one length are told entry by entry, as `changed_fields` names them
    steady = any(name.rpartition(".")[2].isdigit() and "." in name for name in names)
    sides = []
    for content in (before, after):
        found = {".".join(way): value for steady_now in {True, steady} for way, value in
                 leaves(kind, content, steady=steady_now).items()}  # fmt: skip
        sides.append({**{name: value for name, value in content.items() if name in names}, **found})
    return tuple(
        FieldChange(name, label_of(kind, name), *(_given(side.get(name, ABSENT)) for side in sides)) for name in names
    )


def label_of(kind: Kind, name: str) -> Text:
    """What a form calls a field; of something inside a field its own name is added."""
    labels = {each.name: each.label for each in form_of(kind)}
    way = name.split(".")
    for length in range(len(way), 0, -1):
        if (label := labels.get(".".join(way[:length]))) is not None:
            rest = " ".join(way[length:])
            return label if not rest else Text(f"{label.da} {rest}", f"{label.en} {rest}")
    if way[0] == "lever":
        return Text(f"Greb {way[-1]}", f"Lever {way[-1]}") if len(way) > 1 else Text("Greb", "Levers")
    if way[0] == "ramp":
        return Text("Indfasning", "Ramp")
    return Text(name, name)


def title_of(piece: Piece) -> str:
    """What a reader knows a part by."""
    for field in ("title", "name", "benefit", "department", "text", "description"):
        if text := piece.content.get(field):
            return cut(str(text), LONGEST_TITLE)
    return piece.key


def _given(value: Any) -> Any:
    return None if value is ABSENT else value


def _in_words(part: PartChange) -> Iterator[Text]:
    kind = kind_of(part.kind)
    name = Text(kind.name.da, kind.name.en) if part.kind == HEAD else Text(
        f"{kind.name.da} {part.key}, {part.title}", f"{kind.name.en} {part.key}, {part.title}"
    )  # fmt: skip
    if part.change is Change.ADDED:
        yield Text(f"{name.da}: er ny.", f"{name.en}: is new.")
    elif part.change is Change.REMOVED:
        yield Text(f"{name.da}: er fjernet.", f"{name.en}: was removed.")
    for each in part.fields:
        label, before, after = each.label, _shown(each.before), _shown(each.after)
        yield Text(
            f"{name.da}: {label.da}: {before.da} → {after.da}.", f"{name.en}: {label.en}: {before.en} → {after.en}."
        )


def _shown(value: Any) -> Text:
    return NOTHING if value is None else Text(inline(value), inline(value))


def _spending(first: Sequence[Piece], second: Sequence[Piece]) -> Iterator[Spending]:
    """By price year: kroner of different years are not added."""
    sides = [_resources(pieces) for pieces in (first, second)]
    for year in sorted({year for side in sides for year in side}, key=lambda year: (year is None, year)):
        named = [side.get(year, []) for side in sides]
        capex, opex = (
            Pair(*(_sum([each[field] for each in side if field in each]) for side in named))
            for field in ("capex_dkk", "opex_dkk")
        )
        yield Spending(year, capex, opex, len(named[0]), len(named[1]))


def _resources(pieces: Sequence[Piece]) -> dict[int | None, list[Plain]]:
    of_plan = next((each.content.get("price_year") for each in pieces if each.kind == HEAD), None)
    found: dict[int | None, list[Plain]] = {}
    for each in pieces:
        given = each.content.get("resources", {}) if each.kind == ACTION else {}
        if "capex_dkk" in given or "opex_dkk" in given:
            found.setdefault(given.get("price_year", of_plan), []).append(given)
    return found


def _sum(amounts: list[float]) -> float | None:
    return sum(amounts) if amounts else None
