"""`change`: the parts against the published figures and the logarithmic mean, worked out here with plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from pathlib import Path

import pytest

from cli.running import Ran

Run = Callable[..., Ran]

# the account 4.1 of Hvidovre, t CO2e: 2018 and 2023
HVIDOVRE = {
    "energy": (154_783.5, 78_578.8),
    "transport": (41_559.1, 35_360.3),
    "agriculture": (-914.7, -806.3),
    "waste": (6_463.8, 4_736.9),
    "processes": (7_046.2, 3_274.9),
}
PEOPLE = (53_287, 53_438)
COUNTRY = (5_781_201, 5_932_535)
"""The inhabitants of all 98 municipalities added up."""

# KF25, Mt CO2e
NATIONAL = {
    "energy": (20.39, 12.81),
    "transport": (13.42, 12.04),
    "waste": (1.08, 1.27),
    "processes": (2.03, 1.61),
}
SPLIT = ["population", "national-development", "local-remainder"]


def by_hand(sector: str) -> list[float]:
    """L(E₁, E₀) · ln of each factor's ratio; the local remainder is what the other two leave of ln(E₁ / E₀)."""
    before, after = HVIDOVRE[sector]
    mean = (after - before) / log(after / before)
    people = log(PEOPLE[1] / PEOPLE[0])
    nation = log(NATIONAL[sector][1] / COUNTRY[1] / (NATIONAL[sector][0] / COUNTRY[0]))
    return [mean * people, mean * nation, mean * (log(after / before) - people - nation)]


@pytest.mark.parametrize("sector", NATIONAL)
def test_a_sector_is_split_as_by_hand(sector: str, here: Run) -> None:
    parts = here("change", "167", "--json").answer["by_sector"][sector]
    assert list(parts) == SPLIT
    assert list(parts.values()) == pytest.approx(by_hand(sector), abs=0.001)


def test_the_keys_are_those_of_the_contract_and_everything_adds_up(here: Run) -> None:
    answer = here("change", "Hvidovre", "--from", "2018", "--to", "2023", "--json").answer
    assert {"from", "to", "change", "by_sector", "totals", "findings", "explanation"} <= answer.keys()
    assert (answer["from"], answer["to"], answer["municipality"]["code"]) == (2018, 2023, "167")
    # 121,144.6 − 208,937.8 by the published totals, which may differ from the sectors by rounding
    assert answer["change"] == pytest.approx(121_144.6 - 208_937.8, abs=1.0)
    for sector, (before, after) in HVIDOVRE.items():
        assert sum(answer["by_sector"][sector].values()) == pytest.approx(after - before, abs=1e-6)
        assert answer["change_by_sector"][sector] == pytest.approx(after - before)
    assert sum(answer["totals"].values()) == pytest.approx(answer["change"], abs=1e-6)
    assert answer["totals"]["population"] == pytest.approx(sum(by_hand(sector)[0] for sector in NATIONAL), abs=0.001)
    assert answer["explanation"]["change"]["method"] == "decomposition"
    assert answer["explanation"]["national"]["version"] == "KF25"


def test_a_sector_that_takes_up_stays_whole_and_says_why(here: Run) -> None:
    # agriculture of Hvidovre is below zero in both years: −806.3 − (−914.7) = 108.4
    answer = here("change", "167", "--json").answer
    assert answer["by_sector"]["agriculture"] == {"not-decomposed": pytest.approx(108.4)}
    [finding] = answer["findings"]
    assert (finding["code"], finding["place"], finding["severity"]) == ("sector-not-decomposed", "agriculture", "info")


def test_two_other_years_are_split_by_their_own_figures(here: Run) -> None:
    answer = here("change", "167", "--from", "2019", "--to", "2020", "--json").answer
    assert (answer["from"], answer["to"]) == (2019, 2020)
    # 110,823.6 − 117,190.1
    assert sum(answer["by_sector"]["energy"].values()) == pytest.approx(-6_366.5)


def test_people_read_it_in_their_language(here: Run) -> None:
    danish = here("change", "167", language="da")
    assert "hvorfor udledningen ændrede sig 2018–2023" in danish.out
    for word in ("befolkning", "landets udvikling pr. indbygger", "lokal rest", "ikke delt op", "-76.205"):
        assert word in danish.out
    assert "not decomposed" in (english := here("change", "167").out)
    assert "-76,205" in english


@pytest.mark.parametrize(("years", "said"), [
    (("--from", "2017"), "--from: “2017” is none of the account's years, 2018–2023."),
    (("--to", "2024"), "--to: “2024” is none of the account's years, 2018–2023."),
    (("--from", "2023", "--to", "2018"), "2023–2018: There is no time between the two years."),
    (("--from", "2020", "--to", "2020"), "2020–2020: There is no time between the two years."),
])  # fmt: skip
def test_years_that_cannot_be_compared_are_refused(years: tuple[str, ...], said: str, here: Run) -> None:
    assert here("change", "167", *years).refusal.startswith(said)


def test_every_year_that_is_wrong_is_named_at_once(here: Run) -> None:
    refused = here("change", "167", "--from", "1990", "--to", "soon")
    assert (refused.code, refused.out) == (2, "")
    assert [line.split(":")[1].strip() for line in refused.err.splitlines()] == ["--from", "--to"]


# -- with what the municipality knows itself -------------------------------------------------------------------------

DETAIL = """
format = "klimaplan-change/1"
municipality = "Hvidovre"

[[detail]]
sector = "energy"
activity = { what = "floor area", unit = "m2", source = "Register A", by_year = { 2018 = 3.0e6, 2023 = 3.3e6 } }
factor = { unit = "t CO2e/TJ", source = "Works B", by_year = { 2018 = 60, 2023 = 40 } }

[[known]]
part = "national-policy"
sector = "energy"
taken_from = "factor"
tonnes = -20000
first_year = 2018
last_year = 2023
what = "wind and sun"
source = "KF25"

[[known]]
part = "local-action"
sector = "energy"
taken_from = "intensity"
tonnes = -1500
first_year = 2018
last_year = 2023
what = "insulation"
source = "Indicator C"
"""

# E 154,783.5 → 78,578.8, so E₁/E₀ = 0.5076690 and ln = −0.6779254
# L = (78,578.8 − 154,783.5) / −0.6779254 = 112,408.677
# population  53,438 / 53,287 = 1.00283372        ln  0.00282970   ·L     318.083
# activity    1.1 / 1.00283372 = 1.09689172       ln  0.09248048   ·L  10,395.608
# factor      40 / 60                              ln −0.40546511   ·L −45,577.796, less −20,000 of national policy
# intensity   what is left of ln E₁/E₀             ln −0.36777050   ·L −41,340.595, less  −1,500 of local action
BY_HAND = {
    "population": 318.083,
    "activity": 10_395.608,
    "intensity": -41_340.595 + 1_500.0,
    "factor": -45_577.796 + 20_000.0,
    "national-policy": -20_000.0,
    "local-action": -1_500.0,
}


@pytest.fixture
def detail(tmp_path: Path) -> str:
    path = tmp_path / "own.toml"
    path.write_text(DETAIL)
    return str(path)


def test_with_details_a_sector_is_split_into_what_is_known(here: Run, detail: str) -> None:
    answer = here("change", "167", "--detail", detail, "--json").answer
    energy = answer["by_sector"]["energy"]
    assert energy == pytest.approx(BY_HAND, abs=0.001)
    assert list(energy) == list(BY_HAND)
    for sector, parts in answer["by_sector"].items():
        assert sum(parts.values()) == pytest.approx(answer["change_by_sector"][sector], abs=1e-9)
    assert sum(answer["totals"].values()) == pytest.approx(answer["change"], abs=1e-9)
    assert answer["by_sector"]["transport"] == pytest.approx(
        dict(zip(SPLIT, by_hand("transport"), strict=True)), abs=0.001
    )
    said = answer["detail"]
    assert said["file"] == "own.toml"
    assert said["inhabitants"] is None
    assert said["by_sector"]["energy"]["factor"] == {
        "what": "", "unit": "t CO2e/TJ", "by_year": {"2018": 60.0, "2023": 40.0}, "source": "Works B",
    }  # fmt: skip
    assert [(each["part"], each["tonnes"], each["source"]) for each in said["known"]] == [
        ("national-policy", -20_000.0, "KF25"), ("local-action", -1_500.0, "Indicator C"),
    ]  # fmt: skip


def test_without_details_the_answer_says_that_there_are_none(here: Run) -> None:
    assert here("change", "167", "--json").answer["detail"] == {}


def test_energy_says_the_same_as_the_factor_that_follows_from_it(here: Run, tmp_path: Path) -> None:
    # Q = E / F: 154,783.5 / 60 = 2,579.725 TJ and 78,578.8 / 40 = 1,964.47 TJ
    path = tmp_path / "own.toml"
    factor = 'factor = { unit = "t CO2e/TJ", source = "Works B", by_year = { 2018 = 60, 2023 = 40 } }'
    energy = 'energy = { unit = "TJ", source = "Works B", by_year = { 2018 = 2579.725, 2023 = 1964.47 } }'
    path.write_text(DETAIL.replace(factor, energy))
    answer = here("change", "167", "--detail", str(path), "--json").answer
    assert answer["by_sector"]["energy"] == pytest.approx(BY_HAND, abs=0.001)


def test_own_inhabitants_replace_those_of_the_account(here: Run, tmp_path: Path) -> None:
    # twice as many people: ln 2 = 0.69314718, · L 112,408.677 = 77,915.758
    path = tmp_path / "own.toml"
    own = '[inhabitants]\nsource = "Own count"\nby_year = { 2018 = 50000, 2023 = 100000 }\n\n[[detail]]'
    path.write_text(DETAIL.replace("[[detail]]", own, 1))
    answer = here("change", "167", "--detail", str(path), "--json").answer
    assert answer["by_sector"]["energy"]["population"] == pytest.approx(77_915.758, abs=0.01)
    assert sum(answer["by_sector"]["waste"].values()) == pytest.approx(4_736.9 - 6_463.8, abs=1e-9)
    assert answer["detail"]["inhabitants"]["source"] == "Own count"


def test_people_see_every_figure_with_unit_and_source(here: Run, detail: str) -> None:
    danish = here("change", "167", "--detail", detail, language="da").out
    for words in (
        "10.396", "-39.841", "-25.578", "national politik", "lokale tiltag",
        "Energi, aktivitet: floor area, 3.000.000 → 3.300.000 m2 (Register A)",
        "Energi, emissionsfaktor: 60 → 40 t CO2e/TJ (Works B)",
        "Energi: wind and sun, -20.000 t CO2e (KF25)",
    ):  # fmt: skip
        assert words in danish
    assert "Energy, activity: floor area, 3,000,000 → 3,300,000 m2 (Register A)" in (
        here("change", "167", "--detail", detail).out
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_template_can_be_filled_in_as_it_is(language: str, here: Run, tmp_path: Path) -> None:
    path = tmp_path / "begun.toml"
    path.write_text(here("change", "--template", language=language).out)
    answer = here("change", "167", "--detail", str(path), "--json").answer
    assert {"activity", "intensity", "factor", "national-policy", "local-action"} <= answer["totals"].keys()


def test_the_template_is_the_example_of_the_project(here: Run) -> None:
    published = Path(__file__).resolve().parents[2] / "examples" / "change" / "hvidovre.toml"
    assert here("change", "--template").out == published.read_text()


def test_a_file_for_other_years_is_refused_with_every_figure_that_lacks(here: Run, detail: str) -> None:
    refused = here("change", "167", "--from", "2019", "--detail", detail)
    assert (refused.code, refused.out) == (2, "")
    assert [line.split(": ")[1] for line in refused.err.splitlines()] == [
        "own.toml!detail energy!activity!by_year!2019",
        "own.toml!detail energy!factor!by_year!2019",
        "own.toml!known 1!first_year",
        "own.toml!known 2!first_year",
    ]
