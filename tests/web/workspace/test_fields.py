"""Numbers, units and places of a form, in both languages."""

from __future__ import annotations

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from klimaplan.web.workspace.fields import field_at, number_in, set_within
from klimaplan.web.workspace.wording import number, unit_words


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("da", "1.234,5", 1234.5), ("da", "1234,5", 1234.5), ("da", "1.234", 1234.0), ("da", "0.123", 0.123),
        ("da", "0,5", 0.5), ("da", "12.5", 12.5), ("da", "1 234 567", 1234567.0), ("da", "−3", -3.0),
        ("da", "1.234.567", 1234567.0), ("da", "mange", "mange"), ("da", "1,2,3", "1,2,3"), ("da", "1e5", "1e5"),
        ("da", "nan", "nan"), ("da", "²", "²"),
        ("en", "1,234.5", 1234.5), ("en", "1,234", 1234.0), ("en", "1.234", 1.234), ("en", "0,5", 0.5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(language: str, text: str, value: object) -> None:
    with override(language):
        assert number_in(text) == value


@given(some.decimals(-(10**9), 10**9, places=3), some.sampled_from(["da", "en"]))
def test_what_is_shown_is_read_as_the_same_number(value: object, language: str) -> None:
    with override(language):
        assert number_in(number(float(value))) == float(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "danish", "english"),
    [
        ("t CO2e/yr", "ton CO2e om året", "t CO2e a year"),
        ("t CO2e/ha/yr", "ton CO2e pr. ha om året", "t CO2e per ha a year"),
        ("t CO2e/head", "ton CO2e pr. dyr", "t CO2e per head"),
        ("share", "%", "%"),
        ("boiler", "boiler", "boiler"),
    ],
)
def test_units_are_said_in_words(unit: str, danish: str, english: str) -> None:
    with override("da"):
        assert unit_words(unit) == danish
    with override("en"):
        assert unit_words(unit) == english


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("action a07!action a07!lever 1!share", "lever.1.share"),
        ("action a07!lever 1!share!low", "lever.1.share"),
        ("action a07!resources!capex_dkk", "resources.capex_dkk"),
        ("plan!action a07!title", "title"),
        ("action a07!nothing", None),
    ],
)
def test_a_finding_finds_its_field(place: str, name: str | None) -> None:
    assert field_at(place, ["lever.1.share", "resources.capex_dkk", "title"]) == name


def test_what_is_taken_out_takes_the_empty_table_around_it_along() -> None:
    content = {"decision": {"by": "Byrådet"}, "title": "A"}
    set_within(content, "decision.by", None)
    assert content == {"title": "A"}
    set_within(content, "resources.capex_dkk", 5.0)
    assert content == {"title": "A", "resources": {"capex_dkk": 5.0}}
