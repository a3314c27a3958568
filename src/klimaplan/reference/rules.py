"""What the reference tables must obey beyond their schemas. Each rule is a function from cells to findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

from klimaplan.domain.errors import Finding
from klimaplan.reference import findings
from klimaplan.reference.schema import Column, Schema
from klimaplan.reference.tables import Columns, by_row, place_of

TOTAL = "total"
ONE_DAY = timedelta(days=1)
CHECK_HOLDS_MONTHS = 18
"""A fact that nobody has held against its source for this long is reported."""

TARGET_CELLS = ("base_year", "base_tonnes", "reduction_pct", "level", "inhabitants")
COUNTED = {
    "reduction": ("base_year", "reduction_pct"),
    "level": ("level",),
    "intensity": ("level", "inhabitants"),
}
"""Kind of target → the cells it must have. Tonnes may stand beside a base year; everything else stays empty."""


def references(file: str, column: Column, cells: Sequence[str], known: Iterable[str]) -> Iterator[Finding]:
    """Every code of a column exists where the schema says; one finding per unknown code, at its first row."""
    known = set(known)
    for cell, rows in Counter(cells).items():
        for code in cell.split(column.separator) if column.separator else [cell]:
            if code and code not in known:
                place = f"{place_of(file, cells.index(cell))}!{column.name}"
                if column.references == "sources":
                    yield findings.unknown_source(place, code, rows)
                else:
                    yield findings.unknown_code(place, code, str(column.references), rows)


def checked_lately(file: str, schema: Schema, cells: Columns, *, on: date) -> Iterator[Finding]:
    """Every row with a `checked_on` has been held against its source within 18 months; one warning per day and file."""
    if "checked_on" not in schema.header:
        return
    for cell, rows in Counter(cells["checked_on"]).items():
        checked = date.fromisoformat(cell)
        if _months_between(checked, on) >= CHECK_HOLDS_MONTHS:
            yield findings.check_overdue(file, checked, rows)


def complete(file: str, cells: Columns, *axes: str) -> Iterator[Finding]:
    """Every combination of the labels met on the axes has a row: each municipality, sector and year."""
    present = set(zip(*(cells[axis] for axis in axes), strict=True))
    for place in product(*(dict.fromkeys(cells[axis]) for axis in axes)):
        if place not in present:
            yield findings.figure_absent(f"{file}!{'/'.join(place)}")


def parts_make_total(
    file: str, cells: Columns, *by: str, tolerance: Decimal, part: str = "sector"
) -> Iterator[Finding]:
    """Within each place the sectors, or other parts, add up to the row called total, within rounding."""
    sums: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    totals: dict[tuple[str, ...], Decimal] = {}
    for sector, value, *place in zip(cells[part], cells["value"], *(cells[axis] for axis in by), strict=True):
        if sector == TOTAL:
            totals[tuple(place)] = Decimal(value)
        else:
            sums[tuple(place)] += Decimal(value)
    for at, total in totals.items():
        if abs(sums[at] - total) > tolerance:
            yield findings.parts_differ_from_total(f"{file}!{'/'.join(at)}", sums[at], total, cells["unit"][0])


def counted_once(file: str, mapping: Columns, left_out: Iterable[str], national: Iterable[str]) -> Iterator[Finding]:
    """Every national sector is followed by one sector of the account, or left out with a reason; never both."""
    seen = set(left_out)
    for row, cell in enumerate(mapping["national_sectors"]):
        for sector in cell.split("+"):
            if sector in seen:
                yield findings.counted_twice(place_of(file, row), sector)
            seen.add(sector)
    for sector in dict.fromkeys(national):
        if sector not in seen and sector != TOTAL:
            yield findings.not_mapped(file, sector)


def totals_there(file: str, cells: Columns, *by: str, part: str) -> Iterator[Finding]:
    """Parts that are listed have a total to be held against."""
    places = list(zip(*(cells[axis] for axis in by), strict=True))
    with_total = {place for place, name in zip(places, cells[part], strict=True) if name == TOTAL}
    for place in dict.fromkeys(places):
        if place not in with_total:
            yield findings.total_absent(f"{file}!{'/'.join(place)}")


def codes_shared_out(
    file: str, streams: Columns, left_out: Iterable[str], national: Iterable[str]
) -> Iterator[Finding]:
    """Every code of the inventory is left out with a reason, or its shares over the streams add up to 1."""
    left_out = set(left_out)
    shares: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for row, (cell, share) in enumerate(zip(streams["crf_codes"], streams["share"], strict=True)):
        for code in cell.split("+"):
            shares[code].append((row, Decimal(share)))
    for code, parts in shares.items():
        place, total = place_of(file, parts[-1][0]), sum((share for _, share in parts), Decimal())
        if code in left_out or (total > 1 and all(share == 1 for _, share in parts)):
            yield findings.counted_twice(place, code)
        elif total != 1:
            yield findings.shares_differ_from_one(place, code, total)
    for code in dict.fromkeys(national):
        if code not in shares and code not in left_out:
            yield findings.not_mapped(file, code)


def keys_fit(file: str, streams: Columns) -> Iterator[Finding]:
    """The key of a stream is its reference and its carrier."""
    for index, row in enumerate(by_row(streams)):
        if row["stream"] != (expected := f"{row['gpc_ref']}/{row['carrier']}"):
            yield findings.stream_key_differs(place_of(file, index), expected)


def one_group_at_a_time(file: str, memberships: Columns) -> Iterator[Finding]:
    """A municipality belongs to exactly one group of each kind on every day from its first one on."""
    by_owner: dict[tuple[str, str], list[tuple[date, date, str, str]]] = defaultdict(list)
    for index, row in enumerate(by_row(memberships)):
        first = date.fromisoformat(row["valid_from"])
        last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        place = place_of(file, index)
        if last < first:
            yield findings.validity_reversed(place)
        by_owner[row["municipality"], row["kind"]].append((first, last, row["group"], place))
    for spans in by_owner.values():
        spans.sort()
        for (_, ended, previous, _), (begins, _, _, place) in pairwise(spans):
            if begins <= ended:
                yield findings.validity_overlaps(place, previous)
            elif begins > ended + ONE_DAY:
                yield findings.validity_gap(place, previous)
        _, ended, last_group, place = spans[-1]
        if ended < date.max:
            yield findings.validity_gap(place, last_group)


def aliases_point_to_one(file: str, aliases: Columns, names: Mapping[str, str]) -> Iterator[Finding]:
    """No alias is the name of another municipality, or an alias of two. `names`: official name → code."""
    owner = {name.casefold(): code for name, code in names.items()}
    for row, (alias, code) in enumerate(zip(aliases["alias"], aliases["municipality"], strict=True)):
        other = owner.setdefault(alias.casefold(), code)
        if other != code:
            yield findings.alias_ambiguous(place_of(file, row), alias, other)


def targets_say_enough(file: str, targets: Columns) -> Iterator[Finding]:
    """A percentage has its base year, a level its tonnes, an intensity its population; nothing else is filled in."""
    for index, row in enumerate(by_row(targets)):
        needed = COUNTED[row["kind"]]
        allowed = {*needed, "base_tonnes"} if "base_year" in needed else set(needed)
        filled = {name for name in TARGET_CELLS if row[name]}
        if not set(needed) <= filled <= allowed:
            yield findings.target_incomplete(place_of(file, index), row["kind"], needed)


def method_page_there(file: str, schema: Schema, pages: Path) -> Iterator[Finding]:
    """The method page that a table names exists in both languages."""
    if schema.method and not all((pages / f"{schema.method}.{language}.md").is_file() for language in ("da", "en")):
        yield findings.method_page_absent(file, schema.method)


def _months_between(first: date, last: date) -> int:
    """Whole months."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if last.day >= first.day else months - 1
