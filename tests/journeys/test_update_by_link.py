"""Somebody without an account reports progress on a phone, from link to plan; and the published plan is open."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from journeys.conftest import Served
from journeys.test_accounts import inside, no_barrier, sign_in
from journeys.test_every_page import OPEN_ALL, PHONE, WIDER, serious

Visit = Callable[..., Page]

TWO_MINUTES = 120


def coordinator(visit: Visit, served: Served) -> Page:
    """Kaja at the links of her plan."""
    page = visit("/konto/log-ind/")
    sign_in(page, "kaja@demo.example", served.password)
    inside(page)
    page.goto("/arbejde/")
    page.locator("main a[href*='/arbejde/plan/']").first.click()
    page.get_by_role("link", name="Links til at melde fremdrift").click()
    return page


def a_link(page: Page, recipient: str, language: str = "Dansk") -> str:
    page.get_by_label("Hvem får linket").fill(recipient)
    page.get_by_label("Formularens sprog").select_option(language)
    page.get_by_role("button", name="Lav linket").click()
    return urlsplit(page.get_by_label("Linket", exact=True).input_value()).path


def test_an_action_owner_reports_on_a_phone_without_an_account(visit: Visit, served: Served) -> None:
    desk = coordinator(visit, served)
    no_barrier(desk)
    link = a_link(desk, "Vej og Park")
    no_barrier(desk)

    begun = time.monotonic()
    phone = visit(link, **PHONE)
    assert serious(phone) == []
    assert phone.evaluate(WIDER) <= 0
    phone.get_by_label("Hvor langt er I?").select_option("i gang")
    phone.get_by_label("Hvor meget er gennemført?").fill("12,5")
    unit = phone.get_by_label("Hvad tælles?")
    if unit.count():
        unit.fill("ha")
    phone.get_by_label("Besked til koordinatoren").fill("Resten følger til foråret.")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tak, det er gemt")
    assert serious(phone) == []
    assert phone.context.cookies() == []
    assert time.monotonic() - begun < TWO_MINUTES

    desk.goto(desk.url)
    expect(desk.get_by_role("main")).to_contain_text("Resten følger til foråret.")
    desk.get_by_role("button", name=re.compile("Træk tilbage")).first.click()
    gone = visit(link, refused=True, **PHONE)
    expect(gone.get_by_role("main")).to_contain_text("Bed den, der sendte det, om et nyt.")
    assert serious(gone) == []


def test_the_form_speaks_english_too_and_works_without_scripts(visit: Visit, served: Served) -> None:
    link = a_link(coordinator(visit, served), "Roads and Parks", "English")
    page = visit(link, refused=True, java_script_enabled=False)
    page.get_by_label("How far is it?").select_option("done")
    page.get_by_label("How much has been carried out?").fill("many")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Write a number from 0 upwards")
    assert page.get_by_label("How much has been carried out?").input_value() == "many"


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_published_plan_has_no_barrier(visit: Visit, language: str) -> None:
    for path in {"da": ["/kommune/167/"], "en": ["/en/municipality/167/"]}[language]:
        page = visit(path)
        page.locator("#plan-title + p a").click()
        page.evaluate(OPEN_ALL)
        no_barrier(page)
        page.locator("table.plan-actions tbody a").first.click()
        no_barrier(page)
        assert page.context.cookies() == []
