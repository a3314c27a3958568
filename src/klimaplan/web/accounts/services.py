"""What can be done with people: invite, take in, give and end roles, keep a profile. Each records what it did."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from klimaplan.domain.errors import InputError, Text, UnknownCodeError
from klimaplan.web.accounts import demo, findings, requests, selectors
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, require
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.accounts.roles import ROLES, Role
from klimaplan.web.audit.services import record
from klimaplan.web.config.signing_in import INVITATION
from klimaplan.web.organisations.models import Organisation

SALT = "klimaplan.invitation"


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and the secret that only its letter carries."""

    invitation: Invitation
    token: str


@transaction.atomic
def add_person(*, by: User | None, email: str, name: str, language: str, password: str | None = None) -> User:
    """A person with an e-mail that has been shown to be theirs. Without a password they sign in by other means.

    Raises
    ------
    InputError : the e-mail is none, or has an account
    """
    email = _clean(email)
    if selectors.person(email):
        raise InputError(findings.person_exists(email))
    user = User(email=email, name=name.strip(), language=language)
    user.set_password(password)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    record(by=by or user, what="person.added", object_kind="person", object_key=str(user.pk))
    return user


@transaction.atomic
def give_role(
    *, by: User | None, user: User, role: str, organisation: Organisation,
    valid_from: date | None = None, valid_to: date | None = None,
) -> RoleAssignment:  # fmt: skip
    """A role from a day, today without one; `by` None is the command line, which may give every role.

    Raises
    ------
    NotAllowed : the giver may not give this role here, or would give it to themselves
    InputError : the role does not fit the organisation, or is held already
    """
    kind = _require_fitting(role, organisation)
    _require_giver(by, kind, organisation)
    if by is not None and by.pk == user.pk:
        raise NotAllowed(Permission.PEOPLE_INVITE, _NOT_ONESELF, _ASK_ANOTHER)
    first = valid_from or timezone.localdate()
    if valid_to is not None and valid_to < first:
        raise InputError(findings.dates_backwards("valid_to"))
    return _give(by=by, user=user, role=kind, organisation=organisation, days=(first, valid_to))


@transaction.atomic
def end_role(*, by: User | None, assignment: RoleAssignment, on: date | None = None, why: str = "") -> RoleAssignment:
    """The last day of a role; the assignment stays, so that it can be seen later who held it.

    Raises
    ------
    NotAllowed : the one who ends it could not have given it
    InputError : the day is before the first
    """
    _require_giver(by, ROLES[assignment.role], assignment.organisation)
    # the role still holds on its last day, so what ends now ended yesterday, if it had begun by then
    last = on or max(timezone.localdate() - timedelta(1), assignment.valid_from)
    if last < assignment.valid_from:
        raise InputError(findings.dates_backwards("on"))
    before, assignment.valid_to = assignment.valid_to, last
    assignment.save(update_fields=["valid_to"])
    requests.forget()
    record(
        by=by, what="role.ended", object_kind="person", object_key=str(assignment.user.pk), why=why,
        before={"role": assignment.role, "until": before}, after={"role": assignment.role, "until": last},
        organisation=assignment.organisation.slug,
    )  # fmt: skip
    return assignment


@transaction.atomic
def invite(*, by: User | None, email: str, role: str, organisation: Organisation, language: str = "da") -> Invited:
    """Offer a role by a link that works once, for two weeks.

    Raises
    ------
    NotAllowed : the one who invites may not give this role here
    InputError : the e-mail is none, or the role does not fit the organisation
    """
    email = _clean(email)
    kind = _require_fitting(role, organisation)
    _require_giver(by, kind, organisation)
    if by is not None and by.email == email:
        raise NotAllowed(Permission.PEOPLE_INVITE, _NOT_ONESELF, _ASK_ANOTHER)
    secret, now = secrets.token_urlsafe(32), timezone.now()
    invitation = Invitation.objects.create(
        email=email, role=role, organisation=organisation, language=language, given_by=by,
        made_at=now, expires_at=now + INVITATION, token_sha256=_digest(secret),
    )  # fmt: skip
    record(
        by=by, what="invitation.made", object_kind="invitation", object_key=str(invitation.pk),
        after={"role": role}, organisation=organisation.slug,
    )  # fmt: skip
    return Invited(invitation, signing.dumps(secret, salt=SALT))


@transaction.atomic
def withdraw_invitation(*, by: User | None, invitation: Invitation) -> None:
    """The link stops working."""
    _require_giver(by, ROLES[invitation.role], invitation.organisation)
    if invitation.used_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        record(
            by=by, what="invitation.withdrawn", object_kind="invitation", object_key=str(invitation.pk),
            organisation=invitation.organisation.slug,
        )  # fmt: skip


def open_invitation(token: str) -> Invitation:
    """The invitation behind a link, if it still can be used.

    Raises
    ------
    InputError : it was used, withdrawn, has expired, or the link is not ours
    """
    try:
        secret = signing.loads(token, salt=SALT, max_age=INVITATION)
    except signing.BadSignature:
        raise InputError(findings.invitation_not_usable()) from None
    found = Invitation.objects.select_related("organisation", "given_by").filter(token_sha256=_digest(secret)).first()
    usable = found and found.used_at is None and found.withdrawn_at is None and found.expires_at > timezone.now()
    if found is None or not usable:
        raise InputError(findings.invitation_not_usable())
    return found


@transaction.atomic
def accept_invitation(*, token: str, name: str = "", password: str | None = None, by: User | None = None) -> User:
    """Use a link: the person gets the role, and an account where there is none. Works once, also when sent twice.

    Parameters
    ----------
    by : whoever is signed in; needed where the address already has an account

    Raises
    ------
    InputError : the link can no longer be used
    NotAllowed : the address has an account, and somebody else or nobody is signed in
    """
    invitation = open_invitation(token)
    # the row itself decides who comes first
    used = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=timezone.now())
    if not used:
        raise InputError(findings.invitation_not_usable())
    user = selectors.person(invitation.email)
    if user is not None and (by is None or by.pk != user.pk):
        raise NotAllowed("invitation.accept", _ANOTHER_ACCOUNT, _SIGN_IN_WITH_IT)
    if user is None:
        user = add_person(
            by=invitation.given_by, email=invitation.email, name=name, language=invitation.language, password=password
        )
    record(
        by=user, what="invitation.accepted", object_kind="invitation", object_key=str(invitation.pk),
        organisation=invitation.organisation.slug,
    )  # fmt: skip
    held = selectors.roles_held(user.pk, timezone.localdate())
    if not any(each.role == invitation.role and each.organisation == invitation.organisation for each in held):
        _give(
            by=invitation.given_by, user=user, role=ROLES[invitation.role], organisation=invitation.organisation,
            days=(timezone.localdate(), None),
        )  # fmt: skip
    return user


@transaction.atomic
def change_profile(*, by: User, name: str, language: str) -> None:
    """One's own name and language."""
    before = {"language": by.language}
    by.name, by.language = name.strip(), language
    by.save(update_fields=["name", "language"])
    record(
        by=by, what="person.profile-changed", object_kind="person", object_key=str(by.pk),
        before=before, after={"language": language},
    )  # fmt: skip


def keep_session(session: SessionBase) -> None:
    """Write a session now, in the transaction of the event that tells of it, and not when the answer is done."""
    session.save()


@transaction.atomic
def end_session(*, by: User, key: int) -> None:
    """Sign out a device of one's own; others' are not found."""
    session = UserSession.objects.filter(user=by, pk=key).first()
    if session is not None:
        session.end()
        note(by=by, what="session.ended")


@transaction.atomic
def note(*, by: User | None, what: str) -> None:
    """Record something that happened to an account: a sign-in, a failed attempt, a changed password."""
    key = str(by.pk) if by else "unknown"
    record(by=by, what=what, object_kind="person", object_key=key, label="nobody signed in")


def _give(
    *, by: User | None, user: User, role: Role, organisation: Organisation, days: tuple[date, date | None]
) -> RoleAssignment:
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                user=user, role=role.key, organisation=organisation,
                valid_from=days[0], valid_to=days[1], given_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise InputError(findings.role_already_held(role)) from None
    requests.forget()
    record(
        by=by, what="role.given", object_kind="person", object_key=str(user.pk),
        after={"role": role.key, "from": days[0], "until": days[1]}, organisation=organisation.slug,
    )  # fmt: skip
    return assignment


def _require_fitting(role: str, organisation: Organisation) -> Role:
    if role not in ROLES:
        raise UnknownCodeError(findings.role_unknown(role))
    if organisation.kind not in ROLES[role].given_on:
        raise InputError(findings.role_does_not_fit(ROLES[role], organisation))
    return ROLES[role]


def _require_giver(by: User | None, role: Role, organisation: Organisation) -> None:
    """Whoever gives a role may invite there and holds one that gives it; the command line may give everything."""
    if by is None:
        return
    require(by, Permission.PEOPLE_INVITE, organisation=organisation)
    if role.key not in selectors.roles_to_give(by.pk, organisation, timezone.localdate()):
        raise NotAllowed(Permission.PEOPLE_INVITE, _MAY_NOT_GIVE, _ASK_SECRETARIAT)


def _clean(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InputError(findings.email_not_usable(email)) from None
    return email


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


_NOT_ONESELF = Text("Ingen kan give sig selv en rolle.", "Nobody can give a role to themselves.")
_ASK_ANOTHER = Text("Bed en anden, der må invitere, om det.", "Ask somebody else who may invite.")
_MAY_NOT_GIVE = Text("Din rolle kan ikke give den rolle videre.", "Your role cannot give that role.")
_ASK_SECRETARIAT = Text("Spørg alliancens sekretariat.", "Ask the secretariat of the alliance.")
_ANOTHER_ACCOUNT = Text(
    "Invitationen er til en adresse, der allerede har en konto.",
    "The invitation is for an address that already has an account.",
)
_SIGN_IN_WITH_IT = Text(
    "Log ind med den konto, og åbn linket igen.", "Log in with that account and open the link again."
)


@transaction.atomic
def load_demo_people() -> tuple[int, str]:
    """The invented people that are not there yet; says how many, and the password of the new ones."""
    chosen = demo.password()
    new = [each for each in demo.PEOPLE if selectors.person(each.email) is None]
    for each in new:
        user = add_person(by=None, email=each.email, name=each.name, language="da", password=chosen)
        user.demo = True
        user.save(update_fields=["demo"])
        organisation = Organisation.objects.get(slug=each.organisation)
        give_role(by=None, user=user, role=each.role, organisation=organisation)
    return len(new), chosen
