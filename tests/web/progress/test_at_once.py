"""A form that is sent several times at the same moment, on either database: one report."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cli.running import Installation, own_database

PROGRAM = Path(__file__).with_name("sending.py")


def test_a_form_sent_eight_times_at_once_is_one_report(tmp_path: Path) -> None:
    with own_database() as variables:
        made = Installation(tmp_path / "home", variables)
        assert made.run("init").code == 0
        done = subprocess.run(
            [sys.executable, PROGRAM], env=made.environment(), capture_output=True, text=True, timeout=240, check=False
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "failed": [], "reports": 1, "revisions": 2, "barriers": 1, "events": 1, "audit": [],
    }  # fmt: skip
