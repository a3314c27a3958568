"""The data page: snapshots, their differences, and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from klimaplan.exports.numbers import plain
from klimaplan.reference import load
from klimaplan.reference.load import Source
from klimaplan.web.config.errors import language
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.inventories.models import Snapshot
from klimaplan.web.public import charts, movements, words
from klimaplan.web.public.charts import Figure
from klimaplan.web.public.explaining import title_of
from klimaplan.web.public.front import Select
from klimaplan.web.public.movements import Moved, MovedSum
from klimaplan.web.public.sheets import Sheet


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    digest: str
    source: str
    version: str
    retrieved: date
    imported: datetime
    state: str
    demo: bool


@dataclass(frozen=True, slots=True)
class DataPage:
    snapshots: list[SnapshotLine]
    old: Select
    new: Select
    sources: list[Source]


@dataclass(frozen=True, slots=True)
class DifferencesPage:
    moved: Moved
    sentence: str
    figure: Figure | None
    tables: list[Sheet]


def data_page() -> DataPage:
    kept = inventories.snapshots()
    current = inventories.current_snapshot()
    options = [(each.sha256[:12], f"{each.method_version} · {each.retrieved} · {each.sha256[:12]}") for each in kept]
    return DataPage(
        snapshots=[_line(each, is_current=each == current) for each in reversed(kept)],
        old=Select("old", _("Older snapshot"), options, options[0][0] if options else ""),
        new=Select("new", _("Newer snapshot"), options, current.sha256[:12] if current else ""),
        sources=list(load.bibliography().values()),
    )


def differences_page(old: str, new: str) -> DifferencesPage:
    """What moved between two snapshots named by the first characters of their fingerprints."""
    moved = moved_between(old, new)
    by_sector = [
        MovedSum(str(words.SECTORS[each.label]), each.new_data, each.method_change, each.total)
        for each in moved.by_sector
    ]
    tables = [
        _sums(_("By year"), _("Year"), moved.by_year),
        _sums(_("By sector"), _("Sector"), by_sector),
        _largest(moved),
        _sums(_("By municipality"), _("Municipality"), moved.by_municipality),
    ]
    return DifferencesPage(
        moved=moved,
        sentence=movements.sentence(moved),
        figure=charts.movements(moved),
        tables=[table for table in tables if table.rows],
    )


def moved_between(old: str, new: str) -> Moved:
    """The difference between two snapshots named by the first characters of their fingerprints."""
    return movements.between(inventories.snapshot_by_digest(old), inventories.snapshot_by_digest(new))


def _line(snapshot: Snapshot, *, is_current: bool) -> SnapshotLine:
    if is_current:
        state = _("shown now")
    elif snapshot.demo:
        state = _("invented")
    else:
        state = _("replaced") if snapshot.complete else _("has holes: kept, but not shown")
    return SnapshotLine(
        snapshot.sha256[:12],
        title_of(snapshot.source),
        snapshot.method_version,
        snapshot.retrieved,
        snapshot.imported_at,
        state,
        snapshot.demo,
    )


def _sums(caption: str, heading: str, sums: Iterable[MovedSum]) -> Sheet:
    headers = [heading, _("New data, t"), _("Method change, t"), _("Together, t")]
    rows: list[list[str | None]] = [
        [each.label, *map(_tonnes, (each.new_data, each.method_change, each.total))] for each in sums
    ]
    return Sheet(caption, headers, rows)


def _largest(moved: Moved) -> Sheet:
    headers = [_("Municipality"), _("Sector"), _("Year"), _("Before, t"), _("Now, t"), _("Difference, t")]
    rows: list[list[str | None]] = [
        [
            each.name, str(words.SECTORS[each.sector]), str(each.year), _tonnes(each.old), _tonnes(each.new),
            _tonnes(each.change),
        ]
        for each in moved.largest
    ]  # fmt: skip
    return Sheet(_("The largest single differences"), headers, rows)


def _tonnes(value: float) -> str:
    return f"{plain(value, language(), digits=0)}"
