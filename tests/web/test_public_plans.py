"""The pages of a published plan: what they say, what they never say, and that they follow what is published."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from klimaplan.sources.plan_files import read_plan
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.results import bridge
from klimaplan.web.plans.results import selectors as results
from web.addresses import at
from web.plans.conftest import action, fixed
from web.reading import numbers, page
from web.test_api_contract import one_connection, opened  # noqa: F401  # a request must not end the connection

WASTE = "I.4.4/waste_incineration"
CODE = "167"
SECRET = "kim.hemmelig@hvidovre.example"


@pytest.fixture(autouse=True)
def figures_forgotten(afresh: None) -> Iterator[None]:
    results.forget()
    yield
    results.forget()


@pytest.fixture
def kaja(site: Client) -> User:
    user = User.objects.create(email="kaja@hvidovre.example", name="Kaja Koordinator")
    RoleAssignment.objects.create(
        user=user, role="coordinator", organisation=organisations.organisation("hvidovre"), valid_from=date(2024, 1, 1)
    )
    return user


@pytest.fixture
def plan(kaja: User) -> Plan:
    """One action of 1000 t from 2030, one without a figure, a target for 2030, and much that is internal."""
    made = plans.create_plan(organisation=organisations.organisation("hvidovre"), title="Klimaplan Hvidovre", by=kaja)

    def add(part: str, **content: object) -> None:
        plans.add_part(plan=made, kind=part, content=content, by=kaja)

    add("target", year=2030, level=50_000.0, source="Byrådet")
    add("action", **action(
        lever=[fixed(WASTE, 1000.0)], title="Mindre plast i affaldet", description="Skoler sorterer selv.",
        owner=f"Affald, {SECRET}", progress="under-way",
    ))  # fmt: skip
    add("action", **action("a02", title="Klimaråd"))
    add("vision", text="Et grønt Hvidovre.")
    add("barrier", action="a01", kind="political", description="Intern barriere")
    add("staff", action="a01", department="Intern afdeling", fte=2.5)
    add("milestone", action="a01", title="Spande på alle skoler", due="2027-06-01", owner=SECRET)
    plans.comment(plan=made, text="Intern kommentar", by=kaja)
    return made


@pytest.fixture
def published(plan: Plan, kaja: User) -> PlanVersion:
    version = plans.publish_version(plan=plan, by=kaja, name="Vedtaget")
    plans.add_part(plan=plan, kind="action", content=action("a03", title="Kladde efter udgivelsen"), by=kaja)
    return version


def addresses() -> list[tuple[str, str]]:
    return [
        (language, at(language, name, CODE, *more))
        for language in ("da", "en")
        for name, more in (
            ("public-plan", ()), ("public-plan-action", ("a01",)), ("public-plan-download", ("toml",)),
            ("public-plan-download", ("json",)), ("public-plan-download", ("xlsx",)), ("municipality", ()),
        )
    ]  # fmt: skip


def test_before_anything_is_published_there_is_nothing(site: Client, plan: Plan) -> None:
    for _, path in addresses():
        if "download" in path or "plan/" in path:
            assert site.get(path).status_code == 404
    assert "Klimaplan Hvidovre" not in site.get(at("da", "municipality", CODE)).content.decode()
    assert site.get(f"/api/v1/municipalities/{CODE}/plan").status_code == 404


def test_a_plan_says_where_it_lands(site: Client, published: PlanVersion) -> None:
    """1000 t less than the baseline, of which the page of the municipality knows nothing."""
    answer = site.get(f"/api/v1/municipalities/{CODE}/plan").json()
    at_2030 = answer["years"].index(2030)
    baseline = answer["baseline"]["total"][at_2030]
    [target] = answer["targets"]
    assert target["allowed"] == 50_000.0
    assert target["planned"] == pytest.approx(baseline - 1000.0)
    assert target["manko"] == pytest.approx(baseline - 51_000.0)
    effect = dict(zip(answer["years"], answer["actions"][0]["effect"], strict=True))
    assert effect[2030] == pytest.approx(-1000.0)
    assert effect[2050] == pytest.approx(-1000.0)
    assert answer["actions"][1]["effect"] is None

    shown = page(site.get(at("en", "public-plan", CODE)))
    assert shown.one("h1").text == "Klimaplan Hvidovre"
    lead = shown.one("p", class_="lead").text
    assert lead.startswith("With the plan, Hvidovre emits ")
    assert "more than the target of at most 50,000\N{NO-BREAK SPACE}t CO2e." in lead
    [first, second] = [row.text for row in shown.one("table", class_="plan-actions").all("tbody")[0].all("tr")]
    assert first == "Mindre plast i affaldet \N{MINUS SIGN}1,000 \N{MINUS SIGN}1,000 Energy under way"
    assert second == "Klimaråd not computed not computed not computed idea"
    assert "The target allows" in numbers(shown)


def test_the_page_of_an_action_is_plain(site: Client, published: PlanVersion) -> None:
    shown = page(site.get(at("da", "public-plan-action", CODE, "a01")))
    assert shown.one("h1").text == "Mindre plast i affaldet"
    assert shown.one("p", class_="lead").text == (
        "Tiltaget ventes at mindske udledningen med 1.000\N{NO-BREAK SPACE}ton CO2e i 2030."
    )
    text = shown.one("main").text
    assert "Skoler sorterer selv." in text
    assert "Spande på alle skoler, senest 1.6.2027" in text
    assert "Affald, [e-mail]" in text
    nothing = page(site.get(at("da", "public-plan-action", CODE, "a02")))
    assert nothing.all("p", class_="number-value") == []
    assert site.get(at("da", "public-plan-action", CODE, "a03")).status_code == 404


def test_nothing_internal_is_ever_shown(site: Client, published: PlanVersion) -> None:
    inside = [
        SECRET, "kaja@hvidovre.example", "Kaja Koordinator", "Intern barriere", "Intern afdeling", "Intern kommentar",
        "Kladde efter udgivelsen",
    ]  # fmt: skip
    answers = [site.get(path) for _, path in addresses()] + [site.get(f"/api/v1/municipalities/{CODE}/plan")]
    for answer in answers:
        assert answer.status_code == 200
        body = answer.content
        if answer["Content-Type"].startswith("application/vnd"):
            with zipfile.ZipFile(BytesIO(body)) as book:
                body = b"".join(book.read(name) for name in book.namelist())
                assert "Mindre plast i affaldet" in body.decode()
        for each in inside:
            assert each not in body.decode(), (answer.request["PATH_INFO"], each)


def test_version_day_and_fingerprint_are_shown(site: Client, published: PlanVersion) -> None:
    for _, path in addresses()[:2]:
        text = page(site.get(path)).one("main").text
        assert published.sha256 in text
        assert "1, Vedtaget" in text


def test_the_files_are_plan_files(site: Client, published: PlanVersion) -> None:
    toml = tomllib.loads(site.get(at("da", "public-plan-download", CODE, "toml")).content.decode())
    record = json.loads(site.get(at("da", "public-plan-download", CODE, "json")).content)
    for data in (toml, record):
        assert data["plan"]["title"] == "Klimaplan Hvidovre"
        assert [each["key"] for each in data["action"]] == ["a01", "a02"]
        assert data["action"][0]["lever"][0]["tonnes"] == 1000.0
    answer = site.get(at("da", "public-plan-download", CODE, "xlsx"))
    assert 'filename="klimaplan-167-v1.xlsx"' in answer["Content-Disposition"]
    assert zipfile.ZipFile(BytesIO(answer.content)).testzip() is None
    assert site.get(at("da", "public-plan-download", CODE, "exe")).status_code == 404


def test_a_downloaded_file_can_be_computed(site: Client, published: PlanVersion, tmp_path: object) -> None:
    from klimaplan.web.inventories import selectors as inventories

    toml = site.get(at("da", "public-plan-download", CODE, "toml")).content
    snapshot = inventories.current_snapshot()
    assert snapshot is not None
    found = read_plan(toml, "plan.toml", bridge.ground_of(snapshot.pk))
    assert found.plan is not None
    assert found.plan.title == "Klimaplan Hvidovre"


def test_a_new_version_is_shown_at_once(site: Client, plan: Plan, kaja: User) -> None:
    page_of_municipality = at("da", "municipality", CODE)
    assert "Klimaplan Hvidovre" not in site.get(page_of_municipality).content.decode()
    plans.publish_version(plan=plan, by=kaja)
    assert "Klimaplan Hvidovre" in site.get(page_of_municipality).content.decode()
    path = at("da", "public-plan", CODE)
    first = site.get(path)
    plans.add_part(plan=plan, kind="action", content=action("a04", title="Cykelstier"), by=kaja)
    assert site.get(path).content == first.content
    second = plans.publish_version(plan=plan, by=kaja)
    text = site.get(path).content.decode()
    assert "Cykelstier" in text
    assert second.sha256 in text


def test_a_kept_page_costs_almost_nothing_and_asks_nobody(site: Client, published: PlanVersion) -> None:
    path = at("da", "public-plan", CODE)
    assert not site.get(path).cookies
    with CaptureQueriesContext(connection) as asked:
        site.get(path)
    assert len(asked) <= 5
    assert not [each for each in asked.captured_queries if "session" in each["sql"]]


def invented(slug: str, at_moment: datetime) -> PlanVersion:
    """A published plan of the demonstration with nothing but its head."""
    municipality = organisations.organisation(slug)
    made = Plan.objects.create(organisation=municipality, title="Opdigtet plan", demo=True, created_at=at_moment)
    head = {"municipality": municipality.code, "title": "Opdigtet plan", "demo": True}
    content = {"format": "klimaplan-stored-plan/1", "parts": [{"kind": "head", "key": "plan", "content": head}]}
    return PlanVersion.objects.create(
        plan=made, number=1, state="published", content=content, sha256=hashlib.sha256(b"x").hexdigest(), at=at_moment
    )


def test_a_real_plan_stands_before_an_invented_one(site: Client, plan: Plan, kaja: User) -> None:
    invented("hvidovre", plan.created_at)
    assert page(site.get(at("da", "public-plan", CODE))).one("h1").text == "Opdigtet plan"
    plans.publish_version(plan=plan, by=kaja)
    shown = page(site.get(at("da", "public-plan", CODE)))
    assert shown.one("h1").text == "Klimaplan Hvidovre"
    assert not shown.all("div", class_="plan-demo")


def test_an_invented_plan_says_so_everywhere(site: Client, published: PlanVersion) -> None:
    municipality = invented("dragoer", published.at).plan.organisation
    shown = page(site.get(at("da", "public-plan", municipality.code)))
    [banner] = shown.all("div", class_="plan-demo")
    assert "opdigtet" in banner.text
    assert shown.all("div", class_="is-demo-plan")
    chart = shown.one("figure", id="figure-plan-pathway").one("img").attributes["src"]
    assert "DEMO" in site.get(chart).content.decode()
    assert site.get(f"/api/v1/municipalities/{municipality.code}/plan").json()["demo"] is True
    teaser = page(site.get(at("da", "municipality", municipality.code))).one("section", aria_labelledby="plan-title")
    assert teaser.all("span", class_="badge-demo")
    download = site.get(at("da", "public-plan-download", municipality.code, "toml"))
    assert "-demo.toml" in download["Content-Disposition"]
    assert tomllib.loads(download.content.decode())["plan"]["demo"] is True


def test_a_hundred_actions_with_long_names_are_all_there(site: Client, plan: Plan, kaja: User) -> None:
    for number in range(3, 101):
        title = (
            f"{number} Klimatilpasningsforanstaltningskoordineringsudvalgets anbefalinger om spildevand og <b>regn</b>"
        )
        plans.add_part(plan=plan, kind="action", content=action(f"a{number:02}", title=title), by=kaja)
    plans.publish_version(plan=plan, by=kaja)
    shown = page(site.get(at("da", "public-plan", CODE)))
    rows = shown.one("table", class_="plan-actions").all("tbody")[0].all("tr")
    assert len(rows) == 100
    assert "<b>regn</b>" in rows[99].text
    assert "100 tiltag" in shown.one("h2", id="actions").text


def test_charts_are_drawn_with_words(site: Client, published: PlanVersion) -> None:
    shown = page(site.get(at("en", "public-plan", CODE)))
    for name in ("pathway", "effects"):
        figure = shown.one("figure", id=f"figure-plan-{name}")
        answer = site.get(figure.one("img").attributes["src"])
        assert answer["Content-Type"] == "image/svg+xml"
        assert "immutable" in answer["Cache-Control"]
        assert re.search(r"<desc>.+</desc>", answer.content.decode(), re.DOTALL)
    effects = shown.one("figure", id="figure-plan-effects").one("img").attributes["alt"]
    assert "Mindre plast i affaldet: \N{MINUS SIGN}1,000\N{NO-BREAK SPACE}t CO2e" in effects
    assert site.get(f"/plan-chart/x/{CODE}/nothing/wide.svg").status_code == 404
    old = site.get(f"/plan-chart/older/{CODE}/pathway/wide.svg")
    assert "immutable" not in old["Cache-Control"]


def test_another_name_leads_to_the_one_address(site: Client, published: PlanVersion) -> None:
    assert site.get("/kommune/hvidovre/klimaplan/")["Location"] == at("da", "public-plan", CODE)


def test_the_answer_keeps_to_the_description(site: Client, published: PlanVersion) -> None:
    """The same check as for all of the API, with a plan behind it."""
    operation = opened["/api/v1/municipalities/{code}/plan"]["GET"]
    case = operation.Case(path_parameters={"code": CODE})
    answer = case.call(headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    case.validate_response(answer)
