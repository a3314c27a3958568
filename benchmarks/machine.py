"""What this machine can do at most, measured beside what is measured: memory bandwidth and arithmetic in the cache."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

LARGE = 8 * 2**20
"""Numbers in an array that is far larger than any cache: 64 MB."""

BLOCK = (31, 1024)
"""The buffer that the draws go through; it stays in the cache."""


def measured(work: Callable[[], object], *, rounds: int) -> dict[str, float]:
    """Seconds after a round to warm up: by the clock (median and least), and of the processor alone (least)."""
    work()
    by_clock, of_processor = [], []
    for _ in range(rounds):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        by_clock.append(time.perf_counter() - clock)
        of_processor.append(time.process_time() - processor)
    return {
        "median_s": round(statistics.median(by_clock), 5),
        "least_s": round(min(by_clock), 5),
        "processor_s": round(min(of_processor), 5),
    }


def limits(*, rounds: int = 7) -> dict[str, float]:
    """Bytes a second that a copy moves in and out of memory, and elementary steps a second in the cache."""
    source, target = np.ones(LARGE), np.zeros(LARGE)
    copy = measured(lambda: np.copyto(target, source), rounds=rounds)
    left, right = np.ones(BLOCK), np.full(BLOCK, 1.0 - 1e-12)

    def in_cache() -> None:
        for _ in range(200):
            np.multiply(left, right, out=left)
            np.add(left, right, out=left)
            np.subtract(left, right, out=left)

    arithmetic = measured(in_cache, rounds=rounds)
    return {
        "bandwidth_gb_s": round(2 * source.nbytes / copy["processor_s"] / 1e9, 1),
        "steps_per_ns": round(600 * left.size / arithmetic["processor_s"] / 1e9, 2),
    }


def peak_mb() -> float:
    """The most memory this process has had. The system's own count: `ru_maxrss` begins with that of the parent."""
    return _status("VmHWM")


def now_mb() -> float:
    return _status("VmRSS")


def _status(name: str) -> float:
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:")]
    return round(int(line.split()[1]) / 1024, 1)
