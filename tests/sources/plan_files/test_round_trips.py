"""What is written is read again as it was, in all three forms and both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from klimaplan.domain.actions.lever import Kind
from klimaplan.domain.errors import Language
from klimaplan.sources.plan_files import PlanFile, read_shape, sheets
from klimaplan.sources.plan_files.schema import schema_text
from klimaplan.sources.plan_files.shaping import LEVERS
from klimaplan.sources.plan_files.writing import to_json, to_toml
from klimaplan.web.plans.exchange.book import write_book
from sources.plan_files.strategies import plan_files

ROOT = Path(__file__).resolve().parents[3]
SLOW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def read_again(content: bytes, name: str) -> PlanFile:
    parts, findings = read_shape(content, name)
    assert findings == ()
    return parts.file


@SLOW
@given(plan_files())
def test_toml_and_json_give_the_same_file_again(file: PlanFile) -> None:
    assert read_again(to_toml(file).encode(), "plan.toml") == file
    assert read_again(to_json(file).encode(), "plan.json") == file


@pytest.mark.parametrize("language", ["da", "en"])
@SLOW
@given(file=plan_files())
def test_a_workbook_gives_the_same_file_again(file: PlanFile, language: Language) -> None:
    assert read_again(write_book(file, (), (), language), "plan.xlsx") == file


def test_the_same_plan_gives_the_same_bytes() -> None:
    file = read_again((ROOT / "examples" / "hvidovre.toml").read_bytes(), "plan.toml")
    assert write_book(file, (), (), "da") == write_book(file, (), (), "da")


def test_the_published_schema_is_the_one_of_the_model() -> None:
    published = ROOT / "docs" / "reference" / "plan-file.schema.json"
    assert published.read_text() == schema_text(), "run `klimaplan plan schema` and put its output there"


def test_the_schema_says_that_nothing_unknown_is_allowed() -> None:
    described = json.loads(schema_text())
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert described["properties"]["format"]["const"] == "klimaplan-plan/1"
    tables = [part for part in described["$defs"].values() if part.get("type") == "object"]
    assert len(tables) > 15
    assert all(part["additionalProperties"] is False for part in tables)


def test_every_kind_of_lever_can_be_written() -> None:
    assert set(LEVERS) == set(Kind)


@pytest.mark.parametrize("sheet", sheets.SHEETS, ids=lambda sheet: sheet.section)
def test_no_two_columns_of_a_sheet_share_a_heading_in_any_language(sheet: sheets.Sheet) -> None:
    headings = [spelling.casefold() for each in sheet.columns for spelling in {each.name.da, each.name.en}]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("words", sheets.VOCABULARIES.values(), ids=sheets.VOCABULARIES)
def test_no_word_of_a_drop_down_means_two_things(words: dict[str, object]) -> None:
    spelt = [{code.casefold(), word.da.casefold(), word.en.casefold()} for code, word in words.items()]  # type: ignore[attr-defined]
    assert len(set().union(*spelt)) == sum(map(len, spelt))
