"""A sketch of the pathway beside a form: as stored, as typed, and the way to the target, as plain lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klimaplan.web.plans.results.figures import TOTAL, Figures

WIDTH, HEIGHT, MARGIN = 320.0, 120.0, 4.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """Lines as points of a drawing of `WIDTH` by `HEIGHT`; empty where there is nothing to draw.

    Parameters
    ----------
    wedge : what the action takes off the pathway or adds to it, as a closed shape
    """

    stored: str
    typed: str
    target: str
    zero: str
    wedge: str
    first: int
    last: int


def sketch(now: Figures, then: Figures, action: str = "") -> Sketch | None:
    """The two pathways, what an action does, and the way to the target on one scale that holds zero."""
    if now.pathway is None or then.pathway is None or now.years != then.years:
        return None
    stored, typed = now.pathway[TOTAL], then.pathway[TOTAL]
    effect = (then.effects or {}).get(action, ())
    without = [value - own for value, own in zip(typed, effect, strict=True)] if any(effect) else []
    every = (*stored, *typed, *without, *then.target_path, 0.0)
    low, high = min(every), max(every)
    first, last = then.years[0], then.years[-1]

    def place(years: Sequence[int], values: Sequence[float]) -> str:
        return " ".join(
            f"{_along(year, first, last):.1f},{_down(value, low, high):.1f}"
            for year, value in zip(years, values, strict=True)
        )

    return Sketch(
        place(now.years, stored), place(then.years, typed), place(then.target_years, then.target_path),
        f"{_down(0.0, low, high):.1f}",
        f"{place(then.years, typed)} {place(then.years[::-1], without[::-1])}" if without else "", first, last,
    )  # fmt: skip


def _along(year: int, first: int, last: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (year - first) / max(last - first, 1)


def _down(value: float, low: float, high: float) -> float:
    """The highest value is on top.

    >>> _down(10.0, 0.0, 10.0), _down(0.0, 0.0, 10.0), _down(5.0, 0.0, 10.0)
    (4.0, 116.0, 60.0)
    """
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (value - low) / ((high - low) or 1.0)
