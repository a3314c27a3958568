"""Reading the departments of an organisation."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from klimaplan.domain.errors import UnknownCodeError
from klimaplan.web.accounts.models import RoleAssignment
from klimaplan.web.organisations.departments import findings
from klimaplan.web.organisations.models import Department, Organisation
from klimaplan.web.organisations.selectors import on_day

CONTACT = "department_contact"


def open_departments(organisation: Organisation) -> QuerySet[Department]:
    """Those there are today, by name."""
    return Department.objects.filter(on_day(timezone.localdate()), organisation=organisation).order_by("name", "pk")


def closed_departments(organisation: Organisation) -> QuerySet[Department]:
    """Those there were, latest first."""
    there = Department.objects.filter(organisation=organisation, valid_to__lt=timezone.localdate())
    return there.order_by("-valid_to", "name", "pk")


def department(organisation: Organisation, key: str) -> Department:
    """One of an organisation by its number; `UnknownCodeError` where there is none."""
    found = Department.objects.filter(organisation=organisation, pk=int(key)).first() if key.isdecimal() else None
    if found is None:
        raise UnknownCodeError(findings.unknown(key))
    return found


def contacts(organisation: Organisation) -> QuerySet[RoleAssignment]:
    """Who holds the role of a department contact today, by name."""
    held = RoleAssignment.objects.filter(on_day(timezone.localdate()), organisation=organisation, role=CONTACT)
    return held.select_related("user", "department", "organisation").order_by("user__name", "pk")
