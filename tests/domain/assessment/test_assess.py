"""A whole set held against a plan: the weakest essential criterion decides, and a person's part is never passed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.assessment.whole import WHOLE, but
from klimaplan.domain.assessment.assess import assess
from klimaplan.domain.assessment.criteria import Checkable, CriteriaSet, Criterion, Weight
from klimaplan.domain.assessment.parameters import Codes, Number, read_parameters
from klimaplan.domain.assessment.result import Verdict
from klimaplan.domain.errors import Text

SAME = Text("x", "x")


def criterion(
    code: str, rule: str, checkable: Checkable = Checkable.YES, weight: Weight = Weight.ESSENTIAL
) -> Criterion:
    parameters = {"max_years": 5} if rule == "risk-age" else {"fields": ("date",)} if rule == "commitment" else {}
    return Criterion(code, "1", SAME, Text("et papir", "a paper"), weight, "", checkable, rule, parameters, "", ())


def of(*criteria: Criterion) -> CriteriaSet:
    return CriteriaSet("set", SAME, "", date(2020, 1, 1), None, True, SAME, "", {"1": SAME}, criteria)


AGE, GAP = criterion("A", "risk-age"), criterion("B", "gap-stated")
OLD = but(risk=())


def test_the_whole_is_the_weakest_of_the_essential_criteria() -> None:
    assert assess(of(AGE, GAP), WHOLE).overall is Verdict.MET
    assert assess(of(AGE, GAP), OLD).overall is Verdict.NOT_MET
    assert assess(of(AGE, GAP), but(course=None)).overall is Verdict.NEEDS_PERSON
    assert assess(of(AGE, GAP), but(course=None, risk=())).overall is Verdict.NOT_MET


@pytest.mark.parametrize("weight", [Weight.GUIDING, Weight.GOING_FURTHER, Weight.C40_MEMBERS, Weight.DANISH_PRACTICE])
def test_what_is_not_essential_does_not_decide(weight: Weight) -> None:
    light = criterion("A", "risk-age", weight=weight)
    assert assess(of(light, GAP), OLD).overall is Verdict.MET
    assert assess(of(light), OLD).overall is None


@pytest.mark.parametrize(
    ("member", "verdict"), [(True, Verdict.NOT_MET), (None, Verdict.NOT_MET), (False, Verdict.NOT_APPLICABLE)]
)
def test_what_members_of_c40_must_is_not_asked_of_others(member: bool | None, verdict: Verdict) -> None:
    held = assess(of(criterion("A", "risk-age", weight=Weight.C40_MEMBERS)), but(risk=(), c40_member=member))
    assert [row.result.verdict for row in held.rows] == [verdict]


def test_a_criterion_without_a_rule_is_for_a_person_and_asks_for_its_evidence() -> None:
    [row] = assess(of(criterion("A", "", Checkable.NO)), WHOLE).rows
    assert row.result.verdict is Verdict.NEEDS_PERSON
    assert row.result.remedy == Text("Vis: et papir.", "Show: a paper.")


def test_what_a_machine_sees_only_partly_is_not_met_before_a_person_has_judged() -> None:
    found = assess(of(criterion("A", "commitment", Checkable.PARTLY)), WHOLE)
    [row] = found.rows
    assert (row.result.verdict, row.person_judges_rest) == (Verdict.MET, True)
    assert found.overall is Verdict.NEEDS_PERSON
    assert (found.counts[Verdict.MET], found.counts[Verdict.NEEDS_PERSON]) == (0, 1)


def test_what_a_machine_sees_to_be_absent_is_not_softened_by_a_persons_part() -> None:
    assert assess(of(criterion("A", "commitment", Checkable.PARTLY)), but(commitments=())).overall is Verdict.NOT_MET


def test_a_set_holds_from_its_first_to_its_last_day() -> None:
    closed = CriteriaSet("set", SAME, "", date(2020, 8, 1), date(2024, 11, 6), True, SAME, "", {}, ())
    days = (date(2020, 7, 31), date(2020, 8, 1), date(2024, 11, 6), date(2024, 11, 7))
    assert [closed.holds_on(day) for day in days] == [False, True, True, False]
    assert of().holds_on(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("max=3; kinds=a+b", []),
        ("kinds=a; max=0", ["parameter-unreadable"]),
        ("max=3,5; kinds=a", ["parameter-unreadable"]),
        ("max=3; kinds=a+c", ["parameter-unreadable"]),
        ("max=3; kinds=a+a", ["parameter-unreadable"]),
        ("max=3; kinds=", ["parameter-unreadable"]),
        ("max=3; max=4; kinds=a", ["parameter-unknown"]),
        ("least=3; max=1", ["parameter-unknown", "parameter-absent"]),
        ("", ["parameter-absent", "parameter-absent"]),
    ],
)
def test_thresholds_are_read_or_refused_never_guessed(text: str, codes: list[str]) -> None:
    asked = {"max": Number(1), "kinds": Codes(frozenset("ab"))}
    values, found = read_parameters(text, asked, "place")
    assert [each.code for each in found] == codes
    assert codes or values == {"max": 3, "kinds": ("a", "b")}
    for each in found:
        assert each.what.da != each.what.en
