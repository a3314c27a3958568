"""`national`, `forecast` and `pathway`: the keys of the contract, and figures that others have published."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cli.running import Installation, Ran

Run = Callable[..., Ran]

NATIONAL = {
    "2018": 45_528_920, "2019": 41_803_611, "2020": 39_744_870, "2021": 39_847_290, "2022": 36_695_004,
    "2023": 34_039_454,
}  # fmt: skip
"""Sums of the 98 municipalities in method version 4.1, t CO2e."""

SECTORS = {"energy", "transport", "agriculture", "waste", "processes"}
HVIDOVRE = (
    "pathway", "Hvidovre", "--base", "1990=342088", "--base", "2018=192202", "--base-source", "Klimaplan 2045",
    "--target", "2030=80@1990", "--json",
)  # fmt: skip


def test_national_has_the_keys_of_the_contract_and_the_published_sums(here: Run) -> None:
    answer = here("national", "--json").answer
    assert {"years", "municipalities", "findings"} <= answer.keys()
    assert answer["municipalities"] == 98
    assert {year: told["total"] for year, told in answer["years"].items()} == pytest.approx(NATIONAL, abs=5)
    for told in answer["years"].values():
        assert set(told) == {"total", "by_sector"}
        assert set(told["by_sector"]) == SECTORS
        assert sum(told["by_sector"].values()) == pytest.approx(told["total"], abs=1e-6)


def test_national_of_one_year_is_that_year_alone(here: Run) -> None:
    assert list(here("national", "--year", "2020", "--json").answer["years"]) == ["2020"]


def test_national_is_a_table_in_the_language_of_the_reader(here: Run) -> None:
    # 34,039,454 t, the last published sum
    english, danish = here("national"), here("national", language="da")
    assert "34,039,454" in english.out
    assert "34.039.454" in danish.out
    assert "municipalities" in english.out
    assert "kommuner" in danish.out
    assert "energy-account-4.1" in english.out


def test_what_stands_behind_a_table_is_in_the_language_of_the_reader(here: Run) -> None:
    danish, english = here("pathway", "Hvidovre", language="da").out, here("pathway", "Hvidovre").out
    assert "t CO2e; metode: Basisfremskrivning" in danish
    assert "follows the sectors of KF25" in english
    assert "follows" not in danish


def test_forecast_has_the_keys_of_the_contract(here: Run) -> None:
    answer = here("forecast", "--json").answer
    assert {"method", "national", "municipalities"} <= answer.keys()
    assert answer["method"] == "linear"
    assert list(answer["national"]) == [str(year) for year in range(2024, 2051)]
    assert len(answer["municipalities"]) == 98
    assert all({"code", "values"} <= each.keys() for each in answer["municipalities"])


def test_the_linear_forecast_is_the_line_through_the_published_sums(here: Run) -> None:
    # Σ(x−x̄)(y−ȳ) = −36.335 Mt over Σ(x−x̄)² = 17.5: −2.0763 Mt a year from 39.6099 Mt in mid-2020; 2030 is 9.5 on
    answer = here("forecast", "--years", "2030", "--json").answer
    assert answer["national"] == {"2030": pytest.approx(39_609_858 - 9.5 * 2_076_307, abs=20)}


@pytest.mark.parametrize("method", ["linear", "exponential", "conservative"])
def test_the_country_is_the_sum_of_its_municipalities_by_every_method(here: Run, method: str) -> None:
    answer = here("forecast", "--method", method, "--years", "2024-2030", "--json").answer
    assert answer["method"] == method
    assert len(answer["national"]) == 7
    for year, country in answer["national"].items():
        assert sum(each["values"][year] for each in answer["municipalities"]) == pytest.approx(country, abs=1e-3)


def test_the_conservative_forecast_of_2030_is_the_highest_and_all_fall(here: Run) -> None:
    by_method = {
        method: here("forecast", "--method", method, "--years", "2030", "--json").answer["national"]["2030"]
        for method in ("linear", "exponential", "conservative")
    }
    assert max(by_method, key=lambda method: by_method[method]) == "conservative"
    assert max(by_method.values()) < NATIONAL["2023"]


def test_a_forecast_table_names_its_method_and_the_country(here: Run) -> None:
    told = here("forecast", "--years", "2030", language="da").out
    assert "lineær fremskrivning" in told
    assert "hele landet" in told
    assert "751 Aarhus" in told


def test_hvidovre_counts_as_its_plan_does(here: Run) -> None:
    # 192,202 / 342,088 − 1 = −43.8 %; 20 % of 342,088 = 68,417.6; 192,202 − 68,417.6 = 123,784.4
    answer = here(*HVIDOVRE).answer
    assert {"baseline", "targets", "gap"} <= answer.keys()
    [target] = answer["targets"]
    assert {"year", "base_year", "reduction_pct", "allowed"} <= target.keys()
    assert (target["year"], target["base_year"], target["reduction_pct"]) == (2030, 1990, 80)
    assert target["allowed"] == pytest.approx(68_417.6)
    assert target["needed_from"]["2018"] == pytest.approx(123_784.4)
    assert target["change_since_base_pct"]["2018"] == pytest.approx(-43.8, abs=0.05)


def test_the_gap_of_a_target_year_is_the_baseline_less_what_is_allowed(here: Run) -> None:
    answer = here(*HVIDOVRE).answer
    assert answer["gap"]["2030"] == pytest.approx(answer["baseline"]["2030"] - 68_417.6)
    assert answer["baseline"]["2023"] == pytest.approx(121_144.6, abs=1.0)


def test_a_base_year_that_is_not_the_accounts_is_used_and_named(here: Run) -> None:
    [finding] = here(*HVIDOVRE).answer["findings"]
    assert (finding["code"], finding["place"], finding["severity"]) == (
        "base-differs-from-account", "2018/total", "warning",
    )  # fmt: skip
    assert set(finding["message"]) == {"da", "en"}


def test_toender_has_one_target_for_agriculture_and_one_for_the_rest(here: Run) -> None:
    # 2018: agriculture 776,118.2 t, the rest 187,949.8 + 68,620.4 + 5,554.2 + 4,599.3 = 266,723.7 t
    answer = here(
        "pathway", "Tønder", "--target", "2030/agriculture=55@2018", "--target", "2030/other=70@2018", "--json"
    ).answer
    allowed = {target["sectors"]: target["allowed"] for target in answer["targets"]}
    assert [target["reduction_pct"] for target in answer["targets"]] == [55, 70]
    assert sorted(allowed.values()) == pytest.approx([266_723.7 * 0.30, 776_118.2 * 0.45])
    assert allowed["agriculture"] == pytest.approx(349_253.19)
    for sectors, told in answer["by_target_sectors"].items():
        assert told["path"]["2030"] == pytest.approx(allowed[sectors])


def test_the_targets_toender_has_published_lack_their_base_and_say_so(here: Run) -> None:
    answer = here("pathway", "0550", "--json").answer
    assert [finding["place"] for finding in answer["findings"]] == ["550/2030/agriculture", "550/2030/other"]
    assert {finding["code"] for finding in answer["findings"]} == {"target-without-tonnes"}
    assert [(target["year"], target["allowed"]) for target in answer["targets"]] == [(2050, 0)]


def test_laesoe_is_negative_and_stays_so(here: Run) -> None:
    # −9,374.2 t in 2023: land takes up more than everything else emits
    answer = here("pathway", "Læsø", "--json").answer
    assert answer["baseline"]["2023"] == pytest.approx(-9_374.2, abs=1.0)
    assert all(value < 0 for value in answer["baseline"].values())
    assert answer["gap"]["2050"] == pytest.approx(answer["baseline"]["2050"])


@pytest.mark.parametrize("code", ["751", "0751", "Aarhus", "århus"])
def test_a_municipality_may_be_named_as_people_name_it(here: Run, code: str) -> None:
    answer = here("pathway", code, "--json").answer
    assert answer["municipality"] == {"code": "751", "name": "Aarhus"}


def test_a_pathway_table_shows_the_figures_of_the_plan(here: Run) -> None:
    told = here(*HVIDOVRE[:-1]).out
    assert "68,418" in told
    assert "123,784" in told
    assert "Klimaplan 2045" in told


@pytest.mark.parametrize(
    "arguments", [("national", "--json"), ("forecast", "--years", "2030", "--json"), HVIDOVRE], ids=lambda each: each[0]
)
def test_the_database_gives_the_same_answer_as_the_reference_tables(
    here: Run, installed: Installation, arguments: tuple[str, ...]
) -> None:
    assert installed.run(*arguments).answer == here(*arguments).answer


def test_danish_letters_leave_as_utf8_whatever_the_terminal_says(installed: Installation) -> None:
    answer = installed.run("pathway", "Læsø", "--json", LC_ALL="C", PYTHONIOENCODING="ascii").answer
    assert answer["municipality"]["name"] == "Læsø"
