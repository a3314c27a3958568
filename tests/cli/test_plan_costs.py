"""`plan evaluate`: costs, the test of the 2030 target, and planned against measured, worked out by hand."""

from __future__ import annotations

import os
import pty
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import Ran
from klimaplan.cli import plan_progress

Run = Callable[..., Ran]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
HEAT = "I.2.1/fossil_heating"
IN_2019 = 117_190.1 + 41_522.2 - 892.4 + 6_507.2 + 5_698.9
"""The account 4.1 of Hvidovre: its five sectors, t CO2e."""

HEAD = """\
format = "klimaplan-plan/1"
[plan]
municipality = "167"
title = "Demo: two measures on one stream"
demo = true
price_year = {price_year}
[[target]]
year = {target_year}
sectors = "{sectors}"
level = {level}
source = "test"
"""

ACTION = """
[[action]]
key = "{key}"
title = "{key}"
[[action.lever]]
kind = "reduce-activity"
stream = "{stream}"
share = {share}
source = "test"
ramp = {{ shape = "step", start = 2025 }}
[action.resources]
{resources}
"""

INSULATION = "capex_dkk = 1_000_000\nopex_dkk = 10_000\nsaved_dkk = 30_000\nlifetime_years = 20"
THERMOSTATS = "capex_dkk = 0\nopex_dkk = 0\nsaved_dkk = 50_000\nmay_be_negative = true"
ANNUAL = 1_000_000 * 0.035 / (1 - 1.035**-20) + 10_000 - 30_000
"""At 3.5 % over 20 years: 70,361 DKK of investment a year, and 20,000 DKK less to run; 50,361 DKK."""


def plan(
    *actions: tuple[str, float, str], price_year: int = 2025, target_year: int = 2030, level: float = 60_000,
    sectors: str = "total",
) -> str:  # fmt: skip
    head = HEAD.format(price_year=price_year, target_year=target_year, level=level, sectors=sectors)
    return head + "".join(
        ACTION.format(key=key, share=share, resources=resources, stream=HEAT) for key, share, resources in actions
    )


BOTH = plan(("a1", 0.5, INSULATION), ("a2", 0.4, THERMOSTATS), ("a3", 0.1, ""))


@pytest.fixture
def evaluated(here: Run, tmp_path: Path) -> Callable[..., Ran]:
    def run(text: str, *more: str, language: str = "en") -> Ran:
        path = tmp_path / "plan.toml"
        path.write_text(text)
        return here("plan", "evaluate", str(path), *more, language=language)

    return run


def costs(ran: Ran) -> Any:
    return ran.answer["costs"]


def heat_of(answer: Any, year: str) -> float:
    [told] = [each for each in answer["streams"] if each["stream"] == HEAT]
    found: float = told["baseline"][year]
    return found


# -- costs -----------------------------------------------------------------------------------------------------------


def test_a_tonne_costs_by_the_tonnes_left_after_overlap(evaluated: Callable[..., Ran]) -> None:
    # 50 and 40 % of one stream are 70 %: 40 and 30 % of it. The third takes 10 % of what is left, shared by Shapley:
    # ∫ (1 − 0.4 v)(1 − 0.1 v) dv = 1 − 0.5/2 + 0.04/3 for the first
    answer = evaluated(BOTH, "--perspective", "socio-economic", "--json").answer
    one, other = answer["costs"]["actions"]
    tonnes = 0.5 * (1 - 0.25 + 0.04 / 3) * heat_of(answer, "2030")
    assert answer["costs"]["year"] == 2030
    assert one["tonnes"] == pytest.approx(tonnes)
    assert (one["annual_dkk"], one["share_in_place"]) == (pytest.approx(ANNUAL), 1.0)
    assert one["dkk_per_tonne"] == pytest.approx(ANNUAL / tonnes)
    assert (other["annual_dkk"], one["price_year"]) == (-50_000, 2025)


def test_the_present_value_is_what_is_paid_to_2050_counted_back_to_2023(evaluated: Callable[..., Ran]) -> None:
    # bought in 2024 and again in 2044; six of twenty years are used in 2050, so 14/20 are left; 20,000 less from 2025
    [one] = costs(evaluated(plan(("a1", 0.5, INSULATION)), "--perspective", "socio-economic", "--json"))["actions"]
    bought = 1_000_000 * (1.035**-1 + 1.035**-21 - 0.7 * 1.035**-27)
    run = -20_000 * sum(1.035 ** -(year - 2023) for year in range(2025, 2051))
    assert one["present_value_dkk"] == pytest.approx(bought + run)


def test_the_curve_ranks_gains_by_net_benefit_and_costs_by_the_tonne(evaluated: Callable[..., Ran]) -> None:
    found = costs(evaluated(BOTH, "--perspective", "socio-economic", "--json"))
    first, second = found["curve"]
    assert (first["action"], first["pays_for_itself"], first["start"]) == ("a2", True, 0.0)
    assert first["net_benefit_dkk"] == 50_000
    assert (second["action"], second["pays_for_itself"]) == ("a1", False)
    assert second["start"] == pytest.approx(first["tonnes"])
    total = found["total"]
    assert total["annual_dkk"] == pytest.approx(ANNUAL - 50_000)
    assert total["tonnes"] == pytest.approx(first["tonnes"] + second["tonnes"])
    assert total["dkk_per_tonne"] == pytest.approx((ANNUAL - 50_000) / total["tonnes"])


def test_the_perspective_names_its_rate_and_where_it_stands(evaluated: Callable[..., Ran]) -> None:
    found = costs(evaluated(BOTH, "--perspective", "socio-economic", "--json"))
    seen_from = found["perspective"]
    assert (seen_from["key"], seen_from["discount_rate"], seen_from["with_taxes"]) == ("socio-economic", 0.035, False)
    assert seen_from["discount_rate_source"] == "discount-rate-2021"
    assert found["price_year"] == 2025
    own = costs(evaluated(BOTH, "--perspective", "socio-economic", "--discount-rate", "0", "--json"))
    assert own["perspective"]["discount_rate_source"] == "--discount-rate"
    # without interest: 1,000,000 / 20 − 20,000
    assert own["actions"][0]["annual_dkk"] == pytest.approx(30_000)


def test_what_has_no_cost_is_listed_and_not_zero(evaluated: Callable[..., Ran]) -> None:
    found = costs(evaluated(BOTH, "--perspective", "socio-economic", "--json"))
    assert [each["action"] for each in found["actions"]] == ["a1", "a2"]
    [without] = found["without_cost"]
    assert (without["action"], without["reason"]["en"]) == ("a3", "No cost given; that is not zero.")
    assert found["total"]["actions"] == 2


def test_nothing_is_assumed_about_who_pays(evaluated: Callable[..., Ran]) -> None:
    assert costs(evaluated(BOTH, "--json")) == {}
    assert "cost curve" not in evaluated(BOTH).out


def test_the_example_is_priced_as_by_hand(here: Run) -> None:
    # 95 million over 16 years and 12 million over 10, at 3.5 %
    answer = here(
        "plan", "evaluate", str(EXAMPLES / "hvidovre.toml"), "--perspective", "socio-economic", "--json"
    ).answer
    pumps, cars = answer["costs"]["actions"]
    assert pumps["annual_dkk"] == pytest.approx(95e6 * 0.035 / (1 - 1.035**-16) + 1.2e6 - 14e6)
    assert cars["annual_dkk"] == pytest.approx(12e6 * 0.035 / (1 - 1.035**-10) + 0.3e6 - 1.1e6)
    # an S-curve from 2024 to 2032 is at x = 6/8 in 2030: 3x² − 2x³
    assert pumps["share_in_place"] == pytest.approx(3 * 0.75**2 - 2 * 0.75**3)
    assert pumps["annual_dkk_in_year"] == pytest.approx(pumps["share_in_place"] * pumps["annual_dkk"])
    [effect] = [each["by_year"]["2030"] for each in answer["effects"] if each["action"] == "a01"]
    assert pumps["tonnes"] == pytest.approx(-effect)


def test_a_plan_without_costs_has_a_list_of_what_is_missing_and_no_empty_tables(evaluated: Callable[..., Ran]) -> None:
    out = evaluated(plan(("a1", 0.5, "")), "--perspective", "socio-economic").out
    assert "No cost given; that is not zero." in out
    assert "DKK a year" not in out


def test_the_value_of_co2_is_an_option(evaluated: Callable[..., Ran]) -> None:
    # SØB25: 612 DKK of 2025 a tonne in 2030
    found = costs(evaluated(BOTH, "--perspective", "socio-economic", "--value-of-co2", "--json"))
    assert found["value_of_co2"] == {
        "path": "SØB25", "dkk_per_tonne": 612.0, "price_year": 2025, "source": "soeb25-co2",
    }  # fmt: skip
    benefits = {step["action"]: step for step in found["curve"]}
    assert benefits["a1"]["net_benefit_dkk"] == pytest.approx(612 * benefits["a1"]["tonnes"] - ANNUAL)
    assert costs(evaluated(BOTH, "--perspective", "socio-economic", "--json"))["value_of_co2"] == {}
    older = plan(("a1", 0.5, INSULATION), price_year=2020)
    refused = evaluated(older, "--perspective", "socio-economic", "--value-of-co2").refusal
    assert refused.startswith(
        "SØB25/2025: The value of CO2 is in prices of 2025, but the plan counts in prices of 2020."
    )


def test_taxes_count_for_those_who_pay_them(evaluated: Callable[..., Ran]) -> None:
    subsidised = INSULATION + "\ntaxes_dkk = -4_000"
    text = plan(("a1", 0.5, subsidised), ("a2", 0.4, THERMOSTATS))
    answer = evaluated(text, "--perspective", "user", "--discount-rate", "3.5", "--json").answer
    [one] = answer["costs"]["actions"]
    assert one["annual_dkk"] == pytest.approx(ANNUAL - 4_000)
    assert [each["action"] for each in answer["costs"]["without_cost"]] == ["a2"]
    [finding] = [each for each in answer["findings"] if each["code"] == "taxes-not-given"]
    assert finding["severity"] == "warning"
    assert "not given for a2." in finding["message"]["en"]
    society = costs(evaluated(text, "--perspective", "socio-economic", "--json"))
    assert society["actions"][0]["annual_dkk"] == pytest.approx(ANNUAL)


def test_two_price_years_are_a_finding_and_have_no_sum(evaluated: Callable[..., Ran]) -> None:
    text = plan(("a1", 0.5, INSULATION), ("a2", 0.4, THERMOSTATS + "\nprice_year = 2020"))
    answer = evaluated(text, "--perspective", "socio-economic", "--json").answer
    assert [each["place"] for each in answer["findings"] if each["code"] == "price-years-differ"] == ["2020 / 2025"]
    found = answer["costs"]
    assert (found["price_year"], found["curve"], found["total"]["annual_dkk"]) == (None, [], None)
    assert [each["price_year"] for each in found["actions"]] == [2025, 2020]


def test_the_year_of_the_tonnes_can_be_chosen(evaluated: Callable[..., Ran]) -> None:
    answer = evaluated(
        plan(("a1", 0.5, INSULATION)), "--perspective", "socio-economic", "--cost-year", "2040", "--json"
    ).answer
    assert answer["costs"]["year"] == 2040
    assert answer["costs"]["actions"][0]["tonnes"] == pytest.approx(0.5 * heat_of(answer, "2040"))


@pytest.mark.parametrize(("options", "said"), [
    (("--discount-rate", "3"), "--discount-rate: Costs are computed from a perspective only."),
    (("--cost-year", "2030", "--value-of-co2"), "--cost-year, --value-of-co2: Costs are computed from a perspective"),
    (("--perspective", "user"), "--perspective user: The perspective has no fixed discount rate."),
    (("--perspective", "municipal"), "--perspective municipal: The perspective has no fixed discount rate."),
    (("--perspective", "user", "--discount-rate", "-1"), "--discount-rate: -1 % a year cannot be used."),
    (("--perspective", "user", "--discount-rate", "0.035"), "--discount-rate: 0.035 % a year cannot be used."),
    (("--perspective", "user", "--discount-rate", "nan"), "--discount-rate: nan % a year cannot be used."),
    (("--perspective", "socio-economic", "--cost-year", "2051"), "2051: 2051 lies outside 2023–2050."),
    (("--perspective", "socio-economic", "--cost-until", "2023"), "2023: 2023 lies outside 2024–2050."),
    (("--cost-until", "2040"), "--cost-until: Costs are computed from a perspective only."),
])  # fmt: skip
def test_options_that_make_no_sense_are_refused(
    options: tuple[str, ...], said: str, evaluated: Callable[..., Ran]
) -> None:
    assert evaluated(BOTH, *options).refusal.startswith(said)


def test_a_tonne_over_all_years_costs_what_is_paid_by_what_is_saved(evaluated: Callable[..., Ran]) -> None:
    # bought in 2024 for 2025 on; to 2044 the twenty years are used up: 1,000,000 in 2024 and −20,000 in each of them
    ran = evaluated(
        plan(("a1", 0.5, INSULATION)), "--perspective", "socio-economic", "--cost-until", "2044", "--json"
    )  # fmt: skip
    answer = ran.answer
    over = answer["costs"]["over_years"]
    assert (over["first"], over["last"]) == (2023, 2044)
    [one] = over["actions"]
    present = 1_000_000 * 1.035**-1 - 20_000 * sum(1.035 ** -(year - 2023) for year in range(2025, 2045))
    tonnes = {year: 0.5 * heat_of(answer, str(year)) for year in range(2025, 2045)}
    discounted = sum(saved * 1.035 ** -(year - 2023) for year, saved in tonnes.items())
    assert one["present_value_dkk"] == pytest.approx(present)
    assert one["tonnes"] == pytest.approx(sum(tonnes.values()))
    assert one["dkk_per_tonne"] == pytest.approx(present / sum(tonnes.values()))
    assert one["dkk_per_discounted_tonne"] == pytest.approx(present / discounted)
    assert one["net_present_value_dkk"] is None
    assert over["together"] == {key: value for key, value in one.items() if key not in ("action", "title")}


def test_over_the_years_saved_tonnes_are_worth_the_price_of_their_year(evaluated: Callable[..., Ran]) -> None:
    # SØB25: 500 DKK in 2025 and 612 in 2030, so 522.40 in 2026
    ran = evaluated(
        plan(("a1", 0.5, INSULATION)), "--perspective", "socio-economic", "--cost-until", "2026", "--value-of-co2",
        "--json",
    )  # fmt: skip
    [one] = costs(ran)["over_years"]["actions"]
    worth = sum(
        price * 0.5 * heat_of(ran.answer, year) * 1.035**-years
        for year, price, years in (("2025", 500.0, 2), ("2026", 522.4, 3))
    )
    assert one["net_present_value_dkk"] == pytest.approx(worth - one["present_value_dkk"])


def test_people_read_the_cost_over_years_in_their_language(evaluated: Callable[..., Ran]) -> None:
    asked = ("--perspective", "socio-economic", "--cost-until", "2040")
    assert "hvad et ton koster 2023–2040" in evaluated(BOTH, *asked, language="da").out
    english = evaluated(BOTH, *asked).out
    assert "what a tonne costs 2023–2040" in english
    assert "what a tonne costs" not in evaluated(BOTH, *asked[:2]).out


def test_the_falling_rate_is_told_and_a_rate_of_ones_own_does_not_fall(evaluated: Callable[..., Ran]) -> None:
    # 50 years at 3.5 % and then 2.5 %: 1 / 23.714788; at 3.5 % throughout CRF = 0.0426337
    house = plan(("a1", 0.5, "capex_dkk = 1_000_000\nopex_dkk = 0\nsaved_dkk = 0\nlifetime_years = 50"))
    falling = costs(evaluated(house, "--perspective", "socio-economic", "--json"))
    assert falling["perspective"]["later_rates"] == [
        {"after_years": 35, "rate": 0.025}, {"after_years": 70, "rate": 0.015}
    ]  # fmt: skip
    assert falling["actions"][0]["annual_dkk"] == pytest.approx(42_167.78, abs=0.01)
    own = costs(evaluated(house, "--perspective", "socio-economic", "--discount-rate", "3.5", "--json"))
    assert own["perspective"]["later_rates"] == []
    assert falling["perspective"]["note"]["en"].startswith("It holds for the first 35 years; after them 2.5 %")
    assert own["perspective"]["note"]["en"] == "The rate that was given holds in all years."
    assert own["actions"][0]["annual_dkk"] == pytest.approx(42_633.71, abs=0.01)


def test_people_read_costs_in_their_language(evaluated: Callable[..., Ran]) -> None:
    danish = evaluated(BOTH, "--perspective", "socio-economic", "--value-of-co2", language="da").out
    for words in (
        "omkostningskurve 2030", "Perspektiv: samfundsøkonomisk, uden afgifter og tilskud; real diskonteringsrente 3,5",
        "Finansministeriet", "50.361", "Ingen omkostning er oplyst; det er ikke nul.",
        "612 kr. i 2030 (SØB25, 2025-priser)",
    ):  # fmt: skip
        assert words in danish
    assert "50,361" in evaluated(BOTH, "--perspective", "socio-economic").out


# -- the test of the 2030 target -------------------------------------------------------------------------------------

RANGES = {
    "energy": (0.89, 1.02, 1.15),
    "transport": (0.30, 0.33, 0.36),
    "industry": (0.40, 0.50, 0.60),
    "agriculture": (0.21, 0.30, 0.38),
    "other": (0.69, 0.71, 0.72),
}
"""As the guide for certification gives them."""


@pytest.mark.parametrize(("level", "verdict"), [
    (75_000, "below-low"), (60_000, "needs-reason"), (50_000, "accepted"),
])  # fmt: skip
def test_the_target_of_2030_is_held_against_the_ranges_of_the_sectors(
    level: float, verdict: str, evaluated: Callable[..., Ran]
) -> None:
    tested = evaluated(plan(level=level), "--json").answer["interval_test"]
    emitted = tested["emitted_2019"]
    assert sum(emitted.values()) == pytest.approx(IN_2019)
    for at, end in enumerate(("low", "mid", "high")):
        by_hand = sum(tonnes * RANGES[sector][at] for sector, tonnes in emitted.items()) / IN_2019
        assert tested[end] == pytest.approx(by_hand)
    assert tested["reduction"] == pytest.approx(1 - level / IN_2019)
    assert (tested["applicable"], tested["verdict"]) == (True, verdict)


def test_the_test_is_unofficial_and_says_why(evaluated: Callable[..., Ran]) -> None:
    tested = evaluated(plan(), "--json").answer["interval_test"]
    assert tested["official"] is False
    assert "unofficial" in tested["reservation"]["en"].lower()
    assert tested["source"]["key"] == "certification-guide-1.0"
    assert "Page 28 must be checked" in tested["source"]["note"]
    out = evaluated(plan(), language="da").out
    assert "Uofficiel: Intervallerne er læst i et uddrag" in out
    assert "kræver en begrundelse" in out


@pytest.mark.parametrize("other", [{"target_year": 2035}, {"sectors": "other"}])
def test_without_a_target_of_2030_for_all_sectors_there_is_nothing_to_test(
    other: dict[str, Any], evaluated: Callable[..., Ran]
) -> None:
    tested = evaluated(plan(**other), "--json").answer["interval_test"]
    assert (tested["applicable"], tested["verdict"], tested["low"]) == (False, None, None)
    assert tested["reason"]["en"] == "The plan has no target of 2030 for all sectors together."
    assert "not tested. The plan has no target of 2030" in evaluated(plan(**other)).out


def test_a_municipality_that_takes_up_more_than_it_emits_has_no_shares(evaluated: Callable[..., Ran]) -> None:
    # Læsø was below zero in 2019
    tested = evaluated(plan(level=1_000).replace('"167"', '"825"'), "--json").answer["interval_test"]
    assert tested["applicable"] is False
    assert "Shares of zero or less have no meaning" in tested["reason"]["en"]


# -- planned and measured --------------------------------------------------------------------------------------------


def test_what_is_known_of_an_action_stands_beside_what_was_expected(here: Run) -> None:
    # a01 of the example: 210 and 395 homes, calculated −420 and −790 t
    answer = here("plan", "evaluate", str(EXAMPLES / "hvidovre.toml"), "--json").answer
    [told] = answer["planned_and_measured"]
    assert (told["action"], told["activity_unit"], told["unit"]) == ("a01", "boliger", "t CO2e")
    assert told["implemented_activity"] == {"2024": 210.0, "2025": 395.0}
    assert told["calculated"] == {"2024": 420.0, "2025": 790.0}
    assert told["observed"] == {"2024": None, "2025": None}
    [effect] = [each["by_year"] for each in answer["effects"] if each["action"] == "a01"]
    assert told["expected"]["2025"] == pytest.approx(-effect["2025"])
    assert told["calculated_against_expected"]["difference"]["2025"] == pytest.approx(790.0 + effect["2025"])
    assert told["calculated_against_expected"]["ratio"]["2024"] is None
    assert told["observed_against_expected"]["difference"] == {"2024": None, "2025": None}
    kinds = {name: seen["kind"] for name, seen in told["explanation"].items()}
    assert kinds == {
        "expected": "expected", "implemented_activity": "observed", "calculated": "calculated", "observed": "observed",
    }  # fmt: skip


def test_a_saving_written_with_a_plus_is_said(evaluated: Callable[..., Ran]) -> None:
    known = "\n[action.known]\nobserved = { 2025 = 40, 2026 = -50 }"
    text = plan(("a1", 0.5, INSULATION + known))
    answer = evaluated(text, "--json").answer
    [told] = answer["planned_and_measured"]
    assert told["observed"] == {"2025": -40.0, "2026": 50.0}
    assert [each["place"] for each in answer["findings"] if each["code"] == "known-effect-adds"] == ["a1/observed"]
    assert "planned and measured, t CO2e saved" in evaluated(text).out


def test_a_plan_of_which_nothing_more_is_known_has_no_records(evaluated: Callable[..., Ran]) -> None:
    assert evaluated(BOTH, "--json").answer["planned_and_measured"] == []
    assert "planned and measured" not in evaluated(BOTH).out


# -- the bar ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "seen"), [(1.4, True), (0.0, False)])
def test_a_bar_is_shown_on_a_terminal_after_a_second(
    seconds: float, seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("KLIMAPLAN_LANGUAGE", "en")
        with plan_progress.bar(2) as done:
            time.sleep(seconds)
            done()
        terminal.flush()
        os.set_blocking(ours, False)
        try:
            shown = os.read(ours, 10_000)
        except BlockingIOError:
            shown = b""
    os.close(ours)
    assert (b"draws" in shown) is seen


def test_draws_leave_standard_error_alone_where_it_is_no_terminal(evaluated: Callable[..., Ran]) -> None:
    ran = evaluated(BOTH, "--draws", "16", "--sensitivity", "--json")
    assert ran.answer["draws"] == 16  # `answer` also refuses anything on standard error
