"""Changes of what is one's own, and of departments, each carried out once for a key."""

from __future__ import annotations

from klimaplan.web.accounts import services as accounts
from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.digest import services as digest
from klimaplan.web.digest.models import Wish
from klimaplan.web.organisations.departments import services as departments
from klimaplan.web.organisations.models import Department
from klimaplan.web.plans.models import Comment
from klimaplan.web.plans.writes.services import once


@once
def change_profile(*, by: User, name: str, language: str, idempotency_key: str = "") -> User:
    """One's own name and language."""
    accounts.change_profile(by=by, name=name, language=language)
    return by


@once
def set_pace(*, by: User, pace: str, idempotency_key: str = "") -> Wish:
    """How often one wants a letter."""
    return digest.set_pace(by=by, pace=pace)


def put_aside(*, comment: Comment, by: User) -> None:
    """A comment that one was called to; twice is the same as once."""
    digest.put_aside(comment=comment, by=by)


@once
def rename_department(
    *, department: Department, name: str, by: User, why: str = "", idempotency_key: str = ""
) -> Department:
    """A department under another name."""
    return departments.rename_department(department=department, name=name, why=why, by=by)


@once
def place_contact(
    *, assignment: RoleAssignment, department: Department | None, by: User, idempotency_key: str = ""
) -> RoleAssignment:
    """Which department somebody is the contact of."""
    return departments.place_contact(assignment=assignment, department=department, by=by)
