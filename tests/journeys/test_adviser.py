"""The adviser of a DGO: which municipality needs a call, a comment on its draft, and no way to change anything."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from journeys.conftest import Served, SignedIn
from journeys.test_every_page import serious

PLAN = """
from klimaplan.web.plans.models import Plan
print(Plan.objects.get(organisation__slug=sys.argv[1], demo=True, variant_of=None).pk)
"""
REMARK = "Passer de 10 procent med vandplanen?"


def sent(page: Page, path: str, **fields: str) -> tuple[int, str]:
    """What somebody is answered who sends a form that no page offers them, with the token of their session."""
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    answer = page.request.post(
        path, form={"csrfmiddlewaretoken": str(token), **fields}, headers={"Referer": page.url}, max_redirects=0
    )
    return answer.status, answer.text()


def test_an_adviser_looks_on_and_comments_and_changes_nothing(signed_in: SignedIn) -> None:
    page = signed_in("rune@demo.example")
    rows = page.get_by_role("region", name="Planer").locator("tbody tr")
    # Bornholm and the 28 municipalities of the capital
    expect(rows).to_have_count(29)
    expect(rows.filter(has_text="Albertslund")).to_contain_text("Udkast")
    assert serious(page) == []

    page.get_by_role("link", name="Albertslund Kommune").click()
    expect(page.get_by_role("link", name="Tilføj et tiltag")).to_have_count(0)
    plan = urlsplit(page.url).path
    page.locator("table.table--actions tbody a").first.click()
    expect(page.get_by_role("main")).to_contain_text(
        "Du læser planen. Klimakoordinatoren i Albertslund Kommune kan rette den."
    )
    expect(page.get_by_role("button", name="Gem", exact=True)).to_have_count(0)
    action = urlsplit(page.url).path
    page.get_by_label("Skriv en kommentar").fill(REMARK)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(REMARK)

    # what no page offers is refused, with a reason and whom to ask
    status, answer = sent(page, action, do="save", version="1", title="Noget helt andet")
    assert status == 403
    assert "Ingen af dine roller giver adgang til det her." in answer
    assert "Spørg klimakoordinatoren i Albertslund Kommune." in answer
    page.goto(action)
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Noget helt andet")

    page.goto("/arbejde/")
    expect(rows.filter(has_text="Albertslund").locator("td").nth(4)).to_have_text("1")
    assert plan.startswith("/arbejde/plan/")


def test_the_draft_of_another_dgo_stays_closed(signed_in: SignedIn, served: Served) -> None:
    page = signed_in("rune@demo.example")
    elsewhere = served.told(PLAN, "odense")
    answer = page.goto(f"/arbejde/plan/{elsewhere}/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("main")).to_contain_text("Ingen af dine roller giver adgang til det her.")
    expect(page.get_by_role("main")).to_contain_text("Spørg klimakoordinatoren i Odense Kommune.")
    assert serious(page) == []
