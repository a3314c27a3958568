"""What moved between two snapshots, summed as the pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from klimaplan.domain.inventory.recalculation import Cause, Recalculation
from klimaplan.reference import load
from klimaplan.web.inventories import selectors as inventories
from klimaplan.web.inventories.models import Snapshot

LARGEST = 10
"""How many single movements are named on a page; all of them are in the API."""


@dataclass(frozen=True, slots=True)
class MovedSum:
    """Summed change of figures in both snapshots, t CO2e; `total` is the two causes together."""

    label: str
    new_data: float
    method_change: float
    total: float


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """One figure that changed, t CO2e."""

    code: str
    name: str
    sector: str
    year: int
    old: float
    new: float
    change: float
    cause: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The difference between two snapshots. `added` counts new figures by year, `withdrawn` those that are gone."""

    old: Snapshot
    new: Snapshot
    by_year: list[MovedSum]
    by_sector: list[MovedSum]
    by_municipality: list[MovedSum]
    largest: list[MovedFigure]
    added: dict[int, int]
    changed: int
    withdrawn: int

    @property
    def demo(self) -> bool:
        return bool(self.old.demo or self.new.demo)

    @property
    def is_empty(self) -> bool:
        return not (self.by_year or self.added or self.withdrawn)


def since_last_snapshot() -> Moved | None:
    """What moved when the current snapshot replaced the one before; None when there is none before."""
    new = inventories.current_snapshot()
    old = new and inventories.previous_snapshot(new)
    return between(old, new) if old and new else None


@lru_cache(maxsize=4)  # snapshots never change
def between(old: Snapshot, new: Snapshot) -> Moved:
    """What moved from one snapshot to another."""
    return _moved(old, new, _recalculation(old, new))


@lru_cache(maxsize=4)  # snapshots never change
def _recalculation(old: Snapshot, new: Snapshot) -> Recalculation:
    return inventories.recalculation(old, new)


def _moved(old: Snapshot, new: Snapshot, found: Recalculation) -> Moved:
    names = {municipality.code: municipality.name for municipality in load.municipalities()}
    years = [each.year for each in found.added]
    changed = [(each, each.old, each.new, each.change) for each in found.changed]
    largest = sorted(
        (
            MovedFigure(
                each.municipality, names[each.municipality], each.sector, each.year, was, now, change, str(each.cause)
            )
            for each, was, now, change in changed
            if was is not None and now is not None and change is not None
        ),
        key=lambda figure: -abs(figure.change),
    )
    return Moved(
        old=old,
        new=new,
        by_year=_sums(found, "year"),
        by_sector=_sums(found, "sector"),
        by_municipality=[
            MovedSum(names.get(moved.label, moved.label), moved.new_data, moved.method_change, moved.total)
            for moved in _sums(found, "municipality")
        ],
        largest=largest[:LARGEST],
        added={year: years.count(year) for year in sorted(set(years))},
        changed=len(changed),
        withdrawn=len(found.withdrawn),
    )


def _sums(found: Recalculation, axis: str) -> list[MovedSum]:
    by_cause = {cause: found.change_by(axis, cause) for cause in Cause}
    both = found.change_by(axis)
    return [
        MovedSum(
            str(label),
            by_cause[Cause.NEW_DATA].get(label, 0.0),
            by_cause[Cause.METHOD_CHANGE].get(label, 0.0),
            both[label],
        )
        for label in sorted(both, key=str)
    ]


def sentence(moved: Moved) -> str:
    """The difference in one sentence: how many figures changed, why, and which years are new."""
    changed = _("%(count)d figures of the same year changed.") % {"count": moved.changed}
    if not moved.added:
        return changed
    years = ", ".join(map(str, moved.added))
    new = _("New: %(figures)d figures for %(years)s.") % {"figures": sum(moved.added.values()), "years": years}
    return f"{new} {changed}"
