"""What the kinds of parts say: every field can be asked for in both languages, and nothing hostile gets in."""

from __future__ import annotations

from typing import Any

import pytest

from klimaplan.domain.errors import InputError
from klimaplan.sources.plan_files.sheets import Cell
from klimaplan.web.plans.contents import COMPUTED, KINDS, form_of, kind_of, plain_of, read_content
from klimaplan.web.plans.contents.choices import CHOICES
from klimaplan.web.plans.contents.hazards import HAZARDS

OF_THE_PLAN = {"actions", "goals", "streams", "templates"}


@pytest.mark.parametrize("code", KINDS)
def test_every_field_of_every_kind_can_be_asked_for_in_both_languages(code: str) -> None:
    kind = kind_of(code)
    fields = form_of(kind)
    assert kind.name.da
    assert kind.name.en
    assert len({field.name for field in fields}) == len(fields) > 0
    for field in fields:
        assert field.label.da.strip(), field.name
        assert field.label.en.strip(), field.name
        assert bool(field.help.da) == bool(field.help.en), field.name
        if field.cell in (Cell.CHOICE, Cell.CHOICES):
            assert field.choices or field.of_plan in OF_THE_PLAN, field.name
        assert all(word.da and word.en for _, word in field.choices)


def test_the_kinds_of_a_plan_file_are_those_that_are_computed_with() -> None:
    assert COMPUTED == ("head", "target", "stream", "parameter", "supply", "driver", "action")


def test_what_may_be_left_out_is_not_required() -> None:
    required = {field.name for field in form_of(kind_of("milestone")) if field.required}
    assert required == {"action", "title", "due"}


def test_the_danish_hazards_have_their_names_in_the_three_lists() -> None:
    """The nine Danish terms by hand from the crosswalk, and the 26 types of the framework it does not name."""
    danish = [hazard for hazard in HAZARDS.values() if hazard.taxonomy]
    assert [hazard.name.da for hazard in danish] == [
        "Skybrud", "Vandløbsoversvømmelse", "Stormflod", "Havvandsstigning", "Terrænnært grundvand", "Tørke",
        "Hedebølge", "Storm", "Kysterosion",
    ]  # fmt: skip
    assert HAZARDS["cloudburst"].crf == ("Flash/surface flood", "Rain storm")
    assert HAZARDS["cloudburst"].cdp == ("Urban flooding", "Heavy precipitation")
    assert HAZARDS["sea-level-rise"].taxonomy == ("Sea level rise",)
    named = {type_ for hazard in HAZARDS.values() for type_ in hazard.crf}
    # 36 types of the framework, all of them under some hazard
    assert (len(HAZARDS), len(named)) == (35, 36)
    assert len({hazard.group for hazard in HAZARDS.values()}) == 10


@pytest.mark.parametrize("vocabulary", CHOICES)
def test_every_choice_has_a_word_in_both_languages(vocabulary: str) -> None:
    assert all(word.da.strip() and word.en.strip() for word in CHOICES[vocabulary].values())


GOOD: dict[str, dict[str, Any]] = {
    "vision": {"text": "Grøn by", "year": 2050},
    "commitment": {"text": "Vi forpligter os", "on": "2026-03-01"},
    "answer": {"action": "a01", "hazards": ["cloudburst", "drought"], "start": 2026},
    "sub_measure": {"action": "a01", "title": "Skoler", "progress": "under-way"},
    "milestone": {"action": "a01", "title": "Klar", "due": "2027-06-01"},
    "budget_line": {"action": "a01", "title": "Anlæg", "year": 2027, "kind": "capex", "amount_dkk": 1e6},
    "funding": {"action": "a01", "funder": "eu", "amount_dkk": 5.0, "state": "applied"},
    "staff": {"action": "a01", "department": "Natur", "fte": 0.5},
    "stakeholder": {"name": "Landmænd", "group": "hit-by-action", "involvement": "involve"},
    "barrier": {"kind": "legal", "description": "Lov om vandløb"},
    "co_benefit": {"action": "a01", "benefit": "Renere luft", "who": ["children"], "theme": "place"},
    "indicator": {"name": "MW sol", "unit": "MW", "level": "outcome", "target_value": 30.0, "target_year": 2030},
    "plan_link": {"title": "Spildevandsplan", "kind": "depends-on", "address": "https://hvidovre.dk/plan"},
    "evidence": {"title": "Notat", "file": "ab" * 32},
    "hazard": {"hazard": "cloudburst", "priority": True, "probability_now": "medium", "consequence_later": "high"},
    "exposed_group": {"name": "Kolonihaver", "kind": "people", "hazards": ["storm-surge"], "number": 200.0},
    "adaptation_goal": {"title": "Ingen kældre", "hazards": ["cloudburst"], "horizon": "short", "year": 2030},
    "past_event": {"hazard": "cloudburst", "on": "2011-07-02", "title": "Skybruddet", "damage_dkk": 6.2e9},
    "action_detail": {"action": "a01", "priority": True, "tags": ["new-fossil-supply"], "checked": True},
    "context": {"theme": "vulnerable", "text": "Boligområder nær fjorden"},
    "risk_assessment": {"title": "Risikovurdering", "made_on": "2025-03-01", "horizon": 2100},
    "powers": {"sector": "energy", "authority": "Varmeplan", "not_used": ["supplier"], "why_not": "Intet selskab"},
    "consumption": {"category": "construction", "vision": "Vi bygger mindre", "avoid_roles": ["operator"]},
    "sector_strategy": {"sector": "energy", "overview": "Fjernvarme", "target": "0 gasfyr", "target_year": 2030},
    "fairness": {"sector": "transport", "who": ["rural"], "burden": "Dyrere at køre", "theme": "place"},
    "equity_goal": {"title": "Billig kollektiv trafik", "theme": "access", "indicator": "kr. pr. tur"},
    "priority_criterion": {"title": "Virkning", "weight_pct": 50.0, "scores": ["a01 = 3", "a02 = 2,5"]},
    "evaluation": {"title": "Midtvejsevaluering", "planned_on": "2028-06-01"},
    "publication": {"title": "Årets status", "on": "2026-06-01", "address": "https://hvidovre.dk/klima"},
    "yearly_report": {"year": 2025, "sent_on": "2026-03-01"},
}


def test_there_is_an_example_of_every_kind_that_no_plan_file_has() -> None:
    assert set(GOOD) == set(KINDS) - set(COMPUTED)


@pytest.mark.parametrize("code", GOOD)
def test_a_content_comes_back_as_it_was_written(code: str) -> None:
    kind = kind_of(code)
    content = plain_of(read_content(kind, GOOD[code], code))
    assert plain_of(read_content(kind, content, code)) == content
    assert {name: content[name] for name in GOOD[code]} == GOOD[code]


@pytest.mark.parametrize(
    ("code", "fields", "finding", "place"),
    [
        ("vision", {"text": ""}, "field-missing", "x!text"),
        ("vision", {"text": "   "}, "field-missing", "x!text"),
        ("vision", {"text": "a" * 20_001}, "text-too-long", "x!text"),
        ("vision", {"text": "a\x00b"}, "value-not-usable", "x!text"),
        ("vision", {"text": "Godkendt \u202etxt"}, "value-not-usable", "x!text"),
        ("vision", {"text": 5}, "not-a-text", "x!text"),
        ("vision", {"year": 20500}, None, "x!year"),
        ("vision", {"owner": "x"}, "unknown-field", "x!owner"),
        ("milestone", {"due": "1. maj"}, "not-a-day", "x!due"),
        ("budget_line", {"amount_dkk": float("nan")}, "not-a-number", "x!amount_dkk"),
        ("budget_line", {"amount_dkk": "12"}, "not-a-number", "x!amount_dkk"),
        ("budget_line", {"kind": "gift"}, "value-not-usable", "x!kind"),
        ("hazard", {"hazard": "meteor"}, "value-not-usable", "x!hazard"),
        ("answer", {"hazards": []}, "field-missing", "x!hazards"),
        ("answer", {"hazards": ["drought", "meteor"]}, "value-not-usable", "x!hazards!1"),
        ("plan_link", {"address": "javascript:alert(1)"}, "value-not-usable", "x!address"),
        ("plan_link", {"address": "https://a.dk/\"onclick=x"}, "value-not-usable", "x!address"),
        ("plan_link", {"address": "file:///etc/passwd"}, "value-not-usable", "x!address"),
        ("evidence", {"file": "../../x"}, None, "x!file"),
        ("staff", {"fte": -1.0}, None, "x!fte"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_field(
    code: str, fields: dict[str, Any], finding: str | None, place: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_content(kind_of(code), {**GOOD[code], **fields}, "x")
    [found] = refused.value.findings
    assert found.place == place
    assert found.what.da
    assert found.what.en
    if finding:
        assert found.code == finding


def test_all_faults_of_a_content_are_named_together() -> None:
    with pytest.raises(InputError) as refused:
        read_content(kind_of("budget_line"), {"action": "a 1", "year": "2027", "kind": "gift"}, "x")
    assert {finding.place for finding in refused.value.findings} == {
        "x!action", "x!title", "x!year", "x!kind", "x!amount_dkk",
    }  # fmt: skip


def test_a_content_that_is_a_document_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputError, match="more than one part"):
        read_content(kind_of("action"), {"key": "a01", "title": "x", "description": "a" * 200_001}, "x")
