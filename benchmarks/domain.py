"""Baseline, three forecasts and the gaps of all 98 municipalities in one warm process. Goal: under 50 ms."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from klimaplan.domain import plan
from klimaplan.domain.pathway.target import LevelTarget
from klimaplan.reference import load

ROUNDS = 40
GOAL_MS = 50.0


def measured(work: Callable[[], object]) -> dict[str, float]:
    """Milliseconds after three rounds to warm up: by the clock, and of the processor alone."""
    for _ in range(3):
        work()
    by_clock, of_processor = [], []
    for _ in range(ROUNDS):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        by_clock.append((time.perf_counter() - clock) * 1000)
        of_processor.append((time.process_time() - processor) * 1000)
    return {
        "median_ms": round(statistics.median(by_clock), 1),
        "p95_ms": round(float(np.quantile(by_clock, 0.95)), 1),
        "processor_ms": round(statistics.median(of_processor), 1),
    }


def main() -> None:
    account, projection = load.account(), load.national_projection()
    targets = [LevelTarget(2030, 100_000.0), LevelTarget(2050, 0.0)]
    outlook = plan.look_ahead(account, projection)

    def look_ahead() -> None:
        plan.look_ahead(account, projection)

    def gaps() -> None:
        for code in account.codes:
            plan.measure_gap_of(outlook, (code,), targets)

    def everything() -> None:
        look_ahead()
        gaps()

    print(json.dumps({
        "goal_ms": GOAL_MS,
        "all_98": measured(everything),
        "of_these_baseline_and_forecasts": measured(look_ahead),
        "of_these_gaps": measured(gaps),
    }, indent=1))  # fmt: skip


if __name__ == "__main__":
    main()
