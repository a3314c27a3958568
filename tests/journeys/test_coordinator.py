"""A coordinator from signing in to a published plan, with a colleague at the same action; figures by hand."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Served, SignedIn, Visit
from journeys.test_every_page import WIDER, serious
from klimaplan.domain.plan import look_ahead, set_out
from klimaplan.exports.numbers import amount
from klimaplan.reference import load

TITLE = "Klimaplan til rejsen"
TONNES = "Faste ton (ton CO2e om året)"
COLLEAGUE, KARL = "karl@demo.example", "Karl Kollega (demo)"
FOREST = "Skov ved åen"

SET_UP = f"""
from klimaplan.web.accounts import selectors, services as accounts
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services as plans
kaja, hvidovre = selectors.person("kaja@demo.example"), organisation("hvidovre")
karl = selectors.person("{COLLEAGUE}")
if karl is None:
    karl = accounts.add_person(by=None, email="{COLLEAGUE}", name="{KARL}", language="da", password=sys.argv[1])
    accounts.give_role(by=None, user=karl, role="coordinator", organisation=hvidovre)
plan = plans.create_plan(organisation=hvidovre, title="{TITLE}", by=kaja)
ramp = {{"shape": "linear", "start": 2025, "end": 2030}}
lever = {{"kind": "fixed-tonnes", "stream": "I.4.4/waste_incineration", "tonnes": 1000.0, "reason": "Aftale",
         "source": "Aftale med værket", "ramp": ramp}}
target = {{"year": 2030, "level": 50_000.0, "source": "Byrådet"}}
waste = {{"key": "a01", "title": "Mindre affald til forbrænding", "owner": "Teknik", "lever": [lever]}}
others = [{{"key": f"b{{number:02d}}", "title": f"Samtale med kvarter {{number}}"}} for number in range(2, 101)]
for kind, content in (("target", target), *(("action", each) for each in (waste, *others))):
    plans.add_part(plan=plan, kind=kind, content=content, by=kaja)
print(plan.pk)
"""


@pytest.fixture(scope="module")
def plan(served: Served) -> int:
    """A plan with 100 actions, one of them of 1000 t in 2030, a target of 50 000 t, and a colleague for Kaja.

    Other journeys on the same installation begin with a plan like it, and the same colleague.
    """
    return int(served.told(SET_UP, served.password))


@pytest.fixture
def signed_in(signed_in: SignedIn, plan: int) -> SignedIn:
    """Whoever signs in finds the plan."""
    assert plan
    return signed_in


def baseline_of(year: int) -> float:
    outlook = look_ahead(load.account(), load.national_projection())
    table = set_out(outlook, load.national_streams(), "167", supply={}).table
    return float(table.emissions.sum("stream").sum("gas").at(year))


def lands(tonnes: float, target: float = 50_000.0) -> str:
    """The sentence of a plan that takes so many tonnes off, and misses its target."""
    expected = baseline_of(2030) - tonnes
    return (
        f"Med planen udleder Hvidovre Kommune {amount(expected, 'da')} i 2030, "
        f"{amount(expected - target, 'da')} over målet."
    )


def test_from_signing_in_to_a_published_plan_with_a_colleague_at_the_same_action(
    signed_in: SignedIn, visit: Visit
) -> None:
    page = signed_in()
    page.get_by_role("region", name="Planer").get_by_role("link", name=TITLE).click()
    expect(page.locator("[data-lead]")).to_have_text(lands(1000.0))
    page.get_by_role("link", name="Mindre affald til forbrænding").first.click()

    # the colleague opens the same action
    other = signed_in(COLLEAGUE)
    other.get_by_role("region", name="Planer").get_by_role("link", name=TITLE).click()
    other.get_by_role("link", name="Mindre affald til forbrænding").first.click()

    # the number moves while it is typed, and nothing is stored
    page.get_by_label(TONNES).fill("6.000")
    preview = page.locator("#preview")
    expect(preview).to_contain_text(amount(-6000.0, "da", signed=True))
    expect(preview).to_contain_text(amount(-5000.0, "da", signed=True))
    page.get_by_label("Hvorfor det ændres").fill("Ny aftale med værket")
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Gemt.")
    page.get_by_role("link", name="Tilbage til planen").click()
    expect(page.locator("[data-lead]")).to_have_text(lands(6000.0))

    # the colleague saves something else of the same field: both are shown, one is chosen
    other.get_by_label(TONNES).fill("2.000")
    other.get_by_label("Ansvarlig").fill("Forsyning")
    other.get_by_role("button", name="Gem", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text("To ændringer på én gang")
    expect(other.get_by_role("main")).to_contain_text("Kaja Klimakoordinator (demo) gemte en ændring, mens du skrev")
    expect(other.get_by_role("main")).to_contain_text("Teknik → Forsyning")
    assert serious(other) == []
    other.get_by_role("radio", name="Kaja Klimakoordinator (demo)").check()
    other.get_by_role("button", name="Gem begge").click()
    expect(other.get_by_label(TONNES)).to_have_value("6000")
    expect(other.get_by_label("Ansvarlig")).to_have_value("Forsyning")

    ones_target_and_hazard(page)
    from_the_library(page)
    called_and_asked(page, other)

    # keep it under a name, and publish
    page.get_by_role("link", name="Versioner").click()
    page.get_by_label("Versionens navn").fill("Til høring")
    page.get_by_role("button", name="Gem version").click()
    expect(page.get_by_role("main")).to_contain_text("Version 1 Til høring")
    page.get_by_label("Navn, hvis den har et").fill("Vedtaget")
    page.get_by_role("button", name="Offentliggør planen").click()
    expect(page.get_by_role("status").first).to_contain_text("Offentliggjort.")
    expect(page.get_by_role("main")).to_contain_text("Version 2 Vedtaget")
    page.get_by_role("link", name=re.compile("Sammenlign med nu.*version 2")).click()
    expect(page.locator("p.lead")).to_have_text("De to siger det samme.")

    # everyone reads it now, and nobody is known there
    open_to_all = visit("/kommune/167/")
    open_to_all.locator("#plan-title + p a").click()
    expect(open_to_all.get_by_role("heading", level=1)).to_contain_text(TITLE)
    expect(open_to_all.get_by_role("main")).to_contain_text("Mindre affald til forbrænding")
    expect(open_to_all.get_by_role("main")).to_contain_text(FOREST)
    expect(open_to_all.get_by_role("main")).to_contain_text("2, Vedtaget")
    assert open_to_all.context.cookies() == []


def ones_target_and_hazard(page: Page) -> None:
    """A target that is 10 000 t lower leaves 10 000 t more to find; and a hazard of the other half."""
    page.get_by_role("link", name="Vision og mål").click()
    page.locator("article.part").get_by_role("link", name=re.compile("2030")).click()
    page.get_by_label(re.compile("^Niveau")).first.fill("40.000")
    page.get_by_role("button", name="Gem", exact=True).click()
    page.get_by_role("link", name="Plan og tiltag").click()
    expect(page.locator("[data-lead]")).to_have_text(lands(6000.0, 40_000.0))
    page.get_by_role("link", name="Klimatilpasning").click()
    page.locator("a[href$='/ny/hazard/']").click()
    page.get_by_label("Klimafare").select_option(index=1)
    hazard = page.get_by_label("Klimafare").locator("option:checked").inner_text()
    page.get_by_label("Sandsynlighed nu").select_option(index=1)
    page.get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator("article.part").filter(has_text=hazard)).to_have_count(1)


def from_the_library(page: Page) -> None:
    """One more action that only asks how much and from when; what it does stands beside it, and in the sentence."""
    page.get_by_role("link", name="Plan og tiltag").click()
    expect(page.get_by_role("main")).to_contain_text("100 af 100 tiltag")
    page.get_by_role("link", name="Tilføj et tiltag").click()
    page.get_by_label("Søg i biblioteket").fill("skov")
    page.get_by_role("button", name="Søg").click()
    page.get_by_role("link", name="Skovrejsning").click()
    page.get_by_label("Tiltagets titel").fill(FOREST)
    page.get_by_label(re.compile("^Ny skov")).first.fill("120")
    page.get_by_label("Sidste år, hvor intet er på plads").fill("2026")
    page.get_by_label("Kilde til mængden").fill("Aftale med ejerne")
    page.get_by_role("button", name="Føj til planen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(FOREST)
    # in 24 years the trees take up carbon: the sign is known, whatever the method
    expect(page.get_by_role("row", name="Tiltagets virkning i 2050")).to_contain_text("−")
    page.get_by_role("link", name="Tilbage til planen").click()
    expect(page.get_by_role("main")).to_contain_text("101 af 101 tiltag")
    expect(page.locator("[data-lead]")).not_to_have_text(lands(6000.0, 40_000.0))


def called_and_asked(page: Page, colleague: Page) -> None:
    """A comment that calls somebody, and a task: both stand where the colleague begins the day."""
    page.get_by_role("link", name=FOREST).first.click()
    page.get_by_label("Skriv en kommentar").fill("Hvem taler med ejerne?")
    page.get_by_text("Nævn ved at sætte kryds").click()
    page.get_by_role("checkbox", name=KARL).check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(f"Mit arbejde hos {KARL}")
    page.get_by_text("Lav en opgave").click()
    page.get_by_label("Hvad skal gøres").fill("Ring til ejerne")
    page.get_by_label("Senest").fill("1.3.2027")
    page.get_by_label("Hvem gør det").select_option(KARL)
    page.get_by_role("button", name="Lav opgaven").click()
    expect(page.get_by_role("main")).to_contain_text("Ring til ejerne")

    colleague.goto("/arbejde/")
    expect(colleague.get_by_role("main")).to_contain_text("Hvem taler med ejerne?")
    assert serious(colleague) == []
    colleague.get_by_role("button", name=re.compile("Færdig.*Ring til ejerne")).click()
    expect(colleague.get_by_role("status").first).to_contain_text("Ring til ejerne")
    expect(colleague.get_by_role("button", name=re.compile("Færdig.*Ring til ejerne"))).to_have_count(0)


def test_by_keyboard_alone_an_action_is_changed_and_its_faults_are_found(signed_in: SignedIn, plan: int) -> None:
    page = signed_in()
    page.goto(f"/arbejde/plan/{plan}/tiltag/a01/")
    page.get_by_label("Titel").focus()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Intet er gemt. Det her skal rettes")
    assert serious(page) == []
    page.get_by_role("alert").get_by_role("link", name="Titel").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Mindre affald til forbrænding")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mindre affald til forbrænding")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_without_scripts_a_button_shows_the_effect(signed_in: SignedIn, plan: int) -> None:
    page = signed_in(java_script_enabled=False)
    page.goto(f"/arbejde/plan/{plan}/tiltag/a01/")
    page.get_by_label(TONNES).fill("7.000")
    page.get_by_role("button", name="Se virkningen").click()
    expect(page.locator("#preview")).to_contain_text(amount(-7000.0, "da", signed=True))
    expect(page.get_by_label(TONNES)).to_have_value("7000")


def test_changing_several_at_once_has_no_barrier(signed_in: SignedIn, plan: int) -> None:
    page = signed_in()
    page.goto(f"/arbejde/plan/{plan}/?text=kvarter")
    page.get_by_role("link", name="Vælg alle viste").click()
    page.get_by_role("button", name="Ret de valgte").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ret flere tiltag")
    assert serious(page) == []
    page.set_viewport_size({"width": 320, "height": 740})
    assert page.evaluate(WIDER) <= 0
