"""`plan`: the keys of the contract, figures worked out by hand, and the examples that come with the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.running import Ran
from klimaplan.cli import answers
from klimaplan.cli.plan_options import Points
from klimaplan.domain.uncertainty.sample import Sampling

Run = Callable[..., Ran]

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FILES = sorted(path.name for path in EXAMPLES.iterdir() if path.is_file())
YEARS = [str(year) for year in range(2023, 2051)]


@pytest.fixture
def evaluated(here: Run) -> Callable[..., Any]:
    def run(name: str, *more: str) -> Any:
        return here("plan", "evaluate", str(EXAMPLES / name), "--json", *more).answer

    return run


def of(answer: Any, action: str) -> dict[str, float]:
    [told] = [each for each in answer["effects"] if each["action"] == action]
    found: dict[str, float] = told["by_year"]
    return found


def stream(answer: Any, key: str) -> Any:
    [told] = [each for each in answer["streams"] if each["stream"] == key]
    return told


@pytest.mark.parametrize("written", [answers.tonnes, answers.tonnes_per_head, answers.percent])
def test_what_rounds_to_zero_has_no_minus(written: Callable[[float], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLIMAPLAN_LANGUAGE", "en")
    assert written(-0.004) == written(0.0)
    assert written(-7.0).startswith("-7")


def test_there_is_an_example_of_every_form() -> None:
    assert {Path(name).suffix for name in FILES} == {".toml", ".json", ".xlsx"}


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_marked_as_invented_and_has_the_keys_of_the_contract(
    name: str, evaluated: Callable[..., Any]
) -> None:
    answer = evaluated(name)
    assert answer["title"].startswith("Demo:")
    assert answer["demo"] is True
    assert {
        "baseline", "pathway", "effects", "overlap", "manko", "quantiles", "probability", "pathway_by_sector",
        "pathway_by_gas", "residual", "budget", "streams", "first_in", "last_in", "leave_one_out", "sensitivity",
        "findings", "explanation", "seed", "draws", "unit",
    } <= answer.keys()  # fmt: skip
    for key in ("baseline", "pathway", "overlap"):
        assert list(answer[key]) == YEARS
    assert answer["manko"]
    assert answer["quantiles"] == {"p05": {}, "p50": {}, "p95": {}}
    assert {finding["severity"] for finding in answer["findings"]} <= {"info", "warning"}


@pytest.mark.parametrize("name", FILES)
def test_effects_add_up_to_pathway_minus_baseline(name: str, evaluated: Callable[..., Any]) -> None:
    answer = evaluated(name)
    for year in YEARS:
        joint = sum(told["by_year"][year] for told in answer["effects"])
        assert joint == pytest.approx(answer["pathway"][year] - answer["baseline"][year], abs=1e-6)
        alone = sum(told["by_year"][year] for told in answer["first_in"])
        assert answer["overlap"][year] == pytest.approx(joint - alone, abs=1e-6)
        parts = answer["pathway_by_sector"].values(), answer["pathway_by_gas"].values()
        for part in parts:
            assert sum(each[year] for each in part) == pytest.approx(answer["pathway"][year], abs=1e-6)
        assert sum(each["pathway"][year] for each in answer["streams"]) == pytest.approx(answer["pathway"][year])


def test_a_saving_is_its_share_of_the_stream(evaluated: Callable[..., Any]) -> None:
    # a03 of Hvidovre: 20 % of the heating in trade and services, from 2024 to 2034; nothing else acts on it
    answer = evaluated("hvidovre.toml")
    heat = stream(answer, "I.2.1/fossil_heating")["baseline"]
    assert of(answer, "a03")["2024"] == 0.0
    assert of(answer, "a03")["2029"] == pytest.approx(-0.2 * 0.5 * heat["2029"])
    assert of(answer, "a03")["2040"] == pytest.approx(-0.2 * heat["2040"])


def test_a_heat_pump_emits_what_its_electricity_does(evaluated: Callable[..., Any]) -> None:
    # a01 of Hvidovre: 70 % of the gas by 2032; 0.3 TJ of electricity for each TJ of gas at 57.1 t/TJ. In 2028, half-way
    # from 2024 to 2032, the S-curve stands at 1/2; electricity at 30 − 25 · 5/7 t/TJ
    answer = evaluated("hvidovre.toml")
    gas = stream(answer, "I.1.1/natural_gas")
    assert gas["estimated"] is False
    assert gas["source"] == "Demo: kommunens varmeplan"
    assert gas["baseline"]["2023"] == pytest.approx(6_000.0)
    electricity = 30 - 25 * 5 / 7
    expected = -0.35 * gas["baseline"]["2028"] * (1 - 0.3 * electricity / 57.1)
    assert of(answer, "a01")["2028"] == pytest.approx(expected)


def test_a_target_in_percent_of_1990_leaves_what_it_says(evaluated: Callable[..., Any]) -> None:
    # 342,088 t · 20 % = 68,417.6 t, as the climate plan of Hvidovre has it
    answer = evaluated("hvidovre.toml")
    assert answer["targets"][0]["allowed"] == pytest.approx(68_417.6)
    assert answer["target_path"]["2030"] == pytest.approx(68_417.6)
    assert answer["manko"]["2030"] == pytest.approx(answer["pathway"]["2030"] - 68_417.6)


def test_new_forest_takes_up_by_its_age(evaluated: Callable[..., Any]) -> None:
    # l06 of Tønder: 100 ha in 2026, taking up 0, 2, 5 and then 8 t/ha a year
    effect = of(evaluated("toender.json"), "l06")
    assert [effect[year] for year in ("2025", "2026", "2027", "2028", "2029", "2050")] == [
        0.0, 0.0, -200.0, -500.0, -800.0, -800.0,
    ]  # fmt: skip


def test_fixed_tonnes_end_when_they_are_said_to_and_are_marked(evaluated: Callable[..., Any]) -> None:
    # l09 of Tønder: 50 t from 2026 to 2030
    answer = evaluated("toender.json")
    effect = of(answer, "l09")
    assert [effect[year] for year in ("2025", "2026", "2030", "2031")] == pytest.approx([0.0, -50.0, -50.0, 0.0])
    assert [told["action"] for told in answer["effects"] if told["last_resort"]] == ["l09"]


def test_cleaner_heat_is_its_share_from_the_year_it_begins(evaluated: Callable[..., Any]) -> None:
    # t05 of Holbæk: 80 % less per TJ of district heat from 2028 on; nothing else acts on it
    answer = evaluated("holbaek.xlsx")
    heat = stream(answer, "I.6.2/district_heating")["baseline"]
    assert heat["2023"] == pytest.approx(9_000.0)
    assert of(answer, "t05")["2027"] == 0.0
    assert of(answer, "t05")["2028"] == pytest.approx(-0.8 * heat["2028"])


def test_a_budget_is_told_in_both_ways_of_summing(evaluated: Callable[..., Any]) -> None:
    answer = evaluated("hvidovre.toml")
    told = {(each["method"], each["last"]): each for each in answer["budget"]}
    assert set(told) == {("annual", 2050), ("trapezoid", 2050)}
    whole = sum(answer["pathway"].values())
    ends = (answer["pathway"]["2023"] + answer["pathway"]["2050"]) / 2
    assert told["annual", 2050]["pathway"] == pytest.approx(whole)
    assert told["trapezoid", 2050]["pathway"] == pytest.approx(whole - ends)


def test_draws_give_quantiles_and_chances_and_the_same_seed_the_same_figures(evaluated: Callable[..., Any]) -> None:
    answer = evaluated("hvidovre.toml", "--draws", "400", "--seed", "7")
    assert (answer["draws"], answer["seed"]) == (400, 7)
    low, middle, high = (answer["quantiles"][name]["2040"] for name in ("p05", "p50", "p95"))
    assert low < middle < high
    # the capture of a07 alone spreads 2040 by thousands of tonnes; 2050 stays far above 0
    assert high - low > 1_000
    assert answer["probability"]["2050"] == 0.0
    assert set(answer["probability"]) == {"2030", "2050"}
    assert evaluated("hvidovre.toml", "--draws", "400", "--seed", "7") == answer
    assert evaluated("hvidovre.toml", "--draws", "400", "--seed", "8")["quantiles"] != answer["quantiles"]


@pytest.mark.parametrize("sampling", Points)
def test_the_way_of_spreading_the_draws_is_told_and_decides_the_figures(
    sampling: Points, evaluated: Callable[..., Any]
) -> None:
    asked = ("hvidovre.toml", "--draws", "256", "--seed", "7")
    answer = evaluated(*asked, "--sampling", sampling)
    assert (answer["draws"], answer["sampling"], answer["seed"]) == (256, sampling, 7)
    assert f"256 draws, {sampling}, seed 7" in answer["explanation"]["quantiles"]["steps"]
    assert evaluated(*asked, "--sampling", sampling) == answer
    usual = evaluated(*asked)
    assert usual["sampling"] == "latin-hypercube"
    assert (usual["quantiles"] == answer["quantiles"]) is (sampling is Points.LATIN_HYPERCUBE)


def test_the_ways_of_spreading_draws_are_those_that_can_be_computed() -> None:
    assert {each.name: each.value for each in Points} == {each.name: each.value for each in Sampling}


@pytest.mark.parametrize(("asked", "said"), [
    (("--sampling", "random"), "--sampling: Without draws there are no points to spread."),
    (("--sampling", "sobol", "--draws", "100"), "draws: 100 is not a power of 2."),
    (("--sampling", "dice", "--draws", "100"), "--sampling: "),
])  # fmt: skip
def test_draws_that_cannot_be_spread_as_asked_are_refused(asked: tuple[str, ...], said: str, here: Run) -> None:
    refused = here("plan", "evaluate", str(EXAMPLES / "hvidovre.toml"), *asked)
    assert refused.refusal.startswith(said)


def test_the_assumption_with_the_widest_range_matters_most(evaluated: Callable[..., Any]) -> None:
    # between 0 and 9,000 t captured of a residual of about 27,000 t
    ranked = evaluated("hvidovre.toml", "--draws", "256", "--sensitivity")["sensitivity"]["2050"]
    assert ranked[0]["parameter"] == "a07.1.amount"
    assert ranked[0]["total"] > 0.5


def test_sensitivity_without_draws_is_refused(here: Run) -> None:
    refused = here("plan", "evaluate", str(EXAMPLES / "hvidovre.toml"), "--sensitivity")
    assert refused.refusal.startswith("--sensitivity: Sensitivities are computed from draws.")


def test_the_table_speaks_the_language_of_the_reader(here: Run) -> None:
    path = str(EXAMPLES / "hvidovre.toml")
    danish, english = here("plan", "evaluate", path, language="da").out, here("plan", "evaluate", path).out
    assert "121.145" in danish
    assert "121,145" in english
    assert "virkning pr. tiltag" in danish
    assert "Negative effects lessen emissions; they add up to pathway minus baseline." in english
    assert "whole years added" in english
    assert "intet tiltag" in danish


def test_a_bad_file_is_refused_with_every_finding(here: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        (EXAMPLES / "hvidovre.toml").read_text().replace("share = 0.2", "share = 20").replace("2034", "2024")
    )
    for command in ("check", "evaluate"):
        ran = here("plan", command, str(bad))
        assert (ran.code, ran.out) == (2, "")
        assert [line.split(": ")[1] for line in ran.err.splitlines()] == [
            "bad.toml!action a03!lever 1!share", "bad.toml!action a09!key", "bad.toml!action a03!lever 1!ramp!end",
        ]  # fmt: skip


def test_check_tells_machines_whether_a_file_is_usable(here: Run, tmp_path: Path) -> None:
    good = here("plan", "check", str(EXAMPLES / "toender.json"), "--json").answer
    assert (good["usable"], good["actions"], good["targets"], good["findings"]) == (True, 9, 3, [])
    (tmp_path / "bad.json").write_text("{}")
    assert here("plan", "check", str(tmp_path / "bad.json"), "--json").code == 2


def test_a_file_that_is_not_there_is_one_clear_line(here: Run) -> None:
    assert "nowhere.toml" in here("plan", "check", "nowhere.toml").refusal


def test_a_new_plan_has_the_published_targets_and_the_streams(here: Run, tmp_path: Path) -> None:
    made = tmp_path / "plan.toml"
    assert here("plan", "new", "Hvidovre", "--out", str(made)).code == 0
    assert "base_tonnes = 342088.0" in made.read_text()
    assert "II.1.1/passenger_cars" in made.read_text()
    assert here("plan", "check", str(made), "--json").answer["usable"] is True
    again = here("plan", "new", "Hvidovre", "--out", str(made)).refusal
    assert "The file is there already." in again


def test_a_published_target_without_tonnes_stands_in_the_notes(here: Run) -> None:
    told = here("plan", "new", "Tønder").out
    assert "lacks tonnes of its base year" in told
    assert told.count("[[target]]") == 1


@pytest.mark.parametrize("form", ["toml", "json", "xlsx"])
@pytest.mark.parametrize("name", FILES)
def test_an_example_can_be_written_in_any_form(here: Run, tmp_path: Path, name: str, form: str) -> None:
    out = tmp_path / f"plan.{form}"
    assert here("plan", "template", "--from", str(EXAMPLES / name), "--out", str(out)).code == 0
    compared = here("plan", "compare", str(EXAMPLES / name), str(out), "--json").answer
    assert compared["words"] == []
    assert set(compared["difference"]["pathway"].values()) == {0.0}


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_empty_template_lacks_only_what_a_coordinator_fills_in(here: Run, tmp_path: Path, language: str) -> None:
    out = tmp_path / "plan.xlsx"
    here("plan", "template", "--out", str(out), "--language", language, "--municipality", "167")
    told = here("plan", "check", str(out), "--json").answer
    assert (told["usable"], told["actions"]) == (True, 0)
    here("plan", "template", "--out", str(tmp_path / "empty.xlsx"), "--language", language)
    refused = here("plan", "check", str(tmp_path / "empty.xlsx"))
    assert refused.code == 2
    assert refused.refusal.startswith("empty.xlsx!Plan!B2: ")


def test_compare_says_in_words_and_figures_what_differs(here: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    written = (EXAMPLES / "hvidovre.toml").read_text()
    other.write_text(written.replace("share = 0.2", "share = 0.3").replace('key = "a09"', 'key = "a10"'))
    compared = here("plan", "compare", str(EXAMPLES / "hvidovre.toml"), str(other), "--json").answer
    assert [each["en"] for each in compared["words"]] == [
        "action a09 was removed.", "action a10 is new.", "action a03 lever 1 share: 0.2 → 0.3.",
    ]  # fmt: skip
    # a03 stands alone on its stream, so half of its effect comes on top
    [changed] = [each for each in compared["effects"] if each["action"] == "a03"]
    assert changed["difference"]["2040"] == pytest.approx(changed["a"]["2040"] / 2)
    assert compared["difference"]["pathway"]["2040"] == pytest.approx(changed["difference"]["2040"])


def test_compare_names_the_faults_of_both_files(here: Run, tmp_path: Path) -> None:
    for name in ("one.toml", "two.toml"):
        (tmp_path / name).write_text("format = 1")
    ran = here("plan", "compare", str(tmp_path / "one.toml"), str(tmp_path / "two.toml"))
    assert ran.code == 2
    assert "one.toml!format" in ran.err
    assert "two.toml!format" in ran.err


@pytest.mark.parametrize("command", [(), ("new",), ("check",), ("evaluate",), ("compare",), ("template",), ("schema",)])
def test_every_command_of_plans_has_help(here: Run, command: tuple[str, ...]) -> None:
    told = here("plan", *command, "--help")
    assert (told.code, told.err) == (0, "")
    assert "Usage: klimaplan plan" in told.out


@pytest.mark.parametrize("municipality", ["Læsø", "Tønder", "101", "Ærø"])
@pytest.mark.parametrize("form", ["toml", "json", "xlsx"])
def test_a_plan_can_be_begun_for_any_municipality_in_any_form(
    here: Run, tmp_path: Path, municipality: str, form: str
) -> None:
    made = tmp_path / f"plan.{form}"
    assert here("plan", "new", municipality, "--out", str(made), language="da").code == 0
    told = here("plan", "check", str(made), "--json").answer
    assert (told["usable"], told["actions"]) == (True, 0)
    assert set(here("plan", "evaluate", str(made), "--json").answer["overlap"].values()) == {0.0}
