"""People, roles and organisations as the API shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from pydantic import Field

from klimaplan.web.accounts import selectors as accounts
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import permissions_of
from klimaplan.web.accounts.roles import ROLES, PlanState
from klimaplan.web.api.answers.shapes import Asked, Line, Seen, Spoken, Why, example
from klimaplan.web.organisations.models import Department, Organisation
from klimaplan.web.tokens.models import PersonalToken

HVIDOVRE = {"da": "Hvidovre Kommune", "en": "Hvidovre Municipality"}
COORDINATOR = {"da": "Klimakoordinator", "en": "Climate coordinator"}
ROLE = {
    "id": 1, "person_id": 1, "person": "Kaja", "role": "coordinator", "name": COORDINATOR, "organisation": "hvidovre",
    "organisation_name": HVIDOVRE, "valid_from": "2024-01-01", "valid_to": None,
}  # fmt: skip
TOKEN = {"name": "Natlig rapport", "prefix": "klp_AbCd", "scopes": ["plan:read"], "expires_at": "2027-02-22T09:00:00Z"}


class RoleSeen(Seen):
    """A role that somebody holds in an organisation; `valid_to` is the last day, null until further notice."""

    model_config = example(**ROLE)

    id: int
    person_id: int
    person: str
    role: str
    name: Spoken
    organisation: str
    organisation_name: Spoken
    valid_from: date
    valid_to: date | None

    @classmethod
    def of(cls, held: RoleAssignment) -> RoleSeen:
        return cls(
            id=held.pk, person_id=held.user.pk, person=held.user.name, role=held.role,
            name=Spoken.of(ROLES[held.role].name), organisation=held.organisation.slug,
            organisation_name=name_of(held.organisation), valid_from=held.valid_from, valid_to=held.valid_to,
        )  # fmt: skip


class TokenSeen(Seen):
    """The token that was shown; its secret is kept nowhere."""

    model_config = example(**TOKEN)

    name: str
    prefix: str
    scopes: list[str]
    expires_at: datetime


class Me(Seen):
    """Who asks, with which roles today, and with which token."""

    model_config = example(id=1, name="Kaja", email="kaja@example.org", language="da", roles=[ROLE], token=TOKEN)

    id: int
    name: str
    email: str
    language: str
    roles: list[RoleSeen]
    token: TokenSeen

    @classmethod
    def of(cls, token: PersonalToken) -> Me:
        user: User = token.user
        return cls(
            id=user.pk, name=user.name, email=user.email, language=user.language,
            roles=[RoleSeen.of(each) for each in accounts.roles_held(user.pk, timezone.localdate())],
            token=TokenSeen(name=token.name, prefix=token.prefix, scopes=sorted(token.scope_set),
                            expires_at=token.expires_at),
        )  # fmt: skip


class MayDo(Seen):
    """What one's roles allow with what belongs to an organisation; what the token allows stands with the token."""

    model_config = example(organisation="hvidovre", state="draft", permissions=["plan.edit", "plan.read"])

    organisation: str
    state: str
    permissions: list[str]

    @classmethod
    def of(cls, user: User, organisation: Organisation, state: str) -> MayDo:
        of_plan = permissions_of(user, organisation=organisation, state=PlanState(state))
        others = permissions_of(user, organisation=organisation)
        return cls(organisation=organisation.slug, state=state, permissions=sorted({*of_plan, *others}))


class OrganisationLine(Seen):
    """An organisation; `code` is the official one where there is one."""

    model_config = example(
        slug="hvidovre", kind="municipality", code="167", name=HVIDOVRE, valid_from=None, valid_to=None
    )

    slug: str
    kind: str
    code: str
    name: Spoken
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationLine:
        return cls(
            slug=organisation.slug, kind=organisation.kind, code=organisation.code, name=name_of(organisation),
            valid_from=organisation.valid_from, valid_to=organisation.valid_to,
        )  # fmt: skip


class NewInvitation(Asked):
    """Who is invited, and as what; the letter goes to the address."""

    model_config = Asked.model_config | example(email="ivan@example.org", role="action_owner", language="da")

    email: Line = Field(min_length=3)
    role: str = Field(max_length=30, json_schema_extra={"enum": list(ROLES)})
    language: Literal["da", "en"] = "da"


class InvitationSeen(Seen):
    """An offered role."""

    model_config = example(
        id=1, email="ivan@example.org", role="action_owner", organisation="hvidovre",
        made_at="2026-11-24T09:00:00Z", expires_at="2026-12-08T09:00:00Z", withdrawn_at=None, used_at=None,
    )  # fmt: skip

    id: int
    email: str
    role: str
    organisation: str
    made_at: datetime
    expires_at: datetime
    withdrawn_at: datetime | None
    used_at: datetime | None

    @classmethod
    def of(cls, made: Invitation) -> InvitationSeen:
        return cls(
            id=made.pk, email=made.email, role=made.role, organisation=made.organisation.slug, made_at=made.made_at,
            expires_at=made.expires_at, withdrawn_at=made.withdrawn_at, used_at=made.used_at,
        )  # fmt: skip


class Ending(Asked):
    """The last day of something; yesterday without one, so that it no longer holds."""

    model_config = Asked.model_config | example(on="2026-12-31", why="Ny stilling")

    on: date | None = None
    why: Why = ""


class DepartmentSeen(Seen):
    """A department of an organisation; `valid_to` is the last day, null while it is there."""

    model_config = example(id=1, organisation="hvidovre", name="Vej og Park", valid_from="2024-01-01", valid_to=None)

    id: int
    organisation: str
    name: str
    valid_from: date | None
    valid_to: date | None

    @classmethod
    def of(cls, department: Department) -> DepartmentSeen:
        return cls(
            id=department.pk, organisation=department.organisation.slug, name=department.name,
            valid_from=department.valid_from, valid_to=department.valid_to,
        )  # fmt: skip


class NewDepartment(Asked):
    """A department from a day, today without one."""

    model_config = Asked.model_config | example(name="Vej og Park", valid_from="2024-01-01")

    name: Line = Field(min_length=1, max_length=120)
    valid_from: date | None = None


def name_of(organisation: Organisation) -> Spoken:
    return Spoken(da=organisation.name_da, en=organisation.name_en)
