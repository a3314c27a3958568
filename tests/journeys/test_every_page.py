"""What holds for every page type in both languages: no barrier, no sideways scroll, readable when enlarged.

Open pages stand in `web/addresses.py`. Every other address has a row in `pages.csv`: who looks at it here and with what
in the address; or which journey does; or why it is no page. An address without a row fails.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from journeys.conftest import DESKTOP, Served, SignedIn, Visit
from web.accounts.crossing import addresses
from web.addresses import PAGES, at, every_page
from web.addresses import address as path_of

FOLDER = Path(__file__).parent
with (FOLDER / "pages.csv").open(newline="", encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))

PEOPLE = ("anyone", "kaja", "rune")
NOBODY = ("no page", "not here")
"""There is nothing to look at; or the demonstration holds nobody to whom it is shown."""

ALL_THERE = """
from datetime import date
from klimaplan.web.accounts import selectors
from klimaplan.web.certification.models import Case, Certificate
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan
kaja, ivan = (selectors.person(f"{name}@demo.example") for name in ("kaja", "ivan"))
plan = Plan.objects.get(organisation__slug="hvidovre", demo=True, variant_of=None)
action = plan.parts.get(kind="action", key="a001")
hazard = plans.add_part(plan=plan, kind="hazard", content={"hazard": "cloudburst", "priority": True}, by=kaja)
plans.add_part(plan=plan, kind="vision", content={"text": "En kommune uden udledning."}, by=kaja)
plans.add_evidence(plan=plan, content=b"Referat", name="referat.txt", by=kaja, title="Referat", action=action.key)
first = plans.comment(plan=plan, text="Hvad siger Vejdirektoratet?", by=kaja, part=action, mentions=[ivan])
plans.comment(plan=plan, text="De siger ja.", by=ivan, answers=first, mentions=[kaja])
plans.add_task(plan=plan, title="Spørg ejerne", due=date(2026, 1, 1), by=kaja, part=action, assigned_to=kaja)
plans.name_version(plan=plan, name="Til høring", by=kaja)
plans.change_part(part=action, content={**action.content, "owner": "Vej"}, expected_version=action.version, by=kaja)
certified = Certificate.objects.order_by("pk").first()
print(plan.pk, hazard.key, Case.objects.get(plan=plan).pk, certified.sha256)
"""
"""Something of everything that a plan can hold, so that no page is looked at empty."""

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
ENLARGED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
"""A window of 1280 × 900 at 200 per cent: half as many pixels of the style sheet."""

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(each => { each.open = true })"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def serious(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {[node['target'] for node in each['nodes']][:3]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_no_barrier_and_no_sideways_scroll(visit: Visit, kind: str, language: str) -> None:
    page = visit(path_of(kind, language))
    page.evaluate(OPEN_ALL)
    assert serious(page) == []
    page.set_viewport_size({"width": 640, "height": 450})
    assert page.evaluate(WIDER) <= 0
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate(WIDER) <= 0


@pytest.fixture(scope="module")
def there(served: Served) -> dict[str, str]:
    """What stands in the addresses of the demonstration."""
    return dict(zip(("plan", "first-hazard", "case", "certificate"), served.told(ALL_THERE).split(), strict=True))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_of_somebody_has_no_barrier_and_no_sideways_scroll(
    visit: Visit, signed_in: SignedIn, there: dict[str, str], person: str, language: str
) -> None:
    page = visit("/") if person == "anyone" else signed_in(f"{person}@demo.example")
    found = {}
    for row in (row for row in ROWS if row["seen"] == person):
        given = dict(pair.split("=", 1) for pair in row["arguments"].split())
        path = at(language, row["address"], **{name: there.get(value, value) for name, value in given.items()})
        answer = page.goto(f"{path}?{row['query']}")
        page.evaluate(OPEN_ALL)
        wider = [page.evaluate(WIDER)] + [scrolls(page, width) for width in (640, 320)]
        page.set_viewport_size(DESKTOP)
        if answer is None or not answer.ok or serious(page) or max(wider) > 0:
            found[path] = [answer and answer.status, serious(page), wider]
    assert found == {}


def scrolls(page: Page, width: int) -> int:
    """By how much a page is too wide for a window."""
    page.set_viewport_size({"width": width, "height": 740})
    return int(page.evaluate(WIDER))


def test_every_address_is_looked_at_or_is_no_page() -> None:
    open_pages = {name for name, _ in PAGES.values()}
    rows = {row["address"] for row in ROWS}
    assert rows | open_pages == addresses()
    assert rows & open_pages == set()


def test_every_row_says_who_looks_or_why_nobody_does() -> None:
    for row in ROWS:
        assert row["seen"] in (*PEOPLE, *NOBODY) or "barrier" in (FOLDER / f"{row['seen']}.py").read_text(), row
        assert (row["seen"] in NOBODY) == bool(row["why"]), row


def test_a_barrier_would_be_found(visit: Visit) -> None:
    page = visit("/en/glossary/")
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [found.split()[0] for found in serious(page)] == ["image-alt"]


@pytest.mark.parametrize(("kind", "language"), every_page())
def test_on_a_phone(visit: Visit, kind: str, language: str) -> None:
    page = visit(path_of(kind, language), **PHONE)
    assert page.evaluate(WIDER) <= 0
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input, summary")]
          .filter(each => each.getClientRects().length && !each.closest("p, li, td, th, dd, svg, .skipnav, label"))
          .map(each => [each.tagName, each.textContent.trim().slice(0, 40), each.getBoundingClientRect().height])
          .filter(([, , height]) => height < 24)"""
    )
    assert small == []


@pytest.mark.parametrize("path", ["/nowhere/", "/en/nowhere/", "/en/?year=1999", "/kommune/167/?percent=mange"])
def test_refusals_have_no_barrier_either(visit: Visit, path: str) -> None:
    page = visit(path, refused=True, viewport=PHONE["viewport"])
    assert serious(page) == []
    assert page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("path", ["/en/", "/en/municipality/167/"])
def test_at_200_percent_nothing_is_lost(visit: Visit, path: str) -> None:
    page = visit(path, **ENLARGED)
    assert page.evaluate(WIDER) <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll("h1, h2, p.lead, .number-value, .number-label, label, summary")]
          .filter(each => each.getClientRects().length && each.scrollWidth > each.clientWidth + 1
                          && getComputedStyle(each).overflow !== "visible" && !each.closest(".sr-only"))
          .map(each => each.textContent.trim().slice(0, 60))"""
    )
    assert cut == []


def test_text_twice_as_large_still_fits(visit: Visit) -> None:
    page = visit("/en/municipality/167/")
    page.evaluate("() => { document.documentElement.style.fontSize = '125%' }")
    assert page.evaluate(WIDER) <= 0
