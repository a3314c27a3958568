"""What README and tutorial show is what the program prints, line by line."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorials" / "first-hour.md")
BLOCK = re.compile(r"```console\n\$ klimaplan (.+)\n((?:.*\n)*?)```")
LEFT_OUT = "…"

EXAMPLES = [
    pytest.param(words, shown, id=f"{page.stem}: {words}")
    for page in PAGES
    for words, shown in BLOCK.findall(page.read_text())
]


def printed_by(words: str, home: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "klimaplan", *shlex.split(words)],
        env={"PATH": os.environ["PATH"], "KLIMAPLAN_HOME": str(home), "KLIMAPLAN_LANGUAGE": "en", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    # the program sets a narrow space before %, which nobody types
    said = (done.stdout + done.stderr).replace("\u202f", " ")
    return done.returncode, [line.rstrip() for line in said.splitlines()]


def test_there_are_examples():
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize(("words", "shown"), EXAMPLES)
def test_an_example_prints_what_the_page_says(words, shown, tmp_path):
    _, printed = printed_by(words, tmp_path)
    remaining = iter(printed)
    for line in filter(None, shown.splitlines()):
        if line != LEFT_OUT:
            # `in` on the iterator also asks that the lines come in this order
            assert line.rstrip() in remaining, f"not printed here: {line}\n" + "\n".join(printed)


def test_the_mistake_of_the_tutorial_ends_with_code_2(tmp_path):
    code, printed = printed_by('pathway 167 --base 342.088 --base-source "Klimaplan 2045"', tmp_path)
    assert code == 2
    assert len(printed) == 1


def test_the_library_example_of_the_readme_prints_its_figure():
    [example] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=True)
    # Hvidovre 2030, by hand on the page of the baseline: 43,123 + 18,502 + 3,506 + 2,604 − 806
    assert float(done.stdout) == pytest.approx(66_929, abs=1.0)
