"""`klimaplan national --json` in a cold process. Goal: under a second, and 0.4 s for the import of the package."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 9


def measured(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Median seconds of a whole process: by the clock, and of the processor alone."""
    by_clock, of_processor = [], []
    for _ in range(ROUNDS):
        clock, processor = time.perf_counter(), _processor_of_children()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        by_clock.append(time.perf_counter() - clock)
        of_processor.append(_processor_of_children() - processor)
    return {
        "median_s": round(statistics.median(by_clock), 3),
        "processor_s": round(statistics.median(of_processor), 3),
    }


def main() -> None:
    klimaplan = [sys.executable, "-m", "klimaplan"]
    national = [*klimaplan, "national", "--json"]
    with tempfile.TemporaryDirectory() as home:
        # the embedded database is what is measured, whatever the shell says
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["KLIMAPLAN_HOME"] = home
        python = measured([sys.executable, "-c", "pass"], environment)
        imported = measured([sys.executable, "-c", "import klimaplan, klimaplan.domain.plan"], environment)
        before = measured(national, environment)
        subprocess.run([*klimaplan, "init"], env=environment, check=True, capture_output=True)
        after = measured(national, environment)
    print(json.dumps({
        "goal_s": {"national": 1.0, "import": 0.4},
        "bare_python": python,
        "import": imported,
        "national_from_reference_tables": before,
        "national_from_database": after,
    }, indent=1))  # fmt: skip


def _processor_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
