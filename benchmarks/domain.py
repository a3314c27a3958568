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

ROUNDS = 25


def measured(work: Callable[[], object]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, after three rounds to warm up."""
    for _ in range(3):
        work()
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return {"median_ms": round(statistics.median(times), 2), "p95_ms": round(float(np.quantile(times, 0.95)), 2)}


def main() -> None:
    account, projection = load.account(), load.national_projection()
    targets = [LevelTarget(2030, 100_000.0), LevelTarget(2050, 0.0)]
    block = account.emissions.values

    def everything() -> None:
        outlook = plan.look_ahead(account, projection)
        for code in account.codes:
            plan.measure_gap_of(outlook, (code,), targets)

    def floor() -> None:
        # the same amount of numbers through the plainest arithmetic there is: what no code can be faster than
        for _ in range(4):
            np.repeat(block[:, :, -1:], 28, axis=2) * np.linspace(1.0, 0.3, 28)

    all_98, least = measured(everything), measured(floor)
    print(json.dumps({
        "all_98": all_98, "numpy_floor": least, "ratio": round(all_98["median_ms"] / least["median_ms"], 1)
    }))  # fmt: skip


if __name__ == "__main__":
    main()
