"""What somebody says in the form, and what the action says then."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from klimaplan.web.plans.contents.reading import Plain


@dataclass(frozen=True, slots=True)
class Said:
    """One filled form.

    Parameters
    ----------
    progress : a code of the progress of actions
    year, activity, unit : so much was carried out until or in a year; None where nothing was said of it
    spent_dkk : what it has cost so far
    barrier_kind, barrier : what stands in the way; both empty where nothing does
    note : what the coordinator should know
    """

    progress: str
    year: int | None = None
    activity: float | None = None
    unit: str = ""
    spent_dkk: float | None = None
    barrier_kind: str = ""
    barrier: str = ""
    note: str = ""

    def as_record(self) -> dict[str, Any]:
        """Without what was left open."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


def with_report(content: Plain, said: Said) -> Plain:
    """The action with what was said; all else stays as it is.

    >>> with_report({"key": "a", "title": "A"}, Said("done", 2025, 3.0, "km"))["known"]
    {'implemented_activity': {'2025': 3.0}, 'activity_unit': 'km'}
    """
    changed: Plain = {**content, "progress": said.progress}
    if said.activity is None or said.year is None:
        return changed
    known = dict(content.get("known", {}))
    known["implemented_activity"] = {**known.get("implemented_activity", {}), str(said.year): said.activity}
    if said.unit:
        known["activity_unit"] = said.unit
    return {**changed, "known": known}
