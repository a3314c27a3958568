"""People of an organisation, their roles and invitations; and the audit log."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query

from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.permissions import Permission, require
from klimaplan.web.api import changes, own_changes, selectors
from klimaplan.web.api.answers.mine import ContactSeen, Placing, Renaming
from klimaplan.web.api.answers.people import (
    DepartmentSeen,
    Ending,
    InvitationSeen,
    NewDepartment,
    NewInvitation,
    RoleSeen,
)
from klimaplan.web.api.answers.shapes import Listed
from klimaplan.web.api.answers.together import EventSeen
from klimaplan.web.api.door import who
from klimaplan.web.api.paging import USUAL, listed
from klimaplan.web.api.rooms import Cursor, Key, Limit, Once, Room, Slug
from klimaplan.web.api.tags import answered
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.departments import selectors as departments

room = Room("People and the log")

READ, WRITE = "people:read", "people:write"
Whose = Annotated[str, Query(max_length=60, pattern="^[a-z0-9-]*$", description="Only of this organisation")]
About = Annotated[
    str, Query(max_length=40, pattern="^[a-z_-]*$", description="Only of this kind", example="plan-action")
]


@room.list("/organisations/{slug}/people", Listed[RoleSeen], scope=READ, needs="people.read")
def list_people(request: HttpRequest, slug: Slug, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """Who holds which role in an organisation today."""
    organisation = organisations.organisation(slug)
    require(who(request), Permission.PEOPLE_READ, organisation=organisation)
    held = accounts.people_of(organisation, timezone.localdate())
    return listed(request, held, RoleSeen.of, cursor, limit)


@room.list("/organisations/{slug}/invitations", Listed[InvitationSeen], scope=READ, needs="people.invite")
def list_invitations(request: HttpRequest, slug: Slug, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The invitations that wait for an answer."""
    organisation = organisations.organisation(slug)
    require(who(request), Permission.PEOPLE_INVITE, organisation=organisation)
    found = accounts.open_invitations(organisation).select_related("organisation")
    return listed(request, found, InvitationSeen.of, cursor, limit)


@room.add("/organisations/{slug}/invitations", InvitationSeen, scope=WRITE, needs="people.invite")
def invite(request: HttpRequest, slug: Slug, given: NewInvitation, idempotency_key: Once = "") -> HttpResponse:
    """Offer somebody a role; the letter with the link goes to their address and nowhere else."""
    made = changes.invite(
        by=who(request), organisation=organisations.organisation(slug), idempotency_key=idempotency_key,
        site=f"{request.scheme}://{request.get_host()}", **given.model_dump(),
    )  # fmt: skip
    return answered(request, InvitationSeen.of(made), status=201)


@room.do(
    "/organisations/{slug}/invitations/{invitation_id}/withdraw", InvitationSeen, scope=WRITE, needs="people.invite"
)  # fmt: skip
def withdraw_invitation(
    request: HttpRequest, slug: Slug, invitation_id: Key, idempotency_key: Once = ""
) -> HttpResponse:
    """Make the link of an invitation stop working."""
    user = who(request)
    require(user, Permission.PEOPLE_INVITE, organisation=organisations.organisation(slug))
    made = accounts.invitation(slug, invitation_id)
    return answered(request, InvitationSeen.of(
        changes.withdraw(invitation=made, by=user, idempotency_key=idempotency_key)
    ))  # fmt: skip


@room.do("/organisations/{slug}/roles/{role_id}/end", RoleSeen, scope=WRITE, needs="people.invite")
def end_role(request: HttpRequest, slug: Slug, role_id: Key, given: Ending, idempotency_key: Once = "") -> HttpResponse:
    """The last day of a role; it stays in the list of roles the person has had."""
    user = who(request)
    require(user, Permission.PEOPLE_INVITE, organisation=organisations.organisation(slug))
    ended = changes.end_role(
        assignment=accounts.assignment(slug, role_id), on=given.on, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, RoleSeen.of(ended))


@room.list("/organisations/{slug}/departments", Listed[DepartmentSeen], scope=READ, needs="people.read")
def list_departments(request: HttpRequest, slug: Slug, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """The departments that an organisation has today."""
    organisation = organisations.organisation(slug)
    require(who(request), Permission.PEOPLE_READ, organisation=organisation)
    found = departments.open_departments(organisation).select_related("organisation")
    return listed(request, found, DepartmentSeen.of, cursor, limit)


@room.add("/organisations/{slug}/departments", DepartmentSeen, scope=WRITE, needs="organisation.edit")
def add_department(request: HttpRequest, slug: Slug, given: NewDepartment, idempotency_key: Once = "") -> HttpResponse:
    """A new department of an organisation."""
    made = changes.add_department(
        organisation=organisations.organisation(slug), by=who(request), idempotency_key=idempotency_key,
        **given.model_dump(),
    )  # fmt: skip
    return answered(request, DepartmentSeen.of(made), status=201)


@room.do(
    "/organisations/{slug}/departments/{department_id}/close", DepartmentSeen, scope=WRITE, needs="organisation.edit"
)  # fmt: skip
def close_department(
    request: HttpRequest, slug: Slug, department_id: Key, given: Ending, idempotency_key: Once = ""
) -> HttpResponse:
    """The last day of a department; what it owned stays."""
    user, organisation = who(request), organisations.organisation(slug)
    require(user, Permission.ORGANISATION_EDIT, organisation=organisation)
    closed = changes.close_department(
        department=departments.department(organisation, str(department_id)), on=given.on, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, DepartmentSeen.of(closed))


@room.do(
    "/organisations/{slug}/departments/{department_id}/rename", DepartmentSeen, scope=WRITE, needs="organisation.edit"
)  # fmt: skip
def rename_department(
    request: HttpRequest, slug: Slug, department_id: Key, given: Renaming, idempotency_key: Once = ""
) -> HttpResponse:
    """A department under another name; the log keeps the old one."""
    user, organisation = who(request), organisations.organisation(slug)
    require(user, Permission.ORGANISATION_EDIT, organisation=organisation)
    renamed = own_changes.rename_department(
        department=departments.department(organisation, str(department_id)), name=given.name, why=given.why, by=user,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return answered(request, DepartmentSeen.of(renamed))


@room.list("/organisations/{slug}/contacts", Listed[ContactSeen], scope=READ, needs="people.read")
def list_contacts(request: HttpRequest, slug: Slug, cursor: Cursor = "", limit: Limit = USUAL) -> HttpResponse:
    """Who is or could be the contact of a department today."""
    organisation = organisations.organisation(slug)
    require(who(request), Permission.PEOPLE_READ, organisation=organisation)
    return listed(request, departments.contacts(organisation), ContactSeen.of, cursor, limit)


@room.do("/organisations/{slug}/contacts/{role_id}/place", ContactSeen, scope=WRITE, needs="organisation.edit")
def place_contact(
    request: HttpRequest, slug: Slug, role_id: Key, given: Placing, idempotency_key: Once = ""
) -> HttpResponse:
    """Say which department somebody is the contact of."""
    user, organisation = who(request), organisations.organisation(slug)
    require(user, Permission.ORGANISATION_EDIT, organisation=organisation)
    wanted = given.department
    placed = own_changes.place_contact(
        assignment=selectors.contact(organisation, role_id), by=user, idempotency_key=idempotency_key,
        department=None if wanted is None else departments.department(organisation, str(wanted)),
    )  # fmt: skip
    return answered(request, ContactSeen.of(placed))


@room.list("/events", Listed[EventSeen], scope="audit:read", needs="audit.read")
def list_events(
    request: HttpRequest, organisation: Whose = "", object_kind: About = "", cursor: Cursor = "", limit: Limit = USUAL
) -> HttpResponse:
    """The audit log: who, when, what from, what to, and why; each event holds the hash of the one before."""
    found = selectors.events(who(request), organisation=organisation, object_kind=object_kind)
    return listed(request, found, EventSeen.of, cursor, limit)
