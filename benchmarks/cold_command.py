"""`klimaplan national --json` in a cold process. Goal: under a second."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 9


def measured(command: list[str], environment: dict[str, str]) -> float:
    """Median seconds of a whole process."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return round(statistics.median(times), 3)


def main() -> None:
    national = [sys.executable, "-m", "klimaplan", "national", "--json"]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "KLIMAPLAN_HOME": home}
        python = measured([sys.executable, "-c", "pass"], environment)
        before = measured(national, environment)
        subprocess.run([sys.executable, "-m", "klimaplan", "init"], env=environment, check=True, capture_output=True)
        after = measured(national, environment)
    print(json.dumps({
        "bare_python_s": python,
        "national_from_reference_tables_s": before,
        "national_from_database_s": after,
        "ratio_to_bare_python": round(before / python, 1),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
