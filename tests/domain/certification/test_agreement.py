"""Cohen's kappa: a published example, hand-computed cases, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimaplan.domain.certification.agreement import agreement
from klimaplan.domain.errors import InputError

SCORES = st.sampled_from(["met", "partial", "not-met"])


def test_the_textbook_example_of_fifty_proposals() -> None:
    # both yes 20, both no 15, first only 5, second only 10: observed 0.7, by chance 0.5·0.6 + 0.5·0.4 = 0.5, kappa 0.4
    pairs = [("yes", "yes")] * 20 + [("no", "no")] * 15 + [("yes", "no")] * 5 + [("no", "yes")] * 10
    first = {str(number): pair[0] for number, pair in enumerate(pairs)}
    second = {str(number): pair[1] for number, pair in enumerate(pairs)}
    found = agreement(first, second)
    assert (found.observed, found.kappa) == (pytest.approx(0.7), pytest.approx(0.4))
    assert len(found.differing) == 15


def test_when_both_say_the_same_throughout_chance_explains_it() -> None:
    found = agreement({"a": "met", "b": "met"}, {"a": "met", "b": "met"})
    assert (found.observed, found.kappa) == (1.0, None)


@given(st.dictionaries(st.text(min_size=1), st.tuples(SCORES, SCORES), min_size=1))
def test_it_does_not_matter_who_is_first(pairs: dict[str, tuple[str, str]]) -> None:
    first, second = ({key: pair[number] for key, pair in pairs.items()} for number in (0, 1))
    one, other = agreement(first, second), agreement(second, first)
    assert one.differing == other.differing
    assert one.kappa == (other.kappa if other.kappa is None else pytest.approx(other.kappa))
    assert one.kappa is None or one.kappa <= 1.0 + 1e-12


@given(st.dictionaries(st.text(min_size=1), SCORES, min_size=2).filter(lambda scores: len(set(scores.values())) > 1))
def test_full_agreement_on_more_than_one_score_is_one(scores: dict[str, str]) -> None:
    assert agreement(scores, scores).kappa == pytest.approx(1.0)


def test_different_criteria_are_refused_with_their_names() -> None:
    with pytest.raises(InputError) as refused:
        agreement({"a": "met", "b": "met"}, {"a": "met"})
    assert [each.place for each in refused.value.findings] == ["b"]
