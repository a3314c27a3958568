"""`plan assess` and `assess`: a plan file against the criteria, with the keys of the contract."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import Installation, Ran

Run = Callable[..., Ran]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HVIDOVRE = str(EXAMPLES / "hvidovre.toml")
PLAN = """
format = "klimaplan-plan/1"

[plan]
municipality = "167"
title = "Prøve"
notes = "Regnet med basisfremskrivningen"

[[target]]
year = 2030
level = 60000.0
source = "Byrådet"

[[target]]
year = 2045
level = 0.0
source = "Byrådet"
"""
"""Hvidovre with targets alone."""


@pytest.fixture
def assessed(here: Run, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    def run(*more: str, text: str = PLAN) -> dict[str, Any]:
        path = tmp_path / "plan.toml"
        path.write_text(text)
        answer: dict[str, Any] = here("plan", "assess", str(path), "--json", *more).answer
        return answer

    return run


def results(answer: dict[str, Any]) -> dict[str, str]:
    return {each["id"]: each["result"] for each in answer["criteria"]}


def test_the_keys_of_the_contract(here: Run) -> None:
    answer = here("assess", HVIDOVRE, "--framework", "CCTF-2024", "--on", "2026-11-24", "--json").answer
    assert set(answer) == {"plan", "on", "set", "official", "reservation", "summary", "criteria", "findings"}
    assert (answer["set"], answer["official"], answer["on"]) == ("cctf-2024-dk", False, "2026-11-24")
    assert len(answer["criteria"]) == 31
    for each in answer["criteria"]:
        assert {"id", "result", "evidence", "finding", "remedy"} <= set(each)
        assert each["finding"]["da"]
        assert each["finding"]["en"]
    assert sum(answer["summary"]["counts"].values()) == 31


def test_what_a_file_can_tell_is_decided_and_what_it_has_no_place_for_is_left_to_a_person(
    assessed: Callable[..., dict[str, Any]],
) -> None:
    found = results(assessed("--on", "2026-11-24"))
    assert found["K6.1"] == "met"  # the account of 2023 is 3 years back
    assert found["K6.2"] == "met"  # baseline and pathway reach 2050
    assert found["K9.1"] == "met"  # net zero in 2045
    assert found["K9.2"] == "partial"  # one interim target only
    assert found["K12.1"] == "not-met"  # there are no actions
    held_by_no_file = ("K1", "K3.1", "K5.1", "K6.3", "K7", "K8", "K11", "K13.1", "K15.1", "K15.3", "K16")
    assert {found[code] for code in held_by_no_file} == {"needs-person"}


def test_the_day_decides_how_old_the_account_is(assessed: Callable[..., dict[str, Any]]) -> None:
    assert results(assessed("--on", "2026-12-31"))["K6.1"] == "met"
    assert results(assessed("--on", "2027-01-01"))["K6.1"] == "not-met"


def test_the_day_decides_the_set_unless_it_is_named(assessed: Callable[..., dict[str, Any]]) -> None:
    assert assessed("--on", "2024-11-06")["set"] == "capf-2020"
    assert assessed("--on", "2024-11-07")["set"] == "cctf-2024-dk"
    assert assessed("--on", "2026-11-24", "--set", "capf-2020")["set"] == "capf-2020"


def test_the_interval_test_says_what_evaluating_says(here: Run) -> None:
    held = here("plan", "evaluate", HVIDOVRE, "--json").answer["interval_test"]
    [row] = [each for each in here("plan", "assess", HVIDOVRE, "--json").answer["criteria"] if each["id"] == "K9.4"]
    assert {"below-low": "not-met", "needs-reason": "partial", "accepted": "met"}[held["verdict"]] == row["result"]
    assert f"{100.0 * held['low']:.1f} %" in row["finding"]["en"]


def test_evidence_names_the_very_target(assessed: Callable[..., dict[str, Any]]) -> None:
    [row] = [each for each in assessed("--on", "2026-11-24")["criteria"] if each["id"] == "K9.1"]
    assert [(each["kind"], each["key"]) for each in row["evidence"]] == [("target", "2045/total")]


def test_people_read_a_table_with_its_reservation(here: Run) -> None:
    ran = here("plan", "assess", HVIDOVRE)
    assert ran.code == 0
    assert "Unofficial" in ran.out
    assert "Overall: not met" in ran.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--set", "cctf-1999"), "There is no set of criteria cctf-1999"),
        (("--on", "24/11/2026"), "is no day"),
        (("--on", "2019-01-01"), "No set of criteria held that day"),
    ],
)
def test_bad_input_is_refused_in_one_line(here: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in here("plan", "assess", HVIDOVRE, *arguments).refusal


def test_a_municipality_without_a_plan_is_told_where_to_begin_one(installed: Installation) -> None:
    assert "The municipality has no plan here" in installed.run("assess", "167").refusal


def test_a_municipality_without_a_database_is_told_to_begin(here: Run) -> None:
    assert "klimaplan init" in here("assess", "167").refusal
