"""Several actions changed at once without a mouse: ticked, filled in, seen, applied; a colleague's change is kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Served, SignedIn
from journeys.test_every_page import WIDER, serious

TITLE = "Klimaplan uden mus"
SET_UP = f"""
from klimaplan.web.accounts import selectors
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services as plans
kaja = selectors.person("kaja@demo.example")
plan = plans.create_plan(organisation=organisation("hvidovre"), title="{TITLE}", by=kaja)
for number in (1, 2, 3):
    plans.add_part(plan=plan, kind="action", content={{"key": f"a0{{number}}", "title": f"Tiltag {{number}}"}}, by=kaja)
print(plan.pk)
"""
CHANGED = """
from klimaplan.web.accounts import selectors
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import PlanPart
import sys
kaja = selectors.person("kaja@demo.example")
part = PlanPart.objects.get(plan_id=int(sys.argv[1]), kind="action", key="a02")
plans.change_part(part=part, content={**part.content, "description": "Nyt"}, expected_version=part.version, by=kaja)
"""


@pytest.fixture(scope="module")
def plan(served: Served) -> int:
    return int(served.told(SET_UP))


def on(page: Page, selector: str) -> None:
    """Tab on until the focus stands there, and can be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{selector} was not reached")


def test_several_actions_are_changed_by_keyboard(signed_in: SignedIn, served: Served, plan: int) -> None:
    page = signed_in()
    page.goto(f"/arbejde/plan/{plan}/")
    for key in ("a01", "a02"):
        on(page, f"input[name=part][value^='{key}:']")
        page.keyboard.press("Space")
    on(page, "button[value=choose]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ret flere tiltag")
    assert serious(page) == []

    # what is missing is said first, and leads to nothing lost
    on(page, "button[value=see]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Der er ikke udfyldt noget endnu")
    on(page, "#f-owner")
    page.keyboard.type("Teknik")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 tiltag ændres")
    assert serious(page) == []
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate(WIDER) <= 0

    served.told(CHANGED, str(plan))
    on(page, "button[value=apply]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Intet er ændret endnu: 1 tiltag")
    expect(page.locator(".part--stale")).to_contain_text("Nyt")
    assert serious(page) == []
    on(page, "button[value=apply]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("2 tiltag er ændret.")
    owners = page.locator(".table--actions tbody tr td:nth-of-type(3)")
    expect(owners).to_have_text(["Teknik", "Teknik", "–"])
