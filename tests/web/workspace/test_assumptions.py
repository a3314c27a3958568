"""Shared assumptions, own figures, supply and drivers: their forms, what is wrong with them, and who uses them."""

from __future__ import annotations

from typing import Any

import pytest

from klimaplan.web.accounts.models import User
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.workspace.assumptions import figures
from web.plans.conftest import action, fixed
from web.reading import page
from web.workspace.conftest import WASTE, person, signed_in, the, typed_in

pytestmark = pytest.mark.django_db

PAGE = "/arbejde/plan/{}/forudsaetninger/"


def new(plan: Plan, kind: str) -> str:
    return f"/arbejde/plan/{plan.pk}/ny/{kind}/"


def part(plan: Plan, kind: str, key: str) -> str:
    return f"/arbejde/plan/{plan.pk}/del/{kind}/{key}/"


NAMED = {"name": "el_pris", "unit": "t CO2e/yr", "source": "Notat"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"distribution": "fixed", "value": "1.250,5"}, {"value": 1250.5}),
        ({"distribution": "triangular", "low": "1", "central": "2", "high": "4"},
         {"low": 1.0, "central": 2.0, "high": 4.0}),
        ({"distribution": "pert", "low": "1", "central": "2", "high": "4"},
         {"distribution": {"kind": "pert", "low": 1.0, "central": 2.0, "high": 4.0}}),
        ({"distribution": "normal", "mean": "0,3", "sd": "0,05"},
         {"distribution": {"kind": "normal", "mean": 0.3, "sd": 0.05}}),
        ({"distribution": "lognormal", "median": "3", "spread": "1,5"},
         {"distribution": {"kind": "lognormal", "median": 3.0, "spread": 1.5}}),
        ({"distribution": "uniform", "low": "1", "high": "2", "central": "bliver ikke læst"},
         {"distribution": {"kind": "uniform", "low": 1.0, "high": 2.0}}),
        ({"distribution": "discrete", "values": "1; 2", "probabilities": "0,25; 0,75"},
         {"distribution": {"kind": "discrete", "values": [1.0, 2.0], "probabilities": [0.25, 0.75]}}),
    ],
)  # fmt: skip
def test_every_distribution_has_fields_of_its_own_and_comes_back_as_it_was(
    plan: Plan, kaja: User, typed: dict[str, str], stored: dict[str, Any]
) -> None:
    client = signed_in(kaja)
    answer = client.post(new(plan, "parameter"), {**NAMED, **typed})
    assert answer["Location"] == PAGE.format(plan.pk)
    assert the(plan, "el_pris", "parameter").content == {**NAMED, **stored}
    shown = typed_in(client.get(part(plan, "parameter", "el_pris")))
    assert {name: shown[name] for name in typed if "læst" not in typed[name] and name != "value"} == {
        name: [text] for name, text in typed.items() if "læst" not in text and name != "value"
    }  # fmt: skip
    client.post(part(plan, "parameter", "el_pris"), shown)
    assert the(plan, "el_pris", "parameter").version == 1  # nothing was changed, so nothing is written


def test_the_list_tells_a_number_in_one_line(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    for name, typed in (
        ("fast", {"distribution": "fixed", "value": "1250,5"}),
        ("pert", {"distribution": "pert", "low": "4", "central": "7", "high": "11"}),
        ("udfald", {"distribution": "discrete", "values": "1; 2", "probabilities": "0,25; 0,75"}),
    ):
        client.post(new(plan, "parameter"), {**NAMED, "name": name, **typed})
    told = [each.one("dl").text for each in page(client.get(PAGE.format(plan.pk))).all("article", class_="part")]
    assert "Tallet 1250,5" in told[0]
    assert "Tallet PERT: lav 4, central 7, høj 11" in told[1]
    assert "Tallet Diskret: værdier 1; 2, sandsynligheder 0,25; 0,75" in told[2]


def test_choosing_another_distribution_leaves_no_figure_of_the_first(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    client.post(
        new(plan, "parameter"), {**NAMED, "distribution": "triangular", "low": "1", "central": "2", "high": "4"}
    )
    shown = typed_in(client.get(part(plan, "parameter", "el_pris")), distribution="normal", mean="2", sd="0,5")
    client.post(part(plan, "parameter", "el_pris"), shown)
    assert the(plan, "el_pris", "parameter").content == {
        **NAMED, "distribution": {"kind": "normal", "mean": 2.0, "sd": 0.5}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"distribution": "normal", "mean": "2"}, {"sd"}),
        ({"distribution": "triangular", "low": "5", "central": "2", "high": "4"}, {"low"}),
        ({"distribution": "normal", "mean": "2", "sd": "-1"}, {"mean"}),
        ({"distribution": "discrete", "values": "1; 2", "probabilities": "0,5; 0,6"}, {"values"}),
        ({"distribution": "fixed", "value": "mange"}, {"value"}),
        ({"distribution": "fixed", "value": "", "source": ""}, {"value", "source"}),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    plan: Plan, kaja: User, typed: dict[str, str], fields: set[str]
) -> None:
    answer = signed_in(kaja).post(new(plan, "parameter"), {**NAMED, **typed})
    assert answer.status_code == 422
    shown = page(answer)
    links = shown.one("div", role="alert").all("a")
    assert {each.attributes["href"] for each in links} == {f"#f-{name}" for name in fields}
    assert "autofocus" in shown.one("div", role="alert").attributes
    assert shown.one("input", name="name").attributes["value"] == "el_pris"
    assert not PlanPart.objects.filter(plan=plan, kind="parameter").exists()


def test_an_assumption_names_the_actions_that_use_it_and_they_lead_to_it(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="parameter", content={**NAMED, "value": 300.0}, by=kaja)
    lever = fixed(WASTE, 1.0) | {"tonnes": "el_pris"}
    services.add_part(plan=plan, kind="action", content=action("a02", lever=[lever]), by=kaja)
    client = signed_in(kaja)
    used = page(client.get(PAGE.format(plan.pk))).one("p", class_="used-by")
    assert used.text == "Bruges af: Tiltag a02"
    beside = page(client.get(f"/arbejde/plan/{plan.pk}/tiltag/a02/")).one("section", aria_labelledby="counts-on")
    assert [each.attributes["href"] for each in beside.all("a")] == [part(plan, "parameter", "el_pris")]
    assert page(client.get(f"/arbejde/plan/{plan.pk}/tiltag/a01/")).all("section", aria_labelledby="counts-on") == []
    assert selectors.outcome(plan).effect_in("a02", 2040) == pytest.approx(-300.0)
    shown = typed_in(client.get(part(plan, "parameter", "el_pris")), value="400")
    assert "name" not in shown  # actions know it by that
    client.post(part(plan, "parameter", "el_pris"), shown)
    assert selectors.outcome(plan).effect_in("a02", 2040) == pytest.approx(-400.0)


def test_a_driver_ticks_its_streams_and_says_how_far_it_may_be_off(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    typed = {"name": "affald", "streams": [WASTE], "distribution": "x", "size.distribution": "triangular",
             "size.low": "-0,1", "size.central": "0", "size.high": "0,2", "source": "Skøn"}  # fmt: skip
    assert client.post(new(plan, "driver"), typed).status_code == 302
    assert the(plan, "affald", "driver").content == {
        "name": "affald", "streams": [WASTE], "size": {"low": -0.1, "central": 0.0, "high": 0.2}, "source": "Skøn",
    }  # fmt: skip
    assert selectors.outcome(plan).errors == ()
    client.post(part(plan, "driver", "affald"), typed_in(client.get(part(plan, "driver", "affald"))))
    assert the(plan, "affald", "driver").version == 1
    assert page(client.get(PAGE.format(plan.pk))).one("p", class_="used-by").text == "Bruges af: Tiltag a01"


def test_own_figures_and_supply_have_forms(plan: Plan, kaja: User) -> None:
    client = signed_in(kaja)
    own = {"ref": "I.4.4", "carrier": "waste_incineration", "tonnes": "12.000", "year": "2023", "source": "Værket"}
    assert client.post(new(plan, "stream"), own).status_code == 302
    assert the(plan, WASTE, "stream").content == {**own, "tonnes": 12000.0, "year": 2023}
    supply = {"stream": WASTE, "unit": "t CO2e/TJ", "factors": "2025: 40; 2030: 20,5", "source": "Værket"}
    assert client.post(new(plan, "supply"), supply).status_code == 302
    assert the(plan, WASTE, "supply").content["factors"] == {"2025": 40.0, "2030": 20.5}


def test_a_reader_sees_the_assumptions_and_changes_none(plan: Plan, kaja: User) -> None:
    services.add_part(plan=plan, kind="parameter", content={**NAMED, "value": 300.0}, by=kaja)
    client = signed_in(person("Lis", reader="hvidovre"))
    assert "el_pris" in page(client.get(PAGE.format(plan.pk))).one("main").text
    assert client.post(new(plan, "parameter"), {**NAMED, "name": "x", "value": "1"}).status_code == 403
    assert client.post(part(plan, "parameter", "el_pris"), {**NAMED, "value": "1", "version": "1"}).status_code == 403


def test_the_form_has_the_figures_of_every_distribution_there_is() -> None:
    from klimaplan.domain.uncertainty import distributions

    assert set(figures.OF_KIND) == set(distributions.KINDS)
