"""The roles: what each is called, where it may be given, and what it may do on what. Nothing else decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from klimaplan.domain.errors import Text


class PlanState(StrEnum):
    """Where a plan stands. A published version is frozen; the working plan beside it is a draft again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CERTIFIED = "certified"
    PUBLISHED = "published"


class Permission(StrEnum):
    """Everything a person can be allowed. Those of a plan depend on its state, the others do not."""

    PLAN_READ = "plan.read"
    PLAN_COMMENT = "plan.comment"
    PLAN_EDIT = "plan.edit"
    PLAN_UPDATE_ACTION = "plan.update-action"
    PLAN_SUBMIT = "plan.submit"
    PLAN_PUBLISH = "plan.publish"
    PLAN_RECORD_DECISION = "plan.record-decision"
    PLAN_ASSESS = "plan.assess"
    PLAN_SIGN = "plan.sign"
    LINK_SEND = "link.send"
    ADVICE_READ = "advice.read"
    ADVICE_LOG = "advice.log"
    PEOPLE_READ = "people.read"
    PEOPLE_INVITE = "people.invite"
    ORGANISATION_EDIT = "organisation.edit"
    PROGRAMME_RUN = "programme.run"
    DATA_QUERY = "data.query"
    AUDIT_READ = "audit.read"
    INSTALLATION_ADMINISTER = "installation.administer"


class Scope(StrEnum):
    """On whose things a role works: those that one is to keep up to date, all of its own organisation, of its members,
    or everyone's.
    """

    MINE = "mine"
    OWN = "own"
    MEMBERS = "members"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing a role may do: on whose things, and in which states of a plan (empty where there is no plan)."""

    permission: Permission
    scope: Scope
    states: frozenset[PlanState] = frozenset()


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the table has it.

    Parameters
    ----------
    given_on : the kinds of organisation it may be given on
    second_factor : whether nobody holds it without one
    impartial : whether it is closed on organisations the person belongs or lately belonged to
    """

    key: str
    name: Text
    description: Text
    given_on: frozenset[str]
    grants: tuple[Grant, ...]
    second_factor: bool = False
    impartial: bool = False


DRAFT, SUBMITTED, CERTIFIED, PUBLISHED = PlanState
EVERY_STATE = frozenset(PlanState)
HANDED_IN = frozenset({SUBMITTED, CERTIFIED, PUBLISHED})
OF_A_PLAN = frozenset(each for each in Permission if each.startswith("plan."))
EVERY_KIND = frozenset({"municipality", "region", "dgo", "kl", "realdania", "concito", "c40", "other"})
MUNICIPALITY = frozenset({"municipality"})
DGO = frozenset({"dgo"})


def _on(scope: Scope, *permissions: Permission, states: frozenset[PlanState] = EVERY_STATE) -> tuple[Grant, ...]:
    return tuple(Grant(each, scope, states if each in OF_A_PLAN else frozenset()) for each in permissions)


def _own(*permissions: Permission, states: frozenset[PlanState] = EVERY_STATE) -> tuple[Grant, ...]:
    return _on(Scope.OWN, *permissions, states=states)


def _members(*permissions: Permission, states: frozenset[PlanState] = EVERY_STATE) -> tuple[Grant, ...]:
    return _on(Scope.MEMBERS, *permissions, states=states)


def _all(*permissions: Permission, states: frozenset[PlanState] = EVERY_STATE) -> tuple[Grant, ...]:
    return _on(Scope.ALL, *permissions, states=states)


P = Permission

_MUNICIPAL = (
    Role(
        "coordinator",
        Text("Klimakoordinator", "Climate coordinator"),
        Text(
            "Udarbejder kommunens plan, indsender og offentliggør den og inviterer kolleger.",
            "Makes the municipality's plan, submits and publishes it, and invites colleagues.",
        ),
        MUNICIPALITY,
        (
            *_own(P.PLAN_READ, P.PLAN_COMMENT, P.PLAN_UPDATE_ACTION),
            *_own(P.PLAN_EDIT, P.PLAN_SUBMIT, states=frozenset({DRAFT})),
            *_own(P.PLAN_PUBLISH, states=frozenset({DRAFT, CERTIFIED})),
            *_own(P.LINK_SEND, P.ADVICE_READ, P.PEOPLE_READ, P.PEOPLE_INVITE, P.ORGANISATION_EDIT, P.DATA_QUERY),
        ),
    ),
    Role(
        "action_owner",
        Text("Indsatsejer", "Action owner"),
        Text("Melder fremdrift på sine indsatser.", "Reports progress on own actions."),
        MUNICIPALITY,
        (*_own(P.PLAN_READ, P.PLAN_COMMENT, P.PEOPLE_READ), *_on(Scope.MINE, P.PLAN_UPDATE_ACTION)),
    ),
    Role(
        "department_contact",
        Text("Kontakt i afdelingen", "Department contact"),
        Text(
            "Følger afdelingens indsatser og sender dem, der ejer dem, et link.",
            "Follows the department's actions and sends their owners a link.",
        ),
        MUNICIPALITY,
        _own(P.PLAN_READ, P.PLAN_COMMENT, P.PLAN_UPDATE_ACTION, P.LINK_SEND, P.PEOPLE_READ),
    ),
    Role(
        "reader",
        Text("Læser i kommunen", "Municipal reader"),
        Text("Læser kommunens plan, også udkast.", "Reads the municipality's plan, drafts included."),
        MUNICIPALITY,
        _own(P.PLAN_READ),
    ),
    Role(
        "council_secretary",
        Text("Udvalgssekretær", "Council secretary"),
        Text("Registrerer politiske beslutninger om planen.", "Records political decisions on the plan."),
        MUNICIPALITY,
        _own(P.PLAN_READ, P.PLAN_RECORD_DECISION),
    ),
)

_ADVISERS = (
    Role(
        "dgo_adviser",
        Text("Rådgiver i DGO", "DGO adviser"),
        Text(
            "Læser og kommenterer planerne hos DGO'ens kommuner og fører log over rådgivningen. Retter ikke i dem.",
            "Reads and comments on the plans of the DGO's municipalities and logs advice. Does not edit them.",
        ),
        DGO,
        (*_members(P.PLAN_READ, P.PLAN_COMMENT, P.ADVICE_READ, P.ADVICE_LOG), *_own(P.PEOPLE_READ)),
    ),
    Role(
        "dgo_lead",
        Text("Leder af DGO", "DGO lead"),
        Text("Som rådgiveren, og inviterer DGO'ens egne folk.", "As the adviser, and invites the DGO's own people."),
        DGO,
        (
            *_members(P.PLAN_READ, P.PLAN_COMMENT, P.ADVICE_READ, P.ADVICE_LOG),
            *_own(P.PEOPLE_READ, P.PEOPLE_INVITE, P.ORGANISATION_EDIT),
        ),
    ),
)

_NATIONAL = (
    Role(
        "reviewer",
        Text("Bedømmer", "Reviewer"),
        Text(
            "Bedømmer indsendte planer; aldrig fra en organisation, man hører til eller nylig har hørt til.",
            "Assesses submitted plans; never of an organisation one belongs to or lately belonged to.",
        ),
        frozenset({"concito"}),
        (
            *_all(P.PLAN_READ, states=HANDED_IN),
            *_all(P.PLAN_COMMENT, P.PLAN_ASSESS, states=frozenset({SUBMITTED})),
        ),
        second_factor=True,
        impartial=True,
    ),
    Role(
        "c40_signatory",
        Text("Underskriver for C40", "C40 signatory"),
        Text("Giver C40's godkendelse som anden underskrift.", "Gives C40's approval as the second signature."),
        frozenset({"c40"}),
        (*_all(P.PLAN_READ, states=HANDED_IN), *_all(P.PLAN_SIGN, states=frozenset({SUBMITTED}))),
        second_factor=True,
        impartial=True,
    ),
    Role(
        "analyst",
        Text("Analytiker", "Analyst"),
        Text(
            "Regner og henter på tværs af offentliggjorte planer og regnskaber.",
            "Computes and downloads across published plans and accounts.",
        ),
        EVERY_KIND,
        (*_all(P.PLAN_READ, states=frozenset({PUBLISHED})), *_all(P.DATA_QUERY)),
    ),
    Role(
        "secretariat",
        Text("Alliancens sekretariat", "Alliance secretariat"),
        Text(
            "Afvikler runder og puljer og ser det nationale billede. Retter ikke i planer.",
            "Runs rounds and calls and sees the national picture. Does not edit plans.",
        ),
        frozenset({"kl"}),
        (
            *_all(P.PLAN_READ, states=HANDED_IN),
            *_all(P.PROGRAMME_RUN, P.DATA_QUERY, P.PEOPLE_READ, P.PEOPLE_INVITE, P.ORGANISATION_EDIT),
        ),
        second_factor=True,
    ),
    Role(
        "administrator",
        Text("Administrator", "Administrator"),
        Text(
            "Driver installationen: personer, organisationer og hændelseslog. Retter ikke i planer.",
            "Runs the installation: people, organisations and the audit log. Does not edit plans.",
        ),
        frozenset({"kl", "other"}),
        (
            *_all(P.PLAN_READ, states=frozenset({PUBLISHED})),
            *_all(P.PEOPLE_READ, P.PEOPLE_INVITE, P.ORGANISATION_EDIT, P.AUDIT_READ, P.INSTALLATION_ADMINISTER),
        ),
        second_factor=True,
    ),
)

ROLES: Mapping[str, Role] = MappingProxyType({role.key: role for role in (*_MUNICIPAL, *_ADVISERS, *_NATIONAL)})

MAY_GIVE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "coordinator": frozenset(role.key for role in _MUNICIPAL),
        "dgo_lead": frozenset(role.key for role in _ADVISERS),
        "secretariat": frozenset(ROLES) - {"administrator"},
        "administrator": frozenset(ROLES),
    }
)
"""Role → the roles it may give where it may invite people; nobody gives more than this, not even to oneself."""
