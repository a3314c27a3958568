"""Who is called in a text by ``@`` and their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

LONGEST = 200
"""No name is longer."""

_CALL = re.compile(r"(?<![\w@.+-])@(?=\w)")
"""An ``@`` that begins a word: one inside an e-mail address calls nobody."""


class Person(Protocol):
    """Somebody who can be called."""

    @property
    def pk(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass
class Called:
    """What the calls of a text come to.

    Parameters
    ----------
    people : the keys of those who were called
    shared : names that more than one of the people has
    nobody : what stands after an ``@`` that calls none of them
    """

    people: set[int] = field(default_factory=set)
    shared: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)


def called_in(text: str, people: Iterable[Person]) -> Called:
    """The people whose whole name stands after an ``@``; of names that begin alike the longest counts."""
    by_name: dict[str, list[int]] = {}
    for each in people:
        by_name.setdefault(_plain(each.name), []).append(each.pk)
    names = sorted(filter(None, by_name), key=len, reverse=True)
    found = Called()
    for call in _CALL.finditer(text):
        _add(found, text[call.end() : call.end() + LONGEST], names, by_name)
    return found


def _add(found: Called, rest: str, names: Sequence[str], by_name: dict[str, list[int]]) -> None:
    plain = _plain(rest)
    name = next((each for each in names if plain.startswith(each) and not plain[len(each) :][:1].isalnum()), None)
    if name is None:
        found.nobody.append(rest.split(maxsplit=1)[0].rstrip(".,:;!?"))
    elif len(by_name[name]) > 1:
        found.shared.append(name)
    else:
        found.people.add(by_name[name][0])


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
