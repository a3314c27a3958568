"""The tutorial on plans: its file is a plan, its commands print what it shows, its mistake is one."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "tutorials" / "first-plan.md").read_text()
[PLAN] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = re.findall(r"```console\n\$ klimaplan (.+)\n((?:.*\n)*?)```", PAGE)
OWN_FIGURE = "\n".join(re.findall(r"^    (\[\[stream\]\]|ref = .*|carrier = .*|tonnes = .*|year = .*|source = .*)$",
                                  PAGE, re.MULTILINE))  # fmt: skip
LEFT_OUT = "…"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.toml").write_text(PLAN)
    return tmp_path


def printed_by(words: str, folder: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "klimaplan", *shlex.split(words)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "KLIMAPLAN_HOME": str(folder), "KLIMAPLAN_LANGUAGE": "en", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    said = (done.stdout + done.stderr).replace("\u202f", " ")
    return done.returncode, [line.rstrip() for line in said.splitlines()]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@pytest.mark.parametrize(("words", "shown"), EXAMPLES, ids=[words for words, _ in EXAMPLES])
def test_an_example_prints_what_the_page_says(words: str, shown: str, folder: Path) -> None:
    code, printed = printed_by(words, folder)
    assert code == 0
    remaining = iter(printed)
    for line in filter(None, shown.splitlines()):
        if line != LEFT_OUT:
            assert line.rstrip() in remaining, f"not printed here: {line}\n" + "\n".join(printed)


def test_the_pencil_of_the_page_follows_what_the_program_answers(folder: Path) -> None:
    _, printed = printed_by("plan evaluate first.toml --json", folder)
    answer = json.loads("\n".join(printed))
    alone = {each["action"]: each["by_year"]["2030"] for each in answer["first_in"]}
    parts = [each["by_year"]["2030"] for each in answer["effects"]]
    together = answer["pathway"]["2030"] - answer["baseline"]["2030"]
    # half of 2,787 t; two fifths of it less 17 t of power
    assert alone == pytest.approx({"savings": -1393.5, "pumps": -1098.0}, abs=1.0)
    assert together == pytest.approx(sum(parts))
    assert answer["overlap"]["2030"] == pytest.approx(together - sum(alone.values()))


def test_an_own_figure_gives_the_actions_more_to_save(folder: Path) -> None:
    (folder / "own.toml").write_text(f"{PLAN}\n{OWN_FIGURE}\n")
    code, printed = printed_by("plan compare first.toml own.toml", folder)
    assert code == 0
    [in_2030] = [line for line in printed if line.startswith("│ 2030 ")]
    first, own = (float(cell.strip().replace(",", "")) for cell in in_2030.split("│")[2:4])
    assert own < first


def test_the_mistake_is_named_with_its_field_and_code_2(folder: Path) -> None:
    (folder / "first.toml").write_text(PLAN.replace("{ low = 0.4, central = 0.5, high = 0.6 }", "50"))
    code, printed = printed_by("plan check first.toml", folder)
    assert code == 2
    [said] = printed
    assert "first.toml!action savings!lever 1!share" in said


def test_the_beginning_of_the_page_shows_the_stream_it_speaks_of(folder: Path) -> None:
    code, _ = printed_by("plan new Hvidovre --out hvidovre.toml", folder)
    assert code == 0
    assert re.search(r"I\.1\.1/fossil_heating +8666\.2", (folder / "hvidovre.toml").read_text())
