"""Two people who talk about an action by keyboard alone: called, answered, closed; and a letter asked for and ended."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from journeys.test_coordinator import COLLEAGUE, plan, signed_in  # noqa: F401  # fixtures
from journeys.test_every_page import serious

SignIn = Callable[..., Page]


def step_to(page: Page, name: str, role: str = "link", *, steps: int = 120) -> None:
    """Tab onwards until something of that name has the focus."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(steps):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"not reached by keyboard: {name}")


def test_two_people_talk_about_an_action_by_keyboard_alone(signed_in: SignIn, plan: int) -> None:  # noqa: F811
    kaja, karl = signed_in(), signed_in(COLLEAGUE)

    # Kaja calls Karl by typing @ and the beginning of his name
    kaja.goto(f"/arbejde/plan/{plan}/tiltag/a01/")
    step_to(kaja, "Skriv en kommentar", "textbox")
    kaja.keyboard.type("Er tallet fra værket nyt? @karl")
    names = kaja.get_by_role("listbox")
    expect(names.get_by_role("option")).to_have_text(["Karl Kollega (demo)"])
    assert serious(kaja) == []
    kaja.keyboard.press("Enter")
    expect(names).to_have_count(0)
    expect(kaja.get_by_label("Skriv en kommentar")).to_have_value(
        "Er tallet fra værket nyt? @Karl Kollega (demo) "
    )  # fmt: skip
    step_to(kaja, "Send", "button")
    kaja.keyboard.press("Enter")
    expect(kaja.get_by_role("status").first).to_contain_text("Det står under Mit arbejde hos Karl Kollega (demo)")

    # it stands under his My work, leads to the comment, and he answers
    karl.goto("/arbejde/")
    expect(karl.get_by_role("heading", name="Du er nævnt eller har fået svar")).to_be_visible()
    step_to(karl, "Er tallet fra værket nyt?")
    karl.keyboard.press("Enter")
    expect(karl.get_by_role("heading", level=1)).to_have_text("Samtale og opgaver")
    thread = karl.get_by_role("article").first
    thread.locator("summary", has_text="Svar").focus()
    karl.keyboard.press("Enter")
    karl.keyboard.press("Tab")
    karl.keyboard.type("Ja, fra januar.")
    step_to(karl, "Svar", "button")
    karl.keyboard.press("Enter")
    expect(karl.get_by_role("article").first).to_contain_text("Ja, fra januar.")
    karl.goto("/arbejde/")
    mentions = karl.locator("section").filter(has=karl.get_by_role("heading", name="Du er nævnt eller har fået svar"))
    expect(mentions).not_to_contain_text("Er tallet fra værket nyt?")

    # Kaja sees the answer and closes the discussion
    kaja.goto("/arbejde/")
    step_to(kaja, "Ja, fra januar.")
    kaja.keyboard.press("Enter")
    step_to(kaja, "Afslut samtalen", "button")
    kaja.keyboard.press("Enter")
    expect(kaja.get_by_role("status").first).to_contain_text("Samtalen er afsluttet.")
    expect(kaja.get_by_role("main")).to_contain_text("1 afsluttet samtale")
    kaja.goto("/arbejde/")
    mentions = kaja.locator("section").filter(has=kaja.get_by_role("heading", name="Du er nævnt eller har fået svar"))
    expect(mentions).not_to_contain_text("Ja, fra januar.")


def test_without_scripts_a_name_is_ticked_and_a_task_is_made(signed_in: SignIn, plan: int) -> None:  # noqa: F811
    page = signed_in(java_script_enabled=False)
    page.goto(f"/arbejde/plan/{plan}/samtale/")
    page.locator("summary", has_text="Nævn ved at sætte kryds").click()
    page.get_by_role("checkbox", name="Karl Kollega (demo)").check()
    page.get_by_label("Skriv en kommentar").fill("Uden scripts")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("hos Karl Kollega (demo)")
    page.locator("summary", has_text="Lav en opgave").click()
    page.get_by_label("Hvad skal gøres").fill("Skaf tal fra værket")
    page.get_by_label("Senest").fill("1.3.2020")
    page.get_by_role("button", name="Lav opgaven").click()
    expect(page.locator(".tasks")).to_contain_text("dage for sent")


def test_letters_are_asked_for_and_ended(signed_in: SignIn) -> None:  # noqa: F811
    page = signed_in()
    page.goto("/konto/")
    letters = page.get_by_role("region", name="Mails om nyt")
    letters.get_by_label("Hvor tit").select_option("daily")
    letters.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_contain_text("Dit valg af mails er gemt.")
    expect(page.get_by_label("Hvor tit")).to_have_value("daily")
    assert serious(page) == []
    letters.get_by_label("Hvor tit").select_option("off")
    letters.get_by_role("button").click()
    expect(page.get_by_label("Hvor tit")).to_have_value("off")
