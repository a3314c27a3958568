"""The tables of every address and of every group of people, and what an address is asked for with.

A new address needs a row in `addresses.csv`: its name (more rows of one name get a word after a colon), what stands in
the address, who is answered with what when they read it and when they send the form, and the form. Who is not of the
group is led to the login or gets 403, or the second number where there is one; a group with `=` gets that number.
`groups.csv` says who is in a group, in which state of the plan.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """Who is answered with what, and what all others get: without it the way to the login, or 403 who is signed in.

    Parameters
    ----------
    elsewhere : groups that are led somewhere else, each with its number
    """

    group: str
    status: int
    otherwise: int | None = None
    elsewhere: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    arguments: tuple[tuple[str, str], ...]
    rules: Mapping[str, Rule]
    body: str

    @property
    def asked(self) -> Mapping[str, Rule]:
        """How it is asked for; what is read is read once, however many forms of an address are sent."""
        return {method: rule for method, rule in self.rules.items() if method == "post" or ":" not in self.name}

    @property
    def address(self) -> str:
        return self.name.partition(":")[0]

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the plan in which it matters."""
        return ("draft", "submitted") if "plan" in dict(self.arguments).values() else ("draft",)

    def path(self, there: Mapping[str, Any]) -> str:
        with override("da"):
            return reverse(self.address, kwargs={name: there.get(value, value) for name, value in self.arguments})

    def form(self, there: Mapping[str, Any]) -> dict[str, Any]:
        given = parse_qs(self.body, strict_parsing=bool(self.body), keep_blank_values=True)
        found = {name: [there.get(each, each) for each in values] for name, values in given.items()}
        # a file is read once, so each form gets its own
        return {name: [each() if callable(each) else each for each in values] for name, values in found.items()}


def rows() -> list[Row]:
    with (FOLDER / "addresses.csv").open(newline="", encoding="utf-8") as file:
        return [
            Row(
                each["address"],
                tuple(tuple(pair.split("=", 1)) for pair in each["arguments"].split()),  # type: ignore[misc]
                {method: _rule(each[method]) for method in ("get", "post")},
                each["body"],
            )
            for each in csv.DictReader(file)
        ]


@cache
def groups() -> dict[tuple[str, str], frozenset[str]]:
    """Group and state of the plan → who is in it; people who are in it in every state stand in each."""
    found = {}
    with (FOLDER / "groups.csv").open(newline="", encoding="utf-8") as file:
        for each in csv.DictReader(file):
            group, state = each.pop("group"), each.pop("state")
            for one in [state] if state else ["draft", "submitted"]:
                found[group, one] = frozenset(name for name, mark in each.items() if mark)
    return found


def addresses() -> set[str]:
    """The names of every address of the site; those of the API stand in a table of their own."""
    return {pattern.name or str(pattern.pattern) for pattern in _patterns(get_resolver())}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield each
        elif not str(each.pattern).startswith("api/"):
            yield from _patterns(each)


def _rule(cell: str) -> Rule:
    group, *said = cell.split()
    elsewhere = tuple((name, int(status)) for name, sign, status in (each.partition("=") for each in said) if sign)
    return Rule(group, *(int(each) for each in said if "=" not in each), elsewhere=elsewhere)
