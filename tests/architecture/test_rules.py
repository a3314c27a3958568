"""The rules of the code, on every file that is under version control, and each on a small file that breaks it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from architecture import rules

ROOT = Path(__file__).resolve().parents[2]
TRACKED = subprocess.run(
    ["git", "ls-files", "-z", "--cached"], cwd=ROOT, check=True, capture_output=True, text=True
).stdout.split("\0")
FILES = [path for path in TRACKED if path and (ROOT / path).is_file()]
MODULES = list(rules.modules(FILES))


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def broken(rule: Callable[[str], list[str]], paths: list[str]) -> dict[str, list[str]]:
    """What a rule finds, by file."""
    return {path: found for path in paths if (found := rule(read(path)))}


def test_there_is_something_to_look_at() -> None:
    assert "src/klimaplan/domain/plan.py" in MODULES
    assert len(MODULES) > 80


def test_no_module_and_no_function_is_too_long() -> None:
    assert broken(rules.too_long, MODULES) == {}


def test_every_module_says_what_it_is_for() -> None:
    assert broken(rules.without_docstring, MODULES) == {}


def test_no_missing_value_becomes_zero() -> None:
    assert broken(rules.silent_zeros, MODULES) == {}


def test_no_name_is_empty() -> None:
    code = [path for path in FILES if path.startswith(("src/", "tests/", "assets/", "benchmarks/"))]
    assert {path: found for path in code if (found := rules.empty_names(path))} == {}


def test_only_services_write_into_the_database() -> None:
    elsewhere = [path for path in MODULES if "/web/" in path and not path.endswith("/services.py")]
    assert broken(rules.writes, elsewhere) == {}
    services = [path for path in MODULES if path.endswith("/services.py")]
    assert set(broken(rules.writes, services)) == set(services)


def test_no_folder_of_a_machine_stands_in_a_file() -> None:
    texts = [path for path in FILES if not path.startswith("tests/architecture/") and not _is_binary(path)]
    assert broken(rules.machine_paths, texts) == {}


def test_the_lock_names_the_public_index_only() -> None:
    assert rules.other_indexes(read("uv.lock")) == set()


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "7 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("rule", "breaking", "keeping"),
    [
        (rules.too_long, "def f():\n" + "    x = 1\n" * 60, "def f():\n" + "    x = 1\n" * 59),
        (rules.too_long, "x = 1\n" * 401, "x = 1\n" * 400),
        (rules.without_docstring, "x = 1\n", '"""One."""\nx = 1\n'),
        (rules.silent_zeros, "y = x or 0\n", "y = x or 'none'\n"),
        (rules.silent_zeros, "y = a or b or 0.0\n", "y = x or True\n"),
        (rules.writes, "Row.objects.filter(a=1).delete()\n", "rows.update(a=1)\n"),
        (rules.writes, "row.save()\n", "Row.objects.filter(a=1).first()\n"),
        (rules.machine_paths, 'open("/home/" "x")\nopen("/home/ane/x")', "url = 'https://a.dk/home/ane/x'"),
    ],
)
def test_each_rule_finds_what_breaks_it(rule: Callable[[str], list[str]], breaking: str, keeping: str) -> None:
    assert rule(breaking)
    assert not rule(keeping)


def test_empty_names_are_found_in_folders_and_files() -> None:
    assert rules.empty_names("src/klimaplan/utils/numbers.py") == ["utils"]
    assert rules.empty_names("src/klimaplan/web/helpers.py") == ["helpers"]
    assert rules.empty_names("src/klimaplan/web/commoner.py") == []


def test_another_index_is_found_in_a_lock() -> None:
    lock = 'url = "https://files.pythonhosted.org/a"\nurl = "http://mirror.example:3000/a"'
    assert rules.other_indexes(lock) == {"mirror.example:3000"}


def _is_binary(path: str) -> bool:
    return b"\0" in (ROOT / path).read_bytes()[:8000] or path.startswith("tests/malformed/")
