"""Ten people in one plan at the same time, on either database: nobody's change is lost and nothing is half done."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.running import Installation, own_database

PROGRAM = Path(__file__).with_name("working.py")
PEOPLE, ROUNDS = 10, 5


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with own_database() as variables:
        installation = Installation(tmp_path_factory.mktemp("worked"), variables)
        assert installation.run("init").code == 0
        yield installation


def worked(made: Installation, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, PROGRAM, *arguments],
        env=made.environment(), capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("how", ["threads", "processes"])
def test_ten_people_who_change_fields_of_one_action_lose_nothing(how: str, made: Installation) -> None:
    found = worked(made, "own-field", str(PEOPLE), how)
    assert found["action"]["known"]["observed"] == {str(2030 + each): float(ROUNDS) for each in range(PEOPLE)}
    # fifty changes, each a version of its own
    assert (found["version"], found["revisions"]) == (1 + PEOPLE * ROUNDS, 1 + PEOPLE * ROUNDS)
    assert (found["torn"], found["audit"]) == ([], [])


@pytest.mark.parametrize("how", ["threads", "processes"])
def test_ten_people_who_write_in_the_same_text_lose_no_word(how: str, made: Installation) -> None:
    found = worked(made, "same-field", str(PEOPLE), how)
    words = found["action"]["description"].split()
    assert sorted(words) == sorted(f"w{worker}-{number}" for worker in range(PEOPLE) for number in range(ROUNDS))
    assert (found["torn"], found["audit"]) == ([], [])


@pytest.mark.parametrize("how", ["threads", "processes"])
def test_new_parts_get_numbers_of_their_own_and_one_key_makes_one_part(how: str, made: Installation) -> None:
    found = worked(made, "new-parts", str(PEOPLE), how)
    assert found["visions"] == sorted(f"vision-{number}" for number in range(1, PEOPLE + 1))
    assert found["commitments"] == 1
    # the plan, its action, ten visions and one commitment
    assert found["revision"] == 2 + PEOPLE + 1
    assert (found["torn"], found["audit"]) == ([], [])


def test_a_killed_process_loses_nothing_it_has_answered_and_leaves_nothing_half_done(made: Installation) -> None:
    user, plan = worked(made, "make")
    for _ in range(3):
        running = subprocess.Popen(
            [sys.executable, PROGRAM, "endlessly", str(user), str(plan)],
            env=made.environment(), stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert running.stdout is not None
        answers = [running.stdout.readline().split() for _ in range(7)]
        running.send_signal(signal.SIGKILL)
        rest, _nothing = running.communicate()
        answers += [line.split() for line in rest.splitlines() if line.count(" ") == 2 and len(line.split()[2]) == 64]
        found = worked(made, "found", str(plan))
        assert found["version"] >= int(answers[-1][0])
        assert {(int(number), digest) for _, number, digest in answers} <= {tuple(each) for each in found["versions"]}
        assert (found["torn"], found["broken"], found["audit"]) == ([], [], [])
