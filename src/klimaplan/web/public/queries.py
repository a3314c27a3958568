"""What a reader may ask for in the address of a page. Anything else is answered with findings, not with a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TypeVar

from klimaplan.domain.errors import Finding, Text, raise_errors
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.pathway.target import LARGEST_REDUCTION_PCT, LAST_YEAR
from klimaplan.web.public.arrangement import Measure, Wish, target_years
from klimaplan.web.public.pathways import Wish as TargetWish
from klimaplan.web.public.pathways import starting_wish
from klimaplan.web.public.schema import Overview, SubjectPicture

SECTOR_KEYS = ("total", *map(str, Sector))
SORT_KEYS = ("name", *map(str, Measure))
EARLIEST_BASE_YEAR = 1990
GROUPED = re.compile(r"[0-9]{1,3}([., \u00a0\u202f][0-9]{3})+")
"""A number whose thousands are marked, in Danish or in English. Tonnes of a base year have no three decimals."""
LONGEST_SOURCE = 200
LARGEST_BASE_T = 1e9
"""More than ten times what Denmark emits is a slip of the keyboard."""

Default = TypeVar("Default", float, None)


class Reader:
    """Reads parameters one by one and keeps every fault, so that all are told at once."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self._faults: list[Finding] = []

    def choice(self, name: str, allowed: Iterable[str], default: str) -> str:
        """One of the allowed words; the default when the parameter is left out or empty."""
        words = list(allowed)
        given = self._query.get(name) or default
        if given in words:
            return given
        self._refuse(name, given, ", ".join(word for word in words if word))
        return default

    def year(self, name: str, allowed: Sequence[int], default: int) -> int:
        return int(self.choice(name, map(str, allowed), str(default)))

    def number(
        self, name: str, *, above: float, at_most: float, default: Default, grouped: bool = False
    ) -> float | Default:
        """A number with a decimal point or comma; the default when the parameter is left out or empty.

        With `grouped` thousands may be marked: ``342.088`` and ``342,088`` are both 342088.
        """
        given = self._query.get(name, "").strip()
        if not given:
            return default
        written = re.sub(r"[., \u00a0\u202f]", "", given) if grouped and GROUPED.fullmatch(given) else given
        try:
            value = float(written.replace(",", "."))
        except ValueError:
            value = above
        if above < value <= at_most:
            return value
        self._refuse(name, given, f"{above:g} < … ≤ {at_most:g}")
        return default

    def day(self, name: str, *, first: date, last: date) -> date:
        """A day as 2023-12-31, between both ends; the last one when the parameter is left out or empty."""
        given = self._query.get(name, "").strip()
        if not given:
            return last
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
            with suppress(ValueError):
                if first <= (day := date.fromisoformat(given)) <= last:
                    return day
        self._refuse(name, given, f"{first} … {last}")
        return last

    def switch(self, name: str) -> bool:
        return self.choice(name, ("", "0", "1", "on"), "") in {"1", "on"}

    def require_valid(self) -> None:
        """Raise one `InputError` with all faults, if there were any."""
        raise_errors(self._faults)

    def _refuse(self, name: str, given: str, allowed: str) -> None:
        self._faults.append(Finding(
            "bad-parameter", f"{name}={given[:60]}",
            Text("Den værdi kan ikke bruges.", "That value cannot be used."),
            Text("", ""),
            Text(f"Vælg: {allowed}.", f"Choose: {allowed}."),
        ))  # fmt: skip


def overview_wish(query: Mapping[str, str], overview: Overview, *, regions: Iterable[str], dgos: Iterable[str]) -> Wish:
    """What map and table shall show; per head in the last year of the account unless asked otherwise."""
    ahead = target_years(overview) or [LAST_YEAR]
    read = Reader(query)
    wish = Wish(
        measure=Measure(read.choice("measure", map(str, Measure), str(Measure.PER_HEAD))),
        sector=read.choice("sector", SECTOR_KEYS, "total"),
        year=read.year("year", overview.years, overview.years[-1]),
        target_year=read.year("target_year", ahead, ahead[0]),
        region=read.choice("region", ("", *regions), ""),
        dgo=read.choice("dgo", ("", *dgos), ""),
        sort=read.choice("sort", SORT_KEYS, "name"),
        descending=read.switch("desc"),
    )
    read.require_valid()
    return wish


def target_wish(query: Mapping[str, str], picture: SubjectPicture) -> TargetWish:
    """Where the sliders stand; at the municipality's own first target unless asked otherwise."""
    start = starting_wish(picture)
    last = picture.account.years[-1]
    read = Reader(query)
    wish = TargetWish(
        year=read.year("target_year", range(last + 1, LAST_YEAR + 1), start.year),
        percent=read.number("percent", above=0.0, at_most=LARGEST_REDUCTION_PCT, default=start.percent),
        base_year=read.year("base_year", range(EARLIEST_BASE_YEAR, last + 1), start.base_year),
        base_tonnes=read.number("base_tonnes", above=0.0, at_most=LARGEST_BASE_T, default=None, grouped=True),
        base_source=query.get("base_source", "").strip()[:LONGEST_SOURCE],
        population=read.switch("population"),
    )
    read.require_valid()
    return wish
