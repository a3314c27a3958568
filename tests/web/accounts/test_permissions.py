"""Every role, permission and state of a plan, held against a table written by hand, and the rules around it.

`permissions.csv` says for whose things a role works (those that are ``mine`` to keep up to date, all of its ``own``
organisation, those of the ``members`` of its group, ``all``) and in which states of a plan: D draft, S submitted, C
certified, P published.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from klimaplan.web.accounts.models import RoleAssignment, User
from klimaplan.web.accounts.permissions import (
    NotAllowed,
    Permission,
    PlanState,
    decide,
    permissions_of,
    require,
    two_years_before,
)
from klimaplan.web.accounts.roles import MAY_GIVE, OF_A_PLAN, ROLES
from klimaplan.web.organisations import selectors as organisations

Make = Callable[..., User]

DAY = date(2026, 11, 24)
WITH_RULES = Path(__file__).parent / "permissions.csv"
STATES = {"D": PlanState.DRAFT, "S": PlanState.SUBMITTED, "C": PlanState.CERTIFIED, "P": PlanState.PUBLISHED}

HOMES = {
    "coordinator": "hvidovre", "action_owner": "hvidovre", "department_contact": "hvidovre", "reader": "hvidovre",
    "council_secretary": "hvidovre", "dgo_adviser": "dgo-hovedstaden", "dgo_lead": "dgo-hovedstaden",
    "reviewer": "concito", "c40_signatory": "c40", "analyst": "realdania", "secretariat": "kl", "administrator": "kl",
}  # fmt: skip
"""Where a person of the test holds the role."""

ELSEWHERE = ("hvidovre", "dragoer", "aarhus", "dgo-hovedstaden", "dgo-midtjylland", "kl", "concito")
"""Whose things are asked for. Hvidovre and Dragør are of the DGO of the capital, Aarhus is not."""

MEMBERS = {"dgo-hovedstaden": {"hvidovre", "dragoer"}}


def table() -> dict[tuple[str, str], str]:
    with WITH_RULES.open(newline="", encoding="utf-8") as file:
        return {
            (role, row["permission"]): cell
            for row in csv.DictReader(file)
            for role, cell in row.items()
            if role != "permission"
        }


def expected(cell: str, home: str, asked: str, state: PlanState | None, mine: bool) -> bool:
    scope, _, states = cell.partition(" ")
    reaches = {
        "no": False,
        "mine": asked == home and mine,
        "own": asked == home,
        "members": asked in MEMBERS.get(home, set()),
        "all": True,
    }[scope]
    return reaches and (state is None or state in {STATES[letter] for letter in states})


def questions(permission: Permission) -> Iterator[tuple[str, PlanState | None]]:
    yield from product(ELSEWHERE, list(PlanState) if permission in OF_A_PLAN else [None])


def test_the_table_names_every_role_and_every_permission() -> None:
    assert set(table()) == set(product(ROLES, [str(each) for each in Permission]))
    assert set(HOMES) == set(ROLES)


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_may_do_what_the_table_says_and_nothing_else(person: Make, role: str) -> None:
    user = person(**{role: HOMES[role]})
    rules = table()
    there = {slug: organisations.organisation(slug) for slug in ELSEWHERE}
    asked = 0
    for permission in Permission:
        for (slug, state), mine in product(questions(permission), (False, True)):
            decision = decide(user, permission, organisation=there[slug], state=state, mine=mine, on=DAY)
            open_to_all = (permission, state) == (Permission.PLAN_READ, PlanState.PUBLISHED)
            # who holds a role in CONCITO or C40 belongs to it; that no such body has a plan of its own is not relied on
            closed = ROLES[role].impartial and slug == HOMES[role]
            wanted = open_to_all or (expected(rules[role, permission], HOMES[role], slug, state, mine) and not closed)
            assert decision.allowed == wanted, (role, permission, slug, state, mine)
            assert bool(decision.reason.da and decision.reason.en and decision.whom_to_ask.da) == (not wanted)
            asked += 1
    # nine permissions in four states and ten without, for seven organisations, of one's own and of others
    assert asked == (9 * 4 + 10) * 7 * 2


@pytest.mark.parametrize("permission", list(Permission))
def test_who_is_not_signed_in_reads_what_is_published_and_nothing_else(
    with_organisations: None, db: None, permission: Permission
) -> None:
    for slug, state in questions(permission):
        there = organisations.organisation(slug)
        decision = decide(AnonymousUser(), permission, organisation=there, state=state, on=DAY)
        assert decision.allowed == ((permission, state) == (Permission.PLAN_READ, PlanState.PUBLISHED))


def test_an_action_owner_is_told_that_an_action_is_not_theirs_and_whom_to_ask(person: Make) -> None:
    hvidovre = organisations.organisation("hvidovre")
    decision = decide(
        person(action_owner="hvidovre"), Permission.PLAN_UPDATE_ACTION, organisation=hvidovre,
        state=PlanState.DRAFT, on=DAY,
    )  # fmt: skip
    assert decision.reason.en == "You are not the one who keeps this action up to date."
    assert decision.whom_to_ask.da == "Spørg klimakoordinatoren i Hvidovre Kommune."


def test_who_has_no_role_or_is_closed_may_do_nothing(person: Make) -> None:
    hvidovre = organisations.organisation("hvidovre")
    nobody = person("Nobody")
    closed = person("Closed", coordinator="hvidovre")
    closed.is_active = False
    for user in (nobody, closed):
        assert permissions_of(user, organisation=hvidovre, on=DAY) == set()
        assert permissions_of(user, organisation=hvidovre, state=PlanState.DRAFT, on=DAY) == set()


def test_a_role_holds_on_its_first_and_last_day_and_not_outside_them(person: Make) -> None:
    user = person(since=date(2026, 1, 10), until=date(2026, 3, 20), coordinator="hvidovre")
    hvidovre = organisations.organisation("hvidovre")

    def may(day: date) -> bool:
        return decide(user, Permission.PLAN_EDIT, organisation=hvidovre, state=PlanState.DRAFT, on=day).allowed

    days = (date(2026, 1, 9), date(2026, 1, 10), date(2026, 3, 20), date(2026, 3, 21))
    assert [may(day) for day in days] == [False, True, True, False]


def test_several_roles_in_several_organisations_add_up(person: Make) -> None:
    user = person(coordinator="hvidovre", dgo_adviser="dgo-midtjylland")
    edit, comment = Permission.PLAN_EDIT, Permission.PLAN_COMMENT
    may = {
        (slug, permission): decide(
            user, permission, organisation=organisations.organisation(slug), state=PlanState.DRAFT, on=DAY
        ).allowed
        for slug in ("hvidovre", "aarhus", "odense")
        for permission in (edit, comment)
    }
    assert may == {
        ("hvidovre", edit): True, ("hvidovre", comment): True,
        ("aarhus", edit): False, ("aarhus", comment): True,
        ("odense", edit): False, ("odense", comment): False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "slug", "until", "conflict"),
    [
        ("reader", "hvidovre", None, True),
        ("coordinator", "hvidovre", date(2025, 6, 30), True),
        # two years before 24 November 2026: that day still counts, the day before does not
        ("coordinator", "hvidovre", date(2024, 11, 24), True),
        ("coordinator", "hvidovre", date(2024, 11, 23), False),
        ("coordinator", "dragoer", None, False),
        # advice is for a plan, so who advises in its DGO does not judge it
        ("dgo_adviser", "dgo-hovedstaden", None, True),
        ("dgo_adviser", "dgo-hovedstaden", date(2024, 11, 23), False),
        ("dgo_adviser", "dgo-midtjylland", None, False),
    ],
)
@pytest.mark.parametrize(
    ("judging", "permission"),
    [("reviewer", Permission.PLAN_ASSESS), ("c40_signatory", Permission.PLAN_SIGN)],
)
def test_nobody_judges_an_organisation_they_belong_to_or_lately_did(
    person: Make, judging: str, permission: Permission, role: str, slug: str, until: date | None, conflict: bool
) -> None:
    user = person(**{judging: HOMES[judging]})
    RoleAssignment.objects.create(
        user=user, role=role, organisation=organisations.organisation(slug),
        valid_from=date(2020, 1, 1), valid_to=until,
    )  # fmt: skip
    hvidovre = organisations.organisation("hvidovre")
    decision = decide(user, permission, organisation=hvidovre, state=PlanState.SUBMITTED, on=DAY)
    assert decision.allowed == (not conflict)
    assert ("inden for de seneste to år" in decision.reason.da) == conflict


def test_a_conflicted_reviewer_does_not_see_what_was_submitted_either(person: Make) -> None:
    user = person(reviewer="concito")
    hvidovre = organisations.organisation("hvidovre")
    RoleAssignment.objects.create(
        user=user, role="action_owner", organisation=hvidovre, valid_from=date(2020, 1, 1), valid_to=date(2025, 1, 1)
    )
    for state in PlanState:
        decision = decide(user, Permission.PLAN_READ, organisation=hvidovre, state=state, on=DAY)
        assert decision.allowed == (state is PlanState.PUBLISHED)


def test_a_role_that_begins_tomorrow_is_no_conflict_today(person: Make) -> None:
    user = person(reviewer="concito")
    hvidovre = organisations.organisation("hvidovre")
    RoleAssignment.objects.create(user=user, role="reader", organisation=hvidovre, valid_from=date(2026, 11, 25))
    asked = {"organisation": hvidovre, "state": PlanState.SUBMITTED}
    assert decide(user, Permission.PLAN_ASSESS, **asked, on=DAY).allowed
    assert not decide(user, Permission.PLAN_ASSESS, **asked, on=date(2026, 11, 25)).allowed


def test_an_adviser_keeps_the_municipalities_when_the_regions_merge(person: Make) -> None:
    user = person(dgo_adviser="dgo-sjaelland")
    koege = organisations.organisation("koege")
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        assert decide(user, Permission.PLAN_COMMENT, organisation=koege, state=PlanState.DRAFT, on=day).allowed
    # before the alliance there was no such organisation to advise
    early = person("Early", since=date(2020, 1, 1), dgo_adviser="dgo-sjaelland")
    asked = {"organisation": koege, "state": PlanState.DRAFT}
    assert not decide(early, Permission.PLAN_COMMENT, **asked, on=date(2023, 3, 31)).allowed
    assert decide(early, Permission.PLAN_COMMENT, **asked, on=date(2023, 4, 1)).allowed


def test_what_a_role_was_given_before_the_merger_still_says_so_afterwards(person: Make) -> None:
    user = person(until=date(2026, 12, 31), analyst="sjaelland")
    [held] = RoleAssignment.objects.filter(user=user)
    assert (held.organisation.slug, held.organisation.valid_to) == ("sjaelland", date(2026, 12, 31))
    assert not decide(user, Permission.DATA_QUERY, organisation=None, on=date(2027, 1, 1)).allowed
    assert decide(user, Permission.DATA_QUERY, organisation=None, on=date(2026, 12, 31)).allowed


def test_a_refusal_says_why_and_whom_to_ask_in_both_languages(person: Make) -> None:
    hvidovre = organisations.organisation("hvidovre")
    with pytest.raises(NotAllowed) as refused:
        require(person(reader="hvidovre"), Permission.PLAN_EDIT, organisation=hvidovre, state=PlanState.DRAFT, on=DAY)
    [finding] = refused.value.findings
    assert finding.message("da") == (
        "plan.edit: Ingen af dine roller giver adgang til det her. Spørg klimakoordinatoren i Hvidovre Kommune."
    )
    assert finding.message("en") == (
        "plan.edit: None of your roles allows this here. Ask the climate coordinator of Hvidovre Municipality."
    )


def test_a_refusal_for_the_state_of_the_plan_names_both_states(person: Make) -> None:
    user = person(coordinator="hvidovre")
    hvidovre = organisations.organisation("hvidovre")
    decision = decide(user, Permission.PLAN_PUBLISH, organisation=hvidovre, state=PlanState.SUBMITTED, on=DAY)
    assert decision.reason.en == ("The plan is submitted; this can be done only while it is a draft or certified.")


def test_a_permission_of_a_plan_needs_a_state_and_no_other_takes_one(person: Make) -> None:
    hvidovre = organisations.organisation("hvidovre")
    with pytest.raises(ValueError, match="needs a"):
        decide(person(), Permission.PLAN_EDIT, organisation=hvidovre)
    with pytest.raises(ValueError, match="has no"):
        decide(person("Other"), Permission.AUDIT_READ, organisation=hvidovre, state=PlanState.DRAFT)


def test_every_role_is_complete_and_can_be_given_somewhere() -> None:
    kinds = {"municipality", "region", "dgo", "kl", "realdania", "concito", "c40", "other"}
    for role in ROLES.values():
        assert role.name.da and role.name.en and role.description.da and role.description.en  # noqa: PT018
        assert role.given_on
        assert role.given_on <= kinds
        assert role.grants
        for grant in role.grants:
            assert bool(grant.states) == (grant.permission in OF_A_PLAN)
    assert {role.key for role in ROLES.values() if role.second_factor} == {
        "reviewer", "c40_signatory", "secretariat", "administrator",
    }  # fmt: skip
    assert {role.key for role in ROLES.values() if role.impartial} == {"reviewer", "c40_signatory"}


def test_only_an_administrator_makes_administrators() -> None:
    assert {giver for giver, given in MAY_GIVE.items() if "administrator" in given} == {"administrator"}
    assert all("reviewer" not in MAY_GIVE[giver] for giver in ("coordinator", "dgo_lead"))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 24), date(2024, 11, 24)),
        (date(2028, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2024, 2, 28)),
    ],
)
def test_two_years_are_counted_by_the_calendar(day: date, before: date) -> None:
    assert two_years_before(day) == before
