"""The page of the departments of an organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, decide, require
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.departments import findings, selectors, services
from klimaplan.web.organisations.models import Department, Organisation


@dataclass(frozen=True, slots=True)
class Line:
    """A department with its contacts."""

    key: int
    name: str
    first: date | None
    last: date | None
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who is or could be the contact of a department."""

    key: int
    name: str
    department: int | None


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """Everything on the page."""

    slug: str
    name: str
    departments: tuple[Line, ...]
    closed: tuple[Line, ...]
    contacts: tuple[Contact, ...]
    may_edit: bool
    refused: tuple[str, ...] = ()
    typed: str = ""


def departments_page(
    user: User, organisation: Organisation, *, refused: tuple[str, ...] = (), typed: str = ""
) -> DepartmentsPage:
    """The page as it stands, or with what was typed and what is wrong with that.

    Raises
    ------
    NotAllowed
    """
    require(user, Permission.PEOPLE_READ, organisation=organisation)
    held = list(selectors.contacts(organisation))
    named: dict[int, list[str]] = {}
    for each in held:
        if each.department is not None:
            named.setdefault(each.department.pk, []).append(each.user.name)

    def line(each: Department) -> Line:
        return Line(each.pk, each.name, each.valid_from, each.valid_to, tuple(named.get(each.pk, ())))

    return DepartmentsPage(
        organisation.slug,
        organisation.name(language()),
        tuple(line(each) for each in selectors.open_departments(organisation)),
        tuple(line(each) for each in selectors.closed_departments(organisation)),
        tuple(Contact(each.pk, each.user.name, each.department and each.department.pk) for each in held),
        decide(user, Permission.ORGANISATION_EDIT, organisation=organisation).allowed,
        refused,
        typed,
    )


def act(user: User, organisation: Organisation, posted: Mapping[str, str]) -> tuple[str, ...]:
    """Do what the form asks for; what is wrong with it in the reader's language, nothing when it is done.

    Raises
    ------
    NotAllowed, UnknownCodeError
    """
    require(user, Permission.ORGANISATION_EDIT, organisation=organisation)
    key, name = posted.get("department", ""), posted.get("name", "")
    try:
        match posted.get("do", ""):
            case "add":
                services.add_department(organisation=organisation, name=name, by=user)
            case "rename":
                services.rename_department(department=selectors.department(organisation, key), name=name, by=user)
            case "close":
                services.close_department(department=selectors.department(organisation, key), by=user)
            case "place":
                _place(user, organisation, posted.get("contact", ""), key)
            case _:
                raise UnknownCodeError(findings.unknown(posted.get("do", "")))
    except UnknownCodeError:
        raise
    except InputError as refused:
        return tuple(finding.message(language()) for finding in refused.findings)
    return ()


def _place(user: User, organisation: Organisation, contact: str, key: str) -> None:
    held = next((each for each in selectors.contacts(organisation) if str(each.pk) == contact), None)
    if held is None:
        raise UnknownCodeError(findings.unknown(contact))
    department = selectors.department(organisation, key) if key else None
    services.place_contact(assignment=held, department=department, by=user)
