"""Changes that the API asks for in one go: of a plan as it was seen, and of people, each carried out once for a key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from klimaplan.web.accounts import letters
from klimaplan.web.accounts import services as accounts
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission
from klimaplan.web.api import findings
from klimaplan.web.api.refusals import PlanChanged
from klimaplan.web.organisations.departments import services as departments
from klimaplan.web.organisations.models import Department, Organisation
from klimaplan.web.plans import services as plans
from klimaplan.web.plans.models import Plan, PlanPart, PlanVersion
from klimaplan.web.plans.writes.services import locked, may, once
from klimaplan.web.progress import services as progress
from klimaplan.web.progress.models import LinkGrant


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link and its token; None where the same key was used before, because the token is kept nowhere."""

    grant: LinkGrant
    token: str | None


@once
def publish(
    *, plan: Plan, expected_revision: int, by: User, name: str = "", why: str = "", idempotency_key: str = ""
) -> PlanVersion:  # fmt: skip
    """Publish the plan exactly as it was seen."""
    _as_seen(plan, expected_revision, by, Permission.PLAN_PUBLISH)
    return plans.publish_version(plan=plan, by=by, name=name, why=why)


@once
def restore_version(
    *, version: PlanVersion, expected_revision: int, by: User, why: str = "", idempotency_key: str = ""
) -> Plan:  # fmt: skip
    """Go back to a version from the plan as it was seen."""
    _as_seen(version.plan, expected_revision, by, Permission.PLAN_EDIT)
    return plans.restore_version(version=version, by=by, why=why)


@once
def reorder(
    *, plan: Plan, kind: str, keys: Sequence[str], expected_revision: int, by: User, why: str = "",
    idempotency_key: str = "",
) -> tuple[PlanPart, ...]:  # fmt: skip
    """Another order of the parts of a kind of the plan as it was seen."""
    _as_seen(plan, expected_revision, by, Permission.PLAN_EDIT)
    return plans.reorder(plan=plan, kind=kind, keys=keys, by=by, why=why)


@once
def apply_file(
    *, plan: Plan, content: bytes, expected_revision: int, by: User, why: str = "", idempotency_key: str = ""
) -> Plan:
    """Take over what a plan file says into the plan as it was seen; parts that it does not name stay."""
    _as_seen(plan, expected_revision, by, Permission.PLAN_EDIT)
    return plans.apply_workbook(
        plan=plan, content=content, name="plan.json", by=by, expected_revision=expected_revision, why=why
    )


@once
def invite(  # what an invitation is made of
    *, by: User, email: str, role: str, organisation: Organisation, language: str,
    site: str, idempotency_key: str = "",
) -> Invitation:  # fmt: skip
    """Offer a role by a letter, which goes out when the offer is kept.

    Parameters
    ----------
    site : the address that the one of the letter begins with
    """
    made = accounts.invite(by=by, email=email, role=role, organisation=organisation, language=language)
    with override(language):
        letter = letters.invitation(made.invitation, site + reverse("invitation", args=[made.token]))
    transaction.on_commit(letter.send)
    return made.invitation


@once
def withdraw(*, invitation: Invitation, by: User, idempotency_key: str = "") -> Invitation:
    """Take an invitation back."""
    accounts.withdraw_invitation(by=by, invitation=invitation)
    invitation.refresh_from_db()
    return invitation


@once
def end_role(
    *, assignment: RoleAssignment, by: User, on: date | None = None, why: str = "", idempotency_key: str = ""
) -> RoleAssignment:
    """The last day of a role."""
    return accounts.end_role(by=by, assignment=assignment, on=on, why=why)


@once
def add_department(
    *, organisation: Organisation, name: str, by: User, valid_from: date | None = None, idempotency_key: str = ""
) -> Department:
    """A department of an organisation."""
    return departments.add_department(organisation=organisation, name=name, valid_from=valid_from, by=by)


@once
def close_department(
    *, department: Department, by: User, on: date | None = None, why: str = "", idempotency_key: str = ""
) -> Department:
    """The last day of a department."""
    return departments.close_department(department=department, on=on, why=why, by=by)


def make_link(  # what a link is made of
    *, plan: Plan, action: str, recipient: str, days: int, language: str, by: User, idempotency_key: str = ""
) -> MadeLink:
    """A link with which somebody reports on an action; its token is answered the first time only."""
    told: list[str] = []

    def made_link(
        *, plan: Plan, action: str, recipient: str, days: int, language: str, by: User, idempotency_key: str = ""
    ) -> LinkGrant:  # fmt: skip
        made = progress.make_link(
            plan=plan, action=action, recipient=recipient, days=days, language=language, by=by
        )  # fmt: skip
        told.append(made.token)
        return made.grant

    grant = once(made_link)(
        plan=plan, action=action, recipient=recipient, days=days, language=language, by=by,
        idempotency_key=idempotency_key,
    )  # fmt: skip
    return MadeLink(grant, told[0] if told else None)


@once
def revoke_link(*, grant: LinkGrant, by: User, why: str = "", idempotency_key: str = "") -> LinkGrant:
    """Make a link stop working."""
    return progress.revoke_link(grant=grant, by=by, why=why)


def _as_seen(plan: Plan, expected_revision: int, by: User, permission: Permission) -> None:
    """Go on if the person may, and if nobody has changed the plan since; it stays locked until the change is made.

    Raises
    ------
    NotAllowed, PlanChanged
    """
    held = locked(plan)
    may(by, permission, held)
    if held.revision != expected_revision:
        raise PlanChanged(findings.plan_changed(held.revision))
