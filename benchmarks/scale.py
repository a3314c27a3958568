"""All 98 demonstration plans drawn 10,000 times on two processes, and as many as 10,000 municipalities in flat memory.

Goals: 20 s on two cores, 300 MB in all processes together; time in proportion to the municipalities.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice

import machine
import psutil

from klimaplan.cli.programme import run_programme
from klimaplan.cli.spreading import spread
from klimaplan.domain.pathway.ensemble import Study, draw_programme
from klimaplan.domain.plan import evaluate, look_ahead, study_of
from klimaplan.reference import demonstration, load

DRAWS = 10_000
FEWER = int(os.environ.get("DRAWS", "500"))
"""Draws where there are many municipalities, so that the whole run takes a few minutes."""

COUNTS = (98, 1_000, 10_000)
WORKERS = 2
SEED = 1
EVERY_S = 0.1


class Watch:
    """Memory and time of the processor of this process and all it started, while a block runs."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._used: dict[int, float] = {}
        self._looking_s = 0.0
        self.peak_mb = 0.0

    def look(self) -> None:
        while not self._done.wait(EVERY_S):
            self._add()
        self._looking_s = time.thread_time()  # to count pages takes time that is not the work's

    def _add(self) -> None:
        """PSS counts a page that several processes share once."""
        together = 0
        for process in (own := psutil.Process(), *own.children(recursive=True)):
            try:
                together += process.memory_full_info().pss
                times = process.cpu_times()
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            self._used[process.pid] = times.user + times.system
        self.peak_mb = max(self.peak_mb, together / 2**20)

    @property
    def processor_s(self) -> float:
        return sum(self._used.values()) - self._looking_s

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self.look, daemon=True)
        self._add()
        before = self.processor_s
        thread.start()
        try:
            yield
            self._add()
        finally:
            self._done.set()
            thread.join()
        self._used[-1] = -before


def measured(work: Callable[[], object]) -> dict[str, float]:
    watch, begun = Watch(), time.perf_counter()
    with watch.watching():
        work()
    return {
        "s": round(time.perf_counter() - begun, 2),
        "processor_s": round(watch.processor_s, 2),
        "together_mb": round(watch.peak_mb, 1),
    }


def main() -> None:
    outlook = look_ahead(load.account(), load.national_projection())

    def programme(workers: int) -> dict[str, float]:
        with spread(workers, None) as over:
            return measured(
                lambda: run_programme(demonstration.plans(outlook, SEED), draws=DRAWS, seed=SEED, spread=over)
            )

    in_a_pool, in_a_loop = programme(WORKERS), programme(1)
    limits = machine.limits()
    plans = demonstration.plans(outlook, SEED)
    studies = [study_of(evaluate(plan), draws=FEWER, seed=SEED) for plan in plans]
    changes = sum(
        len(changes)
        for study in studies
        for changes in (study.problem.cuts, study.problem.moves, study.problem.factors, study.problem.extras)
    )
    cells = sum(len(study.problem.streams) for study in studies) * len(studies[0].problem.years) * DRAWS
    floor = 3 * changes * len(studies[0].problem.years) * DRAWS / limits["steps_per_ns"] / 1e9
    many = {str(count): _drawn_many(studies, count) for count in COUNTS}
    each = {count: measures["processor_s"] / int(count) for count, measures in many.items()}
    print(json.dumps({
        "goal_s": 20.0,
        "goal_mb": 300.0,
        "cells": cells,
        "machine": limits,
        "two_processes": in_a_pool,
        "one_process": in_a_loop,
        "arithmetic_floor_s": round(floor, 2),
        "times_the_floor": round(in_a_loop["processor_s"] / floor, 1),
        "draws_of_many": FEWER,
        "many": many,
        "ms_each": {count: round(1000 * seconds, 2) for count, seconds in each.items()},
        "each_of_10000_beside_each_of_1000": round(each["10000"] / each["1000"], 2),
    }, indent=1))  # fmt: skip


def _drawn_many(studies: list[Study], count: int) -> dict[str, float]:
    with spread(WORKERS, None) as over:
        return measured(lambda: draw_programme(_many(studies, count), spread=over))


def _many(studies: list[Study], count: int) -> Iterator[Study]:
    """The same plans again and again under new codes, one at a time: every code draws for itself."""
    for number, study in enumerate(islice(cycle(studies), count)):
        yield replace(study, code=str(101 + number))


if __name__ == "__main__":
    main()
