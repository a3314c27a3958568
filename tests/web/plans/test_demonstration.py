"""The invented plans: what stands around their actions is sound, marked as invented, and of three depths."""

from __future__ import annotations

from collections import Counter

import pytest

from klimaplan.web.plans.contents import KINDS, kind_of, plain_of, read_content
from klimaplan.web.plans.demonstration.groundwork import INVENTED, groundwork

ACTIONS = ["a001", "a002", "a003", "a004"]


def words(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(words(each) for each in value.values())
    return " ".join(map(words, value)) if isinstance(value, list) else str(value)


@pytest.mark.parametrize(("code", "parts"), [("101", 40), ("103", 6), ("102", 0)])
def test_a_third_has_all_of_it_a_third_has_begun_and_a_third_has_nothing(code: str, parts: int) -> None:
    """By hand: 6 to begin with; then 2 + 1 + 1 + 1 + 4, three for each of five sectors, 1 row more, 4, 2 and 3."""
    written = list(groundwork(code, ACTIONS))
    assert len(written) == parts
    for kind, content in written:
        assert plain_of(read_content(kind_of(kind), content, kind))
        assert INVENTED in words(content) or kind in ("yearly_report",), kind


def test_no_part_is_named_twice() -> None:
    named = Counter((kind, KINDS[kind].key_of(content)) for kind, content in groundwork("101", ACTIONS))
    assert {name for name, number in named.items() if number > 1 and name[1]} == set()
