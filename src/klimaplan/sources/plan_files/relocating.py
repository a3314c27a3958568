"""Findings of the domain, brought back to the field or cell of the file they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.lever import Lever, streams_cut, streams_fed
from klimaplan.domain.errors import Finding, Text
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.document import Document, Path

_LEVER = re.compile(r"(?P<key>[^/]+)/lever (?P<number>\d+)(?:/(?P<rest>.+))?")
_YEAR = re.compile(r"\d{4}")

MONEY = {"capex": "capex_dkk", "opex": "opex_dkk", "saved": "saved_dkk"}
RAMP = {"ramp-incomplete", "ramp-backwards", "ramp-before-account", "year-outside-horizon"}
FIELD_OF_ACTION: Mapping[str, Path] = {"action-twice": ("key",), "price-year-missing": ("resources", "price_year")}
FIELD_OF = {
    "fixed-tonnes-without-reason": "reason", "lever-form-differs": "kind", "shift-incomplete": "target",
    "shift-to-itself": "target", "change-upwards": "after", "lever-without-effect": "uptake",
}  # fmt: skip
"""Finding of a lever → the field that mends it."""


@dataclass(frozen=True)
class Placed:
    """An action of the domain with the ways to it and its levers.

    Parameters
    ----------
    levers : the way to each lever of the action; a lever of a template stands where the template does
    entries : the lever as it was written; None for one of a template
    """

    action: Action
    path: Path
    levers: tuple[Path, ...]
    entries: tuple[model.LeverEntry | None, ...]


@dataclass(frozen=True)
class Whereabouts:
    """All actions of a file, and the ways to their numbers by name."""

    document: Document
    actions: Sequence[Placed]
    numbers: Mapping[str, Path]

    def relocate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The same findings with places in the file; one for every field, whatever found it."""
        moved = [self._moved(finding) for finding in findings]
        return list(dict.fromkeys(moved))

    def _moved(self, finding: Finding) -> Finding:
        path = self._path(finding)
        if path is None:
            return replace(finding, place=f"{self.document.name}!{finding.place}")
        what = finding.what
        keys = finding.place.partition("/")[0]
        if ", " in keys:  # several actions together; the place names the last
            what = Text(f"{keys}: {what.da}", f"{keys}: {what.en}")
        return replace(finding, place=self.document.place(path), what=what)

    def _path(self, finding: Finding) -> Path | None:
        if " → " in finding.place:
            return self._of_circle(finding.place.split(" → "))
        if found := _LEVER.fullmatch(finding.place):
            return self._of_lever(finding, found["key"], int(found["number"]), found["rest"])
        keys, _, rest = finding.place.partition("/")
        named = keys.split(", ")
        placed = next((each for each in reversed(self.actions) if each.action.key in named), None)
        return None if placed is None else self._of_action(finding, placed, rest)

    def _of_action(self, finding: Finding, placed: Placed, rest: str) -> Path:
        if finding.code in FIELD_OF_ACTION:
            return (*placed.path, *FIELD_OF_ACTION[finding.code])
        if rest in MONEY:
            return (*placed.path, "resources", MONEY[rest])
        return self.numbers[rest] if rest in self.numbers else next(self._meeting(placed, rest), placed.path)

    def _of_lever(self, finding: Finding, key: str, number: int, rest: str | None) -> Path | None:
        placed = next((each for each in self.actions if each.action.key == key), None)
        if placed is None or number > len(placed.levers):
            return None
        path, entry = placed.levers[number - 1], placed.entries[number - 1]
        if entry is None:  # of a template: where the template is named
            of_template = (*placed.path, "ramp") if finding.code in RAMP else path
            return of_template if rest is None else self.numbers.get(rest, of_template)
        if rest is not None:
            return self.numbers.get(rest, (*path, rest))
        if finding.code in RAMP:
            return (*path, "ramp", *_field_of_ramp(finding, entry.ramp))
        if finding.code in FIELD_OF:
            return (*path, FIELD_OF[finding.code])
        named = [key for key in _streams(entry) if _names(finding, key)]
        return (*path, *_field_of_stream(entry, named[0])) if named else path

    def _meeting(self, placed: Placed, stream: str) -> Iterator[Path]:
        """The last levers of an action that meet a stream."""
        for lever, path, entry in reversed(list(zip(placed.action.levers, placed.levers, placed.entries, strict=True))):
            if stream in (*streams_cut(lever), *streams_fed(lever)):
                yield (*path, *(_field_of_stream(entry, stream) if entry else ()))

    def _of_circle(self, way: Sequence[str]) -> Path | None:
        """The last lever that leads from one stream of the circle to another."""
        for placed in reversed(self.actions):
            for lever, path, entry in zip(placed.action.levers, placed.levers, placed.entries, strict=True):
                if _leads_within(lever, way):
                    return (*path, *(_field_of_stream(entry, streams_fed(lever)[0]) if entry else ()))
        return None


def _leads_within(lever: Lever, way: Sequence[str]) -> bool:
    return bool(set(streams_fed(lever)) & set(way)) and bool(set(streams_cut(lever)) & set(way))


def _field_of_ramp(finding: Finding, ramp: model.RampEntry) -> tuple[str, ...]:
    if finding.code == "ramp-incomplete":
        missing = next((name for name in ("start", "end", "table") if name in finding.what.en), "start")
        return (missing,)
    if finding.code == "year-outside-horizon":
        year = _YEAR.search(finding.what.en)
        wanted = int(year[0]) if year else None
        found = next((name for name in ("start", "end", "until") if getattr(ramp, name) == wanted), "table")
        return (found,)
    if ramp.table:
        return ("table",)
    if finding.code == "ramp-before-account":
        return ("start",)
    return ("until",) if ramp.until is not None and (ramp.end is None or ramp.until < ramp.end) else ("end",)


def _streams(entry: model.LeverEntry) -> list[str]:
    """Every stream that an entry names, the longest first: a key may begin another."""
    if isinstance(entry, model.UnitsLever):
        named = [*(effect.stream for effect in entry.effects), *(burden.stream for burden in entry.burdens)]
    else:
        named = [entry.stream]
        if isinstance(entry, model.ShiftLever) and entry.target is not None:
            named.append(entry.target)
    return sorted(dict.fromkeys(named), key=len, reverse=True)


def _field_of_stream(entry: model.LeverEntry, stream: str) -> Path:
    if isinstance(entry, model.UnitsLever):
        named: dict[str, Path] = {}
        for at, burden in enumerate(entry.burdens):
            named[burden.stream] = ("burdens", at, "stream")
        for at, effect in enumerate(entry.effects):
            named[effect.stream] = ("effects", at, "stream")
        return named.get(stream, ())
    if isinstance(entry, model.ShiftLever) and entry.target == stream and entry.stream != stream:
        return ("target",)
    return ("stream",)


def _names(finding: Finding, stream: str) -> bool:
    return stream in finding.what.en
