"""What can be done with departments: add, rename and close one, and say who is its contact."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, require
from klimaplan.web.audit.services import record
from klimaplan.web.organisations.departments import findings
from klimaplan.web.organisations.departments.selectors import CONTACT
from klimaplan.web.organisations.models import Department, Organisation

LONGEST_NAME = 120


@transaction.atomic
def add_department(*, organisation: Organisation, name: str, by: User, valid_from: date | None = None) -> Department:
    """A department from a day, today without one.

    Raises
    ------
    NotAllowed, InputError : the name cannot be used, or there is a department of that name
    """
    require(by, Permission.ORGANISATION_EDIT, organisation=organisation)
    made = Department(
        organisation=organisation, name=_clean(name), valid_from=valid_from or timezone.localdate(), valid_to=None
    )
    _save(made)
    _record(by, "department.added", made, after={"name": made.name, "from": made.valid_from})
    return made


@transaction.atomic
def rename_department(*, department: Department, name: str, by: User, why: str = "") -> Department:
    """The department under another name; the log keeps the old one.

    Raises
    ------
    NotAllowed, InputError
    """
    kept = _opened(department, by)
    before, kept.name = kept.name, _clean(name)
    if kept.name != before:
        _save(kept)
        _record(by, "department.renamed", kept, before={"name": before}, after={"name": kept.name}, why=why)
    return kept


@transaction.atomic
def close_department(*, department: Department, by: User, on: date | None = None, why: str = "") -> Department:
    """The last day of a department; who were its contacts can still be seen.

    Raises
    ------
    NotAllowed, InputError : the day is before the first
    """
    kept = _opened(department, by)
    # the last day counts, so what closes now was there yesterday, if it had begun by then
    last = on or max(timezone.localdate() - timedelta(1), kept.valid_from or date.min)
    if kept.valid_from is not None and last < kept.valid_from:
        raise InputError(findings.last_day_too_early())
    kept.valid_to = last
    _save(kept)
    _record(by, "department.closed", kept, after={"name": kept.name, "until": last}, why=why)
    return kept


@transaction.atomic
def place_contact(*, assignment: RoleAssignment, department: Department | None, by: User) -> RoleAssignment:
    """Say which department somebody is the contact of; None for none.

    Raises
    ------
    NotAllowed, InputError : the role is another one, or the department is closed or of another organisation
    """
    require(by, Permission.ORGANISATION_EDIT, organisation=assignment.organisation)
    if assignment.role != CONTACT:
        raise InputError(findings.no_contact(assignment.user.name))
    if department is not None:
        department = Department.objects.get(pk=department.pk)
        if department.organisation != assignment.organisation:
            raise InputError(findings.unknown(str(department.pk)))
        if department.valid_to is not None:
            raise InputError(findings.closed(department.name))
    before, assignment.department = assignment.department, department
    if before != department:
        assignment.save(update_fields=["department"])
        record(
            by=by, what="role.placed", object_kind="person", object_key=str(assignment.user.pk),
            before={"department": before and before.pk}, after={"department": department and department.pk},
            organisation=assignment.organisation.slug,
        )  # fmt: skip
    return assignment


def _opened(department: Department, by: User) -> Department:
    kept = Department.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=department.pk)
    require(by, Permission.ORGANISATION_EDIT, organisation=kept.organisation)
    if kept.valid_to is not None:
        raise InputError(findings.closed(kept.name))
    return kept


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise InputError(findings.name_not_usable(LONGEST_NAME))
    return name


def _save(department: Department) -> None:
    try:
        with transaction.atomic():
            department.save()
    except IntegrityError:
        raise InputError(findings.name_taken(department.name)) from None


def _record(
    by: User, what: str, department: Department, *, before: object = None, after: object = None, why: str = ""
) -> None:
    record(
        by=by, what=what, object_kind="department", object_key=str(department.pk), before=before, after=after, why=why,
        organisation=department.organisation.slug,
    )  # fmt: skip
