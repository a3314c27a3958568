"""`change`: the parts against the published figures and the logarithmic mean, worked out here with plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from math import log

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
