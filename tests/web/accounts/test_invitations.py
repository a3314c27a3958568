"""Inviting, accepting, giving and ending roles: what works, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from klimaplan.domain.errors import InputError, UnknownCodeError
from klimaplan.web.accounts import selectors, services
from klimaplan.web.accounts.models import Invitation, RoleAssignment, User
from klimaplan.web.accounts.permissions import NotAllowed
from klimaplan.web.accounts.roles import ROLES
from klimaplan.web.audit.models import Event
from klimaplan.web.organisations.models import Organisation
from klimaplan.web.organisations.selectors import organisation
from web.reading import page

Make = Callable[..., User]

PASSWORD = "torsk-cykel-lampe-42"
HOMES = {
    "coordinator": "hvidovre", "action_owner": "hvidovre", "department_contact": "hvidovre", "reader": "hvidovre",
    "council_secretary": "hvidovre", "dgo_adviser": "dgo-hovedstaden", "dgo_lead": "dgo-hovedstaden",
    "reviewer": "concito", "c40_signatory": "c40", "analyst": "realdania", "secretariat": "kl", "administrator": "kl",
}  # fmt: skip

MUNICIPAL = {"coordinator", "action_owner", "department_contact", "reader", "council_secretary"}
GIVES: dict[str, set[str]] = {
    "coordinator": MUNICIPAL,
    "dgo_lead": {"dgo_adviser", "dgo_lead"},
    "secretariat": set(HOMES) - {"administrator"},
    "administrator": set(HOMES),
}
"""Who gives which roles, by the rules in words: each kind of organisation its own, the secretariat all but the last."""


def state() -> tuple[int, int, int]:
    return Invitation.objects.count(), RoleAssignment.objects.count(), Event.objects.count()


def link_in(letter: mail.EmailMessage) -> str:
    [found] = re.findall(r"http://testserver(\S+)", letter.body)
    return found


@pytest.mark.parametrize("giver", list(HOMES))
def test_every_role_gives_the_roles_it_may_and_no_other(person: Make, giver: str) -> None:
    by = person("Giver", **{giver: HOMES[giver]})
    for role, home in HOMES.items():
        before = state()
        may = role in GIVES.get(giver, set())
        if may:
            made = services.invite(by=by, email=f"{role}@example.org", role=role, organisation=organisation(home))
            assert made.invitation.role == role
            assert state()[0] == before[0] + 1
        else:
            with pytest.raises(NotAllowed):
                services.invite(by=by, email=f"{role}@example.org", role=role, organisation=organisation(home))
            assert state() == before


@pytest.mark.parametrize(
    ("giver", "elsewhere", "role"),
    [
        ("coordinator", "dragoer", "reader"),
        ("dgo_lead", "dgo-midtjylland", "dgo_adviser"),
        ("dgo_lead", "hvidovre", "reader"),
    ],
)
def test_nobody_invites_into_an_organisation_that_is_not_theirs(
    person: Make, giver: str, elsewhere: str, role: str
) -> None:
    by = person("Giver", **{giver: HOMES[giver]})
    before = state()
    with pytest.raises(NotAllowed):
        services.invite(by=by, email="x@example.org", role=role, organisation=organisation(elsewhere))
    assert state() == before


def test_a_role_is_given_only_where_the_table_says_it_can_be(person: Make) -> None:
    user = person()
    kinds = {each.kind: each for each in Organisation.objects.all()}
    for role in ROLES.values():
        for kind, home in kinds.items():
            if kind in role.given_on:
                assignment = services.give_role(by=None, user=user, role=role.key, organisation=home)
                assert assignment.valid_from == timezone.localdate()
            else:
                with pytest.raises(InputError):
                    services.give_role(by=None, user=user, role=role.key, organisation=home)


def test_nobody_gives_a_role_to_themselves(person: Make) -> None:
    by = person("Anna", administrator="kl")
    before = state()
    with pytest.raises(NotAllowed, match="to themselves"):
        services.give_role(by=by, user=by, role="coordinator", organisation=organisation("hvidovre"))
    with pytest.raises(NotAllowed, match="to themselves"):
        services.invite(by=by, email=by.email, role="coordinator", organisation=organisation("hvidovre"))
    assert state() == before


@pytest.mark.parametrize("written", ["", "kaja", "kaja@", "a b@example.org", "kaja@example.org\nBcc: all@example.org"])
def test_what_is_no_email_is_refused(person: Make, written: str) -> None:
    with pytest.raises(InputError, match="is not an e-mail address"):
        services.invite(by=None, email=written, role="reader", organisation=organisation("hvidovre"))


def test_an_unknown_role_is_refused(person: Make) -> None:
    with pytest.raises(UnknownCodeError):
        services.invite(by=None, email="x@example.org", role="king", organisation=organisation("hvidovre"))


def test_a_role_that_is_held_is_not_given_twice(person: Make) -> None:
    user = person(reader="hvidovre")
    with pytest.raises(InputError, match="already holds"):
        services.give_role(by=None, user=user, role="reader", organisation=organisation("hvidovre"))


def test_an_ended_role_stays_and_says_until_when(person: Make) -> None:
    user = person(since=date(2025, 1, 1), reader="hvidovre")
    [held] = RoleAssignment.objects.filter(user=user)
    services.end_role(by=None, assignment=held, why="moved on")
    held.refresh_from_db()
    assert held.valid_to == timezone.localdate() - timedelta(1)
    assert selectors.roles_held(user.pk, timezone.localdate()) == []
    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert (event.what, event.why, event.organisation) == ("role.ended", "moved on", "hvidovre")


def test_the_whole_way_from_the_invitation_to_the_account(member: User, client: Client) -> None:
    client.force_login(member)
    sent = client.post("/personer/hvidovre/", {"email": "Bo@Example.org", "role": "action_owner", "language": "da"})
    assert sent.status_code == 302
    [letter] = mail.outbox
    assert letter.to == ["bo@example.org"]
    assert "Kaja inviterer dig til klimaplan. Din rolle: Indsatsejer, Hvidovre Kommune." in letter.body
    link = link_in(letter)

    bo = Client()
    assert "Som Indsatsejer i Hvidovre Kommune" in page(bo.get(link)).one("main").text
    made = bo.post(link, {"name": "Bo", "password1": PASSWORD, "password2": PASSWORD})
    assert made["Location"] == "/konto/log-ind/"
    assert bo.post("/konto/log-ind/", {"login": "bo@example.org", "password": PASSWORD})["Location"] == "/arbejde/"
    shown = page(bo.get("/konto/")).one("main").text
    assert "Indsatsejer" in shown
    assert "Min konto" in shown
    # once is enough
    again = Client().get(link)
    assert again.status_code == 422
    assert "Invitationen kan ikke bruges." in page(again).one("main").text
    assert [event for event in Event.objects.order_by("seq").values_list("what", flat=True) if "invit" in event] == [
        "invitation.made",
        "invitation.accepted",
    ]


def test_a_letter_is_in_the_language_that_was_chosen(member: User, client: Client) -> None:
    client.force_login(member)
    client.post("/personer/hvidovre/", {"email": "bo@example.org", "role": "reader", "language": "en"})
    [letter] = mail.outbox
    assert letter.subject == "Invitation to klimaplan"
    assert link_in(letter).startswith("/en/account/invitation/")


def test_who_has_an_account_accepts_by_signing_in_with_it(member: User, client: Client, person: Make) -> None:
    made = services.invite(by=None, email=member.email, role="reader", organisation=organisation("dragoer"))
    link = f"/konto/invitation/{made.token}/"
    assert "Adressen har allerede en konto" in page(client.get(link)).one("main").text
    # neither somebody anonymous nor somebody else can take it
    assert client.post(link).status_code == 403
    other = Client()
    other.force_login(person("Other"))
    assert other.post(link).status_code == 403
    assert not RoleAssignment.objects.filter(organisation__slug="dragoer").exists()
    client.force_login(member)
    assert client.post(link)["Location"] == "/konto/"
    assert RoleAssignment.objects.get(organisation__slug="dragoer").user == member


@pytest.mark.parametrize("spoilt", ["used", "withdrawn", "expired", "forged"])
def test_a_link_that_can_no_longer_be_used_says_the_same_whatever_the_reason(
    member: User, client: Client, spoilt: str
) -> None:
    made = services.invite(by=member, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    token = made.token
    if spoilt == "used":
        services.accept_invitation(token=token, name="Bo", password=PASSWORD)
    elif spoilt == "withdrawn":
        services.withdraw_invitation(by=member, invitation=made.invitation)
    elif spoilt == "expired":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    else:
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    before = state()
    answers = {
        client.get(f"/konto/invitation/{token}/").status_code,
        client.post(
            f"/konto/invitation/{token}/", {"name": "X", "password1": PASSWORD, "password2": PASSWORD}
        ).status_code,
    }
    assert answers == {422}
    assert state() == before


def test_an_invitation_works_for_fourteen_days(person: Make) -> None:
    made = services.invite(by=None, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    assert made.invitation.expires_at - made.invitation.made_at == timedelta(days=14)


def test_the_secret_of_a_link_is_not_kept(person: Make) -> None:
    made = services.invite(by=None, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    kept = repr(list(Invitation.objects.values())) + repr(list(Event.objects.values()))
    assert made.token not in kept
    assert made.token.split(":")[0].strip(".") not in kept


def test_a_weak_password_keeps_what_was_typed_and_the_link(member: User, client: Client) -> None:
    made = services.invite(by=member, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    link = f"/konto/invitation/{made.token}/"
    response = client.post(link, {"name": "Bo Bentsen", "password1": "sommer2026!!", "password2": "sommer2026!!"})
    assert response.status_code == 422
    shown = page(response)
    assert shown.one("input", name="name").attributes["value"] == "Bo Bentsen"
    assert "stjålne" in shown.one("p", id="id_password1_error").text
    assert not User.objects.filter(email="bo@example.org").exists()
    assert client.get(link).status_code == 200


def test_withdrawing_and_ending_from_the_page(member: User, client: Client, person: Make) -> None:
    client.force_login(member)
    reader = person("Reader", reader="hvidovre")
    made = services.invite(by=member, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    [held] = RoleAssignment.objects.filter(user=reader)
    assert client.post(f"/personer/hvidovre/traek-tilbage/{made.invitation.pk}/").status_code == 302
    assert client.post(f"/personer/hvidovre/afslut/{held.pk}/").status_code == 302
    made.invitation.refresh_from_db()
    held.refresh_from_db()
    assert made.invitation.withdrawn_at is not None
    assert held.valid_to is not None


@pytest.mark.parametrize("role", ["action_owner", "department_contact", "reader", "council_secretary"])
def test_who_may_not_invite_changes_nothing_by_any_address(
    member: User, client: Client, person: Make, role: str
) -> None:
    colleague = person("Colleague", **{role: "hvidovre"})
    made = services.invite(by=member, email="bo@example.org", role="reader", organisation=organisation("hvidovre"))
    [held] = RoleAssignment.objects.filter(user=member)
    client.force_login(colleague)
    before = (state(), list(RoleAssignment.objects.values()), list(Invitation.objects.values()))
    asked = [
        ("/personer/hvidovre/", {"email": "x@example.org", "role": "reader", "language": "da"}),
        (f"/personer/hvidovre/traek-tilbage/{made.invitation.pk}/", {}),
        (f"/personer/hvidovre/afslut/{held.pk}/", {}),
    ]
    assert [client.post(path, data).status_code for path, data in asked] == [403, 403, 403]
    assert (state(), list(RoleAssignment.objects.values()), list(Invitation.objects.values())) == before


def test_what_belongs_to_another_organisation_is_not_found_under_ones_own(
    member: User, client: Client, person: Make
) -> None:
    person("Far", reader="aarhus")
    [far] = RoleAssignment.objects.filter(organisation__slug="aarhus")
    client.force_login(member)
    assert client.post(f"/personer/hvidovre/afslut/{far.pk}/").status_code == 404
    assert client.post(f"/personer/aarhus/afslut/{far.pk}/").status_code == 403
    far.refresh_from_db()
    assert far.valid_to is None
