"""Who may do what: the one function that decides, from the table of roles, with the reason and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils import timezone

from klimaplan.domain.errors import Text
from klimaplan.web.accounts import selectors
from klimaplan.web.accounts.refusal import NotAllowed
from klimaplan.web.accounts.requests import once_a_request
from klimaplan.web.accounts.roles import OF_A_PLAN, ROLES, Grant, Permission, PlanState, Role, Scope
from klimaplan.web.organisations import selectors as organisations
from klimaplan.web.organisations.models import Organisation

__all__ = ["Decision", "NotAllowed", "Permission", "PlanState", "decide", "permissions_of", "require"]


class Person(Protocol):
    """Whoever asks: somebody signed in, or an anonymous reader."""

    @property
    def is_authenticated(self) -> bool: ...
    @property
    def is_active(self) -> bool: ...
    @property
    def pk(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """Yes or no; on a no the reason, and who could change it. Both texts are empty on a yes."""

    allowed: bool
    reason: Text
    whom_to_ask: Text


NOTHING = Text("", "")
YES = Decision(True, NOTHING, NOTHING)


def decide(
    user: Person,
    permission: Permission,
    *,
    organisation: Organisation | None,
    state: PlanState | None = None,
    mine: bool = False,
    on: date | None = None,
) -> Decision:
    """Whether a person may do something with what belongs to an organisation.

    Parameters
    ----------
    organisation : whose plan, people or advice it is; None for what belongs to the installation as a whole
    state : of the plan; needed for permissions of a plan, and for those only
    mine : whether it is about an action that this person is to keep up to date
    on : the day; today without it
    """
    if (permission in OF_A_PLAN) != (state is not None):
        raise ValueError(f"{permission} {'needs a' if state is None else 'has no'} state of a plan")
    if permission is Permission.PLAN_READ and state is PlanState.PUBLISHED:
        return YES  # what is published is open to everyone
    if not user.is_authenticated or not user.is_active or user.pk is None:
        return Decision(False, _NOT_SIGNED_IN, _SIGN_IN)
    day = on or timezone.localdate()
    held = selectors.roles_held(user.pk, day)
    reaching = [
        (ROLES[each.role], grant)
        for each in held
        for grant in ROLES[each.role].grants
        if grant.permission is permission and _reaches(grant.scope, each.organisation, organisation, day)
    ]
    return _weigh(reaching, permission, organisation, state, mine=mine, user_id=user.pk, day=day)


def require(
    user: Person,
    permission: Permission,
    *,
    organisation: Organisation | None,
    state: PlanState | None = None,
    mine: bool = False,
    on: date | None = None,
) -> None:
    """Go on if `decide` says yes.

    Raises
    ------
    NotAllowed : with the reason and whom to ask; the site answers 403
    """
    decision = decide(user, permission, organisation=organisation, state=state, mine=mine, on=on)
    if not decision.allowed:
        raise NotAllowed(permission, decision.reason, decision.whom_to_ask)


def permissions_of(
    user: Person,
    *,
    organisation: Organisation | None,
    state: PlanState | None = None,
    mine: bool = False,
    on: date | None = None,
) -> frozenset[Permission]:
    """Everything a person may do there: what a page shows buttons for."""
    return frozenset(
        each
        for each in Permission
        if (each in OF_A_PLAN) == (state is not None)
        and decide(user, each, organisation=organisation, state=state, mine=mine, on=on).allowed
    )


def is_conflicted(user_id: int, organisation: Organisation, day: date) -> bool:
    """Whether a person belongs to an organisation, or its DGO, or did so on a day of the last two years."""
    return once_a_request(("conflict", user_id, organisation.pk, day), lambda: _belongs(user_id, organisation, day))


def _belongs(user_id: int, organisation: Organisation, day: date) -> bool:
    since = two_years_before(day)
    groups = organisations.belonged_since(organisation, "dgo", since, day)
    nearby = {organisation.pk, *groups.values_list("pk", flat=True)}
    return selectors.has_held_role_in(user_id, nearby, since=since, until=day)


def two_years_before(day: date) -> date:
    """The same day two years earlier.

    >>> two_years_before(date(2028, 2, 29)), two_years_before(date(2026, 11, 24))
    (datetime.date(2026, 2, 28), datetime.date(2024, 11, 24))
    """
    try:
        return day.replace(year=day.year - 2)
    except ValueError:
        return day.replace(year=day.year - 2, day=28)


def _weigh(
    reaching: Sequence[tuple[Role, Grant]],
    permission: Permission,
    organisation: Organisation | None,
    state: PlanState | None,
    *,
    mine: bool,
    user_id: int,
    day: date,
) -> Decision:
    if not reaching:
        return Decision(False, _NO_ROLE, _ask(organisation))
    reaching = [(role, grant) for role, grant in reaching if mine or grant.scope is not Scope.MINE]
    if not reaching:
        return Decision(False, _NOT_MINE, _ask(organisation))
    in_state = [role for role, grant in reaching if state is None or state in grant.states]
    if not in_state:
        return Decision(False, _wrong_state(reaching, state), _ask(organisation))
    if any(not role.impartial for role in in_state):
        return YES
    if organisation is not None and is_conflicted(user_id, organisation, day):
        return Decision(False, _CONFLICT, _ASK_A_COLLEAGUE)
    return YES


def _reaches(scope: Scope, held_in: Organisation, organisation: Organisation | None, day: date) -> bool:
    if scope is Scope.ALL:
        return True
    if organisation is None:
        return False
    if scope in (Scope.OWN, Scope.MINE):
        return bool(held_in.pk == organisation.pk)
    if scope is not Scope.MEMBERS:
        raise ValueError(f"no rule for {scope}")
    group = once_a_request(
        ("group", organisation.pk, held_in.kind, day),
        lambda: organisations.belongs_on(organisation, held_in.kind, day),
    )
    return group is not None and bool(group.pk == held_in.pk)


def _wrong_state(reaching: Iterable[tuple[Role, Grant]], state: PlanState | None) -> Text:
    wanted = sorted({each for _, grant in reaching for each in grant.states}, key=list(PlanState).index)
    now = _STATES[state] if state else NOTHING
    return Text(
        f"Planen er {now.da}; det kan kun gøres, når den er {' eller '.join(_STATES[each].da for each in wanted)}.",
        f"The plan is {now.en}; this can be done only while it is {' or '.join(_STATES[each].en for each in wanted)}.",
    )


def _ask(organisation: Organisation | None) -> Text:
    if organisation is None or organisation.kind != Organisation.Kind.MUNICIPALITY:
        return Text("Spørg alliancens sekretariat.", "Ask the secretariat of the alliance.")
    return Text(
        f"Spørg klimakoordinatoren i {organisation.name_da}.",
        f"Ask the climate coordinator of {organisation.name_en}.",
    )


_STATES = {
    PlanState.DRAFT: Text("et udkast", "a draft"),
    PlanState.SUBMITTED: Text("indsendt", "submitted"),
    PlanState.CERTIFIED: Text("certificeret", "certified"),
    PlanState.PUBLISHED: Text("offentliggjort", "published"),
}
_NOT_SIGNED_IN = Text("Det kræver, at du er logget ind.", "You must be logged in to do this.")
_SIGN_IN = Text("Log ind med din egen konto.", "Log in with your own account.")
_NO_ROLE = Text("Ingen af dine roller giver adgang til det her.", "None of your roles allows this here.")
_NOT_MINE = Text(
    "Du er ikke sat til at holde tiltaget opdateret.", "You are not the one who keeps this action up to date."
)
_CONFLICT = Text(
    "Du hører til denne organisation eller har gjort det inden for de seneste to år og kan derfor ikke bedømme den.",
    "You belong to this organisation or did so within the last two years, and so cannot review it.",
)
_ASK_A_COLLEAGUE = Text("Lad en anden bedømmer tage sagen.", "Let another reviewer take the case.")
