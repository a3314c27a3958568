"""The API: the same numbers as the pages, the command line and the domain."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from klimaplan.domain.inventory.account import national, total
from klimaplan.domain.pathway.gap import measure_gap
from klimaplan.domain.pathway.target import ALL_SECTORS, BaseYear, ReductionTarget
from klimaplan.domain.projection.baseline import project_baseline
from klimaplan.domain.projection.trends import Method, forecast
from klimaplan.reference import load
from klimaplan.web.inventories.models import Snapshot

YEARS = [2018, 2019, 2020, 2021, 2022, 2023]


def ask(site: Client, path: str, status: int = 200, **query: str) -> Any:
    response = site.get(f"/api/v1/{path}", query)
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"].startswith("application/json")
    return response.json()


@pytest.fixture(scope="module")
def command_line(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The answers of the command line on a fresh machine, which stands on the same account."""
    home: Path = tmp_path_factory.mktemp("home")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["KLIMAPLAN_HOME"] = str(home)

    def run(*words: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "klimaplan", *words, "--json"], env=environment, check=True, capture_output=True
        )
        return json.loads(done.stdout)

    return run


def test_the_country_is_the_sum_of_its_municipalities(site: Client) -> None:
    answer = ask(site, "national")
    account = answer["account"]
    assert account["years"] == YEARS
    assert len(answer["members"]) == 98
    published = [45_528_920, 41_803_611, 39_744_870, 39_847_290, 36_695_004, 34_039_454]
    assert account["emissions"]["total"] == pytest.approx(published, abs=5)
    country = national(load.account().emissions)
    for sector, values in account["emissions"].items():
        of_domain = total(country) if sector == "total" else country.select(sector=sector)
        assert values == pytest.approx(of_domain.values.tolist(), rel=1e-12)


def test_the_command_line_says_the_same_of_the_country(site: Client, command_line: Any) -> None:
    answer, told = ask(site, "national"), command_line("national")
    for at, year in enumerate(YEARS):
        assert told["years"][str(year)]["total"] == pytest.approx(answer["account"]["emissions"]["total"][at])
        for sector, tonnes in told["years"][str(year)]["by_sector"].items():
            assert answer["account"]["emissions"][sector][at] == pytest.approx(tonnes)


def test_the_command_line_says_the_same_of_the_trends(site: Client, command_line: Any) -> None:
    answer = ask(site, "national")["forecasts"]
    for method in Method:
        told = command_line("forecast", "--method", str(method))["national"]
        assert [told[str(year)] for year in answer["years"]] == pytest.approx(answer["total"][str(method)])
        of_domain = national(total(forecast(load.account().emissions, method=method, until=2050)))
        assert answer["total"][str(method)] == pytest.approx(of_domain.values.tolist())


def test_the_command_line_says_the_same_of_a_pathway(site: Client, command_line: Any) -> None:
    answer = ask(site, "municipalities/167/pathway", target_year="2030", percent="80", base_year="1990")
    told = command_line("pathway", "167", "--base", "1990=342088", "--target", "2030=80@1990")
    [target] = told["targets"]
    assert answer["target"]["allowed"] == pytest.approx(target["allowed"]) == pytest.approx(68_417.6)
    gap = answer["gap"]
    assert {str(year): tonnes for year, tonnes in zip(gap["years"], gap["excess"], strict=True)} == pytest.approx(
        told["gap"]
    )
    assert answer["prospect"]["expected"] == pytest.approx(told["baseline"]["2030"])


def test_a_base_year_of_the_caller_keeps_the_source_the_caller_names(site: Client) -> None:
    stated = {"target_year": "2030", "percent": "50", "base_year": "1990", "base_tonnes": "100000"}
    named = ask(site, "municipalities/167/pathway", **stated, base_source="Klimaplan 2045")["target"]
    assert (named["source"], named["base_tonnes"], named["allowed"]) == ("Klimaplan 2045", 100_000, 50_000)
    assert ask(site, "municipalities/167/pathway", **stated)["target"]["source"] == "reader"


def test_a_pathway_is_what_the_domain_reckons(site: Client) -> None:
    answer = ask(site, "municipalities/550/pathway", target_year="2040", percent="85", base_year="2018")
    account = load.account()
    observed = total(account.emissions).at("550", 2018)
    baseline = project_baseline(account, load.national_projection(), until=2050).emissions.select(municipality="550")
    gap = measure_gap(baseline, [ReductionTarget(2040, BaseYear(2018, observed, "account"), 85.0)])
    assert answer["gap"]["excess"] == pytest.approx(gap.excess[ALL_SECTORS].values.tolist())
    assert answer["gap"]["path"] == pytest.approx(gap.path[ALL_SECTORS].values.tolist())
    # 1,042,842.0 × 0.15, and what must go from 928,030.2 in 2023
    assert answer["target"]["allowed"] == pytest.approx(156_426.3, abs=0.1)
    assert answer["needed"] == pytest.approx(771_603.9, abs=0.3)
    assert answer["needed_from"] == 2023


def test_sectors_of_the_gap_add_up_to_it(site: Client) -> None:
    gap = ask(site, "municipalities/550/pathway", target_year="2035", percent="90", base_year="2018")["gap"]
    sectors = [values for name, values in gap["by_sector"].items() if name != "total"]
    assert [sum(of_year) for of_year in zip(*sectors, strict=True)] == pytest.approx(gap["excess"])


@pytest.mark.parametrize("written", ["167", "0167", "Hvidovre", "HVIDOVRE"])
def test_a_municipality_by_any_of_its_names(site: Client, written: str) -> None:
    answer = ask(site, f"municipalities/{written}")
    assert (answer["key"], answer["name"]["da"], answer["kind"]) == ("167", "Hvidovre", "municipality")
    assert answer["account"]["emissions"]["energy"] == [154783.5, 117190.1, 110823.6, 102714.5, 91040.6, 78578.8]


def test_laesoe_is_negative_and_has_no_percentage(site: Client) -> None:
    answer = ask(site, "municipalities/825")
    assert answer["account"]["emissions"]["total"][-1] == pytest.approx(-9374.2, abs=0.3)
    assert answer["account"]["change_pct"]["total"] == [None] * 6
    assert answer["development"]["change_pct"] is None
    assert answer["baseline"]["rules"]["agriculture"] == "held"


def test_all_98_side_by_side(site: Client) -> None:
    answer = ask(site, "municipalities")
    assert len(answer["rows"]) == 98
    [hvidovre] = [row for row in answer["rows"] if row["code"] == "167"]
    assert hvidovre["groups"] == {"region": "hovedstaden", "dgo": "dgo-hovedstaden", "type": "hovedstad"}
    assert hvidovre["excess"]["2030"] == pytest.approx(-1488.46, abs=0.01)
    assert sum(row["emissions"]["total"][-1] for row in answer["rows"]) == pytest.approx(34_039_454, abs=5)


@pytest.mark.parametrize(("kind", "count"), [("region", 6), ("dgo", 5), ("type", 5)])
def test_groups_and_their_members(site: Client, kind: str, count: int) -> None:
    listed = ask(site, f"groups/{kind}")
    assert len(listed) == count
    now = [group for group in listed if group["valid_from"] is None]
    assert sorted(code for group in now for code in group["members"]) == list(load.account().codes)
    for group in listed:
        answer = ask(site, f"groups/{kind}/{group['slug']}")
        assert answer["members"] == group["members"]
        assert answer["baseline"]["rules"] == {}


def test_the_region_to_come_says_its_day(site: Client) -> None:
    assert ask(site, "groups/region/oestdanmark")["valid_from"] == "2027-01-01"


def test_every_answer_explains_its_numbers(site: Client) -> None:
    answer = ask(site, "municipalities/167")
    for part in (answer["account"], answer["baseline"], answer["forecasts"], answer["gap"]):
        seen = part["explanation"]
        assert (seen["source"], seen["version"], seen["gwp"]) == ("energy-account-4.1", "4.1", "AR5")
    assert answer["account"]["explanation"]["kind"] == "observed"
    assert answer["baseline"]["explanation"]["kind"] == "projected"
    assert answer["account"]["population_explanation"]["kind"] == "calculated"


def test_snapshots_and_what_moved_between_them(site: Client) -> None:
    old, new = ask(site, "snapshots")
    assert (old["demo"], new["demo"]) == (True, False)
    answer = ask(site, "differences", old=old["sha256"][:12], new=new["sha256"])
    # the invented edition counts waste 5 % higher and has no 2023; a change under another version is a method change
    waste = national(load.account().emissions).select(sector="waste")
    by_year = {moved["label"]: moved for moved in answer["by_year"]}
    assert sorted(by_year) == ["2018", "2019", "2020", "2021", "2022"]
    for year, moved in by_year.items():
        assert moved["method_change"] == pytest.approx(-0.05 * waste.at(int(year)), rel=1e-3)
        assert moved["new_data"] == 0.0
    assert [moved["label"] for moved in answer["by_sector"]] == ["waste"]
    added = [figure for figure in answer["figures"] if figure["old"] is None]
    assert len(added) == 490
    assert {(figure["year"], figure["cause"]) for figure in added} == {(2023, "new_data")}


def test_sources_are_the_bibliography(site: Client) -> None:
    assert {line["key"] for line in ask(site, "sources")} == set(load.bibliography())


@pytest.mark.parametrize(
    ("path", "query", "status", "code", "danish"),
    [
        ("municipalities/999", {}, 404, "unknown-municipality", "Kommunen findes ikke."),
        ("municipalities/Hvidover", {}, 404, "unknown-municipality", "Mente du 167 Hvidovre"),
        ("groups/region/skaane", {}, 404, "unknown-group", "Den gruppe findes ikke."),
        ("groups/planet", {}, 422, "bad-parameter", "Parameteren kan ikke læses."),
        ("municipalities/167/pathway", {"percent": "many"}, 422, "bad-parameter", "Parameteren kan ikke læses."),
        ("municipalities/167/pathway", {"percent": "nan"}, 422, "bad-parameter", "Den værdi kan ikke bruges."),
        ("municipalities/167/pathway", {"target_year": "2023"}, 422, "bad-parameter", "Den værdi kan ikke bruges."),
        ("municipalities/167/pathway", {"base_year": "1995"}, 422, "base-year-unknown", "Angiv udledningen i ton"),
        ("municipalities/825/pathway", {"base_year": "2018"}, 422, None, "825"),
        ("differences", {"old": "zz", "new": "yy"}, 404, "unknown-snapshot", "Vælg et fra datasiden."),
        ("differences", {}, 422, "bad-parameter", "Parameteren kan ikke læses."),
    ],
)
def test_refusals_are_findings_in_both_languages(
    site: Client, path: str, query: dict[str, str], status: int, code: str | None, danish: str
) -> None:
    findings = ask(site, path, status, **query)["findings"]
    assert findings
    for finding in findings:
        assert set(finding) == {"code", "severity", "place", "message"}
        assert code in {None, finding["code"]}
        assert finding["message"]["en"] != finding["message"]["da"]
    assert any(danish in finding["message"]["da"] for finding in findings) or code is None


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_for_reading_only(site: Client, method: str) -> None:
    assert getattr(site, method)("/api/v1/national").status_code == 405


def test_numbers_are_numbers_and_nothing_is_no_number(site: Client) -> None:
    text = site.get("/api/v1/municipalities").content.decode()
    assert "NaN" not in text
    assert "Infinity" not in text


def test_a_snapshot_is_listed_with_its_whole_fingerprint(site: Client) -> None:
    assert [line["sha256"] for line in ask(site, "snapshots")] == [kept.sha256 for kept in Snapshot.objects.all()]
