"""What the pages of an account show, ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from klimaplan.web.accounts import selectors
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import Permission, decide
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.config.errors import language
from klimaplan.web.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role on a page: what it is called, where, from when to when, and whether it can be ended here."""

    key: int
    who: str
    name: str
    description: str
    organisation: str
    slug: str
    first: date
    last: date | None
    now: bool
    may_be_ended: bool = False
    department: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation that waits for an answer."""

    key: int
    email: str
    role: str
    expires: date


@dataclass(frozen=True, slots=True)
class People:
    """The people of one organisation, and what the reader may do about them."""

    slug: str
    name: str
    roles: tuple[HeldRole, ...]
    offers: tuple[Offer, ...]
    may_invite: bool
    roles_to_give: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Device:
    """Somewhere one is signed in."""

    key: int
    name: str
    ip: str
    since: object
    is_this: bool


def own_roles(user: User) -> list[HeldRole]:
    """All of one's roles, those of today first."""
    today = timezone.localdate()
    return sorted((_held(each, today) for each in selectors.roles_ever(user.pk)), key=lambda each: not each.now)


def organisations_with_people(user: User) -> list[tuple[str, str]]:
    """Short name and name of the organisations of one's own whose people one may see."""
    today = timezone.localdate()
    there = {each.organisation for each in selectors.roles_held(user.pk, today)}
    return sorted(
        (each.slug, each.name(language()))
        for each in there
        if decide(user, Permission.PEOPLE_READ, organisation=each).allowed
    )


def people(user: User, organisation: Organisation) -> People:
    """Who has which role there; invitations only for who may invite."""
    today = timezone.localdate()
    may_invite = decide(user, Permission.PEOPLE_INVITE, organisation=organisation).allowed
    to_give = selectors.roles_to_give(user.pk, organisation, today) if may_invite else []
    return People(
        slug=organisation.slug,
        name=organisation.name(language()),
        roles=tuple(
            _held(each, today, may_be_ended=each.role in to_give and each.user != user)
            for each in selectors.people_of(organisation, today)
        ),
        offers=tuple(_offer(each) for each in selectors.open_invitations(organisation)) if may_invite else (),
        may_invite=may_invite,
        roles_to_give=[(key, ROLES[key].name.read(language())) for key in to_give],
    )


def devices(user: User, session_key: str | None) -> list[Device]:
    """Where one is signed in, this very place marked."""
    return [
        Device(each.pk, device_of(each.user_agent), each.ip, each.created_at, each.session_key == session_key)
        for each in selectors.sessions_of(user)
    ]


def device_of(user_agent: str) -> str:
    """Browser and system in a few words; browsers say much more and mean little of it.

    >>> device_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36")
    'Chrome, Windows'
    """
    browsers = {"Edg/": "Edge", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
    systems = {"Windows": "Windows", "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Mac OS": "Mac"}
    browser = next((name for mark, name in browsers.items() if mark in user_agent), None)
    system = next((name for mark, name in {**systems, "Linux": "Linux"}.items() if mark in user_agent), None)
    return ", ".join(filter(None, (browser, system))) or _("Unknown browser")


def role_of(invitation: Invitation) -> str:
    """The offered role as the reader calls it."""
    return ROLES[invitation.role].name.read(language())


def _held(each: RoleAssignment, today: date, *, may_be_ended: bool = False) -> HeldRole:
    role = ROLES[each.role]
    return HeldRole(
        key=each.pk,
        who=each.user.name,
        name=role.name.read(language()),
        description=role.description.read(language()),
        organisation=each.organisation.name(language()),
        slug=each.organisation.slug,
        first=each.valid_from,
        last=each.valid_to,
        now=each.valid_from <= today and (each.valid_to is None or each.valid_to >= today),
        may_be_ended=may_be_ended,
        department=each.department.name if each.department else "",
    )


def _offer(each: Invitation) -> Offer:
    return Offer(each.pk, each.email, role_of(each), timezone.localtime(each.expires_at).date())
