"""Who keeps an action up to date: named on its page, seen on *My work*, and nobody else among the action owners."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.plans import selectors, services
from klimaplan.web.plans.models import Plan, Responsibility
from web.plans.conftest import action
from web.reading import page
from web.workspace.conftest import person, signed_in, the

pytestmark = pytest.mark.django_db


def address(plan: Plan, key: str = "a01") -> str:
    return f"/arbejde/plan/{plan.pk}/tiltag/{key}/"


@pytest.fixture
def ivan(plan: Plan) -> User:
    return person("Ivan", action_owner="hvidovre")


def kept_by(plan: Plan, key: str = "a01") -> list[str]:
    return [each.user.name for each in selectors.responsible_for(the(plan, key))]


def test_the_coordinator_names_somebody_and_takes_them_off_on_the_page(plan: Plan, kaja: User, ivan: User) -> None:
    client = signed_in(kaja)
    asked = page(client.get(address(plan)))
    choice = asked.one("select", id="responsible-person")
    # those who report progress in the municipality, and nobody else
    person("Lis", reader="hvidovre")
    person("Ole", action_owner="koebenhavn")
    offered = page(client.get(address(plan))).one("select", id="responsible-person").all("option")
    assert [each.text for each in offered] == ["Vælg", "Ivan", "Kaja"]
    where = asked.one("form", id=choice.attributes["form"]).attributes["action"]
    assert client.post(where, {"person": str(ivan.pk)})["Location"] == address(plan)
    assert kept_by(plan) == ["Ivan"]
    shown = page(client.get(address(plan)))
    [off] = shown.all("button", name="off")
    assert off.text == "Fjern : Ivan"
    client.post(where, {"off": off.attributes["value"]})
    assert kept_by(plan) == []
    told = Event.objects.filter(what__startswith="plan.action-").order_by("seq")
    assert [(each.what, each.object_key, each.by_label, each.before or each.after) for each in told] == [
        ("plan.action-assigned", f"{plan.pk}/a01", "Kaja", {"person": ivan.pk}),
        ("plan.action-unassigned", f"{plan.pk}/a01", "Kaja", {"person": ivan.pk}),
    ]


def test_nobody_is_named_by_who_does_not_write_the_plan_nor_anybody_outside(plan: Plan, kaja: User, ivan: User) -> None:
    where = f"{address(plan)}hvem/"
    for other in (ivan, person("Lis", reader="hvidovre"), person("Ole", coordinator="koebenhavn")):
        assert signed_in(other).post(where, {"person": str(ivan.pk)}).status_code == 403
    for nobody in ("", "0", "x", str(person("Per", reader="hvidovre").pk)):
        assert signed_in(kaja).post(where, {"person": nobody}).status_code == 422
    with pytest.raises(InputError, match="does not report progress"):
        services.assign_action(part=the(plan, "a01"), user=person("Eva", reader="hvidovre"), by=kaja)
    assert not Responsibility.objects.exists()


def test_naming_somebody_twice_changes_nothing(plan: Plan, kaja: User, ivan: User) -> None:
    for _ in range(2):
        services.assign_action(part=the(plan, "a01"), user=ivan, by=kaja)
    assert Responsibility.objects.count() == 1
    assert Event.objects.filter(what="plan.action-assigned").count() == 1


def test_an_action_owner_sees_their_own_actions_at_work_and_reports_on_no_other(
    plan: Plan, kaja: User, ivan: User
) -> None:
    services.add_part(plan=plan, kind="action", content=action("a02"), by=kaja)
    client = signed_in(ivan)
    assert not page(client.get("/arbejde/")).all("h2", id="actions")
    services.assign_action(part=the(plan, "a01"), user=ivan, by=kaja)
    shown = page(client.get("/arbejde/")).one("section", **{"aria-labelledby": "actions"})
    assert [link.attributes["href"] for link in shown.all("a")] == [address(plan)]
    may_save = [bool(page(client.get(address(plan, key))).all("button", value="save")) for key in ("a01", "a02")]
    assert may_save == [True, False]
    refused = client.post(address(plan, "a02"), {"do": "save", "version": "1", "progress": "done"})
    assert refused.status_code == 403
    assert the(plan, "a02").version == 1


def test_who_no_longer_has_the_role_reports_on_nothing_and_is_marked(plan: Plan, kaja: User, ivan: User) -> None:
    services.assign_action(part=the(plan, "a01"), user=ivan, by=kaja)
    RoleAssignment.objects.filter(user=ivan).update(valid_to=timezone.localdate() - timedelta(1))
    RoleAssignment.objects.create(user=ivan, role="reader", organisation=plan.organisation, valid_from=date(2024, 1, 1))
    with pytest.raises(NotAllowed):
        services.change_part(
            part=the(plan, "a01"), content={**the(plan, "a01").content, "progress": "done"}, expected_version=1, by=ivan
        )
    shown = page(signed_in(kaja).get(address(plan))).one("section", **{"aria-labelledby": "responsible-title"})
    assert "Ivan har ikke længere rollen" in shown.text
    assert not page(signed_in(ivan).get("/arbejde/")).all("h2", id="actions")


def test_a_variant_and_a_copy_at_home_are_kept_up_to_date_by_the_same_people(
    plan: Plan, kaja: User, ivan: User
) -> None:
    services.assign_action(part=the(plan, "a01"), user=ivan, by=kaja)
    published = services.publish_version(plan=plan, by=kaja)
    variant = services.create_variant(plan=plan, title="Variant", by=kaja)
    [copied] = services.copy_from_plan(plan=plan, version=published, keys=["a01"], by=kaja)
    assert (kept_by(variant), kept_by(plan, copied.key)) == (["Ivan"], ["Ivan"])
    ole = person("Ole", coordinator="koebenhavn")
    other = services.create_plan(organisation=ole.roles.get().organisation, title="Anden", by=ole)
    [abroad] = services.copy_from_plan(plan=other, version=published, keys=["a01"], by=ole)
    assert kept_by(other, abroad.key) == []
