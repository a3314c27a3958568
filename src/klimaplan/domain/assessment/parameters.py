"""The thresholds of a rule: written with the criterion as data, read and checked before the rule is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from klimaplan.domain.errors import Finding, Text


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, at least `least`."""

    least: int = 0

    def read(self, text: str) -> int | None:
        return int(text) if text.isdecimal() and int(text) >= self.least else None

    @property
    def described(self) -> Text:
        return Text(f"et helt tal fra {self.least}", f"a whole number from {self.least}")


@dataclass(frozen=True, slots=True)
class Codes:
    """One or more codes joined by ``+``; any where `known` is empty."""

    known: frozenset[str] = frozenset()

    def read(self, text: str) -> tuple[str, ...] | None:
        codes = tuple(text.split("+"))
        if not all(codes) or len(set(codes)) < len(codes) or (self.known and not set(codes) <= self.known):
            return None
        return codes

    @property
    def described(self) -> Text:
        if not self.known:
            return Text("koder med + imellem", "codes joined by +")
        known = ", ".join(sorted(self.known))
        return Text(f"en eller flere af {known} med + imellem", f"one or more of {known} joined by +")


Parameter = Number | Codes
Parameters = Mapping[str, Any]


def read_parameters(
    text: str, asked: Mapping[str, Parameter], place: str, optional: frozenset[str] = frozenset()
) -> tuple[Parameters, list[Finding]]:
    """``max_years=3; max_interval=3`` as values, with everything that is wrong with it.

    >>> read_parameters("max_years=3; sectors=energy+waste", {"max_years": Number(), "sectors": Codes()}, "x")
    ({'max_years': 3, 'sectors': ('energy', 'waste')}, [])
    >>> [each.code for each in read_parameters("max=3", {"max_years": Number()}, "x")[1]]
    ['parameter-unknown', 'parameter-absent']
    """
    values: dict[str, Any] = {}
    found: list[Finding] = []
    for piece in filter(None, (each.strip() for each in text.split(";"))):
        name, _, given = (each.strip() for each in piece.partition("="))
        if name not in asked or name in values:
            found.append(_unknown(place, name, asked))
            continue
        values[name] = asked[name].read(given)
        if values[name] is None:
            found.append(_unreadable(place, name, given, asked[name]))
    found.extend(_absent(place, name) for name in asked if name not in values and name not in optional)
    return values, found


def _unknown(place: str, name: str, asked: Mapping[str, Parameter]) -> Finding:
    known = ", ".join(asked)
    return Finding(
        "parameter-unknown", place,
        Text(f"Reglen har ingen parameter {name}, eller den står to gange.",
             f"The rule has no parameter {name}, or it stands twice."),
        Text("En grænse, som ingen læser, gælder ikke.", "A threshold that nobody reads does not hold."),
        Text(f"Brug {known}." if known else "Lad cellen stå tom.",
             f"Use {known}." if known else "Leave the cell empty."),
    )  # fmt: skip


def _unreadable(place: str, name: str, given: str, asked: Parameter) -> Finding:
    return Finding(
        "parameter-unreadable", place,
        Text(f"{name}={given} kan ikke læses.", f"{name}={given} cannot be read."),
        Text("", ""),
        Text(f"Skriv {asked.described.da}.", f"Write {asked.described.en}."),
    )  # fmt: skip


def _absent(place: str, name: str) -> Finding:
    return Finding(
        "parameter-absent", place,
        Text(f"Reglens parameter {name} mangler.", f"The rule's parameter {name} is missing."),
        Text("Ingen grænse gættes.", "No threshold is guessed."),
        Text(f"Skriv {name}=…", f"Write {name}=…"),
    )  # fmt: skip
