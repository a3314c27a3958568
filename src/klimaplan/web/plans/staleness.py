"""Somebody else was faster: what both changed, for a view in which the two are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from klimaplan.domain.errors import Finding, KlimaplanError, Text
from klimaplan.web.plans.contents.reading import Plain
from klimaplan.web.plans.merging import Overlap


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that was changed meanwhile.

    Parameters
    ----------
    base_version, current_version : which version my change began with, and which one holds now
    base, mine, theirs : what the part said then, what I want it to say, what it says now; None where it is removed
    merged : what both come to, with theirs where they overlap
    overlaps : what somebody has to choose; empty where the two can be put together as they are
    by : who changed it last
    """

    kind: str
    key: str
    base_version: int
    current_version: int
    base: Plain | None
    mine: Plain | None
    theirs: Plain | None
    merged: Plain | None = None
    overlaps: tuple[Overlap, ...] = ()
    by: str = ""


class Stale(KlimaplanError):  # noqa: N818  # it is no error of anybody
    """A change of something that somebody else has changed meanwhile; nothing was written."""

    def __init__(self, clashes: Iterable[Clash]) -> None:
        self.clashes: tuple[Clash, ...] = tuple(clashes)
        super().__init__([_said(each) for each in self.clashes])

    def __reduce__(self) -> tuple[type[Stale], tuple[tuple[Clash, ...]]]:  # type: ignore[override]
        return type(self), (self.clashes,)

    @property
    def clash(self) -> Clash:
        """The first, and for a change of one part the only one."""
        return self.clashes[0]


def _said(clash: Clash) -> Finding:
    who = clash.by or "?"
    named = ", ".join(name for overlap in clash.overlaps for name in overlap.fields)
    if clash.theirs is None:
        why = Text(f"Den er fjernet af {who}.", f"It was removed by {who}.")
    elif named:
        why = Text(f"Både du og {who} har ændret {named}.", f"Both you and {who} have changed {named}.")
    else:
        why = Text(f"{who} har ændret andre felter.", f"{who} has changed other fields.")
    return Finding(
        "part-changed-meanwhile", f"{clash.kind} {clash.key}",
        Text("Nogen har ændret den, mens du skrev.", "Somebody changed it while you were writing."),
        why,
        Text("Se begge ændringer, og vælg.", "Look at both changes, and choose."),
    )  # fmt: skip
