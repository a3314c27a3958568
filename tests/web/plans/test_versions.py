"""Versions: frozen for good, told apart in words and numbers, and brought back."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from klimaplan.domain.errors import InputError, Text
from klimaplan.web.accounts.models import User
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, PlanVersion
from klimaplan.web.plans.results.comparing import Change
from web.plans.conftest import action, fixed

pytestmark = pytest.mark.django_db

WASTE = "I.4.4/waste_incineration"


def add(plan: Plan, by: User, kind: str = "action", **content: Any) -> Any:
    return services.add_part(plan=plan, kind=kind, content=content, by=by)


def test_a_version_is_the_whole_plan_under_the_digest_of_its_canonical_json(plan: Plan, kaja: User) -> None:
    add(plan, kaja, "vision", text="Grøn by")
    version = services.name_version(plan=plan, name="Til høring", by=kaja)
    expected = {
        "format": "klimaplan-stored-plan/1",
        "parts": [
            {"kind": "head", "key": "plan", "content": {"municipality": "167", "title": "Klimaplan for Hvidovre"}},
            {"kind": "vision", "key": "vision-1", "content": {"text": "Grøn by"}},
        ],
    }
    assert version.content == expected
    written = json.dumps(expected, sort_keys=True, separators=(",", ":"))
    assert version.sha256 == hashlib.sha256(written.encode()).hexdigest()
    assert (version.number, version.state, version.name, version.created_by) == (1, "named", "Til høring", kaja)
    assert selectors.is_intact(version)


def test_publishing_freezes_a_version_and_leaves_a_draft(plan: Plan, kaja: User) -> None:
    add(plan, kaja, **action(lever=[fixed(WASTE, 10.0)]))
    version = services.publish_version(plan=plan, by=kaja, name="2026", why="Vedtaget i byrådet")
    plan.refresh_from_db()
    assert (version.state, plan.state) == ("published", "draft")
    event = Event.objects.last()
    assert event is not None
    assert (event.what, event.why, event.after["sha256"]) == ("plan.published", "Vedtaget i byrådet", version.sha256)
    assert [each.number for each in selectors.published_versions(plan.organisation)] == [1]


def test_a_plan_with_errors_is_not_published(plan: Plan, kaja: User) -> None:
    add(plan, kaja, **action(lever=[fixed("II.1.1/flying_carpets", 5.0)]))
    with pytest.raises(InputError) as refused:
        services.publish_version(plan=plan, by=kaja)
    assert [each.code for each in refused.value.findings] == ["unknown-stream"]
    assert not PlanVersion.objects.filter(plan=plan).exists()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_a_version_without_a_usable_name_is_refused(name: str, plan: Plan, kaja: User) -> None:
    with pytest.raises(InputError, match="1 to 120"):
        services.name_version(plan=plan, name=name, by=kaja)


STATEMENTS = (
    "UPDATE plans_planversion SET content = '{}' WHERE id = %s",
    "UPDATE plans_planversion SET state = 'draft' WHERE id = %s",
    "UPDATE plans_planversion SET name = 'x', at = CURRENT_TIMESTAMP WHERE id = %s",
    "DELETE FROM plans_planversion WHERE id = %s",
)


@pytest.mark.parametrize("state", ["named", "published"])
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses_to_change_a_version(statement: str, state: str, plan: Plan, kaja: User) -> None:
    if state == "published":
        version = services.publish_version(plan=plan, by=kaja)
    else:
        version = services.name_version(plan=plan, name="Kladde", by=kaja)
    before = PlanVersion.objects.filter(pk=version.pk).values().get()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [version.pk])
    assert PlanVersion.objects.filter(pk=version.pk).values().get() == before


def test_no_way_through_the_models_changes_a_version(plan: Plan, kaja: User) -> None:
    version = services.publish_version(plan=plan, by=kaja)
    for change in (
        lambda: PlanVersion.objects.filter(pk=version.pk).update(name="x"),
        version.save,
        lambda: PlanVersion.objects.filter(pk=version.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
def test_a_version_is_not_replaced_either(plan: Plan, kaja: User) -> None:
    version = services.publish_version(plan=plan, by=kaja)
    columns = "plan_id, number, name, state, content, sha256, at"
    for wanted in (f"id, {columns}", columns):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO plans_planversion ({wanted}) SELECT {wanted} FROM plans_planversion"
                " WHERE id = %s", [version.pk],
            )  # fmt: skip
    assert PlanVersion.objects.get(pk=version.pk).sha256 == version.sha256


def test_going_back_makes_the_plan_say_what_it_said(plan: Plan, kaja: User) -> None:
    first = add(plan, kaja, **action(owner="A"))
    second = add(plan, kaja, **action("a02"))
    version = services.name_version(plan=plan, name="Før", by=kaja)
    services.change_part(part=first, content=action(owner="B"), expected_version=1, by=kaja)
    services.remove_part(part=second, expected_version=1, by=kaja)
    add(plan, kaja, **action("a03"))
    services.restore_version(version=version, by=kaja, why="Fortrudt")
    now = services.name_version(plan=plan, name="Efter", by=kaja)
    assert now.sha256 == version.sha256
    assert [(part.key, part.content.get("owner")) for part in selectors.parts(plan, "action")] == [
        ("a01", "A"), ("a02", None),
    ]  # fmt: skip
    # what it said in between is among the versions, and what was removed can be brought back
    between = selectors.versions(kaja, plan, drafts=True).get(state="draft")
    assert {each["key"] for each in between.content["parts"]} == {"plan", "a01", "a03"}
    assert [part.key for part in selectors.parts(plan, "action", removed=True)] == ["a03"]


def test_what_differs_is_told_in_words_and_in_numbers(plan: Plan, kaja: User) -> None:
    """1000 t from 2025 to 2030 become 600 t, another action with 200 t comes, and one goes."""
    money = {"capex_dkk": 100_000.0, "price_year": 2025}
    part = add(plan, kaja, **action(lever=[fixed(WASTE, 1000.0)], owner="Natur", resources=money))
    gone = add(plan, kaja, **action("a02", resources={"capex_dkk": 50_000.0, "price_year": 2025}))
    before = services.name_version(plan=plan, name="Før", by=kaja)
    services.change_part(
        part=part, expected_version=1, by=kaja,
        content=action(lever=[fixed(WASTE, 600.0)], owner="Vej", resources={**money, "capex_dkk": 80_000.0}),
    )  # fmt: skip
    services.remove_part(part=gone, expected_version=1, by=kaja)
    add(
        plan,
        kaja,
        **action(
            "a03",
            lever=[fixed("II.5.1/agricultural_machinery", 200.0)],
            resources={"opex_dkk": 5.0, "price_year": 2026},
        ),
    )
    told = selectors.compare(before, plan)
    assert [(part.key, part.change) for part in told.parts] == [
        ("a01", Change.CHANGED), ("a02", Change.REMOVED), ("a03", Change.ADDED),
    ]  # fmt: skip
    assert {field.name: (field.before, field.after) for field in told.parts[0].fields} == {
        "owner": ("Natur", "Vej"),
        "resources.capex_dkk": (100_000.0, 80_000.0),
        "lever.1": (fixed(WASTE, 1000.0), fixed(WASTE, 600.0)),
    }
    assert told.words[0].da.startswith("Tiltag a01, Tiltag a01: ")
    assert Text("Tiltag a01, Tiltag a01: Ansvarlig: \"Natur\" → \"Vej\".",
                "Action a01, Tiltag a01: Owner: \"Natur\" → \"Vej\".") in told.words  # fmt: skip
    assert Text("Tiltag a02, Tiltag a02: er fjernet.", "Action a02, Tiltag a02: was removed.") in told.words
    # without the plan nothing moved: 400 t more from the incineration, 200 t less from the machines
    assert told.pathway[2030].difference == pytest.approx(400.0 - 200.0, abs=1e-6)
    assert told.effects["a01"][2030].first == pytest.approx(-1000.0, abs=1e-6)
    assert told.effects["a01"][2030].second == pytest.approx(-600.0, abs=1e-6)
    assert told.effects["a03"][2030].first is None
    assert told.effects["a03"][2030].difference is None
    in_2025, in_2026 = told.costs
    assert (in_2025.price_year, in_2025.capex.first, in_2025.capex.second) == (2025, 150_000.0, 80_000.0)
    assert (in_2025.named_first, in_2025.named_second, in_2025.opex.first) == (2, 1, None)
    assert (in_2026.price_year, in_2026.capex.second, in_2026.opex.second) == (2026, None, 5.0)


def test_a_plan_does_not_differ_from_itself(plan: Plan, kaja: User) -> None:
    add(plan, kaja, **action(lever=[fixed(WASTE, 1000.0)]))
    told = selectors.compare(services.name_version(plan=plan, name="Nu", by=kaja), plan)
    assert (told.parts, told.words, told.pathway[2050].difference) == ((), (), 0.0)


def test_a_variant_is_tried_out_beside_the_plan(plan: Plan, kaja: User) -> None:
    add(plan, kaja, **action(lever=[fixed(WASTE, 1000.0)]))
    one = services.create_variant(plan=plan, title="Mindre affald", by=kaja)
    two = services.create_variant(plan=one, title="Mere affald", by=kaja)
    assert list(selectors.variants_of(two)) == [one, two]
    assert {each.variant_of for each in (one, two)} == {plan}
    cut = selectors.part(one, "action", "a01")
    services.change_part(part=cut, content=action(lever=[fixed(WASTE, 3000.0)]), expected_version=1, by=kaja)
    assert selectors.compare(two, one).pathway[2030].difference == pytest.approx(-2000.0, abs=1e-6)
    assert selectors.part(plan, "action", "a01").content["lever"][0]["tonnes"] == 1000.0
    with pytest.raises(InputError, match="cannot be published"):
        services.publish_version(plan=one, by=kaja)


def test_a_measure_of_the_library_needs_no_more_than_how_much(plan: Plan, kaja: User) -> None:
    part = services.add_from_library(
        plan=plan, slug="cycling", amounts={"share": {"value": 10, "unit": "%"}}, start=2026, source="Vejplan", by=kaja
    )
    assert (part.key, part.content["template"], part.origin) == ("a001", "cycling", {"measure": "cycling"})
    figures = selectors.outcome(plan)
    assert figures.errors == ()
    effect = figures.effect_in("a001", 2040)
    assert effect is not None
    assert effect < 0.0
    for amounts, start, code in (
        ({}, 2026, "amount-absent"),
        ({"share": 0.1, "bikes": 2}, 2026, "amount-unknown"),
        ({"share": 0.1}, None, "ramp-absent"),
    ):
        with pytest.raises(InputError) as refused:
            services.add_from_library(plan=plan, slug="cycling", amounts=amounts, start=start, by=kaja)
        assert [each.code for each in refused.value.findings] == [code]


def test_a_published_action_is_copied_with_its_origin_and_without_what_is_only_theirs(
    plan: Plan, kaja: User, people: Any
) -> None:
    other = services.create_plan(
        organisation=organisations.organisation("koebenhavn"), title="Københavns plan", by=people.neighbour
    )
    content = action(
        lever=[fixed(WASTE, 10.0)], owner="Teknik", progress="done", decision={"by": "BR"}, indicator="biler",
        known={"observed": {"2025": 3.0}}, resources={"capex_dkk": 5.0, "price_year": 2025},
    )  # fmt: skip
    add(other, people.neighbour, **content)
    legal = {"action": "a01", "kind": "legal", "description": "Loven"}
    services.add_part(plan=other, kind="barrier", content=legal, by=people.neighbour)
    add(other, people.neighbour, "milestone", action="a01", title="Klar", due="2027-01-01")
    draft = services.name_version(plan=other, name="Kladde", by=people.neighbour)
    with pytest.raises(InputError, match="not published"):
        services.copy_from_plan(plan=plan, version=draft, keys=["a01"], by=kaja)
    version = services.publish_version(plan=other, by=people.neighbour)
    with pytest.raises(InputError) as refused:
        services.copy_from_plan(plan=plan, version=version, keys=["a01", "a98", "a99"], by=kaja)
    assert [each.place for each in refused.value.findings] == ["a98", "a99"]
    add(plan, kaja, **action())
    [copied] = services.copy_from_plan(plan=plan, version=version, keys=["a01"], by=kaja)
    assert copied.content == action(
        "a002", title="Tiltag a01", lever=[fixed(WASTE, 10.0)], indicator="biler",
        resources={"capex_dkk": 5.0, "price_year": 2025},
    )  # fmt: skip
    assert {name: copied.origin[name] for name in ("organisation", "version", "sha256", "key")} == {
        "organisation": "koebenhavn", "version": version.number, "sha256": version.sha256, "key": "a01",
    }  # fmt: skip
    assert {kind: len(found) for kind, found in selectors.beside(plan, "a002").items()} == {"barrier": 1}
