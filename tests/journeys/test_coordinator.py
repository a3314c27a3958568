"""A coordinator from signing in to a published plan, with a colleague at the same action; figures by hand."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys.test_every_page import PHONE, WIDER, serious
from klimaplan.domain.plan import look_ahead, set_out
from klimaplan.exports.numbers import amount
from klimaplan.reference import load

Visit = Callable[..., Page]

TITLE = "Klimaplan til rejsen"
TONNES = "Faste ton (ton CO2e om året)"
COLLEAGUE = "karl@demo.example"

SET_UP = f"""
import django
django.setup()
from klimaplan.web.accounts import selectors, services as accounts
from klimaplan.web.organisations.selectors import organisation
from klimaplan.web.plans import services as plans
import sys
kaja, hvidovre = selectors.person("kaja@demo.example"), organisation("hvidovre")
karl = accounts.add_person(
    by=None, email="{COLLEAGUE}", name="Karl Kollega (demo)", language="da", password=sys.argv[1]
)
accounts.give_role(by=None, user=karl, role="coordinator", organisation=hvidovre)
plan = plans.create_plan(organisation=hvidovre, title="{TITLE}", by=kaja)
ramp = {{"shape": "linear", "start": 2025, "end": 2030}}
lever = {{"kind": "fixed-tonnes", "stream": "I.4.4/waste_incineration", "tonnes": 1000.0, "reason": "Aftale",
         "source": "Aftale med værket", "ramp": ramp}}
for kind, content in (
    ("target", {{"year": 2030, "level": 50_000.0, "source": "Byrådet"}}),
    ("action", {{"key": "a01", "title": "Mindre affald til forbrænding", "owner": "Teknik", "lever": [lever]}}),
):
    plans.add_part(plan=plan, kind=kind, content=content, by=kaja)
print(plan.pk)
"""


@pytest.fixture(scope="module")
def plan(served: object) -> int:
    """A plan with one action of 1000 t in 2030 and a target of 50 000 t, and a colleague for Kaja."""
    environment = {**served.environment, "DJANGO_SETTINGS_MODULE": "klimaplan.web.config.settings"}  # type: ignore[attr-defined]
    done = subprocess.run(
        [sys.executable, "-c", SET_UP, served.password],  # type: ignore[attr-defined]
        env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return int(done.stdout)


@pytest.fixture
def signed_in(visit: Visit, served: object, plan: int) -> Callable[..., Page]:
    """Signs somebody in, as they would do it themselves."""

    def sign_in(email: str = "kaja@demo.example", **options: object) -> Page:
        page = visit("/konto/log-ind/", refused=True, **options)
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Adgangskode").fill(served.password)  # type: ignore[attr-defined]
        page.get_by_role("button", name="Log ind").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mit arbejde")
        return page

    return sign_in


def baseline_of(year: int) -> float:
    outlook = look_ahead(load.account(), load.national_projection())
    table = set_out(outlook, load.national_streams(), "167", supply={}).table
    return float(table.emissions.sum("stream").sum("gas").at(year))


def lands(tonnes: float) -> str:
    """The sentence of a plan that takes so many tonnes off, and misses its target."""
    expected = baseline_of(2030) - tonnes
    return (
        f"Med planen udleder Hvidovre Kommune {amount(expected, 'da')} i 2030, "
        f"{amount(expected - 50_000.0, 'da')} over målet."
    )


def test_from_signing_in_to_a_published_plan_with_a_colleague_at_the_same_action(
    signed_in: Callable[..., Page],
) -> None:
    page = signed_in()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("[data-lead]")).to_have_text(lands(1000.0))
    page.get_by_role("link", name="Mindre affald til forbrænding").first.click()

    # the colleague opens the same action
    other = signed_in(COLLEAGUE)
    other.get_by_role("link", name=TITLE).click()
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

    # publish
    page.get_by_role("link", name="Versioner").click()
    page.get_by_label("Navn, hvis den har et").fill("Vedtaget")
    page.get_by_role("button", name="Offentliggør planen").click()
    expect(page.get_by_role("status").first).to_contain_text("Offentliggjort.")
    expect(page.get_by_role("main")).to_contain_text("Version 1 Vedtaget")
    page.get_by_role("link", name="Sammenlign med nu").click()
    expect(page.locator("p.lead")).to_have_text("De to siger det samme.")


def test_by_keyboard_alone_an_action_is_changed_and_its_faults_are_found(
    signed_in: Callable[..., Page], plan: int
) -> None:
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


def test_without_scripts_a_button_shows_the_effect(signed_in: Callable[..., Page], plan: int) -> None:
    page = signed_in(java_script_enabled=False)
    page.goto(f"/arbejde/plan/{plan}/tiltag/a01/")
    page.get_by_label(TONNES).fill("7.000")
    page.get_by_role("button", name="Se virkningen").click()
    expect(page.locator("#preview")).to_contain_text(amount(-7000.0, "da", signed=True))
    expect(page.get_by_label(TONNES)).to_have_value("7000")


PAGES = [
    "/arbejde/", "/arbejde/plan/{plan}/", "/arbejde/plan/{plan}/?view=board", "/arbejde/plan/{plan}/?view=gantt",
    "/arbejde/plan/{plan}/?view=cards", "/arbejde/plan/{plan}/tiltag/a01/", "/arbejde/plan/{plan}/bibliotek/",
    "/arbejde/plan/{plan}/bibliotek/afforestation/", "/arbejde/plan/{plan}/maal/",
    "/arbejde/plan/{plan}/klimatilpasning/", "/arbejde/plan/{plan}/ny/target/", "/arbejde/plan/{plan}/ny/hazard/",
    "/arbejde/plan/{plan}/versioner/", "/arbejde/plan/{plan}/sammenlign/", "/arbejde/plan/{plan}/regneark/",
    "/en/work/", "/en/work/plan/{plan}/", "/en/work/plan/{plan}/?view=board", "/en/work/plan/{plan}/?view=gantt",
    "/en/work/plan/{plan}/?view=cards", "/en/work/plan/{plan}/action/a01/", "/en/work/plan/{plan}/library/",
    "/en/work/plan/{plan}/library/afforestation/", "/en/work/plan/{plan}/aims/", "/en/work/plan/{plan}/adaptation/",
    "/en/work/plan/{plan}/new/target/", "/en/work/plan/{plan}/new/hazard/", "/en/work/plan/{plan}/versions/",
    "/en/work/plan/{plan}/compare/", "/en/work/plan/{plan}/workbook/",
]  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_no_page_has_a_barrier_or_scrolls_sideways(signed_in: Callable[..., Page], plan: int, size: str) -> None:
    page = signed_in(**(PHONE if size == "phone" else {}))
    found = {}
    for path in PAGES:
        page.goto(path.format(plan=plan))
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
        wider = page.evaluate(WIDER)
        if (barriers := serious(page)) or wider > 0:
            found[path] = [*barriers, wider]
    assert found == {}
