"""What is left: the residual of the last year, stream by stream, why it is there and who could take it away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from klimaplan.domain.actions.problem import Problem, emissions
from klimaplan.domain.errors import Text
from klimaplan.domain.inventory.streams import StreamTable


class Reason(StrEnum):
    """Why a stream still emits, or takes up."""

    NO_ACTION = "no-action"
    PARTLY = "partly"
    ADDED_BY_ACTIONS = "added-by-actions"
    UPTAKE = "uptake"


@dataclass(frozen=True, slots=True)
class Remainder:
    """One stream of the residual.

    Parameters
    ----------
    tonnes : t CO2e left in the year; negative for an uptake
    baseline : t CO2e without the plan in the same year
    solver : who could take it away
    estimated : whether the stream comes from national shares
    """

    stream: str
    name: Text
    tonnes: float
    baseline: float
    reason: Reason
    solver: Text
    estimated: bool


@dataclass(frozen=True)
class Residual:
    """The residual of a year: what is emitted, what is taken up, and the two together, t CO2e. Removals stand apart."""

    year: int
    emitted: float
    taken_up: float
    remainders: tuple[Remainder, ...]

    @property
    def net(self) -> float:
        return self.emitted + self.taken_up


def residual(problem: Problem, table: StreamTable, *, year: int) -> Residual:
    """What the plan leaves in a year, largest first; streams with nothing left are not named."""
    at = problem.years.position(year)
    left = emissions(problem)[:, :, at].sum(axis=1)
    base = problem.baseline[:, :, at].sum(axis=1)
    remainders = [
        Remainder(
            stream.key, stream.name, float(left[row]), float(base[row]),
            _reason(float(left[row]), float(base[row]), untouched=problem.on_streams[row].is_untouched),
            stream.solver, stream.key in table.estimated,
        )
        for row, stream in enumerate(table.streams)
        if left[row] != 0.0
    ]  # fmt: skip
    remainders.sort(key=lambda each: -each.tonnes)
    return Residual(year, float(np.sum(left[left > 0.0])), float(np.sum(left[left < 0.0])), tuple(remainders))


def _reason(left: float, base: float, *, untouched: bool) -> Reason:
    if left < 0.0:
        return Reason.UPTAKE
    if untouched:
        return Reason.NO_ACTION
    return Reason.ADDED_BY_ACTIONS if left > base else Reason.PARTLY
