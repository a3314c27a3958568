"""The figures that the method pages and the changelog state are those the program computes today.

A figure that moves must move on the page in the same commit; then the changelog tells where it was.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from klimaplan.domain import axes
from klimaplan.domain.inventory.account import Sector, national, total
from klimaplan.domain.pathway.target import ALL_SECTORS, BaseYear, ReductionTarget
from klimaplan.domain.plan import look_ahead, measure_gap_of
from klimaplan.domain.projection.baseline import Rule, backcast
from klimaplan.domain.projection.trends import Method
from klimaplan.domain.status.comparison import most_similar
from klimaplan.reference import load

ROOT = Path(__file__).parents[2]


def page(slug: str) -> str:
    return (load.METHOD_PAGES / f"{slug}.en.md").read_text()


def grouped(value: float, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".replace("-", "−")


@pytest.fixture(scope="module")
def outlook():
    return look_ahead(load.account(), load.national_projection())


def test_the_changelog_states_the_sums_of_the_country(outlook):
    changelog = (ROOT / "CHANGELOG.md").read_text()
    sums = national(total(outlook.account.emissions))
    for year in outlook.account.years:
        assert f"| sum of 98 municipalities, {year} | {grouped(sums.at(year))} |" in changelog
    baseline = national(total(outlook.baseline.emissions))
    for year in (2030, 2035, 2050):
        assert f"| baseline of all 98, {year} | {grouped(baseline.at(year))} |" in changelog
    for method in Method:
        value = national(total(outlook.forecasts[method])).at(2030)
        assert f"| {method} trend, 2030 | {grouped(value)} |" in changelog


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_file()))
def test_the_changelog_states_what_the_example_plans_come_to(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "klimaplan", "plan", "evaluate", str(ROOT / "examples" / name), "--json"],
        env={"PATH": os.environ["PATH"], "KLIMAPLAN_HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    answer = json.loads(done.stdout)
    changelog = (ROOT / "CHANGELOG.md").read_text()
    assert f"| examples/{name}: with the plan, 2030 | {grouped(answer['pathway']['2030'], 1)} |" in changelog
    assert f"| examples/{name}: gap, 2030 | {grouped(answer['manko']['2030'], 1)} |" in changelog


def test_the_page_on_forecasts_states_the_trends_of_the_country(outlook):
    for method in Method:
        sums = national(total(outlook.forecasts[method]))
        row = " | ".join(grouped(sums.at(year) / 1e6, 1) for year in (2030, 2035, 2050))
        assert f"| {method} | {row} |" in page("forecasts")


def test_the_page_on_the_baseline_names_the_municipalities_whose_agriculture_is_held(outlook):
    names = {each.code: each.name for each in load.municipalities()}
    held = {names[code] for (code, _), rule in outlook.baseline.rules.items() if rule is Rule.HELD}
    [listed] = re.findall(r"held in 15: (.+?)\. The rule", page("baseline"))
    assert set(re.split(", | and ", listed)) == held


def test_the_page_on_the_gap_states_hvidovres_gap(outlook):
    base = BaseYear(1990, 342_088.0, "climate plan")
    gap = measure_gap_of(outlook, ["167"], [ReductionTarget(2030, base, 80.0), ReductionTarget(2045, base, 100.0)])
    baseline = outlook.baseline.emissions.select(municipality="167").sum(axes.SECTOR)
    for year in (2023, 2024, 2030, 2040, 2045):
        figures = (series.at(year) for series in (baseline, gap.path[ALL_SECTORS], gap.excess[ALL_SECTORS]))
        assert f"| {year} | {' | '.join(grouped(figure, 1) for figure in figures)} |" in page("gap")


def test_the_page_on_the_base_year_states_what_the_estimate_is_worth(outlook):
    estimate = backcast(outlook.account, load.national_projection(), to=1990).sum(axes.SECTOR)
    assert f"| Hvidovre | {grouped(estimate.at('167'))} t |" in page("base-year")
    assert f"{estimate.sum(axes.MUNICIPALITY).at() / 1e6:.1f} Mt (98)" in page("base-year")


@pytest.mark.parametrize(("code", "name"), [("167", "Hvidovre"), ("550", "Tønder"), ("825", "Læsø")])
def test_the_page_on_comparison_names_the_most_similar(code, name, outlook):
    municipalities = load.municipalities()
    names = {each.code: each.name for each in municipalities}
    nearest = most_similar(outlook.account, {each.code: each.area_km2 for each in municipalities}, code)
    assert f"| {name} | {', '.join(names[each] for each in nearest)} |" in page("comparison")


def test_the_page_on_the_account_counts_the_negative_figures(outlook):
    agriculture = outlook.account.emissions.select(sector=Sector.AGRICULTURE).values
    negative = agriculture < 0.0
    assert f"negative in {negative.sum()} of 588 municipality-years, in {negative.any(axis=1).sum()} munic" in page(
        "account"
    )
