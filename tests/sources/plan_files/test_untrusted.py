"""Whatever comes in ends in a plan or in findings, never in anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klimaplan.sources.plan_files import Ground, read_plan
from sources.plan_files.strategies import plan_files
from sources.plan_files.workbooks import GOOD, HEADER, book

EXAMPLE = (Path(__file__).resolve().parents[3] / "examples" / "hvidovre.toml").read_bytes()
SLOW = settings(
    deadline=None, max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip

VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)


def refuses_or_reads(content: bytes, name: str, ground: Ground) -> None:
    read = read_plan(content, name, ground)
    assert (read.plan is None) == any(finding.severity == "error" for finding in read.findings)
    for finding in read.findings:
        assert finding.place.startswith(name)
        assert finding.message("da")


@SLOW
@given(content=st.binary(max_size=200), name=st.sampled_from(["plan.toml", "plan.json", "plan.xlsx"]))
def test_any_bytes(content: bytes, name: str, ground: Ground) -> None:
    refuses_or_reads(content, name, ground)


@SLOW
@given(at=st.integers(0, len(EXAMPLE) - 1), put=st.binary(max_size=3), gone=st.integers(0, 30))
def test_a_spoilt_example(at: int, put: bytes, gone: int, ground: Ground) -> None:
    refuses_or_reads(EXAMPLE[:at] + put + EXAMPLE[at + gone :], "plan.toml", ground)


@SLOW
@given(file=plan_files())
def test_any_plan_of_the_right_shape(file: Any, ground: Ground) -> None:
    refuses_or_reads(file.model_dump_json(exclude_defaults=True).encode(), "plan.json", ground)


@SLOW
@given(
    section=st.sampled_from(["plan", "target", "stream", "parameter", "supply", "driver", "action", "x"]), value=VALUES
)
def test_any_value_in_any_section(section: str, value: Any, ground: Ground) -> None:
    import json

    data = {"format": "klimaplan-plan/1", "plan": {"municipality": "167", "title": "Demo"}}
    refuses_or_reads(json.dumps({**data, section: value}).encode(), "plan.json", ground)
    refuses_or_reads(json.dumps({**data, section: [value]}).encode(), "plan.json", ground)


@SLOW
@given(
    row=st.lists(
        st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.text("ab1{;:=,. ", max_size=8)),
        min_size=len(HEADER), max_size=len(HEADER),
    )
)  # fmt: skip
def test_any_cells(row: list[Any], ground: Ground) -> None:
    cells = [f"'{cell}" if isinstance(cell, str) and cell.startswith("=") else cell for cell in row]
    refuses_or_reads(book({**GOOD, "Tiltag": [HEADER, cells]}), "plan.xlsx", ground)
