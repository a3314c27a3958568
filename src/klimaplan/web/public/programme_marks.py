"""The small marks beside a fact: a number for its source, a letter for a reservation, and the lists they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from klimaplan.domain.errors import Text
from klimaplan.reference import load
from klimaplan.reference.bibliography import Source


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source under its number on the page."""

    number: int
    source: Source


@dataclass(frozen=True, slots=True)
class Reservation:
    """A note under its letter on the page."""

    letter: str
    note: Text


@cache
def sources() -> tuple[NumberedSource, ...]:
    """Every source of the tables of the programme, in the order in which the page first needs it."""
    tables = (load.phases(), load.cohorts(), load.intakes(), load.first_plans(), load.statements(), load.milestones())
    keys = dict.fromkeys(row.source for table in tables for row in table)
    return tuple(NumberedSource(number, load.bibliography()[key]) for number, key in enumerate(keys, start=1))


@cache
def reservations() -> tuple[Reservation, ...]:
    """Every note on a single municipality, once."""
    every = [*(each.note for each in load.intakes()), *(each.note for each in load.first_plans())]
    notes = dict.fromkeys(note for note in every if note.da)
    return tuple(Reservation(letter, note) for letter, note in zip(ascii_lowercase, notes, strict=False))


def number(key: str) -> int:
    """The number of a source."""
    return _numbers()[key]


def letter(note: Text) -> str:
    """The letter of a note; empty where there is none."""
    return _letters().get(note, "")


@cache
def _numbers() -> dict[str, int]:
    return {each.source.key: each.number for each in sources()}


@cache
def _letters() -> dict[Text, str]:
    return {each.note: each.letter for each in reservations()}
