"""Departments: added, renamed and closed by who may, with their contacts, and in the log with what they were called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations.departments import selectors, services
from klimaplan.web.organisations.models import Department
from klimaplan.web.organisations.selectors import organisation
from web.reading import page

Make = Callable[..., User]
WHERE = "/personer/hvidovre/afdelinger/"


def names() -> list[str]:
    return [each.name for each in selectors.open_departments(organisation("hvidovre"))]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def said(response: HttpResponse) -> str:
    return page(response).one("main").text


def test_a_coordinator_adds_renames_and_closes_a_department_and_the_log_knows(person: Make) -> None:
    client = signed_in(person("Kaja", coordinator="hvidovre"))
    assert client.post(WHERE, {"do": "add", "name": "  Vej  og park "})["Location"] == WHERE
    key = str(Department.objects.get().pk)
    client.post(WHERE, {"do": "rename", "department": key, "name": "Teknik og miljø"})
    assert names() == ["Teknik og miljø"]
    # it was there until yesterday; the day it began stands in the row, so it is set back for that
    Department.objects.update(valid_from=date(2025, 1, 1))
    client.post(WHERE, {"do": "close", "department": key})
    assert names() == []
    assert Department.objects.get().valid_to == timezone.localdate() - timedelta(1)
    assert "Teknik og miljø 1. januar 2025 til" in said(client.get(WHERE))
    told = Event.objects.filter(object_kind="department").order_by("seq")
    assert [(each.what, each.before, each.after["name"]) for each in told] == [
        ("department.added", None, "Vej og park"),
        ("department.renamed", {"name": "Vej og park"}, "Teknik og miljø"),
        ("department.closed", None, "Teknik og miljø"),
    ]
    assert set(Event.objects.filter(object_kind="department").values_list("organisation", "by_label")) == {
        ("hvidovre", "Kaja")
    }


def test_the_name_of_a_closed_department_may_come_again_and_that_of_an_open_one_not(person: Make) -> None:
    by, hvidovre = person("Kaja", coordinator="hvidovre"), organisation("hvidovre")
    first = services.add_department(organisation=hvidovre, name="Natur", by=by)
    with pytest.raises(InputError, match="of that name already"):
        services.add_department(organisation=hvidovre, name="Natur", by=by)
    services.close_department(department=first, by=by, on=timezone.localdate())
    again = services.add_department(organisation=hvidovre, name="Natur", by=by)
    assert again.pk != first.pk
    with pytest.raises(InputError, match="is closed"):
        services.rename_department(department=first, name="Vej", by=by)
    with pytest.raises(InputError, match="before the first"):
        services.close_department(department=again, by=by, on=timezone.localdate() - timedelta(1))


@pytest.mark.parametrize("name", ["", "   ", "x" * 121, "a\x00b"])
def test_a_name_that_cannot_be_used_is_refused_and_kept_in_the_field(person: Make, name: str) -> None:
    answer = signed_in(person("Kaja", coordinator="hvidovre")).post(WHERE, {"do": "add", "name": name})
    assert answer.status_code == 422
    assert "Navnet skal have 1 til 120 tegn." in said(answer)
    assert not Department.objects.exists()


@pytest.mark.parametrize(
    ("roles", "reads"),
    [
        ({"action_owner": "hvidovre"}, 200), ({"reader": "hvidovre"}, 403), ({"coordinator": "koebenhavn"}, 403),
        ({"dgo_lead": "dgo-hovedstaden"}, 403), ({}, 403),
    ],
)  # fmt: skip
def test_who_may_not_change_them_changes_nothing(person: Make, roles: dict[str, str], reads: int) -> None:
    by = person("Kaja", coordinator="hvidovre")
    there = services.add_department(organisation=organisation("hvidovre"), name="Natur", by=by)
    client = signed_in(person("Other", **roles))
    assert client.get(WHERE).status_code == reads
    for form in (
        {"do": "add", "name": "Vej"}, {"do": "rename", "department": there.pk, "name": "Vej"},
        {"do": "close", "department": there.pk}, {"do": "place", "contact": "1"},
    ):  # fmt: skip
        assert client.post(WHERE, form).status_code == 403
    assert names() == ["Natur"]
    assert Event.objects.filter(object_kind="department").count() == 1


def test_a_department_of_another_municipality_is_not_reached_under_ones_own(person: Make) -> None:
    other = services.add_department(
        organisation=organisation("koebenhavn"), name="Natur", by=person("Ole", coordinator="koebenhavn")
    )
    client = signed_in(person("Kaja", coordinator="hvidovre"))
    for key in (str(other.pk), "0", "x", ""):
        assert client.post(WHERE, {"do": "rename", "department": key, "name": "Vej"}).status_code == 404
    assert Department.objects.get().name == "Natur"


def test_a_contact_belongs_to_a_department_and_it_stands_beside_the_role(person: Make) -> None:
    kaja, kit = person("Kaja", coordinator="hvidovre"), person("Kit", department_contact="hvidovre")
    there = services.add_department(organisation=organisation("hvidovre"), name="Natur", by=kaja)
    held = RoleAssignment.objects.get(user=kit)
    client = signed_in(kaja)
    client.post(WHERE, {"do": "place", "contact": str(held.pk), "department": str(there.pk)})
    assert "Kit , Kontakt i afdelingen (Natur)" in said(client.get("/personer/hvidovre/"))
    assert "Natur Kit" in said(client.get(WHERE))
    client.post(WHERE, {"do": "place", "contact": str(held.pk), "department": ""})
    assert "(Natur)" not in said(client.get("/personer/hvidovre/"))
    told = Event.objects.filter(what="role.placed").order_by("seq").values_list("before", "after")
    assert list(told) == [
        ({"department": None}, {"department": there.pk}), ({"department": there.pk}, {"department": None}),
    ]  # fmt: skip


def test_nobody_is_placed_who_is_no_contact_nor_in_a_department_of_others(person: Make) -> None:
    kaja = person("Kaja", coordinator="hvidovre")
    kit, lis = person("Kit", department_contact="hvidovre"), person("Lis", reader="hvidovre")
    ole = person("Ole", coordinator="koebenhavn")
    other = services.add_department(organisation=organisation("koebenhavn"), name="Natur", by=ole)
    with pytest.raises(InputError, match="no such department"):
        services.place_contact(assignment=RoleAssignment.objects.get(user=kit), department=other, by=kaja)
    with pytest.raises(InputError, match="does not hold the role"):
        services.place_contact(assignment=RoleAssignment.objects.get(user=lis), department=None, by=kaja)
    with pytest.raises(NotAllowed):
        services.place_contact(assignment=RoleAssignment.objects.get(user=kit), department=None, by=ole)
