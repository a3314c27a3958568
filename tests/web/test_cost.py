"""What a page costs: a bounded number of questions to the database, however many municipalities there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from klimaplan.web.public import charts
from web.addresses import address, at

MOST_WHEN_COLD = 30
"""A new process reads the pictures of the regions and networks one by one, and two whole accounts."""
MOST_WHEN_KEPT = 4


@pytest.mark.parametrize("kind", ["front", "municipality", "region", "groups", "programme", "data", "glossary"])
def test_questions_to_the_database(site: Client, afresh: None, kind: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as cold:
        assert site.get(address(kind, "da")).status_code == 200
    assert 0 < len(cold) <= MOST_WHEN_COLD
    if kind in {"front", "municipality", "region", "groups", "programme"}:
        with CaptureQueriesContext(connection) as kept:
            site.get(address(kind, "da"))
        assert len(kept) <= MOST_WHEN_KEPT


def test_a_chart_is_drawn_once(site: Client, afresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = charts.drawn.svg
    monkeypatch.setattr(charts.drawn, "svg", lambda chart: drawn.append(chart.title) or draw(chart))
    path = at("da", "chart", "0", "municipality", "167", "curve", "wide")
    assert site.get(path).content == site.get(path).content
    assert len(drawn) == 1
    assert site.get(f"{path}?x=1").content == site.get(path).content
