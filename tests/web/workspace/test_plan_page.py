"""*My work* and the page of a plan: the sentence by hand, the list in four views, and who gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from klimaplan.domain.errors import Finding, Text
from klimaplan.exports.numbers import amount
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import services
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.results.figures import Figures
from klimaplan.web.workspace import sentences
from web.plans.conftest import action, fixed
from web.reading import page, rows
from web.workspace.conftest import WASTE, baseline_of, person, signed_in

pytestmark = pytest.mark.django_db


def figures(**given: object) -> Figures:
    """A plan that emits 900 t in 2030 and 400 t in 2040."""
    known = {"years": (2030, 2040), "pathway": {"total": (900.0, 400.0)}, **given}
    return Figures("", "", (), **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "today", "sentence"),
    [
        ({"allowed": {2030: 1000.0}, "target_years": (2030,), "manko": (-100.0,)}, 2026,
         "Med planen udleder Hvidovre 900 ton CO2e i 2030, 100 ton CO2e under målet."),
        ({"allowed": {2030: 700.0}, "target_years": (2030,), "manko": (200.0,)}, 2026,
         "Med planen udleder Hvidovre 900 ton CO2e i 2030, 200 ton CO2e over målet."),
        ({"allowed": {2030: 700.0, 2040: 300.0}, "target_years": (2030, 2040), "manko": (200.0, 100.0)}, 2031,
         "Med planen udleder Hvidovre 400 ton CO2e i 2040, 100 ton CO2e over målet."),
        ({"allowed": {2030: 700.0}, "target_years": (2030,), "manko": (200.0,)}, 2045,
         "Med planen udleder Hvidovre 900 ton CO2e i 2030, 200 ton CO2e over målet."),
        ({}, 2026,
         "Med planen udleder Hvidovre 900 ton CO2e i 2030. Der er endnu intet mål at holde det op mod."),
    ],
)  # fmt: skip
def test_the_sentence_names_the_next_target(given: dict[str, object], today: int, sentence: str) -> None:
    assert sentences.lands(figures(**given), "Hvidovre", today=today).replace("\xa0", " ") == sentence


def test_the_sentence_of_a_plan_that_cannot_be_computed_says_so() -> None:
    fault = Finding("x", "plan", Text("a", "a"), Text("", ""), Text("", ""))
    broken = Figures("", "", (fault, fault))
    assert sentences.lands(broken, "Hvidovre") == "Planen kan ikke beregnes, før 2 fejl er rettet."


def test_my_work_shows_the_plan_where_it_lands_and_what_is_late(plan: Plan, kaja: User) -> None:
    today = timezone.localdate()
    for title, due in (("Skaf tal fra værket", today - timedelta(days=3)), ("Skriv udkast", today + timedelta(days=3))):
        services.add_task(plan=plan, title=title, due=due, by=kaja, assigned_to=kaja)
    client = signed_in(kaja)
    words = page(client.get("/arbejde/")).one("main").text
    assert "Klimaplan for Hvidovre" in words
    assert "Du skriver den" in words
    expected = baseline_of(2030) - 1000.0
    assert amount(expected, "da") in words
    assert f"{amount(expected - 50_000.0, 'da')} over målet" in words
    assert "1 opgave er overskredet" in words
    shown = page(client.get("/arbejde/"))
    done = next(form for form in shown.all("form") if "Skaf tal" in form.text)
    client.post(done.attributes["action"])
    assert "Skaf tal fra værket" not in page(client.get("/arbejde/")).one("section", aria_labelledby="tasks").text


def test_who_has_no_role_is_told_whom_to_ask(installed: None) -> None:
    words = page(signed_in(person("Ny")).get("/arbejde/")).one("main").text
    assert "Du har endnu ingen rolle" in words
    assert "Bed klimakoordinatoren i din kommune om at invitere dig" in words


def test_a_coordinator_without_a_plan_begins_one(kaja: User) -> None:
    client = signed_in(kaja)
    assert "Hvidovre Kommune har ingen plan her endnu" in page(client.get("/arbejde/")).one("main").text
    made = client.post("/arbejde/begynd/hvidovre/")
    words = page(client.get(made["Location"])).one("main").text
    assert "Klimaplan for Hvidovre Kommune" in words
    assert "Planen har ingen tiltag endnu" in words
    assert client.post("/arbejde/begynd/koebenhavn/").status_code == 403


def test_a_reader_reads_and_is_offered_nothing_to_change(plan: Plan) -> None:
    client = signed_in(person("Lis", reader="hvidovre"))
    assert "Du læser den" in page(client.get("/arbejde/")).one("main").text
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/"))
    assert "Tiltag a01" in shown.one("main").text
    assert not [form for form in shown.one("main").all("form") if form.attributes["method"] == "post"]
    assert not shown.all("a", href=f"/arbejde/plan/{plan.pk}/bibliotek/")


@pytest.mark.parametrize(
    "path", ["", "maal/", "klimatilpasning/", "versioner/", "regneark/", "tiltag/a01/", "bibliotek/"]
)
def test_nobody_else_gets_in(plan: Plan, client: object, path: str) -> None:
    where = f"/arbejde/plan/{plan.pk}/{path}"
    refused = signed_in(person("Ole", coordinator="koebenhavn")).get(where)
    assert refused.status_code == 403
    assert "Spørg klimakoordinatoren i Hvidovre" in page(refused).one("main").text
    assert client.get(where)["Location"].startswith("/konto/log-ind/")  # type: ignore[attr-defined]


def test_the_list_is_narrowed_by_sector_progress_owner_and_text(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02", owner="Teknik", progress="done"), by=kaja)
    services.add_part(plan=plan, kind="action", content=action("a03", description="Cykelstier"), by=kaja)
    client = signed_in(kaja)

    def listed(query: str) -> list[str]:
        shown = page(client.get(f"/arbejde/plan/{plan.pk}/?{query}"))
        tables = shown.all("table", class_="table--actions")
        return [name.split(" (")[0] for name in rows(tables[0])] if tables else []

    assert listed("") == ["Tiltag a01", "Tiltag a02", "Tiltag a03"]
    assert listed("sector=energy") == ["Tiltag a01"]
    assert listed("sector=waste") == []
    assert listed("progress=done") == ["Tiltag a02"]
    assert listed("owner=Teknik") == ["Tiltag a02"]
    assert listed("text=cykel") == ["Tiltag a03"]
    assert listed("text=tog") == []
    services.add_part(plan=plan, kind="answer", content={"action": "a03", "hazards": ["storm-surge"]}, by=kaja)
    assert listed("hazard=storm-surge") == ["Tiltag a03"]
    assert listed("sector=nonsense&view=nonsense") == ["Tiltag a01", "Tiltag a02", "Tiltag a03"]


def test_each_action_says_what_it_takes_off_in_both_years(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02"), by=kaja)
    table = page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/")).one("table", class_="table--actions")
    cells = {name.split(" (")[0]: row[-2:] for name, row in rows(table).items()}
    assert cells["Tiltag a01"] == ["−1.000", "−1.000"]
    assert all("ingen beregnet virkning" in cell for cell in cells["Tiltag a02"])


def test_the_years_of_the_ramp_are_drawn_where_they_are(plan: Plan, kaja: User) -> None:
    """2025 is the fifth year after 2020; the ramp takes five years, and then it works for twenty."""
    shown = page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/?view=gantt"))
    works, grows = shown.one("svg", class_="gantt-bar").all("rect")
    assert (grows.attributes["x"], grows.attributes["width"]) == ("5", "5")
    assert (works.attributes["x"], works.attributes["width"]) == ("10", "20")
    assert shown.one("svg", class_="gantt-bar").attributes["aria-label"] == "2025 til 2030"


@pytest.mark.parametrize("view", ["table", "board", "gantt", "cards"])
def test_a_hundred_actions_with_names_of_any_kind_are_all_there(plan: Plan, kaja: User, view: str) -> None:
    title = "Ø<script>alert(1)</script> " + "meget lang titel " * 15
    for number in range(2, 101):
        content = action(f"a{number:03d}", title=f"{number} {title}"[:290], lever=[fixed(WASTE, 1.0)])
        services.add_part(plan=plan, kind="action", content=content, by=kaja)
    answer = signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/?view={view}")
    assert b"<script>alert" not in answer.content
    shown = page(answer)
    assert "100 af 100 tiltag" in shown.one("main").text
    links = {link.attributes["href"] for link in shown.one("div", class_="plan-actions").all("a")}
    assert {f"/arbejde/plan/{plan.pk}/tiltag/a{number:03d}/" for number in range(2, 101)} <= links


def test_the_chart_is_drawn_in_both_languages_and_only_for_who_may_read(plan: Plan, kaja: User) -> None:
    for start, word in (("/arbejde", "Basisfremskrivning"), ("/en/work", "Baseline")):
        shown = page(signed_in(kaja).get(f"{start}/plan/{plan.pk}/"))
        source = shown.one("figure", id="figure-plan").one("img").attributes["src"]
        drawing = signed_in(kaja).get(source)
        assert drawing["Content-Type"] == "image/svg+xml"
        assert word in drawing.content.decode()
    assert signed_in(person("Ole", coordinator="koebenhavn")).get(source).status_code == 403


def test_what_each_action_contributes_is_drawn_told_and_in_a_table(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02", lever=[fixed(WASTE, 250.0)]), by=kaja)
    services.add_part(plan=plan, kind="action", content=action("a03", title="Kampagne"), by=kaja)
    client = signed_in(kaja)
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/")).one("figure", id="figure-wedges")
    drawn = client.get(shown.one("img").attributes["src"])
    assert drawn["Content-Type"] == "image/svg+xml"
    assert "1 Tiltag a01" in drawn.content.decode()
    assert shown.one("img").attributes["alt"].replace("\xa0", " ").startswith(
        "Hvad hvert tiltag ændrer i forhold til fremskrivningen. I 2050 i alt −1.250 ton CO2e. Størst er Tiltag a01: "
    )  # fmt: skip
    [year] = [row for row in shown.one("table").all("tr") if row.all("th") and row.all("th")[0].text == "2040"]
    assert [cell.text for cell in year.all("td")][1:3] == ["−1.000", "−250"]
    lis = signed_in(person("Nana", coordinator="koebenhavn"))
    assert lis.get(shown.one("img").attributes["src"]).status_code == 403


def test_a_plan_without_effect_has_no_wedges(kaja: User, plan: Plan) -> None:
    services.remove_part(part=plan.parts.get(kind="action", key="a01"), expected_version=1, by=kaja)
    assert page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/")).all("figure", id="figure-wedges") == []


@pytest.mark.parametrize(
    ("role", "links"), [("coordinator", True), ("department_contact", True), ("reader", False), ("action_owner", False)]
)
def test_the_links_stand_among_the_pages_for_those_who_may_send_them(plan: Plan, role: str, links: bool) -> None:
    shown = page(signed_in(person("Pia", **{role: "hvidovre"})).get(f"/arbejde/plan/{plan.pk}/"))
    tabs = [each.text for each in shown.one("nav", class_="plan-tabs").all("a")]
    assert ("Links til at melde fremdrift" in tabs) is links
    assert {"Forudsætninger", "Bilag", "Versioner"} <= set(tabs)
