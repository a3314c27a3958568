"""One plan of 70 actions, 60 streams, 3 gases and 31 years: computed with its attribution, and drawn 10,000 times.

Goals: 10 ms warm; 0.5 s and 150 MB above the import; `import klimaplan` 0.4 s; `klimaplan plan evaluate` 1 s cold.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import machine
from cold_command import measured as cold
from large_plan import large_plan

from klimaplan.domain.actions.problem import Problem
from klimaplan.domain.pathway.ensemble import draw
from klimaplan.domain.plan import evaluate, study_of

DRAWS = 10_000
EXAMPLE = Path(__file__).parent.parent / "examples" / "hvidovre.toml"

PASSES = 3
"""Steps that a change takes at least in every cell: its size times the draw, 1 less that, times what is left."""


def main() -> None:
    if sys.argv[1:] == ["--memory"]:
        print(json.dumps(_memory()))
        return
    limits = machine.limits()
    plan = large_plan()
    outcome = evaluate(plan)
    problem = outcome.problem
    whole = machine.measured(lambda: evaluate(plan).effects.by_action, rounds=40)
    study = study_of(outcome, draws=DRAWS, seed=1)
    drawn = machine.measured(lambda: draw(study), rounds=9)
    floor, drawn_floor = _floor_of_attribution(problem, limits), _floor_of_draws(problem, limits)
    memory = json.loads(subprocess.run([sys.executable, __file__, "--memory"], check=True, capture_output=True).stdout)
    print(json.dumps({
        "size": {
            "actions": len(plan.actions), "streams": len(problem.streams), "years": len(problem.years),
            "uncertain": len(problem.parameters), "changes": _changes(problem), "draws": DRAWS,
        },
        "machine": limits,
        "goal_ms": 10.0,
        "evaluate_with_attribution": whole,
        "arithmetic_floor_s": floor,
        "times_the_floor": round(whole["processor_s"] / floor, 1),
        "goal_s": 0.5,
        "draws": drawn,
        "draws_arithmetic_floor_s": drawn_floor,
        "draws_times_the_floor": round(drawn["processor_s"] / drawn_floor, 1),
        "draws_bandwidth_floor_s": _bandwidth_floor(problem, limits),
        "goal_mb": 150.0,
        "memory": memory,
        "goal_cold_s": {"import": 0.4, "evaluate": 1.0},
        "cold": _cold(),
    }, indent=1))  # fmt: skip


def _changes(problem: Problem) -> int:
    return len(problem.cuts) + len(problem.moves) + len(problem.factors) + len(problem.extras)


def _floor_of_attribution(problem: Problem, limits: dict[str, float]) -> float:
    """Every change at every node it needs, for every gas and year: nothing but the steps of the formula."""
    steps = 0
    for acting in problem.on_streams:
        here = len(acting.pools) + len(acting.factors) + len(acting.moves)
        behind = max((len(problem.on_streams[problem.cuts[problem.moves[at].cut].stream].pools) - 1
                      for at in acting.moves), default=0)  # fmt: skip
        points = (here - len(acting.moves) + behind) // 2 + 1
        steps += PASSES * here * points * len(problem.gases) * len(problem.years)
    return float(f"{steps / limits['steps_per_ns'] / 1e9:.2g}")


def _floor_of_draws(problem: Problem, limits: dict[str, float]) -> float:
    """Every change in every year and draw, once: nothing but the steps of the formula, all in the cache."""
    steps = PASSES * _changes(problem) * len(problem.years) * DRAWS
    return float(f"{steps / limits['steps_per_ns'] / 1e9:.2g}")


def _bandwidth_floor(problem: Problem, limits: dict[str, float]) -> float:
    """What has to go through memory in any case: the points, written and read, and the sums by sector, likewise."""
    sums = 5 * len(problem.years) * DRAWS
    moved = 2 * 8 * (len(problem.parameters) * DRAWS + sums)
    return float(f"{moved / limits['bandwidth_gb_s'] / 1e9:.2g}")


def _memory() -> dict[str, float]:
    """In a process of its own, before and after its first draws."""
    import scipy.special  # noqa: F401  # part of the import, not of the draws

    imported = machine.now_mb()
    draw(study_of(evaluate(large_plan()), draws=DRAWS, seed=1))
    return {"imported_mb": imported, "peak_mb": machine.peak_mb(), "above_mb": round(machine.peak_mb() - imported, 1)}


def _cold() -> dict[str, object]:
    klimaplan = [sys.executable, "-m", "klimaplan"]
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["KLIMAPLAN_HOME"] = home
        return {
            "bare_python": cold([sys.executable, "-c", "pass"], environment),
            "numpy": cold([sys.executable, "-c", "import numpy"], environment),
            "import": cold([sys.executable, "-c", "import klimaplan, klimaplan.domain.plan"], environment),
            "evaluate": cold([*klimaplan, "plan", "evaluate", str(EXAMPLE), "--json"], environment),
        }


if __name__ == "__main__":
    main()
