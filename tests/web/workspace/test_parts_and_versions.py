"""The other parts, the library, versions and the workbook on their pages."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from klimaplan.sources.plan_files import PlanFile
from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.exchange.base import base_of
from klimaplan.web.plans.exchange.bridge import workbook
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.stored import Piece
from web.reading import page, rows
from web.workspace.conftest import person, signed_in, the, typed_in

pytestmark = pytest.mark.django_db


def test_a_measure_of_the_library_asks_for_its_amount_and_becomes_an_action(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    library = f"/arbejde/plan/{plan.pk}/bibliotek/"
    measures = [
        link for link in page(client.get(library)).one("main").all("a") if "/bibliotek/" in link.attributes["href"]
    ]
    assert len(measures) == 46
    empty = client.post(f"{library}afforestation/", {"variant": "afforestation", "title": "Ny skov"})
    assert empty.status_code == 422
    shown = page(empty)
    assert shown.one("input", id="f-title").attributes["value"] == "Ny skov"
    assert shown.all("p", id="f-start-error")
    given = {"title": "Ny skov", "amounts.hectares": "12,5", "start": "2027", "source": "Skovplan"}
    made = client.post(f"{library}afforestation/", given)
    assert made.status_code == 302
    part = the(plan, "a002")
    assert part.content["amounts"] == {"hectares": 12.5}
    assert part.content["ramp"]["start"] == 2027
    assert part.origin == {"measure": "afforestation"}


@pytest.mark.parametrize(
    ("kind", "given", "stored"),
    [
        ("target", {"year": "2040", "sectors": "total", "base_year": "1990", "base_tonnes": "200.000",
                    "reduction_pct": "82,5", "source": "Byrådet"},
         {"year": 2040, "base_year": 1990, "base_tonnes": 200000.0, "reduction_pct": 82.5, "source": "Byrådet"}),
        ("vision", {"text": "Grøn by", "year": "2050"}, {"text": "Grøn by", "year": 2050}),
        ("commitment", {"text": "Vi vil", "by": "Byrådet", "on": "2026-03-14"},
         {"text": "Vi vil", "by": "Byrådet", "on": "2026-03-14"}),
        ("hazard", {"hazard": "storm-surge", "priority": "1", "probability_now": "medium", "consequence_now": "high"},
         {"hazard": "storm-surge", "priority": True, "probability_now": "medium", "consequence_now": "high"}),
        ("adaptation_goal", {"title": "Tørre kældre", "hazards": ["storm-surge"], "horizon": "medium", "year": "2035"},
         {"title": "Tørre kældre", "hazards": ["storm-surge"], "horizon": "medium", "year": 2035}),
        ("answer", {"action": "a01", "hazards": ["storm-surge"]}, {"action": "a01", "hazards": ["storm-surge"]}),
    ],
)  # fmt: skip
def test_a_part_is_written_read_again_and_not_changed_by_saving(
    plan: Plan, kaja: User, kind: str, given: dict[str, object], stored: dict[str, object]
) -> None:
    client = signed_in(kaja)
    known = {each.key for each in selectors.parts(plan, kind)}
    assert client.post(f"/arbejde/plan/{plan.pk}/ny/{kind}/", given).status_code == 302
    [part] = [each for each in selectors.parts(plan, kind) if each.key not in known]
    assert part.content == stored
    where = f"/arbejde/plan/{plan.pk}/del/{kind}/{part.key}/"
    assert client.post(where, typed_in(client.get(where))).status_code == 302
    assert the(plan, part.key, kind).version == 1
    assert client.post(where, {"do": "remove", "version": "1"}).status_code == 302
    assert the(plan, part.key, kind).removed


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("milestone", {"title": "Aftale underskrevet", "due": "2027-06-01"}),
        ("budget_line", {"title": "Anlæg", "year": "2027", "kind": "capex", "amount_dkk": "1.250.000"}),
        ("co_benefit", {"benefit": "Mindre støj", "direction": "gain", "who": ["everyone", "children"]}),
    ],
)
def test_what_hangs_on_an_action_is_added_from_its_page(
    plan: Plan, kaja: User, kind: str, given: dict[str, object]
) -> None:
    client = signed_in(kaja)
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/tiltag/a01/"))
    [link] = [each.attributes["href"] for each in shown.all("a") if f"/ny/{kind}/" in each.attributes.get("href", "")]
    form = client.get(link)
    assert typed_in(form)["action"] == ["a01"]
    made = client.post(link, typed_in(form, **given))
    assert made["Location"] == f"/arbejde/plan/{plan.pk}/tiltag/a01/"
    [part] = selectors.parts(plan, kind)
    assert part.content["action"] == "a01"
    listed = page(client.get(made["Location"])).one("section", aria_labelledby="beside").text
    assert next(str(value) for value in given.values()) in listed


def test_the_plan_is_renamed_and_stays_of_its_municipality(plan: Plan, kaja: User) -> None:
    client, where = signed_in(kaja), f"/arbejde/plan/{plan.pk}/del/head/plan/"
    assert client.post(where, typed_in(client.get(where), title="Ny titel", price_year="2025")).status_code == 302
    assert the(plan, "plan", "head").content == {"municipality": "167", "title": "Ny titel", "price_year": 2025}
    assert "Ny titel" in page(client.get("/arbejde/")).one("main").text


def test_who_only_reads_is_offered_no_button_that_changes(plan: Plan) -> None:
    client = signed_in(person("Lis", reader="hvidovre"))
    for path in (
        "bibliotek/",
        "bibliotek/afforestation/",
        "maal/",
        "klimatilpasning/",
        "versioner/",
        "del/target/2030/total/",
    ):
        shown = page(client.get(f"/arbejde/plan/{plan.pk}/{path}")).one("main")
        assert not [
            each for each in shown.all("button") if each.attributes.get("value") in {"add", "own", "save", "name"}
        ]
    for path in ("bibliotek/", "bibliotek/afforestation/", "ny/target/", "versioner/"):
        given = {"do": "name", "name": "x", "title": "x", "amounts.hectares": "1", "start": "2027", "source": "x",
                 "year": "2040", "level": "5"}  # fmt: skip
        assert client.post(f"/arbejde/plan/{plan.pk}/{path}", given).status_code == 403
    assert len(selectors.parts(plan, "action")) == len(selectors.parts(plan, "target")) == 1


def test_a_target_without_a_source_is_refused_beside_the_field(plan: Plan, kaja: User) -> None:
    answer = signed_in(kaja).post(f"/arbejde/plan/{plan.pk}/ny/target/", {"year": "2040", "level": "mange"})
    assert answer.status_code == 422
    shown = page(answer)
    assert {each.attributes["id"] for each in shown.all("p", class_="form-error-message")} == {
        "f-level-error", "f-source-error",
    }  # fmt: skip
    assert typed_in(answer)["level"] == ["mange"]


def test_two_versions_differ_in_words_and_by_a_thousand_tonnes(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    where = f"/arbejde/plan/{plan.pk}/versioner/"
    assert client.post(where, {"do": "name", "name": ""}).status_code == 422
    assert client.post(where, {"do": "name", "name": "Til høring"}).status_code == 302
    action = f"/arbejde/plan/{plan.pk}/tiltag/a01/"
    client.post(action, typed_in(client.get(action), owner="Teknik", **{"lever.1.tonnes": "2000"}))
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/sammenlign/?first=1&second=now"))
    assert "1.000" in shown.one("p", class_="lead").text
    figures = rows(shown.all("table")[0])
    assert figures["Udledning i 2030, ton CO2e"][2] == "−1.000"
    assert figures["Manko i 2030, ton CO2e"][2] == "−1.000"
    changes = shown.one("section", aria_labelledby="words").text
    assert "Ansvarlig" in changes
    assert "Teknik" in changes
    client.post(f"/arbejde/plan/{plan.pk}/versioner/gaa-tilbage/1/")
    assert the(plan, "a01").content["owner"] == "Natur"


def test_a_plan_with_errors_cannot_be_published_and_says_what_to_mend(plan: Plan, kaja: User) -> None:
    part = the(plan, "a01")
    wrong = {**part.content, "lever": [{**part.content["lever"][0], "stream": "I.1.1/nothing"}]}
    services.change_part(part=part, content=wrong, expected_version=1, by=kaja)
    client, where = signed_in(kaja), f"/arbejde/plan/{plan.pk}/versioner/"
    words = page(client.get(where)).one("section", aria_labelledby="publish").text
    assert "kan ikke offentliggøres" in words
    assert client.post(where, {"do": "publish"}).status_code == 422
    assert not PlanVersion.objects.filter(plan=plan, state="published").exists()
    services.change_part(part=the(plan, "a01"), content=part.content, expected_version=2, by=kaja)
    assert client.post(where, {"do": "publish", "name": "Vedtaget"}).status_code == 302
    assert PlanVersion.objects.get(plan=plan, state="published").name == "Vedtaget"
    assert signed_in(person("Ivan", action_owner="hvidovre")).post(where, {"do": "publish"}).status_code == 403


def test_a_variant_is_tried_out_beside_the_plan(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    made = client.post(f"/arbejde/plan/{plan.pk}/versioner/", {"do": "variant", "name": "Uden affald"})
    variant = Plan.objects.get(variant_of=plan)
    assert made["Location"] == f"/arbejde/plan/{variant.pk}/" or made["Location"].endswith(f"/plan/{variant.pk}/")
    client.post(f"/arbejde/plan/{variant.pk}/tiltag/a01/", {"do": "remove", "version": "1"})
    shown = page(client.get(f"/arbejde/plan/{plan.pk}/sammenlign/?first=now&second=v{variant.pk}"))
    assert rows(shown.all("table")[0])["Udledning i 2030, ton CO2e"][2] == "+1.000"


def test_a_workbook_that_comes_back_is_shown_before_anything_changes(plan: Plan, kaja: User, karl: User) -> None:
    client, where = signed_in(kaja), f"/arbejde/plan/{plan.pk}/regneark/"
    file = client.post(f"{where}fil/")
    assert file["Content-Disposition"] == 'attachment; filename="klimaplan-hvidovre.xlsx"'
    base = base_of(file.content)
    data = selectors.document(plan).model_dump(mode="json", exclude_defaults=True)
    data["action"][0] |= {"owner": "Byg", "title": "Nyt navn"}
    data["action"].append({"key": "a02", "title": "Fra regnearket"})
    content = workbook(PlanFile.model_validate(data), "167", "da", base=base or "")
    part = the(plan, "a01")
    services.change_part(part=part, content={**part.content, "owner": "Teknik"}, expected_version=1, by=karl)
    seen = client.post(where, {"file": SimpleUploadedFile("plan.xlsx", content)})
    words = page(seen).one("main").text
    assert "Ændret begge steder: vælg" in words
    assert "Fra regnearket" in words
    assert the(plan, "a01").version == 2
    values = typed_in_workbook(seen)
    refused = client.post(where, {**values, "do": "apply"})
    assert refused.status_code == 422
    assert not selectors.parts(plan, "action", text="Fra regnearket")
    chosen = {**typed_in_workbook(refused), "do": "apply", "choice|action|a01|owner": "mine"}
    assert client.post(where, chosen).status_code == 302
    content_now = the(plan, "a01").content
    assert (content_now["owner"], content_now["title"]) == ("Byg", "Nyt navn")
    assert the(plan, "a02").content["title"] == "Fra regnearket"


def test_a_hazard_of_the_workbook_is_told_by_its_word(plan: Plan, kaja: User) -> None:
    client, where = signed_in(kaja), f"/arbejde/plan/{plan.pk}/regneark/"
    base = base_of(client.post(f"{where}fil/").content)
    hazards = [Piece("hazard", "cloudburst", {"hazard": "cloudburst", "probability_now": "high"})]
    content = workbook(selectors.document(plan), "167", "da", base=base or "", pieces=hazards)
    seen = client.post(where, {"file": SimpleUploadedFile("plan.xlsx", content)})
    words = page(seen).one("main").text
    assert "Klimafare: Skybrud" in words
    assert "Sandsynlighed nu" in words
    assert client.post(where, {**typed_in_workbook(seen), "do": "apply"}).status_code == 302
    assert selectors.part(plan, "hazard", "cloudburst").content["probability_now"] == "high"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"a" * 2_000_000, json.dumps({}).encode()])
def test_what_is_no_workbook_is_refused_on_the_page(plan: Plan, kaja: User, content: bytes) -> None:
    answer = signed_in(kaja).post(
        f"/arbejde/plan/{plan.pk}/regneark/", {"file": SimpleUploadedFile("plan.xlsx", content)}
    )
    assert answer.status_code == 422
    assert "Intet er gemt" in page(answer).one("div", class_="form-summary").text


def typed_in_workbook(answer: object) -> dict[str, str]:
    """What the form of the differences carries."""
    form = page(answer).one("form", class_="merge")  # type: ignore[arg-type]
    hidden = form.all("input", type="hidden")
    return {
        each.attributes["name"]: each.attributes["value"]
        for each in hidden
        if each.attributes["name"] != "csrfmiddlewaretoken"
    }
