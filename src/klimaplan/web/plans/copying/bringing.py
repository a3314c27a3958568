"""What a copied action needs besides itself: shared assumptions come along, streams must be there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from klimaplan.domain.errors import Finding
from klimaplan.sources.plan_files.numbers import Number, Part
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import stored
from klimaplan.web.plans.contents.kinds import ACTION, PARAMETER, SUPPLY, kind_of
from klimaplan.web.plans.contents.reading import Plain, plain_of, read_stored
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.parts.checking import LONGEST_KEY, MOST_PARTS, checked
from klimaplan.web.plans.parts.services import next_position
from klimaplan.web.plans.results.selectors import outcome_of
from klimaplan.web.plans.stored import Piece
from klimaplan.web.plans.writes.services import put_new

EFFECT = ("lever", "template", "variant", "amounts", "streams", "ramp", "source")
"""The fields of an action that its effect is computed from."""

_STREAM_FIELDS = frozenset({"stream", "target"})


@dataclass
class Baggage:
    """What comes along with the actions of one copy: of one action first `coming`, then put into the plan or left.

    Parameters
    ----------
    origin : of every part that comes along
    names : parameter of the other plan → what it is called here, of those that are in the plan by now
    """

    plan: Plan
    pieces: tuple[Piece, ...]
    origin: Plain
    by: User
    names: dict[str, str] = field(default_factory=dict)
    coming: list[tuple[Piece, str]] = field(default_factory=list)

    def parameters(self, content: Plain) -> tuple[Plain, list[Plain]]:
        """The action with the names that its assumptions have here, and what there is to tell of each.

        One that the plan has not comes along; one of the same name that says the same is used; one of the same name
        that says something else comes along under another name.
        """
        part = read_stored(kind_of(ACTION), content)
        here = {name: self._parameter(name) for name in dict.fromkeys(parameters_in(part))}
        told = [_told(PARAMETER, name, key, how) for name, (key, how) in here.items() if how]
        return plain_of(renamed(part, {name: key for name, (key, _how) in here.items()})), told

    def supply(self, content: Plain) -> list[Plain]:
        """The other plan's factors of the streams that the action names, where this plan has none of its own."""
        wanted = set(streams_in(content))
        found = [
            each for each in self.pieces
            if each.kind == SUPPLY and each.key in wanted and self._there(SUPPLY, each.key) is None
        ]  # fmt: skip
        self.coming += [(each, each.key) for each in found]
        return [_told(SUPPLY, each.key, each.key, "brought") for each in found]

    def faults(self, key: str, content: Plain) -> tuple[Finding, ...]:
        """The errors that the plan would have in this action: a stream the municipality has not, or too little of."""
        pieces = [*stored.pieces_of(self.plan), *(piece for piece, _theirs in self.coming), Piece(ACTION, key, content)]
        found = outcome_of(stored.file_data(pieces)).errors
        return tuple(each for each in found if f"action {key}" in each.place.split("!"))

    def leave(self) -> None:
        """Nothing of what was coming is needed after all."""
        self.coming.clear()

    def put(self) -> None:
        """What was coming is in the plan from now on."""
        for piece, theirs in self.coming:
            put_new(
                self.plan, piece.kind, piece.key,
                checked(self.plan, kind_of(piece.kind), piece.content, f"{piece.kind} {theirs}"),
                position=next_position(self.plan, piece.kind), by=self.by, origin={**self.origin, "key": theirs},
            )  # fmt: skip
            if piece.kind == PARAMETER:
                self.names[theirs] = piece.key
        self.coming.clear()

    def _parameter(self, name: str) -> tuple[str, str]:
        """What it is called here, and how that came about; empty for one that the other plan has not either."""
        theirs = next((each for each in self.pieces if (each.kind, each.key) == (PARAMETER, name)), None)
        if theirs is None:
            return name, ""
        if name in self.names:
            return self.names[name], "brought" if self.names[name] == name else "renamed"
        mine = self._there(PARAMETER, name)
        if mine is not None and not mine.removed and mine.content == theirs.content:
            return name, "same"
        here = name if mine is None else self._free_name(name)
        self.coming.append((Piece(PARAMETER, here, {**theirs.content, "name": here}), name))
        return here, "brought" if here == name else "renamed"

    def _there(self, kind: str, key: str) -> PlanPart | None:
        return PlanPart.objects.filter(plan=self.plan, kind=kind, key=key).first()

    def _free_name(self, name: str) -> str:
        wanted = f"{name}_{self.origin['organisation']}"[: LONGEST_KEY - 4].replace("-", "_")
        taken = set(PlanPart.objects.filter(plan=self.plan, kind=PARAMETER).values_list("key", flat=True))
        every = (wanted, *(f"{wanted}_{number}" for number in range(2, MOST_PARTS + 2)))
        return next(each for each in every if each not in taken)


def without_effect(content: Plain) -> Plain:
    """The action without what its effect is computed from."""
    return {name: value for name, value in content.items() if name not in EFFECT}


def parameters_in(value: Any) -> Iterator[str]:
    """The names of the shared assumptions that a part uses."""
    if isinstance(value, Number) and value.parameter:
        yield value.parameter
    for each in _inside(value):
        yield from parameters_in(each)


def streams_in(value: Any) -> Iterator[str]:
    """The streams that a plain content names."""
    if isinstance(value, Mapping):
        yield from (each for name, each in value.items() if name in _STREAM_FIELDS and isinstance(each, str))
        yield from value["streams"].values() if isinstance(value.get("streams"), Mapping) else ()
        for each in value.values():
            yield from streams_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from streams_in(each)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A part with its shared assumptions under other names."""
    if isinstance(value, Part):
        changed = {name: renamed(each, names) for name, each in value}
        if isinstance(value, Number) and value.parameter:
            changed["parameter"] = names.get(value.parameter, value.parameter)
        return value.model_copy(update=changed)
    if isinstance(value, tuple):
        return tuple(renamed(each, names) for each in value)
    if isinstance(value, Mapping):
        return {name: renamed(each, names) for name, each in value.items()}
    return value


def _inside(value: Any) -> Iterator[Any]:
    if isinstance(value, Part):
        yield from (each for _name, each in value)
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value


def _told(kind: str, theirs: str, here: str, how: str) -> Plain:
    return {"kind": kind, "theirs": theirs, "key": here, "how": how}
