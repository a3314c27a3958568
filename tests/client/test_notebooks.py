"""The notebooks, cell by cell against a site that is really served, as a notebook runs them."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import vl_convert

from klimaplan.client.charts import VEGA_LITE

NOTEBOOKS = sorted((Path(__file__).parents[2] / "examples" / "notebooks").glob("*.ipynb"))
CHARTS = {"1-all-98": [98], "2-change-an-action": [2], "3-published-plans": [15, 1]}
"""Notebook → of each of its charts, how many lines or bars it has at least."""


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def run(source: str, names: dict[str, Any]) -> Any:
    """What a cell shows: the value of its last line, where that is one."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), names) if last is not None else None


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == list(CHARTS)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_its_first_cell_to_its_last(
    path: Path, served: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KLIMAPLAN_ADDRESS", served.address)
    monkeypatch.setenv("KLIMAPLAN_TOKEN", served.token)
    names: dict[str, Any] = {"__name__": "__main__"}
    shown = [run("".join(cell["source"]), names) for cell in cells(path, "code")]
    bundles = [each._repr_mimebundle_() for each in shown if hasattr(each, "_repr_mimebundle_")]
    assert len(bundles) == len(CHARTS[path.stem])
    for bundle, least in zip(bundles, CHARTS[path.stem], strict=True):
        drawn = vl_convert.vegalite_to_svg(bundle[VEGA_LITE])
        assert drawn.count('aria-roledescription="line mark"') + drawn.count('aria-roledescription="bar"') >= least
    printed = capsys.readouterr().out
    assert "t CO2e" in printed or "published plans" in printed


def test_the_notebooks_say_what_the_account_says(
    served: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KLIMAPLAN_ADDRESS", served.address)
    names: dict[str, Any] = {}
    for cell in cells(NOTEBOOKS[0], "code")[:2]:
        run("".join(cell["source"]), names)
    # the published sum of the 98, energy account 4.1
    assert "98 municipalities emitted 34,039,454 t CO2e in 2023." in capsys.readouterr().out


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_a_notebook_has_shown_is_not_kept(path: Path) -> None:
    for cell in cells(path, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None
