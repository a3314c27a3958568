"""Actions copied from another municipality's published plan: chosen on a page, with what they need and their origin."""

from __future__ import annotations

import pytest

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from web.plans.conftest import action, fixed
from web.reading import page
from web.workspace.conftest import WASTE, person, signed_in, the

pytestmark = pytest.mark.django_db

TONNES = {"name": "affald_ton", "value": 250.0, "unit": "t CO2e/yr", "source": "Værket"}
OWN = "I.1.1/oil"


@pytest.fixture
def neighbour(kaja: User) -> User:
    return person("Nana", coordinator="koebenhavn")


@pytest.fixture
def published(neighbour: User) -> PlanVersion:
    """Three actions of another municipality: one counts on a shared assumption, one on a stream only they have."""
    other = services.create_plan(
        organisation=organisations.organisation("koebenhavn"), title="Københavns klimaplan", by=neighbour
    )
    services.add_part(plan=other, kind="parameter", content=TONNES, by=neighbour)
    stream = {"ref": "I.1.1", "carrier": "oil", "tonnes": 100.0, "year": 2023,
              "source": "Egen opgørelse"}  # fmt: skip
    services.add_part(plan=other, kind="stream", content=stream, by=neighbour)
    ramp = fixed(WASTE, 1.0)["ramp"]
    half = {
        "kind": "reduce-activity",
        "stream": OWN,
        "share": {"value": 50.0, "unit": "%"},
        "source": "x",
        "ramp": ramp,
    }
    lever = fixed(WASTE, 1.0) | {"tonnes": "affald_ton"}
    for key, title, levers in (
        ("a01", "Mindre affald", [lever]), ("a02", "Mindre fyringsolie", [half]), ("a03", "Kampagne", []),
    ):  # fmt: skip
        content = action(key, title=title, **({"lever": levers} if levers else {}))
        services.add_part(plan=other, kind="action", content=content, by=neighbour)
    return services.publish_version(plan=other, by=neighbour, name="Vedtaget")


def path(plan: Plan, rest: str = "") -> str:
    return f"/arbejde/plan/{plan.pk}/kopier/{rest}"


def test_one_chooses_the_municipality_and_then_its_actions(plan: Plan, kaja: User, published: PlanVersion) -> None:
    client = signed_in(kaja)
    words = page(client.get(path(plan), {"text": "køben"})).one("main").text
    assert "Københavns klimaplan, version 1" in words
    assert "Ingen kommune" in page(client.get(path(plan), {"text": "hvidovre"})).one("main").text
    shown = page(client.get(path(plan, "koebenhavn/")))
    titles = [row.one("th").text for row in shown.all("tbody")[0].all("tr")]
    assert titles == ["Mindre affald", "Mindre fyringsolie", "Kampagne"]
    assert "−250" in shown.all("tbody")[0].all("tr")[0].text
    narrowed = page(client.get(path(plan, "koebenhavn/"), {"sector": "energy", "text": "affald"}))
    assert [row.one("th").text for row in narrowed.all("tbody")[0].all("tr")] == ["Mindre affald"]


def test_what_is_ticked_stays_so_while_one_looks_for_more(plan: Plan, kaja: User, published: PlanVersion) -> None:
    asked = {"do": "filter", "text": "kampagne", "key": ["a01"]}
    shown = page(signed_in(kaja).post(path(plan, "koebenhavn/"), asked))
    kept = [each.attributes for each in shown.all("input", name="key")]
    assert [(each["type"], each["value"]) for each in kept] == [("hidden", "a01"), ("checkbox", "a03")]
    every = page(signed_in(kaja).post(path(plan, "koebenhavn/"), {**asked, "do": "all"}))
    assert "2 valgt" in every.one("main").text


def test_a_copied_action_brings_its_assumption_and_says_where_it_is_from(
    plan: Plan, kaja: User, published: PlanVersion
) -> None:
    answer = signed_in(kaja).post(path(plan, "koebenhavn/"), {"do": "copy", "key": ["a01"]})
    made = the(plan, "a002")
    assert answer["Location"] == f"/arbejde/plan/{plan.pk}/tiltag/a002/"
    assert the(plan, "affald_ton", "parameter").content == TONNES
    figures = selectors.outcome(plan)
    assert figures.errors == ()
    assert figures.effect_in("a002", 2040) == pytest.approx(-250.0)
    words = page(signed_in(kaja).get(answer["Location"])).one("div", class_="origin").text
    assert "Kopieret fra København Kommune, version 1" in words
    assert "Forudsætningen affald_ton fulgte med." in words
    assert made.origin["sha256"] == published.sha256


def test_an_assumption_of_a_name_that_is_taken_comes_along_under_another(
    plan: Plan, kaja: User, published: PlanVersion
) -> None:
    mine = {**TONNES, "value": 10.0}
    services.add_part(plan=plan, kind="parameter", content=mine, by=kaja)
    services.copy_from_plan(plan=plan, version=published, keys=["a01"], by=kaja)
    assert the(plan, "affald_ton", "parameter").content == mine
    theirs = the(plan, "affald_ton_koebenhavn", "parameter").content
    assert theirs == {**TONNES, "name": "affald_ton_koebenhavn"}
    assert the(plan, "a002").content["lever"][0]["tonnes"] == "affald_ton_koebenhavn"
    assert selectors.outcome(plan).effect_in("a002", 2040) == pytest.approx(-250.0)
    words = page(signed_in(kaja).get(f"/arbejde/plan/{plan.pk}/tiltag/a002/")).one("div", class_="origin").text
    assert "fulgte med som affald_ton_koebenhavn" in words


def test_the_same_assumption_is_not_brought_twice(plan: Plan, kaja: User, published: PlanVersion) -> None:
    for _ in range(2):
        services.copy_from_plan(plan=plan, version=published, keys=["a01"], by=kaja)
    assert [part.key for part in selectors.parts(plan, "parameter")] == ["affald_ton"]


def test_an_action_on_a_stream_that_is_not_here_is_told_and_nothing_is_copied(
    plan: Plan, kaja: User, published: PlanVersion
) -> None:
    client, before = signed_in(kaja), PlanPart.objects.filter(plan=plan).count()
    answer = client.post(path(plan, "koebenhavn/"), {"do": "copy", "key": ["a01", "a02"]})
    assert answer.status_code == 422
    summary = page(answer).one("div", role="alert").text
    assert "Mindre fyringsolie" in summary
    assert "oil" in summary
    assert PlanPart.objects.filter(plan=plan).count() == before
    with pytest.raises(InputError):
        services.copy_from_plan(plan=plan, version=published, keys=["a02"], by=kaja)
    asked = {"do": "copy", "key": ["a02"], "leave_effect": "1"}
    assert client.post(path(plan, "koebenhavn/"), asked).status_code == 302
    assert the(plan, "a02").content == {"key": "a02", "title": "Mindre fyringsolie"}
    assert selectors.outcome(plan).errors == ()
    words = page(client.get(f"/arbejde/plan/{plan.pk}/tiltag/a02/")).one("div", class_="origin").text
    assert "Effekten kom ikke med" in words


def test_a_reader_copies_nothing(plan: Plan, published: PlanVersion) -> None:
    client = signed_in(person("Lis", reader="hvidovre"))
    assert "Kopiér de valgte" not in page(client.get(path(plan, "koebenhavn/"))).one("main").text
    assert client.post(path(plan, "koebenhavn/"), {"do": "copy", "key": ["a01"]}).status_code == 403
    assert not PlanPart.objects.filter(plan=plan, kind="parameter").exists()
