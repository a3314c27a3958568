"""The page on security names tests; each of them must exist, and none may be named that does not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "security.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_check_names_a_test_that_exists() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if re.match(r"\| [\d–]", line)]
    assert len(rows) > 25
    for row in rows:
        named = NAMED.findall(row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (ROOT / file).read_text(), (file, test)


def test_no_chapter_that_applies_is_missing_and_none_is_empty() -> None:
    chapters = dict(re.findall(r"^## [^\n]*\((V\d+)\)\n(.*?)(?=^## |\Z)", PAGE.read_text(), re.MULTILINE | re.DOTALL))
    assert list(chapters) == ["V2", "V3", "V4", "V5", "V7", "V8", "V9", "V11", "V12", "V13", "V14"]
    for chapter, text in chapters.items():
        numbers = re.findall(r"^\| ([\d., ]+) \|", text, re.MULTILINE)
        assert numbers, chapter
        # what stands in a chapter is of that chapter; some checks of another belong to the same test
        assert any(number.startswith(f"{chapter[1:]}.") for number in numbers), chapter


def test_every_setting_on_the_page_is_read_by_the_program() -> None:
    config = "".join(path.read_text() for path in (ROOT / "src/klimaplan/web/config").glob("*.py"))
    settings = set(re.findall(r"`(KLIMAPLAN_\w+)`", PAGE.read_text()))
    assert len(settings) >= 5
    assert {each for each in settings if f'"{each}"' not in config} == set()
